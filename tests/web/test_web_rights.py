"""Each page says which right it needs, and each role is refused what isn't its own: checked over all routes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from domain.roles import ROLES, Right, Role, may
from tests.today import this_moment
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import House, a_house
from web.rights import needed_by

OPEN = re.compile(
    r"/(api|webhooks|codec|login|static|m|d|phone|feeds)(/|$)|/(healthz|readyz|openapi\.json|logout|language)$"
)
"""Doors that are no pages of the staff: bearer token, signatures, links that are secrets themselves, the way in."""
IDS = {"plan_id": "tina", "escalation_id": "e1", "staff_id": "nobody", "claim_id": "none", "ending": "txt"}


class Door(NamedTuple):
    method: str
    path: str
    rights: list[Right]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        return re.sub(r"{(\w+)[^}]*}", lambda found: IDS.get(found[1], "x"), self.path)


def doors(app: FastAPI) -> Iterator[Door]:
    """Every page route, with the rights that it declares."""
    for context in iter_route_contexts(app.routes):
        path, methods = context.path or getattr(context.original_route, "path", ""), context.methods
        if path and methods and not OPEN.match(path):
            for method in sorted(methods - {"HEAD"}):
                yield Door(method, path, _rights_of(context.dependant))


def _rights_of(dependant: Dependant | None) -> list[Right]:
    """What a router and its route ask for: a visitor needs all of them."""
    rights: list[Right | None] = [needed_by(needed.call) for needed in (dependant.dependencies if dependant else [])]
    return [right for right in rights if right is not None]


async def test_every_page_says_which_right_it_needs(tmp_path: Path):
    async with a_house(tmp_path) as house:
        found = list(doors(house.app))
        assert [str(door) for door in found if not door.rights] == []
        known = {str(door) for door in found}
        assert {"GET /", "GET /plans/{plan_id}", "POST /escalations/{escalation_id}", "GET /claims"} <= known
        assert {"GET /people", "POST /people/{staff_id}/role", "GET /audit", "POST /tasks/close"} <= known


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_is_refused_what_isnt_its_own_on_every_route(tmp_path: Path, role: Role):
    async with a_house(tmp_path) as house, a_browser(house, add(house, role)) as browser:
        csrf = await csrf_of(browser)
        for door in doors(house.app):
            form = {"csrf": csrf} if door.method != "GET" else None
            answer = await browser.request(door.method, door.address, data=form)
            if all(may(role, right) for right in door.rights):
                assert answer.status_code not in (401, 403, 500), str(door)
            else:
                assert answer.status_code == 403, str(door)
                assert "Your login is not allowed to do this. It is for: " in answer.text


async def test_nobody_without_a_login_gets_past_any_route(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for door in doors(house.app):
            answer = await house.browser.request(door.method, door.address, data={"csrf": "x"})
            assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), str(door)


async def test_a_form_without_its_token_is_refused_on_every_route(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house, "owner")) as browser:
        for door in doors(house.app):
            if door.method != "GET":
                answer = await browser.request(door.method, door.address, data=_filled(door))
                assert answer.status_code == 403, str(door)
                assert "This form is out of date." in answer.text, str(door)


def _filled(door: Door) -> dict[str, str]:
    """Fields that are needed before anything else is looked at."""
    return {"role": "owner"} if door.path.startswith("/people") else {"key": "x", "csrf": "wrong"}


async def test_following_every_link_changes_nothing(tmp_path: Path):
    """What mail scanners, prefetching browsers and the back button do."""
    async with a_house(tmp_path) as house, a_browser(house, add(house, "owner")) as browser:
        before = _everything_but_the_trail(house)
        for door in doors(house.app):
            if door.method == "GET":
                for _ in range(2):
                    await browser.get(door.address)
        assert _everything_but_the_trail(house) == before
        assert house.intake.decisions == []


def _everything_but_the_trail(house: House) -> list[object]:
    records = house.records
    return [
        records.plans(),
        records.escalations(open_only=False),
        records.desk_tasks(open_only=False),
        records.claims(),
        records.staff(),
        records.timeline("tina"),
    ]


async def test_a_change_of_role_takes_hold_at_once(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = add(house, "owner")
        async with a_browser(house, staff_id) as browser:
            assert (await browser.get("/people")).status_code == 200
            house.records.set_role(staff_id, "therapist", this_moment())
            assert (await browser.get("/people")).status_code == 303
        async with a_browser(house, staff_id) as browser:
            assert (await browser.get("/people")).status_code == 403


async def test_the_pages_offer_only_what_the_role_may_do(tmp_path: Path):
    async with a_house(tmp_path) as house:
        desk = add(house, "front_desk", email="desk@example.com")
        async with a_browser(house, desk) as browser:
            page = await text_of(browser, "/")
            assert 'href="/claims"' in page
            assert 'href="/people"' not in page
            assert "Your decision" not in await text_of(browser, "/escalations/e1")
        async with a_browser(house, add(house)) as browser:
            page = await text_of(browser, "/")
            assert 'href="/claims"' not in page
            assert "Your decision" in await text_of(browser, "/escalations/e1")
        await house.log_in()
        page = await text_of(house.browser, "/")
        assert all(f'href="{path}"' in page for path in ("/claims", "/people", "/audit", "/account"))


async def test_the_owner_lets_people_in_changes_their_role_and_lets_them_go(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        csrf = {"csrf": await csrf_of(house.browser, "/people")}
        form = csrf | {"name": "Dana Quill", "email": "dana@example.com", "role": "therapist"}
        assert (await house.browser.post("/people", data=form)).status_code == 303
        [member] = [member for member in house.records.staff() if member.name == "Dana Quill"]
        address = f"/people/{member.staff_id}"
        assert (await house.browser.post(f"{address}/role", data=csrf | {"role": "front_desk"})).status_code == 303
        changed = house.records.staff_member(member.staff_id)
        assert changed is not None
        assert changed.role == "front_desk"
        shown = (await house.browser.post(f"{address}/link", data=csrf)).text
        link = shown.partition('<code class="link">')[2].partition("</code>")[0]
        async with a_browser(house) as dana:
            assert (await dana.post("/login/link/" + link.rpartition("/")[2])).status_code == 303
            assert (await house.browser.post(f"{address}/disable", data=csrf)).status_code == 303
            assert (await dana.get("/")).status_code == 303
        assert "may not log in since" in await text_of(house.browser, "/people")
        assert (await house.browser.post(f"{address}/link", data=csrf)).status_code == 409
        assert (await house.browser.post(f"{address}/enable", data=csrf)).status_code == 303
        assert house.records.staff_by_email("dana@example.com") is not None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": "dana@example.com"}, "Somebody on this list has this address already."),
        ({"email": "no address"}, "Write an address such as alex@example.com."),
        ({"name": " "}, "Write their name."),
    ],
)
async def test_a_mistake_on_the_people_page_is_shown_and_adds_nobody(
    tmp_path: Path, changes: dict[str, str], says: str
):
    async with a_house(tmp_path) as house:
        add(house)
        await house.log_in()
        form = {"name": "Alex", "email": "alex@example.com", "role": "owner"} | changes
        answer = await house.browser.post("/people", data=form | {"csrf": await csrf_of(house.browser, "/people")})
        assert answer.status_code == 422
        assert says in answer.text
        assert len(house.records.staff()) == 2


async def test_nobody_takes_their_own_rights_away_or_those_of_the_token(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = add(house, "owner")
        async with a_browser(house, staff_id) as browser:
            house.records.house_owner(this_moment())
            form = {"csrf": await csrf_of(browser), "role": "therapist"}
            for person in (staff_id, "owner"):
                for what in ("role", "disable", "link"):
                    assert (await browser.post(f"/people/{person}/{what}", data=form)).status_code == 409
        assert {member.role for member in house.records.staff()} == {"owner"}
