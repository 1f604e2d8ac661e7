"""The list of clients' plans: a page at a time, by status, and found by the whole name, number or address."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from domain.state import Appointment
from records.database import Records
from records.keyring import KeyRing
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, a_house, a_plan, a_state, open_records


def enrol(records: Records, plan_id: str, name: str, at: datetime = NOON, **state: Any) -> None:
    """A plan of somebody with a number and an address of their own."""
    number = f"+120655501{sum(map(ord, plan_id)) % 100:02}"
    client = a_plan().client.model_copy(update={"name": name, "phone": number, "email": f"{plan_id}@example.com"})
    assert records.add_plan(a_state(plan_id, plan=a_plan(plan_id, client=client), asked=[], **state), at)


async def find(browser: httpx.AsyncClient, who: str, status: str = "") -> str:
    form = {"csrf": await csrf_of(browser), "who": who, "status": status}
    return unescape((await browser.post("/clients", data=form)).text)


async def test_each_plan_says_how_far_it_is_when_the_next_visit_is_and_whether_somebody_must_decide(tmp_path: Path):
    visit_at = datetime(2099, 3, 2, 18, tzinfo=UTC)
    visit = Appointment(appointment_id="v", starts_at=visit_at, booked_at=NOON, as_of=NOON)
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        enrol(house.records, "oona", "Oona Marsh", appointments={"v": visit})
        page = await text_of(browser, "/clients")
        assert '<a class="strong" href="/plans/tina">Tina Ferris</a> <span class="hint">Stress</span>' in page
        assert "1 to decide" in page
        assert "0 of 4 sessions · next visit Mon Mar 2, 2099, 10:00 AM" in page
        assert "0 of 4 sessions · no visit booked" in page  # Tina's is over


async def test_many_plans_are_shown_fifty_at_a_time_the_newest_first(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        for number in range(51):  # two of one moment keep their place
            enrol(house.records, f"p{number}", f"Client {number:02}", NOON + timedelta(minutes=number // 2))
        first = await text_of(browser, "/clients")
        assert first.count('<a class="strong"') == 50
        assert first.index("Client 50") < first.index("Client 49")
        older = first.partition('href="/clients?after=')[2].partition('"')[0]
        second = await text_of(browser, f"/clients?after={older}")
        assert second.count('<a class="strong"') == 1
        assert "Client 00" in second
        assert "Older" not in second
        assert 'href="/clients">Newest' in second


async def test_the_list_is_narrowed_to_one_status(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        enrol(house.records, "pete", "Pete Lind", paused=True)
        page = await text_of(browser, "/clients?status=paused")
        assert "Pete Lind" in page
        assert "Tina Ferris" not in page
        assert "No plan is on hold." in await text_of(browser, "/clients?status=held")
        assert "Tina Ferris" in await text_of(browser, "/clients?status=nonsense")


@pytest.mark.parametrize("who", ["oona  MARSH", "(206) 555-0129", "+1 206 555 0129", "Oona@example.com"])
async def test_a_client_is_found_by_full_name_number_or_address(tmp_path: Path, who: str):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        enrol(house.records, "oona", "Oona Marsh")
        page = await find(browser, who)
        assert "/plans/oona" in page
        assert "/plans/tina" not in page


async def test_a_part_of_a_name_finds_nobody_and_the_page_says_why(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await find(browser, "Tina")
        assert "Nobody goes by “Tina”" in page
        assert "kept encrypted, so a part of one finds nothing" in page


async def test_what_was_looked_for_is_in_no_address(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        form = {"csrf": await csrf_of(browser), "who": "Tina Ferris"}
        answer = await browser.post("/clients", data=form)
        assert answer.status_code == 200
        assert "Tina" not in str(answer.url)
        assert 'method="post" action="/clients"' in answer.text


async def test_an_empty_practice_is_led_to_its_first_plan(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/clients")
        assert "No plans yet." in page
        assert 'href="/plans/new"' in page


async def test_erased_clients_are_in_no_list(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        client_id = house.records.client_of_plan("tina")
        assert client_id
        house.records.destroy_client_key(client_id, NOON)
        assert "/plans/tina" not in await text_of(browser, "/clients")
        assert "/plans/tina" not in await find(browser, "Tina Ferris")


def test_the_lists_walk_an_index_and_sort_nothing(tmp_path: Path):
    """Asked of the database itself, so that fifty thousand plans cost what fifty do."""
    records = open_records(tmp_path, KeyRing.generate())
    enrol(records, "oona", "Oona Marsh")
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        records.plan_page(50, None, "oona")
        records.plan_page(50, "paused", "oona")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        records.close()
    lists = [(statement, values) for statement, values in asked if "ORDER BY" in statement]
    with closing(sqlite3.connect(tmp_path / "records.db")) as database:
        for (statement, values), index in zip(lists, ("ix_plans_enrolled_at", "ix_plans_status"), strict=True):
            steps = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", values))
            assert index in steps
            assert "TEMP B-TREE" not in steps
