"""Staff and their logins: who may come in, for how long, by which link, and how often one may be wrong."""

from datetime import timedelta

import pytest
from records_builder import NOON, at_once, minutes
from sqlalchemy import select

from domain.roles import Role
from records.database import Records
from records.sql import engine_of
from records.staff import HOUSE_OWNER, AddressTaken
from records.tables import login_links, sessions, staff

HOUR = timedelta(hours=1)


def dana(records: Records, role: Role = "therapist") -> str:
    return records.add_staff("Dana Quill", "Dana@Example.com", role, NOON)


def logged_in(records: Records, token: str = "t") -> str:  # noqa: S107
    staff_id = dana(records)
    records.start_session(token, staff_id, "password", NOON)
    return staff_id


def test_a_person_is_found_by_their_address_however_it_is_written(records: Records) -> None:
    staff_id = dana(records)
    found = records.staff_by_email(" dana@example.COM ")
    assert found is not None
    assert (found.staff_id, found.name, found.email, found.role) == (
        staff_id, "Dana Quill", "Dana@Example.com", "therapist",
    )  # fmt: skip
    assert records.staff_by_email("other@example.com") is None


def test_an_address_belongs_to_one_person(records: Records) -> None:
    dana(records)
    with pytest.raises(AddressTaken):
        records.add_staff("Another", "dana@example.com", "owner", NOON)
    assert len(records.staff()) == 1


def test_nothing_of_a_person_stands_in_the_clear(records: Records, database_url: str) -> None:
    staff_id = logged_in(records, "session-token")
    records.set_password_hash(staff_id, "$argon2id$hash", NOON)
    records.add_login_link("link-token", staff_id, NOON, HOUR)
    engine = engine_of(database_url)
    with engine.connect() as connection:
        rows = [str(list(row)) for table in (staff, sessions, login_links) for row in connection.execute(select(table))]
    engine.dispose()
    assert len(rows) == 3
    for word in ("Dana", "Quill", "example", "argon2", "session-token", "link-token"):
        assert not [row for row in rows if word.lower() in row.lower()]


def test_the_hash_of_a_password_is_given_back_as_it_was_kept(records: Records) -> None:
    staff_id = dana(records)
    assert records.password_hash(staff_id) is None
    records.set_password_hash(staff_id, "$argon2id$hash", NOON)
    assert records.password_hash(staff_id) == "$argon2id$hash"
    assert [member.has_password for member in records.staff()] == [True]


def test_the_house_owner_is_made_once_and_stays_an_owner(records: Records) -> None:
    at_once(lambda: records.house_owner(NOON))
    [owner] = records.staff()
    assert (owner.staff_id, owner.role, owner.email) == (HOUSE_OWNER, "owner", "")
    assert not records.set_role(HOUSE_OWNER, "front_desk", NOON)
    assert not records.disable_staff(HOUSE_OWNER, NOON)
    assert records.house_owner(NOON) == owner


def test_a_login_holds_for_twelve_hours_of_use(records: Records) -> None:
    staff_id = logged_in(records)
    for hours in (3, 6, 9, 11.9):
        found = records.session("t", NOON + hours * HOUR)
        assert found is not None
        assert (found.member.staff_id, found.way) == (staff_id, "password")
    assert records.session("t", NOON + 12 * HOUR) is None


def test_a_login_that_nobody_used_for_four_hours_is_over(records: Records) -> None:
    logged_in(records)
    assert records.session("t", NOON + 3.9 * HOUR) is not None
    assert records.session("t", NOON + 7.8 * HOUR) is not None
    assert records.session("t", NOON + 11.8 * HOUR) is None


def test_an_unknown_token_is_no_login(records: Records) -> None:
    logged_in(records)
    assert records.session("other", NOON) is None
    assert records.session("", NOON) is None


def test_logging_out_ends_one_login_and_leaves_the_others(records: Records) -> None:
    staff_id = logged_in(records, "here")
    records.start_session("there", staff_id, "link", NOON)
    records.end_session("here", NOON)
    assert records.session("here", NOON) is None
    assert records.session("there", NOON) is not None


