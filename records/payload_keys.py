"""Whose key seals what Temporal stores about a workflow: that of the client whom plan, question or claim is about."""

from typing import Any

from sqlalchemy import Column, select

from domain.names import subject_of_workflow
from records.store import Store
from records.tables import claims, client_keys, escalations, plans
from records.vault import ClientErased, ClientKey, Owner

_BY_KIND: dict[str, tuple[Column[Any], Column[Any]]] = {
    "plan": (plans.c.plan_id, plans.c.client_id),
    "escalation": (escalations.c.escalation_id, escalations.c.owner_id),
    "claim": (claims.c.claim_id, claims.c.owner_id),
}


class NotOnRecord(LookupError):
    """The records hold nothing that this workflow could be about, or no key of that client."""


class PayloadKeyRecords(Store):
    """Queries about keys for payloads."""

    def owner_of_workflow(self, workflow_id: str) -> Owner:
        """The client whom this workflow is about. Raises NotOnRecord, ClientErased."""
        kind, subject = subject_of_workflow(workflow_id) or ("", "")
        if kind not in _BY_KIND:
            raise NotOnRecord(f"no workflow of ours has the id {workflow_id}")
        its_id, its_owner = _BY_KIND[kind]
        query = select(its_owner).where(its_id == subject)
        with self._reading() as connection:
            owner_id = connection.execute(query).scalar()
            if owner_id is None:
                raise NotOnRecord(f"the records hold no {kind} {subject}; was an older backup of them put back?")
            return Owner(owner_id, self._vault.key(connection, owner_id))

    def payload_key(self, owner_id: str) -> ClientKey:
        """The key that opens what was sealed for this client. Raises ClientErased, NotOnRecord."""
        with self._reading() as connection:
            found = self._vault.keys(connection, [owner_id]).get(owner_id)
            if found is not None:
                return found
            query = select(client_keys.c.owner_id).where(client_keys.c.owner_id == owner_id)
            if connection.execute(query).first() is not None:
                raise ClientErased("this client was erased")
            raise NotOnRecord(f"the records hold no key of client {owner_id}; was an older backup of them put back?")
