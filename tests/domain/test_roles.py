"""Who of the practice may do what."""

import pytest

from domain.roles import OF_ROLE, RIGHTS, ROLE_NAMES, ROLES, Right, Role, may, who_may


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("front_desk", "decide"),
        ("front_desk", "edit_plans"),
        ("therapist", "follow_claims"),
        ("therapist", "manage_people"),
        ("front_desk", "manage_people"),
        ("therapist", "read_audit"),
        ("front_desk", "read_audit"),
        ("therapist", "see_health"),
        ("front_desk", "see_health"),
    ],
)
def test_each_role_is_refused_what_isnt_its_own(role: Role, right: Right) -> None:
    assert not may(role, right)


def test_a_therapist_sees_plans_decides_and_changes_them() -> None:
    assert all(may("therapist", right) for right in ("see_plans", "decide", "edit_plans", "write_to_clients"))


def test_the_front_desk_does_tasks_writes_and_follows_claims() -> None:
    assert all(may("front_desk", right) for right in ("see_plans", "do_tasks", "write_to_clients", "follow_claims"))


def test_the_owner_may_do_everything() -> None:
    assert all(may("owner", right) for right in RIGHTS)


def test_everybody_may_look_after_their_own_login() -> None:
    assert all(may(role, "own_login") for role in ROLES)


def test_every_role_has_a_line_in_the_table_and_a_name() -> None:
    assert set(OF_ROLE) == set(ROLES) == set(ROLE_NAMES)


def test_a_refusal_can_say_whom_to_ask() -> None:
    assert who_may("decide") == ["Therapist", "Owner"]
    assert who_may("follow_claims") == ["Front desk", "Owner"]
