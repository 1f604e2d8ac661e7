"""Plans: stored once, the view never goes back, the journal stands once."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from records_builder import NOON, TINA_PHONE, a_client, a_journal_line, a_state, at_once, enrolled, minutes

from records.database import Records
from records.store import NoSuchPlan
from tests.saving import save_view


def test_a_plan_comes_back_as_it_was_stored(records: Records) -> None:
    state = enrolled(records)
    view = records.plan("tina-1")
    assert view is not None
    assert (view.state, view.wake_at, view.enrolled_at) == (state, None, NOON)


def test_the_same_plan_is_stored_once(records: Records) -> None:
    enrolled(records)
    assert not records.add_plan(a_state("tina-1", revision=7), NOON + minutes(1))
    view = records.plan("tina-1")
    assert view is not None
    assert (view.state.revision, view.enrolled_at) == (0, NOON)


def test_the_same_plan_from_eight_threads_is_stored_once(records: Records) -> None:
    assert sorted(at_once(lambda: records.add_plan(a_state(), NOON))) == [False] * 7 + [True]


def test_there_is_no_plan_of_an_unknown_id(records: Records) -> None:
    assert records.plan("nobody") is None
    assert records.timeline("nobody") == []
    with pytest.raises(NoSuchPlan, match="there is no plan nobody"):
        save_view(records, a_state("nobody"), None)


def test_plans_are_listed_newest_first_and_in_pages(records: Records) -> None:
    for number in range(4):
        assert records.add_plan(a_state(f"plan-{number}"), NOON + minutes(number))
    assert [view.state.plan_id for view in records.plans()] == ["plan-3", "plan-2", "plan-1", "plan-0"]
    assert [view.state.plan_id for view in records.plans(limit=2, offset=1)] == ["plan-2", "plan-1"]


def test_a_plan_waits_to_be_started_until_its_workflow_runs(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    records.plan_started("tina-1", NOON)
    assert [state.plan_id for state in records.plans_to_start()] == ["tina-2"]


def test_a_newer_view_replaces_an_older_one(records: Records) -> None:
    enrolled(records)
    save_view(records, a_state(revision=2, paused=True), NOON + minutes(5))
    view = records.plan("tina-1")
    assert view is not None
    assert (view.state.revision, view.state.status, view.wake_at) == (2, "paused", NOON + minutes(5))


def test_a_view_never_goes_over_a_newer_one(records: Records) -> None:
    enrolled(records)
    save_view(records, a_state(revision=3, paused=True), NOON)
    save_view(records, a_state(revision=2), NOON + minutes(9))
    view = records.plan("tina-1")
    assert view is not None
    assert (view.state.revision, view.state.status, view.wake_at) == (3, "paused", NOON)


def test_the_newest_of_eight_views_at_once_stays(records: Records) -> None:
    enrolled(records)
    revisions = iter(range(1, 9))
    at_once(lambda: save_view(records, a_state(revision=next(revisions)), None))
    view = records.plan("tina-1")
    assert view is not None
    assert view.state.revision == 8


def test_journal_lines_that_are_saved_twice_stand_once(records: Records) -> None:
    enrolled(records)
    first, second = a_journal_line(1), a_journal_line(2, at=NOON + minutes(1))
    assert save_view(records, a_state(revision=1, journal=[first]), None) == 1
    assert save_view(records, a_state(revision=2, journal=[first, second]), None) == 2
    assert save_view(records, a_state(revision=3, journal=[first, second]), None) == 2
    lines = [line.text for line in records.timeline("tina-1")]
    assert lines == ["A visit was booked (1).", "A visit was booked (2)."]


def test_an_older_judgement_brings_nothing(records: Records) -> None:
    enrolled(records)
    save_view(records, a_state(revision=5, journal=[a_journal_line(2)]), None)
    assert save_view(records, a_state(revision=4, journal=[a_journal_line(1)]), None) == 0
    assert len(records.timeline("tina-1")) == 1


def test_what_stands_on_another_judgement_than_the_saved_one_replaces_its_lines(records: Records) -> None:
    enrolled(records)
    saved, lost, made_again = a_journal_line(1), a_journal_line(2, text="Lost"), a_journal_line(2, text="Made again")
    save_view(records, a_state(revision=1, journal=[saved]), None)
    save_view(records, a_state(revision=2, journal=[lost, a_journal_line(3, text="Lost too")]), None)
    assert save_view(records, a_state(revision=3, journal=[made_again], journal_seq=2), None) == 2
    assert [line.text for line in records.timeline("tina-1")] == ["A visit was booked (1).", "Made again"]


def test_the_lines_that_a_plan_starts_with_are_saved_too(records: Records) -> None:
    enrolled(records, journal=[a_journal_line(1)])
    assert save_view(records, a_state(revision=1), None) == 1


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(records: Records) -> None:
    pacific = timezone(timedelta(hours=-8))
    assert records.add_plan(a_state(), datetime(2026, 3, 2, 4, 0, tzinfo=pacific))
    view = records.plan("tina-1")
    assert view is not None
    assert (view.enrolled_at, view.enrolled_at.tzinfo) == (NOON, UTC)


def test_a_time_without_a_zone_is_refused(records: Records) -> None:
    with pytest.raises(Exception, match="a time without a zone"):
        records.add_plan(a_state(), NOON.replace(tzinfo=None))
    assert records.plan("tina-1") is None


def test_a_second_plan_of_the_same_client_finds_them_again_by_the_practices_own_id(records: Records) -> None:
    enrolled(records, "tina-1", client=a_client(id="T-17"))
    enrolled(records, "tina-2", client=a_client(id="T-17", name="Tina Wexford-Moss", phone="+12065550133", email=None))
    assert records.client_of_plan("tina-1") == records.client_of_plan("tina-2")


def test_a_relative_with_the_same_phone_is_a_client_of_their_own(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", phone=TINA_PHONE, email=None))
    assert records.client_of_plan("tina-1") != records.client_of_plan("tom-1")
