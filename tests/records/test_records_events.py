"""Events: the same id counts once, and nothing that was stored is forgotten."""

import pytest
from records_builder import NOON, a_booking, a_session, at_once, enrolled, minutes

from records.database import Records
from records.store import NoSuchPlan


def test_an_event_is_new_once_and_then_the_first_one_is_returned(records: Records) -> None:
    enrolled(records)
    first = records.add_event("tina-1", a_booking(), NOON)
    again = records.add_event("tina-1", a_booking(appointment_id="other"), NOON + minutes(1))
    assert (first.new, first.event, first.outcome) == (True, a_booking(), None)
    assert (again.new, again.event, again.outcome) == (False, a_booking(), None)


def test_the_same_event_id_from_eight_threads_counts_once(records: Records) -> None:
    enrolled(records)
    stored = at_once(lambda: records.add_event("tina-1", a_booking(), NOON))
    assert sorted(event.new for event in stored) == [False] * 7 + [True]
    assert len(records.events_to_hand_over(NOON + minutes(1))) == 1


def test_the_same_id_counts_for_each_plan(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    assert records.add_event("tina-1", a_booking(), NOON).new
    assert records.add_event("tina-2", a_booking(), NOON).new


def test_an_event_of_an_unknown_plan_isnt_stored(records: Records) -> None:
    with pytest.raises(NoSuchPlan):
        records.add_event("nobody", a_booking(), NOON)


def test_the_plans_answer_is_known_when_the_event_comes_again(records: Records) -> None:
    enrolled(records)
    records.add_event("tina-1", a_session(), NOON)
    records.settle_event("tina-1", "session-1", "refused", "the plan has ended", NOON + minutes(1))
    again = records.add_event("tina-1", a_session(), NOON + minutes(2))
    assert (again.new, again.outcome, again.because) == (False, "refused", "the plan has ended")


def test_the_first_answer_stays(records: Records) -> None:
    enrolled(records)
    records.add_event("tina-1", a_session(), NOON)
    records.settle_event("tina-1", "session-1", "recorded", "", NOON + minutes(1))
    records.settle_event("tina-1", "session-1", "refused", "the plan has ended", NOON + minutes(2))
    again = records.add_event("tina-1", a_session(), NOON)
    assert (again.outcome, again.because) == ("recorded", "")


def test_events_without_an_answer_are_handed_over_oldest_first(records: Records) -> None:
    enrolled(records)
    for number in range(5):
        records.add_event("tina-1", a_booking(f"b-{number}"), NOON - minutes(number))
    records.settle_event("tina-1", "b-2", "recorded", "", NOON)
    waiting = records.events_to_hand_over(before=NOON)
    assert [event.event.event_id for event in waiting] == ["b-4", "b-3", "b-1"]
    assert [event.event.event_id for event in records.events_to_hand_over(NOON, limit=1)] == ["b-4"]
