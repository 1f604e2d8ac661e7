"""What is kept about one client as a whole: for the client who asks for it, and for erasing them.

Whose a row is says its owner, whose key seals it. So what is about two people, such as a text from a phone that they
share, counts as the one's under whose key it lies.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from records.addresses import Contact, open_address
from records.inbound import open_inbound
from records.store import Store
from records.tables import addresses, audit, claims, escalations, inbound, messages, plans, suppressions


class IdsOfClient(NamedTuple):
    """The opaque ids of a client's plans, of the questions to people about them, and of their claims."""

    plans: list[str]
    escalations: list[str]
    claims: list[str]


class ExportRecords(Store):
    """Queries about one client as a whole. Empty where the client was erased, but for the ids, which say nothing."""

    def ids_of_clients(self, client_ids: Collection[str]) -> IdsOfClient:
        """Everything of these clients that has a workflow of its own."""
        with self._reading() as connection:
            of_client = select(plans.c.plan_id).where(plans.c.client_id.in_(client_ids))
            plan_ids = sorted(connection.execute(of_client).scalars())
            asked = select(escalations.c.escalation_id).where(escalations.c.plan_id.in_(plan_ids))
            billed = select(claims.c.claim_id).where(claims.c.plan_id.in_(plan_ids))
            return IdsOfClient(
                plan_ids, sorted(connection.execute(asked).scalars()), sorted(connection.execute(billed).scalars())
            )

    def is_readable(self, client_ids: Collection[str]) -> bool:
        """Whether a key of these clients is there: False once they were erased."""
        with self._reading() as connection:
            return bool(self._vault.keys(connection, client_ids))

    def addresses_of_clients(self, client_ids: Collection[str]) -> list[Contact]:
        """Numbers and addresses that are theirs, in the order in which we got to know them."""
        query = select(addresses).where(addresses.c.owner_id.in_(client_ids)).order_by(addresses.c.created_at)
        with self._reading() as connection:
            readable = self._readable(connection, list(connection.execute(query)))
            found = [open_address(key, row.thread_id, row.sealed) for row, key in readable]
            return [contact for nth, contact in enumerate(found) if contact not in found[:nth]]

    def opt_outs_of_clients(self, client_ids: Collection[str]) -> list[dict[str, Any]]:
        """When their addresses opted out and in again; not the words: somebody who shares one may have written them.

        "person" stands for all of them: somebody said that the client has died, or that this was a misunderstanding.
        """
        theirs = (
            select(suppressions.c.number)
            .join(addresses, addresses.c.address_hmac == suppressions.c.address_hmac)
            .where(addresses.c.owner_id.in_(client_ids), addresses.c.channel == suppressions.c.channel)
        )
        died = suppressions.c.address_hmac.in_([self._address_hmac(client_id) for client_id in client_ids])
        query = (
            select(suppressions.c.channel, suppressions.c.lifted, suppressions.c.at)
            .where(or_(suppressions.c.number.in_(theirs), and_(suppressions.c.channel == "person", died)))
            .distinct()
            .order_by(suppressions.c.at)
        )
        with self._reading() as connection:
            return [
                {"channel": row.channel, "opted_out": not row.lifted, "at": row.at.isoformat()}
                for row in connection.execute(query)
            ]

    def messages_of_clients(self, client_ids: Collection[str]) -> list[str]:
        """The ids of all messages about them, to whomever they went, in the order in which they were written down."""
        query = select(messages.c.message_id).where(messages.c.owner_id.in_(client_ids)).order_by(messages.c.number)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def replies_of_clients(self, client_ids: Collection[str]) -> list[dict[str, Any]]:
        """What they wrote, as it came in."""
        query = select(inbound).where(inbound.c.owner_id.in_(client_ids)).order_by(inbound.c.number)
        with self._reading() as connection:
            return [
                open_inbound(row, key).model_dump(mode="json")
                | {"channel": row.channel, "plan_id": row.plan_id, "received_at": row.received_at.isoformat()}
                for row, key in self._readable(connection, list(connection.execute(query)))
            ]

    def trail_about(self, subjects: Iterable[str]) -> list[dict[str, Any]]:
        """Who saw or did what with these ids, the oldest first."""
        query = select(audit.c.at, audit.c.staff_id, audit.c.what, audit.c.subject).order_by(audit.c.number)
        with self._reading() as connection:
            rows = connection.execute(query.where(audit.c.subject.in_(list(subjects))))
            return [
                {"at": row.at.isoformat(), "by": row.staff_id, "what": row.what, "about": row.subject} for row in rows
            ]
