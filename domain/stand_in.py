"""Who is told of a question in place of somebody who may not be: let in no more, or accused by the client's words.

Asked anew for each word to staff, so that whoever is let in no more gets none from that moment on.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from domain.client import Person
from domain.escalation import Escalation
from domain.members import Member, is_out, owners_to_tell, same

Slot = Literal["therapist", "backup"]


class Told(NamedTuple):
    """Who is told, and in which part."""

    to: Literal["therapist", "backup", "owner"]
    person: Person


def may_be_asked(escalation: Escalation, slot: Slot, members: Sequence[Member]) -> bool:
    """Whether the therapist or the backup person of this question may still answer it."""
    person = escalation.responsible if slot == "therapist" else escalation.backup
    if is_out(person, members):
        return False
    return not (escalation.accuses and same(person, escalation.responsible))


def needs_others(escalation: Escalation, members: Sequence[Member]) -> bool:
    """Whether the plan's therapist can't be asked, so that the backup person and an owner are."""
    return not may_be_asked(escalation, "therapist", members)


def told_of(escalation: Escalation, slot: Slot, members: Sequence[Member], owner: Person | None) -> Told | None:
    """Whoever is told in this part now; `owner` is the one in the practice file. None where nobody is left.

    Where the therapist can't be asked, the backup person is asked first, and an owner comes in for the backup person.
    """
    if slot == "therapist" and may_be_asked(escalation, slot, members):
        return Told("therapist", escalation.responsible)
    backup = Told("backup", escalation.backup) if may_be_asked(escalation, "backup", members) else None
    if backup and (slot == "therapist" or not needs_others(escalation, members)):
        return backup
    owners = owners_to_tell(owner, members, but=escalation.responsible if escalation.accuses else None)
    others = [Told("owner", person) for person in owners if not same(person, escalation.backup)]
    therapist = [] if needs_others(escalation, members) else [Told("therapist", escalation.responsible)]
    return next(iter([*others, *([backup] if backup else []), *therapist]), None)
