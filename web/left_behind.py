"""Plans that still name somebody who is let in no more: said on the pages that an owner looks at until it is mended."""

from collections.abc import Iterable
from typing import NamedTuple

from domain.client import Person
from domain.members import Member, members_named
from records.database import Records

MOST_SHOWN = 20


class StillNamed(NamedTuple):
    """A plan and somebody whom it asks though they are let in no more."""

    plan_id: str
    client: str
    staff_id: str
    name: str


def still_named(records: Records) -> list[StillNamed]:
    """All such plans, the oldest first. Opens no plan where everybody is let in."""
    members = records.members()
    if all(member.let_in for member in members):
        return []
    return [
        StillNamed(plan.plan_id, plan.client, member.staff_id, member.name)
        for plan in records.people_of_open_plans()
        for member in _out_of(members, plan.people)
    ]


def _out_of(members: list[Member], people: Iterable[Person]) -> list[Member]:
    found: dict[str, Member] = {}
    for person in people:
        same = members_named(person, members)
        if not any(member.let_in for member in same):
            found |= {member.staff_id: member for member in same}
    return list(found.values())
