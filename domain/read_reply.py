"""Reads a client's words against the questions that a plan has open."""

from collections.abc import Collection, Sequence
from typing import Any

from domain.client import Channel, Language
from domain.events import CalendarAnswer, CarrierWord, ClientReplied
from domain.plan import TreatmentPlan
from domain.policy import Practice
from domain.replies import Intent, Understanding, understand
from domain.reply_meanings import tells_news
from domain.state import OpenQuestion
from domain.touchpoint import QuestionKind

ANSWERS: dict[QuestionKind, tuple[Intent, ...]] = {
    "confirm_appointment": ("confirm", "yes"),
    "feedback_1_5": ("rating",),
    "pain_0_10": ("pain",),
    "benchmark_yes_no": ("yes", "no"),
    "rebook": ("book", "yes"),
    "screening_yes_no": ("yes", "no", "contraindication"),
}
"""The intents that answer each kind of question."""

WITHOUT_QUESTION = ("reschedule", "cancel", "running_late", "book", "wrong_number", "help", "start", "thanks")
"""What a client may say whatever was asked, such as R for another time."""

_SUGGESTED: dict[str, Intent] = {"declined": "cancel", "counter": "reschedule"}

Read = tuple[Understanding, OpenQuestion | None]


def names_in(plan: TreatmentPlan, practice: Practice) -> tuple[str, ...]:
    """The names that a client may write and mean nothing by: their own, the therapist's and the practice's."""
    return plan.client.name, plan.therapist.name, practice.name


def plain_meaning(
    text: str,
    *,
    channel: Channel,
    locale: Language,
    carrier_said: CarrierWord | None = None,
    names: Collection[str] = (),
    sent: Sequence[str] = (),
) -> Understanding:
    """The meaning apart from any question. A carrier that took it for STOP or START is right, whatever the wording."""
    meaning = _understood(text, None, channel=channel, locale=locale, names=names, sent=sent)
    if carrier_said == "STOP":
        if meaning.intent == "red_flag":
            return meaning.model_copy(update={"also_stop": True})
        also: tuple[Intent, ...] = ("contraindication",) if tells_news(meaning) else ()
        return Understanding(intent="stop", also=also, death=meaning.death, partly=meaning.partly, grave=meaning.grave)
    if carrier_said == "START" and meaning.intent not in ("red_flag", "stop"):
        return Understanding(intent="start", grave=meaning.grave)
    return meaning


def _understood(text: str, asked: QuestionKind | None, **how: Any) -> Understanding:
    """What the reader says. Its former grade for what is no emergency, "hold", is news that speak against a visit."""
    meaning = understand(text, open_question=asked, **how)
    if meaning.red_flag != "hold":
        return meaning
    first: Intent = "stop" if meaning.also_stop else "contraindication"
    also: tuple[Intent, ...] = ("contraindication",) if meaning.also_stop else ()
    return meaning.model_copy(update={"intent": first, "also": (*also, *meaning.also), "red_flag": None})


def not_in_words(meaning: Understanding, calendar: CalendarAnswer | None, *, automatic: bool) -> Understanding:
    """What a machine's mail means: nothing, or an answer to an invitation. An emergency, an opt-out or a death in it
    is for a person.

    A person may add words to a calendar's answer. Its boilerplate speaks of no emergency, no news and no death; all
    else in it, such as how to stop these mails, isn't said to us.
    """
    if automatic:
        alarming = meaning.intent in ("red_flag", "stop") or meaning.death
        return Understanding(intent="human", sure=False) if alarming else Understanding(intent="ignore")
    if calendar is None or meaning.intent == "red_flag" or meaning.death:
        return meaning
    also: tuple[Intent, ...] = ("contraindication",) if tells_news(meaning) else ()
    if calendar.answer == "accepted":
        return Understanding(intent="confirm", also=also, grave=meaning.grave)
    suggestion = _SUGGESTED.get(calendar.answer)
    return Understanding(intent="human", also=also, sure=False, suggestion=suggestion, grave=meaning.grave)


