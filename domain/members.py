"""Who of the staff a person named in a plan is, whether they are let in still, and which owners are told of what.

A plan names its people by name, number and address; who may log in has an e-mail address and a name. Two are the same
by number or address, and where neither says so, by exactly the same name.
"""

from collections.abc import Iterable, Sequence

from domain.client import Model, Person
from domain.roles import Role


class Member(Model):
    """Somebody of the staff: they may log in (`let_in`), or may no more."""

    staff_id: str
    name: str
    email: str
    role: Role
    let_in: bool

    @property
    def person(self) -> Person:
        """As somebody who can be told of things."""
        return Person(name=self.name[:80], email=self.email)


def same(one: Person, other: Person) -> bool:
    """Whether both are the same person: by number or address, else by exactly the same name."""
    by_phone = one.phone is not None and one.phone == other.phone
    by_email = bool(one.email) and (one.email or "").lower() == (other.email or "").lower()
    return by_phone or by_email or one.name == other.name


def members_named(person: Person, members: Iterable[Member]) -> list[Member]:
    """The members that this person is: those of the same address, else those of exactly the same name."""
    members = list(members)
    address = (person.email or "").lower()
    by_address = [member for member in members if address and member.email.lower() == address]
    return by_address or [member for member in members if member.name == person.name]


def is_out(person: Person, members: Iterable[Member]) -> bool:
    """Whether this person is let in no more. Who never had a login isn't out, nor who shares a name with one let in."""
    found = members_named(person, members)
    return bool(found) and not any(member.let_in for member in found)


def owners_to_tell(owner: Person | None, members: Sequence[Member], but: Person | None = None) -> list[Person]:
    """The owners who can be told of something, the one in the practice file first; without the person `but`."""
    own = [owner] if owner is not None and not is_out(owner, members) else []
    logged = [member.person for member in members if member.role == "owner" and member.let_in and member.email]
    found: list[Person] = []
    for person in [*own, *logged]:
        if not any(same(person, known) for known in found) and not (but is not None and same(person, but)):
            found.append(person)
    return found


def readers_of_accusations(members: Sequence[Member], accused: Person | None) -> frozenset[str]:
    """Whose logins are shown words that accuse somebody: the owners, but never the plan's therapist.

    Without an owner's login it is the front desk; and where there is nobody else at all, the owner who treats.
    """
    itself = {member.staff_id for member in members_named(accused, members)} if accused is not None else set[str]()
    let_in = [member for member in members if member.let_in]
    for role in ("owner", "front_desk"):
        others = frozenset(each.staff_id for each in let_in if each.role == role and each.staff_id not in itself)
        if others:
            return others
    return frozenset(each.staff_id for each in let_in if each.role == "owner")
