"""The last day and our own day of every row, against dates worked out by hand, and the sentences that explain them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.business_days import is_business_day
from domain.claim_rules import packaged_rules
from domain.deadlines import Day, after
from domain.payer import Rule
from tests.domain.claim_rows import BY_HAND, Worked, a_rule, day_of, row

CASES = [(rule_id, worked) for worked in BY_HAND for rule_id in worked.rules.split()]
DAYS = st.dates(date(2015, 1, 1), date(2060, 1, 1))
ROWS = st.sampled_from(packaged_rules())
NOV_28 = date(2026, 11, 28)


def a_day(rule: Rule | None, **dates: date) -> Day:
    found = day_of(rule, **dates)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rule_id", "worked"), CASES, ids=[f"{rule_id} {worked.dates}: {worked.how}" for rule_id, worked in CASES]
)
def test_a_row_gives_the_days_worked_out_by_hand(rule_id: str, worked: Worked):
    day = a_day(row(rule_id), **worked.known())
    assert (day.legal.isoformat(), day.act_by.isoformat()) == (worked.legal, worked.act_by)


def test_every_row_has_a_day_worked_out_by_hand():
    states_prompt_pay = {
        r.id for r in packaged_rules() if r.about == "prompt_pay" and r.state and r.payer_type in _INSURED
    }
    assert {rule_id for rule_id, _ in CASES} == {rule.id for rule in packaged_rules()} - states_prompt_pay


_INSURED = ("commercial", "aca")
_IN_30_DAYS = dict.fromkeys(["OR", "WA", "CA", "AK", "AZ", "IA", "IL", "DC", "DE"], (30, 30))
_IN_30_OR_45 = dict.fromkeys(["TX", "AL", "AR", "CO", "ID", "IN"], (30, 45))
PROMPT_PAY = _IN_30_DAYS | _IN_30_OR_45 | {"CT": (45, 45), "FL": (20, 40), "GA": (15, 30), "HI": (15, 30)}
"""How many days an insurer of that state has for an electronic and a paper claim."""


def test_each_state_gives_its_insurers_the_days_of_the_table():
    found: dict[tuple[str, str], dict[str, int]] = {}
    for rule in packaged_rules():
        if rule.about == "prompt_pay" and rule.state and rule.payer_type in _INSURED:
            methods = [rule.method] if rule.method else ["electronic", "paper"]
            days = dict.fromkeys(methods, rule.days or 0)
            found.setdefault((rule.state, rule.payer_type), {}).update(days)
    expected = {
        (state, kind): {"electronic": electronic, "paper": paper}
        for state, (electronic, paper) in PROMPT_PAY.items()
        for kind in _INSURED
    }
    assert found == expected


@pytest.mark.parametrize(
    ("rule_id", "legal", "act_by"),
    [
        ("prompt-pay-texas-electronic-commercial", "2026-12-26", "2026-12-24"),  # 4+26, Saturday after Christmas
        ("prompt-pay-texas-paper-commercial", "2027-01-10", "2027-01-08"),  # 4+31+10, Sunday
        ("prompt-pay-florida-electronic-aca", "2026-12-16", "2026-12-16"),
        ("prompt-pay-15-30-electronic-hi-aca", "2026-12-11", "2026-12-11"),
    ],
)
def test_a_payers_last_day_is_not_moved_by_a_day_off(rule_id: str, legal: str, act_by: str):
    day = a_day(row(rule_id), received=date(2026, 11, 26))
    assert (day.legal.isoformat(), day.act_by.isoformat()) == (legal, act_by)


def test_the_last_day_that_the_letter_names_wins_over_the_row():
    day = a_day(row("appeal-erisa"), receipt=date(2026, 5, 27), stated_deadline=NOV_28)
    assert (day.legal, day.act_by, day.stated) == (NOV_28, date(2026, 11, 18), True)
    assert (day.source, day.as_of, day.sure) == ("the letter in hand", None, None)
    assert day.why_legal == (
        "The letter itself names Sat Nov 28, 2026 as the last day, and the letter wins over every rule."
    )


def test_the_last_day_that_the_letter_names_counts_where_no_row_is_known():
    day = a_day(None, stated_deadline=NOV_28)
    assert (day.legal, day.act_by) == (NOV_28, date(2026, 11, 18))


def test_without_a_row_and_without_a_date_in_the_letter_there_is_no_deadline():
    assert day_of(None, receipt=date(2026, 5, 27)) is None


@given(ROWS)
def test_a_row_with_nothing_to_count_from_gives_no_deadline(rule: Rule):
    assert day_of(rule) is None


def test_dates_that_a_row_does_not_count_from_give_no_deadline():
    assert day_of(row("timely-filing"), receipt=date(2026, 5, 27), filed=date(2026, 5, 28)) is None
    assert day_of(row("appeal-erisa"), service=date(2026, 5, 27)) is None


def test_the_earliest_known_date_stands_for_a_missing_one():
    oregon = row("dispute-workers-comp-oregon")
    with_a_late_letter = a_day(oregon, denial=date(2026, 4, 1), receipt=date(2026, 4, 20))
    assert with_a_late_letter.legal == a_day(oregon, mailing=date(2026, 4, 1)).legal == date(2026, 6, 30)


def test_the_sentences_name_the_start_the_length_the_source_and_how_sure_it_is():
    day = a_day(row("appeal-commercial"), receipt=date(2026, 5, 27))
    assert day.why_legal == (
        "180 days after Wed May 27, 2026, the day the letter was received; that day isn't counted. "
        "The last day is Mon Nov 23, 2026. "
        "Source: 29 CFR 2560.503-1(h), 45 CFR 147.136, for most insured plans (as of Nov 23, 2026; "
        "likely right, but check it against the letter or the contract)."
    )
    assert day.why_act_by == "10 days before the last day: Fri Nov 13, 2026."


def test_the_sentences_say_why_a_day_moved():
    day = a_day(row("external-review-erisa"), receipt=date(2026, 9, 3))
    assert "The last day is Sun Jan 3, 2027, a day off, so it moves to Mon Jan 4, 2027. Source:" in day.why_legal
    assert day.why_act_by == (
        "10 days before the last day is Fri Dec 25, 2026, a day off, "
        "so we act on the business day before it: Thu Dec 24, 2026."
    )


def test_the_sentence_says_that_a_month_has_no_such_day():
    day = a_day(row("external-review-erisa"), receipt=date(2026, 12, 31))
    assert "4 months after Thu Dec 31, 2026" in day.why_legal
    assert "The last day is Sat May 1, 2027 (that month has no such day), a day off, so it moves" in day.why_legal


def test_the_sentence_says_when_a_letter_counts_as_received():
    day = a_day(row("appeal-medicare"), letter=date(2026, 10, 31))
    assert day.why_legal.startswith(
        "120 days after Thu Nov 5, 2026 (the letter counts as received 5 days after Sat Oct 31, 2026, "
        "the date on the letter); that day isn't counted."
    )


def test_a_letter_that_came_later_than_presumed_counts_from_that_day_and_wants_proof():
    late = a_day(row("appeal-medicare"), letter=date(2026, 10, 31), receipt=date(2026, 11, 12))
    assert late.why_legal.startswith("120 days after Thu Nov 12, 2026, the day the letter was received;")
    assert "It counts as received on Thu Nov 5, 2026 unless you can show that it came later: keep the proof." in (
        late.why_legal
    )
    in_time = a_day(row("appeal-medicare"), letter=date(2026, 10, 31), receipt=date(2026, 11, 5))
    assert "proof" not in in_time.why_legal


def test_the_sentence_says_that_an_earlier_date_was_taken_to_be_safe():
    day = a_day(row("appeal-erisa"), letter=date(2026, 5, 27))
    assert (
        "The day the letter was received isn't recorded; the earliest date known is taken, to be safe." in day.why_legal
    )


def test_the_sentence_warns_where_only_a_later_date_is_known():
    day = a_day(row("appeal-medicaid"), receipt=date(2026, 11, 2))
    assert (
        "The date on the letter isn't recorded and lies earlier, so the true last day may be earlier too: "
        "look at the letter."
    ) in day.why_legal


def test_a_row_without_a_lead_says_that_the_last_day_itself_is_meant():
    sunday = a_day(row("timely-filing"), service=date(2026, 11, 23))
    assert sunday.why_act_by == (
        "The last day itself is Sun Feb 21, 2027, a day off, so we act on the business day before it: Fri Feb 19, 2027."
    )
    assert a_day(row("timely-filing"), service=date(2027, 12, 1)).why_act_by == "The last day itself: Tue Feb 29, 2028."


def test_one_month_and_one_day_are_said_in_the_singular():
    assert a_day(a_rule(months=1), service=date(2026, 1, 31)).why_legal.startswith("1 month after Sat Jan 31, 2026")
    assert a_day(a_rule(days=1), service=date(2026, 1, 31)).why_legal.startswith("1 day after Sat Jan 31, 2026")


def test_a_month_without_the_day_ends_on_its_last_unless_the_row_rolls_forward():
    end_of_january = date(2028, 1, 31)
    assert after(a_rule(months=1), end_of_january) == date(2028, 2, 29)
    assert after(a_rule(months=1, rolls_forward=True), end_of_january) == date(2028, 3, 1)
    assert after(a_rule(months=11), end_of_january) == date(2028, 12, 31)
    assert after(a_rule(months=12), date(2028, 12, 31)) == date(2029, 12, 31)


def test_a_nudge_falls_on_a_day_off_unless_its_row_rolls_forward():
    friday = date(2026, 11, 13)
    assert after(a_rule(days=15), friday) == NOV_28
    assert after(a_rule(days=15, rolls_forward=True), friday) == date(2026, 11, 30)


@given(
    rule=ROWS, days=st.lists(DAYS, min_size=9, max_size=9), stated=st.none() | DAYS, lead=st.none() | st.integers(0, 60)
)
def test_our_day_is_a_business_day_and_never_after_the_last_day(
    rule: Rule, days: list[date], stated: date | None, lead: int | None
):
    changed = rule if lead is None else rule.model_copy(update={"lead_days": lead})
    names = ("denial", "letter", "mailing", "receipt", "service", "submitted", "received", "filed", "asked")
    known = dict(zip(names, days, strict=True)) | ({"stated_deadline": stated} if stated else {})
    day = a_day(changed, **known)
    assert day.act_by <= day.legal
    assert is_business_day(day.act_by)
    assert (day.legal - day.act_by).days >= changed.lead_days


@given(ROWS, DAYS, DAYS)
def test_counting_from_a_later_day_never_ends_earlier(rule: Rule, one: date, other: date):
    earlier, later = sorted([one, other])
    assert earlier <= after(rule, earlier) <= after(rule, later)


@given(ROWS, DAYS)
def test_a_last_day_falls_on_a_day_off_only_where_the_row_leaves_it_there(rule: Rule, start: date):
    if rule.rolls_forward or rule.business_days:
        assert is_business_day(after(rule, start))
