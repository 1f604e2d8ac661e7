"""Nobody bills the client before the last payer has answered: out of order, under other names, by other crossovers."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from domain.claim import ClaimState, Payment
from domain.claim_events import OutsideClaimEvent
from domain.client_share import share_of_client
from domain.payers_in_turn import another_payer
from domain.posting import events_of
from domain.remittance import read_835
from tests.domain.claim_builder import PlayedClaim
from tests.domain.test_client_share import (
    BLUE,
    GREEN,
    LEFT_20,
    READ_AT,
    WAITS,
    after,
    an_older_claim,
    an_older_payment,
    back,
    billed,
    says,
)
from tests.domain.x12_builder import Claim, Line, a_file, a_remittance

News = Sequence[OutsideClaimEvent]
ASKED_NOBODY = ("undecided", "unsure", "waits", "perhaps", "several", "refused", "first")
CODES = [("CO", "45", "20"), ("PR", "2", "20")]
GREENS = ("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"))


def stands(*news: News, state: ClaimState | None = None) -> str:
    return share_of_client(after(*news, state=state).state).stands


def everywhere(*news: News) -> set[tuple[str, str]]:
    """How the share stands and how much it is, over all orders of arrival."""
    ends = (share_of_client(after(*order).state) for order in permutations(news))
    return {(end.stands, str(end.amount)) for end in ends}


# --- Whatever order files come in ---


@pytest.mark.parametrize("day", ["20260601", "20260602"])
def test_a_reversal_takes_back_the_answer_that_stood_before_it_and_never_its_successor(day: str) -> None:
    sent_on = says("19", on="20260601", trace="E9")
    assert everywhere(says("1"), sent_on, back(on=day, trace="E10")) == {("waits", "20.00")}
    assert billed(after(says("1"), sent_on, back(on=day, trace="E10")))[0].startswith(WAITS)


def test_a_reversal_and_its_successor_in_one_remittance_end_the_same_in_any_order() -> None:
    for new, end in (("19", "waits"), ("1", "left")):
        assert everywhere(says("1"), says(new, on="20260601", trace="E9"), back(trace="E9")) == {(end, "20.00")}


def test_which_of_two_answers_was_taken_back_is_asked_where_it_matters() -> None:
    news = says("19"), says("1", on="20260601", trace="E9"), back(on="20260602", trace="E10")
    assert {stands for stands, _ in everywhere(*news)} == {"unsure"}
    assert billed(after(*news)) == [
        "The payer took an answer back, and two may be meant. "
        "Find out which one stands before anything is billed to the client."
    ]


def test_two_corrections_one_after_the_other_leave_the_last_answer() -> None:
    first = says("1"), back(trace="E9"), says("19", on="20260601", trace="E9")
    then = back(on="20260701", trace="E11"), says("1", on="20260701", trace="E11")
    assert {stands for stands, _ in everywhere(*first, *then)} == {"left"}


def test_a_decision_without_money_that_was_taken_back_stays_so_whichever_came_first() -> None:
    old = says("1", "0.00", ("CO", "45", "20.00"), ("PR", "1", "100.00"))
    undone = back("0.00", ("CO", "45", "-20.00"), ("PR", "1", "-100.00"))
    assert everywhere(old, undone) == {("undecided", "0")}
    assert billed(after(undone, old)) == []


def test_a_refusal_that_was_taken_back_and_said_anew_ends_the_same_in_any_order() -> None:
    refused, anew = (
        says("4", "0.00", ("PR", "204", "120.00"), on=on, trace=trace)
        for on, trace in (("20260504", "E1"), ("20260702", "E10"))
    )
    undone = back("0.00", ("PR", "204", "-120.00"))
    assert everywhere(refused, undone) == {("undecided", "0")}
    assert everywhere(refused, undone, anew) == {("left", "120.00")}


def test_money_of_an_older_state_that_was_taken_back_is_still_matched() -> None:
    payment = an_older_payment(paid="-80", adjustments=[("CO", "45", "-20"), ("PR", "2", "-20")], on="2026-06-01")
    older = an_older_claim(payments=[payment], status="pending")
    played = PlayedClaim(older)
    for event in says("1"):
        played.take(event, checked=False)
    assert share_of_client(played.state).stands == "undecided"
    assert played.state.paid == 0


# --- An earlier day is about something else ---


def test_a_later_payers_older_answer_isnt_the_one_that_is_awaited() -> None:
    second, sent_on = says(*GREENS, payer=GREEN, trace="G"), says("19", on="20260511", trace="E2")
    assert {stands for stands, _ in everywhere(second, sent_on)} == {"waits"}


@pytest.mark.parametrize(("second_on", "end"), [("20260601", "waits"), ("20260615", "perhaps"), ("20260616", "left")])
def test_after_the_first_payer_decides_anew_the_second_answers_anew(second_on: str, end: str) -> None:
    second = says(*GREENS, payer=GREEN, on=second_on, trace="G")
    anew = says("19", "60.00", ("CO", "45", "20.00"), ("PR", "2", "40.00"), on="20260615", trace="E9")
    taken_back = back(on="20260615", trace="E9")
    assert {stands for stands, _ in everywhere(says("19"), second, taken_back, anew)} == {end}


# --- One payer under two names ---


@pytest.mark.parametrize("name", ["Blue Example", "blue  example", "000000001", "BEX", "1000000001", "60054", ""])
def test_the_same_payer_spelt_otherwise_isnt_the_next_payers_answer(name: str) -> None:
    played = after(says("19"))
    played.hear("claim_paid", "2026-08-02", paid="80", payer_id=name, adjustments=CODES)
    assert share_of_client(played.state).stands in ASKED_NOBODY
    assert LEFT_20 not in billed(played)


def test_a_crossover_noted_by_hand_isnt_answered_by_the_same_payers_remittance() -> None:
    played = after().hear("status_answered", "2026-05-01", status="pending", forwarded=True, payer_id="Blue Example")
    for event in says("1"):
        played.take(event, checked=False)
    assert share_of_client(played.state).stands == "waits"


def test_a_tax_id_with_and_without_its_leading_digit_is_one_payer() -> None:
    refused = says("19", "0.00", ("CO", "16", "120.00"))
    assert stands(refused, says("1", payer="000000001", on="20260601", trace="E2")) in ASKED_NOBODY


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ((BLUE, "BLUE EXAMPLE"), (GREEN, "GREEN SUPPLEMENT"), True),
        ((BLUE, "BLUE EXAMPLE"), (GREEN, ""), None),
        ((BLUE, "BLUE EXAMPLE"), (GREEN, "BLUE FUND"), None),
        ((BLUE, "BLUE EXAMPLE"), (GREEN, "Blue Example"), False),
        ((BLUE, "BLUE EXAMPLE"), ("60054", "GREEN SUPPLEMENT"), None),
        ((BLUE, ""), ("000000001", ""), False),
        (("", ""), (GREEN, "GREEN SUPPLEMENT"), None),
    ],
)
def test_two_payers_are_two_only_where_ids_and_names_both_say_so(
    one: tuple[str, str], other: tuple[str, str], *, another: bool | None
) -> None:
    payers = [Payment(on=READ_AT.date(), paid=80, payer_id=number, payer_name=name) for number, name in (one, other)]  # pyright: ignore[reportArgumentType]
    assert another_payer(payers[0], payers[1]) is another
    assert another_payer(payers[1], payers[0]) is another


# --- Crossovers that are said otherwise ---


def with_segments(*more: str, status: str = "1", remarks: Sequence[str] = ()) -> News:
    """An answer of the first payer, with segments beside the client's name."""
    line = Line("97124", "120.00", "80.00", "4", [("CO", "45", "20.00"), ("PR", "2", "20.00")], remarks)
    text = a_file(a_remittance(Claim("FT-1001", status, lines=[line]), trace="EFT-1"))
    name = "NM1*QC*1*EXAMPLE*TINA~\n"
    text = text.replace(name, name + "".join(f"{each}~\n" for each in more))
    before, _, rest = text.rpartition("~\nSE*")
    number, _, tail = rest.partition("*")
    text = f"{before}~\nSE*{int(number) + len(more)}*{tail}"
    return [posted.event for posted in events_of(read_835(text), READ_AT)]


