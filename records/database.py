"""The records: one object in front of all tables. PostgreSQL or SQLite, opened by URL."""

from pathlib import Path
from typing import Self

from sqlalchemy import select, text, update

from records import schema
from records.audit import AuditRecords
from records.claim_events import ClaimEventRecords
from records.clock import ClockRecords
from records.comparing import ComparingRecords
from records.conversations import ConversationRecords
from records.correspondence import CorrespondenceRecords
from records.decision_links import DecisionLinkRecords
from records.engines import EngineRecords
from records.enrolment import EnrolmentRecords
from records.erasing import ErasingRecords
from records.export import ExportRecords
from records.failing import FailingRecords
from records.health import HealthRecords
from records.inbox import InboxRecords
from records.keyring import KeyRing
from records.leases import LeaseRecords
from records.logins import LoginRecords
from records.payload_keys import PayloadKeyRecords
from records.phone import PhoneRecords
from records.plan_lists import PlanListRecords
from records.plan_requests import PlanRequestRecords
from records.polls import PollRecords
from records.reports import ReportRecords
from records.room import check_room
from records.sql import engine_of
from records.tables import secrets
from records.threads import ThreadRecords
from records.timeline import TimelineRecords
from records.watching import WatchRecords
from records.withdrawals import WithdrawalRecords


class Records(
    EnrolmentRecords,
    CorrespondenceRecords,
    WithdrawalRecords,
    ReportRecords,
    ErasingRecords,
    ExportRecords,
    ClaimEventRecords,
    ComparingRecords,
    EngineRecords,
    TimelineRecords,
    PayloadKeyRecords,
    PhoneRecords,
    ConversationRecords,
    InboxRecords,
    DecisionLinkRecords,
    LeaseRecords,
    ClockRecords,
    PollRecords,
    LoginRecords,
    AuditRecords,
    PlanListRecords,
    PlanRequestRecords,
    ThreadRecords,
    WatchRecords,
    HealthRecords,
    FailingRecords,
):
    """Everything that is kept. Safe to share between threads; never call it on an event loop."""

    @classmethod
    def open(cls, database_url: str, keys: KeyRing) -> Self:
        """The records behind `sqlite:///file` or `postgresql://…`. Connects when first used.

        Raises ValueError naming the fix where the URL can't be used.
        """
        return cls(engine_of(database_url), keys)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def ping(self) -> None:
        """Ask the database for a sign of life. Raises sqlalchemy.exc.SQLAlchemyError."""
        with self._engine.begin() as connection:
            connection.execute(text("SELECT 1"))

    def check_room(self) -> None:
        """Raises OSError where the disk of a database on this machine has no room left or can't be written to."""
        if self._engine.dialect.name == "sqlite" and self._engine.url.database:
            check_room(Path(self._engine.url.database).absolute().parent)

    def migrate(self) -> None:
        """Bring the schema to the newest revision. Any number of processes may do so at once."""
        schema.upgrade(self._engine)
        self.rank_what_is_unranked()

    def revision(self) -> str | None:
        """The database's schema revision; None before the first migration."""
        return schema.current(self._engine)

    def head(self) -> str:
        """The newest schema revision that this program knows."""
        return schema.newest()

    def rewrap_keys(self) -> int:
        """Wrap all clients' keys and the look-up secret by the ring's active key; then the older ones can go.

        Returns how many. Rows and look-ups stay as they are: only their keys are wrapped anew.
        """
        with self._writing() as connection:
            rows = connection.execute(select(secrets).with_for_update()).all()
            for row in rows:
                context = row.name.encode()
                wrapped = self._ring.encrypt(self._ring.decrypt(row.wrapped, context), context)
                connection.execute(update(secrets).where(secrets.c.name == row.name).values(wrapped=wrapped))
            return len(rows) + self._vault.rewrap(connection)
