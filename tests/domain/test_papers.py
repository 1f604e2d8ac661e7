"""How papers read, and the progress report: its numbers are the plan's own, and what is missing is named."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from papers_builder import TODAY, a_motion_goal, a_visit, add, fully_lived, lived, terms
from plan_builder import DAY, START, a_pain_goal, a_plan, a_yes_goal
from pydantic import ValidationError

from domain.measured_change import goal_in_words, measured_change
from domain.papers import (
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
    capitalised,
    counted,
    money,
    phone_in_words,
)
from domain.progress_report import progress_report
from domain.state import Appointment, JournalLine, PlanState

EVERYTHING = """\
Letter
======

Cedar Hill, Apr 20, 2026

Facts
-----

A text that is long enough to need a second line, because it goes on past the
column where lines end.

- one
- two, which is long enough to need a second line, and so goes on below its
  own beginning

Code   What                            Charge
-----  ------------------------------  ------
97124  massage                         $95.00
97140  manual therapy of Łukasz Núñez   $9.50


________________________________________  ______________
Maya                                      Date
"""
REPORT = """\
Progress report
===============

Cedar Hill, Apr 20, 2026

Client           Łukasz Núñez
Therapist        Maya
Practice         Cedar Hill, (206) 555-0100
Plan began       Mar 2, 2026
Sessions so far  3
Payer            Example Mutual
Member id        XM-7

Drawn from the plan's own records on Apr 20, 2026.

Baseline and now
----------------
"""


def a_paper(*blocks: Heading | Paragraph | Listing | Table | Signature) -> Paper:
    return Paper(title="Letter", date=TODAY, practice="Cedar Hill", blocks=list(blocks))


def section(paper: Paper, name: str) -> str:
    """The text of one section, up to the next heading."""
    parts = paper.as_text().split("\n\n")
    start = next(place for place, part in enumerate(parts) if part.split("\n")[0] == name)
    after = [place for place, part in enumerate(parts) if place > start and _is_heading(part)]
    return "\n\n".join(parts[start + 1 : min(after, default=len(parts))]).strip("\n")


def _is_heading(part: str) -> bool:
    lines = part.split("\n")
    return len(lines) == 2 and set(lines[1]) == {"-"} and len(lines[0]) == len(lines[1])


def test_a_paper_reads_well_as_plain_text() -> None:
    paper = a_paper(
        Heading(text="Facts"),
        Paragraph(
            text="A text that is long enough to need a second line, because it goes on past the column where lines end."
        ),
        Listing(
            items=[
                "one",
                "two, which is long enough to need a second line, and so goes on below its own beginning",
            ]
        ),
        Table(
            header=["Code", "What", "Charge"],
            rows=[["97124", "massage", "$95.00"], ["97140", "manual therapy of Łukasz Núñez", "$9.50"]],
        ),
        Signature(name="Maya"),
    )
    assert paper.as_text() == EVERYTHING


def test_a_table_wider_than_the_page_wraps_its_longest_cells_and_leaves_numbers_whole() -> None:
    table = Table(
        header=["Goal", "Measure", "Amount"],
        rows=[["lifting the arm " * 4, "turning the head to one side, as far as it goes " * 2, "$1,120.00"]],
    )
    lines = a_paper(table).as_text().split("\n")
    assert max(len(line) for line in lines) <= 78
    assert any(line.endswith("  $1,120.00") for line in lines)


def test_a_word_longer_than_its_column_is_broken_rather_than_the_page_widened() -> None:
    table = Table(rows=[["x" * 60, "y" * 60]])
    text = a_paper(table).as_text()
    assert max(len(line) for line in text.split("\n")) <= 78
    assert text.count("x") == 60
    assert text.count("y") == 60


def test_a_table_with_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValidationError, match="as many cells"):
        Table(header=["a", "b"], rows=[["1"]])


def test_an_empty_table_leaves_no_trace() -> None:
    assert a_paper(Table(rows=[])).as_text() == "Letter\n======\n\nCedar Hill, Apr 20, 2026\n"


def test_amounts_counts_and_numbers_in_words() -> None:
    assert [money(Decimal("1120")), money(Decimal("-1.5")), money(None)] == ["$1,120.00", "-$1.50", "________"]
    assert [counted(1, "visit"), counted(0, "visit")] == ["1 visit", "0 visits"]
    assert [phone_in_words("+12065550100"), phone_in_words("+4930555010")] == ["(206) 555-0100", "+49 30 555010"]
    assert capitalised("less TV") == "Less TV"


def test_the_report_begins_with_the_people_and_the_payer() -> None:
    assert progress_report(fully_lived(), TODAY).as_text().startswith(REPORT)


def test_the_report_sets_baseline_and_now_side_by_side() -> None:
    report = progress_report(lived(a_plan(a_pain_goal())), TODAY)
    assert (
        section(report, "Baseline and now").split("\n\n")[0]
        == """\
