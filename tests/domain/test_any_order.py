"""Whatever happens, and in whatever order the news of it arrives: no stale reminder, no double, nothing lost."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.actions import SendMessage, SendOutcome
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    ClientMissedVisit,
    Event,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
)
from domain.wall_clock import shift
from tests.domain.plan_builder import START, Played, a_plan, a_practice, a_state, a_yes_goal
from tests.domain.search import stories

Word = AppointmentBooked | AppointmentMoved | AppointmentCancelled | SessionCompleted | ClientMissedVisit
VISITS = ("a", "b", "c")
hours = st.integers(min_value=0, max_value=24 * 14)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[datetime, Event]]:
    """Events with the time at which each arrives: at once, or up to two days late and so out of order."""
    arrivals: list[tuple[datetime, Event]] = []
    for number in range(draw(st.integers(1, 12))):
        said_at = START + timedelta(hours=draw(hours), minutes=number)
        late = timedelta(hours=draw(st.sampled_from([0, 0, 0, 1, 30, 48])))
        arrivals.append((said_at + late, draw(_event(f"e{number}", said_at))))
    if draw(st.booleans()):
        pause = START + timedelta(hours=draw(hours))
        resume = pause + timedelta(hours=draw(hours))
        arrivals.append((pause, PlanPaused(event_id="pause", occurred_at=pause)))
        arrivals.append((resume, PlanResumed(event_id="resume", occurred_at=resume)))
    return sorted(arrivals, key=lambda arrival: arrival[0])


@st.composite
def _event(draw: st.DrawFn, event_id: str, said_at: datetime) -> Event:
    visit = draw(st.sampled_from(VISITS))
    starts_at = said_at + timedelta(hours=draw(st.integers(1, 24 * 6)))
    about = {"event_id": event_id, "occurred_at": said_at, "appointment_id": visit}
    kind = draw(st.sampled_from(["book", "book", "move", "cancel", "complete", "miss"]))
    if kind == "book":
        return AppointmentBooked.model_validate(about | {"starts_at": starts_at})
    if kind == "move":
        return AppointmentMoved.model_validate(about | {"starts_at": starts_at})
    if kind == "cancel":
        return AppointmentCancelled.model_validate(about)
    return (SessionCompleted if kind == "complete" else ClientMissedVisit).model_validate(about)


def standing(words: list[Word], at: datetime) -> datetime | None:
    """By the plain rule, written here a second time: the visit's time, or None when it won't take place.

    The word spoken last counts, in order of arrival where two were spoken at once; a visit that took place or was
    missed stays so.
    """
    time: datetime | None = None
    spoken_at: datetime | None = None
    for word in words:
        is_over = isinstance(word, SessionCompleted | ClientMissedVisit)
        if spoken_at is not None and word.occurred_at < spoken_at and not is_over:
            continue
        spoken_at = word.occurred_at
        if is_over:
            return None
        time = word.starts_at if isinstance(word, AppointmentBooked | AppointmentMoved) else None
    return time


def play(history: list[tuple[datetime, Event]], *, trouble: bool = False) -> tuple[Played, list[str]]:
    """Live the history; report every message about a visit that didn't stand at the moment it went."""
    faults: list[str] = []
    arrived: dict[str, list[Word]] = {visit: [] for visit in VISITS}
    attempts: dict[str, int] = {}

    def outcome(message: SendMessage, now: datetime) -> SendOutcome | None:
        attempts[message.message_key] = attempts.get(message.message_key, 0) + 1
        result = "deferred" if trouble and attempts[message.message_key] <= len(message.message_key) % 3 else "accepted"
        if result == "accepted" and message.kind in ("reminder", "screening") and "ack" not in message.touchpoint_key:
            visit = message.touchpoint_key.split(":")[1]
            stands = standing(arrived[visit], now)
            if stands is None or stands != message.facts["when"] or stands <= now:
                faults.append(f"{message.touchpoint_key} at {now}, but the visit stands at {stands}")
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result=result,
            at=now,
            until=now + timedelta(hours=5) if result == "deferred" else None,
        )

    plan = a_plan(a_yes_goal(by_session=2))
    played = Played(a_state(plan, a_practice()), outcome)
    for at, event in history:
        played.until(at)
        if isinstance(event, Word):
            arrived[event.appointment_id].append(event)
        played.take(event, at)
    return played.until(START + timedelta(days=45)), faults


@stories(60)
@given(histories(), st.booleans())
def test_no_message_ever_goes_about_a_visit_that_is_cancelled_moved_away_or_past(
    history: list[tuple[datetime, Event]], trouble: bool
) -> None:
    _, faults = play(history, trouble=trouble)
    assert faults == []


@stories(40)
@given(histories(), st.booleans())
def test_nothing_is_ever_sent_twice(history: list[tuple[datetime, Event]], trouble: bool) -> None:
    played, _ = play(history, trouble=trouble)
    keys = [message.message_key for _, message in played.sent]
    assert len(keys) == len(set(keys))
    about = [
        (message.touchpoint_key.split(":")[1], message.facts["when"], message.touchpoint_key.rsplit(":", 1)[-1])
        for _, message in played.sent
        if message.touchpoint_key.startswith("reminder:")
    ]
    assert len(about) == len(set(about))


@stories(40)
@given(histories())
def test_every_reminder_that_fell_due_was_sent_or_dropped_with_a_reason(history: list[tuple[datetime, Event]]) -> None:
    played, _ = play(history)
    state = played.state
    if state.status != "active":
        return
    for visit in state.booked():
        for offset in state.policy.reminders:
            if shift(visit.starts_at, -offset, state.zone) >= visit.booked_at:
                key = f"reminder:{visit.appointment_id}:v{visit.version}:{int(offset.total_seconds())}"
                assert state.done.get(key) in ("sent", "dropped"), key
    dropped = [line for line in state.journal if line.kind == "dropped"]
    assert all(line.because for line in dropped)
    assert len(dropped) == sum(how == "dropped" for how in state.done.values())


@stories(40)
@given(histories())
def test_the_same_news_in_any_order_leaves_the_same_visits(history: list[tuple[datetime, Event]]) -> None:
    """When everything has arrived, the visits stand as their latest words say, whatever came first."""
    played, _ = play(history)
    arrived: dict[str, list[Word]] = {visit: [] for visit in VISITS}
    for _, event in history:
        if isinstance(event, Word):
            arrived[event.appointment_id].append(event)
    for visit, words in arrived.items():
        known = played.state.appointments.get(visit)
        stands = standing(words, played.now)
        assert (known.starts_at if known and known.status == "booked" else None) == stands
