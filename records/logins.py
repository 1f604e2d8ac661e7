"""How people are in: sessions on the server, links that begin one, and how often somebody tried in vain.

Only hashes of tokens are kept: whoever reads the database can't log in by it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, select, update

from records.sql import insert_new, one_at_a_time
from records.staff import StaffMember, StaffRecords, end_sessions_of
from records.tables import login_links, login_tries, sessions

Way = Literal["password", "link", "token"]
SESSION_LASTS = timedelta(hours=12)
"""A working day; then everybody logs in again."""
IDLE_FOR = timedelta(hours=4)
"""A forgotten browser. Therapists look in between two clients, so that less would be a login per look."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly we know when a login was last used; writing at each page would slow them all."""
TRIES_WITHIN = timedelta(minutes=15)
_COUNTING_TRIES = 7_041_776_006
"""PostgreSQL's advisory lock: two tries at once must not both be the fifth."""
_KEPT_AFTERWARDS = timedelta(days=7)


class Session(NamedTuple):
    """A login that holds: whose, by which way they came in, and who made the link where that was somebody else."""

    member: StaffMember
    way: Way
    let_in_by: str = ""


class UsedLink(NamedTuple):
    """Whom a link has let in, and who had made it for them, if not they themselves."""

    member: StaffMember
    made_by: str


class LoginRecords(StaffRecords):
    """Queries about sessions, login links and tries."""

    def start_session(self, token: str, staff_id: str, way: Way, at: datetime, let_in_by: str = "") -> None:
        """Remember that who carries `token` is this person, for twelve hours. Long-gone sessions are cleared away."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.expires_at < at - _KEPT_AFTERWARDS))
            insert_new(
                connection,
                sessions,
                token_hash=hash_of(token),
                staff_id=staff_id,
                way=way,
                let_in_by=let_in_by or None,
                created_at=at,
                seen_at=at,
                expires_at=at + SESSION_LASTS,
            )

    def session(self, token: str, at: datetime) -> Session | None:
        """Who carries this token, if their login still holds at `at`; it was used now."""
        query = select(sessions).where(
            sessions.c.token_hash == hash_of(token),
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > at,
            sessions.c.seen_at > at - IDLE_FOR,
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
            member = self.staff_member(row.staff_id) if row else None
        if row is None or member is None or member.disabled_at is not None:
            return None
        if at - row.seen_at >= SEEN_EVERY:
            with self._writing() as connection:
                connection.execute(update(sessions).where(sessions.c.token_hash == row.token_hash).values(seen_at=at))
        return Session(member, row.way, row.let_in_by or "")

    def end_session(self, token: str, at: datetime) -> None:
        """Log out."""
        with self._writing() as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.token_hash == hash_of(token), sessions.c.ended_at.is_(None))
                .values(ended_at=at)
            )

    def end_other_sessions(self, staff_id: str, at: datetime, but: str) -> None:
        """Log this person out everywhere else, as after a new password. `but` is the token that stays."""
        with self._writing() as connection:
            end_sessions_of(connection, staff_id, at, hash_of(but))

    # links

    def add_login_link(self, token: str, staff_id: str, at: datetime, lasts: timedelta, made_by: str = "") -> None:
        """A link that begins one login. The person's earlier links work no more."""
        with self._writing() as connection:
            connection.execute(delete(login_links).where(login_links.c.expires_at < at - _KEPT_AFTERWARDS))
            connection.execute(
                update(login_links)
                .where(login_links.c.staff_id == staff_id, login_links.c.used_at.is_(None))
                .values(used_at=at)
            )
            insert_new(
                connection,
                login_links,
                token_hash=hash_of(token),
                staff_id=staff_id,
                made_by=made_by or None,
                created_at=at,
                expires_at=at + lasts,
            )

    def login_link(self, token: str, at: datetime) -> StaffMember | None:
        """Whom the link would let in, if it still does. Looking changes nothing."""
        query = select(login_links.c.staff_id).where(
            login_links.c.token_hash == hash_of(token), login_links.c.used_at.is_(None), login_links.c.expires_at > at
        )
        with self._reading() as connection:
            staff_id = connection.execute(query).scalar()
            member = self.staff_member(staff_id) if staff_id else None
        return member if member is not None and member.disabled_at is None else None

    def use_login_link(self, token: str, at: datetime) -> UsedLink | None:
        """Whom the link lets in. Of any number of calls at once, one gets them and the others None."""
        with self._writing() as connection:
            used = connection.execute(
                update(login_links)
                .where(
                    login_links.c.token_hash == hash_of(token),
                    login_links.c.used_at.is_(None),
                    login_links.c.expires_at > at,
                )
                .values(used_at=at)
                .returning(login_links.c.staff_id, login_links.c.made_by)
            ).one_or_none()
            member = self.staff_member(used.staff_id) if used else None
            if used is None or member is None or member.disabled_at is not None:
                return None
            return UsedLink(member, used.made_by or "")

    # tries

    def begin_try(self, kind: str, key: str, at: datetime, limit: int) -> bool:
        """Count a try before it is looked at; False where there were `limit` within fifteen minutes.

        A refused try isn't counted: the wait ends by itself, however often somebody knocks meanwhile.
        """
        key_hmac = self._try_hmac(kind, key)
        with self._writing() as connection:
            one_at_a_time(connection, _COUNTING_TRIES)
            connection.execute(delete(login_tries).where(login_tries.c.at <= at - TRIES_WITHIN))
            count = select(func.count()).select_from(login_tries).where(login_tries.c.key_hmac == key_hmac)
            if connection.execute(count).scalar_one() >= limit:
                return False
            insert_new(connection, login_tries, key_hmac=key_hmac, at=at)
            return True

    def forget_try(self, kind: str, key: str, at: datetime) -> None:
        """The try that began at `at` was right, so it doesn't count."""
        with self._writing() as connection:
            connection.execute(
                delete(login_tries).where(login_tries.c.key_hmac == self._try_hmac(kind, key), login_tries.c.at == at)
            )

    def _try_hmac(self, kind: str, key: str) -> str:
        return self._hmac(f"try-{kind}", key.strip().lower())


def hash_of(token: str) -> str:
    """What is kept of a token. Tokens are random and long, so that one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