Goal       Measure                    Start  Now  Change  MDC  MCID  Target
---------  -------------------------  -----  ---  ------  ---  ----  ------
less pain  pain from 0 to 10, points      7    4      -3    2     2       3"""
    )
    told = section(progress_report(fully_lived(), TODAY), "Baseline and now")
    numbers = next(line for line in told.split("\n") if line.startswith("turning"))
    assert numbers.split()[-6:] == ["45", "56", "+11", "11.07", "-", "75"]


def test_a_change_beyond_error_is_told_with_what_people_notice() -> None:
    assert goal_in_words(lived(), a_pain_goal()) == (
        "Less pain (pain from 0 to 10): 7 points at the start, 4 points at session 3 (Mar 16, 2026); the goal is "
        "3 points. It changed by 3 points for the better, more than the 2 points that the measure can tell apart "
        "(MDC), and more than the 2 points that people notice on average (MCID)."
    )


def test_a_change_as_large_as_the_error_is_said_to_be_just_that() -> None:
    assert goal_in_words(lived(pain=(7, 5)), a_pain_goal()).endswith(
        "It changed by 2 points for the better, as much as the 2 points that the measure can tell apart (MDC), and as "
        "much as the 2 points that people notice on average (MCID)."
    )


def test_a_change_within_the_error_is_never_called_progress() -> None:
    state = lived(pain=(7, 6))
    assert goal_in_words(state, a_pain_goal()).endswith(
        "It changed by 1 point for the better, less than the 2 points that the measure can tell apart (MDC): it may be "
        "measurement error."
    )
    change = measured_change(state, a_pain_goal())
    assert change is not None
    assert not change.is_real


def test_a_change_for_the_worse_is_told_as_one_and_proves_nothing() -> None:
    state = lived(pain=(7, 10))
    assert goal_in_words(state, a_pain_goal()).endswith(
        "It changed by 3 points for the worse, more than the 2 points that the measure can tell apart (MDC)."
    )
    change = measured_change(state, a_pain_goal())
    assert change is not None
    assert not change.is_real


def test_no_change_and_no_value_are_told_as_such() -> None:
    assert goal_in_words(lived(pain=(7, 7)), a_pain_goal()).endswith("the goal is 3 points. It has not changed.")
    assert goal_in_words(lived(pain=()), a_pain_goal()) == (
        "Less pain (pain from 0 to 10): 7 points at the start, nothing measured since; the goal is 3 points."
    )


def test_a_value_by_another_person_has_to_change_by_more() -> None:
    # 7 degrees between two values of one person; between two people 7 x sqrt((1 + 2 x 2) / 2) = 11.07.
    assert goal_in_words(fully_lived(), a_motion_goal()) == (
        "Turning the head (turning the head to one side, left): 45 degrees at the start, 56 degrees at session 3 "
        "(Mar 16, 2026); the goal is 75 degrees. It changed by 11 degrees for the better, less than the 11.07 degrees "
        "that the measure can tell apart (MDC, widened because the baseline was measured by therapist and this by "
        "Robin): it may be measurement error."
    )


def test_the_answers_to_a_yes_or_no_goal_are_told_from_the_first_to_the_last() -> None:
    assert goal_in_words(lived(), a_yes_goal()) == (
        "Falling asleep easily (asked: Do you fall asleep easily now?): no at session 1 (Mar 2, 2026), yes at "
        "session 3 (Mar 16, 2026)."
    )
    assert goal_in_words(lived(pain=(7,)), a_yes_goal()).endswith(
        "yes at session 1 (Mar 2, 2026); no earlier answer is recorded."
    )
    assert goal_in_words(lived(pain=()), a_yes_goal()).endswith("no answer is recorded.")


def test_every_value_stands_in_the_table_of_its_session_with_flares_and_other_raters_marked() -> None:
    told = section(progress_report(fully_lived(), TODAY), "Values by session")
    assert told.startswith("""\
Session  Date          less pain  turning the head
-------  ------------  ---------  ----------------
start    -             7          45
1        Mar 2, 2026   7          47
2        Mar 9, 2026   6 (flare)  -
3        Mar 16, 2026  4          56 (by Robin)

A dash: nothing recorded.""")


def test_many_goals_share_several_tables_that_fit_the_page() -> None:
    goals = [a_motion_goal(id=f"turning-{n}", description=f"turning the head, way {n}") for n in range(7)]
    state = lived(a_plan(*goals))
    state.values = []
    add(state, "turning-6", 3, 70)
    told = section(progress_report(state, TODAY), "Values by session")
    assert told.count("start ") == 2
    assert max(len(line) for line in told.split("\n")) <= 78
    assert [line for line in told.split("\n") if line.startswith("3 ")][1].split()[-2:] == ["-", "70"]


def test_attendance_names_every_visit_that_took_place_was_missed_or_cancelled() -> None:
    assert (
        section(progress_report(fully_lived(), TODAY), "Attendance")
        == """\
