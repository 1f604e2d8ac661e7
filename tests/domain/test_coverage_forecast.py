"""The forecast in words, worked out by hand, and in numbers, against a count that walks through every single day.

2 March 2026, the day on which the plans here begin, is a Monday.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.coverage_forecast import Forecast, forecast
from domain.coverage_terms import Coverage
from domain.state import Appointment, PlanState, Session
from tests.domain.plan_builder import DAY, START, a_plan, a_state
from tests.domain.search import stories

TODAY = date(2026, 3, 2)


def planned(
    coverage: dict[str, Any], *, sessions: int | str = 12, minutes: int = 60, spacing: timedelta = 7 * DAY
) -> PlanState:
    plan = a_plan(coverage=Coverage.model_validate(coverage))
    dosage = plan.dosage.model_copy(update={"session_minutes": minutes, "spacing": spacing, "sessions": sessions})
    return a_state(plan.model_copy(update={"dosage": dosage}))


def with_sessions(state: PlanState, *days: int, minutes: int = 60) -> PlanState:
    for number, after in enumerate(days):
        at = START + after * DAY
        session = Session(appointment_id=f"s{number}", starts_at=at, ends_at=at + timedelta(minutes=minutes))
        state.sessions.append(session)
    return state


def with_booked(state: PlanState, *days: int) -> PlanState:
    for number, after in enumerate(days):
        visit = Appointment(appointment_id=f"b{number}", starts_at=START + after * DAY, booked_at=START, as_of=START)
        state.appointments[visit.appointment_id] = visit
    return state


def foreseen(state: PlanState, today: date = TODAY) -> Forecast:
    found = forecast(state, today)
    assert found is not None
    return found


def test_the_plan_needs_more_units_than_the_pool_has_left() -> None:
    pool = {"id": "rehab", "visits": 20, "minutes_per_visit": 30, "used_elsewhere": 6}
    found = foreseen(planned({"pools": [pool]}))
    assert found.sentence == (
        "The plan needs 12 visits of 60 minutes = 24 units; 14 left until 31 December 2026. "
        "5 of them go over, the first about 20 April 2026."
    )
    assert (found.visits, found.covered, found.goes_over) == (12, 7, True)


def test_a_plan_that_is_covered_says_so_in_one_sentence() -> None:
    found = foreseen(planned({"pools": [{"id": "rehab", "visits": 20}]}))
    assert found.sentence == "The plan needs 12 visits of 60 minutes; 20 left until 31 December 2026."
    assert not found.goes_over


def test_sessions_done_are_needed_no_more_and_booked_visits_are_counted_on_their_day() -> None:
    state = with_booked(with_sessions(planned({"visits_authorized": 4, "valid_until": "2026-04-30"}), 1, 8), 15, 60)
    found = foreseen(state, date(2026, 3, 11))
    assert found.sentence == (
        "The plan needs 10 more visits of 60 minutes; 2 left until 30 April 2026. "
        "9 of them go over, the first about 1 May 2026."
    )


def test_an_open_plan_is_counted_to_the_end_of_the_pools_year() -> None:
    found = foreseen(planned({"pools": [{"id": "rehab", "visits": 4, "year": "04-01"}]}, sessions="open"))
    assert found.sentence == (
        "Until 31 March 2026 the plan needs 5 visits of 60 minutes; 4 left until 31 March 2026. "
        "1 of them goes over, the first about 30 March 2026."
    )


def test_the_years_turn_in_the_middle_brings_new_visits() -> None:
    pool = {"id": "rehab", "visits": 6, "minutes_per_visit": 30, "year": "04-01", "used_before": 1}
    found = foreseen(planned({"pools": [pool]}, sessions=7))
    assert found.sentence == (
        "The plan needs 7 visits of 60 minutes; rehab: 10 units, 5 left until 31 March 2026; "
        "rehab: 4 units, 6 left until 31 March 2027. 3 of them go over, the first about 16 March 2026."
    )


def test_pools_and_papers_are_named_where_there_are_several() -> None:
    coverage = {
        "pools": [{"id": "rehab", "visits": 20}],
        "authorizations": [{"id": "pa-1", "visits": 6}, {"id": "rx-1", "kind": "prescription", "until": "2026-12-01"}],
    }
    assert foreseen(planned(coverage, sessions=6)).sentence == (
        "The plan needs 6 visits of 60 minutes; rehab: 20 left until 31 December 2026; authorization pa-1: 6 left; "
        "prescription rx-1: open until 1 December 2026."
    )


def test_without_limits_there_is_nothing_to_foresee_and_after_the_end_nothing_is_needed() -> None:
    assert forecast(planned({"payer": "Example Mutual"}), TODAY) is None
    ended = planned({"visits_authorized": 4})
    ended.ended = True
    assert foreseen(ended).sentence == "The plan needs no visits; 4 left."


def test_a_spacing_beyond_all_calendars_ends_the_foresight_and_nothing_else() -> None:
    assert foreseen(planned({"visits_authorized": 4}, spacing=timedelta.max)).visits == 1


# The same by brute force: each day is walked through, each visit of it looked at, with plain numbers only.


@st.composite
def coverages(draw: st.DrawFn) -> dict[str, Any]:
    pools = [
        {
            "id": f"pool{number}",
            "visits": draw(st.integers(0, 30)),
            "minutes_per_visit": draw(st.sampled_from([None, 30, 45, 60])),
            "year": draw(st.sampled_from(["calendar", "04-01", "03-02", "09-15"])),
            "used_before": draw(st.integers(0, 4)),
            "used_elsewhere": draw(st.integers(0, 4)),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    papers = [
        {
            "id": f"paper{number}",
            "kind": draw(st.sampled_from(["authorization", "prescription"])),
            "visits": draw(st.sampled_from([None, 0, 1, 3, 8, 20])),
            "from": draw(st.sampled_from([None, "2026-01-10", "2026-03-20", "2026-06-01"])),
            "until": draw(st.sampled_from([None, "2026-06-02", "2026-08-31", "2027-02-28"])),
            "codes": draw(st.sampled_from([[], [], [97124], [97140]])),
        }
        for number in range(draw(st.integers(0 if pools else 1, 3)))
    ]
    return {"pools": pools, "authorizations": papers}


@st.composite
def plans(draw: st.DrawFn) -> tuple[PlanState, dict[str, Any], date]:
    coverage = draw(coverages())
    state = planned(
        coverage,
        sessions=draw(st.sampled_from(["open", 3, 5, 12, 40])),
        minutes=draw(st.sampled_from([30, 45, 60, 90])),
        spacing=draw(st.sampled_from([timedelta(hours=30), 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, timedelta(hours=5)])),
    )
    done = sorted(draw(st.lists(st.integers(0, 40), max_size=6)))
    with_sessions(state, *done, minutes=draw(st.sampled_from([30, 60])))
    with_booked(state, *draw(st.lists(st.integers(30, 120), max_size=5)))
    return state, coverage, TODAY + draw(st.integers(0, 330)) * DAY


@stories(120)
@given(plans())
def test_the_forecast_agrees_with_a_count_of_every_day(drawn: tuple[PlanState, dict[str, Any], date]) -> None:
    state, coverage, today = drawn
    found = foreseen(state, today)
    before, after = full(coverage), full(coverage)
    done = [(session.starts_at.date(), session.minutes) for session in state.sessions]
    walk(done, coverage, before)
    walk(done, coverage, after)
    ahead = days_ahead(state, coverage, today)
    outcomes = walk([(day, state.plan.dosage.session_minutes) for day in ahead], coverage, after)
    missing = [day for day, is_covered in outcomes if not is_covered]
    assert (found.visits, found.covered) == (len(outcomes), len(outcomes) - len(missing))
    assert found.first_uncovered == min(missing, default=None)
    for part in found.parts:
        book = part.id if part.name != part.id else f"{part.id} {part.first.year if part.first else ''}"
        held, left = before[book], after[book]
        assert part.left == (None if held is None else max(0, held)), book
        assert held is None or left is None or part.needs == held - left, book


def days_ahead(state: PlanState, coverage: dict[str, Any], today: date) -> list[date]:
    booked = sorted(visit.starts_at.date() for visit in state.appointments.values())
    known = booked + [session.starts_at.date() for session in state.sessions]
    hours = max(int(state.plan.dosage.spacing.total_seconds()) // 3600, 24)
    wanted = state.plan.dosage.sessions
    stop = last_day_of_open_plan(coverage, today) if wanted == "open" else date.max
    more = 10_000 if wanted == "open" else max(0, wanted - len(state.sessions) - len(booked))
    found: list[date] = []
    first = max(max(known) + timedelta(days=hours // 24), today) if known else today
    passed = 0
    while len(found) < more and first + timedelta(days=passed // 24) <= stop:
        found.append(first + timedelta(days=passed // 24))
        passed += hours
    return booked + found


def last_day_of_open_plan(coverage: dict[str, Any], today: date) -> date:
    if coverage["pools"]:
        ends: list[date] = []
        for pool in coverage["pools"]:
            day = today
            while year_name(pool, day + DAY) == year_name(pool, today):
                day += DAY
            ends.append(day)
        return max(ends)
    a_year_on = today + timedelta(days=365)
    untils = [
        date.fromisoformat(paper["until"]) if paper["until"] else a_year_on for paper in coverage["authorizations"]
    ]
    return min(max(today, max(untils)), a_year_on)


def year_name(pool: dict[str, Any], day: date) -> str:
    """A pool's year is called after the calendar year in which it began."""
    begins = "01-01" if pool["year"] == "calendar" else pool["year"]
    return f"{pool['id']} {day.year if f'{day:%m-%d}' >= begins else day.year - 1}"


