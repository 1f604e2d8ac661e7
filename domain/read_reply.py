"""Reads a client's words against the questions that a plan has open."""

from collections.abc import Sequence

from domain.client import Channel, Language
from domain.events import CarrierWord, ClientReplied
from domain.replies import Understanding, understand
from domain.state import OpenQuestion
from domain.touchpoint import QuestionKind

ANSWERS: dict[QuestionKind, tuple[str, ...]] = {
    "confirm_appointment": ("confirm", "yes"),
    "feedback_1_5": ("rating",),
    "pain_0_10": ("pain",),
    "benchmark_yes_no": ("yes", "no"),
    "rebook": ("book", "yes"),
    "screening_yes_no": ("yes", "no"),
}
"""The intents that answer each kind of question."""

WITHOUT_QUESTION = ("reschedule", "cancel", "running_late", "book", "wrong_number", "help", "start", "thanks")
"""What a client may say whatever was asked, such as R for another time."""


def plain_meaning(
    text: str, *, channel: Channel, locale: Language, carrier_said: CarrierWord | None = None
) -> Understanding:
    """The meaning apart from any question. A carrier that took it for STOP or START is right, whatever the wording."""
    meaning = understand(text, open_question=None, channel=channel, locale=locale)
    if carrier_said == "STOP":
        if meaning.intent == "red_flag":
            return meaning.model_copy(update={"also_stop": True})
        return Understanding(intent="stop")
    if carrier_said == "START" and meaning.intent not in ("red_flag", "stop"):
        return Understanding(intent="start")
    return meaning


def answer_to(question: OpenQuestion, text: str, *, channel: Channel, locale: Language) -> Understanding:
    """The meaning as an answer to this question. What the contraindication question asks about is its yes."""
    meaning = understand(text, open_question=question.kind, channel=channel, locale=locale)
    if question.kind == "screening_yes_no" and meaning.intent == "red_flag" and meaning.red_flag == "hold":
        return meaning if meaning.also_stop else Understanding(intent="yes")
    return meaning


def questions_answered(
    text: str, questions: Sequence[OpenQuestion], *, channel: Channel, locale: Language
) -> list[OpenQuestion]:
    """The open questions that these words could answer, in their order."""
    return [
        question
        for question in questions
        if answer_to(question, text, channel=channel, locale=locale).intent in ANSWERS[question.kind]
    ]


def read_reply(
    reply: ClientReplied, questions: Sequence[OpenQuestion], locale: Language
) -> tuple[Understanding, OpenQuestion | None]:
    """The meaning, read against the newest open question first and then the older ones.

    A yes or no that could answer two questions is read by a person, but for one case: a yes while the contraindication
    question is open holds the visit, since a hold is lifted with one tap and a session on a fever isn't undone. A nudge
    to book gives way to other questions.
    """
    plain = plain_meaning(reply.text, channel=reply.channel, locale=locale, carrier_said=reply.carrier_said)
    screened = any(question.kind == "screening_yes_no" for question in questions)
    if _comes_first(plain, screened=screened) or (reply.carrier_said == "START" and plain.intent == "start"):
        return plain, None
    newest_first = sorted(questions, key=lambda q: (q.asked_at, q.kind), reverse=True)
    read = [
        (answer_to(question, reply.text, channel=reply.channel, locale=locale), question) for question in newest_first
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
