"""A practice with something on each of its pages, and the address of each page: for tests that look at all of them."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from domain.actions import AddDeskTask
from domain.escalation import Escalation
from domain.progress_chart import chart_of
from domain.state import Appointment, JournalLine, OpenQuestion, PlanState, ProgressNote, Session, Value
from records.audit import Entry
from tests.saving import save_view
from tests.today import this_moment
from tests.web import web_builders
from tests.web.claim_pages_builder import (
    a_claims_house,
    a_denied_claim,
    a_late_claim,
    a_settled_claim,
    a_waiting_claim,
)
from tests.web.staff_builder import add
from tests.web.web_builders import NOON, House, a_message, a_practice, a_state, an_escalation, sent
from web.login import new_link
from web.plays import Play
from web.story_told import StoryEnd, StoryLine, Told

MACHINES = re.compile(r"/(api|webhooks|codec|static|feeds)(/|$)|/(healthz|readyz|openapi\.json)$")
"""Doors for programs: no pages."""
STREAMS = re.compile(r"/(news|live|watch|changes|fragment)$")
"""Server-sent events, which never end, and pieces of pages."""


@dataclass
class FullHouse:
    """The house and what its addresses are filled with."""

    house: House
    ids: dict[str, str]

    def address(self, path: str) -> str:
        """The path of a route with its parameters filled in. An unknown parameter fails the test: name one here."""

        def filled(found: re.Match[str]) -> str:
            name = found[1]
            if name == "token":
                name = f"token of /{path.split('/')[1]}"
            assert name in self.ids, f"{path}: tests/web/every_page.py has nothing for {name}"
            return self.ids[name]

        return re.sub(r"{(\w+)[^}]*}", filled, path)

    def pages(self) -> list[str]:
        """The address of every page that can be opened, each once."""
        return sorted({self.address(path) for path in page_routes(self.house.app)})


def page_routes(app: FastAPI) -> list[str]:
    """The paths of all routes that answer a GET with a page, or with papers."""
    found: list[str] = []
    for context in iter_route_contexts(app.routes):
        path = context.path or getattr(context.original_route, "path", "")
        if path and "GET" in (context.methods or ()) and not MACHINES.match(path) and not STREAMS.search(path):
            found.append(path)
    return found


A_TASK = 'A reply that needs a person to answer. The client wrote: "Vengo el viernes?"'


@asynccontextmanager
async def a_full_house(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[FullHouse]:
    """Tina stands still at session six, with replies, a task, claims in every state; staff, a trail, a story told."""
    claims = (
        a_denied_claim("c1", "A-1001"),
        a_waiting_claim("c2", "A-1002"),
        a_late_claim("c3", "A-1003"),
        a_settled_claim("c4", "A-1004"),
    )
    practice = a_practice(demo=True)
    monkeypatch.setattr(web_builders, "an_escalation", _a_real_question)
    async with a_claims_house(folder, monkeypatch, *claims, logged_in=False, practice=practice) as with_claims:
        house = with_claims.house
        records = house.records
        save_view(records, _halted(), NOON + timedelta(days=1))
        records.add_escalation(_a_real_question("e2"), NOON)
        message_id = sent(
            records, a_message("Harbor Massage: see you Wed Jan 7, 12:00 PM. Reply C to confirm, R to reschedule.")
        )
        sent(records, a_message("You have a message from Harbor Massage.", key="m3", channel="email"))
        sent(records, a_message("Tina stands still. Please decide.", key="m4", to="therapist"))
        records.add_inbound("in-1", "sms", "+12065550101", "It still hurts after work", NOON, "tina")
        records.add_desk_task(AddDeskTask(key="t1", plan_id="tina", kind="reply", text=A_TASK, at=NOON))
        records.add_small_raw_mail("ma11", "text/plain", b"From: somebody\r\n\r\nhello")
        dana = add(house)
        records.disable_staff(add(house, "front_desk", "Robin Gone", "robin@example.com"), NOON)
        records.add_audit([Entry(NOON + timedelta(hours=n), "api", "enrolled", "tina") for n in range(9)])
        play = _told_story(house)
        ids = {
            "plan_id": "tina",
            "escalation_id": "e1",
            "claim_id": "c1",
            "mail_id": "ma11",
            "staff_id": dana,
            "ending": "txt",
            "name": "sarah",
            "play_id": play.play_id,
            "place": "1",
            "number": "0",
            "goal_id": "pain",
            "token of /m": records.link_to_message(message_id, this_moment() + timedelta(days=1)),
            "token of /d": records.link_to_decision("e1", "therapist", this_moment() + timedelta(days=1)),
            "token of /login": new_link(records, dana, "", this_moment()).strip("/"),
        }
        yield FullHouse(house, ids)


def _a_real_question(escalation_id: str = "e1") -> Escalation:
    """As the rules ask it."""
    return an_escalation(escalation_id).model_copy(
        update={
            "question": "Gardening: it got better and has stopped. "
            "Continue, modify, new goal, maintenance or refer out?",
            "evidence": [
                "97 % sure it is slower than needed: an earlier gain has come to a halt.",
                "Pain from 0 to 10: baseline 7, target 3; less than 2 can't be told from chance.",
                "Values: session 1: 7, session 2: 5, session 3: 5.",
            ],
        }
    )


def _halted() -> PlanState:
    """Six sessions, the last ones without progress; a visit ahead and one missed."""
    days = [NOON - timedelta(days=14 * (6 - n)) for n in range(6)]
    values = (7, 5, 4, 5, 5, 5)
    state = a_state()
    sentence = "97 % sure it is slower than needed: an earlier gain has come to a halt."
    return state.model_copy(
        update={
            "revision": 1,
            "sessions": [
                Session(appointment_id=f"s{n}", starts_at=day, ends_at=day + timedelta(hours=1))
                for n, day in enumerate(days)
            ],
            "appointments": state.appointments
            | {
                "gone": Appointment(
                    appointment_id="gone",
                    starts_at=days[3] + timedelta(days=3),
                    booked_at=days[0],
                    as_of=days[3],
                    status="missed",
                )
            },
            "values": [
                Value(goal_id="pain", session=n, value=value, rater="therapist", at=day)
                for n, (value, day) in enumerate(zip(values, days, strict=True), 1)
            ]
            + [Value(goal_id="sleep", session=6, value=0.0, rater="client", at=days[-1])],
            "progress": {
                "pain": ProgressNote(state="plateau", sentence=sentence, alert=True, session=6, values=6),
            },
            "questions": [
                OpenQuestion(key="feedback:s5", kind="feedback_1_5", asked_at=NOON, expires_at=NOON + timedelta(days=2))
            ],
            "journal": [
                *state.journal,
                JournalLine(seq=2, at=days[2], kind="plan_change", text="The plan was changed: pressure light."),
            ],
            "journal_seq": 2,
        }
    )


def _told_story(house: House) -> Play:
    """A play that is over."""
    chart = chart_of(_halted(), "pain")
    assert chart is not None
    line = {"at": NOON, "kind": "reminder", "direction": "out", "channel": "sms", "to": "client", "text": "See you."}
    end = StoryEnd(status="ended", goals={"pain": "met"}, claims={})
    told = [
        Told(share=0.1, line=StoryLine.model_validate(line)),
        Told(share=0.2, charts=[chart]),
        Told(share=0.3, line=StoryLine.model_validate(line | {"direction": "in", "kind": "reply", "text": "Yes"})),
        Told(share=1.0, end=end),
    ]
    play = Play("sarah", told=told, over=True)
    house.app.state.plays._plays[play.play_id] = play  # pyright: ignore[reportPrivateUsage] - nothing plays in a test
    return play
