"""The records are away, or their disk is full: whoever asks is told to come again, and readiness says so."""

import errno
import logging
import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Request
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from programs.embedded import free_port
from records import room
from records.database import Records
from records.keyring import KeyRing
from records.sql import is_away
from tests.web.door_house import DoorHouse, a_door_house
from tests.web.web_builders import a_plan_body, problem

BOOKED = {
    "event_id": "b-1",
    "type": "appointment_booked",
    "occurred_at": "2026-01-05T11:00:00-08:00",
    "appointment_id": "visit-2",
    "starts_at": "2026-01-09T10:00:00-08:00",
}


@asynccontextmanager
async def without_postgresql() -> AsyncGenerator[DoorHouse]:
    keys = KeyRing.generate()
    records = Records.open(f"postgresql://somebody:secret@127.0.0.1:{free_port()}/gone", keys)
    house = DoorHouse(records, keys)
    yield house
    await house.browser.aclose()
    records.close()


async def test_without_its_database_each_door_answers_503_and_says_to_come_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with without_postgresql() as house:
        answers = [
            await house.browser.get("/api/plans/tina"),
            await house.browser.get("/api/escalations"),
            await house.post("/api/plans", a_plan_body()),
            await house.post("/api/plans/tina/events", BOOKED),
            await house.post("/api/escalations/e1/decision", {"choice": "continue", "by": "Alex"}),
        ]
        for answer in answers:
            told = problem(answer, 503)
            assert "Send the same again in a moment" in told["detail"]
            assert answer.headers["retry-after"] == "10"
            assert answer.headers["cache-control"] == "no-store"
            assert "secret" not in answer.text
        house.browser.headers.pop("Authorization")
        house.browser.cookies["followthrough_login"] = "x"
        seen = await house.browser.get("/plans/tina")
        assert (seen.status_code, seen.headers["content-type"]) == (503, "text/html; charset=utf-8")
        problem(await house.browser.get("/readyz"), 503)
        assert (await house.browser.get("/healthz")).status_code == 200
    assert all(record.exc_info is None for record in caplog.records if record.name.startswith("followthrough"))


async def test_a_row_of_the_trail_that_can_not_be_written_is_a_503_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_door_house(tmp_path) as house:

        def full(*_: Any) -> None:
            error = SimpleNamespace(sqlite_errorname="SQLITE_FULL")
            raise OperationalError("insert", {}, error)  # pyright: ignore[reportArgumentType]

        monkeypatch.setattr(house.records, "add_audit", full)
        problem(await house.browser.get("/api/plans/tina"), 503)


async def test_a_fault_of_ours_in_a_query_stays_a_500(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        with house.records._writing() as connection:  # pyright: ignore[reportPrivateUsage]
            connection.execute(text("DROP TABLE journal"))
        problem(await house.browser.get("/api/plans/tina"), 500)


def test_what_isnt_the_databases_is_no_absence() -> None:
    assert not is_away(ValueError("x"))
    assert not is_away(OSError(errno.ENOSPC, "full"))


async def test_not_ready_while_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_door_house(tmp_path) as house:
        assert (await house.browser.get("/readyz")).json() == {"status": "ready"}
        monkeypatch.setattr(room, "LEAST_FREE", shutil.disk_usage(tmp_path).total)
        told = problem(await house.browser.get("/readyz"), 503)
        assert told["detail"] == "The disk of the records is full, or can't be written to."


async def test_not_ready_while_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_door_house(tmp_path) as house:

        def refuse(**_: Any) -> None:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

        monkeypatch.setattr(room.tempfile, "TemporaryFile", refuse)
        assert "can't be written to" in problem(await house.browser.get("/readyz"), 503)["detail"]


async def test_a_caller_who_goes_away_leaves_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As the server tells it: some of the body, and then that nobody is there any more."""
    async with a_door_house(tmp_path) as house:
        caplog.set_level(logging.INFO)

        @house.app.post("/api/slow")
        async def slow(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
            return len(await request.body())

        doors = (
            "/api/slow",
            "/api/plans",
            "/api/plans/tina/events",
            "/webhooks/twilio/inbound",
            "/login",
            "/codec/encode",
        )
        for door in doors:
            caplog.clear()
            await abort(house, door)
            lines = [record for record in caplog.records if record.name.startswith("followthrough")]
            assert [line.exc_info for line in lines] == [None], door


async def abort(house: DoorHouse, path: str) -> None:
    kind = (
        b"application/x-www-form-urlencoded" if path in ("/login", "/webhooks/twilio/inbound") else b"application/json"
    )
    token = house.browser.headers["Authorization"].encode()
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 4000),
        "headers": [
            (b"host", b"127.0.0.1:8000"),
            (b"content-type", kind),
            (b"content-length", b"1000"),
            (b"authorization", token),
        ],
    }
    told = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> dict[str, Any]:
        return told.pop(0) if told else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        assert message["type"].startswith("http.response")

    await house.app(scope, receive, send)  # pyright: ignore[reportArgumentType]
