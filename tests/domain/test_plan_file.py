from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Refused
from domain.plan_file import PlanFile, plan_from_json, read_plan, read_practice
from domain.policy import Practice

EXAMPLES = Path(__file__).parents[2] / "examples"

GOOD = """\
client:
  name: Ana Ortiz
  phone: +1 541 555 0104
  email: ana@example.com
  time_zone: America/Los_Angeles
  consents:
    - {channel: sms, date: 2026-09-01, source: intake form}
therapist:
  name: Maya Lindqvist
  phone: "+1 541 555 0110"
goals:
  - id: pain
    description: less pain
    measure: nprs
    baseline: 7
    target: 3
    benchmarks:
      - {by_session: 4, expect: 50 %}
dosage:
  session_minutes: 60
  spacing: P14D
  sessions: 6
  modality: deep tissue
follow_up:
  send_window: {opens: 09:00, closes: 20:00}
script:
  - {at: PT1H, event: {type: appointment_booked, appointment_id: v1, starts_at: P2DT6H}}
  - {at: P1D, reply: yes}
  - {at: P2DT7H, event: {type: session_completed, appointment_id: v1, measures: [{goal: pain, value: 7}]}}
  - {at: P3D, decide: {choice: modify, changes: {spacing: P7D}}}
"""


def a_file(old: str = "", new: str = "") -> str:
    """The good file with one place changed."""
    assert not old or GOOD.count(old) == 1, f"{old!r} must name one place"
    return GOOD.replace(old, new) if old else GOOD


def the_refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        read_plan(text, "ana.yaml")
    return str(refused.value)


def an_example(name: str) -> PlanFile:
    return read_plan((EXAMPLES / name).read_text("utf-8"), name, the_practice())


def the_practice() -> Practice:
    return read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")


def test_a_good_file_is_read() -> None:
    plan = read_plan(a_file(), "ana.yaml").plan
    assert plan.client.phone == "+15415550104"
    assert plan.dosage.spacing == timedelta(days=14)
    assert plan.follow_up.send_window.opens.hour == 9


