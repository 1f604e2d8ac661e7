"""What Temporal stores is sealed: payloads, their type names, and what failures say."""

from datetime import UTC, datetime

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from activities.encryption import EncryptionCodec, data_converter
from records.keyring import DecryptionFailed, KeyRing

SECRET = "Tina asked about her neck"


class Note(BaseModel):
    text: str
    at: datetime


A_NOTE = Note(text=SECRET, at=datetime(2026, 1, 5, 9, tzinfo=UTC))


async def test_a_model_comes_back_as_it_was_and_nothing_of_it_can_be_read_in_between():
    converter = data_converter(KeyRing.generate())
    [payload] = await converter.encode([A_NOTE])
    assert b"Tina" not in payload.SerializeToString()
    assert b"json" not in payload.SerializeToString()
    assert await converter.decode([payload], [Note]) == [A_NOTE]


async def test_the_same_value_is_never_sealed_the_same_way_twice():
    converter = data_converter(KeyRing.generate())
    [first], [second] = await converter.encode(["yes"]), await converter.encode(["yes"])
    assert first.data != second.data


async def test_what_an_old_key_sealed_opens_after_a_rotation_and_new_payloads_use_the_new_key():
    old = KeyRing.generate()
    new = KeyRing.generate()
    rotated = KeyRing.parse(f"{new.dump()},{old.dump()}")
    [before] = await data_converter(old).encode([A_NOTE])
    assert await data_converter(rotated).decode([before], [Note]) == [A_NOTE]
    [after] = await data_converter(rotated).encode([A_NOTE])
    assert await data_converter(new).decode([after], [Note]) == [A_NOTE]
    with pytest.raises(DecryptionFailed):
        await data_converter(old).decode([after], [Note])


async def test_a_changed_payload_is_refused_rather_than_read():
    codec = EncryptionCodec(KeyRing.generate())
    [sealed] = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b'"yes"')])
    sealed.data = sealed.data[:-1] + bytes([sealed.data[-1] ^ 1])
    with pytest.raises(DecryptionFailed):
        await codec.decode([sealed])


async def test_bytes_of_the_records_cannot_pass_for_a_payload():
    keys = KeyRing.generate()
    [sealed] = await EncryptionCodec(keys).encode([Payload(data=b"x")])
    column = Payload(metadata=dict(sealed.metadata), data=keys.encrypt(b"x", b"clients:1"))
    with pytest.raises(DecryptionFailed):
        await EncryptionCodec(keys).decode([column])


async def test_a_payload_that_is_not_ours_passes_through():
    foreign = Payload(metadata={"encoding": b"json/plain"}, data=b"{}")
    assert await EncryptionCodec(KeyRing.generate()).decode([foreign]) == [foreign]


async def test_message_details_and_trace_of_a_failure_are_sealed_too():
    converter = data_converter(KeyRing.generate())
    failure = Failure()
    try:
        raise ApplicationError(SECRET, {"note": SECRET})
    except ApplicationError as error:
        await converter.encode_failure(error, failure)
    assert b"Tina" not in failure.SerializeToString()
    assert b"test_encryption" not in failure.SerializeToString()
    back = await converter.decode_failure(failure)
    assert isinstance(back, ApplicationError)
    assert back.message == SECRET
    assert list(back.details) == [{"note": SECRET}]
