"""The claims board and the list of deadlines: what is most urgent comes first."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.claim_pages_builder import (
    TODAY,
    a_claim,
    a_claims_house,
    a_denied_claim,
    a_late_claim,
    a_settled_claim,
    a_waiting_claim,
    text_of,
)
from web.claim_views import days_left


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (12, "12 days left"),
        (1, "1 day left"),
        (0, "last day today"),
        (-1, "1 day over"),
        (-3, "3 days over"),
    ],
)
def test_the_time_left_is_said_in_words(last: int, words: str):
    assert days_left(TODAY + timedelta(days=last), TODAY) == words


async def test_the_board_begins_with_what_is_most_urgent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    states = [
        a_waiting_claim("waits", "N-4"),
        a_settled_claim("paid", "N-5"),
        a_denied_claim("soon", "N-2", stated=12),
        a_late_claim("late", "N-3"),
        a_denied_claim("over", "N-1", stated=-3),
    ]
    async with a_claims_house(tmp_path, monkeypatch, *states) as claims:
        page = await text_of(claims, "/claims")
        shown = re.findall(r"<h2[^>]*>([^<]+)</h2>|claim (N-\d)", page)
        assert [title or number for title, number in shown] == [
            "Deadlines running",
            "N-1",
            "N-2",
            "Something to do",
            "N-3",
            "Waiting for the payer",
            "N-4",
            "Done",
            "N-5",
        ]
        assert page.index("3 days over") < page.index("12 days left")
        assert "Send the prompt-pay letter" in page
        assert "$120.00" in page


async def test_the_board_is_shown_fifty_claims_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    still_open = [a_claim(f"c{number}", f"OPEN-{number:02}", service=number - 60) for number in range(49)]
    over = [a_settled_claim(f"d{number}", f"DONE-{number}") for number in range(3)]
    async with a_claims_house(tmp_path, monkeypatch, *over, *still_open) as claims:
        first, second = await text_of(claims, "/claims"), await text_of(claims, "/claims?number=2")
        assert re.findall(r"OPEN-\d\d|DONE-\d", first) == [f"OPEN-{number:02}" for number in range(49)] + ["DONE-0"]
        assert re.findall(r"OPEN-\d\d|DONE-\d", second) == ["DONE-1", "DONE-2"]
        assert 'href="/claims?number=2"' in first
        assert 'href="/claims?number=3"' not in second


async def test_a_practice_without_claims_is_told_where_they_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch) as claims:
        assert "A plan whose coverage says follow_claims opens one for each visit." in await text_of(claims, "/claims")


async def test_the_deadlines_of_all_claims_are_listed_overdue_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    states = [a_denied_claim("soon", "N-2", stated=12), a_denied_claim("over", "N-1", stated=-3)]
    async with a_claims_house(tmp_path, monkeypatch, *states, a_settled_claim("paid", "N-5")) as claims:
        page = await text_of(claims, "/deadlines")
        assert re.findall(r"Last day <strong>([^<]+)</strong>", page) == [
            "Fri Jan 2, 2026",
            "Sat Jan 17, 2026",
            "Tue Feb 24, 2026",
            "Tue Feb 24, 2026",
        ]
        assert page.count('<li class="urgent">') == 1
        assert 'href="/claims/over#deadlines">Internal appeal</a>' in page
        assert "N-5" not in page
