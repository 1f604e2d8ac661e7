"""What of a plan a visitor is shown: words that accuse somebody are an owner's to read, and no therapist's.

Where no owner has a login the front desk reads them. Whoever holds the API token, or the link printed at start, holds
the house and reads everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accused import ONLY_THE_OWNER, accuses, quotes_accusation, without_quotation
from domain.emergency import BECAUSE
from domain.escalation import Escalation
from domain.inbox_order import is_urgent
from domain.members import members_named, readers_of_accusations, same
from domain.state import PlanState
from records.database import Records
from records.decision_links import questions_linked_in, without_links
from records.staff import HOUSE_OWNER
from records.threads import ThreadLine
from records.views import DeskTaskView, EscalationView, TimelineLine
from web.auth import Visitor
from web.views import EscalationShown
from web.withheld import Closed


def reads_accusations(records: Records, visitor: Visitor, state: PlanState | None) -> bool:
    """Whether this login is shown words that accuse somebody, of this plan or of no plan."""
    if visitor.staff_id == HOUSE_OWNER:
        return True
    return visitor.staff_id in readers_of_accusations(records.members(), state.plan.therapist if state else None)


def may_see_question(records: Records, visitor: Visitor, asked: Escalation) -> bool:
    """Whether this question is shown. The front desk sees of an emergency that somebody must phone, and no words."""
    return not asked.accuses or visitor.role == "front_desk" or reads_question(records, visitor, asked)


def reads_question(records: Records, visitor: Visitor, asked: Escalation) -> bool:
    """Whether this login is shown all of a question, and may answer it: an owner, or the backup person asked."""
    if not asked.accuses or visitor.staff_id == HOUSE_OWNER:
        return True
    members = records.members()
    if visitor.staff_id in readers_of_accusations(members, asked.responsible):
        return True
    if same(asked.backup, asked.responsible):
        return False
    return any(visitor.staff_id == member.staff_id for member in members_named(asked.backup, members))


def question_as_shown(records: Records, visitor: Visitor, view: EscalationView) -> EscalationView:
    """The question, without the words that accuse where this visitor doesn't read them."""
    asked = view.escalation
    if reads_question(records, visitor, asked) and (asked.accuses or not _quotes(asked)):
        return view
    if not asked.accuses and reads_accusations(records, visitor, _state(records, asked.plan_id)):
        return view
    return without_accusations(view)


def without_accusations(view: EscalationView) -> EscalationView:
    """The question with nothing of the words that accuse."""
    asked = view.escalation
    therapist = asked.responsible.name
    evidence = [without_quotation(line) if quotes_accusation(line, therapist) else line for line in asked.evidence]
    return view.model_copy(update={"escalation": asked.model_copy(update={"evidence": evidence})})


def task_as_shown(records: Records, visitor: Visitor, view: DeskTaskView) -> DeskTaskView | None:
    """The task, without words that accuse; None where this visitor may not know of it.

    Of an emergency beside them the front desk hears that somebody must phone; a therapist hears nothing.
    """
    task = view.task
    state = _state(records, task.plan_id) if task.for_owner or quotes_accusation(task.text) else None
    therapist = state.plan.therapist.name if state else ""
    if not (task.for_owner or quotes_accusation(task.text, therapist)) or reads_accusations(records, visitor, state):
        return view
    if task.for_owner or (is_urgent(task) and visitor.role != "front_desk"):
        return None
    return view.model_copy(update={"task": task.model_copy(update={"text": without_quotation(task.text)})})


@dataclass(frozen=True)
class Sight:
    """What one visitor is shown of one plan. `apart`: questions kept from the therapist, and when they were asked."""

    records: Records
    visitor: Visitor
    therapist: str
    reads: bool
    apart: dict[str, datetime]

    def story(self, lines: Iterable[TimelineLine]) -> list[TimelineLine]:
        """The lines that may be read. What would open a question by a link is for whoever got it."""
        shown = lines if self.reads else [line for line in lines if not self._hides(line)]
        return [line.model_copy(update={"text": without_links(line.text)}) for line in shown]

    def thread(self, lines: Iterable[ThreadLine]) -> list[ThreadLine]:
        """The conversation as far as it may be read."""
        return [line for line in lines if self.reads or not (accuses(line.text, self.therapist) or self._answers(line))]

    def tasks(self, views: Iterable[DeskTaskView]) -> list[DeskTaskView]:
        """The tasks that this visitor may know of."""
        shown = (task_as_shown(self.records, self.visitor, view) for view in views)
        return [view for view in shown if view is not None]

    def questions(self, shown: Iterable[EscalationShown]) -> list[EscalationShown]:
        """The questions that this visitor may know of."""
        return [each for each in shown if self.reads or each.escalation_id not in self.apart or self._is_asked(each)]

    def closed(self, ways: Sequence[Closed]) -> list[Closed]:
        """Each closed way, without words that accuse."""
        hidden = (not self.reads and accuses(way.words, self.therapist) for way in ways)
        return [replace(way, words=ONLY_THE_OWNER) if hides else way for way, hides in zip(ways, hidden, strict=True)]

    def _is_asked(self, shown: EscalationShown) -> bool:
        view = self.records.escalation(shown.escalation_id)
        return view is not None and may_see_question(self.records, self.visitor, view.escalation)

    def _answers(self, line: TimelineLine | ThreadLine) -> bool:
        """Whether it is the answer to an emergency, where one is kept from the therapist."""
        return bool(self.apart) and line.direction == "out" and line.because == BECAUSE

    def _hides(self, line: TimelineLine) -> bool:
        if line.direction == "in":
            return accuses(line.text, self.therapist)
        if line.direction == "out":
            linked = questions_linked_in(line.text)
            told = line.to == "owner" or any(each in self.apart for each in linked)
            return told or accuses(line.text) or self._answers(line)
        if self.apart and line.kind == "reply" and "red flag" in line.text:
            return True  # how the words were understood
        quotes = any(quotes_accusation(words, self.therapist) for words in (line.text, line.because))
        return quotes or (line.kind == "escalation" and line.at in self.apart.values())


def sight_of(records: Records, visitor: Visitor, state: PlanState) -> Sight:
    """What this visitor is shown of this plan."""
    reads = reads_accusations(records, visitor, state)
    views = [] if reads else [records.escalation(each.escalation_id) for each in state.asked if each.kind == "red_flag"]
    apart = {
        view.escalation.escalation_id: view.escalation.opened_at
        for view in views
        if view is not None and view.escalation.accuses
    }
    return Sight(records, visitor, state.plan.therapist.name, reads, apart)


def _quotes(asked: Escalation) -> bool:
    return any(quotes_accusation(line, asked.responsible.name) for line in asked.evidence)


def _state(records: Records, plan_id: str) -> PlanState | None:
    view = records.plan(plan_id) if plan_id else None
    return view.state if view is not None else None
