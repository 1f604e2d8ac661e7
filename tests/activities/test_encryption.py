"""What Temporal stores is sealed under its client's key: payloads, their type names, and what failures say."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import ActivitySerializationContext, DataConverter, WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from activities.encryption import EncryptionCodec, data_converter
from activities.payload_keys import REMEMBERED_SECONDS, PayloadKeys
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from domain.state import new_state
from records.database import Records
from records.keyring import DecryptionFailed, KeyRing
from records.payload_keys import NotOnRecord
from records.vault import ClientErased
from tests.activities.sealed_before import sealed_by_ring
from tests.domain.plan_builder import a_client, a_plan, a_practice

SECRET = "Tina asked about her neck"
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TINA, TOM = plan_workflow_id("tina-1"), plan_workflow_id("tom-1")


class Note(BaseModel):
    text: str
    at: datetime


A_NOTE = Note(text=SECRET, at=AT)


@dataclass
class Books:
    """Records with two clients, the ring that wraps their keys, and a clock that stands still."""

    records: Records
    keys: KeyRing
    url: str
    second: float = 0.0

    def converter(self, workflow_id: str = TINA) -> DataConverter:
        return data_converter(self.keys, self.records).with_context(
            WorkflowSerializationContext("default", workflow_id)
        )

    def codec(self, workflow_id: str | None = TINA) -> EncryptionCodec:
        return EncryptionCodec(self.keys, PayloadKeys(self.records, lambda: self.second), workflow_id)

    def client_of(self, plan_id: str) -> str:
        return self.records.client_of_plan(plan_id) or ""

    def erase(self, plan_id: str) -> None:
        assert self.records.destroy_client_key(self.client_of(plan_id), AT)


@pytest.fixture
def books(tmp_path: Path) -> Generator[Books]:
    keys = KeyRing.generate()
    url = f"sqlite:///{tmp_path}/records.db"
    records = Records.open(url, keys)
    records.migrate()
    for plan_id, phone in (("tina-1", "+12065550101"), ("tom-1", "+12065550102")):
        client = a_client(name=plan_id.removesuffix("-1").title(), phone=phone)
        assert records.add_plan(new_state(plan_id, a_plan(client=client), a_practice(), AT), AT)
    yield Books(records, keys, url)
    records.close()


async def test_a_model_comes_back_as_it_was_and_nothing_of_it_can_be_read_in_between(books: Books):
    [payload] = await books.converter().encode([A_NOTE])
    assert b"Tina" not in payload.SerializeToString()
    assert b"json" not in payload.SerializeToString()
    assert await books.converter().decode([payload], [Note]) == [A_NOTE]


async def test_the_same_value_is_never_sealed_the_same_way_twice(books: Books):
    converter = books.converter()
    [first], [second] = await converter.encode(["yes"]), await converter.encode(["yes"])
    assert first.data != second.data


async def test_whoever_opens_a_payload_needs_to_know_nothing_about_its_workflow(books: Books):
    [payload] = await books.converter(TINA).encode([A_NOTE])
    assert await data_converter(books.keys, books.records).decode([payload], [Note]) == [A_NOTE]


async def test_an_activity_seals_for_the_workflow_that_asked_it(books: Books):
    context = ActivitySerializationContext("default", "1", "send", "q", TOM, "TreatmentPlanWorkflow", False)
    [payload] = await data_converter(books.keys, books.records).with_context(context).encode([A_NOTE])
    assert payload.metadata["owner"] == books.client_of("tom-1").encode()


async def test_destroying_one_key_closes_that_clients_payloads_and_no_others(books: Books):
    [tinas], [toms] = await books.converter(TINA).encode([A_NOTE]), await books.converter(TOM).encode([A_NOTE])
    books.erase("tina-1")
    assert await books.converter(TOM).decode([toms], [Note]) == [A_NOTE]
    with pytest.raises(ClientErased, match="this client was erased"):
        await books.converter(TINA).decode([tinas])
    with pytest.raises(ClientErased, match="this client was erased"):
        await books.converter(TINA).encode(["late"])


async def test_a_destroyed_key_is_forgotten_within_ten_seconds_by_who_had_it(books: Books):
    codec = books.codec()
    [sealed] = await codec.encode([Payload(data=b"x")])
    books.erase("tina-1")
    books.second = REMEMBERED_SECONDS - 0.1
    assert await codec.decode([sealed]) == [Payload(data=b"x")]
    books.second = REMEMBERED_SECONDS
    with pytest.raises(ClientErased):
        await codec.decode([sealed])
    with pytest.raises(ClientErased):
        await codec.encode([Payload(data=b"x")])
    assert REMEMBERED_SECONDS <= 10


async def test_the_records_are_asked_for_a_key_once_in_ten_seconds(books: Books, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    for name in ("owner_of_workflow", "payload_key"):
        monkeypatch.setattr(books.records, name, _counted(name, getattr(books.records, name), asked))
    codec = books.codec()
    for _ in range(20):
        assert await codec.decode(await codec.encode([Payload(data=b"x")])) == [Payload(data=b"x")]
    assert asked == ["owner_of_workflow"]
    books.second = REMEMBERED_SECONDS
    for _ in range(20):
        await codec.encode([Payload(data=b"x")])
    assert asked == ["owner_of_workflow", "payload_key"]


def _counted(name: str, method: Callable[[str], Any], asked: list[str]) -> Callable[[str], Any]:
    def counting(subject: str) -> Any:
        asked.append(name)
        return method(subject)

    return counting


@pytest.mark.parametrize("name", [plan_workflow_id("x"), claim_workflow_id("x"), escalation_workflow_id("x"), "other"])
async def test_nothing_is_sealed_for_a_workflow_that_is_about_nobody_on_record(books: Books, name: str):
    with pytest.raises(NotOnRecord):
        await books.codec(name).encode([Payload(data=b"x")])
    with pytest.raises(NotOnRecord):
        await books.codec(None).encode([Payload(data=b"x")])


async def test_a_client_of_whom_the_records_know_nothing_is_not_called_erased(books: Books):
    [payload] = await books.codec().encode([Payload(data=b"x")])
    payload.metadata["owner"] = b"c0ffee"
    with pytest.raises(NotOnRecord, match="was an older backup of them put back"):
        await books.codec().decode([payload])


async def test_after_a_rotation_of_the_ring_payloads_open_as_before(books: Books):
    [before] = await books.converter().encode([A_NOTE])
    rotated = KeyRing.parse(f"{KeyRing.generate().dump()},{books.keys.dump()}")
    later = Records.open(books.url, rotated)
    later.rewrap_keys()
    assert await data_converter(rotated, later).decode([before], [Note]) == [A_NOTE]
    later.close()


async def test_a_payload_of_an_earlier_version_still_opens(books: Books):
    earlier = sealed_by_ring(books.keys, Payload(metadata={"encoding": b"json/plain"}, data=b'"yes"'))
    assert await books.converter().decode([earlier]) == ["yes"]
    with pytest.raises(DecryptionFailed, match="put the earlier key back in"):
        await books.codec().decode([sealed_by_ring(KeyRing.generate(), Payload(data=b"x"))])


async def test_a_changed_payload_is_refused_rather_than_read(books: Books):
    [sealed] = await books.codec().encode([Payload(metadata={"encoding": b"json/plain"}, data=b'"yes"')])
    sealed.data = sealed.data[:-1] + bytes([sealed.data[-1] ^ 1])
    with pytest.raises(DecryptionFailed):
        await books.codec().decode([sealed])


async def test_bytes_of_the_records_cannot_pass_for_a_payload(books: Books):
    [sealed] = await books.codec().encode([Payload(data=b"x")])
    key = books.records.payload_key(books.client_of("tina-1"))
    column = Payload(metadata=dict(sealed.metadata), data=key.seal("x", "plans:tina-1"))
    with pytest.raises(DecryptionFailed):
        await books.codec().decode([column])


async def test_a_payload_that_is_not_ours_passes_through(books: Books):
    foreign = Payload(metadata={"encoding": b"json/plain"}, data=b"{}")
    assert await books.codec().decode([foreign]) == [foreign]


async def test_message_details_and_trace_of_a_failure_are_sealed_too(books: Books):
    converter = books.converter()
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