def full(coverage: dict[str, Any]) -> dict[str, int | None]:
    """Everything unused: each year of each pool from 2025 on, less what others used in the first, and each paper."""
    holds: dict[str, int | None] = {paper["id"]: paper["visits"] for paper in coverage["authorizations"]}
    for pool in coverage["pools"]:
        for year in range(2025, 2040):
            holds[f"{pool['id']} {year}"] = pool["visits"]
        began = year_name(pool, TODAY)
        holds[began] = pool["visits"] - pool["used_before"] - pool["used_elsewhere"]
    return holds


def walk(
    visits: list[tuple[date, int]], coverage: dict[str, Any], holds: dict[str, int | None]
) -> list[tuple[date, bool]]:
    """Take every visit out of the books on its day."""
    outcomes: list[tuple[date, bool]] = []
    for day, length in visits:
        good = True
        for pool in coverage["pools"]:
            takes, per_visit = 1, pool["minutes_per_visit"]
            while per_visit and takes * per_visit < length:
                takes += 1
            left = holds[year_name(pool, day)] or 0
            good = good and left >= takes
            holds[year_name(pool, day)] = left - takes
        for kind in ("authorization", "prescription"):
            good = (
                give_one([paper for paper in coverage["authorizations"] if paper["kind"] == kind], day, holds) and good
            )
        outcomes.append((day, good))
    return outcomes


def give_one(papers: list[dict[str, Any]], day: date, holds: dict[str, int | None]) -> bool:
    """One visit from the first paper to end that is good for massage on that day; True where none is asked for."""
    on = day.isoformat()
    for paper in sorted(papers, key=lambda paper: paper["until"] or "9999"):
        is_open = (paper["from"] or "") <= on <= (paper["until"] or "9999")
        held = holds[paper["id"]]
        if is_open and paper["codes"] != [97140] and held != 0:
            holds[paper["id"]] = None if held is None else held - 1
            return True
    return not papers
