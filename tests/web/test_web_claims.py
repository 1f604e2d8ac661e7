"""Pages of claims: the board, one claim and what is recorded there, the deadlines, the plan's coverage."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from domain.adjustments import Adjustment
from domain.claim_events import NudgeAnswered
from tests.web.claim_pages_builder import (
    a_claim,
    a_claims_house,
    a_denied_claim,
    a_filled_form,
    a_late_claim,
    after,
    day,
    text_of,
    was_denied,
    was_paid,
    was_sent,
)
from tests.web.web_builders import NOON
from web.claim_form_table import offered

PATHS = ["/claims", "/claims/c1", "/claims/c1/packet.pdf", "/claims/c1/prompt-pay.txt", "/deadlines"]


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_sees_claims_without_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim(), logged_in=False) as claims:
        answer = await claims.house.browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=/")
        assert "Tina" not in answer.text


async def test_nothing_is_recorded_without_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim(), logged_in=False) as claims:
        answer = await claims.house.browser.post("/claims/c1/events", data=a_filled_form("claim_submitted"))
        assert answer.headers["location"] == "/login"
        assert claims.intake.claim_events == []


@pytest.mark.parametrize("path", ["/claims/c1/events", "/plans/tina/coverage"])
async def test_a_form_from_elsewhere_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        typed = {"csrf": "guessed", **a_filled_form("claim_submitted")}
        assert (await claims.house.browser.post(path, data=typed)).status_code == 403
        assert claims.intake.claim_events == []
        assert claims.intake.events == []


async def test_a_claim_shows_what_to_do_and_until_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim(stated=12)) as claims:
        page = await text_of(claims, "/claims/c1")
        assert "Act by Wed Jan 7, 2026; the last day is Sat Jan 17, 2026." in page
        assert "The letter itself names Sat Jan 17, 2026 as the last day" in page
        assert "10 days before the last day: Wed Jan 7, 2026." in page
        assert "12 days left" in page
        assert "the client's right" in page
        assert "the practice's right" in page
        assert "Name the reference R-77" in page
        assert "$120.00: Not medically necessary (CO 50); borne by the practice, by contract" in page
        assert "The client may be billed $0.00" in page
        assert re.search(r"<p>Source: \S.+ \(as of \w+ \w+ \d+, 2026\)\.</p>", page)
        assert "It was sent on Sat Nov 8, 2025 (electronic)." in page


async def test_money_says_who_bears_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    less = (Adjustment("CO", "45", Decimal(20)), Adjustment("PR", "3", Decimal(30)))
    paid = after(a_claim(), was_sent(-28), was_paid("70.00", *less))
    async with a_claims_house(tmp_path, monkeypatch, paid) as claims:
        money = (await text_of(claims, "/claims/c1")).partition(">Money<")[2].partition("</dl>")[0]
        assert re.findall(r"<dd>(\$[\d.]+)", money) == ["$120.00", "$70.00", "$20.00", "$30.00", "$30.00"]
        assert "borne by the client" in money
        assert "borne by the practice, by contract" in money


async def test_a_refusal_alone_says_what_the_client_owes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    refused = after(a_claim(), was_sent(-28), was_denied(-2))
    async with a_claims_house(tmp_path, monkeypatch, refused) as claims:
        money = (await text_of(claims, "/claims/c1")).partition(">Money<")[2].partition("</dl>")[0]
        assert re.findall(r"<dd>(\$[\d.]+)", money) == ["$120.00", "$0.00", "$120.00", "$0.00"]


async def test_what_happened_is_recorded_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        typed = a_filled_form("claim_submitted", on="2026-01-02", by="portal", reference=" R-9 ")
        answer = await claims.post("/claims/c1/events", typed)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/claims/c1?recorded=claim_submitted"
        event = claims.only_event
        assert event.model_dump(include={"type", "on", "by", "reference", "occurred_at"}) == {
            "type": "claim_submitted",
            "on": date(2026, 1, 2),
            "by": "portal",
            "reference": "R-9",
            "occurred_at": NOON,
        }
        page = await text_of(claims, answer.headers["location"])
        assert "Recorded: it was sent to the payer." in page
        assert "It was sent on Fri Jan 2, 2026 (portal)." in page


async def test_a_doubled_click_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        typed = a_filled_form("contact_logged", channel="phone")
        answers = [await claims.post("/claims/c1/events", typed) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert claims.only_event.event_id == typed["event_id"]


async def test_every_form_that_is_shown_has_an_id_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        pages = await text_of(claims, "/claims/c1") + await text_of(claims, "/claims/c1")
        ids = re.findall(r'name="event_id" value="(page-[0-9a-f]{24})"', pages)
        assert len(ids) == len(set(ids)) > 40


async def test_a_mistake_shows_the_form_again_with_the_fix_beside_the_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with a_claims_house(tmp_path, monkeypatch, a_late_claim("c1", "N-1")) as claims:
        typed = a_filled_form("claim_paid", paid="ninety", reference="CHK 4")
        answer = await claims.post("/claims/c1/events", typed)
        page = unescape(answer.text)
        assert answer.status_code == 422
        assert "Nothing was recorded yet" in page
        form = page.partition('id="mistake"')[2].partition("</form>")[0]
        assert "Write an amount, such as 95.00." in form
        assert re.search(r'name="paid" value="ninety"[^>]*aria-invalid="true"', form)
        assert 'value="CHK 4"' in form
        assert page.count("CHK 4") == 1
        assert claims.intake.claim_events == []


async def test_what_the_claim_refuses_is_said_beside_its_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        typed = a_filled_form("claim_denied", letter="2025-01-05", reason="no")
        answer = await claims.post("/claims/c1/events", typed)
        assert answer.status_code == 422
        form = unescape(answer.text).partition('id="mistake"')[2].partition("</form>")[0]
        assert "This lies before the visit of 2025-11-06 that is billed; correct it." in form


async def test_what_the_claim_refuses_as_a_whole_is_said_over_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        typed = a_filled_form("appeal_filed", level="internal", whose="member")
        answer = await claims.post("/claims/c1/events", typed)
        assert answer.status_code == 422
        form = unescape(answer.text).partition('id="mistake"')[2].partition("</form>")[0]
        assert "No denial of this claim is known; report the denial first, then the appeal." in form


async def test_what_is_typed_while_the_engine_is_away_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        claims.intake.temporal_away = True
        assert (await claims.post("/claims/c1/events", a_filled_form("claim_submitted"))).status_code == 303


async def test_what_people_write_is_shown_as_text_and_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        wrote = "<script>alert(1)</script>"
        typed = a_filled_form("contact_logged", channel="phone", person=wrote, note=wrote)
        assert (await claims.post("/claims/c1/events", typed)).status_code == 303
        raw = (await claims.house.browser.get("/claims/c1")).text
        assert wrote not in raw
        assert "&lt;script&gt;alert(1)" in raw


@pytest.mark.parametrize(
    ("answer", "until"), [("done", None), ("snooze", day(7)), ("promised", day(9))], ids=["done", "snooze", "promised"]
)
async def test_a_nudge_is_answered_by_a_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, until: date | None
):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        page = await text_of(claims, "/claims/c1")
        [key] = re.findall(r'name="nudge" value="([^"]+)"', page)
        assert f'<button name="answer" value="{answer}">' in page or f'name="answer" value="{answer}">' in page
        typed = a_filled_form("nudge_answered", nudge=key, answer=answer, by="Robin", until=str(until or ""))
        assert (await claims.post("/claims/c1/events", typed)).status_code == 303
        event = claims.only_event
        assert isinstance(event, NudgeAnswered)
        assert (event.nudge, event.answer, event.until, event.by) == ("denial:1", answer, until, "Robin")
        assert 'name="nudge"' not in await text_of(claims, "/claims/c1")


async def test_a_nudge_that_is_to_come_again_needs_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        typed = a_filled_form("nudge_answered", nudge="denial:1", answer="snooze", by="Robin")
        answer = await claims.post("/claims/c1/events", typed)
        assert answer.status_code == 422
        assert "Write a day, such as 2026-11-24." in answer.text


async def test_a_deadline_is_let_go_with_a_reason_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        typed = a_filled_form("deadline_let_go", deadline="dispute:1", by="Robin")
        refused = await claims.post("/claims/c1/events", typed)
        assert refused.status_code == 422
        assert refused.text.count("Write 3 to 500 characters.") == 1  # at this deadline, not at the other one
        taken = await claims.post("/claims/c1/events", typed | {"because": "the contract has no dispute"})
        assert taken.status_code == 303
        page = await text_of(claims, "/claims/c1")
        assert "let go: the contract has no dispute" in page
        assert 'name="deadline" value="dispute:1"' not in page.partition(">Record what happened<")[0]


async def test_the_letter_to_a_late_payer_is_offered_with_its_nudge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_late_claim("c1", "N-1")) as claims:
        assert 'href="/claims/c1/prompt-pay.pdf"' in await text_of(claims, "/claims/c1")
        pdf = await claims.house.browser.get("/claims/c1/prompt-pay.pdf")
        assert pdf.content.startswith(b"%PDF-")
        assert pdf.headers["content-disposition"] == 'attachment; filename="prompt-pay-c1.pdf"'


async def test_the_packet_of_an_appeal_is_downloaded_as_pdf_or_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        page = await text_of(claims, "/claims/c1")
        assert 'href="/claims/c1/packet.pdf?denial=1"' in page
        pdf = await claims.house.browser.get("/claims/c1/packet.pdf?denial=1")
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.headers["content-disposition"] == 'attachment; filename="appeal-c1-1.pdf"'
        assert pdf.content.startswith(b"%PDF-")
        text = await claims.house.browser.get("/claims/c1/packet.txt")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert "A-1001" in text.text
        assert (await claims.house.browser.get("/claims/c1/packet.pdf?denial=2")).status_code == 404


async def test_a_missing_paper_is_marked_as_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        missing = re.findall(r'name="paper" value="([^"]+)"', await text_of(claims, "/claims/c1"))
        typed = a_filled_form("paper_added", paper=missing[0], where="blue folder")
        assert (await claims.post("/claims/c1/events", typed)).status_code == 303
        page = await text_of(claims, "/claims/c1")
        assert "blue folder" in page.partition(">Record what happened<")[0]
        assert re.findall(r'name="paper" value="([^"]+)"', page) == missing[1:]


@pytest.mark.parametrize("path", ["/claims/none", "/claims/none/packet.pdf", "/claims/none/prompt-pay.txt"])
async def test_an_unknown_claim_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str):
    async with a_claims_house(tmp_path, monkeypatch) as claims:
        answer = await claims.house.browser.get(path)
        assert answer.status_code == 404
        assert "There is no claim at this address." in answer.text


async def test_nothing_is_recorded_on_an_unknown_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch) as claims:
        assert (await claims.post("/claims/none/events", a_filled_form("claim_submitted"))).status_code == 404


async def test_reading_pages_of_claims_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        before = claims.house.records.claim("c1")
        for path in (*PATHS, "/claims/c1/events", "/claims/c1?recorded=claim_closed", "/plans/tina"):
            await claims.house.browser.get(path)
        assert claims.house.records.claim("c1") == before
        assert claims.intake.claim_events == []


def test_the_likeliest_form_comes_first_and_none_is_missing():
    likely, others = offered("unsent")
    assert likely[0].type == "claim_submitted"
    assert offered("denied")[0][0].type == "appeal_filed"
    assert offered("appealed")[0][0].type == "appeal_decided"
    assert len({kind.type for kind in likely + others}) == 17