@pytest.mark.parametrize(
    "segment",
    ["NM1*TT*2*GREEN SUPPLEMENT*****PI*60054", "MOA***MA18", "MOA***MA01*N89", "MOA***MA07", "MOA***ma18"],
)
def test_a_crossover_is_a_crossover_by_whatever_segment_it_is_said(segment: str) -> None:
    news = with_segments(segment)
    assert billed(after(news)) == [WAITS]
    assert stands(news, says(*GREENS, payer=GREEN, on="20260601", trace="G")) == "left"


def test_a_crossover_that_a_line_remarks_on_counts_too() -> None:
    assert billed(after(with_segments(remarks=["MA18"]))) == [WAITS]


@pytest.mark.parametrize("segment", ["NM1*PR*2*GREEN SUPPLEMENT*****PI*60054", "MOA***MA19", "MOA***MA01"])
def test_what_names_another_payer_or_remark_without_sending_on_leaves_the_share(segment: str) -> None:
    assert billed(after(with_segments(segment))) == [LEFT_20]


def test_a_crossover_that_somebody_types_as_a_remark_counts() -> None:
    played = after().hear("claim_paid", "2026-05-04", paid="80", adjustments=CODES, remarks=["ma18"])
    assert billed(played) == [WAITS]
    played = after().hear("claim_denied", "2026-05-04", adjustments=[("PR", "204", "120")], remarks=["N89"])
    assert billed(played) == [WAITS]
