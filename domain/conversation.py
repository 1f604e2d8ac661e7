"""A person in the conversation with a client: they write in their own words, and automatic messages wait meanwhile.

Whoever writes or takes the conversation holds it for `conversation_hold`; each further word of theirs, and each reply
of the client, begins that time anew. Safety texts, the confirmation of an opt-out and words to staff never wait.
"""

from datetime import datetime

from domain.client import Channel
from domain.consent import consented
from domain.errors import EventRefused
from domain.events import ConversationReleased, ConversationTaken, StaffWrote
from domain.judgement import Judgement
from domain.sms_segments import to_gsm7
from domain.state import PlanState
from domain.touchpoint import STAFF_MESSAGE, Touchpoint

IN_CONVERSATION = "a person is in the conversation"
"""Why an automatic message waits."""
_STAFF = "staff:"


def is_taken(state: PlanState, now: datetime) -> bool:
    """Whether a person is in the conversation with the client."""
    return state.conversation_until is not None and state.conversation_until > now


def is_staff_key(key: str) -> bool:
    """Whether the touchpoint of this key holds a person's own words."""
    return key.startswith(_STAFF)


def waits_until(state: PlanState, touchpoint: Touchpoint, now: datetime) -> datetime | None:
    """Until when an automatic message waits for the person in the conversation; None where it needn't.

    One that a person asked for goes all the same. What loses its use meanwhile waits no longer than it is of use.
    """
    if state.conversation_until is None or not is_taken(state, now) or touchpoint.audience != "client":
        return None
    if touchpoint.safety or touchpoint.about_opt_out or touchpoint.by_a_person or touchpoint.key in state.hurried:
        return None
    return min(state.conversation_until, touchpoint.expires_at)


def check_words(state: PlanState, event: StaffWrote, now: datetime) -> None:
    """Raise EventRefused where the words can't be sent to this client."""
    if state.death_reported:
        raise EventRefused(
            "somebody said that this client has died; if they live, a therapist or an owner resumes the plan first"
        )
    allowed = consented(state, now)
    left = [channel for channel in allowed if channel not in state.opted_out]
    if not allowed:
        raise EventRefused("the consent on file has not begun yet; phone them")
    if not left:
        raise EventRefused("this client opted out; phone them")
    if event.channel is not None and event.channel not in left:
        raise EventRefused(f"this client can't be written to by {event.channel}; choose {left[0]}, or phone them")
    if not to_gsm7(event.text).strip():
        raise EventRefused("text holds no words that a text message can carry; write some")


def take_words(judgement: Judgement, event: StaffWrote) -> None:
    """A person's own words are owed to the client now, and the person is in the conversation."""
    if judgement.state.death_reported:
        words = f"{event.by} wrote, but somebody said that the client has died: not sent."
        judgement.desk(f"unsent:{event.event_id}", "undeliverable", words)
        return
    take_conversation(judgement, event)
    others: list[Channel] = [channel for channel in ("sms", "email") if event.channel not in (None, channel)]
    judgement.owe(
        f"{_STAFF}{event.event_id}",
        "notice",
        STAFF_MESSAGE,
        f"{event.by} wrote",
        facts={"words": event.text},
        any_hour=True,
        not_by=others,
    )


def take_conversation(judgement: Judgement, event: ConversationTaken | StaffWrote) -> None:
    """From now on automatic messages wait for this person."""
    state = judgement.state
    if not is_taken(state, judgement.now) or state.conversation_by != event.by:
        judgement.write("event", f"{event.by} is in the conversation: automatic messages wait.")
    state.conversation_by = event.by
    state.conversation_until = judgement.now + state.policy.conversation_hold


def release_conversation(judgement: Judgement, event: ConversationReleased) -> None:
    """Nobody is in the conversation any more: what waited for that is due again."""
    state = judgement.state
    if is_taken(state, judgement.now):
        judgement.write("event", f"{event.by} left the conversation: automatic messages go again.")
    state.conversation_by = state.conversation_until = None
    for key in [key for key, because in state.waits.items() if because == IN_CONVERSATION]:
        del state.waits[key]
        state.deferred.pop(key, None)


def prolong_conversation(judgement: Judgement) -> None:
    """The client wrote while a person is in the conversation: it goes on."""
    state = judgement.state
    if is_taken(state, judgement.now):
        state.conversation_until = judgement.now + state.policy.conversation_hold


def forget_conversation(judgement: Judgement) -> None:
    """A conversation in which nobody wrote any more is over."""
    state = judgement.state
    if not is_taken(state, judgement.now):
        state.conversation_by = state.conversation_until = None
