"""What each form under a claim means: every filled one makes its event, and every mistake has its fix."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from domain.billed import ClaimStatus
from domain.claim import LetterDates
from domain.claim_events import CLAIM_EVENT_TYPES
from domain.errors import Refused
from tests.web.claim_pages_builder import TODAY, a_filled_form
from tests.web.web_builders import NOON
from web.claim_form_table import AT_THEIR_PLACE, FORMS, offered
from web.claim_forms import event_of, show_form

LETTER = {"letter": "2026-01-02", "receipt": "2026-01-04", "stated_deadline": "2026-07-01"}
DATES = LetterDates(letter=date(2026, 1, 2), receipt=date(2026, 1, 4), stated_deadline=date(2026, 7, 1))
REASONS = {
    "group_1": "CO",
    "reason_1": "45",
    "amount_1": "$20",
    "group_2": "PR",
    "reason_2": "3",
    "amount_2": "1,030.50",
}
ADJUSTMENTS = [("CO", "45", Decimal(20)), ("PR", "3", Decimal("1030.50"))]
ON = {"on": "2026-01-03"}
ON_THAT_DAY = {"on": date(2026, 1, 3)}

FILLED: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    (
        "claim_submitted",
        ON | {"by": "paper", "reference": "R1", "number": "N2", "charge": "95"},
        ON_THAT_DAY | {"by": "paper", "reference": "R1", "number": "N2", "charge": Decimal(95)},
    ),
    ("claim_acknowledged", ON | {"reference": "R1"}, ON_THAT_DAY | {"reference": "R1"}),
    ("claim_rejected", {"reason": "no such member"}, {"reason": "no such member", "on": None}),
    (
        "status_answered",
        {"status": "pending", "person": "Lee", "reference": "R1", "note": "two weeks"},
        {"status": "pending", "person": "Lee", "reference": "R1", "note": "two weeks"},
    ),
    (
        "information_requested",
        ON | {"wanted": "the notes", "due": "2026-02-01"},
        ON_THAT_DAY | {"wanted": "the notes", "due": date(2026, 2, 1)},
    ),
    ("information_sent", {"by": "fax", "reference": "R1"}, {"by": "fax", "reference": "R1"}),
    (
        "payment_promised",
        {"until": "2026-01-14", "by": "Lee", "what": "a cheque", "reference": "R1"},
        {"until": date(2026, 1, 14), "by": "Lee", "what": "a cheque", "reference": "R1"},
    ),
    (
        "claim_paid",
        {"paid": "$1,000.00", "remarks": "n30, m127", "order": "1", "forwarded": "true", **REASONS},
        {
            "paid": Decimal(1000),
            "remarks": ["N30", "M127"],
            "adjustments": ADJUSTMENTS,
            "order": 1,
            "forwarded": True,
        },
    ),
    (
        "claim_partly_paid",
        {"paid": "10", "order": "2", "forwarded": "false", **LETTER, **REASONS},
        {"paid": Decimal(10), "dates": DATES, "adjustments": ADJUSTMENTS, "order": 2, "forwarded": False},
    ),
    (
        "claim_denied",
        {**LETTER, **REASONS, "reason": "not needed", "reference": "R1", "remarks": "N115"},
        {
            "dates": DATES,
            "adjustments": ADJUSTMENTS,
            "reason": "not needed",
            "reference": "R1",
            "remarks": ["N115"],
        },
    ),
    ("payment_reversed", {"amount": "10", **REASONS}, {"amount": Decimal(10), "adjustments": ADJUSTMENTS}),
    ("claim_corrected", {"by": "portal", "number": "N2"}, {"by": "portal", "number": "N2"}),
    (
        "appeal_filed",
        {"level": "dispute", "whose": "provider", "by": "fax", "reference": "R1"},
        {"level": "dispute", "whose": "provider", "by": "fax", "reference": "R1"},
    ),
    ("appeal_decided", {"outcome": "partly", **LETTER}, {"outcome": "partly", "dates": DATES}),
    (
        "contact_logged",
        {"channel": "in_person", "person": "Lee", "note": "spoke"},
        {"channel": "in_person", "person": "Lee", "note": "spoke"},
    ),
    (
        "nudge_answered",
        {"nudge": "status:2026-01-01", "answer": "snooze", "until": "2026-01-09", "by": "Robin"},
        {"nudge": "status:2026-01-01", "answer": "snooze", "until": date(2026, 1, 9), "by": "Robin"},
    ),
    (
        "deadline_let_go",
        {"deadline": "dispute:1", "because": "too small", "by": "Robin"},
        {"deadline": "dispute:1", "because": "too small", "by": "Robin"},
    ),
    ("paper_added", {"paper": "denial_letter", "where": "folder"}, {"paper": "denial_letter", "where": "folder"}),
    ("claim_written_off", {"because": "too small", "by": "Robin"}, {"because": "too small", "by": "Robin"}),
    ("claim_closed", ON | {"because": "twice", "by": "Robin"}, ON_THAT_DAY | {"because": "twice", "by": "Robin"}),
]


@pytest.mark.parametrize(("kind", "typed", "meant"), FILLED, ids=[kind for kind, _, _ in FILLED])
def test_every_form_makes_its_event(kind: str, typed: dict[str, str], meant: dict[str, Any]):
    form = a_filled_form(kind, **typed)
    event = event_of(form, NOON, TODAY)
    assert (event.type, event.event_id, event.occurred_at) == (kind, form["event_id"], NOON)
    assert {name: getattr(event, name) for name in meant} == meant


def test_every_event_that_a_person_can_report_has_a_form():
    assert set(FORMS) == CLAIM_EVENT_TYPES - {"claim_opened"}
    assert {kind for kind, _, _ in FILLED} == set(FORMS)


@pytest.mark.parametrize("status", get_args(ClaimStatus))
def test_every_form_is_offered_once_whatever_the_status(status: ClaimStatus):
    likely, others = offered(status)
    names = [kind.type for kind in likely + others]
    assert sorted(names) == sorted(set(FORMS) - set(AT_THEIR_PLACE))


A_DAY = "Write a day, such as 2026-11-24."
AN_AMOUNT = "Write an amount, such as 95.00."
STILL_TO_COME = "This day is still to come: write the day on which it happened."
CHOOSE = "Choose one of these."
CODES = "Write the codes with a space between them, such as N30 M127."
NAME = "Write your name: the record says who decided."

WRONG: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("claim_submitted", {"on": "yesterday"}, {"on": A_DAY}),
    ("claim_submitted", {"on": "2026-01-06"}, {"on": STILL_TO_COME}),
    ("claim_submitted", {"by": "pigeon"}, {"by": CHOOSE}),
    ("claim_submitted", {"charge": "-1"}, {"charge": AN_AMOUNT}),
    ("claim_submitted", {"number": "n" * 39}, {"number": "Write at most 38 characters."}),
    ("claim_submitted", {"reference": "r" * 81}, {"reference": "Write at most 80 characters."}),
    ("status_answered", {}, {"status": CHOOSE}),
    ("status_answered", {"status": "lost"}, {"status": CHOOSE}),
    ("information_requested", {}, {"wanted": "Write 3 to 1000 characters."}),
    ("payment_promised", {}, {"until": A_DAY, "by": "Write the name of who promised it."}),
    ("claim_paid", {}, {"paid": AN_AMOUNT}),
    ("claim_paid", {"paid": "10.005"}, {"paid": AN_AMOUNT}),
    ("claim_paid", {"paid": "Infinity"}, {"paid": AN_AMOUNT}),
    (
        "claim_paid",
        {"paid": "9", "remarks": "see letter"},
        {"remarks": CODES},
    ),
    (
        "claim_paid",
        {"paid": "9", "reason_2": "CO-45", "amount_2": "all"},
        {
            "group_2": "Choose who bears it: the letters before the reason code.",
            "reason_2": "Write the code alone, such as 50.",
            "amount_2": AN_AMOUNT,
        },
    ),
    (
        "claim_denied",
        {"reason": "no"},
        {"letter": "Write at least one of these dates: the deadline counts from them."},
    ),
    ("claim_denied", {"receipt": "2026-01-06"}, {"receipt": STILL_TO_COME}),
    ("claim_denied", {"letter": "2026-13-01"}, {"letter": A_DAY}),
    ("appeal_filed", {}, {"level": CHOOSE, "whose": CHOOSE}),
    ("appeal_decided", {"outcome": "draw"}, {"outcome": CHOOSE}),
    ("contact_logged", {}, {"channel": CHOOSE}),
    ("nudge_answered", {"nudge": "n", "answer": "promised", "by": "R"}, {"until": A_DAY}),
    ("nudge_answered", {"nudge": "n", "answer": "done"}, {"by": NAME}),
    ("deadline_let_go", {"deadline": "d", "because": "no", "by": "R"}, {"because": "Write 3 to 500 characters."}),
    ("paper_added", {"paper": "p"}, {"where": "Write where it is kept, in at most 200 characters."}),
    ("claim_written_off", {"because": "too small"}, {"by": NAME}),
    ("claim_closed", {}, {"because": "Write 3 to 500 characters.", "by": NAME}),
]


def problems_of(typed: dict[str, str]) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        event_of(typed, NOON, TODAY)
    return {problem.field: problem.fix for problem in refused.value.problems}


@pytest.mark.parametrize(("kind", "typed", "fixes"), WRONG)
def test_a_wrong_field_is_told_what_to_write(kind: str, typed: dict[str, str], fixes: dict[str, str]):
    assert problems_of(a_filled_form(kind, **typed)) == fixes


@pytest.mark.parametrize(
    "typed",
    [
        {},
        a_filled_form("claim_opened", plan_id="tina", number="N", service_date="2026-01-02"),
        a_filled_form("claim_submitted") | {"event_id": "chosen-by-hand"},
        a_filled_form("deadline_let_go", because="too small", by="Robin"),
    ],
    ids=["empty", "not offered", "another id", "no deadline"],
)
def test_a_form_that_no_page_shows_is_out_of_date(typed: dict[str, str]):
    assert problems_of(typed) == {"form": "This form is out of date. Load the page again and fill it in once more."}


def test_one_reason_without_an_amount_is_about_the_whole_charge():
    typed = a_filled_form("claim_denied", letter="2026-01-02", group_1="CO", reason_1="50")
    event = event_of(typed, NOON, TODAY, Decimal(120))
    assert event.model_dump()["adjustments"] == [("CO", "50", Decimal(120))]


def test_of_two_reasons_each_needs_its_amount():
    typed = a_filled_form("claim_denied", letter="2026-01-02", group_1="CO", reason_1="50", group_2="PR", reason_2="1")
    with pytest.raises(Refused) as refused:
        event_of(typed, NOON, TODAY, Decimal(120))
    assert [problem.field for problem in refused.value.problems] == ["amount_1", "amount_2"]


def test_a_form_is_made_out_with_a_new_id_each_time():
    kind = FORMS["claim_paid"]
    assert show_form(kind).event_id != show_form(kind).event_id
