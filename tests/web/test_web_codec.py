"""The codec door for the Temporal UI and command line: only with the token, and both ways."""

import base64
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from temporalio.api.common.v1 import Payloads

from activities.encryption import data_converter
from records.keyring import KeyRing
from tests.web.web_builders import BEARER, a_house


async def sealed(keys: KeyRing, *values: Any) -> dict[str, Any]:
    return MessageToDict(Payloads(payloads=await data_converter(keys).encode(values)))


async def test_with_the_token_payloads_can_be_read(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(house.keys, "Tina wrote", 7)
        answer = await house.browser.post("/codec/decode", json=body, headers=BEARER)
        assert answer.status_code == 200
        assert [base64.b64decode(payload["data"]) for payload in answer.json()["payloads"]] == [b'"Tina wrote"', b"7"]


async def test_without_the_token_nothing_is_opened(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(house.keys, "Tina wrote")
        await house.log_in()  # a login of the pages doesn't count here
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = await house.browser.post("/codec/decode", json=body, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"


async def test_what_is_encoded_here_is_read_by_a_worker(tmp_path: Path):
    plain = {"payloads": [{"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "InllcyI="}]}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/codec/encode", json=plain, headers=BEARER)
        assert "InllcyI=" not in answer.text
        back = await house.browser.post("/codec/decode", json=answer.json(), headers=BEARER)
        assert back.json() == plain


async def test_a_key_that_is_not_on_the_ring_is_told_in_plain_words(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = await sealed(KeyRing.generate(), "Tina wrote")
        answer = await house.browser.post("/codec/decode", json=body, headers=BEARER)
        assert answer.status_code == 422
        assert "PAYLOAD_KEYS" in answer.json()["detail"]


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
