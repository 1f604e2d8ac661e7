"""Bad plan files, kind by kind: each is answered with one clear line naming file, line, field and fix."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.client import Client
from domain.errors import Refused
from domain.plan_file import plan_from_json, read_plan, read_practice
from domain.policy import Practice
from tests.domain.bad_plans import BAD
from tests.domain.plan_text import GOOD, a_file

EXAMPLES = Path(__file__).parents[2] / "examples"


def the_refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        read_plan(text, "ana.yaml")
    return str(refused.value)


def the_practice() -> Practice:
    return read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")


@pytest.mark.parametrize(("old", "new", "line"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_file_is_answered_with_one_clear_line(old: str, new: str, line: str) -> None:
    assert the_refusal(a_file(old, new)) == f"ana.yaml: {line}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 'ana.yaml: file: is empty; begin with "client:"'),
        ("# only a comment\n", 'ana.yaml: file: is empty; begin with "client:"'),
        ("- one\n- two\n", 'ana.yaml: line 1: file: has no fields; begin with "client:" and write name: value'),
        (
            GOOD + "---\na: b\n",
            "ana.yaml: line 31: file: the file holds two documents; keep one and remove the line ---",
        ),
        ("[" * 5000, "ana.yaml: file: is nested too deeply to be a plan; take some of the brackets away"),
    ],
)
def test_what_is_no_plan_at_all_is_refused(text: str, line: str) -> None:
    assert the_refusal(text) == line


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    text = a_file("phone: +1 541 555 0104", "phone: 12").replace("P14D", "two weeks")
    with pytest.raises(Refused) as refused:
        read_plan(text.replace("value: 7", "value: much"), "ana.yaml")
    assert [(problem.line, problem.field) for problem in refused.value.problems] == [
        (3, "client.phone"),
        (21, "dosage.spacing"),
        (29, "script.2.event.measures.0.value"),
    ]


def test_a_misspelt_field_is_not_also_called_missing() -> None:
    assert the_refusal(a_file("measure: nprs", "mesure: nprs")) == (
        'ana.yaml: line 14: goals.0.mesure: is no field of this part; did you mean "measure"?'
    )


def test_a_plan_that_does_not_go_with_the_practice_is_refused() -> None:
    practice = the_practice().model_copy(
        update={"follow_up": the_practice().follow_up.model_copy(update={"backup_after": timedelta(days=3)})}
    )
    text = a_file("  send_window: {opens: 09:00, closes: 20:00}", "  escalation_reminder_after: P2D")
    read_plan(text, "ana.yaml", practice)
    slower = practice.follow_up.model_copy(update={"backup_after": timedelta(hours=30)})
    with pytest.raises(Refused, match="line 24: follow_up: doesn't go with the practice's follow-up: backup_after"):
        read_plan(text, "ana.yaml", practice.model_copy(update={"follow_up": slower}))


def test_a_bad_practice_file_is_refused_with_line_and_field() -> None:
    text = (EXAMPLES / "practice.yaml").read_text("utf-8").replace("review_url:", "review:")
    with pytest.raises(Refused) as refused:
        read_practice(text, "practice.yaml")
    assert str(refused.value) == ('practice.yaml: line 9: review: is no field of this part; did you mean "review_url"?')


def test_a_request_is_refused_without_lines() -> None:
    with pytest.raises(Refused) as refused:
        plan_from_json({"client": {"name": "Ana"}, "goals": "none"})
    assert [str(problem) for problem in refused.value.problems] == [
        "client.time_zone: is missing; add it, such as time_zone: America/Los_Angeles",
        "therapist: is missing; add it",
        "goals: write a list, each entry beginning with a dash",
        "dosage: is missing; add it",
    ]


@pytest.mark.parametrize("data", [None, [], "plan", 7, {"script": 1}, {"script": [1]}, {"client": 1, "goals": [1]}])
def test_a_request_of_any_shape_is_refused_and_never_crashes(data: Any) -> None:
    with pytest.raises(Refused, match=r"^request: "):
        plan_from_json(data)


def test_half_a_character_and_endless_nesting_are_refused_like_anything_else() -> None:
    nested: list[Any] = []
    for _ in range(900):
        nested = [nested]
    event = {"type": "plan_ended", "reason": nested}
    with pytest.raises(Refused, match="is nested too deeply"):
        plan_from_json({"script": [{"at": "PT1H", "event": event}]})
    with pytest.raises(Refused, match="holds a character that isn't text"):
        plan_from_json({"client": {"time_zone": "\ud800"}})


@pytest.mark.parametrize("value", ["P99999999999D", "P4000000D"])
def test_a_duration_beyond_any_calendar_is_refused(value: str) -> None:
    refusal = the_refusal(a_file("starts_at: P2DT6H", f"starts_at: {value}"))
    assert refusal.startswith("ana.yaml: line 27: script.0.event.starts_at: ")
    assert "line 28: script.1.at: " in the_refusal(a_file("at: P1D, reply", f"at: {value}, reply"))


def test_a_step_before_the_files_own_start_is_refused() -> None:
    text = "start: 2026-10-05T09:00:00-07:00\n" + a_file("at: P3D", "at: 2026-10-04T09:00:00-07:00")
    assert the_refusal(text) == (
        "ana.yaml: line 31: script.3.at: lies before the plan's start; write a later time or move start"
    )


@pytest.mark.parametrize(
    "zone",
    [
        "localtime",
        "posixrules",
        "Factory",
        "right/America/New_York",
        "posix/America/New_York",
        "Mars/Base",
        "../etc",
        "",
    ],
)
def test_only_a_name_of_the_iana_list_is_a_time_zone(zone: str) -> None:
    with pytest.raises(ValueError, match="IANA time zone"):
        Client(name="Tina Example", time_zone=zone)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "US/Pacific", "UTC", "Etc/GMT+8"])
def test_a_name_of_the_list_is_taken(zone: str) -> None:
    assert Client(name="Tina Example", time_zone=zone).time_zone == zone
