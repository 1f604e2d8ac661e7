"""Gathers what waits for one person: questions, deadlines, the desk's tasks. Opens no plan to do so."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.claim import ClaimState
from domain.claim_deadlines import open_deadlines
from domain.deadlines import said
from domain.escalation import Escalation, EscalationKind
from domain.inbox_order import SOON as DEADLINES_WITHIN
from domain.inbox_order import InboxItem, Urgency, in_order, is_pressing, of_question, of_task, others_in_words
from domain.inbox_order import age as waited
from records.database import Records
from records.staff import HOUSE_OWNER
from records.views import DeskTaskView, EscalationView
from web.auth import Visitor
from web.choices import choices_of
from web.claim_views import days_left
from web.desk import OPERATOR, UNKNOWN_SENDER, is_urgent
from web.rendering import headline, in_words

PER_PAGE = 50
MOST = 2000
"""So many questions, and as many tasks, are looked at; nobody has more to answer."""
LABELS: dict[Urgency, str] = {
    "red_flag": "Urgent",
    "deadline": "Deadline",
    "worsening": "Getting worse",
    "question": "Decide",
    "reply": "Read",
    "undeliverable": "Not delivered",
    "rest": "To do",
}


def inbox(records: Records, visitor: Visitor, today: date, now: datetime) -> list[InboxItem]:
    """Everything that waits for this person, the most urgent first. Names are filled in by `named`, page by page."""
    found = [*_questions(records, visitor)]
    if visitor.may("follow_claims"):
        claims = records.claims_awake_before(now + DEADLINES_WITHIN + timedelta(days=1))
        found += _deadlines((view.state for view in claims), today)
    if visitor.may("do_tasks"):
        found += [_task(view) for view in records.desk_tasks(limit=MOST)]
    return in_order(found)


CHARTED: tuple[EscalationKind, ...] = ("plateau", "slow", "no_response", "worsening", "relapse", "missed")
"""Questions about a goal that is measured, so that there is a chart of it."""


def named(records: Records, items: list[InboxItem]) -> list[InboxItem]:
    """The items with the names of the clients whom they are about."""
    names = records.client_names(item.plan_id for item in items if item.plan_id and not item.who)
    return [replace(item, who=names.get(item.plan_id, item.who)) for item in items]


def _questions(records: Records, visitor: Visitor) -> Iterator[InboxItem]:
    """Who may not decide hears of possible emergencies all the same: somebody must phone."""
    email = _email(records, visitor)
    for view in records.escalations(limit=MOST):
        if visitor.may("decide") or view.escalation.urgent:
            yield _question(view, visitor, email)


def _email(records: Records, visitor: Visitor) -> str:
    member = records.staff_member(visitor.staff_id) if visitor.staff_id != HOUSE_OWNER else None
    return member.email.lower() if member else ""


def _question(view: EscalationView, visitor: Visitor, email: str) -> InboxItem:
    asked = view.escalation
    therapist, backup = asked.responsible, asked.backup
    own = bool(email) and (therapist.email or "").lower() == email
    me = therapist.name if own else visitor.name
    urgency = of_question(asked.kind)
    return InboxItem(
        urgency=urgency,
        since=asked.opened_at,
        who="",
        sentence=headline(asked.question),
        others=others_in_words([therapist.name, backup.name], me),
        link=f"/escalations/{asked.escalation_id}",
        plan_id=asked.plan_id,
        label=LABELS[urgency],
        mine=own,
        chart=f"/charts/{asked.plan_id}/{asked.goal_id}.svg?" if asked.goal_id and asked.kind in CHARTED else "",
        evidence=next(iter(asked.evidence), ""),
        answers=tuple(_answers(asked)) if visitor.may("decide") else (),
    )


def _answers(asked: Escalation) -> Iterator[tuple[str, str]]:
    for choice in choices_of(asked.kind):
        yield in_words(choice).capitalize(), f"/escalations/{asked.escalation_id}?answer={choice}#decision-title"


def _task(view: DeskTaskView) -> InboxItem:
    task = view.task
    urgency = of_task(task.kind, emergency=is_urgent(task))
    nobody = OPERATOR if task.kind == "sender_stopped" else UNKNOWN_SENDER
    return InboxItem(
        urgency=urgency,
        since=task.at,
        who="" if task.plan_id else nobody,
        sentence=task.text,
        others="",
        task_key=task.key,
        plan_id=task.plan_id,
        label=LABELS[urgency],
    )


def _deadlines(states: Iterable[ClaimState], today: date) -> Iterator[InboxItem]:
    """The nearest pressing deadline of each claim; its page shows the others."""
    for state in states:
        pressing = [each for each in open_deadlines(state) if is_pressing(each.day.legal, today)]
        if not pressing or state.over:
            continue
        first = pressing[0]
        left = days_left(first.day.legal, today)
        yield InboxItem(
            urgency="deadline",
            since=datetime.combine(first.day.act_by, datetime.min.time(), tzinfo=state.opened_at.tzinfo),
            who=state.client.name,
            sentence=f"{first.name[:1].upper()}{first.name[1:]} by {said(first.day.legal)}: {left}.",
            others="",
            link=f"/claims/{state.claim_id}",
            plan_id=state.plan_id,
            label=LABELS["deadline"],
            last_day=first.day.legal,
        )


def shown_age(item: InboxItem, now: datetime) -> str:
    """How long it has waited; a deadline says in its sentence how long it has left."""
    return "" if item.last_day else waited(item.since, now)
