"""Judges what a client wrote: answers the open question it belongs to, acts on it, or gives it to a person."""

from domain.events import ClientReplied, Measurement
from domain.judgement import Judgement
from domain.replies import Understanding, understand
from domain.state import Appointment, OpenQuestion
from domain.take_visits import add_value

ANSWERS = {
    "confirm_appointment": ("confirm", "yes"),
    "feedback_1_5": ("rating",),
    "pain_0_10": ("pain",),
    "benchmark_yes_no": ("yes", "no"),
    "rebook": ("book", "yes"),
    "screening_yes_no": ("yes", "no"),
}

LONGEST_QUOTE = 300
WITHOUT_QUESTION = ("reschedule", "cancel", "running_late", "book", "wrong_number", "help", "start", "thanks")
"""What a client may say whatever was asked, such as R for another time."""


def take_reply(judgement: Judgement, reply: ClientReplied) -> None:
    """One text or email of the client. It is never dropped: what isn't understood goes to the front desk."""
    meaning, question = _read(judgement, reply)
    judgement.state.answers += 1
    judgement.write("reply", f"Understood as: {_in_words(meaning)}.", at=judgement.now)
    key = f"reply:{reply.event_id}"
    if meaning.also_stop or meaning.intent == "stop":
        _opt_out(judgement, key)
    if meaning.intent == "red_flag":
        _red_flag(judgement, meaning, reply, key)
    elif meaning.intent in ("stop", "thanks"):
        return
    elif question is not None and meaning.intent in ANSWERS[question.kind]:
        _answer(judgement, question, meaning, reply, key)
    else:
        _general(judgement, meaning, reply, key)


def _read(judgement: Judgement, reply: ClientReplied) -> tuple[Understanding, OpenQuestion | None]:
    """The meaning, read against the newest open question first and then the older ones.

    A yes or no that could answer two questions is read by a person, but for one case: a yes while the contraindication
    question is open holds the visit, since a hold is lifted with one tap and a session on a fever isn't undone. A nudge
    to book gives way to other questions.
    """
    locale = judgement.state.plan.client.language
    plain = understand(reply.text, open_question=None, channel=reply.channel, locale=locale)
    screened = any(question.kind == "screening_yes_no" for question in judgement.state.questions)
    if _comes_first(plain, screened=screened):
        return plain, None
    newest_first = sorted(judgement.state.questions, key=lambda q: (q.asked_at, q.kind), reverse=True)
    read = [
        (understand(reply.text, open_question=question.kind, channel=reply.channel, locale=locale), question)
        for question in newest_first
    ]
    for meaning, _ in read:
        if _comes_first(meaning, screened=screened):
            return meaning, None
    fitting = [(meaning, question) for meaning, question in read if meaning.intent in ANSWERS[question.kind]]
    yes_or_no = [(m, q) for m, q in fitting if m.intent in ("yes", "no", "confirm") and q.kind != "rebook"]
    if len({question.kind for _, question in yes_or_no}) > 1:
        new = next(((m, q) for m, q in yes_or_no if q.kind == "screening_yes_no" and m.intent == "yes"), None)
        return new or (Understanding(intent="human"), None)
    if fitting:
        return (yes_or_no or fitting)[0]
    return next(((meaning, None) for meaning, _ in read if meaning.intent in WITHOUT_QUESTION), (plain, None))


def _comes_first(meaning: Understanding, *, screened: bool) -> bool:
    """Opt-outs and red flags count whatever was asked.

    Only "started blood thinners" and its like are what the contraindication question asks about, and its answer.
    """
    if meaning.intent == "red_flag":
        return not (screened and meaning.red_flag == "hold")
    return meaning.intent == "stop"


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
        judgement.desk(key, "reply", "The client wants another visit: offer a time.")
        judgement.owe(f"ack:{key}", "rebook", "ack_book", "the client asked for a visit", any_hour=True)
    elif meaning.intent == "yes":
        _hold_visit(judgement, question, reply, key)
    else:
        judgement.write("screening", "Nothing new before the visit.")


def _confirm(judgement: Judgement, question: OpenQuestion, key: str) -> None:
    """Never "confirmed" for a visit that was cancelled or moved since the question."""
    visit = judgement.state.appointments.get(question.appointment_id or "")
    if visit is None or visit.status != "booked" or visit.version != question.appointment_version or visit.held:
        judgement.desk(key, "reply", "The client confirmed a visit that has changed since: tell them how it stands.")
        return
    _is_confirmed(judgement, visit, key)


def _is_confirmed(judgement: Judgement, visit: Appointment, key: str) -> None:
    visit.confirmed = True
    judgement.write("event", "The client confirmed the visit.")
    judgement.owe(
        f"ack:{key}",
        "reminder",
        "ack_confirmed",
        "the client confirmed",
        facts={"when": visit.starts_at},
        any_hour=True,
        appointment_id=visit.appointment_id,
    )


