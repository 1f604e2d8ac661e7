"""Takes the answer to a question, whoever sends it and by which page, and says what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from fastapi.concurrency import run_in_threadpool

from domain.accused import accuses
from domain.errors import AlreadyDecided, EventRefused, NothingToUndo, Refused
from domain.escalation import DecisionBody
from domain.events import Changes
from records.views import EscalationView, PlanView
from web.claim_reading import practice_day
from web.decision_card import DecisionCard, card_of
from web.decision_form import DecisionForm
from web.intake import TemporalAway
from web.languages import gettext, told
from web.wiring import Wiring, this_moment
from web.withheld import as_sending_sees_it


@dataclass(frozen=True)
class Outcome:
    """What became of a form: a status, what is wrong by field ("form" for all of it), and what a preview would change.

    Status 303 means that the answer counts.
    """

    status: int
    wrong: dict[str, str] = field(default_factory=dict[str, str])
    changes: Changes | None = None


async def answer(wiring: Wiring, view: EscalationView, form: DecisionForm, *, preview: bool) -> Outcome:
    """Answer a question, or with `preview` only see what would follow. Nothing is ever half-done."""
    escalation = view.escalation
    plan = await run_in_threadpool(wiring.records.plan, escalation.plan_id)
    try:
        body = form.decision(escalation.kind, plan.state if plan else None)
    except Refused as error:
        return Outcome(422, {problem.field: problem.fix for problem in error.problems})
    if preview:
        return Outcome(200, changes=body.changes)
    try:
        await wiring.intake.decide(escalation.escalation_id, body)
    except AlreadyDecided:
        return await run_in_threadpool(_already, wiring, escalation.escalation_id, body)
    except EventRefused as error:
        return Outcome(422, {"form": told(sentence(str(error)))})
    except TemporalAway as error:
        return Outcome(503, {"form": told(sentence(str(error)))})
    except LookupError:
        return Outcome(404)
    return Outcome(303)


async def take_back(wiring: Wiring, escalation_id: str, by: str) -> Outcome:
    """Undo the decision while nothing has gone out."""
    try:
        await wiring.intake.undo(escalation_id, by)
    except NothingToUndo as error:
        return Outcome(409, {"form": told(sentence(str(error)))})
    except TemporalAway as error:
        return Outcome(503, {"form": told(sentence(str(error)))})
    return Outcome(303)


def _already(wiring: Wiring, escalation_id: str, body: DecisionBody) -> Outcome:
    """A doubled click counts once; anybody else is told that they came second."""
    view = wiring.records.escalation(escalation_id)
    if view is None or view.decided is None:
        return Outcome(409, {"form": gettext("The question was withdrawn; your answer was not taken.")})
    if view.decided.decision == body:
        return Outcome(303)
    late = gettext("%(who)s has decided already; your answer was not taken.") % {"who": view.decided.decision.by}
    return Outcome(409, {"form": late})


def card(
    wiring: Wiring,
    view: EscalationView,
    plan: PlanView | None,
    form: DecisionForm,
    outcome: Outcome | None = None,
    *,
    all_words: bool,
) -> DecisionCard:
    """The question's card, with the answer open that the form had begun.

    Without `all_words` the client's words that accuse somebody are left out.
    """
    story = wiring.records.timeline(view.escalation.plan_id)
    if not all_words:
        therapist = view.escalation.responsible.name
        story = [line for line in story if line.direction != "in" or not accuses(line.text, therapist)]
    return card_of(
        view.escalation,
        as_sending_sees_it(wiring.records, plan.state) if plan else None,
        story,
        wiring.wording,
        this_moment(),
        practice_day(wiring),
        chosen=form.choice,
        changes=outcome.changes if outcome else None,
    )


def undo_seconds(view: EscalationView, now: datetime) -> int:
    """For how many more seconds the decision may be taken back; 0 when it is too late or there is none."""
    until = view.undo_until
    return max(0, int((until - now).total_seconds())) if until else 0


def sentence(text: str) -> str:
    """A refusal as a sentence of the page."""
    text = text.rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
