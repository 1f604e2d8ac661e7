"""Everything that Temporal stores about a client is encrypted here, before it leaves this process."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec

from records.keyring import KeyRing

ENCODING = b"binary/followthrough-aesgcm"
"""How a sealed payload is marked. It never changes: stored histories carry it for years."""

_CONTEXT = b"temporal-payload"
"""Bound into each seal, so that a sealed database column can't be passed off as a payload or the other way round."""


class EncryptionCodec(PayloadCodec):
    """Compresses and seals payloads with the key ring: the active key seals, every key of the ring opens."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload as an opaque one; type names and all other metadata are inside the seal."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads as they were; one that isn't ours (such as the server's own) passes through unchanged.

        Raises records.keyring.DecryptionFailed where a payload's key isn't in the ring or its bytes were changed.
        """
        return [
            self._open(payload) if payload.metadata.get("encoding") == ENCODING else payload for payload in payloads
        ]

    def _seal(self, payload: Payload) -> Payload:
        plain = zlib.compress(payload.SerializeToString())
        return Payload(metadata={"encoding": ENCODING}, data=self._keys.encrypt(plain, _CONTEXT))

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        return Payload.FromString(zlib.decompress(self._keys.decrypt(payload.data, _CONTEXT)))


def data_converter(keys: KeyRing) -> DataConverter:
    """The converter of every Temporal client of ours: pydantic models, sealed; messages of failures are sealed too."""
    return replace(
        pydantic_data_converter,
        payload_codec=EncryptionCodec(keys),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
