"""Whatever the provider says, and in whatever order: nothing twice, one rung at a time, and nothing lost in silence."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from domain.actions import SendMessage, SendOutcome
from domain.agenda import agenda
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    ClientReplied,
    DeliveryFailed,
    Event,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
)
from domain.plan import Homework
from tests.domain.plan_builder import Played, a_plan, a_practice, a_state, a_yes_goal
from tests.domain.post import BAD_NUMBER, UNREACHABLE, Result, a_client_with_both, an_outcome
from tests.domain.search import stories

HOUR = timedelta(hours=1)
RESULTS: list[Result] = ["accepted", "accepted", "accepted", "deferred", "unclear", "refused", "unknown", "dropped"]
CAUSES = [BAD_NUMBER, BAD_NUMBER, BAD_NUMBER, UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE, "opted out"]
HAPPENINGS = (
    *("book", "move", "cancel", "complete", "pause", "resume", "end", "reply", "reply"),
    *("fail", "fail", "fail", "replay"),
)
Fate = Literal["unsure", "waits", "over"]


@dataclass
class Watched:
    """A provider whose answers are drawn, and which notes what a plan must never do."""

    data: st.DataObject
    fates: dict[str, Fate] = field(default_factory=dict[str, Fate])
    """What was last said of each message key."""
    results: dict[str, Result] = field(default_factory=dict[str, Result])
    accepted: list[str] = field(default_factory=list[str])
    said: list[SendOutcome] = field(default_factory=list[SendOutcome])
    faults: list[str] = field(default_factory=list[str])
    keys: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, message: SendMessage, now: datetime) -> SendOutcome | None:
        key = message.message_key
        if self.fates.get(key) == "over":
            self.faults.append(f"{key} came again at {now} though it was {self.results[key]}")
        for other, touchpoint_key in self.keys.items():
            if touchpoint_key == message.touchpoint_key and other != key and self.fates[other] == "unsure":
                self.faults.append(f"{key} came at {now} while nobody knew of {other}")
        self.keys[key] = message.touchpoint_key
        result = self.data.draw(st.sampled_from(RESULTS))
        if result == "deferred" and message.only_find:
            result = "dropped"  # as the sender does: what is only looked for never waits
        self.results[key] = result
        self.fates[key] = {"unclear": "unsure", "deferred": "waits"}.get(result, "over")  # pyright: ignore[reportArgumentType]
        cause = self.data.draw(st.sampled_from(CAUSES)) if result in ("refused", "dropped", "unknown") else ""
        if result == "accepted":
            self.accepted.append(key)
            return None
        outcome = an_outcome(message, now, result, cause)
        self.said.append(outcome)
        return outcome


def an_event(data: st.DataObject, watched: Watched, number: int, at: datetime) -> Event | SendOutcome | None:
    """Something that happens to the plan, or that is said of one of its messages, perhaps once more."""
    kind = data.draw(st.sampled_from(HAPPENINGS))
    visit = data.draw(st.sampled_from("ab"))
    starts_at = at + data.draw(st.integers(1, 120)) * HOUR
    about = {"event_id": f"e{number}", "occurred_at": at}
    match kind:
        case "book":
            return AppointmentBooked.model_validate(about | {"appointment_id": visit, "starts_at": starts_at})
        case "move":
            return AppointmentMoved.model_validate(about | {"appointment_id": visit, "starts_at": starts_at})
        case "cancel":
            return AppointmentCancelled.model_validate(about | {"appointment_id": visit})
        case "complete":
            return SessionCompleted.model_validate(about | {"appointment_id": visit})
        case "pause":
            return PlanPaused.model_validate(about)
        case "resume":
            return PlanResumed.model_validate(about)
        case "end":
            return PlanEnded.model_validate(about) if data.draw(st.integers(0, 3)) == 0 else None
        case "reply":
            text = data.draw(st.sampled_from(["C", "No", "5", "1", "R", "STOP", "START"]))
            return ClientReplied.model_validate(about | {"channel": "sms", "text": text})
        case "replay":
            return data.draw(st.sampled_from(watched.said)) if watched.said else None
        case _:
            given_up = [
                key for key in watched.keys if watched.results[key] in ("accepted", "unclear", "unknown", "refused")
            ]
            if not given_up:
                return None
            key = data.draw(st.sampled_from(given_up))
            watched.fates[key] = "over"
            watched.results[key] = "refused"
            cause = data.draw(st.sampled_from(CAUSES))
            return DeliveryFailed.model_validate(about | {"message_key": key, "cause": cause})


def lived(data: st.DataObject) -> tuple[Played, Watched]:
    """A plan with homework and both channels, until long after everything in it has expired."""
    plan = a_plan(
        a_yes_goal(by_session=1), client=a_client_with_both(), homework=[Homework(what="heat", every=timedelta(days=3))]
    )
    watched = Watched(data)
    played = Played(a_state(plan, a_practice(homework_reminders=data.draw(st.booleans()))), watched)
    for number in range(data.draw(st.integers(1, 14))):
        played.until(played.now + data.draw(st.integers(0, 30)) * HOUR + timedelta(minutes=1))
        happened = an_event(data, watched, number, played.now)
        if isinstance(happened, SendOutcome):
            played.hear(happened)
        elif happened is not None:
            played.take(happened)
    return played.until(played.now + timedelta(days=20)), watched


@stories(60)
@given(st.data())
def test_no_message_comes_again_once_its_fate_is_known_and_no_second_rung_while_it_is_not(data: st.DataObject) -> None:
    _, watched = lived(data)
    assert watched.faults == []
    assert [key for key, times in Counter(watched.accepted).items() if times > 1] == []


@stories(60)
@given(st.data())
def test_every_message_was_sent_or_dropped_with_its_reason_or_is_a_persons_task(data: st.DataObject) -> None:
    played, watched = lived(data)
    state = played.state
    told = {task.key for task in played.tasks}
    waiting = {*(touchpoint.key for touchpoint in agenda(state)), *(n.key for n in state.notices), *state.unclear}
    for about in set(watched.keys.values()):
        keys = [key for key, touchpoint_key in watched.keys.items() if touchpoint_key == about]
        arrived = any(watched.results[key] == "accepted" for key in keys)
        at_the_desk = {f"plan-1:unsent:{about}", *(f"plan-1:undelivered:{key}" for key in keys)} & told
        dropped = state.done.get(about) == "dropped"
        needless = any(_is_needless(line.text, about) for line in state.journal)
        gone = about not in state.done and _follows_the_state(about)
        assert arrived or at_the_desk or dropped or about in waiting or needless or gone or state.opted_out, about
    assert all(line.because for line in state.journal if line.kind == "dropped")


def _is_needless(line: str, about: str) -> bool:
    kind = about.split(":")[0].replace("_", " ")
    return line in (
        f"Not delivered ({kind}), but no answer is needed now.",
        f"Not delivered ({kind}), but asked again already.",
    )


def _follows_the_state(key: str) -> bool:
    """Derived from visits, sessions and questions: owed no more once those have changed, unless it is done."""
    return key.split(":")[0] in ("reminder", "screening", "rebook", "feedback", "benchmark", "second", "welcome")
