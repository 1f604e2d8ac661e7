"""The examples about money, lived through: a denial that is overturned, a work injury, a shared pool of visits."""

from datetime import datetime, timedelta

import pytest
import time_machine

from domain.plan_file import read_practice
from domain.wording import Wording
from programs.doors import EXAMPLES, load_plan
from programs.simulate import Story, simulate
from tests.simulate.lived import Lines, minute

pytestmark = pytest.mark.timeout(240)


async def played(name: str) -> Story:
    practice = read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")
    return await simulate(load_plan(EXAMPLES / f"{name}.yaml", practice), practice, Wording.load(), name)


def about(lines: Lines, *kinds: str) -> list[str]:
    return [line["text"] for line in lines if line["kind"] in kinds]


def in_order(lines: Lines, *parts: str) -> None:
    """Each part stands in a later line than the one before it."""
    rest = iter(lines)
    for part in parts:
        assert any(part in line["text"] for line in rest), f"{part!r} is missing, or stands before what it follows"


async def test_a_denial_is_appealed_in_time_and_overturned() -> None:
    is_appealed_in_time_and_overturned(await played("claim_denied"))


def is_appealed_in_time_and_overturned(story: Story) -> None:
    assert story.claims == {"example-4-1": "paid", "example-4-2": "paid", "example-4-3": "paid"}
    third = [line for line in story.timeline if "example-4-3" in line["text"] or line["to"] in ("biller", "owner")]
    in_order(
        third,
        "Claim example-4-3: It was sent",
        "Claim example-4-3: It was acknowledged",
        "Ask where the claim stands",
        "promised by",
        "Ask again: what was promised hasn't come",
        "Claim example-4-3: Denied",
        "Claim example-4-3: Appeal packet",
        "deadline, internal appeal",
        "Appeal packet: letter, progress report, itemized receipt drawn from the records; nothing is missing.",
        "An internal appeal was filed",
        "in our favour",
        "Paid on",
    )
    alerts = [line for line in story.timeline if line["kind"] == "deadline_alert" and line["to"] == "biller"]
    # Thirty and fourteen days before, on our own day, and seven days before; that evening the appeal goes out.
    assert len([line for line in alerts if "internal appeal" in line["text"]]) == 4
    assert [line["to"] for line in story.timeline if line["kind"] == "claim_nudge" and line["direction"] == "out"]
    told = [line for line in story.timeline if line["to"] == "client" and line["direction"] == "out"]
    assert not any("Example Mutual" in line["text"] or "denied" in line["text"].lower() for line in told)


async def test_the_reports_of_a_work_injury_are_asked_for_in_time_and_end_when_they_are_sent() -> None:
    story = await played("workers_comp")
    coverage = [line for line in story.timeline if line["kind"] == "coverage"]
    in_order(
        coverage,
        "8 visits of 45 minutes; 10 left",
        "the treatment plan to the prescriber and the insurer is due",
        "Sent: treatment plan",
        "the progress report is due",
        "Sent: progress report",
    )
    assert set(story.claims.values()) == {"paid"}
    assert len(story.claims) == 8
    # Oregon forbids billing the client for a fee schedule's cut.
    assert not any("to the client (PR)" in line["text"] for line in story.timeline)


async def test_the_booking_that_would_go_over_a_shared_pool_is_told_before_the_visit() -> None:
    story = await played("shared_pool")
    told = about(story.timeline, "coverage")
    assert told[0].startswith("The plan needs 12 visits of 60 minutes = 24 units; 14 left until 31 December 2026")
    over = [line for line in story.timeline if "isn't covered" in line["text"] and line["to"] == "front_desk"]
    assert len(over) == 1
    booked = [line for line in story.timeline if "A visit was booked" in line["text"]]
    assert minute(over[0]) == minute(booked[-1])


@pytest.mark.parametrize("day", ["2027-11-24T23:00+00:00", "2027-12-31T23:50+00:00", "2028-02-29T16:00+00:00"])
async def test_a_story_that_begins_today_is_told_the_same_on_an_awkward_day(day: str) -> None:
    """A small part of `make dates`, which plays more stories on more days."""
    with time_machine.travel(datetime.fromisoformat(day), tick=True):
        story = await played("claim_denied")
    is_appealed_in_time_and_overturned(story)
    begun = datetime.fromisoformat(story.timeline[0]["at"]) - datetime.fromisoformat(day)
    assert timedelta(0) < begun <= timedelta(days=1, hours=1)
