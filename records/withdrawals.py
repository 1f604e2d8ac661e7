"""An opt-out that somebody told a person: noted, obeyed and told to all plans of that client, in one transaction."""

from datetime import datetime

from sqlalchemy import Connection, select

from domain.client import Channel
from domain.staff_events import ConsentWithdrawn
from records.addresses import open_address
from records.events import EventRecords
from records.people import alike
from records.plans import PlanRecords
from records.sql import one_at_a_time
from records.suppression import subject_of
from records.tables import addresses, plans
from records.views import StoredEvent


class WithdrawalRecords(EventRecords, PlanRecords):
    """The one query about withdrawals."""

    def withdraw_consent(self, plan_id: str, event: ConsentWithdrawn, at: datetime) -> list[StoredEvent]:
        """Store the event for this plan first, then for each other open plan that it is about; opt the addresses out.

        It is about all plans of this client, and about plans of others for as far as they share a number or address:
        what may not go to it for one may not for another. The same event again changes nothing, and only the first one
        is returned. Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            client_id = self._owner_of_plan(connection, plan_id).owner_id
            theirs = self._addresses_of(connection, client_id, event.channels)
            for subject in sorted({subject_of(self._address_hmac(address)) for _, address in theirs}):
                one_at_a_time(connection, subject)
            own = self.add_event(plan_id, event, at)
            if not own.new:
                return [own]
            for channel, address in theirs:
                self.suppress(channel, address, min(event.occurred_at, at), event.said, f"{event.how}, to {event.by}")
            if event.channel == "all":
                self.person_opted_out(client_id, min(event.occurred_at, at))
            others = self._other_plans(connection, client_id, plan_id, theirs, event)
            return [own, *(self.add_event(other, about, at) for other, about in others.items())]

    def _addresses_of(
        self, connection: Connection, client_id: str, channels: list[Channel]
    ) -> list[tuple[Channel, str]]:
        """Every number and address of this client on these channels, old ones too."""
        query = select(addresses).where(
            addresses.c.owner_id.in_(alike(client_id)), addresses.c.role == "client", addresses.c.channel.in_(channels)
        )
        found = self._readable(connection, list(connection.execute(query.order_by(addresses.c.created_at))))
        return [(row.channel, open_address(key, row.thread_id, row.sealed).address) for row, key in found]

    def _other_plans(
        self,
        connection: Connection,
        client_id: str,
        plan_id: str,
        theirs: list[tuple[Channel, str]],
        event: ConsentWithdrawn,
    ) -> dict[str, ConsentWithdrawn]:
        query = select(plans.c.plan_id).where(plans.c.client_id.in_(alike(client_id)), plans.c.status != "ended")
        found = dict.fromkeys(connection.execute(query).scalars(), event)
        for channel, address in theirs:
            for other in self.plans_of_address(channel, address):
                before = found.get(other)
                both = before is not None and before.channel != channel
                found[other] = event if both else event.model_copy(update={"channel": channel})
        found.pop(plan_id, None)
        return found