BAD: list[tuple[str, str, str, str]] = [
    (
        "a misspelt field",
        "spacing: P14D",
        "spaceing: P14D",
        'line 21: dosage.spaceing: is no field of this part; did you mean "spacing"?',
    ),
    (
        "a field from nowhere",
        "modality: deep tissue",
        "modality: deep tissue\n  zebra: 1",
        "line 24: dosage.zebra: is no field of this part; "
        "known here: session_minutes, spacing, sessions, modality, pressure, cadence",
    ),
    (
        "a missing field",
        "  session_minutes: 60\n",
        "",
        "line 19: dosage.session_minutes: is missing; add it, such as session_minutes: 60",
    ),
    (
        "a part that isn't there",
        'therapist:\n  name: Maya Lindqvist\n  phone: "+1 541 555 0110"\n',
        "",
        "line 1: therapist: is missing; add it",
    ),
    (
        "a number for a duration",
        "spacing: P14D",
        "spacing: 14",
        "line 21: dosage.spacing: write a duration such as P14D or PT2H, in weeks, days, hours, minutes and seconds",
    ),
    (
        "a month for a duration",
        "spacing: P14D",
        "spacing: P1M",
        "line 21: dosage.spacing: write a duration such as P14D or PT2H, in weeks, days, hours, minutes and seconds",
    ),
    (
        "words for a number",
        "session_minutes: 60",
        "session_minutes: an hour",
        "line 20: dosage.session_minutes: write a whole number",
    ),
    (
        "words for a number that may be open",
        "sessions: 6",
        "sessions: a few",
        "line 22: dosage.sessions: write a whole number or open",
    ),
    (
        "a session as long as a day",
        "session_minutes: 60",
        "session_minutes: 600",
        "line 20: dosage.session_minutes: is too large; write 240 or less",
    ),
    (
        "no phone number",
        "phone: +1 541 555 0104",
        "phone: ask her",
        "line 3: client.phone: is no phone number; write it like +1 206 555 0101",
    ),
    (
        "no email address",
        "email: ana@example.com",
        "email: ana at example",
        "line 4: client.email: is no email address; write it like tina@example.com",
    ),
    (
        "no time zone",
        "time_zone: America/Los_Angeles",
        "time_zone: Pacific",
        "line 5: client.time_zone: 'Pacific' is no IANA time zone; write one like America/Los_Angeles",
    ),
    (
        "a day that doesn't exist",
        "date: 2026-09-01",
        "date: 2026-09-31",
        "line 7: client.consents.0.date: write a date such as 2026-11-24",
    ),
    (
        "no consent",
        "  consents:\n    - {channel: sms, date: 2026-09-01, source: intake form}\n",
        "",
        "line 1: client: no channel has both an address and a consent; add a phone or email and the consent for it",
    ),
    (
        "a misspelt choice",
        "channel: sms, date",
        "channel: smss, date",
        'line 7: client.consents.0.channel: is none of its choices; did you mean "sms"?',
    ),
    (
        "nobody to tell",
        '  name: Maya Lindqvist\n  phone: "+1 541 555 0110"',
        "  name: Maya Lindqvist",
        "line 8: therapist: needs a phone or an email, or nobody can be told",
    ),
    (
        "no goal at all",
        GOOD[GOOD.index("goals:") : GOOD.index("dosage:")],
        "goals: []\n",
        "line 11: goals: has too few entries; write at least 1",
    ),
    (
        "one goal where a list belongs",
        "  - id: pain\n",
        "    id: pain\n",
        "line 11: goals: write a list, each entry beginning with a dash",
    ),
    (
        "an id with a capital",
        "id: pain",
        "id: Pain",
        "line 12: goals.0.id: write 2 to 40 small letters, digits, - or _, beginning with a letter or digit",
    ),
    (
        "a target off the scale",
        "target: 3",
        "target: -3",
        "line 12: goals.0: target is outside 0 to 10, the range of nprs",
    ),
    (
        "a benchmark that says nothing",
        "expect: 50 %",
        "expect: much better",
        'line 18: goals.0.benchmarks.0.expect: is neither a share of the way ("50 %"), nor a value (4.5), nor yes',
    ),
    (
        "a benchmark after the last session",
        "sessions: 6",
        "sessions: 3",
        "line 11: goals: the benchmark of pain is at session 4, but the plan has 3 sessions; "
        "lower by_session or raise dosage.sessions",
    ),
    (
        "half an hour written short",
        "opens: 09:00",
        "opens: 9:00",
        "line 25: follow_up.send_window.opens: write a time of day such as 09:00",
    ),
    (
        "a number for text",
        "modality: deep tissue",
        "modality: 12",
        "line 23: dosage.modality: write text, in quotes where it looks like a number",
    ),
    (
        "a value for a whole part",
        GOOD[GOOD.index("dosage:") : GOOD.index("follow_up:")],
        "dosage: weekly\n",
        "line 19: dosage: write fields under it, indented",
    ),
    (
        "a field written twice",
        "  sessions: 6\n",
        "  sessions: 6\n  spacing: P7D\n",
        "line 23: dosage.spacing: is written twice, first on line 21; keep one",
    ),
    (
        "a tab",
        "  session_minutes: 60",
        "\tsession_minutes: 60",
        "line 20: file: a tab stands where YAML wants spaces; indent with spaces",
    ),
    (
        "a colon inside text",
        "description: less pain",
        "description: pain: less",
        "line 13: file: a colon inside a text, or wrong indentation; put the text in quotes",
    ),
    (
        "a quote left open",
        "modality: deep tissue",
        'modality: "deep tissue',
        "line 23: file: a quote is never closed; close it",
    ),
    (
        "an anchor",
        "name: Ana Ortiz",
        "name: &ana Ana Ortiz",
        "line 2: file: anchors and aliases (& and *) aren't read here; write the value out again",
    ),
    (
        "a tag that would run code",
        "name: Ana Ortiz",
        "name: !!python/object/apply:os.getcwd []",
        "line 2: client.name: tags (!) aren't read here; write a plain value",
    ),
    (
        "a character that isn't text",
        "name: Ana Ortiz",
        "name: Ana \x07",
        "line 2: file: holds a character that isn't text; remove it",
    ),
    (
        "a step with two things",
        "reply: yes",
        "reply: yes, decide: {choice: continue}",
        "line 28: script.1: holds reply and decide; write exactly one of event, reply, decide",
    ),
    (
        "a step with nothing",
        ", reply: yes",
        "",
        "line 28: script.1: holds nothing; write exactly one of event, reply, decide",
    ),
    (
        "a channel for a decision",
        "{at: P3D, decide",
        "{at: P3D, channel: sms, decide",
        "line 30: script.3.channel: belongs to a reply; remove it here",
    ),
    (
        "a step before the start",
        "at: PT1H",
        "at: -PT1H",
        "line 27: script.0.at: lies before the plan's start; write PT0S or later",
    ),
    (
        "a step without a zone",
        "at: PT1H",
        "at: 2026-11-24T10:00:00",
        "line 27: script.0.at: write a time with its zone, such as 2026-11-24T10:00:00-08:00 "
        "or a duration such as P14D or PT2H",
    ),
    (
        "a misspelt event",
        "type: session_completed",
        "type: session_complete",
        'line 29: script.2.event.type: is none of its choices; did you mean "session_completed"?',
    ),
    (
        "an event without a type",
        "type: session_completed, ",
        "",
        "line 29: script.2.event.type: is missing; add it, such as type: session_completed",
    ),
    (
        "a misspelt field of an event",
        "starts_at: P2DT6H",
        "start_at: P2DT6H",
        'line 27: script.0.event.start_at: is no field of this part; did you mean "starts_at"?',
    ),
    (
        "a misspelt lever of a decision",
        "changes: {spacing: P7D}",
        "changes: {presure: light}",
        'line 30: script.3.decide.changes.presure: is no field of this part; did you mean "pressure"?',
    ),
    (
        "a value of a goal that the plan doesn't have",
        "{goal: pain, value: 7}",
        "{goal: pian, value: 7}",
        "line 29: script.2.event.measures.0.goal: is no goal of this plan; its goals are pain",
    ),
]


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


def test_a_step_before_the_files_own_start_is_refused() -> None:
    text = "start: 2026-10-05T09:00:00-07:00\n" + a_file("at: P3D", "at: 2026-10-04T09:00:00-07:00")
    assert the_refusal(text) == (
        "ana.yaml: line 31: script.3.at: lies before the plan's start; write a later time or move start"
    )


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
    assert file.plan.client.channels() == ["sms", "email"]
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
