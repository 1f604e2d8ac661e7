"""Delivery reports: how far a message is and what follows from a failure, in one transaction."""

from datetime import datetime
from typing import NamedTuple

from domain.events import DeliveryFailed
from domain.names import claim_of_message, escalation_of_touchpoint
from records.claim_events import ClaimEventRecords
from records.claims import NoSuchClaim
from records.events import EventRecords
from records.messages import Delivered, MessageRecords
from records.suppression import SuppressionRecords
from records.views import StoredEvent

OPTED_OUT = "opted out"
"""The cause of a failure that says that the person told the carrier to stop (Twilio's 21610)."""


class Reported(NamedTuple):
    """Whether a report told anything new, and the event that the plan, or the question of its, is to hear of.

    A claim hears of it by the sweep.
    """

    moved: bool
    event: StoredEvent | None = None


class ReportRecords(ClaimEventRecords, EventRecords, SuppressionRecords, MessageRecords):
    """Queries about delivery reports."""

    def take_report(
        self, message_id: str, status: Delivered, at: datetime, cause: str = "", provider_id: str | None = None
    ) -> Reported:
        """Move the message forward. A failure becomes an event, an opt-out at the carrier becomes ours as well.

        A report on a message that we don't know, or of a client who was erased, changes nothing.
        """
        with self._writing():
            moved = self.delivery(message_id, status, at, cause, provider_id)
            row = self.message(message_id) if moved and status in ("undelivered", "failed") else None
            if row is None:
                return Reported(moved)
            if cause == OPTED_OUT and row.message.audience == "client" and row.message.address:
                self.suppress(row.message.channel, row.message.address, at, "", "provider")
            event = DeliveryFailed(
                event_id=f"delivery-{message_id}",
                occurred_at=at,
                message_key=row.message_key,
                cause=cause or status,
                escalation_id=escalation_of_touchpoint(row.message.touchpoint_key) or "",
            )
            if self._is_a_claims(event, at):
                return Reported(moved)
            return Reported(moved, self.add_event(row.plan_id, event, at))

    def _is_a_claims(self, event: DeliveryFailed, at: datetime) -> bool:
        """Whether the message was one of a claim's, which then has the event."""
        claim_id = claim_of_message(event.message_key)
        if claim_id is None:
            return False
        try:
            self.add_claim_event(claim_id, event, at)
        except NoSuchClaim:  # a plan may be called "claim"
            return False
        return True
