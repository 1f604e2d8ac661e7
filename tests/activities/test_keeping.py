"""A judgement on an older state gives back what the records hold, and judges on top only what they haven't heard."""

from datetime import timedelta
from typing import cast

from activities.judgement import DecideInput, Judge
from domain.actions import SendMessage
from domain.events import AppointmentBooked, AppointmentMoved, Event
from domain.kept import Kept
from domain.state import Decision, PlanState
from domain.wording import Wording
from domain.workflow_inputs import Fresh
from records.database import Records
from tests.activities.sending import DAY, HOUR, PHONE, TEN_IN_THE_MORNING

NOW = TEN_IN_THE_MORNING


def a_judge(records: Records) -> Judge:
    return Judge(records, Wording.load(), "https://desk.example")


def the_state(records: Records) -> PlanState:
    view = records.plan("p1")
    assert view is not None
    return view.state


def booked(event_id: str = "book", visit: str = "v1", in_: timedelta = 3 * DAY) -> AppointmentBooked:
    return AppointmentBooked(event_id=event_id, occurred_at=NOW, appointment_id=visit, starts_at=NOW + in_)


def judged(records: Records, state: PlanState, *fresh: Event, later: timedelta = timedelta(0)) -> Decision:
    for event in fresh:
        records.add_event("p1", event, NOW)
    asked = DecideInput(state=state, fresh=cast("list[Fresh]", list(fresh)), now=NOW + later)
    return a_judge(records).decide(asked)


def kinds(decision: Decision) -> list[str]:
    return [action.kind for action in decision.actions if isinstance(action, SendMessage)]


def visits(state: PlanState) -> list[str]:
    return sorted(state.appointments)


def test_a_judgement_that_was_lost_after_it_was_saved_is_given_back_with_its_actions(records: Records) -> None:
    first = judged(records, the_state(records))
    assert kinds(first) == ["welcome"]
    again = judged(records, the_state(records).model_copy(update={"revision": 0}))
    assert again.actions == first.actions
    assert (again.state.revision, again.state.kept.token) == (1, first.state.kept.token)


def test_an_older_state_jumps_to_the_saved_one_and_hears_nothing_twice(records: Records) -> None:
    before = judged(records, the_state(records)).state
    newer = judged(records, before, booked())
    again = judged(records, before, booked(), booked("book-2", "v2", 5 * DAY))
    assert visits(again.state) == ["v1", "v2"]
    assert again.state.revision == newer.state.revision + 1
    assert sum("A visit was booked" in line.text for line in records.timeline("p1")) == 2


def test_a_message_that_news_may_have_made_untrue_is_put_off_and_judged_anew(records: Records) -> None:
    state = judged(records, the_state(records)).state
    state = judged(records, state, booked()).state
    reminding = judged(records, state, later=2 * DAY + HOUR)
    assert "reminder" in kinds(reminding)
    moved = AppointmentMoved(event_id="move", occurred_at=NOW + HOUR, appointment_id="v1", starts_at=NOW + 20 * DAY)
    again = judged(records, state, moved, later=2 * DAY + HOUR)
    assert "reminder" not in kinds(again)


def test_an_event_that_is_handed_over_twice_is_judged_once(records: Records) -> None:
    state = judged(records, the_state(records)).state
    state = judged(records, state, booked()).state
    again = judged(records, state, booked())
    assert again.state.revision == state.revision + 1
    assert sum("A visit was booked" in line.text for line in records.timeline("p1")) == 1


def test_what_was_judged_while_the_records_were_away_is_told_them_by_the_next_judgement(records: Records) -> None:
    state = judged(records, the_state(records)).state
    unsaved = state.model_copy(update={"revision": 2, "kept": Kept(token="lost", revision=1, heard=("book",))})
    records.add_event("p1", booked(), NOW)
    told = judged(records, unsaved, booked("book-2", "v2"))
    assert told.state.kept == Kept(token=told.state.kept.token, revision=3)
    assert kinds(judged(records, told.state, booked())) == []
    assert sum("A visit was booked" in line.text for line in records.timeline("p1")) == 1


def test_what_an_older_state_alone_had_heard_is_heard_after_all(records: Records) -> None:
    state = judged(records, the_state(records)).state
    judged(records, judged(records, state, booked("book-2", "v2")).state)
    records.add_event("p1", booked(), NOW)
    alone = state.model_copy(update={"revision": 2, "kept": Kept(token="alone", revision=1, heard=("book",))})
    assert visits(judged(records, alone).state) == ["v1", "v2"]


def test_records_that_went_back_hear_again_of_an_opt_out(records: Records) -> None:
    state = judged(records, the_state(records)).state
    ahead = state.model_copy(
        update={"revision": 5, "kept": Kept(token="ahead", revision=5), "opted_out": ["sms", "email"]}
    )
    assert not records.is_suppressed("sms", PHONE)
    judged(records, ahead)
    assert records.is_suppressed("sms", PHONE)
    assert [each.kind for each in records.disagreements()] == ["older"]
