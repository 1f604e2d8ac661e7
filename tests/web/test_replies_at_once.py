"""Texts that arrive at the same moment, and what one of them costs the database."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, event

from records.keyring import KeyRing
from tests.domain.plan_builder import a_state
from tests.domain.reply_builder import a_state_of, asked
from tests.web.reply_house import Desk, enrol
from tests.web.web_builders import open_records


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    keys = KeyRing.generate()
    open_records(tmp_path, keys).close()
    opened = Desk(tmp_path / "records.db", keys)
    yield opened
    opened.records.close()


def a_couple(desk: Desk) -> None:
    """Anna and Ben share a phone, and both were asked to confirm a visit."""
    for plan_id, name in (("anna", "Anna Example"), ("ben", "Ben Example")):
        enrol(desk.records, asked(a_state_of(plan_id, name), "confirm_appointment", visit=f"v-{plan_id}"))


def at_once(desk: Desk, *texts: tuple[str, str]) -> None:
    """As many processes take one text each, at the same moment."""
    start = Barrier(len(texts))

    def take(provider_id: str, text: str) -> None:
        start.wait()
        asyncio.run(desk.hears(provider_id, text))

    with ThreadPoolExecutor(len(texts)) as threads:
        for done in [threads.submit(take, *text) for text in texts]:
            done.result()


def test_the_same_text_taken_by_several_processes_at_once_counts_once(desk: Desk) -> None:
    a_couple(desk)
    at_once(desk, *[("SM1", "stop texting me")] * 6)
    assert sorted(desk.waiting_events()) == [("anna", "stop texting me"), ("ben", "stop texting me")]


def test_of_several_unclear_texts_at_once_one_is_asked_about_and_a_person_reads_the_rest(desk: Desk) -> None:
    a_couple(desk)
    at_once(desk, *[(f"SM{nth}", "C") for nth in range(4)])
    assert desk.waiting_events() == [("anna", "reply_unclear")]
    # The second one counts as an answer to the question, and what comes then can't be placed any more.
    assert len(desk.tasks()) == 3


async def test_a_text_costs_two_transactions_of_the_database(desk: Desk) -> None:
    enrol(desk.records, a_state())
    await desk.hears("SM0", "C")
    opened: list[str] = []

    def begun(connection: Connection) -> None:
        opened.append("begun")

    event.listen(desk.records._engine, "begin", begun)  # pyright: ignore[reportPrivateUsage]
    await desk.hears("SM1", "stop texting me")
    assert opened == ["begun"] * 2  # one that reads, one that writes
