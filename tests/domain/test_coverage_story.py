"""A plan's coverage as it is lived: forecasts in the story, warnings at the desk, reports of a work injury.

The plans here begin on Monday, 2 March 2026, at 9:00 in Los Angeles, where the practice is too.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.acceptance import check_event
from domain.coverage_panel import panel
from domain.coverage_terms import Authorization, Coverage
from domain.errors import EventRefused
from domain.events import AuthorizationReceived, VisitsUsedElsewhere, parse_outside_event
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_pain_goal, a_plan, a_practice, a_state
from tests.domain.test_plan_story import STALLING


def lived(coverage: dict[str, Any], **plan: Any) -> Played:
    quiet = a_practice(screening=False, rebook=False, reminders=[])
    return Played(a_state(a_plan(coverage=Coverage.model_validate(coverage), **plan), quiet))


def told(played: Played) -> list[str]:
    """What the front desk was told about coverage, in order."""
    return [task.text for task in played.tasks if task.kind == "coverage"]


def open_tasks(played: Played) -> list[str]:
    closed = {key.removeprefix("plan-1:") for key in played.closed}
    keys = [task.key.removeprefix("plan-1:") for task in played.tasks if task.kind == "coverage"]
    return [key for key in keys if key not in closed]


def story(played: Played) -> list[str]:
    return [line.text for line in played.state.journal if line.kind == "coverage"]


def take(played: Played, kind: str, at: datetime | None = None, **fields: Any) -> Played:
    """Something that other programs report; checked as the API checks it."""
    said_at = at or played.now
    event = {"type": kind, "event_id": f"{kind}-{said_at}-{len(fields)}-{len(played.tasks)}", "occurred_at": said_at}
    checked = parse_outside_event(event | fields)
    check_event(played.state, checked, said_at)
    return played.take(checked)


# Forecasts


def test_the_forecast_stands_at_the_beginning_of_the_story_and_after_each_change_of_what_is_needed() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 20, "minutes_per_visit": 30}]}, sessions=8)
    assert story(played) == ["The plan needs 8 visits of 60 minutes = 16 units; 20 left until 31 December 2026."]
    take(played, "plan_changed", changes={"session_minutes": 30})
    take(played, "plan_changed", changes={"pressure": "light"})
    assert story(played)[1:] == ["The plan needs 8 visits of 30 minutes; 20 left until 31 December 2026."]


def test_news_about_coverage_is_followed_by_the_new_forecast() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 9}]}, sessions=8)
    take(played, "visits_used_elsewhere", pool="rehab", visits=4)
    take(played, "coverage_verified", by="Ann", reference="R-1", changes=[{"pool": "rehab", "used_elsewhere": 1}])
    take(played, "coverage_changed", coverage={"pools": [{"id": "rehab", "visits": 6}]})
    assert story(played)[1:] == [
        "4 visits of rehab used elsewhere, 4 in all.",
        "The plan needs 8 visits of 60 minutes; 5 left until 31 December 2026. "
        "3 of them go over, the first about 6 April 2026.",
        "Coverage was verified with Ann on 2 March 2026, reference R-1.",
        "The plan needs 8 visits of 60 minutes; 8 left until 31 December 2026.",
        "The coverage was changed.",
        "The plan needs 8 visits of 60 minutes; 5 left until 31 December 2026. "
        "3 of them go over, the first about 6 April 2026.",
    ]


def a_stalled_plan(coverage: Coverage) -> Played:
    played = Played(a_state(a_plan(a_pain_goal(), coverage=coverage), a_practice(screening=False)))
    for value in STALLING:
        played.session(pain=value)
        played.until(played.now + 5 * DAY)
    return played


def test_a_plateau_shows_what_the_decision_means_for_who_pays() -> None:
    played = a_stalled_plan(Coverage(payer="Example Mutual", visits_authorized=20))
    assert played.open_questions() == ["plateau"]
    *_, foreseen, paid = played.escalations[0].escalation.evidence
    assert foreseen.startswith("Coverage: Until ")
    assert paid == "Maintenance is usually not paid by insurance."


def test_where_the_client_pays_a_decision_says_nothing_of_insurance() -> None:
    played = a_stalled_plan(Coverage())
    assert not any("insurance" in line for line in played.escalations[0].escalation.evidence)


# Bookings that go over


def test_a_booking_that_goes_over_is_told_once_and_before_the_visit() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 3, "minutes_per_visit": 30}]})
    played.book("a", START + 2 * DAY).book("b", START + 9 * DAY)
    assert told(played) == [
        "The visit of Wed 11 Mar 2026 10:00 isn't covered: rehab: 1 of 3 left until 31 December 2026, and it takes 2. "
        "Tell the client what it will cost, ask the payer for more, or move it."
    ]
    played.until(START + 8 * DAY)
    assert len(told(played)) == 1
    assert story(played)[1:] == [
        "The visit of Wed 11 Mar 2026 10:00 isn't covered: rehab: 1 of 3 left until 31 December 2026, and it takes 2."
    ]


def test_a_visit_that_moves_into_the_new_year_or_is_cancelled_takes_its_warning_with_it() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 1, "year": "04-01"}]})
    played.book("a", START + 2 * DAY).book("b", START + 9 * DAY).book("c", START + 10 * DAY)
    assert open_tasks(played) == ["overbooked:b:v1", "overbooked:c:v1"]
    take(played, "appointment_moved", appointment_id="b", starts_at=START + 40 * DAY)
    take(played, "appointment_cancelled", appointment_id="c")
    assert open_tasks(played) == []


def test_a_visit_moved_to_another_day_that_goes_over_is_told_anew_with_its_new_time() -> None:
    played = lived({"visits_authorized": 3, "valid_until": "2026-03-20"}).book("a", START + 30 * DAY)
    take(played, "appointment_moved", appointment_id="a", starts_at=START + 31 * DAY)
    assert open_tasks(played) == ["overbooked:a:v2"]
    assert "Thu 02 Apr 2026" in told(played)[-1]
    assert "its last day is 20 March 2026" in told(played)[-1]


def test_a_new_authorization_covers_the_visit_and_its_loss_is_told_again() -> None:
    played = lived({"visits_authorized": 3, "valid_until": "2026-03-20"}).book("a", START + 30 * DAY)
    paper = {"id": "pa-2", "visits": 9, "from": "2026-03-21", "until": "2026-12-31"}
    take(played, "authorization_received", authorization=paper)
    assert open_tasks(played) == []
    take(played, "authorization_received", authorization=paper | {"until": "2026-03-25"})
    assert open_tasks(played) == ["overbooked:a:v1:2"]


def test_an_old_visit_leaves_nothing_of_its_warning_in_the_state() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 0}]}).book("a", START + 2 * DAY)
    assert told(played)
    take(played, "appointment_cancelled", appointment_id="a")
    played.until(START + 130 * DAY)
    take(played, "plan_changed", changes={"pressure": "light"})
    assert [key for key in played.state.done if key.startswith("overbooked")] == []


# What runs out


def test_two_visits_left_are_told_when_the_session_before_them_is_over() -> None:
    played = lived({"authorizations": [{"id": "pa-1", "visits": 4}]}).session()
    assert told(played) == []
    played.session()
    assert told(played) == ["Authorization pa-1 has 2 visits left of 4. Ask for an extension."]
    played.session()
    assert len(told(played)) == 1


def test_fourteen_days_left_are_told_at_nine_unless_a_new_one_follows() -> None:
    prescription = {"id": "rx-1", "kind": "prescription", "until": "2026-04-30"}
    played = lived({"authorizations": [prescription]})
    played.until(datetime(2026, 4, 16, 15, 59, tzinfo=UTC))
    assert told(played) == []
    played.until(datetime(2026, 4, 16, 16, tzinfo=UTC))  # 9:00 in Los Angeles
    assert told(played) == ["Prescription rx-1 ends on 30 April 2026. Ask the prescriber for a new one."]
    take(played, "authorization_received", authorization={"id": "rx-2", "kind": "prescription", "until": "2026-09-01"})
    assert open_tasks(played) == []


def test_a_letter_of_medical_necessity_is_told_thirty_days_before_its_end() -> None:
    played = lived({"hsa_letter": {"dated": "2025-05-15"}}).until(datetime(2026, 4, 15, 15, 59, tzinfo=UTC))
    assert told(played) == []
    assert told(played.until(datetime(2026, 4, 15, 16, tzinfo=UTC))) == [
        "The letter of medical necessity is good until 15 May 2026. "
        "Without a new one, visits after it can't be paid from the health savings account."
    ]


# Verification


def test_coverage_is_verified_anew_on_the_first_business_day_of_the_plan_year_and_every_year() -> None:
    played = lived({"payer": "Example Mutual", "pools": [{"id": "rehab", "visits": 20}]})
    played.until(datetime(2027, 1, 4, 16, 59, tzinfo=UTC))
    assert told(played) == []
    played.until(datetime(2027, 1, 4, 17, tzinfo=UTC))  # the 1st is a holiday, then comes a weekend
    assert open_tasks(played) == ["verify:2027-01-01"]
    assert told(played)[0].startswith("Verify coverage anew: A new plan year began on 1 January 2027")
    take(played, "coverage_verified", by="Ann", reference="R-7", answers={"copay": "20 a visit"})
    assert open_tasks(played) == []
    played.until(datetime(2028, 1, 4, tzinfo=UTC))
    assert open_tasks(played) == ["verify:2028-01-01"]


def test_answers_are_kept_with_day_name_and_reference_and_an_older_call_changes_none() -> None:
    played = lived({"payer": "Example Mutual"})
    take(played, "coverage_verified", by="Ann", reference="R-7", answers={"copay": "20 a visit"}, on="2026-03-01")
    take(played, "coverage_verified", by="Bob", answers={"copay": "25", "used": "3"}, on="2026-02-01")
    shown = panel(played.state, date(2026, 3, 2))
    assert shown is not None
    answers = {one.id: (one.answer, one.on, one.by, one.reference) for one in shown.script if one.answer}
    assert answers == {
        "copay": ("20 a visit", date(2026, 3, 1), "Ann", "R-7"),
        "used": ("3", date(2026, 2, 1), "Bob", ""),
    }
    assert next(row.value for row in shown.rows if row.label == "Benefits verified") == "1 March 2026 with Ann"


# Work injuries


def test_oregon_wants_the_treatment_plan_within_seven_days_and_the_signature_within_thirty() -> None:
    played = lived({"workers_comp": {"state": "OR", "claim_number": "WC-1"}}).session()  # on 3 March
    played.until(datetime(2026, 3, 8, 15, 59, tzinfo=UTC))
    assert told(played) == []
    played.until(datetime(2026, 3, 8, 16, tzinfo=UTC))  # 9:00, on the day on which the clocks change
    assert told(played) == [
        "Workers' compensation: the treatment plan to the prescriber and the insurer is due by 10 March 2026 "
        "(within 7 days of the first session). Send it, and record here that it was sent."
    ]
    played.until(datetime(2026, 3, 10, 16, tzinfo=UTC))
    assert open_tasks(played) == ["report:treatment_plan:2026-03-10:last"]
    take(played, "report_sent", report="treatment_plan", reference="F-9")
    assert open_tasks(played) == []
    assert story(played)[-1] == "Sent: treatment plan to the prescriber and the insurer. Reference F-9."
    played.until(datetime(2026, 4, 2, 16, tzinfo=UTC))
    assert open_tasks(played) == ["report:progress_report:2026-04-02:last", "report:signature:2026-04-02:last"]


def test_washington_wants_a_progress_report_after_six_visits_and_again_after_six_more() -> None:
    played = lived({"workers_comp": {"state": "WA"}})
    for _ in range(5):
        played.session()
    assert told(played) == []
    played.session()  # on 8 March
    assert told(played) == [
        "Workers' compensation: the progress report is due by 10 March 2026 (6 visits since the first session). "
        "Send it, and record here that it was sent."
    ]
    take(played, "report_sent", report="progress_report")
    for _ in range(5):
        played.session()
    assert open_tasks(played) == []
    played.session()
    assert [key.split(":")[1] for key in open_tasks(played)] == ["progress_report"]
    assert "6 visits since the last report" in told(played)[-1]


def test_washingtons_month_counts_where_visits_are_few_and_february_makes_it_shorter() -> None:
    state = a_state(
        a_plan(coverage=Coverage.model_validate({"workers_comp": {"state": "WA"}})),
        a_practice(screening=False, rebook=False, reminders=[]),
        datetime(2026, 1, 30, 17, tzinfo=UTC),
    )
    played = Played(state).session()  # on 31 January
    played.until(datetime(2026, 2, 28, 17, tzinfo=UTC))
    assert open_tasks(played) == ["report:progress_report:2026-02-28:last"]


def test_the_plan_files_own_terms_win_over_the_states() -> None:
    played = lived({"workers_comp": {"state": "WA", "plan_within": "P3D", "report_every_visits": 2}}).session()
    played.until(START + 4 * DAY)
    assert open_tasks(played) == ["report:treatment_plan:2026-03-06:last"]


# In the whole of the plan


def test_a_pause_silences_no_warning_and_the_end_settles_all_but_reports() -> None:
    played = lived({"workers_comp": {"state": "OR"}, "visits_authorized": 1}).session()
    assert open_tasks(played) == ["running_out:authorized:1:open:visits"]
    take(played, "plan_paused")
    played.until(START + 8 * DAY)
    assert "report:treatment_plan:2026-03-10:last" in open_tasks(played)
    take(played, "plan_ended")
    assert open_tasks(played) == ["report:treatment_plan:2026-03-10:last"]
    assert played.until(START + 400 * DAY).state.ended


def test_the_same_news_twice_in_the_desks_list_never_happens() -> None:
    terms = {"payer": "Example Mutual", "visits_authorized": 4, "valid_until": "2026-05-01"}
    played = lived(terms | {"pools": [{"id": "rehab", "visits": 3}], "workers_comp": {"state": "OR"}})
    for number in range(6):
        played.book(f"x{number}", START + (3 + 9 * number) * DAY)
    for number in range(6):
        played.until(START + (3 + 9 * number) * DAY + HOUR).complete(f"x{number}")
    played.until(START + 700 * DAY)
    keys = [task.key for task in played.tasks]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("kind", "fields", "fix"),
    [
        ("visits_used_elsewhere", {"pool": "chiro", "visits": 1}, "no pool 'chiro'; it has rehab"),
        ("coverage_verified", {"changes": [{"pool": "chiro", "used_elsewhere": 1}]}, "no pool 'chiro'; it has rehab"),
        ("coverage_verified", {"answers": {"weather": "fine"}}, "answers: 'weather' is no question of the call script"),
        ("authorization_received", {"authorization": {"id": "authorized"}}, "write another id"),
        ("report_sent", {"report": "progress_report"}, "has no workers_comp"),
    ],
)
def test_news_that_doesnt_fit_the_coverage_is_refused_with_what_would(
    kind: str, fields: dict[str, Any], fix: str
) -> None:
    with pytest.raises(EventRefused, match=fix):
        take(lived({"pools": [{"id": "rehab", "visits": 3}]}), kind, **fields)


def test_news_of_a_pool_that_is_gone_by_the_time_it_is_judged_goes_to_the_desk() -> None:
    played = lived({"pools": [{"id": "rehab", "visits": 3}]})
    take(played, "coverage_changed", coverage={"pools": [{"id": "other", "visits": 3}]})
    played.take(VisitsUsedElsewhere(event_id="late", occurred_at=played.now, pool="rehab", visits=1))
    assert [task.kind for task in played.tasks] == ["refused_event"]


def test_a_paper_for_one_visit_is_written_down_as_one() -> None:
    played = Played(a_state())
    paper = Authorization(id="auth-1", visits=1)
    played.take(AuthorizationReceived(event_id="paper", occurred_at=played.now, authorization=paper))
    assert "Authorization auth-1 was received for 1 visit." in [line.text for line in played.state.journal]
