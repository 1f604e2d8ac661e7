"""What words that may mean an emergency call for: the fixed answer, a page to the therapist, a task for the desk.

Intake carries it out at once, whatever state the plan's workflow is in; the plan, when it judges the same reply, asks
for the same under the same keys. Both take the words and the keys from here.
"""

import uuid
from datetime import datetime, timedelta

from pydantic import Field

from domain.accused import accuses
from domain.actions import AddDeskTask, SendMessage
from domain.client import Channel, Model
from domain.escalation import QUOTES, Escalation
from domain.events import ClientReplied
from domain.opted_out import PHONE_THIS_CLIENT, for_staff, opted_out_of_all
from domain.outgoing import message_for, usable_channels
from domain.state import PlanState
from domain.touchpoint import Touchpoint

FIXED_ANSWERS = {
    "emergency_911": "emergency_911",
    "emergency_988": "emergency_988",
    "urgent_care": "urgent_care",
}
"""The template of the answer to each kind of emergency."""
VIOLENCE = "violence"
"""The flag of violence that goes on at home: a person is paged, and no text goes to a phone that others may read."""
PAGED = (*FIXED_ANSWERS, VIOLENCE)
SHARED = "This phone is shared by several clients: find out who wrote."
QUESTION = "The client's words may mean an emergency. Read them, phone the client, then say how it goes on."
SPEAK_FREELY = (
    "The client's words tell of violence or fear. Read them: phone only where they can speak freely, write nothing "
    "about it to this number, then say how it goes on."
)
UNSAFE = "Somebody else may read this phone: nothing was sent to it."
ON_HOLD = "The plan is on hold; nothing automatic is sent until you decide."
OVER = "The plan has ended; the fixed answer to an emergency was sent all the same."
BECAUSE = "the client's words may mean an emergency"
LASTS = timedelta(days=2)
LONGEST_QUOTE = 300
_PAGES = uuid.UUID("7e0f5a04-52c5-4b0e-8f0b-6d7a9b6f2f7c")


class Emergency(Model):
    """All that is done about one reply for one plan. Each part has a key of its own, so doing it again changes nothing.

    `answers`: the fixed answer by each channel that may be tried, the first choice first; empty where another plan of
    that number answers. `page`: the question to the therapist, None where the same one is open already. `accusation`:
    the opaque id of words that accuse somebody; the owners are told at once that there are some.
    """

    plan_id: str
    answers: list[SendMessage] = Field(default=[])
    page: Escalation | None = None
    task: AddDeskTask | None = None
    accusation: str = ""


def reply_key(event_id: str) -> str:
    """The key of a reply within its plan: of the task about it, and of the answer to it."""
    return f"reply:{event_id}"


def question_about(flag: str, *, violent: bool) -> str:
    """What the therapist is asked."""
    return SPEAK_FREELY if violent or flag == VIOLENCE else QUESTION


def answers_to(state: PlanState, event_id: str, flag: str, wrote_by: Channel, now: datetime) -> list[SendMessage]:
    """The fixed answer on each channel, under the keys that the plan itself would give it; none about violence at home.

    By the channel that they wrote on too, at last, where there is no consent for it: they are in danger and asked.
    """
    if flag not in FIXED_ANSWERS:
        return []
    touchpoint = Touchpoint(
        key=f"safety:{reply_key(event_id)}",
        kind="notice",
        audience="client",
        template=FIXED_ANSWERS[flag],
        due_at=now,
        expires_at=now + LASTS,
        because=BECAUSE,
        category="answer",
        any_hour=True,
        safety=True,
        derived=False,
    )
    channels = usable_channels(state, touchpoint, now)
    if wrote_by not in channels and state.plan.client.address(wrote_by):
        channels = [*channels, wrote_by]
    made = (message_for(state, touchpoint, now, rung=channel) for channel in channels)
    return [message for message in made if message is not None]


def page_about(
    state: PlanState, reply: ClientReplied, flag: str, now: datetime, *, violent: bool = False, unsafe: bool = False
) -> Escalation | None:
    """The question to the therapist, at any hour; None where one about the same kind of danger waits already.

    Where the therapist is accused it is another question: others are asked, whatever the therapist was asked before.
    """
    accusing = state.therapist_is_accused or accuses(reply.text, state.plan.therapist.name)
    about = about_danger(flag, accusing=accusing)
    if any(asked.open and asked.is_about("red_flag", None, None, about) for asked in state.asked):
        return None
    policy = state.policy
    return Escalation(
        escalation_id=uuid.uuid5(_PAGES, f"{state.plan_id}/{reply.event_id}").hex,
        plan_id=state.plan_id,
        kind="red_flag",
        session=len(state.sessions),
        question=question_about(flag, violent=violent),
        evidence=[
            *evidence_of(state, reply, violent=violent, unsafe=unsafe),
            *([PHONE_THIS_CLIENT] if opted_out_of_all(state) and not violent else []),
        ],
        opened_at=now,
        responsible=state.plan.therapist,
        backup=state.backup,
        remind_after=policy.red_flag_reminder_after,
        backup_after=policy.red_flag_reminder_after,
        accuses=accusing,
    )


def about_danger(flag: str, *, accusing: bool) -> str:
    """Which danger a question is about; one that the therapist isn't asked is another matter than one they are."""
    return f"{flag}:others" if accusing else flag


def evidence_of(state: PlanState, reply: ClientReplied, *, violent: bool = False, unsafe: bool = False) -> list[str]:
    """What the therapist must know: the words, whether others share the phone, how to reach the client."""
    client = state.plan.client
    ways = ", ".join(way for way in (client.phone, client.email) if way)
    shared = [SHARED] if reply.shared else []
    other_eyes = [UNSAFE] if unsafe else []
    reached = f"{client.name}: {ways}."
    reached = reached if violent else for_staff(state, reached)
    return [quoted_words(reply), *shared, *other_eyes, reached, ON_HOLD]


def task_about(reply: ClientReplied, *, violent: bool = False, unsafe: bool = False) -> str:
    """The words of the desk's task."""
    shared = f" {SHARED}" if reply.shared else ""
    if violent:
        return f"{_VIOLENT}{f' {UNSAFE}' if unsafe else ''}{shared} {quoted_words(reply)}"
    return f"The client's words may mean an emergency: phone them now.{shared} {quoted_words(reply)}"


_VIOLENT = (
    "The client's words may mean an emergency, with somebody violent near. Read them now: phone only where they can "
    "speak freely, call 911 yourself where it can't wait, and write nothing about it to this number."
)


def quoted_words(reply: ClientReplied) -> str:
    """The client's own words, for staff who are logged in; no message carries them."""
    return f'{QUOTES}"{reply.text[:LONGEST_QUOTE]}"'
