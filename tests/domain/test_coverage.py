"""The ledger: what pools and papers have given, whose year is which, and what the coverage's fields refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.bounds import bounded
from domain.coverage import Visit, elsewhere, ledger_of
from domain.coverage_panel import Row, panel
from domain.coverage_terms import Coverage, HsaLetter, Pool, add_months
from domain.coverage_warnings import coverage_warnings
from domain.events import VisitsUsedElsewhere
from domain.payer import Payer
from domain.state import PlanState, Session
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state

TODAY = date(2026, 3, 2)


def covered(coverage: dict[str, Any], payers: list[Payer] | None = None, **plan: Any) -> PlanState:
    practice = a_practice().model_copy(update={"payers": payers or []})
    return a_state(a_plan(coverage=Coverage.model_validate(coverage), **plan), practice)


def after(state: PlanState, *days_later: int, minutes: int = 60) -> PlanState:
    """The state after sessions so many days after the start."""
    for number, days in enumerate(days_later):
        starts_at = START + days * DAY
        session = Session(
            appointment_id=f"s{number}", starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes)
        )
        state.sessions.append(session)
    return state


def row(state: PlanState, label: str, today: date = TODAY) -> Row:
    shown = panel(state, today)
    assert shown is not None
    return next(one for one in shown.rows if one.label == label)


# Pools


def test_an_hour_counts_as_two_visits_of_a_pool_of_half_hours_and_a_part_as_a_whole_one() -> None:
    half_hours = Pool(id="rehab", visits=20, minutes_per_visit=30)
    assert [half_hours.units(minutes) for minutes in (20, 30, 31, 60, 61, 90)] == [1, 1, 2, 2, 3, 3]
    assert Pool(id="rehab", visits=20).units(120) == 1


@pytest.mark.parametrize(
    ("year", "day", "first", "last"),
    [
        ("calendar", date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        ("07-01", date(2026, 6, 30), date(2025, 7, 1), date(2026, 6, 30)),
        ("07-01", date(2026, 7, 1), date(2026, 7, 1), date(2027, 6, 30)),
        ("03-01", date(2028, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        ("07-01", date(9999, 12, 31), date(9999, 7, 1), date(9999, 12, 31)),
        ("07-01", date(1, 1, 1), date(1, 1, 1), date(1, 6, 30)),
    ],
)
def test_a_plan_year_begins_on_its_day_and_ends_the_day_before(year: str, day: date, first: date, last: date) -> None:
    assert Pool(id="rehab", visits=1, year=year).year_of(day) == (first, last)


def test_a_pool_counts_the_plans_sessions_what_was_used_before_and_what_others_used() -> None:
    pool = {"id": "rehab", "visits": 20, "minutes_per_visit": 30, "used_before": 2, "used_elsewhere": 3}
    state = after(covered({"pools": [pool]}), 1, 8)
    ledger = ledger_of(state)
    assert ledger.used(state.plan.coverage.pools[0], TODAY) == 2 * 2 + 2 + 3
    assert ledger.left(state.plan.coverage.pools[0], TODAY) == 11


def test_the_years_turn_fills_a_pool_again_whatever_others_used_before() -> None:
    pool = {"id": "rehab", "visits": 20, "used_before": 2, "used_elsewhere": 3}
    state = after(covered({"pools": [pool]}), 1, 303, 304)  # 30 December 2026 and 31 December 2026
    ledger, rehab = ledger_of(state), state.plan.coverage.pools[0]
    assert (ledger.left(rehab, date(2026, 12, 31)), ledger.left(rehab, date(2027, 1, 1))) == (12, 20)


def test_a_late_evening_session_counts_on_the_clients_day() -> None:
    """20:00 on 31 December in Los Angeles is the next year in London, and this year for the client."""
    state = covered({"pools": [{"id": "rehab", "visits": 5}]})
    starts_at = START.replace(month=12, day=31, hour=4) + DAY
    state.sessions.append(Session(appointment_id="s", starts_at=starts_at, ends_at=starts_at + HOUR))
    assert ledger_of(state).left(state.plan.coverage.pools[0], date(2026, 12, 31)) == 4


def test_visits_used_elsewhere_add_up_and_belong_to_the_year_they_name() -> None:
    played = Played(covered({"pools": [{"id": "rehab", "visits": 20, "used_elsewhere": 3}]}))
    for number, (visits, year) in enumerate([(2, None), (4, 2027), (1, 2026)]):
        played.take(
            VisitsUsedElsewhere(event_id=f"u{number}", occurred_at=START, pool="rehab", visits=visits, year=year)
        )
    rehab = played.state.plan.coverage.pools[0]
    assert elsewhere(played.state, rehab, date(2026, 5, 1)) == 6
    assert elsewhere(played.state, rehab, date(2027, 5, 1)) == 4


# Authorisations and prescriptions


def test_of_two_open_authorizations_the_one_that_ends_first_gives_the_visit() -> None:
    papers = [{"id": "long", "visits": 5, "until": "2026-12-31"}, {"id": "short", "visits": 1, "until": "2026-04-30"}]
    state = after(covered({"authorizations": papers}), 1, 8)
    ledger = ledger_of(state)
    assert {paper.id: ledger.visits_left(paper) for paper in state.plan.coverage.papers} == {"long": 4, "short": 0}


def test_visits_and_dates_both_run_out() -> None:
    paper = {"id": "pa-1", "visits": 1, "from": "2026-03-05", "until": "2026-04-30"}
    ledger = ledger_of(covered({"authorizations": [paper]}))
    days = [date(2026, 3, 4), date(2026, 4, 30), date(2026, 4, 30), date(2026, 5, 1)]
    assert [[short.words for short in ledger.draw(Visit(day, 60))] for day in days] == [
        ["authorization pa-1: it begins on 5 March 2026"],
        [],
        ["authorization pa-1: 0 of its 1 left"],
        ["authorization pa-1: its last day is 30 April 2026"],
    ]


def test_a_visit_needs_a_prescription_as_well_as_an_authorization_where_both_are_asked_for() -> None:
    papers = [{"id": "pa-1", "visits": 9}, {"id": "rx-1", "kind": "prescription", "until": "2026-03-31"}]
    ledger = ledger_of(covered({"authorizations": papers}))
    assert ledger.draw(Visit(date(2026, 3, 31), 60)) == []
    assert [short.id for short in ledger.draw(Visit(date(2026, 4, 1), 60))] == ["rx-1"]


def test_an_authorization_for_another_code_gives_nothing() -> None:
    paper = {"id": "pa-1", "visits": 9, "codes": [97140]}
    bill = [{"code": 97124, "minutes": 30}, {"code": 97140}]
    ledger = ledger_of(covered({"authorizations": [paper], "bill": bill}))
    assert [short.words for short in ledger.draw(Visit(TODAY, 60))] == ["authorization pa-1: it isn't for 97124"]


def test_the_short_fields_are_an_authorization_like_any_other() -> None:
    state = after(covered({"visits_authorized": 3, "valid_until": "2026-03-31"}), 1, 8)
    ledger = ledger_of(state)
    assert [short.words for short in ledger.draw(Visit(date(2026, 4, 1), 60))] == [
        "authorization authorized: its last day is 31 March 2026"
    ]
    assert ledger.draw(Visit(date(2026, 3, 31), 60)) == []
    assert len(ledger.draw(Visit(date(2026, 3, 31), 60))) == 1


# Warnings and the panel


def test_medicare_is_a_plain_no() -> None:
    medicare = Payer(id="cms", name="Medicare", type="medicare")
    state = covered({"payer": "cms"}, [medicare])
    assert coverage_warnings(state, TODAY) == [
        "Medicare doesn't pay massage therapists: the client pays, and is told so before the visit."
    ]
    shown = panel(state, TODAY)
    assert shown is not None
    assert (shown.payer, shown.goes_over) == ("Medicare", True)


def test_out_of_network_codes_that_nobody_allows_and_too_many_units_are_warned_of() -> None:
    payer = Payer(id="mutual", name="Example Mutual", units_per_day=2)
    bill = [{"code": 97112, "minutes": 15}, {"code": 97124}]
    state = covered({"payer": "mutual", "network": "out", "codes": [97124, 97140], "bill": bill}, [payer])
    assert coverage_warnings(state, TODAY) == [
        "Out of network: the payer pays less, or nothing.",
        "Billed but not allowed: 97112; allowed are 97124, 97140.",
        "A session is 4 billing units; the payer pays 2 a day.",
    ]
    assert row(state, "A session is billed as").value == "97112: 1 unit, 97124: 3 units"


def test_a_letter_of_medical_necessity_is_good_for_twelve_months_at_most() -> None:
    assert HsaLetter(dated=date(2024, 2, 29)).last_day == date(2025, 2, 28)
    assert HsaLetter(dated=date(2026, 1, 5), until=date(2028, 1, 1)).last_day == date(2027, 1, 5)
    assert HsaLetter(dated=date(2026, 1, 5), until=date(2026, 2, 1)).last_day == date(2026, 2, 1)
    state = covered({"hsa_letter": {"dated": "2025-03-01"}})
    assert coverage_warnings(state, date(2026, 3, 1)) == []
    assert coverage_warnings(state, TODAY) == [
        "The letter of medical necessity ended on 1 March 2026: a new one is needed."
    ]


def test_the_panel_says_what_is_used_left_and_shared() -> None:
    pool = {"id": "rehab", "visits": 20, "minutes_per_visit": 30, "used_elsewhere": 3, "shared_with": ["chiropractic"]}
    state = after(covered({"payer": "Example Mutual", "pools": [pool]}), 1)
    assert row(state, "Visits: rehab") == Row(
        "Visits: rehab",
        "5 of 20 used, 15 left",
        "1 January 2026 to 31 December 2026; shared with chiropractic: 3 used elsewhere, as far as is known; "
        "a visit of 60 minutes counts as 2",
    )
    shown = panel(state, TODAY)
    assert shown is not None
    assert shown.payer == "Example Mutual"
    assert shown.verify_again_on == date(2027, 1, 4)  # the first is a holiday, the second and third a weekend
    assert [asked.id for asked in shown.script][:3] == ["benefit", "by_therapist", "visits"]


def test_a_plan_that_nobody_else_pays_has_no_panel() -> None:
    assert panel(a_state(), TODAY) is None


# What the fields refuse


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ({"codes": ["massage"]}, "is no billing code; write its five digits, such as 97124"),
        ({"charge": "ninety"}, "is no amount; write it like 95.00"),
        ({"charge": -1}, "is no amount; write it like 95.00"),
        ({"follow_claims": True}, "payer: is missing, but follow_claims is on"),
        (
            {"pools": [{"id": "a1", "visits": 1}, {"id": "a1", "visits": 2}]},
            "pools: 'a1' is there twice; write another",
        ),
        ({"pools": [{"id": "a1", "visits": 1, "year": "02-29"}]}, "is no day that every year has"),
        ({"pools": [{"id": "a1", "visits": 1, "year": "13-01"}]}, "is no day that every year has"),
        ({"authorizations": [{"id": "authorized"}]}, "stands for visits_authorized and valid_until; write another"),
        ({"authorizations": [{"id": "pa-1", "from": "2026-02-02", "until": "2026-02-01"}]}, "until: lies before from"),
        ({"valid_until": "0026-02-01"}, "lies outside the years 2000 to 2099"),
        ({"bill": [{"code": 97124}, {"code": 97140}]}, "bill: two codes have no minutes"),
        ({"workers_comp": {"plan_within": "PT5H"}}, "is counted in whole days"),
    ],
)
def test_a_coverage_that_makes_no_sense_is_refused_with_what_to_write(written: dict[str, Any], fix: str) -> None:
    with pytest.raises(ValidationError, match="1 validation error") as refused:
        bounded(Coverage.model_validate(written))
    assert fix in str(refused.value)


def test_what_is_written_reads_the_same_after_it_was_stored() -> None:
    written = Coverage.model_validate(
        {
            "charge": "95.00",
            "authorizations": [{"id": "pa-1", "from": "2026-02-01", "codes": [97124]}],
            "codes": [97124],
        }
    )
    stored = Coverage.model_validate_json(written.model_dump_json())
    assert stored == written
    assert stored.authorizations[0].starts == date(2026, 2, 1)


def test_months_end_on_the_last_day_there_is() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
