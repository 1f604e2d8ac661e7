"""What comes of asking a workflow that these records know nothing of."""

from datetime import UTC, datetime
from typing import Any, cast

from temporalio.client import Client

from activities.ask_to_record import Answer, ask_to_record
from domain.events import AppointmentCancelled
from records.payload_keys import NotOnRecord

CANCELLED = AppointmentCancelled(
    event_id="gone", occurred_at=datetime(2026, 1, 5, 18, 0, tzinfo=UTC), appointment_id="v0"
)


class OfOtherRecords:
    """A Temporal whose answers are sealed under keys that were lost with the records."""

    def get_workflow_handle(self, workflow_id: str) -> "OfOtherRecords":
        return self

    async def execute_update(self, *_: Any, **__: Any) -> str:
        raise NotOnRecord("plan-lost")


async def test_a_workflow_of_lost_records_takes_nothing_and_the_event_stays_stored() -> None:
    answer = await ask_to_record(cast(Client, OfOtherRecords()), "plan-lost", CANCELLED)
    assert answer == Answer("away", "what runs in Temporal under this id is of other records")
