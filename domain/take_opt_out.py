"""Judges an opt-out, written to us or told to a person, and the wish to get messages again."""

import re
from datetime import timedelta
from typing import Literal

from domain.client import Channel
from domain.closed_ways import ClosedWay, closed, unheard_of
from domain.consent import may_write
from domain.escalation import QUOTES
from domain.events import ClientReplied, ConsentWithdrawn
from domain.judgement import Judgement
from domain.opted_out import UNHEARD_TASK, for_staff, opted_out_of_all
from domain.replies import Understanding
from domain.state import PlanState

LONGEST_QUOTE = 300
CONFIRM_WITHIN = timedelta(minutes=5)
"""An opt-out may be confirmed by one text within five minutes: 47 CFR 64.1200(a)(12)."""
_WHAT = {"all": "messages", "sms": "texts", "email": "emails"}
_HOW = {"spoken": "the client said so", "written": "the client wrote so", "other": "we heard of it another way"}
_STAYS_CLOSED: dict[Channel, str] = {
    "sms": "Texts stay closed: a START by text opens them.",
    "email": "Emails stay closed: a START by email opens them.",
}
_ONLY_SOME = (
    "The client asked for a part of the messages only. That counts as an opt-out of all, so none go out: ask whether "
    "they want the rest. If so, take off the plan what they don't want, and let them text START."
)
_BARE_CANCEL = re.compile(r"\W*(?:cancel|cancelar|cancele)\W*(?:(?:please|por favor)\W*)?", re.IGNORECASE)


def take_opt_out(judgement: Judgement, meaning: Understanding, reply: ClientReplied, key: str) -> None:
    """Nothing goes out from here on, but for one confirmation where the carrier hasn't sent its own."""
    state = judgement.state
    unheard = unheard_of(state.closed, reply.channel)
    if unheard:
        judgement.close_desk(UNHEARD_TASK)  # the words themselves are the better task
    first_time = unheard or reply.channel not in state.opted_out
    carrier = reply.carrier_said == "STOP" and not reply.text.strip()
    how = "carrier" if carrier else "wrote"
    said = reply.text.strip()[:LONGEST_QUOTE]
    no_more_messages(state, ClosedWay(how=how, at=reply.occurred_at, by=reply.channel, said=said))
    answered = reply.carrier_answered or reply.answered_elsewhere
    left = min(reply.occurred_at - judgement.now, timedelta(0)) + CONFIRM_WITHIN
    asked = reply.channel == "sms" and meaning.intent == "stop" and left > timedelta(0)
    if first_time and asked and not answered and not state.ended and not meaning.unsafe:
        judgement.owe(
            f"optout:{reply.event_id}",
            "notice",
            "opt_out_confirmed",
            "the client opted out",
            any_hour=True,
            about_opt_out=True,
            lasts=left,
            not_by=["email"],  # a mail instead would be one message more to somebody who said stop
        )
    if (
        meaning.unsafe or meaning.death or state.death_reported
    ):  # whoever wrote, nobody phones the client; their words are read as it is
        judgement.write("notice", "No more messages were asked for: none go out.")
        return
    if meaning.partly and not reply.answered_elsewhere:
        judgement.desk(f"stop:{key}", "reply", f"{_ONLY_SOME} {quoted(reply)}")
        return
    text = f"The client asked for no more messages: none go out. {_visit(judgement, reply)}"
    judgement.desk(f"stop:{key}", "opted_out" if not _may_be_the_visit(reply) else "reply", text)


def take_withdrawal(judgement: Judgement, event: ConsentWithdrawn) -> None:
    """A person noted that the client wants no more messages. No text confirms it: they were answered when they said so.

    What was asked stays open while there is another way to answer.
    """
    state = judgement.state
    both: tuple[Channel, ...] = ("sms", "email")
    state.opted_out = [channel for channel in both if channel in (*state.opted_out, *event.channels)]
    way = ClosedWay(how="told", at=event.occurred_at, by=event.by, said=event.said)
    state.closed = closed(state.closed, event.channels, way)
    if opted_out_of_all(state):
        _close_questions(state)
    because = f'{_HOW[event.how]}: "{event.said}"' if event.said else _HOW[event.how]
    judgement.write("event", f"{event.by} noted: the client wants no more {_WHAT[event.channel]}.", because=because)


def no_more_messages(state: PlanState, way: ClosedWay) -> None:
    """Nothing goes to the client from here on, for this reason, and no answer is waited for."""
    state.opted_out = ["sms", "email"]
    state.closed = closed(state.closed, state.opted_out, way)
    _close_questions(state)


def _close_questions(state: PlanState) -> None:
    """No answer is waited for but to the health questions: unanswered, they become the desk's to ask before a visit."""
    state.questions = [question for question in state.questions if question.kind == "screening_yes_no"]


def _may_be_the_visit(reply: ClientReplied) -> bool:
    """A bare "cancel" is an opt-out by law; whoever wrote it may wait for an answer about their visit."""
    return _BARE_CANCEL.fullmatch(reply.text.strip()) is not None


def _visit(judgement: Judgement, reply: ClientReplied) -> str:
    """What an opt-out leaves open: a visit that may still be on, or that a bare "cancel" may have been about."""
    booked = any(visit.starts_at > judgement.now for visit in judgement.state.booked())
    if _may_be_the_visit(reply):
        which = "a visit is booked" if booked else "no visit is booked"
        words = f'They wrote only "{reply.text.strip()}", which counts as an opt-out'
        return f"{words}, but they may have meant their visit ({which}): ask them."
    words = "A visit is booked; phone the client if it matters." if booked else "Phone the client where it matters."
    return f"{words} {quoted(reply)}"


def take_start(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """Brings back the channel that they wrote on, where there is consent on file for it."""
    state = judgement.state
    if not may_write(state, reply.channel, judgement.now):
        text = (
            f"The client wants messages again, but no consent for {reply.channel} is on file: get it. {quoted(reply)}"
        )
        desk(judgement, key, "reply", text)
        return
    state.opted_out = [channel for channel in state.opted_out if channel != reply.channel]
    state.closed = {channel: way for channel, way in state.closed.items() if channel != reply.channel}
    state.notices = [owed for owed in state.notices if not owed.about_opt_out]  # "you won't get any more" is untrue now
    judgement.write("notice", "The client wants messages again.")
    for channel in state.opted_out:
        if state.plan.client.address(channel):
            judgement.write("notice", _STAYS_CLOSED[channel])


def desk(judgement: Judgement, key: str, kind: Literal["reply"], text: str) -> None:
    """A task of the front desk, who must know when the client can only be phoned."""
    judgement.desk(key, kind, for_staff(judgement.state, text))


def quoted(reply: ClientReplied) -> str:
    """The client's own words, for staff who are logged in; no message carries them."""
    return f"{QUOTES}{words_of(reply)}"


def words_of(reply: ClientReplied) -> str:
    """What was written, in quotation marks, no longer than a task can hold."""
    return f'"{reply.text[:LONGEST_QUOTE]}"'
