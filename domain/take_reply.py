"""Judges what a client wrote: each of its meanings is acted on by itself, or given to a person with our reading."""

from domain.acknowledge import acknowledge, has_task
from domain.closed_ways import ClosedWay
from domain.conversation import is_taken, prolong_conversation
from domain.emergency import (
    BECAUSE,
    FIXED_ANSWERS,
    VIOLENCE,
    about_danger,
    evidence_of,
    question_about,
    task_about,
)
from domain.events import ClientReplied, ReplyUnclear
from domain.heed_grave import take_grave_words
from domain.judgement import Judgement
from domain.read_reply import ANSWERS, names_in, read_reply
from domain.replies import Intent, Understanding
from domain.reply_meanings import in_words, looks_like, meanings
from domain.state import OpenQuestion
from domain.take_answers import confirm_invited, confirm_visit, forget_confirmations, take_answer
from domain.take_death import take_death, take_loss, take_words_after_death
from domain.take_news import HEALTH_QUESTION, take_news
from domain.take_opt_out import LONGEST_QUOTE, desk, no_more_messages, quoted, take_opt_out, take_start, words_of

_OR = {"en": "or", "es": "o"}
_NEVER_WAITS: tuple[Intent, ...] = ("start", "wrong_number")
"""What is acted on although a person is in the conversation."""
_AN_ANSWER_OR_NOTHING: tuple[Intent, ...] = ("yes", "no", "rating", "pain", "thanks", "ignore")
"""What asks nothing of anybody where no question is open."""


def take_reply(judgement: Judgement, reply: ClientReplied) -> None:
    """One text or email of the client. It is never dropped: what isn't understood goes to the front desk."""
    state = judgement.state
    meaning, question = read_reply(
        reply, state.questions, state.plan.client.language, names_in(state.plan, state.practice)
    )
    state.answers += 1
    judgement.write("reply", in_words(meaning), at=judgement.now)
    act_on(judgement, meaning, question, reply)


def act_on(judgement: Judgement, meaning: Understanding, question: OpenQuestion | None, reply: ClientReplied) -> None:
    """Everything that this reply means, the most urgent first. What nobody wrote leads to nothing.

    After a death only an opt-out and an emergency of whoever wrote count: the rest is read by the person who calls.
    """
    if meaning.intent == "ignore":
        return
    key = f"reply:{reply.event_id}"
    todo = meanings(meaning)
    asked_before = [known.escalation_id for known in judgement.state.asked if known.open]
    asked = list(judgement.state.questions)  # an opt-out closes them, and still the rest counts
    if "stop" in todo:
        take_opt_out(judgement, meaning, reply, key)
    prolong_conversation(judgement)
    if meaning.grave is not None and not (meaning.grave == "violence" and "red_flag" in todo):
        take_grave_words(judgement, meaning.grave, reply)
    if "red_flag" in todo:
        _red_flag(judgement, meaning, reply, key)
    if meaning.death:
        take_death(judgement, reply, key, asked_before)
        return
    if meaning.loss and not judgement.state.death_reported:
        take_loss(judgement, reply, key)
        return
    holds = "contraindication" in todo or _is_yes_to_the_health_question(question, meaning)
    if holds:
        take_news(judgement, question, reply, key)
    rest: list[Intent] = [each for each in todo if each not in ("stop", "red_flag", "contraindication")]
    if meaning.grave is not None:
        rest = [each for each in rest if each != "human"]  # a person reads the words in the urgent task
    if holds:
        rest = [each for each in rest if not _is_overtaken(each, question)]
    if judgement.state.death_reported:
        if rest:
            take_words_after_death(judgement, reply, key)
        return
    if is_taken(judgement.state, judgement.now) and meaning.intent not in ("red_flag", "stop"):
        _leave_to_the_person(judgement, rest, meaning, question, reply, key, only_noted=not holds)
        return
    for each in rest:
        _act(judgement, each, meaning, question or _asked_for(each, asked), reply, _key(key, each, meaning))


def _key(key: str, each: Intent, meaning: Understanding) -> str:
    """Each meaning has tasks and answers of its own: the same key twice would count once."""
    return key if each == meaning.intent else f"{key}:{each}"


def _is_yes_to_the_health_question(question: OpenQuestion | None, meaning: Understanding) -> bool:
    return question is not None and question.kind == HEALTH_QUESTION and meaning.intent == "yes"


def _is_overtaken(each: Intent, question: OpenQuestion | None) -> bool:
    """Whether news about the client say more than this: a confirmation of the visit, an answer to the question."""
    if question is not None and question.kind not in (HEALTH_QUESTION, "confirm_appointment"):
        return each == "confirm"
    return each in ("confirm", "yes", "no")


def _asked_for(each: Intent, asked: list[OpenQuestion]) -> OpenQuestion | None:
    """The question that a number beside something else answers. A yes or no beside it may be about anything."""
    fitting = [known for known in asked if each in ("rating", "pain") and each in ANSWERS[known.kind]]
    return max(fitting, key=lambda known: known.asked_at, default=None)


