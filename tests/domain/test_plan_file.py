from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import Refused
from domain.plan_file import PlanFile, plan_from_json, read_plan, read_practice
from domain.policy import Practice
from tests.domain.plan_text import GOOD, a_file

EXAMPLES = Path(__file__).parents[2] / "examples"


def the_practice() -> Practice:
    return read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")


def an_example(name: str) -> PlanFile:
    return read_plan((EXAMPLES / name).read_text("utf-8"), name, the_practice())


def test_a_good_file_is_read() -> None:
    plan = read_plan(a_file(), "ana.yaml").plan
    assert plan.client.phone == "+15415550104"
    assert plan.dosage.spacing == timedelta(days=14)
    assert plan.follow_up.send_window.opens.hour == 9


def test_a_null_cap_means_no_cap_and_an_absent_one_the_default() -> None:
    text = (EXAMPLES / "practice.yaml").read_text("utf-8")
    assert read_practice(text, "practice.yaml").follow_up.caps.per_day is None
    assert read_practice(text.replace("per_day: null, ", ""), "practice.yaml").follow_up.caps.per_day == 1


def test_json_is_read_like_yaml_and_its_errors_have_lines() -> None:
    text = (
        '{\n\t"client": {"name": "Ana \\ud83c\\udf1e", "phone": "+15415550104", "time_zone": "America/Boise",\n'
        '\t\t"consents": [{"channel": "sms", "date": "2026-09-01", "source": "intake form"}]},\n'
        '\t"therapist": {"name": "Maya", "email": "maya@example.com"},\n'
        '\t"goals": [{"id": "sleep", "description": "sleep", "question": "Do you sleep?",\n'
        '\t\t"benchmarks": [{"by_session": 2, "expect": true}]}],\n'
        '\t"dosage": {"session_minutes": 60, "spacing": "P7D", "sessions": "open", "modality": "Swedish"}\n}\n'
    )
    assert read_plan(text, "ana.json").plan.client.name == "Ana 🌞"
    with pytest.raises(Refused, match=r"^ana\.json: line 7: dosage\.spacing: write a duration"):
        read_plan(text.replace('"P7D"', "7"), "ana.json")


def test_a_target_that_the_measure_cannot_tell_from_the_baseline_is_a_warning_only() -> None:
    warnings = read_plan(a_file("target: 3", "target: 6"), "ana.yaml").plan.warnings()
    assert len(warnings) == 1
    assert warnings[0].startswith("pain: the target is closer to the baseline than")


def test_a_yes_a_number_and_a_phone_number_are_taken_as_they_are_written() -> None:
    file = read_plan(a_file("reply: yes", "reply: 5").replace("value: 7", "value: no"), "ana.yaml")
    steps = file.steps(datetime(2026, 10, 5, 16, tzinfo=UTC))
    assert steps[1].reply == "5"
    assert steps[2].event is not None
    assert steps[2].event.type == "session_completed"
    assert steps[2].event.measures[0].value is False


def test_steps_get_their_times_ids_and_order_from_the_start() -> None:
    text = a_file("at: P3D", "at: 2026-10-05T10:00:00-07:00")
    steps = read_plan(text, "ana.yaml").steps(datetime(2026, 10, 5, 16, tzinfo=UTC))
    assert [step.at.astimezone(UTC).isoformat() for step in steps] == [
        "2026-10-05T17:00:00+00:00",
        "2026-10-05T17:00:00+00:00",
        "2026-10-06T16:00:00+00:00",
        "2026-10-07T23:00:00+00:00",
    ]
    booked, decided = steps[0].event, steps[1].decide
    assert booked is not None
    assert decided is not None
    assert (booked.event_id, booked.occurred_at) == ("script-1", steps[0].at)
    assert booked.type == "appointment_booked"
    assert booked.starts_at == datetime(2026, 10, 7, 22, tzinfo=UTC)
    assert (decided.choice, decided.by, decided.changes.spacing) == ("modify", "therapist", timedelta(days=7))


def test_a_duration_keeps_the_clients_hour_when_the_clocks_change() -> None:
    text = a_file("{at: P1D, reply: yes}", "{at: P30D, reply: yes}")
    steps = read_plan(text, "ana.yaml").steps(datetime(2026, 10, 5, 16, tzinfo=UTC))
    assert steps[-1].at.isoformat() == "2026-11-04T09:00:00-08:00"


def test_a_plan_without_a_start_begins_at_the_clients_next_nine_o_clock() -> None:
    file = read_plan(a_file(), "ana.yaml")
    assert file.start_after(datetime(2026, 10, 5, 15, 59, tzinfo=UTC)) == datetime(2026, 10, 5, 16, tzinfo=UTC)
    assert file.start_after(datetime(2026, 10, 5, 16, tzinfo=UTC)) == datetime(2026, 10, 6, 16, tzinfo=UTC)
    fixed = read_plan("start: 2026-10-05T09:00:00-07:00\n" + GOOD, "ana.yaml")
    assert fixed.start_after(datetime(2027, 1, 1, tzinfo=UTC)) == datetime(2026, 10, 5, 16, tzinfo=UTC)


@pytest.mark.parametrize("name", ["tina.yaml", "tom.yaml", "sarah.yaml"])
def test_the_examples_are_good_plans_with_numbers_that_nobody_has(name: str) -> None:
    file = an_example(name)
    people = [file.plan.client, file.plan.therapist, *([file.plan.backup] if file.plan.backup else [])]
    assert all(person.phone and person.phone[5:10] == "55501" for person in people)
    assert all(person.email and person.email.endswith("@example.com") for person in people)
    assert file.plan.client.channels(date(2026, 10, 1)) == ["sms", "email"]
    assert file.plan.warnings() == []
    first_name = file.plan.client.first_name.lower()
    assert first_name not in (file.plan.plan_id or first_name)


def test_the_examples_say_what_the_textbook_says() -> None:
    tina, tom, sarah = (an_example(name).plan.dosage for name in ("tina.yaml", "tom.yaml", "sarah.yaml"))
    assert (tina.session_minutes, tina.spacing.days, tina.modality) == (90, 14, "masaje sueco")
    assert (tom.session_minutes, tom.spacing.days, tom.sessions) == (30, 4, 3)
    assert (sarah.session_minutes, sarah.spacing.days, sarah.sessions) == (60, 14, "open")


def test_sarahs_pain_stalls_before_the_decision_and_falls_after_it() -> None:
    events = [step.event for step in an_example("sarah.yaml").steps(datetime(2026, 9, 14, 16, tzinfo=UTC))]
    sessions = [event for event in events if event is not None and event.type == "session_completed"]
    values = [measure.value for session in sessions for measure in session.measures]
    assert values == [7, 5, 4, 5, 5, 5, 3, 3]


def test_a_stored_plan_goes_on_unchanged_when_it_comes_back_as_json() -> None:
    plan = an_example("sarah.yaml").plan
    assert plan_from_json(plan.model_dump(mode="json")).plan == plan
