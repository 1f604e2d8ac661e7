"""Payloads as earlier versions sealed them: under the ring of PAYLOAD_KEYS itself. Running plans still hold some."""

import zlib

from temporalio.api.common.v1 import Payload

from records.keyring import KeyRing


def sealed_by_ring(keys: KeyRing, payload: Payload) -> Payload:
    sealed = keys.encrypt(zlib.compress(payload.SerializeToString()), b"temporal-payload")
    return Payload(metadata={"encoding": b"binary/followthrough-aesgcm"}, data=sealed)
