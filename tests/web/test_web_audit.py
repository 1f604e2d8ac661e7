"""The audit trail as pages and the API fill it: every view and every change, by opaque ids only."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import Request
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from records.audit import AuditRow, Entry
from records.sql import engine_of
from records.tables import audit
from tests.today import this_moment
from tests.web.staff_builder import PASSWORD, a_browser, add, csrf_of, text_of, turn_the_clock
from tests.web.web_builders import BEARER, NOON, House, a_house, a_plan_body
from web.audit import note

PRIVATE = ["Tina", "Ferris", "5550101", "555-0101", "example.com", "Dana", "Quill", "Alex", "Romero", "Zanzibar"]


def trail(house: House) -> list[tuple[str, str, str]]:
    """Who, what and about what, the oldest first."""
    return [(row.staff_id, row.what, row.subject) for row in reversed(house.records.audit(500))]


async def words_of(house: House, path: str) -> str:
    """What a reader sees of the page."""
    return re.sub(r"<[^>]+>", "", await text_of(house.browser, path))


async def test_every_view_and_every_change_has_a_row_under_the_persons_name(tmp_path: Path):
    async with a_house(tmp_path) as house:
        dana = add(house)
        async with a_browser(house, dana) as browser:
            await browser.get("/")
            await browser.get("/plans/tina")
            csrf = await csrf_of(browser, "/escalations/e1")
            form = {"choice": "continue", "by": "Dana Quill", "reason": "Zanzibar", "csrf": csrf}
            assert (await browser.post("/escalations/e1", data=form)).status_code == 303
            await browser.post("/logout", data={"csrf": csrf})
        assert trail(house) == [
            (dana, "logged in", "link"),
            (dana, "saw inbox", ""),
            (dana, "saw plan", "tina"),
            (dana, "saw escalation", "e1"),
            (dana, "decided", "e1"),
            (dana, "logged out", ""),
        ]
        assert house.records.audit_ok() is None


async def test_what_was_refused_has_a_row_and_what_isnt_there_has_none(tmp_path: Path):
    async with a_house(tmp_path) as house:
        dana = add(house)
        async with a_browser(house, dana) as browser:
            await browser.get("/plans/Tina Ferris")
            await browser.get("/people")
            await browser.post("/escalations/e1", data={"choice": "continue", "by": "Dana"})
        await house.browser.get("/plans/tina")
        assert trail(house) == [
            (dana, "logged in", "link"),
            (dana, "was refused: saw people", ""),
            (dana, "was refused: decided", "e1"),
        ]
        await house.log_in()
        assert "was refused: saw people" in await text_of(house.browser, "/audit")
        house.browser.headers["Accept-Language"] = "es"
        assert "no pudo: vio" in await text_of(house.browser, "/audit")


async def test_failed_logins_and_lockouts_are_in_the_trail_without_what_was_typed(tmp_path: Path):
    async with a_house(tmp_path) as house:
        dana = add(house)
        form = {"email": "dana@example.com", "password": "a guess of hers"}
        for _ in range(8):
            await house.browser.post("/login", data=form)
        await house.browser.post("/login", data={"email": "nobody@example.com", "password": "x"})
        await house.browser.post("/login", data={"token": "wrong"})
        rows = trail(house)
        assert rows == [
            *[("stranger", "failed to log in", dana)] * 5,
            ("stranger", "was locked out", dana),
            *[("stranger", "failed to log in", "")] * 2,
        ]
        await house.log_in()
        assert "A stranger failed to log in" in await words_of(house, "/audit")


async def test_wrong_tokens_of_programs_are_in_the_trail_once_in_a_quarter_of_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with a_house(tmp_path) as house:
        wrong = {"Authorization": "Bearer wrong"}
        for minutes in (0, 1, 16):
            turn_the_clock(monkeypatch, timedelta(minutes=minutes))
            await house.browser.get("/api/plans/tina", headers=wrong)
        async with a_browser(house, client="203.0.113.9") as elsewhere:
            await elsewhere.get("/api/plans/tina", headers=wrong)
        assert trail(house) == [("stranger", "sent a wrong API token", "")] * 3


async def test_an_owner_who_comes_in_by_anothers_link_stays_named(tmp_path: Path):
    async with a_house(tmp_path) as house:
        dana = add(house)
        await house.log_in()
        form = {"csrf": await csrf_of(house.browser, "/people")}
        shown = (await house.browser.post(f"/people/{dana}/link", data=form)).text
        link = f"/login/link/{shown.partition('/login/link/')[2][:43]}"
        async with a_browser(house) as browser:
            assert (await browser.post(link)).status_code == 303
            await browser.get("/plans/tina")
            await browser.get("/people")
        async with a_browser(house, dana) as browser:
            await browser.get("/plans/tina")
        named = [(row.staff_id, row.what, row.let_in_by) for row in reversed(house.records.audit(500))]
        assert named[-5:] == [
            (dana, "logged in", "owner"),
            (dana, "saw plan", "owner"),
            (dana, "was refused: saw people", "owner"),
            (dana, "logged in", ""),
            (dana, "saw plan", ""),
        ]
        assert house.records.audit_ok() is None
        assert "Dana Quill saw plan (let in by a link that Owner made)" in await words_of(house, "/audit")


async def test_health_checks_static_files_the_phone_and_the_login_page_have_no_row(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for path in ("/healthz", "/readyz", "/static/style.css", "/login"):
            assert (await house.browser.get(path)).status_code == 200
        assert trail(house) == []
        await house.log_in()
        for path in ("/phone", "/phone/fragment"):
            assert (await house.browser.get(path)).status_code == 200
        assert trail(house) == [("owner", "logged in", "token")]


async def test_enrolments_and_decisions_by_the_api_have_a_row(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = a_plan_body()
        enrolled = await house.browser.post("/api/plans", json=body, headers=BEARER)
        assert enrolled.status_code == 201
        decision = {"choice": "continue", "by": "Dana Quill", "reason": "Zanzibar"}
        answer = await house.browser.post("/api/escalations/e1/decision", json=decision, headers=BEARER)
        assert answer.status_code == 200
        assert (
            await house.browser.post("/api/escalations/e1/decision", json=decision, headers=BEARER)
        ).status_code == 409
        assert trail(house) == [("api", "enrolled", enrolled.json()["plan_id"]), ("api", "decided", "e1")]


async def test_what_a_program_reads_or_tells_by_the_api_has_a_row(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for path in ("/api/plans/tina", "/api/escalations", "/api/plans/nobody"):
            await house.browser.get(path, headers=BEARER)
        event = {
            "type": "appointment_booked",
            "event_id": "booking-1",
            "occurred_at": NOON.isoformat(),
            "appointment_id": "v1",
            "starts_at": "2026-01-09T10:00:00-08:00",
        }
        answer = await house.browser.post("/api/plans/tina/events", json=event, headers=BEARER)
        assert answer.is_success, answer.text
        assert (await house.browser.get("/api/plans/tina")).status_code == 401
        assert trail(house) == [
            ("api", "saw plan", "tina"),
            ("api", "saw escalations", ""),
            ("api", "recorded event", "tina"),
        ]


async def test_what_happens_to_people_has_a_row_about_them(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        csrf = {"csrf": await csrf_of(house.browser, "/people")}
        form = csrf | {"name": "Dana Quill", "email": "dana@example.com", "role": "therapist"}
        await house.browser.post("/people", data=form)
        [dana] = [member.staff_id for member in house.records.staff() if member.name == "Dana Quill"]
        await house.browser.post(f"/people/{dana}/role", data=csrf | {"role": "front_desk"})
        await house.browser.post(f"/people/{dana}/link", data=csrf)
        await house.browser.post(f"/people/{dana}/disable", data=csrf)
        assert [row for row in trail(house) if not row[1].startswith("saw")] == [
            ("owner", "logged in", "token"),
            ("owner", "added person", dana),
            ("owner", "changed role", dana),
            ("owner", "made login link", dana),
            ("owner", "disabled person", dana),
        ]


async def test_no_name_address_or_text_is_found_in_the_trail(tmp_path: Path):
    async with a_house(tmp_path) as house:
        dana = add(house)
        async with a_browser(house, dana) as browser:
            csrf = await csrf_of(browser)
            for path in (
                "/",
                "/plans/tina",
                "/escalations",
                "/escalations/e1",
                "/account?x=Tina",
                "/?number=1&q=Ferris",
            ):
                await browser.get(path)
            for path in ("/plans/Tina Ferris", "/plans/tina@example.com", "/escalations/Alex"):
                await browser.get(path)
            await browser.post("/account/password", data={"password": f"Zanzibar {PASSWORD}", "csrf": csrf})
            form = {"choice": "continue", "by": "Alex Romero", "reason": "Zanzibar", "csrf": csrf}
            await browser.post("/escalations/e1", data=form)
            await browser.post("/tasks/close", data={"key": "Tina:reply", "back": "tina", "csrf": csrf})
        await house.browser.post("/login", data={"email": "dana@example.com", "password": "Zanzibar"})
        engine = engine_of(f"sqlite:///{tmp_path}/records.db")
        with engine.connect() as connection:
            rows = [str(list(row)) for row in connection.execute(select(audit))]
        engine.dispose()
        assert len(rows) > 8
        assert [word for word in PRIVATE for row in rows if word in row] == []


@pytest.mark.parametrize(
    ("parameters", "subject"),
    [
        ({"plan_id": "tina-1"}, "tina-1"),
        ({"plan_id": "Tina Ferris"}, ""),
        ({"plan_id": "tina@example.com"}, ""),
        ({"token": "secret-of-a-link", "plan_id": "tina-1"}, "tina-1"),
    ],
)
async def test_only_what_looks_like_an_id_of_ours_is_written_down(parameters: dict[str, str], subject: str):
    request = Request({"type": "http", "method": "GET", "headers": [], "path_params": parameters})
    note(request, "dana")
    assert request.state.audit_note.subject == subject


async def test_the_owner_reads_who_saw_which_plan(tmp_path: Path):
    async with a_house(tmp_path) as house:
        async with a_browser(house, add(house)) as browser:
            await browser.get("/plans/tina")
            await browser.get("/escalations/e1")
        await house.log_in()
        page = await text_of(house.browser, "/audit")
        assert "Dana Quill" in page
        assert "Dana Quill</strong> saw escalation" in page
        assert page.count('<a href="/plans/tina">Tina Ferris</a>') == 2
        assert "The trail is as it was written" in page


async def test_the_trail_is_read_page_by_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.add_audit([Entry(NOON, "api", "enrolled", f"p{number}") for number in range(1, 121)])
        await house.log_in()
        first = await text_of(house.browser, "/audit")
        assert "p120" in first
        assert 'href="/audit?before=72"' in first  # one row of the login, then 49 of ours
        second = await text_of(house.browser, "/audit?before=72")
        assert "Row 71<" in second
        assert "Row 72<" not in second
        assert 'href="/audit?before=22"' in second
        assert "Older" not in await text_of(house.browser, "/audit?before=22")


async def test_a_row_that_was_tampered_with_is_told_to_the_owner(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.add_audit([Entry(NOON, "api", "enrolled", f"p{number}") for number in range(1, 6)])
        engine = engine_of(f"sqlite:///{tmp_path}/records.db")
        with engine.begin() as connection:
            connection.execute(update(audit).where(audit.c.number == 3).values(subject="p9"))
        engine.dispose()
        await house.log_in()
        for path in ("/audit", "/audit?whole=true"):
            assert "The trail was changed: row 3 is not as it was written" in await text_of(house.browser, path)


async def test_nobody_sees_a_page_that_the_trail_doesnt_know_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def away(entries: list[Entry]) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    async with a_house(tmp_path) as house:
        await house.log_in()
        monkeypatch.setattr(house.records, "add_audit", away)
        answer = await house.browser.get("/plans/tina")
        assert answer.status_code == 503
        assert "Tina" not in answer.text


async def test_the_trail_itself_is_changed_by_nothing_but_new_rows(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        before: list[AuditRow] = house.records.audit()
        await house.browser.get("/audit")
        assert house.records.audit()[1:] == before
        assert house.records.audit()[0].at <= this_moment()


async def test_several_browsers_at_once_make_one_chain(tmp_path: Path):
    async with a_house(tmp_path) as house:
        async with a_browser(house, add(house)) as browser:
            answers: list[httpx.Response] = await asyncio.gather(*(browser.get("/") for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        assert len(trail(house)) == 21
        assert house.records.audit_ok() is None
