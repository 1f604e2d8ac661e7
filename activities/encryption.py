"""Everything that Temporal stores about a client is encrypted here, before it leaves this process.

Each payload is sealed under the key of the client whom its workflow is about. So erasing a client is destroying one
key: what any run, any backup of Temporal or any failure holds about them is unreadable from then on.
"""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from activities.payload_keys import PayloadKeys
from records.keyring import KeyRing
from records.payload_keys import NotOnRecord, PayloadKeyRecords

ENCODING = b"binary/followthrough-client-aesgcm"
"""How a payload is marked that a client's key seals. It never changes: stored histories carry it for years."""
OWNER = "owner"
"""The client's opaque id, beside the mark: whoever opens a payload needs to know nothing else about it."""
RING_ENCODING = b"binary/followthrough-aesgcm"
"""How payloads of earlier versions are marked, which the ring of PAYLOAD_KEYS itself sealed. They still open."""

_PLACE = "temporal-payload"
"""Bound into each seal, so that a sealed database column can't be passed off as a payload or the other way round."""


class EncryptionCodec(PayloadCodec, WithSerializationContext):
    """Compresses and seals payloads for one workflow; opens those of every client whose key is there."""

    def __init__(self, keys: KeyRing, payload_keys: PayloadKeys, workflow_id: str | None = None) -> None:
        self._ring = keys
        self._keys = payload_keys
        self._workflow_id = workflow_id

    def with_context(self, context: SerializationContext) -> Self:
        """The same for the workflow of this context. The SDK asks for it with nearly every payload."""
        if not isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return self
        if context.workflow_id == self._workflow_id:
            return self
        return type(self)(self._ring, self._keys, context.workflow_id)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload as an opaque one; type names and all other metadata are inside the seal.

        Raises NotOnRecord where it isn't known whom the workflow is about, ClientErased.
        """
        if self._workflow_id is None:
            raise NotOnRecord("a payload of no workflow can't be sealed: nobody knows whose key it needs")
        owner_id, key = await self._keys.of_workflow(self._workflow_id)
        marks = {"encoding": ENCODING, OWNER: owner_id.encode()}
        return [
            Payload(metadata=marks, data=key.seal_bytes(zlib.compress(payload.SerializeToString()), _PLACE))
            for payload in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads as they were; one that isn't ours (such as the server's own) passes through unchanged.

        Raises ClientErased where the key was destroyed, NotOnRecord where the records lack it, DecryptionFailed where
        bytes were changed, or a payload of an earlier version has its key no longer in the ring.
        """
        return [await self._opened(payload) for payload in payloads]

    async def _opened(self, payload: Payload) -> Payload:
        encoding = payload.metadata.get("encoding")
        if encoding == ENCODING:
            key = await self._keys.of_client(payload.metadata[OWNER].decode())
            plain = key.open_bytes(payload.data, _PLACE)
        elif encoding == RING_ENCODING:
            plain = self._ring.decrypt(payload.data, _PLACE.encode())
        else:
            return payload
        return Payload.FromString(zlib.decompress(plain))


def data_converter(keys: KeyRing, records: PayloadKeyRecords) -> DataConverter:
    """The converter of every Temporal client of ours: pydantic models, sealed; messages of failures are sealed too."""
    return replace(
        pydantic_data_converter,
        payload_codec=EncryptionCodec(keys, PayloadKeys(records)),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
