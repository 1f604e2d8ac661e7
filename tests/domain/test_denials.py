"""What a biller is told to do about each reason code, and that a client is never billed what the group code forbids."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.adjustments import Adjustment, netted
from domain.denial_rows import GROUPS, DenialRow, Group, fitting, meanings
from domain.denials import NextAction, advise, client_owes, denial_rows, meaning
from domain.payer import PayerType

SPARE_THE_CLIENT = ("CO", "OA", "PI", "CR")


def took(group: str, reason: str, amount: str = "100") -> Adjustment:
    return Adjustment(group, reason, Decimal(amount))


def a_row(**fields: object) -> DenialRow:
    row = {
        "id": "own-row",
        "reasons": ["50"],
        "meaning": "as this practice knows it",
        "action": "appeal",
        "what": "Do as this practice does.",
        "steps": ["Ask the owner."],
        "appealable": True,
        "source": "the practice's contract",
        "as_of": date(2026, 11, 1),
        "sure": "V",
    }
    return DenialRow.model_validate(row | fields)


def for_every_row(group: str) -> list[tuple[DenialRow, list[Adjustment]]]:
    """Each packaged row with adjustments that name its reasons; a row with remarks alone gets a reason without row."""
    return [(row, [took(group, reason) for reason in row.reasons or ["999"]]) for row in denial_rows()]


# One line per code, written by hand from the table of denials: code, remarks, group, action, deadline, whether the
# client may be billed, whether it can be appealed.
TABLE: list[tuple[str, list[str], Group, NextAction, str | None, bool, bool]] = [
    ("1", [], "PR", "bill_client", None, True, False),
    ("2", [], "PR", "bill_client", None, True, False),
    ("3", [], "PR", "bill_client", None, True, False),
    ("45", [], "CO", "post", None, False, False),
    ("16", [], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("16", ["M76"], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("16", ["M51"], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("16", ["N382"], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("16", ["N290"], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("16", ["MA130"], "CO", "correct_and_resubmit", "timely_filing", False, False),
    ("4", [], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("11", [], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("167", [], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("18", [], "OA", "check_status", None, False, False),
    ("22", [], "CO", "bill_other_payer", "timely_filing", False, True),
    ("109", [], "CO", "bill_other_payer", "timely_filing", False, True),
    ("26", [], "CO", "correct_and_resubmit", "timely_filing", False, True),
    ("27", [], "PR", "correct_and_resubmit", "timely_filing", True, True),
    ("31", [], "PR", "correct_and_resubmit", "timely_filing", True, True),
    ("29", [], "CO", "dispute", "dispute", False, True),
    ("29", [], "PR", "dispute", "dispute", False, True),
    ("50", [], "CO", "appeal", "internal_appeal", False, True),
    ("50", [], "PR", "appeal", "internal_appeal", False, True),
    ("50", ["N115"], "CO", "appeal", "internal_appeal", False, True),
    ("96", [], "CO", "appeal", "internal_appeal", False, True),
    ("96", ["N30"], "CO", "write_off", "internal_appeal", False, True),
    ("96", ["N130"], "PR", "bill_client", "internal_appeal", True, True),
    ("204", [], "CO", "appeal", "internal_appeal", False, True),
    ("204", ["N130"], "CO", "write_off", "internal_appeal", False, True),
    ("204", [], "PR", "bill_client", "internal_appeal", True, True),
    ("97", [], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("97", ["M15"], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("119", [], "CO", "check_status", None, False, True),
    ("119", [], "PR", "bill_client", None, True, True),
    ("149", [], "PR", "bill_client", None, True, True),
    ("198", [], "CO", "check_status", None, False, True),
    ("96", ["N362"], "CO", "check_status", None, False, True),
    ("96", ["N435"], "PR", "bill_client", None, True, True),
    ("999", ["N640"], "CO", "check_status", None, False, True),
    ("150", [], "CO", "appeal", "internal_appeal", False, True),
    ("151", [], "CO", "appeal", "internal_appeal", False, True),
    ("170", [], "CO", "correct_and_resubmit", "dispute", False, True),
    ("185", [], "CO", "correct_and_resubmit", "dispute", False, True),
    ("B7", [], "CO", "correct_and_resubmit", "dispute", False, True),
    ("197", [], "CO", "appeal", "internal_appeal", False, True),
    ("243", [], "CO", "appeal", "internal_appeal", False, True),
    ("15", [], "CO", "correct_and_resubmit", "corrected_claim", False, True),
    ("226", [], "CO", "send_records", "information", False, True),
    ("227", [], "PR", "send_records", "information", False, True),
    ("251", [], "CO", "send_records", "information", False, True),
    ("252", [], "CO", "send_records", "information", False, True),
    ("252", ["N706"], "CO", "send_records", "information", False, True),
    ("252", ["M127"], "CO", "send_records", "information", False, True),
    ("242", [], "CO", "check_status", None, False, True),
    ("242", [], "PR", "bill_client", None, True, True),
    ("279", [], "PR", "bill_client", None, True, True),
    ("P2", [], "OA", "hold", "dispute", False, True),
    ("P4", [], "OA", "hold", "dispute", False, True),
    ("P8", [], "OA", "hold", "dispute", False, True),
    ("P12", [], "CO", "post", "dispute", False, True),
    ("P16", [], "PI", "hold", "dispute", False, True),
]


@pytest.mark.parametrize(("code", "remarks", "group", "action", "deadline", "client_pays", "appealable"), TABLE)
def test_each_code_has_its_next_step_and_its_deadline(
    code: str,
    remarks: list[str],
    group: Group,
    action: NextAction,
    deadline: str | None,
    client_pays: bool,
    appealable: bool,
):
    advice = advise([took(group, code)], remarks)
    assert (advice.action, advice.deadline, advice.appealable) == (action, deadline, appealable)
    assert advice.may_bill_client == (Decimal(100) if client_pays else Decimal(0))


def test_the_table_above_leaves_out_no_reason_and_no_remark_of_the_file():
    in_table = {line[0] for line in TABLE} | {remark for line in TABLE for remark in line[1]}
    in_file = {code for row in denial_rows() for code in [*row.reasons, *row.remarks]}
    assert in_file - in_table == {"23"}
    assert in_file <= meanings().keys()


def test_every_row_says_what_to_do_where_it_is_from_and_when_that_was_read():
    ids = [row.id for row in denial_rows()]
    assert len(set(ids)) == len(ids)
    for row in denial_rows():
        assert row.what.endswith(".")
        assert 2 <= len(row.steps) <= 5
        assert all(step.endswith(".") for step in row.steps)
        assert row.as_of == date(2026, 11, 23)


def test_no_two_rows_speak_for_the_same_reason_group_and_remark():
    seen = [
        (reason, group, remark)
        for row in denial_rows()
        for reason in row.reasons or ["any"]
        for group in row.groups
        for remark in row.remarks or ["none"]
    ]
    assert len(set(seen)) == len(seen)


# --- Who pays ---


@pytest.mark.parametrize("group", GROUPS)
def test_no_row_makes_a_client_owe_unless_the_group_is_pr(group: Group):
    for row, adjustments in for_every_row(group):
        advice = advise(adjustments, row.remarks)
        if group in SPARE_THE_CLIENT:
            assert advice.may_bill_client == 0, row.id
            assert advice.action != "bill_client", row.id
            assert not advice.needs_notice, row.id
            assert "nothing may be billed to the client" in advice.because, row.id


def test_with_group_pr_a_client_owes_exactly_for_these_reasons():
    reasons = {reason for row in denial_rows() for reason in row.reasons}
    owed = {reason for reason in reasons if client_owes([took("PR", reason)]) > 0}
    assert owed == {"1", "2", "3", "26", "27", "31", "96", "204", "119", "149", "198", "242", "279"}


def test_a_client_must_have_been_told_in_advance_exactly_for_these_reasons():
    reasons = {reason for row in denial_rows() for reason in row.reasons}
    told = {reason for reason in reasons if advise([took("PR", reason)]).needs_notice}
    assert told == {"96", "204", "119", "149", "198", "242", "279"}


def test_no_checklist_speaks_of_a_statement_where_the_client_owes_nothing():
    for group in GROUPS:
        for row, adjustments in for_every_row(group):
            for payer_type in (None, "workers_comp"):
                advice = advise(adjustments, row.remarks, payer_type=payer_type)
                if advice.may_bill_client == 0:
                    assert not any("statement" in line for line in [advice.what, *advice.steps]), row.id


@pytest.mark.parametrize("payer_type", ["workers_comp", "auto"])
def test_an_injury_claim_is_never_billed_to_the_client(payer_type: PayerType):
    for row, adjustments in for_every_row("PR"):
        advice = advise(adjustments, row.remarks, payer_type=payer_type)
        assert advice.may_bill_client == 0
        assert client_owes(adjustments, row.remarks, payer_type=payer_type) == 0
        assert advice.action != "bill_client"
        assert advice.because.endswith("A client is never billed for an injury claim.")


def test_only_what_pr_puts_on_the_client_is_summed():
    taken = [took("PR", "1", "30"), took("PR", "2", "12.50"), took("CO", "45", "40"), took("OA", "23", "9")]
    advice = advise(taken)
    assert advice.action == "bill_client"
    assert advice.may_bill_client == client_owes(taken) == Decimal("42.50")
    assert advice.because == (
        "PR 1: deductible. PR 2: coinsurance. CO 45: above the agreed fee. "
        "OA 23: what an earlier payer paid or decided. Group PR puts 42.50 on the client."
    )


def test_a_reversal_never_makes_a_client_owe():
    assert client_owes([took("PR", "1", "-30")]) == 0
    assert client_owes([took("CO", "45", "-30")]) == 0
    advice = advise([took("PR", "1", "30"), took("PR", "1", "-30")])
    assert (advice.action, advice.may_bill_client) == ("post", 0)


def test_a_deductible_taken_back_lowers_what_the_client_owes():
    assert client_owes([took("PR", "1", "-30"), took("PR", "2", "50")]) == 20


def test_a_denial_that_is_taken_back_is_only_posted():
    advice = advise([took("CO", "50", "-120")])
    assert (advice.action, advice.deadline, advice.appealable) == ("post", None, False)
    assert advice.because.startswith("CO 50: not medically necessary (taken back).")


def test_an_amount_that_nobody_knows_is_looked_up_before_a_client_is_billed():
    advice = advise([took("PR", "204", "0")])
    assert (advice.action, advice.deadline, advice.may_bill_client) == ("check_status", "internal_appeal", 0)
    assert advice.appealable


# --- Several codes, and codes that nobody knows ---


ORDERED = [
    (took("CO", "252"), "send_records"),
    (took("CO", "16"), "correct_and_resubmit"),
    (took("CO", "50"), "appeal"),
    (took("CO", "29"), "dispute"),
    (took("CO", "22"), "bill_other_payer"),
    (took("OA", "P8"), "hold"),
    (took("CO", "999"), "check_status"),
    (took("PR", "3"), "bill_client"),
    (took("OA", "96"), "write_off"),
    (took("CO", "45"), "post"),
]


@pytest.mark.parametrize("first", range(len(ORDERED)))
def test_of_several_codes_the_most_pressing_decides(first: int):
    rest = ORDERED[first:]
    # N130 belongs to 96 and makes it an exclusion; the other reasons have no row with it.
    for adjustments in ([each for each, _ in rest], [each for each, _ in reversed(rest)]):
        advice = advise(adjustments, ["N130"])
        assert advice.action == rest[0][1]
        assert advice.reason_codes == [each.reason for each, _ in rest]


def test_a_contractual_write_off_alone_is_posted():
    advice = advise([took("CO", "45")])
    assert (advice.action, advice.may_bill_client, advice.sure) == ("post", 0, "H")


@pytest.mark.parametrize("group", GROUPS)
def test_a_code_without_a_row_is_read_by_a_person_and_billed_to_nobody(group: Group):
    advice = advise([took(group, "999")])
    assert (advice.action, advice.may_bill_client, advice.appealable) == ("check_status", 0, True)
    assert advice.because.startswith(f"{group} 999: a code that we have no advice for.")


def test_a_client_share_under_another_group_is_read_by_a_person():
    assert advise([took("CO", "1")]).action == "check_status"
    assert advise([took("PR", "45")]).action == "check_status"


def test_a_letter_without_codes_is_read_by_a_person():
    advice = advise([])
    assert (advice.action, advice.reason_codes, advice.may_bill_client) == ("check_status", [], 0)
    assert advice.because.startswith("No reason code is given.")


def test_a_letter_with_a_remark_alone_is_understood():
    advice = advise([], ["N706"])
    assert (advice.action, advice.reason_codes) == ("send_records", [])
    assert advice.because.startswith("No reason code, but papers are missing.")


def test_a_remark_alone_never_speaks_for_a_reason_that_has_its_own_row():
    assert advise([took("PR", "1", "30")], ["N640"]).may_bill_client == 30
    assert advise([took("CO", "45")], ["MA130"]).action == "post"


def test_without_appeal_right_stays_so_whatever_else_is_missing():
    advice = advise([took("CO", "16")], ["M76", "MA130"])
    assert not advice.appealable
    assert advice.what == "Send a new, complete claim; this one can't be appealed."
    assert "Point each service line to its diagnosis." in advice.steps


def test_a_missing_appeal_right_of_one_code_leaves_that_of_another():
    assert advise([took("CO", "16"), took("CO", "50")], ["MA130"]).appealable


def test_codes_are_read_however_they_are_typed():
    typed = advise([took("co", " b7 ")])
    assert (typed.action, typed.reason_codes) == ("correct_and_resubmit", ["B7"])
    assert not advise([took("CO", "16")], [" ma130"]).appealable


def test_codes_have_short_meanings_in_own_words():
    assert meaning("50") == "not medically necessary"
    assert meaning("CO-50") == meaning("co 50") == "not medically necessary"
    assert meaning("n362") == "more units or days than the plan accepts"
    assert meaning("999") == "reason 999"


# --- A practice's own rows ---


def test_a_practice_own_row_wins_over_a_more_specific_packaged_one():
    own = a_row(reasons=["50"], action="dispute", deadline="dispute")
    advice = advise([took("CO", "50")], ["N115"], [own])
    assert (advice.action, advice.source, advice.steps) == ("dispute", "the practice's contract", ["Ask the owner."])


def test_an_own_row_for_another_group_changes_nothing():
    own = a_row(reasons=["50"], action="write_off", groups=["PI"])
    assert advise([took("CO", "50")], overrides=[own]).action == "appeal"


def test_an_own_row_with_a_remark_alone_waits_until_no_row_names_the_reason():
    own = a_row(reasons=[], action="hold", remarks=["N640"])
    assert advise([took("PR", "1")], ["N640"], [own]).action == "bill_client"
    assert advise([took("CO", "999")], ["N640"], [own]).action == "hold"


def test_where_own_rows_disagree_the_one_that_spares_the_client_is_heard():
    spares = a_row(reasons=["204"], action="write_off", groups=["PR"])
    bills = a_row(reasons=["204"], action="bill_client", groups=["PR"], may_bill_client=True)
    advice = advise([took("PR", "204")], overrides=[bills, spares])
    assert (advice.action, advice.may_bill_client) == ("write_off", 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"groups": ["CO"], "may_bill_client": True}, "only a row for the group PR"),
        ({"groups": ["CO", "PR"], "may_bill_client": True}, "only a row for the group PR"),
        ({"action": "bill_client"}, "only a row for the group PR"),
        ({"groups": ["PR"], "action": "bill_client"}, "without may_bill_client"),
        ({"groups": ["PR"], "needs_notice": True}, "needs_notice without may_bill_client"),
        ({"reasons": []}, "needs a reason or a remark code"),
    ],
)
def test_a_row_that_would_bill_a_client_wrongly_is_refused(fields: dict[str, object], said: str):
    with pytest.raises(ValidationError, match=said):
        a_row(**fields)


@pytest.mark.parametrize("group", SPARE_THE_CLIENT)
def test_even_a_row_that_escaped_the_check_bills_nobody_under_another_group(group: Group):
    unchecked = a_row(groups=["PR"], action="bill_client", may_bill_client=True).model_copy(
        update={"groups": list(GROUPS)}
    )
    advice = advise([took(group, "50")], overrides=[unchecked])
    assert advice.may_bill_client == 0
    assert advice.action != "bill_client"


# --- Whatever comes ---

REASONS = sorted({reason for row in denial_rows() for reason in row.reasons} | {"999", "A1"})
REMARKS = sorted({remark for row in denial_rows() for remark in row.remarks} | {"N999"})
AMOUNTS = st.decimals("-500", "500", places=2)
ADJUSTMENTS = st.lists(st.builds(Adjustment, st.sampled_from(GROUPS), st.sampled_from(REASONS), AMOUNTS), max_size=8)
SOME_REMARKS = st.lists(st.sampled_from(REMARKS), max_size=3)


def allowed(adjustment: Adjustment, remarks: list[str]) -> bool:
    rows = fitting((), adjustment, frozenset(remarks))
    return bool(rows) and all(row.may_bill_client for row in rows)


@given(ADJUSTMENTS, SOME_REMARKS)
def test_a_client_never_owes_more_than_pr_says_and_the_rows_allow(adjustments: list[Adjustment], remarks: list[str]):
    by_pr = [each for each in adjustments if each.group == "PR" and each.amount > 0]
    advice = advise(adjustments, remarks)
    most = sum((each.amount for each in by_pr if allowed(each, remarks)), Decimal(0))
    assert 0 <= advice.may_bill_client <= most
    assert advice.may_bill_client == client_owes(adjustments, remarks)
    assert (advice.action != "bill_client") or advice.may_bill_client > 0
    assert advice.may_bill_client > 0 or not advice.needs_notice


@given(ADJUSTMENTS, SOME_REMARKS)
def test_without_pr_a_client_owes_nothing(adjustments: list[Adjustment], remarks: list[str]):
    advice = advise([each for each in adjustments if each.group != "PR"], remarks)
    assert advice.may_bill_client == 0
    assert advice.action != "bill_client"


OWN_ROWS = [
    a_row(id="own-50", reasons=["50"], action="dispute", deadline="dispute"),
    a_row(id="own-2", reasons=["2"], groups=["PR"], action="bill_client", may_bill_client=True, appealable=False),
    a_row(id="own-2-spared", reasons=["2"], groups=["PR"], action="hold"),
]


@given(ADJUSTMENTS.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))), SOME_REMARKS, st.booleans())
def test_the_order_of_the_codes_changes_nothing_of_the_advice(
    both: tuple[list[Adjustment], list[Adjustment]], remarks: list[str], own: bool
):
    rows = OWN_ROWS if own else []
    one, other = (advise(adjustments, remarks, rows) for adjustments in both)
    assert one == other
    assert advise(both[0], [*remarks, *remarks][::-1], rows) == one


@st.composite
def spread(draw: st.DrawFn) -> tuple[list[Adjustment], list[Adjustment]]:
    """Adjustments, and the same with each amount spread over two lines, or over one line and one of nothing."""
    whole = draw(ADJUSTMENTS)
    parts = [draw(st.sampled_from([Decimal(0), Decimal("0.4"), Decimal(1)])) for _ in whole]
    pairs = [(each.amount * part, each.amount - each.amount * part) for each, part in zip(whole, parts, strict=True)]
    split = [each._replace(amount=amount) for each, amounts in zip(whole, pairs, strict=True) for amount in amounts]
    return whole, draw(st.permutations(split))


@given(spread(), SOME_REMARKS)
def test_an_amount_that_is_spread_over_two_lines_changes_nothing_of_the_advice(
    both: tuple[list[Adjustment], list[Adjustment]], remarks: list[str]
):
    one, other = (advise(adjustments, remarks) for adjustments in both)
    assert one == other


def test_a_share_that_is_taken_back_leaves_the_step_of_the_other_codes_whatever_comes_first():
    codes = [took("CO", "16", "50"), took("PR", "26", "20"), took("PR", "1", "-20")]
    for order in permutations(codes):
        advice = advise(order)
        assert (advice.action, advice.deadline, advice.may_bill_client) == ("correct_and_resubmit", "timely_filing", 0)
        assert not any("statement" in step for step in advice.steps)


def test_a_refusal_can_still_be_appealed_where_an_older_share_is_taken_back_in_the_same_answer():
    advice = advise([took("PR", "204", "20"), took("PR", "1", "-20")])
    assert (advice.action, advice.deadline, advice.may_bill_client) == ("check_status", "internal_appeal", 0)
    assert advice.appealable


def test_a_refusal_that_its_own_lines_take_back_altogether_is_only_posted():
    assert advise([took("CO", "50"), took("CO", "50", "-100")]).action == "post"
    assert netted([took("CO", "50"), took("co", " 50", "-100"), took("CO", "45", "0")]) == [took("CO", "45", "0")]
