"""Payloads as earlier versions sealed them: under the ring of PAYLOAD_KEYS itself. Running plans still hold some."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, PayloadCodec

from records.keyring import KeyRing


def sealed_by_ring(keys: KeyRing, payload: Payload) -> Payload:
    sealed = keys.encrypt(zlib.compress(payload.SerializeToString()), b"temporal-payload")
    return Payload(metadata={"encoding": b"binary/followthrough-aesgcm"}, data=sealed)


class CodecOfBefore(PayloadCodec):
    """The codec of those versions."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [sealed_by_ring(self._keys, payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        opened = [zlib.decompress(self._keys.decrypt(payload.data, b"temporal-payload")) for payload in payloads]
        return [Payload.FromString(plain) for plain in opened]


def converter_of_before(keys: KeyRing) -> DataConverter:
    return replace(pydantic_data_converter, payload_codec=CodecOfBefore(keys))
