"""The calendar of deadlines: who may fetch it, what it says, and what it never says."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from icalendar import Calendar

from domain.claim import ClaimState
from domain.payer import RuleAbout
from tests.web.claim_pages_builder import (
    PAYER,
    ClaimsHouse,
    a_claim,
    a_claims_house,
    a_denied_claim,
    after,
    was_denied,
    was_paid,
    was_sent,
)
from tests.web.web_builders import TINA_PHONE
from web.deadline_feed import EVENT_NAMES, feed


async def link_of(claims: ClaimsHouse) -> str:
    """The link that the page shows, without the server's address."""
    page = (await claims.house.browser.get("/deadlines")).text
    return "/feeds/" + page.partition("/feeds/")[2].partition("<")[0]


def events_of(*states: ClaimState) -> dict[str, Any]:
    """The calendar's events by their titles."""
    calendar = Calendar.from_ical(feed("Harbor Massage", states))
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


async def test_whoever_has_the_link_reads_the_calendar_without_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim(stated=12)) as claims:
        link = await link_of(claims)
        claims.house.browser.cookies.clear()
        answer = await claims.house.browser.get(link)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:Appeal deadline (claim A-1001)" in answer.text
        assert "DTSTART;VALUE=DATE:20260117" in answer.text


@pytest.mark.parametrize("token", ["0" * 48, "x", "%C3%A9", "0"])
async def test_any_other_link_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim(), logged_in=False) as claims:
        answer = await claims.house.browser.get(f"/feeds/deadlines/{token}.ics")
        assert answer.status_code == 404
        assert "A-1001" not in answer.text


async def test_the_link_stops_working_with_a_new_api_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        link, wiring = await link_of(claims), claims.house.app.state.wiring
        assert wiring.api_token not in link
        claims.house.app.state.wiring = type(wiring)(**{**vars(wiring), "api_token": "another-token-of-the-tests"})
        assert (await claims.house.browser.get(link)).status_code == 404


def test_a_calendar_names_no_client_no_payer_and_nothing_about_health():
    text = feed("Harbor Massage", [a_denied_claim(), a_claim("c2", "A-2")]).lower()
    unfolded = text.replace("\r\n ", "")
    private = ["tina", "ferris", TINA_PHONE, "alex", PAYER.lower(), "97124", "necess", "denied", "120.00"]
    assert [word for word in private if word in unfolded] == []


def test_the_last_day_and_the_day_to_act_by_are_whole_days_of_their_own():
    events = events_of(a_denied_claim(stated=12))
    days = {title: (event["DTSTART"].dt, event["DTEND"].dt) for title, event in events.items()}
    assert days["Appeal deadline (claim A-1001)"] == (date(2026, 1, 17), date(2026, 1, 18))
    assert days["Act by today: appeal (claim A-1001)"] == (date(2026, 1, 7), date(2026, 1, 8))
    assert days["Dispute deadline (claim A-1001)"] == (date(2026, 2, 24), date(2026, 2, 25))


@pytest.mark.parametrize("letter", [-20, -5], ids=["earlier", "later"])
def test_a_moved_deadline_keeps_its_id_and_raises_its_sequence(letter: int):
    before = after(a_claim(service=-60), was_sent(-58), was_denied(-10))
    moved = after(before, was_denied(letter).model_copy(update={"event_id": "denied again"}))
    first, second = (events_of(state)["Appeal deadline (claim A-1001)"] for state in (before, moved))
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_every_event_has_an_id_of_its_own():
    events = events_of(a_denied_claim("c1", "A-1"), a_denied_claim("c2", "A-2"))
    assert len({str(event["UID"]) for event in events.values()}) == len(events) == 8


def test_the_same_claims_give_the_same_calendar():
    assert feed("Harbor Massage", [a_denied_claim()]) == feed("Harbor Massage", [a_denied_claim()])


def test_what_has_ended_is_not_in_the_calendar():
    assert events_of(after(a_claim(), was_sent(-28), was_paid())) == {}


def test_every_kind_of_deadline_has_a_name_for_the_calendar():
    assert set(EVENT_NAMES) == set(get_args(RuleAbout))
