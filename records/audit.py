"""The audit trail: who saw and did what, each row chained to the one before, so that a change shows.

The chain is an HMAC-SHA-256 under the look-up secret: who can write into the database but has no PAYLOAD_KEYS can't
make a chain that holds. Cutting off the newest rows leaves one that does; compare the last number with a noted one.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import Connection, Row, func, insert, select

from domain.client import Model
from records.sql import one_at_a_time
from records.store import Store
from records.tables import audit

_WRITING_THE_TRAIL = 7_041_776_007
"""PostgreSQL's advisory lock: each row needs the one before it."""


class Entry(NamedTuple):
    """What is to be written down. `staff_id` may also be "api", "link" or "stranger"; `subject` is an opaque id.

    `let_in_by` is who made the login link by which they came in, where that was somebody else: it may be their hand.
    """

    at: datetime
    staff_id: str
    what: str
    subject: str = ""
    let_in_by: str = ""


class AuditRow(Model):
    """One row of the trail."""

    number: int
    at: AwareDatetime
    staff_id: str
    what: str
    subject: str
    chain: str
    let_in_by: str = ""


class AuditRecords(Store):
    """Queries about the audit trail. Nothing changes or deletes a row."""

    def add_audit(self, entries: Iterable[Entry]) -> None:
        """Write these rows at the end of the trail, all in one transaction."""
        with self._writing() as connection:
            one_at_a_time(connection, _WRITING_THE_TRAIL)
            newest = select(audit.c.number, audit.c.chain).order_by(audit.c.number.desc()).limit(1)
            last = connection.execute(newest).one_or_none()
            number, chain = (last.number, last.chain) if last else (0, "")
            rows: list[dict[str, Any]] = []
            for entry in entries:
                number += 1
                chain = self._link_of(chain, number, *entry)
                rows.append(dict(zip(Entry._fields, entry, strict=True)) | {"number": number, "chain": chain})
            if rows:
                connection.execute(insert(audit), rows)

    def audit(self, limit: int = 50, before: int | None = None) -> list[AuditRow]:
        """Rows, the newest first; with `before`, those older than that number."""
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.number < before)
        with self._reading() as connection:
            return [_row(row) for row in connection.execute(query)]

    def audit_ok(self, newest: int | None = None) -> int | None:
        """The number of the first row that was changed, added or is missing; None where the chain holds.

        With `newest`, only that many of the newest rows are looked at.
        """
        with self._reading() as connection:
            count = connection.execute(select(func.max(audit.c.number))).scalar() or 0
            first = 1 if newest is None else max(1, count - newest + 1)
            number, chain = first - 1, self._chain_at(connection, first - 1)
            if chain is None:
                return number
            query = select(audit).where(audit.c.number >= first).order_by(audit.c.number)
            with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
                for row in rows:
                    number += 1
                    if row.number != number or row.chain != self._chain_of(chain, row):
                        return number
                    chain = row.chain
        return None

    def _chain_at(self, connection: Connection, number: int) -> str | None:
        """The chain before the row that follows `number`; None where that row is missing."""
        if number == 0:
            return ""
        return connection.execute(select(audit.c.chain).where(audit.c.number == number)).scalar()

    def _chain_of(self, before: str, row: Row[Any]) -> str:
        return self._link_of(before, row.number, row.at, row.staff_id, row.what, row.subject, row.let_in_by or "")

    def _link_of(
        self, before: str, number: int, at: datetime, staff_id: str, what: str, subject: str, let_in_by: str
    ) -> str:
        about = {
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "number": number,
            "staff_id": staff_id,
            "subject": subject,
            "what": what,
        }
        if let_in_by:  # rows from before it could be said are chained without it
            about["let_in_by"] = let_in_by
        return self._hmac("audit", before + json.dumps(about, sort_keys=True, separators=(",", ":")))


def _row(row: Row[Any]) -> AuditRow:
    return AuditRow(
        number=row.number,
        at=row.at,
        staff_id=row.staff_id,
        what=row.what,
        subject=row.subject,
        chain=row.chain,
        let_in_by=row.let_in_by or "",
    )
