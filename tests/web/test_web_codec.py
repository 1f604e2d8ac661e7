"""The codec door for the Temporal UI and command line: only with the token, and both ways."""

import base64
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.converter import WorkflowSerializationContext

from activities.encryption import data_converter
from domain.names import plan_workflow_id
from records.keyring import KeyRing
from tests.activities.sealed_before import sealed_by_ring
from tests.web.web_builders import BEARER, NOON, House, a_house

PLAN = plan_workflow_id("tina")


async def sealed(house: House, *values: Any) -> dict[str, Any]:
    converter = data_converter(house.keys, house.records).with_context(WorkflowSerializationContext("default", PLAN))
    return MessageToDict(Payloads(payloads=await converter.encode(values)))


async def test_with_the_token_payloads_can_be_read(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(house, "Tina wrote", 7)
        answer = await house.browser.post("/codec/decode", json=body, headers=BEARER)
        assert answer.status_code == 200
        assert [base64.b64decode(payload["data"]) for payload in answer.json()["payloads"]] == [b'"Tina wrote"', b"7"]


async def test_without_the_token_nothing_is_opened(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(house, "Tina wrote")
        await house.log_in()  # a login of the pages doesn't count here
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = await house.browser.post("/codec/decode", json=body, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"


async def test_what_is_encoded_here_is_read_by_a_worker(tmp_path: Path):
    plain = {"payloads": [{"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "InllcyI="}]}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post(f"/codec/{PLAN}/encode", json=plain, headers=BEARER)
        assert "InllcyI=" not in answer.text
        back = await house.browser.post("/codec/decode", json=answer.json(), headers=BEARER)
        assert back.json() == plain


async def test_a_key_that_is_not_on_the_ring_is_told_in_plain_words(tmp_path: Path):
    async with a_house(tmp_path) as house:
        stranger = sealed_by_ring(KeyRing.generate(), Payload(data=b'"Tina wrote"'))
        body = MessageToDict(Payloads(payloads=[stranger]))
        answer = await house.browser.post("/codec/decode", json=body, headers=BEARER)
        assert answer.status_code == 422
        assert "PAYLOAD_KEYS" in answer.json()["detail"]


async def test_a_payload_of_an_erased_client_is_told_in_plain_words(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(house, "Tina wrote")
        house.records.destroy_client_key(house.records.client_of_plan("tina") or "", NOON)
        answer = await house.browser.post("/codec/decode", json=body, headers=BEARER)
        assert (answer.status_code, answer.json()["detail"]) == (422, "this client was erased")


async def test_what_is_to_be_sealed_names_the_workflow_whose_clients_key_it_needs(tmp_path: Path):
    plain = {"payloads": [{"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "InllcyI="}]}
    async with a_house(tmp_path) as house:
        for door in ("/codec/encode", "/codec/plan-nobody/encode"):
            answer = await house.browser.post(door, json=plain, headers=BEARER)
            assert answer.status_code == 422
            assert "Name the workflow" in answer.json()["detail"]


async def test_what_is_no_payload_is_malformed(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for body in (b"", b"{", b'{"payloads": 1}', b"\xff"):
            for door in ("decode", "encode"):
                answer = await house.browser.post(f"/codec/{door}", content=body, headers=BEARER)
                assert answer.status_code == 422, (door, body)


async def test_the_temporal_ui_may_ask_from_its_own_address_but_never_with_a_cookie(tmp_path: Path):
    asked = {"Origin": "http://127.0.0.1:8233", "Access-Control-Request-Method": "POST"}
    async with a_house(tmp_path) as house:
        answer = await house.browser.options("/codec/decode", headers=asked)
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "authorization" in answer.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in answer.headers