def answer_to(
    question: OpenQuestion,
    text: str,
    *,
    channel: Channel,
    locale: Language,
    names: Collection[str] = (),
    sent: Sequence[str] = (),
) -> Understanding:
    """The meaning as an answer to this question."""
    return _understood(text, question.kind, channel=channel, locale=locale, names=names, sent=sent)


def questions_answered(
    text: str,
    questions: Sequence[OpenQuestion],
    *,
    channel: Channel,
    locale: Language,
    names: Collection[str] = (),
    sent: Sequence[str] = (),
) -> list[OpenQuestion]:
    """The open questions that these words could answer, in their order."""
    return [
        question
        for question in questions
        if answer_to(question, text, channel=channel, locale=locale, names=names, sent=sent).intent
        in ANSWERS[question.kind]
    ]


def read_reply(
    reply: ClientReplied, questions: Sequence[OpenQuestion], locale: Language, names: Collection[str] = ()
) -> Read:
    """The meaning, read against the newest open question first and then the older ones.

    A yes or no that could answer two questions is read by a person, but for one case: a yes while the contraindication
    question is open holds the visit, since a hold is lifted with one tap and a session on a fever isn't undone. A nudge
    to book gives way to other questions. News that speak against a visit count whichever reading found them.
    """
    plain = plain_meaning(
        reply.text,
        channel=reply.channel,
        locale=locale,
        carrier_said=reply.carrier_said,
        names=names,
        sent=reply.sent,
    )
    plain = not_in_words(plain, reply.calendar, automatic=reply.automatic)
    if _comes_first(plain) or reply.calendar is not None or (reply.carrier_said == "START" and plain.intent == "start"):
        return plain, None
    read = [
        (
            answer_to(question, reply.text, channel=reply.channel, locale=locale, names=names, sent=reply.sent),
            question,
        )
        for question in sorted(questions, key=lambda q: (q.asked_at, q.kind), reverse=True)
    ]
    for meaning, _ in read:
        if _comes_first(meaning):
            return meaning, None
    chosen, question = _chosen(read, plain)
    if not tells_news(chosen) and any(tells_news(meaning) for meaning in (plain, *(meaning for meaning, _ in read))):
        chosen = chosen.model_copy(update={"also": (*chosen.also, "contraindication")})
    return chosen, question


def _chosen(read: Sequence[tuple[Understanding, OpenQuestion]], plain: Understanding) -> Read:
    fitting = [(meaning, question) for meaning, question in read if meaning.intent in ANSWERS[question.kind]]
    yes_or_no = [(m, q) for m, q in fitting if m.intent in ("yes", "no", "confirm") and q.kind != "rebook"]
    new = next(((m, q) for m, q in fitting if q.kind == "screening_yes_no" and m.intent != "no"), None)
    if len({question.kind for _, question in yes_or_no}) > 1:
        unsure = Understanding(
            intent="human", also=plain.also, sure=False, suggestion=yes_or_no[0][0].intent, grave=plain.grave
        )
        return new or (unsure, None)
    if fitting:
        return (yes_or_no or fitting)[0]
    return next(
        ((meaning, None) for meaning, _ in read if meaning.intent in WITHOUT_QUESTION), (_best(read, plain), None)
    )


def _best(read: Sequence[tuple[Understanding, OpenQuestion]], plain: Understanding) -> Understanding:
    """Of words that are for a person, the reading that suggests something. Thanks and a C that leave a question open,
    because they don't answer it, are for a person too."""
    leaves_open = (m for m, _ in read if m.intent == "human" and m.suggestion in ("thanks", "confirm"))
    if plain.intent in ("thanks", "confirm") and (unsure := next(leaves_open, None)):
        return unsure
    if plain.intent != "human" or plain.suggestion is not None:
        return plain
    return next((meaning for meaning, _ in read if meaning.intent == "human" and meaning.suggestion), plain)


def _comes_first(meaning: Understanding) -> bool:
    """Opt-outs, emergencies and a death count whatever was asked; what nobody wrote answers nothing."""
    return meaning.death or meaning.loss or meaning.intent in ("red_flag", "stop", "ignore")
