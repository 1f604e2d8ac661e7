"""Which server the records belong to, what they disagree about, and what nobody has looked at in time."""

from datetime import timedelta

from records_builder import a_state, enrolled
from sqlalchemy import update

from records.database import Records
from records.sql import engine_of
from records.tables import disagreements, engines
from tests.saving import judged
from tests.today import this_moment


def long_ago(database_url: str, column: str, by: timedelta) -> None:
    """Have that been noted earlier."""
    table = engines if column == "working_since" else disagreements
    engine = engine_of(database_url)
    with engine.begin() as connection:
        connection.execute(update(table).values(**{column: this_moment() - by}))
    engine.dispose()


def overdue_plan(records: Records, by: timedelta) -> None:
    enrolled(records)
    records.plan_started("tina-1", this_moment())
    records.save_judgement(judged(a_state(revision=1), this_moment() - by, before=a_state()))


def test_the_first_server_is_the_records_own_until_another_is_accepted(records: Records) -> None:
    assert records.engine_identity() is None
    assert records.first_engine("one") == "one"
    assert records.first_engine("two") == "one"
    records.note_disagreement("other server", "two")
    records.accept_engine("two")
    assert records.engine_identity() == "two"
    assert records.disagreements() == []


def test_a_disagreement_is_known_since_it_was_first_seen_until_it_is_no_more(records: Records) -> None:
    records.note_disagreements("unknown", ["plan-a", "plan-b"])
    first = records.disagreements()
    records.note_disagreements("unknown", ["plan-b"])
    assert records.disagreements() == [first[1]]
    records.note_disagreements("unknown", [])
    assert records.disagreements() == []


def test_another_server_is_told_of_for_as_long_as_it_is_seen(records: Records, database_url: str) -> None:
    records.note_disagreement("other server", "two")
    assert len(records.disagreements()) == 1
    long_ago(database_url, "last_at", timedelta(minutes=3))
    assert records.disagreements() == []


def test_a_plan_that_nobody_looks_at_is_overdue_after_ten_minutes(records: Records) -> None:
    overdue_plan(records, timedelta(minutes=9))
    assert records.overdue().number == 0
    records.save_judgement(
        judged(a_state(revision=2), this_moment() - timedelta(minutes=11), before=a_state(revision=1))
    )
    late = records.overdue()
    assert (late.number, late.some) == (1, ["tina-1"])
    assert late.since is not None


def test_a_worker_that_has_just_begun_has_ten_minutes(records: Records, database_url: str) -> None:
    overdue_plan(records, timedelta(hours=1))
    records.note_working()
    assert records.overdue().number == 0
    long_ago(database_url, "working_since", timedelta(minutes=11))
    assert records.overdue().number == 1


def test_a_clock_that_was_ahead_when_a_worker_began_hides_nothing(records: Records, database_url: str) -> None:
    overdue_plan(records, timedelta(hours=1))
    records.note_working()
    long_ago(database_url, "working_since", -timedelta(days=1))
    assert records.overdue().number == 1


def test_a_plan_that_has_ended_is_never_overdue(records: Records) -> None:
    overdue_plan(records, timedelta(hours=1))
    over = judged(a_state(revision=2, ended=True), None, before=a_state(revision=1), over=True)
    records.save_judgement(over)
    assert records.overdue().number == 0
