"""Acts on the answer to an open question, with its value."""

from zoneinfo import ZoneInfo

from domain.acknowledge import acknowledge
from domain.calendar_file import visit_uid
from domain.email_reply import own_words
from domain.events import CalendarAnswer, ClientReplied, Measurement
from domain.judgement import Judgement
from domain.named_time import names_another_time
from domain.replies import Intent
from domain.state import Appointment, OpenQuestion, PlanState
from domain.take_opt_out import desk, quoted
from domain.take_visits import add_value
from domain.touchpoint import Fact


def take_answer(
    judgement: Judgement,
    question: OpenQuestion,
    answer: Intent,
    number: float | None,
    reply: ClientReplied,
    key: str,
) -> None:
    """The question is closed, and what follows from its answer is done. News about the client are taken elsewhere."""
    state = judgement.state
    state.questions = [known for known in state.questions if known.key != question.key]
    if question.kind == "confirm_appointment":
        _confirm(judgement, question, reply, key)
    elif question.kind == "feedback_1_5":
        _rating(judgement, question, number or 0, reply, key)
    elif question.kind in ("pain_0_10", "benchmark_yes_no"):
        value = (number or 0.0) if question.kind == "pain_0_10" else answer == "yes"
        measure = Measurement(goal=question.goal_id or "", value=value, rater="client")
        add_value(state, measure, question.session or len(state.sessions), judgement.now)
    elif question.kind == "rebook":
        desk(judgement, key, "reply", f"The client wants another visit: offer a time. {quoted(reply)}")
        acknowledge(judgement, key, "rebook", "ack_book", "the client asked for a visit")
    elif answer == "no":
        judgement.write("screening", "Nothing new before the visit.")


def _confirm(judgement: Judgement, question: OpenQuestion, reply: ClientReplied, key: str) -> None:
    """Never "confirmed" for a visit that was cancelled or moved since the question."""
    visit = judgement.state.appointments.get(question.appointment_id or "")
    if visit is None or visit.status != "booked" or visit.version != question.appointment_version or visit.held:
        words = "The client confirmed a visit that has changed since: tell them how it stands."
        desk(judgement, key, "reply", f"{words} {quoted(reply)}")
        return
    confirm_visit(judgement, visit, reply, key)


def confirm_visit(judgement: Judgement, visit: Appointment, reply: ClientReplied, key: str) -> None:
    """The client will come, and hears that we know. Who says another day or hour than the visit's is phoned."""
    state = judgement.state
    said = own_words(reply.text) if reply.channel == "email" else reply.text
    if names_another_time(said, visit.starts_at.astimezone(ZoneInfo(state.zone)), state.today(judgement.now)):
        words = "The client confirmed, but names another time than the visit's: call or write."
        desk(judgement, key, "reply", f"{words} {quoted(reply)}")
        return
    visit.confirmed = True
    judgement.write("event", "The client confirmed the visit.")
    facts: dict[str, Fact] = {"when": visit.starts_at}
    acknowledge(
        judgement,
        key,
        "reminder",
        "ack_confirmed",
        "the client confirmed",
        facts=facts,
        appointment_id=visit.appointment_id,
    )


def confirm_invited(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """The client's calendar accepted an invitation. One to a visit that isn't so any more is for a person.

    Nobody is answered: it was the calendar that wrote.
    """
    state = judgement.state
    visit = invited_visit(state, reply.calendar) if reply.calendar is not None else None
    if visit is None or visit.starts_at <= judgement.now or visit.held:
        words = "The client's calendar accepted an invitation that fits no visit: tell them how it stands."
        desk(judgement, key, "reply", f"{words} {quoted(reply)}")
        return
    visit.confirmed = True
    about = ("confirm_appointment", visit.appointment_id)
    state.questions = [known for known in state.questions if (known.kind, known.appointment_id) != about]
    judgement.write("event", "The client confirmed the visit.")


def invited_visit(state: PlanState, answer: CalendarAnswer) -> Appointment | None:
    """The booked visit that the invitation was for, by its UID, else by its time; one of another time by now isn't."""
    ours = {visit_uid(state.plan_id, visit.appointment_id): visit for visit in state.booked()}
    if visit := ours.get(answer.uid):
        return visit if answer.starts_at in (None, visit.starts_at) else None
    at_that_time = [visit for visit in state.booked() if visit.starts_at == answer.starts_at]
    return at_that_time[0] if len(at_that_time) == 1 else None


def _rating(judgement: Judgement, question: OpenQuestion, rating: float, reply: ClientReplied, key: str) -> None:
    low = rating <= judgement.state.policy.low_feedback
    judgement.write("feedback", f"Rated {rating:g} of 5 after session {question.session}.")
    if low:
        judgement.owe(f"low:{key}", "notice", "notice_low_feedback", "a low rating", audience="therapist")
        words = f"The client rated session {question.session} with {rating:g} of 5: call them."
        desk(judgement, key, "reply", f"{words} {quoted(reply)}")
        acknowledge(judgement, key, "feedback", "ack_low_feedback", "a low rating is answered")


def forget_confirmations(state: PlanState) -> None:
    """Who can't come is waited for no more."""
    state.questions = [question for question in state.questions if question.kind != "confirm_appointment"]
