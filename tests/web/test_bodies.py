"""How much of a body is read before anybody knows who sent it."""

import asyncio
import errno
import os
from collections.abc import AsyncGenerator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.requests import Request

from tests.web.test_web_sendgrid import SENDGRID, stamped
from tests.web.web_builders import BEARER, a_house, problem
from web import signed_body
from web.signed_body import PART, SMALL, Body, Receiver

UNSIGNED_MOST = 64 * 1024
NO_BODY = {"GET", "HEAD", "OPTIONS"}
SIGNED = ("/webhooks/sendgrid/events", "/webhooks/sendgrid/inbound")
"""Their bodies are spooled to the disk."""


async def endless(limit: int = 100) -> AsyncGenerator[bytes]:
    """Fails the test if more of it is read than may be."""
    for _ in range(limit):
        yield bytes(64 * 1024)
    raise AssertionError("all of it was read")


async def test_every_door_says_how_large_a_body_it_takes(tmp_path: Path) -> None:
    async with a_house(tmp_path, **SENDGRID) as house:
        found = [each for each in iter_route_contexts(house.app.routes) if (each.methods or set()) - NO_BODY]
        assert len(found) > 40
        for each in found:
            path, most = each.path or "", getattr(each, "max_body_size", None) or _most_of(each.original_route)
            assert most, path
            assert most <= UNSIGNED_MOST or path.startswith(("/api/", "/codec/")) or path in SIGNED, path


def _most_of(route: Any) -> int | None:
    return route.max_body_size if isinstance(route, APIRoute) else None


@pytest.mark.parametrize("path", ["/api/plans", "/api/plans/tina/events", "/codec/decode"])
async def test_a_large_body_without_the_token_is_refused_unread(tmp_path: Path, path: str) -> None:
    async with a_house(tmp_path) as house:
        unread = endless(2)
        answer = await house.browser.post(path, content=unread)
        assert problem(answer, HTTPStatus.UNAUTHORIZED)
        assert answer.headers["www-authenticate"] == "Bearer"
        answer = await house.browser.post(path, content=bytes(100_000), headers={"Authorization": "Bearer wrong"})
        assert problem(answer, HTTPStatus.UNAUTHORIZED)


async def test_a_large_body_with_the_token_is_read_up_to_the_doors_limit(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", content=bytes(100_000), headers=BEARER)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        answer = await house.browser.post("/api/plans", content=endless(), headers=BEARER)
        assert problem(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@pytest.mark.parametrize("path", ["/webhooks/twilio/inbound", "/login", "/webhooks/sendgrid/events"])
async def test_a_body_without_end_is_refused(tmp_path: Path, path: str) -> None:
    async with a_house(tmp_path, twilio_auth_token="secret", public_url="https://x.example", **SENDGRID) as house:
        headers = stamped(b"") | {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await house.browser.post(path, content=endless(), headers=headers)
        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize("changes", [{"signature": ""}, {"signature": "no base64 !"}, {"timestamp": "soon"}])
async def test_a_request_that_can_not_be_the_vendors_is_not_even_read(tmp_path: Path, changes: dict[str, str]) -> None:
    async with a_house(tmp_path, **SENDGRID) as house:
        headers = stamped(b"")
        for name, value in changes.items():
            headers[f"X-Twilio-Email-Event-Webhook-{name.title()}"] = value
        answer = await house.browser.post("/webhooks/sendgrid/inbound", content=endless(0), headers=headers)
        assert problem(answer, HTTPStatus.FORBIDDEN)


def test_a_large_body_is_kept_on_the_disk_where_nobody_can_read_it(tmp_path: Path) -> None:
    words = b"my knee hurts " * 100_000
    body = Body(b"1")
    body.add(words[:SMALL])
    assert not body.is_large
    body.spill()
    body.add(words[SMALL:])
    file = body._file  # pyright: ignore[reportPrivateUsage]
    assert file is not None
    file.flush()
    assert b"knee" not in os.pread(file.fileno(), len(words), 0)
    parts = list(body.parts())
    assert b"".join(parts) == words
    assert {len(part) for part in parts[:-1]} == {PART}
    assert not body._small  # pyright: ignore[reportPrivateUsage]
    small = Body(b"2")
    small.add(words)
    assert small.digest() == body.digest()
    assert small.signed != body.signed
    body.close()


async def test_a_disk_that_took_nothing_keeps_no_place_from_those_who_come_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "no space left")

    receiver = Receiver(large_at_once=1)
    with monkeypatch.context() as disk:
        disk.setattr(signed_body, "TemporaryFile", full)
        with pytest.raises(OSError, match="no space"):
            await received(receiver)
    async with asyncio.timeout(5):
        assert await received(receiver) == 2 * SMALL


async def received(receiver: Receiver) -> int:
    """How many bytes of a large body it receives."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": bytes(2 * SMALL), "more_body": False}

    async with receiver.received(Request({"type": "http", "headers": []}, receive), b"") as body:
        assert body is not None
        return body.size
