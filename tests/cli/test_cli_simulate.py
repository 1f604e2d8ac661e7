"""`followthrough simulate`: the three examples, lived through from the command line."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from domain.touchpoint import Kind
from tests.cli.commands import EXAMPLES, Answer, Here, run
from tests.today import this_moment

Story = dict[str, Any]
Lines = list[dict[str, str]]
MALFORMED = {"MESSAGING": "pigeon", "DATABASE_URL": "mysql://me:secret@nowhere/db", "PAYLOAD_KEYS": "no key at all"}
WELL_FORMED = {"MESSAGING": "live", "DATABASE_URL": "sqlite:///touched/records.db", "PAYLOAD_KEYS": ""}


def played(name: str, folder: Path, **settings: str) -> Answer:
    answer = run("simulate", EXAMPLES / f"{name}.yaml", "--json", folder=folder, **settings)
    assert answer.code == 0, answer.err
    assert list(folder.iterdir()) == []  # nothing in var/, nor anywhere else
    return answer


@pytest.fixture(scope="module")
def sarah(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return played("sarah", tmp_path_factory.mktemp("sarah"), **WELL_FORMED).told


@pytest.fixture(scope="module")
def tom(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return played("tom", tmp_path_factory.mktemp("tom"), **MALFORMED).told


def of_kind(story: Story, kind: str, direction: str = "out", to: str = "client") -> Lines:
    lines: Lines = story["timeline"]
    return [line for line in lines if (line["kind"], line["direction"], line["to"]) == (kind, direction, to)]


def the_one(story: Story, kind: str, text: str) -> int:
    """The place in the story of the one line of that kind with that text in it."""
    lines: Lines = story["timeline"]
    places = [place for place, line in enumerate(lines) if line["kind"] == kind and text in line["text"]]
    assert len(places) == 1, (kind, text, places)
    return places[0]


def test_sarahs_plan_ends_with_both_goals_met(sarah: Story) -> None:
    assert sarah["plan_id"] == "example-3"
    assert sarah["status"] == "ended"
    assert sarah["progress"] == {"pain": "met", "relaxers": "met"}
    assert sarah["claims"] == {}


def test_sarah_is_reminded_of_each_visit_and_asked_how_she_felt(sarah: Story) -> None:
    reminders = [line["because"] for line in of_kind(sarah, "reminder")]
    assert reminders.count("3 days before the visit") >= 7
    assert reminders.count("1 day before the visit") >= 8
    assert reminders.count("2 hours before the visit") >= 8
    assert len(of_kind(sarah, "feedback")) >= 7
    assert len(of_kind(sarah, "screening")) >= 8
    assert of_kind(sarah, "check_in")[0]["text"].startswith("Cedar Hill Bodywork: how do you feel after your first")


def test_sarahs_plateau_is_put_to_the_therapist_who_changes_the_plan_and_she_is_told(sarah: Story) -> None:
    asked = the_one(sarah, "escalation", "it got better and has stopped")
    decided = the_one(sarah, "decision", "therapist decided: modify")
    told = the_one(sarah, "plan_change", "your plan changes. From now on: every week, light pressure")
    assert asked < decided < told
    lines: Lines = sarah["timeline"]
    assert lines[asked]["to"] == "therapist"
    assert "plateau" in lines[asked - 1]["text"]
    assert lines[told]["to"] == "client"
    page = of_kind(sarah, "escalation", to="therapist")[0]
    assert page["text"].startswith("Cedar Hill Bodywork: a plan needs your decision")
    assert "pain" not in page["text"]


def test_sarahs_visits_move_and_take_their_reminders_along(sarah: Story) -> None:
    lines: Lines = sarah["timeline"]
    assert any("was moved to" in line["text"] for line in lines)
    cancelled = next(place for place, line in enumerate(lines) if "was cancelled" in line["text"])
    given_up = next(line["text"] for line in lines[:cancelled][::-1] if line["because"] == "3 days before the visit")
    day = given_up.split("see you ")[1].split(",")[0]
    reminders = [line["text"] for line in lines[cancelled + 1 :] if line["kind"] == "reminder"]
    assert reminders
    assert not any(f"see you {day}," in text for text in reminders)


def test_sarahs_benchmarks_are_checked_at_session_8(sarah: Story) -> None:
    session = the_one(sarah, "event", "Session 8 took place")
    by_value = the_one(sarah, "benchmark", "Benchmark of session 8 met: less pain through the day")
    question = the_one(sarah, "benchmark", "Do you get by without muscle relaxers now?")
    by_answer = the_one(sarah, "benchmark", "Benchmark of session 8 met: no longer relying on muscle relaxers")
    assert session < by_value < question < by_answer


def test_nothing_is_sent_to_sarah_after_her_plan_has_ended(sarah: Story) -> None:
    lines: Lines = sarah["timeline"]
    end = the_one(sarah, "discharge", "The plan has ended")
    assert [line["kind"] for line in lines[end + 1 :] if line["to"] == "client"] == ["discharge"]
    assert lines[-1]["text"].startswith("Cedar Hill Bodywork: your plan is complete.")


def test_toms_plan_ends_with_a_met_goal_a_maintenance_proposal_and_then_a_review_request(tom: Story) -> None:
    assert tom["progress"] == {"blind-spot": "met"}
    assert tom["status"] == "maintenance"
    met = the_one(tom, "benchmark", "well done, you reached your goal: turning your head to check the blind spot")
    proposal = the_one(tom, "maintenance", "we suggest one visit every four weeks")
    review = the_one(tom, "review_request", "https://example.com/review")
    assert met < proposal < review


def test_toms_homework_is_reminded_never_to_the_point_of_pain_and_only_where_he_wants_it(tom: Story) -> None:
    texts = {line["text"] for line in of_kind(tom, "homework")}
    assert all("never to the point of pain" in text for text in texts)
    assert not any("moist heat" in text for text in texts)
    assert texts


@pytest.mark.parametrize("name", ["sarah", "tom"])
def test_the_json_has_the_promised_shape(name: str, request: pytest.FixtureRequest) -> None:
    story: Story = request.getfixturevalue(name)
    assert list(story) == ["plan_id", "status", "timeline", "progress", "claims"]
    lines: Lines = story["timeline"]
    assert {tuple(line) for line in lines} == {("at", "kind", "direction", "channel", "to", "text", "because")}
    assert {line["kind"] for line in lines} <= set(get_args(Kind))
    assert {line["direction"] for line in lines} == {"out", "in", "none"}
    assert {line["channel"] for line in lines} <= {"sms", "email", "desk", "none"}
    assert {line["to"] for line in lines} <= {"client", "therapist", "backup", "front_desk", ""}


@pytest.mark.parametrize("name", ["sarah", "tom"])
def test_the_story_is_in_order_of_time_on_the_clients_clock(name: str, request: pytest.FixtureRequest) -> None:
    lines: Lines = request.getfixturevalue(name)["timeline"]
    times = [datetime.fromisoformat(line["at"]) for line in lines]
    assert times == sorted(times)
    zone = ZoneInfo("America/Los_Angeles")
    assert all(at.utcoffset() == at.astimezone(zone).utcoffset() for at in times)
    first = times[0]
    assert (first.hour, first.minute) == (9, 0)  # a plan without a start begins at the next 9:00


def test_a_start_without_a_date_is_the_next_nine_o_clock(tom: Story) -> None:
    first = datetime.fromisoformat(tom["timeline"][0]["at"])
    assert timedelta(0) - timedelta(minutes=5) < first - this_moment() <= timedelta(days=1, hours=1)


def test_the_story_is_a_table_by_default(here: Here) -> None:
    answer = here.run("simulate", EXAMPLES / "tina.yaml")
    assert answer.code == 0
    assert answer.err == ""
    assert "Tina's plan" in answer.out
    assert "welcome" in answer.out
    assert "The plan is now:" in answer.out
    with pytest.raises(ValueError, match="Expecting value"):
        _ = answer.told


STEP = """\
plan_id: short
client:
  name: Ana Ortiz
  phone: +1 541 555 0104
  time_zone: America/Los_Angeles
  consents: [{channel: sms, date: 2026-09-01, source: intake form}]
therapist: {name: Maya Lindqvist, phone: "+1 541 555 0110"}
goals:
  - id: sleep
    description: falling asleep easily
    question: Do you fall asleep easily now?
    benchmarks: [{by_session: 2, expect: yes}]
dosage: {session_minutes: 60, spacing: P7D, sessions: 4, modality: Swedish}
script:
"""


@pytest.mark.parametrize(
    ("step", "fix"),
    [
        ("{at: P1D, decide: {choice: continue}}", "decides, but no escalation is open then"),
        (
            "{at: P1D, event: {type: session_completed, appointment_id: v9, occurred_at: P2D}}",
            "the plan refuses it: occurred_at lies in the future",
        ),
        ("{at: P1D, channel: email, reply: hello}", "the client has no email address; give one"),
    ],
)
def test_a_step_that_cannot_be_played_is_refused_with_its_place(here: Here, step: str, fix: str) -> None:
    path = here.folder / "ana.yaml"
    path.write_text(STEP + f"  - {step}\n", "utf-8")
    answer = here.run("simulate", path, "--json")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(f"{path}: script step 1 in order of time, at ")
    assert fix in answer.err
    assert answer.err.count("\n") == 1