def test_a_new_password_ends_all_other_logins(records: Records) -> None:
    staff_id = logged_in(records, "here")
    records.start_session("there", staff_id, "link", NOON)
    records.end_other_sessions(staff_id, NOON, but="here")
    assert records.session("here", NOON) is not None
    assert records.session("there", NOON) is None


def test_a_change_of_role_ends_all_logins_and_links(records: Records) -> None:
    staff_id = logged_in(records)
    records.add_login_link("l", staff_id, NOON, HOUR)
    assert records.set_role(staff_id, "front_desk", NOON)
    assert records.session("t", NOON) is None
    assert records.use_login_link("l", NOON) is None
    assert [member.role for member in records.staff()] == ["front_desk"]


def test_the_same_role_again_changes_nothing(records: Records) -> None:
    staff_id = logged_in(records)
    assert not records.set_role(staff_id, "therapist", NOON)
    assert records.session("t", NOON) is not None


def test_who_was_let_go_is_out_at_once_and_isnt_found_any_more(records: Records) -> None:
    staff_id = logged_in(records)
    records.add_login_link("l", staff_id, NOON, HOUR)
    assert records.disable_staff(staff_id, NOON)
    assert not records.disable_staff(staff_id, NOON)
    assert records.session("t", NOON) is None
    assert records.login_link("l", NOON) is None
    assert records.staff_by_email("dana@example.com") is None


def test_who_is_let_in_again_logs_in_anew(records: Records) -> None:
    staff_id = logged_in(records)
    records.disable_staff(staff_id, NOON)
    assert records.enable_staff(staff_id)
    assert records.session("t", NOON) is None
    assert records.staff_by_email("dana@example.com") is not None


def test_a_link_lets_its_person_in_once_from_eight_threads(records: Records) -> None:
    staff_id = dana(records)
    records.add_login_link("l", staff_id, NOON, HOUR)
    let_in = [used for used in at_once(lambda: records.use_login_link("l", NOON)) if used is not None]
    assert [used.member.staff_id for used in let_in] == [staff_id]


def test_looking_at_a_link_leaves_it_as_it_is(records: Records) -> None:
    records.add_login_link("l", dana(records), NOON, HOUR)
    for _ in range(3):
        assert records.login_link("l", NOON) is not None
    assert records.use_login_link("l", NOON) is not None
    assert records.login_link("l", NOON) is None


def test_a_link_ends_by_itself_and_by_a_newer_one(records: Records) -> None:
    staff_id = dana(records)
    records.add_login_link("old", staff_id, NOON, HOUR)
    assert records.use_login_link("old", NOON + HOUR) is None
    records.add_login_link("new", staff_id, NOON, HOUR)
    assert records.use_login_link("old", NOON) is None
    assert records.use_login_link("made-up", NOON) is None
    assert records.use_login_link("new", NOON) is not None


def test_five_tries_in_a_quarter_of_an_hour_and_the_sixth_waits(records: Records) -> None:
    for minute in range(5):
        assert records.begin_try("address", "dana@example.com", NOON + minutes(minute), 5)
    assert not records.begin_try("address", "Dana@example.com", NOON + minutes(14), 5)
    assert records.begin_try("address", "other@example.com", NOON + minutes(14), 5)
    assert records.begin_try("visitor", "dana@example.com", NOON + minutes(14), 5)
    assert records.begin_try("address", "dana@example.com", NOON + minutes(15), 5)


def test_knocking_while_one_has_to_wait_doesnt_make_the_wait_longer(records: Records) -> None:
    for _ in range(5):
        records.begin_try("address", "a", NOON, 5)
    for minute in range(1, 15):
        assert not records.begin_try("address", "a", NOON + minutes(minute), 5)
    assert records.begin_try("address", "a", NOON + minutes(15), 5)


def test_of_many_tries_at_once_five_are_looked_at(records: Records) -> None:
    looked_at = at_once(lambda: records.begin_try("address", "a", NOON, 5))
    assert looked_at.count(True) == 5


def test_a_right_try_doesnt_count(records: Records) -> None:
    for minute in range(20):
        at = NOON + timedelta(seconds=minute)
        assert records.begin_try("address", "a", at, 5)
        records.forget_try("address", "a", at)
