"""What the database itself keeps of a destroyed key, and whom a worker still has to clear."""

from datetime import timedelta

from records_builder import NOON, a_client, enrolled
from sqlalchemy import select, text

from domain.events import AppointmentCancelled
from records.database import Records
from records.sql import engine_of
from records.tables import client_keys
from tests.today import this_moment


def erased(records: Records, plan_id: str, *, ago: timedelta) -> str:
    enrolled(records, plan_id, client=a_client(phone="+12065550141", email=None, name=plan_id))
    client_id = records.client_of_plan(plan_id) or ""
    assert records.destroy_client_key(client_id, this_moment() - ago)
    return client_id


def test_no_old_row_of_a_destroyed_key_stays_in_the_table(records: Records, database_url: str) -> None:
    """SQLite's file is looked at in `test_records_privacy.py`."""
    erased(records, "old", ago=timedelta(hours=1))
    engine = engine_of(database_url)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE client_keys"))
            dead = "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'client_keys'"
            assert connection.execute(text(dead)).scalar() == 0
        assert connection.execute(
            select(client_keys.c.wrapped).where(client_keys.c.destroyed_at.is_not(None))
        ).scalars()
    engine.dispose()


def test_a_connection_goes_back_as_it_was(records: Records, database_url: str) -> None:
    before = lock_timeouts(records)
    assert records.leave_no_trace()
    assert lock_timeouts(records) == before


def lock_timeouts(records: Records) -> set[str]:
    """What each of some connections of the pool waits for a lock; SQLite has no such setting."""
    engine = records._engine  # pyright: ignore[reportPrivateUsage]
    if engine.dialect.name == "sqlite":
        return set()
    opened = [engine.connect() for _ in range(3)]
    found = {str(each.execute(text("SHOW lock_timeout")).scalar()) for each in opened}
    for each in opened:
        each.close()
    return found


def test_who_was_erased_some_time_ago_is_to_be_cleared_until_that_is_done(records: Records) -> None:
    enrolled(records)
    old = erased(records, "old", ago=timedelta(hours=1))
    erased(records, "new", ago=-timedelta(hours=1))  # just now, on a machine that may stand still for a while
    assert records.clients_to_clear() == [old]
    records.note_cleared(old)
    assert records.clients_to_clear() == []
    assert records.plan("tina-1") is not None


def test_an_erasure_twice_is_one(records: Records) -> None:
    client_id = erased(records, "old", ago=timedelta(hours=1))
    assert not records.destroy_client_key(client_id, NOON)


def test_what_an_erased_plan_was_told_waits_for_nobody(records: Records) -> None:
    client_id = enrolled_with_an_event(records, "old")
    enrolled_with_an_event(records, "other")
    later = NOON + timedelta(hours=1)
    assert (len(records.events_to_hand_over(later)), records.queue(later).events.number) == (2, 2)
    assert records.destroy_client_key(client_id, this_moment())
    assert [each.plan_id for each in records.events_to_hand_over(later, limit=1)] == ["other"]
    assert records.queue(later).events.number == 1
    assert records.queue(later).plans.number == 1


def enrolled_with_an_event(records: Records, plan_id: str) -> str:
    enrolled(records, plan_id, client=a_client(phone="+12065550141", email=None, name=plan_id))
    records.add_event(plan_id, AppointmentCancelled(event_id="gone", occurred_at=NOON, appointment_id="v0"), NOON)
    return records.client_of_plan(plan_id) or ""