- 3 sessions took place (8 planned): Mar 2, 2026; Mar 9, 2026; Mar 16, 2026.
- 1 visit missed: Mar 23, 2026.
- 1 visit cancelled: Mar 30, 2026.
- 1 visit still booked: Apr 27, 2026."""
    )


def test_a_cancellation_without_its_booking_is_not_given_a_day() -> None:
    state = lived()
    said_at = START + 3 * DAY
    state.appointments["x"] = Appointment(
        appointment_id="x", starts_at=said_at, booked_at=said_at, as_of=said_at, status="cancelled"
    )
    told = section(progress_report(state, TODAY), "Attendance")
    assert "- 1 visit cancelled: one on a day that is not recorded." in told


def test_a_visit_late_in_the_evening_has_the_day_of_the_clients_clock() -> None:
    state = lived(pain=())
    state.appointments["x"] = a_visit(1, "missed")
    state.appointments["x"].starts_at = datetime(2026, 3, 4, 3, tzinfo=UTC)  # 19:00 on March 3 in Los Angeles
    assert "- 1 visit missed: Mar 3, 2026." in section(progress_report(state, TODAY), "Attendance")


def test_benchmarks_are_told_with_what_became_of_them() -> None:
    state = fully_lived()
    state.benchmarks = {"turning:4": "missed"}
    state.plan = state.plan.model_copy(update={"goals": [a_pain_goal(by_session=2), a_motion_goal()]})
    assert (
        section(progress_report(state, TODAY), "Goals and benchmarks")
        == """\
Goal              By session  Expected    Outcome
----------------  ----------  ----------  -------------
less pain                  2  3 points    not recorded
turning the head           4  60 degrees  missed
turning the head           8  75 degrees  still to come"""
    )


def test_treatment_and_home_program_are_told_as_agreed() -> None:
    report = progress_report(fully_lived(), TODAY)
    assert (
        section(report, "Treatment")
        == """\
Length of a session  60 minutes
Frequency            every week
Sessions planned     8
Technique            Swedish
Pressure             not recorded
Rhythm               not recorded"""
    )
    assert section(report, "Home program") == "- Chin tucks, every day (stop if it hurts)"
    assert section(progress_report(lived(), TODAY), "Home program") == "- None is recorded."


def a_line(seq: int, kind: str, text: str) -> JournalLine:
    return JournalLine.model_validate({"seq": seq, "at": START + seq * DAY, "kind": kind, "text": text})


def test_what_changed_comes_from_the_story_each_line_once_and_nothing_else_of_it() -> None:
    changed = a_line(3, "plan_change", "The plan was changed: minutes 45.")
    story = [a_line(9, "new_goal", "New goal: less pain."), changed, a_line(4, "reply", "Something private.")]
    report = progress_report(lived(journal=[changed]), TODAY, story)
    assert section(report, "What changed") == (
        "- Mar 5, 2026: The plan was changed: minutes 45.\n- Mar 11, 2026: New goal: less pain."
    )


def test_without_the_story_the_report_says_that_it_knows_only_the_traces() -> None:
    state = lived(window_from={"pain": 2}, homework_version=2, homework_since=START + 8 * DAY)
    assert (
        section(progress_report(state, TODAY), "What changed")
        == """\
- At session 2 (Mar 9, 2026) the plan was changed; what was changed is not at
  hand.
- Mar 10, 2026: the home program was changed.
- The plan's full story was not at hand for this report; its timeline has
  every change."""
    )


def test_what_is_missing_is_named() -> None:
    goals = (a_pain_goal(), a_motion_goal(), a_yes_goal())
    state = lived(a_plan(*goals, coverage=terms()), pain=(7, 6))
    add(state, "turning", 2, 50)
    state.values = [value for value in state.values if (value.goal_id, value.session) != ("pain", 1)]
    assert (
        section(progress_report(state, TODAY), "Not in these records").split("\n\n")[0]
        == """\
- Diagnosis and its codes: ________
- Client's date of birth: ________
- Prescriber's order: none is recorded. ________
- Falling asleep easily: no answer from before the first session.
- Less pain: no value at session 1.
- Turning the head: no value at session 1."""
    )


def test_an_order_in_the_plan_is_not_called_missing() -> None:
    ordered = terms(authorizations=[{"id": "rx-1", "kind": "prescription"}])
    report = progress_report(lived(a_plan(a_pain_goal(), coverage=ordered)), TODAY)
    assert "order" not in section(report, "Not in these records")


def test_numbers_that_nobody_has_read_in_their_source_are_to_be_checked() -> None:
    goal = a_motion_goal(measure="rom_knee_flex", description="bending the knee", side=None)
    state = lived(a_plan(goal, coverage=terms()), pain=())
    assert (
        "- MDC and MCID of bending the knee: check them before sending. Goniometer, same rater; published values run "
        "from 6 to 10 degrees."
    ) in " ".join(section(progress_report(state, TODAY), "Not in these records").split())


def test_a_plan_without_any_session_still_gives_a_report() -> None:
    state: PlanState = lived(pain=())
    told = progress_report(state, date(2026, 3, 2))
    assert section(told, "Attendance").startswith("- 0 sessions took place (no fixed number is planned).")
    assert "7 points at the start, nothing measured since" in " ".join(told.as_text().split())
