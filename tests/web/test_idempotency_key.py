"""A program that sends a new plan twice under one key, because an answer got lost, makes one plan."""

import asyncio
from pathlib import Path

import pytest

from tests.web.door_house import DoorHouse, a_door_house
from tests.web.web_builders import TINA_PHONE, a_plan_body, problem

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
FIELD = "Idempotency-Key"


def dies(*_: object) -> None:
    raise ZeroDivisionError


def plans(house: DoorHouse) -> int:
    return len(house.records.plans()) - 1


async def test_the_same_key_and_body_make_one_plan_and_get_one_answer(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        house.temporal.away = True
        first = await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})
        assert (first.status_code, first.json()["outcome"]) == (202, "stored")
        house.temporal.away = False
        body = dict(reversed(a_plan_body().items()))
        for key in (KEY, f'"{KEY}"'):
            again = await house.post("/api/plans", body, **{FIELD: key})
            assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert plans(house) == 1


async def test_the_answer_stays_the_first_one_whatever_has_changed_since(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        first = await house.post("/api/plans", a_plan_body(plan_id="tom"), **{FIELD: KEY})
        house.records.suppress("sms", TINA_PHONE, await house.intake._clock(), "STOP", "a text")  # pyright: ignore[reportPrivateUsage]
        again = await house.post("/api/plans", a_plan_body(plan_id="tom"), **{FIELD: KEY})
        assert (again.status_code, again.json()) == (201, first.json())
        problem(await house.post("/api/plans", a_plan_body(plan_id="tom")), 409)


async def test_the_same_key_with_another_body_is_refused(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})
        told = problem(await house.post("/api/plans", a_plan_body(title="Another"), **{FIELD: KEY}), 422)
        assert [error["field"] for error in told["errors"]] == [FIELD]
        assert plans(house) == 1


async def test_without_a_key_or_with_another_each_request_is_a_plan(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        for headers in ({}, {}, {FIELD: KEY}, {FIELD: "another"}):
            assert (await house.post("/api/plans", a_plan_body(), **headers)).status_code == 201
        assert plans(house) == 4


async def test_two_at_once_make_one_plan(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        both = await asyncio.gather(*(house.post("/api/plans", a_plan_body(), **{FIELD: KEY}) for _ in range(2)))
        assert {answer.status_code for answer in both} == {201}
        assert len({answer.json()["plan_id"] for answer in both}) == 1
        assert plans(house) == 1


async def test_who_died_before_the_answer_is_helped_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_door_house(tmp_path) as house:
        with monkeypatch.context() as dying:
            dying.setattr(house.records, "keep_answer", dies)
            assert (await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})).status_code == 500
        again = await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})
        assert (again.status_code, again.json()["outcome"]) == (201, "recorded")
        assert plans(house) == 1


async def test_a_plan_that_was_refused_leaves_its_key_free(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        problem(await house.post("/api/plans", a_plan_body(goals=[]), **{FIELD: KEY}), 422)
        problem(await house.post("/api/plans", a_plan_body(plan_id="tina"), **{FIELD: KEY}), 409)
        assert (await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})).status_code == 201


async def test_of_an_erased_client_the_key_tells_nothing(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        answer = await house.post("/api/plans", a_plan_body(), **{FIELD: KEY})
        plan_id = answer.json()["plan_id"]
        client = house.records.client_of_plan(plan_id)
        assert client is not None
        house.records.destroy_client_key(client, await house.intake._clock())  # pyright: ignore[reportPrivateUsage]
        told = problem(await house.post("/api/plans", a_plan_body(), **{FIELD: KEY}), 409)
        assert "erased" in told["detail"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ä", "a b"])
async def test_a_key_that_is_none_is_refused_by_its_name(tmp_path: Path, key: str) -> None:
    async with a_door_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json=a_plan_body(), headers=[(FIELD.encode(), key.encode())])
        assert [error["field"] for error in problem(answer, 422)["errors"]] == [FIELD]
        assert plans(house) == 0