def _rating(judgement: Judgement, question: OpenQuestion, rating: float, key: str) -> None:
    low = rating <= judgement.state.policy.low_feedback
    judgement.write("feedback", f"Rated {rating:g} of 5 after session {question.session}.")
    if low:
        judgement.owe(f"low:{key}", "notice", "notice_low_feedback", "a low rating", audience="therapist")
        judgement.desk(key, "reply", f"The client rated session {question.session} with {rating:g} of 5: call them.")
        judgement.owe(f"ack:{key}", "feedback", "ack_low_feedback", "a low rating is answered", any_hour=True)


def _hold_visit(judgement: Judgement, question: OpenQuestion, reply: ClientReplied, key: str) -> None:
    """A yes to the contraindication question holds the visit until the therapist has said how to go on."""
    state = judgement.state
    asked_about = {question.appointment_id, *(q.appointment_id for q in state.questions if q.kind == question.kind)}
    state.questions = [known for known in state.questions if known.kind != question.kind]
    for visit in state.booked():
        if visit.appointment_id in asked_about:
            visit.held = True
    judgement.owe(f"ack:{key}", "screening", "screening_hold", "something is new before the visit", any_hour=True)
    judgement.ask(
        "screening",
        "The client reports something new before the visit. Go on as booked, change it, or refer out?",
        [
            "Asked: fever or infection, open skin, new swelling, new medicine, surgery, new numbness.",
            _quoted(reply),
            *_how_to_reach(judgement),
        ],
        appointment_id=question.appointment_id,
    )


def _red_flag(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    """A possible emergency: the fixed text at once, the plan on hold, and a person is paged at any hour."""
    state = judgement.state
    template = {
        "emergency_911": "emergency_911",
        "emergency_988": "emergency_988",
        "urgent_care": "urgent_care",
    }.get(meaning.red_flag or "", "hold_notice")
    judgement.owe(f"safety:{key}", "notice", template, "the client's words may mean an emergency", safety=True)
    state.held = not state.ended
    judgement.desk(key, "reply", f"The client's words may mean an emergency: phone them now. {_quoted(reply)}")
    state.emergency_tasks.append(key)
    judgement.ask(
        "red_flag",
        "The client's words may mean an emergency. Read them, phone the client, then say how it goes on.",
        [_quoted(reply), *_how_to_reach(judgement), "The plan is on hold; nothing automatic is sent until you decide."],
        about=meaning.red_flag or "hold",
    )


def _opt_out(judgement: Judgement, key: str) -> None:
    state = judgement.state
    state.opted_out = ["sms", "email"]
    state.questions = []
    visits = state.booked()
    judgement.desk(
        f"stop:{key}",
        "opted_out",
        "The client asked for no more messages: none go out. "
        + ("A visit is booked; phone the client if it matters." if visits else "Phone the client where it matters."),
    )


def _quoted(reply: ClientReplied) -> str:
    """The client's own words, for staff who are logged in; no message carries them."""
    return f'The client wrote: "{reply.text[:LONGEST_QUOTE]}"'


def _how_to_reach(judgement: Judgement) -> list[str]:
    client = judgement.state.plan.client
    ways = [way for way in (client.phone, client.email) if way]
    return [f"{client.name}: {', '.join(ways)}."]


def _general(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    state = judgement.state
    visits = [visit for visit in state.booked() if visit.starts_at > judgement.now]
    match meaning.intent:
        case "confirm" if len(visits) == 1 and not visits[0].held:
            _is_confirmed(judgement, visits[0], key)
        case "start":
            state.opted_out = []
            judgement.write("notice", "The client wants messages again.")
        case "help":
            judgement.owe(f"ack:{key}", "notice", "help", "the client asked for help", any_hour=True)
        case "reschedule" | "cancel":
            judgement.desk(
                key, "reply", f"The client wants to {meaning.intent} a visit: call or write. {_quoted(reply)}"
            )
            _forget_confirmations(judgement)
            judgement.owe(f"ack:{key}", "reminder", "ack_reschedule", "the client can't come", any_hour=True)
        case "running_late":
            judgement.desk(key, "reply", "The client is running late.")
            judgement.owe(f"ack:{key}", "reminder", "ack_late", "the client is late", any_hour=True)
        case "book":
            judgement.desk(key, "reply", "The client wants another visit: offer a time.")
            judgement.owe(f"ack:{key}", "rebook", "ack_book", "the client asked for a visit", any_hour=True)
        case "wrong_number":
            state.opted_out = ["sms", "email"]
            state.questions = []
            judgement.desk(key, "wrong_number", "This number may not be the client's: nothing more goes out. Check it.")
        case _:
            judgement.desk(key, "reply", f"A reply that needs a person to answer. {_quoted(reply)}")


def _forget_confirmations(judgement: Judgement) -> None:
    state = judgement.state
    state.questions = [question for question in state.questions if question.kind != "confirm_appointment"]
