"""Random weeks: two plans of one client and one of another, around a change of the clocks, and what happens in them."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.client import Client, Consent, Person
from domain.plan import Benchmark, Dosage, FunctionalGoal, Homework, ObjectiveGoal, TreatmentPlan
from domain.policy import FollowUp, Practice

Deed = Literal[
    "book",
    "move",
    "cancel",
    "session",
    "no_show",
    "reply",
    "stop",
    "carrier_stop",
    "start",
    "pause",
    "resume",
    "end",
    "take",
    "write",
    "leave",
]
DAYS = 8
CHANGES = [
    ("America/Los_Angeles", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/St_Johns", date(2026, 3, 8)),
    ("America/St_Johns", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Pacific/Auckland", date(2026, 9, 27)),
]
"""Zones with a Sunday (in Cairo a Friday) on which their clocks change; Lord Howe's move by half an hour."""
OTHER_ZONES = ["America/Los_Angeles", "America/Phoenix", "Asia/Kathmandu", "Pacific/Kiritimati"]
WINDOWS = [
    (time(9), time(20)),
    (time(0), time(0)),
    (time(20), time(2, 30)),
    (time(22), time(7)),
    (time(2, 15), time(3, 45)),
    (time(1, 30), time(2, 30)),
    (time(12), time(12, 30)),
]
REPLIES = ["C", "yes", "NO", "4", "2", "R", "running late", "help", "thanks", "a 6", "I have chest pain", "what?"]
"""Confirmations, answers, wishes, a possible emergency, and words that only a person understands."""
AHEAD = [15, 31, 60, 119, 180, 720, 1440, 1500, 2880, 4400, 5760]
"""Minutes from the news of a visit to its start."""
OFTEN: list[Deed] = ["book", "book", "book", "move", "cancel", "session", "session", "reply", "reply"]
SELDOM: list[Deed] = [
    "no_show",
    "end",
    "stop",
    "carrier_stop",
    "start",
    "start",
    "pause",
    "resume",
    "resume",
    "take",
    "write",
    "leave",
]


@dataclass(frozen=True)
class Step:
    """One thing that happens `after` the start to plan `plan`; the other fields are for the deeds that need them."""

    after: timedelta
    plan: int
    deed: Deed
    visit: str
    ahead: timedelta
    text: str
    said_before: timedelta = timedelta(0)


@dataclass(frozen=True)
class Week:
    """What a player needs to live it. `luck` decides all that happens on the way: delays, faults, interruptions."""

    starts_at: datetime
    practice: Practice
    plans: dict[str, TreatmentPlan]
    steps: list[Step]
    luck: random.Random


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """A week of three plans."""
    zone, change = draw(st.sampled_from(CHANGES))
    first_day = change - timedelta(days=draw(st.integers(0, 5)))
    starts_at = datetime.combine(first_day, time(draw(st.integers(0, 23)), 17), ZoneInfo(zone)).astimezone(UTC)
    shared = draw(st.sampled_from([False, False, True]))
    steps = draw(st.lists(a_step(), min_size=8, max_size=20))
    steps += [_booking(plan, draw(st.sampled_from(AHEAD[-5:]))) for plan in range(3)]
    return Week(
        starts_at,
        draw(practices(zone)),
        {
            "one": draw(plans("Ann Example", "+12065550101", zone, draw(st.booleans()))),
            "two": draw(plans("Ann Example", "+12065550101", zone, draw(st.booleans()))),
            "three": draw(
                plans("Ben Example", "+12065550101" if shared else "+12065550103", draw(st.sampled_from(OTHER_ZONES)))
            ),
        },
        sorted(steps, key=lambda step: step.after),
        random.Random(draw(st.integers(0, 2**32 - 1))),  # noqa: S311 - chance in a test
    )


@st.composite
def a_step(draw: st.DrawFn) -> Step:
    """Any deed, at any minute of the week."""
    return Step(
        after=timedelta(minutes=draw(st.integers(0, DAYS * 24 * 60))),
        plan=draw(st.sampled_from([0, 0, 1, 2])),
        deed=draw(st.sampled_from([*OFTEN, *OFTEN, *SELDOM])),
        visit=draw(st.sampled_from("ab")),
        ahead=timedelta(minutes=draw(st.sampled_from(AHEAD))),
        text=draw(st.sampled_from(REPLIES)),
        said_before=timedelta(hours=draw(st.sampled_from([0, 0, 0, 0, 30]))),
    )


def _booking(plan: int, ahead: int) -> Step:
    """The visit that each plan begins with."""
    return Step(timedelta(minutes=plan), plan, "book", "a", timedelta(minutes=ahead), "")


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """A follow-up as a file writes it: short waits, so that much happens in a week."""
    opens, closes = draw(st.sampled_from(WINDOWS))
    return {
        "send_window": {"opens": opens.isoformat(), "closes": closes.isoformat()},
        "caps": {"per_day": draw(st.sampled_from([1, 1, 2, None, 0])), "per_week": draw(st.sampled_from([3, 2, None]))},
        "feedback_after": draw(st.sampled_from(["P2D", "PT5H"])),
        "check_in_after": draw(st.sampled_from(["P1D", "PT3H"])),
        "homework_reminders": True,
        "rebook_after": "PT20H",
    }


@st.composite
def practices(draw: st.DrawFn, zone: str) -> Practice:
    """A practice in the client's zone."""
    return Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone=zone,
        front_desk=Person(name="Robin", phone="+12065550111"),
        follow_up=FollowUp.model_validate(draw(policies())),
    )


@st.composite
def plans(draw: st.DrawFn, name: str, phone: str, zone: str, email: bool = False) -> TreatmentPlan:
    """A plan with a question for each kind of message, and a follow-up of its own."""
    channels: list[Literal["sms", "email"]] = ["sms", "email"] if email else ["sms"]
    return TreatmentPlan(
        client=Client(
            name=name,
            phone=phone,
            email="ann@example.com" if email else None,
            time_zone=zone,
            consents=[Consent(channel=channel, date=date(2026, 1, 1), source="intake form") for channel in channels],
        ),
        therapist=Person(name="Maya", phone="+12065550110"),
        goals=[_a_yes_goal(), _a_pain_goal()],
        dosage=Dosage(session_minutes=60, spacing=timedelta(days=7), sessions=8, modality="Swedish"),
        homework=[Homework(what="Slow neck turns", every=timedelta(hours=draw(st.sampled_from([30, 24, 14]))))],
        follow_up=FollowUp.model_validate(draw(policies())),
    )


def _a_yes_goal() -> FunctionalGoal:
    return FunctionalGoal(
        id="sleep",
        description="falling asleep easily",
        question="Do you fall asleep easily now?",
        benchmarks=[Benchmark(by_session=1, expect=True)],
    )


def _a_pain_goal() -> ObjectiveGoal:
    return ObjectiveGoal(
        id="pain",
        description="less pain",
        measure="nprs",
        baseline=7,
        target=3,
        benchmarks=[Benchmark(by_session=8, expect="100 %")],
    )
