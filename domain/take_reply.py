"""Judges what a client wrote: answers the open question it belongs to, acts on it, or gives it to a person."""

from typing import Any

from domain.actions import AddDeskTask
from domain.conversation import is_taken, prolong_conversation
from domain.emergency import BECAUSE, FIXED_ANSWERS, QUESTION, evidence_of, task_about
from domain.events import ClientReplied, Measurement, ReplyUnclear
from domain.judgement import Judgement
from domain.opted_out import for_staff
from domain.read_reply import ANSWERS, read_reply
from domain.replies import Understanding
from domain.state import Appointment, OpenQuestion
from domain.take_opt_out import desk, no_more_messages, quoted, take_opt_out, take_start
from domain.take_visits import add_value
from domain.touchpoint import Fact, Kind

_OR = {"en": "or", "es": "o"}


def take_reply(judgement: Judgement, reply: ClientReplied) -> None:
    """One text or email of the client. It is never dropped: what isn't understood goes to the front desk."""
    state = judgement.state
    meaning, question = read_reply(reply, state.questions, state.plan.client.language)
    state.answers += 1
    judgement.write("reply", f"Understood as: {_in_words(meaning)}.", at=judgement.now)
    key = f"reply:{reply.event_id}"
    if meaning.also_stop or meaning.intent == "stop":
        take_opt_out(judgement, meaning, reply, key)
    prolong_conversation(judgement)
    if meaning.intent == "red_flag":
        _red_flag(judgement, meaning, reply, key)
    elif meaning.intent == "stop":
        return
    elif is_taken(state, judgement.now) and meaning.intent not in ("start", "wrong_number"):
        _leave_to_the_person(judgement, question, meaning, reply, key)
    elif meaning.intent == "thanks":
        return
    elif question is not None and meaning.intent in ANSWERS[question.kind]:
        _answer(judgement, question, meaning, reply, key)
    else:
        _general(judgement, meaning, reply, key)


def _leave_to_the_person(
    judgement: Judgement, question: OpenQuestion | None, meaning: Understanding, reply: ClientReplied, key: str
) -> None:
    """A person is in the conversation and answers. What is plain is noted, and no robot says a word."""
    if question is not None and meaning.intent in ANSWERS[question.kind]:
        _answer(judgement, question, meaning, reply, key)
    elif meaning.intent in ("reschedule", "cancel"):
        _forget_confirmations(judgement)
    tasks = (action.key for action in judgement.actions if isinstance(action, AddDeskTask))
    if f"{judgement.state.plan_id}:{key}" not in tasks:
        who = judgement.state.conversation_by
        desk(judgement, key, "reply", f"{who} is in the conversation: a reply waits for them. {quoted(reply)}")


def _acknowledge(judgement: Judgement, key: str, kind: Kind, template: str, because: str, **other: Any) -> None:
    """Answer the client in fixed words, unless a person is in the conversation and answers themselves."""
    if not is_taken(judgement.state, judgement.now):
        judgement.owe(f"ack:{key}", kind, template, because, any_hour=True, **other)


def _in_words(meaning: Understanding) -> str:
    words = "for a person to read" if meaning.intent == "human" else meaning.intent.replace("_", " ")
    return words if meaning.value is None else f"{words} {meaning.value:g}"


def _answer(
    judgement: Judgement, question: OpenQuestion, meaning: Understanding, reply: ClientReplied, key: str
) -> None:
    state = judgement.state
    state.questions = [known for known in state.questions if known.key != question.key]
    if question.kind == "confirm_appointment":
        _confirm(judgement, question, key)
    elif question.kind == "feedback_1_5":
        _rating(judgement, question, meaning.value or 0, key)
    elif question.kind in ("pain_0_10", "benchmark_yes_no"):
        value = (meaning.value or 0.0) if question.kind == "pain_0_10" else meaning.intent == "yes"
        measure = Measurement(goal=question.goal_id or "", value=value, rater="client")
        add_value(state, measure, question.session or len(state.sessions), judgement.now)
    elif question.kind == "rebook":
        desk(judgement, key, "reply", "The client wants another visit: offer a time.")
        _acknowledge(judgement, key, "rebook", "ack_book", "the client asked for a visit")
    elif meaning.intent == "yes":
        _hold_visit(judgement, question, reply, key)
    else:
        judgement.write("screening", "Nothing new before the visit.")


def _confirm(judgement: Judgement, question: OpenQuestion, key: str) -> None:
    """Never "confirmed" for a visit that was cancelled or moved since the question."""
    visit = judgement.state.appointments.get(question.appointment_id or "")
    if visit is None or visit.status != "booked" or visit.version != question.appointment_version or visit.held:
        desk(judgement, key, "reply", "The client confirmed a visit that has changed since: tell them how it stands.")
        return
    _is_confirmed(judgement, visit, key)


def _is_confirmed(judgement: Judgement, visit: Appointment, key: str) -> None:
    visit.confirmed = True
    judgement.write("event", "The client confirmed the visit.")
    facts: dict[str, Fact] = {"when": visit.starts_at}
    _acknowledge(
        judgement,
        key,
        "reminder",
        "ack_confirmed",
        "the client confirmed",
        facts=facts,
        appointment_id=visit.appointment_id,
    )


