"""Gathers what waits for one person: questions, deadlines, the desk's tasks. Opens no plan to do so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from domain.claim import ClaimState
from domain.claim_deadlines import open_deadlines
from domain.deadlines import said
from domain.escalation import Escalation, EscalationKind, quote_in
from domain.inbox_order import SOON, InboxItem, Urgency, of_question, of_task
from domain.inbox_order import age as waited
from records.database import Records
from records.inbox import Reader, Waiting
from records.staff import HOUSE_OWNER
from records.views import DeskTaskView, EscalationView
from web.auth import Visitor
from web.choices import choices_of
from web.claim_views import days_left
from web.desk import NOBODYS, UNKNOWN_SENDER
from web.kept_apart import may_see_question, question_as_shown, task_as_shown
from web.languages import marked
from web.rendering import headline, in_words

PER_PAGE = 50
LABELS: dict[Urgency, str] = {
    "red_flag": marked("Urgent"),
    "deadline": marked("Deadline"),
    "worsening": marked("Getting worse"),
    "question": marked("Decide"),
    "reply": marked("Read"),
    "undeliverable": marked("Not delivered"),
    "rest": marked("To do"),
}


class InboxPage(NamedTuple):
    """Fifty things that wait, and whether there are more."""

    items: list[InboxItem]
    more: bool


def inbox(records: Records, visitor: Visitor, today: date, number: int = 1) -> InboxPage:
    """What waits for this person, the most urgent first; `number` counts pages from 1. Opens no plan."""
    email = _email(records, visitor)
    reader = Reader(email, visitor.may("decide"), visitor.may("do_tasks"), visitor.may("follow_claims"))
    found = records.inbox_page(reader, today + SOON, PER_PAGE, (number - 1) * PER_PAGE)
    items = (_item(records, view, visitor, email, today) for view in found.waiting)
    return InboxPage(_named(records, [item for item in items if item is not None]), found.more)


CHARTED: tuple[EscalationKind, ...] = ("plateau", "slow", "no_response", "worsening", "relapse", "missed")
"""Questions about a goal that is measured, so that there is a chart of it."""


def _named(records: Records, items: list[InboxItem]) -> list[InboxItem]:
    names = records.client_names(item.plan_id for item in items if item.plan_id and not item.who)
    return [replace(item, who=names.get(item.plan_id, item.who)) for item in items]


def _item(records: Records, view: Waiting, visitor: Visitor, email: str, today: date) -> InboxItem | None:
    """As this visitor is shown it; None where they may not know of it."""
    if isinstance(view, EscalationView):
        if not may_see_question(records, visitor, view.escalation):
            return None
        return _question(question_as_shown(records, visitor, view), visitor, email)
    if isinstance(view, DeskTaskView):
        shown = task_as_shown(records, visitor, view)
        return _task(shown) if shown is not None else None
    return _deadline(view.state, today)


def _email(records: Records, visitor: Visitor) -> str:
    member = records.staff_member(visitor.staff_id) if visitor.staff_id != HOUSE_OWNER else None
    return member.email.lower() if member else ""


def _question(view: EscalationView, visitor: Visitor, email: str) -> InboxItem:
    asked = view.escalation
    therapist, backup = asked.responsible, asked.backup
    own = bool(email) and (therapist.email or "").lower() == email
    urgency = of_question(asked.kind)
    return InboxItem(
        urgency=urgency,
        since=asked.opened_at,
        who="",
        sentence=headline(asked.question),
        asked="" if own or therapist.name == visitor.name else therapist.name,
        others="" if backup.name in (therapist.name, visitor.name) else backup.name,
        link=f"/escalations/{asked.escalation_id}",
        plan_id=asked.plan_id,
        label=LABELS[urgency],
        chart=f"/charts/{asked.plan_id}/{asked.goal_id}.svg?" if asked.goal_id and asked.kind in CHARTED else "",
        evidence=quote_in(asked.evidence) or next(iter(asked.evidence), ""),
        answers=tuple(_answers(asked)) if visitor.may("decide") else (),
    )


def _answers(asked: Escalation) -> Iterator[tuple[str, str]]:
    for choice in choices_of(asked.kind):
        yield in_words(choice).capitalize(), f"/escalations/{asked.escalation_id}?answer={choice}#decision-title"


def _task(view: DeskTaskView) -> InboxItem:
    task = view.task
    urgency = of_task(task)
    nobody = NOBODYS.get(task.kind, UNKNOWN_SENDER)
    return InboxItem(
        urgency=urgency,
        since=task.at,
        who="" if task.plan_id else nobody,
        sentence=task.text,
        link=f"/mails/{task.raw_mail}" if task.raw_mail else "",
        task_key=task.key,
        plan_id=task.plan_id,
        label=LABELS[urgency],
    )


def _deadline(state: ClaimState, today: date) -> InboxItem | None:
    """The nearest deadline of a claim; its page shows the others."""
    first = next(iter(open_deadlines(state)), None)
    if first is None:
        return None
    left = days_left(first.day.legal, today)
    return InboxItem(
        urgency="deadline",
        since=datetime.combine(first.day.act_by, datetime.min.time(), tzinfo=state.opened_at.tzinfo),
        who=state.client.name,
        sentence=f"{first.name[:1].upper()}{first.name[1:]} by {said(first.day.legal)}: {left}.",
        link=f"/claims/{state.claim_id}",
        plan_id=state.plan_id,
        label=LABELS["deadline"],
        last_day=first.day.legal,
    )


def shown_age(item: InboxItem, now: datetime) -> str:
    """How long it has waited; a deadline says in its sentence how long it has left."""
    return "" if item.last_day else waited(item.since, now)