def _act(
    judgement: Judgement,
    each: Intent,
    meaning: Understanding,
    question: OpenQuestion | None,
    reply: ClientReplied,
    key: str,
) -> None:
    if question is not None and each in ANSWERS[question.kind]:
        take_answer(judgement, question, each, meaning.value, reply, key)
    elif each == meaning.intent or each not in _AN_ANSWER_OR_NOTHING:
        _general(judgement, each, meaning, reply, key)


def _leave_to_the_person(
    judgement: Judgement,
    rest: list[Intent],
    meaning: Understanding,
    question: OpenQuestion | None,
    reply: ClientReplied,
    key: str,
    *,
    only_noted: bool,
) -> None:
    """A person is in the conversation and answers. What is plain is noted, and no robot says a word."""
    for each in rest:
        if each in _NEVER_WAITS:
            _general(judgement, each, meaning, reply, _key(key, each, meaning))
        elif question is not None and each in ANSWERS[question.kind]:
            take_answer(judgement, question, each, meaning.value, reply, _key(key, each, meaning))
        elif each in ("reschedule", "cancel"):
            forget_confirmations(judgement.state)
    waits = any(each not in _NEVER_WAITS for each in rest) or not only_noted
    if waits and not has_task(judgement, key):
        who = judgement.state.conversation_by
        text = f"{who} is in the conversation: a reply waits for them. {_with_reading(meaning)}{quoted(reply)}"
        desk(judgement, key, "reply", text)


def _red_flag(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    """A possible emergency: the fixed text at once, the plan on hold, and a person is paged at any hour."""
    state = judgement.state
    flag = meaning.red_flag or "hold"
    template = FIXED_ANSWERS.get(flag, "hold_notice")
    violent = meaning.grave == "violence"
    if not (reply.answered_elsewhere or meaning.unsafe or flag == VIOLENCE):
        judgement.owe(f"safety:{key}", "notice", template, BECAUSE, safety=True)
    state.held = not state.ended
    about = task_about(reply, violent=violent, unsafe=meaning.unsafe)
    judgement.desk(key, "grave_words" if violent else "reply", about)
    state.emergency_tasks.append(key)
    judgement.ask(
        "red_flag",
        question_about(flag, violent=violent),
        evidence_of(state, reply, violent=violent, unsafe=meaning.unsafe),
        about=about_danger(flag, accusing=state.therapist_is_accused),
        phone=not violent,
        escalation_id=reply.escalation_id,
    )


def _general(judgement: Judgement, each: Intent, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    """What may be said at any time. An answer that promises something is given where the meaning is sure alone."""
    state = judgement.state
    visits = [visit for visit in state.booked() if visit.starts_at > judgement.now]
    match each:
        case "confirm" if reply.calendar is not None:
            confirm_invited(judgement, reply, key)
        case "confirm" if len(visits) == 1 and not visits[0].held:
            confirm_visit(judgement, visits[0], reply, key)
        case "thanks" | "ignore":
            return
        case "start":
            take_start(judgement, reply, key)
        case "help" if reply.carrier_answered or reply.answered_elsewhere:
            judgement.write("notice", "The carrier has answered the client's call for help.")
        case "help":
            acknowledge(judgement, key, "notice", "help", "the client asked for help")
        case "reschedule" | "cancel":
            desk(judgement, key, "reply", f"The client wants to {each} a visit: call or write. {quoted(reply)}")
            forget_confirmations(state)
            acknowledge(judgement, key, "reminder", "ack_reschedule", "the client can't come")
        case "running_late":
            desk(judgement, key, "reply", f"The client is running late. {quoted(reply)}")
            acknowledge(judgement, key, "reminder", "ack_late", "the client is late")
        case "book":
            desk(judgement, key, "reply", f"The client wants another visit: offer a time. {quoted(reply)}")
            acknowledge(judgement, key, "rebook", "ack_book", "the client asked for a visit")
        case "wrong_number":
            way = ClosedWay(how="wrong_number", at=reply.occurred_at, by=reply.channel, said=reply.text[:LONGEST_QUOTE])
            no_more_messages(state, way)
            words = "This number may not be the client's: nothing more goes out. Check it."
            judgement.desk(key, "wrong_number", f"{words} They wrote: {words_of(reply)}")
        case _:
            text = f"A reply that needs a person to answer. {_with_reading(meaning)}{quoted(reply)}"
            desk(judgement, key, "reply", text)


def _with_reading(meaning: Understanding) -> str:
    reading = looks_like(meaning)
    return f"{reading} " if reading else ""


def ask_which_one(judgement: Judgement, event: ReplyUnclear) -> None:
    """A reply could be meant for several plans of one number: ask once; the way in for replies keeps the words."""
    if is_taken(judgement.state, judgement.now):
        between = " or ".join(event.options)
        text = f"{judgement.state.conversation_by} is in the conversation: a reply waits, and may be for {between}."
        words = f' The client wrote: "{event.words[:LONGEST_QUOTE]}"' if event.words else ""
        judgement.desk(f"which:{event.event_id}", "reply", f"{text}{words}")
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
