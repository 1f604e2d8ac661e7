"""Who may log in: people of the practice with a role. Names, addresses and password hashes are sealed."""

import secrets as random
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Row, select, update

from domain.client import Model, Person
from domain.members import Member, is_out
from domain.roles import Role
from records.sql import insert_new
from records.store import Store
from records.tables import login_links, sessions, staff
from records.vault import PRACTICE, ClientKey

HOUSE_OWNER = "owner"
"""The one whom the printed link and the API token let in. They have no address, and stay an owner: whoever holds the
token or the terminal holds the house anyway, and nobody can lock themselves out for good."""


class AddressTaken(ValueError):
    """Somebody else on the staff has this address."""


class StaffMember(Model):
    """One person who may log in, or may no more since `disabled_at`."""

    staff_id: str
    name: str
    email: str
    role: Role
    has_password: bool
    created_at: AwareDatetime
    disabled_at: AwareDatetime | None = None


class _Sealed(Model):
    name: str
    email: str


class StaffRecords(Store):
    """Queries about staff."""

    def add_staff(self, name: str, email: str, role: Role, at: datetime) -> str:
        """A new person; their random id. Raises AddressTaken, also for the address of somebody who was let go."""
        staff_id = random.token_hex(8)
        with self._writing() as connection:
            if not self._write_down(connection, staff_id, name, email, role, at):
                raise AddressTaken("somebody has this address already")
        return staff_id

    def house_owner(self, at: datetime) -> StaffMember:
        """The owner who comes in by the printed link or the API token; made when first needed."""
        with self._writing() as connection:
            self._write_down(connection, HOUSE_OWNER, "Owner", "", "owner", at)
            [found] = self._members(connection, staff.c.staff_id == HOUSE_OWNER)
            return found

    def staff(self) -> list[StaffMember]:
        """Everybody, those who may log in first, by name."""
        with self._reading() as connection:
            found = self._members(connection, staff.c.staff_id.is_not(None))
        return sorted(found, key=lambda member: (member.disabled_at is not None, member.name.lower(), member.staff_id))

    def members(self) -> list[Member]:
        """Everybody of the staff with a login of their own, also those who are let in no more."""
        return [
            Member(
                staff_id=member.staff_id,
                name=member.name,
                email=member.email,
                role=member.role,
                let_in=member.disabled_at is None,
            )
            for member in self.staff()
            if member.staff_id != HOUSE_OWNER
        ]

    def is_let_in_no_more(self, person: Person) -> bool:
        """Whether somebody named in a plan had a login that was closed."""
        return is_out(person, self.members())

    def staff_member(self, staff_id: str) -> StaffMember | None:
        """One person; None where there is none."""
        with self._reading() as connection:
            return next(iter(self._members(connection, staff.c.staff_id == staff_id)), None)

    def staff_by_email(self, email: str) -> StaffMember | None:
        """Who may log in by this address; None for an unknown one and for somebody who may log in no more."""
        hmac = self._staff_hmac(email)
        with self._reading() as connection:
            found = self._members(connection, staff.c.email_hmac == hmac, staff.c.disabled_at.is_(None))
            return next(iter(found), None)

    def password_hash(self, staff_id: str) -> str | None:
        """What the hashing library wrote of their password; None where they have none."""
        query = select(staff.c.sealed_password).where(staff.c.staff_id == staff_id)
        with self._reading() as connection:
            sealed: bytes | None = connection.execute(query).scalar()
            key = self._practice_key(connection)
            return key.open(sealed, _password_place(staff_id)) if sealed and key else None

    def set_password_hash(self, staff_id: str, password_hash: str, at: datetime) -> None:
        """Keep the hash of a new password, or the same one's under stronger parameters."""
        with self._writing() as connection:
            key = self._nobody(connection, PRACTICE, at).key
            sealed = key.seal(password_hash, _password_place(staff_id))
            connection.execute(update(staff).where(staff.c.staff_id == staff_id).values(sealed_password=sealed))

    def set_role(self, staff_id: str, role: Role, at: datetime) -> bool:
        """Give another role and end all their logins. False where nothing changed; the house owner stays an owner."""
        with self._writing() as connection:
            changed = connection.execute(
                update(staff)
                .where(staff.c.staff_id == staff_id, staff.c.staff_id != HOUSE_OWNER, staff.c.role != role)
                .values(role=role)
            )
            return changed.rowcount == 1 and _put_out(connection, staff_id, at)

    def disable_staff(self, staff_id: str, at: datetime) -> bool:
        """Let this person in no more, and end all their logins. False where it was so; never the house owner."""
        with self._writing() as connection:
            changed = connection.execute(
                update(staff)
                .where(staff.c.staff_id == staff_id, staff.c.staff_id != HOUSE_OWNER, staff.c.disabled_at.is_(None))
                .values(disabled_at=at)
            )
            return changed.rowcount == 1 and _put_out(connection, staff_id, at)

    def enable_staff(self, staff_id: str) -> bool:
        """Let them in again. Their old logins stay ended. False where they may log in already."""
        with self._writing() as connection:
            changed = connection.execute(
                update(staff)
                .where(staff.c.staff_id == staff_id, staff.c.disabled_at.is_not(None))
                .values(disabled_at=None)
            )
            return changed.rowcount == 1

    def _write_down(
        self, connection: Connection, staff_id: str, name: str, email: str, role: Role, at: datetime
    ) -> bool:
        sealed = _Sealed(name=name, email=email.strip()).model_dump_json()
        return insert_new(
            connection,
            staff,
            staff_id=staff_id,
            email_hmac=self._staff_hmac(email) if email else None,
            role=role,
            sealed=self._nobody(connection, PRACTICE, at).key.seal(sealed, _place(staff_id)),
            created_at=at,
        )

    def _members(self, connection: Connection, *conditions: Any) -> list[StaffMember]:
        key = self._practice_key(connection)
        if key is None:
            return []
        return [_member(row, key) for row in connection.execute(select(staff).where(*conditions))]

    def _practice_key(self, connection: Connection) -> ClientKey | None:
        """None before anybody or anything of the practice was written down."""
        return self._vault.keys(connection, [PRACTICE]).get(PRACTICE)

    def _staff_hmac(self, email: str) -> str:
        """Apart from clients' addresses: a client may be of the staff."""
        return self._hmac("staff", email.strip().lower())


def _put_out(connection: Connection, staff_id: str, at: datetime) -> bool:
    """End all logins of this person and all links that would begin one."""
    end_sessions_of(connection, staff_id, at)
    connection.execute(
        update(login_links)
        .where(login_links.c.staff_id == staff_id, login_links.c.used_at.is_(None))
        .values(used_at=at)
    )
    return True


def end_sessions_of(connection: Connection, staff_id: str, at: datetime, but: str = "") -> None:
    """End the logins of this person, but the one with this hash."""
    connection.execute(
        update(sessions)
        .where(sessions.c.staff_id == staff_id, sessions.c.ended_at.is_(None), sessions.c.token_hash != but)
        .values(ended_at=at)
    )


def _member(row: Row[Any], key: ClientKey) -> StaffMember:
    sealed = _Sealed.model_validate_json(key.open(row.sealed, _place(row.staff_id)))
    return StaffMember(
        staff_id=row.staff_id,
        name=sealed.name,
        email=sealed.email,
        role=row.role,
        has_password=row.sealed_password is not None,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def _place(staff_id: str) -> str:
    return f"staff:{staff_id}"


def _password_place(staff_id: str) -> str:
    return f"staff.password:{staff_id}"
