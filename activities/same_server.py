"""Whether the Temporal server at the other end is the one that the records belong to.

A server is told by the id of its namespace: one that lost its file, or another one, has another id; one that was put
back from a copy has the same. On another one nothing is started until an operator has said that it is the right one.
"""

import asyncio
from datetime import timedelta

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from records.database import Records

ASK_WITHIN = timedelta(seconds=5)


class OtherServer(RPCError):
    """It is another server than the one of the records. To whoever starts something, it is as if none answered."""

    def __init__(self, identity: str) -> None:
        """`identity` is that of the server that was found."""
        super().__init__("it is another server than the one of the records", RPCStatusCode.UNAVAILABLE, b"")
        self.identity = identity


async def identity_of(temporal: Client) -> str:
    """The id of its namespace, which no other server has. Raises RPCError."""
    request = DescribeNamespaceRequest(namespace=temporal.namespace)
    answer = await temporal.workflow_service.describe_namespace(request, timeout=ASK_WITHIN)
    return answer.namespace_info.id


class SameServer:
    """Looks, each time it is asked, whether it is the right server."""

    def __init__(self, records: Records, temporal: Client) -> None:
        """The first server that records are used with is theirs."""
        self._records = records
        self._temporal = temporal

    async def check(self) -> None:
        """Raises OtherServer, and writes down that it was seen; RPCError where nobody answers."""
        identity = await identity_of(self._temporal)
        known = await asyncio.to_thread(self._records.engine_identity)
        if known is None:
            known = await asyncio.to_thread(self._records.first_engine, identity)
        if known != identity and not await asyncio.to_thread(self._records.followed):
            await asyncio.to_thread(self._records.accept_engine, identity)  # there is nothing that could be there twice
        elif known != identity:
            await asyncio.to_thread(self._records.note_disagreement, "other server", identity)
            raise OtherServer(identity)

    async def is_other(self) -> bool:
        """Whether it certainly is another one. Where nobody answers that isn't certain."""
        try:
            await self.check()
        except OtherServer:
            return True
        except RPCError:
            return False
        return False