def _rating(judgement: Judgement, question: OpenQuestion, rating: float, key: str) -> None:
    low = rating <= judgement.state.policy.low_feedback
    judgement.write("feedback", f"Rated {rating:g} of 5 after session {question.session}.")
    if low:
        judgement.owe(f"low:{key}", "notice", "notice_low_feedback", "a low rating", audience="therapist")
        desk(judgement, key, "reply", f"The client rated session {question.session} with {rating:g} of 5: call them.")
        _acknowledge(judgement, key, "feedback", "ack_low_feedback", "a low rating is answered")


def _hold_visit(judgement: Judgement, question: OpenQuestion, reply: ClientReplied, key: str) -> None:
    """A yes to the contraindication question holds the visit until the therapist has said how to go on."""
    state = judgement.state
    asked_about = {question.appointment_id, *(q.appointment_id for q in state.questions if q.kind == question.kind)}
    state.questions = [known for known in state.questions if known.kind != question.kind]
    for visit in state.booked():
        if visit.appointment_id in asked_about:
            visit.held = True
    _acknowledge(judgement, key, "screening", "screening_hold", "something is new before the visit")
    judgement.ask(
        "screening",
        "The client reports something new before the visit. Go on as booked, change it, or refer out?",
        [
            "Asked: fever or infection, open skin, new swelling, new medicine, surgery, new numbness.",
            quoted(reply),
            *_how_to_reach(judgement),
        ],
        appointment_id=question.appointment_id,
    )


def _red_flag(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    """A possible emergency: the fixed text at once, the plan on hold, and a person is paged at any hour."""
    state = judgement.state
    template = FIXED_ANSWERS.get(meaning.red_flag or "", "hold_notice")
    if not reply.answered_elsewhere:
        judgement.owe(f"safety:{key}", "notice", template, BECAUSE, safety=True)
    state.held = not state.ended
    desk(judgement, key, "reply", task_about(reply))
    state.emergency_tasks.append(key)
    judgement.ask(
        "red_flag",
        QUESTION,
        evidence_of(state, reply),
        about=meaning.red_flag or "hold",
        escalation_id=reply.escalation_id,
    )


def ask_which_one(judgement: Judgement, event: ReplyUnclear) -> None:
    """A reply could be meant for several plans of one number: ask once; the way in for replies keeps the words."""
    if is_taken(judgement.state, judgement.now):
        between = " or ".join(event.options)
        text = f"{judgement.state.conversation_by} is in the conversation: a reply waits, and may be for {between}."
        judgement.desk(f"which:{event.event_id}", "reply", text)
        return
    language = judgement.state.plan.client.language
    numbered = [f"{number}) {label}" for number, label in enumerate(event.options, start=1)]
    numbers = [str(number) for number in range(1, len(event.options) + 1)]
    judgement.write("reply", "It isn't clear which plan of this number the client means: they are asked.")
    judgement.owe(
        f"which:{event.event_id}",
        "notice",
        "which_one",
        "several could be meant",
        facts={"options": _listed(numbered, _OR[language]), "numbers": _listed(numbers, _OR[language])},
        any_hour=True,
    )


def _listed(items: list[str], word: str) -> str:
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


def _how_to_reach(judgement: Judgement) -> list[str]:
    client = judgement.state.plan.client
    ways = [way for way in (client.phone, client.email) if way]
    return [for_staff(judgement.state, f"{client.name}: {', '.join(ways)}.")]


def _general(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    state = judgement.state
    visits = [visit for visit in state.booked() if visit.starts_at > judgement.now]
    match meaning.intent:
        case "confirm" if len(visits) == 1 and not visits[0].held:
            _is_confirmed(judgement, visits[0], key)
        case "start":
            take_start(judgement, reply, key)
        case "help" if reply.carrier_answered or reply.answered_elsewhere:
            judgement.write("notice", "The carrier has answered the client's call for help.")
        case "help":
            _acknowledge(judgement, key, "notice", "help", "the client asked for help")
        case "reschedule" | "cancel":
            desk(
                judgement,
                key,
                "reply",
                f"The client wants to {meaning.intent} a visit: call or write. {quoted(reply)}",
            )
            _forget_confirmations(judgement)
            _acknowledge(judgement, key, "reminder", "ack_reschedule", "the client can't come")
        case "running_late":
            desk(judgement, key, "reply", "The client is running late.")
            _acknowledge(judgement, key, "reminder", "ack_late", "the client is late")
        case "book":
            desk(judgement, key, "reply", "The client wants another visit: offer a time.")
            _acknowledge(judgement, key, "rebook", "ack_book", "the client asked for a visit")
        case "wrong_number":
            no_more_messages(state)
            judgement.desk(key, "wrong_number", "This number may not be the client's: nothing more goes out. Check it.")
        case _:
            desk(judgement, key, "reply", f"A reply that needs a person to answer. {quoted(reply)}")


def _forget_confirmations(judgement: Judgement) -> None:
    state = judgement.state
    state.questions = [question for question in state.questions if question.kind != "confirm_appointment"]
