"""In which order a payer writes its codes, and over how many lines it spreads an amount, decides nothing anywhere."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.adjustments import Adjustment, netted
from domain.claim import ClaimState
from domain.claim_agenda import claim_agenda
from domain.claim_deadlines import deadlines_of
from domain.claim_events import parse_claim_event
from domain.claim_nudges import nudges_of
from domain.claim_standing import advice_for, balance
from domain.client_share import share_of_client
from domain.decide_claim import decide_claim
from domain.denial_rows import GROUPS, denial_rows
from domain.posting import refuses
from domain.receipt import owed_by_client
from domain.remittance import RemittedClaim
from tests.domain.claim_builder import a_claim, at
from tests.domain.search import stories

REASONS = sorted({reason for row in denial_rows() for reason in row.reasons} | {"999"})
AMOUNTS = st.decimals("-200", "200", places=2).filter(bool)
GIVEN = st.lists(st.builds(Adjustment, st.sampled_from(GROUPS), st.sampled_from(REASONS), AMOUNTS), max_size=5)
REMARKS = st.lists(st.sampled_from(["N130", "MA130", "N640", "M127"]), max_size=2)
KINDS = ("claim_paid", "claim_partly_paid", "claim_denied")


@st.composite
def written_twice(draw: st.DrawFn) -> tuple[list[Adjustment], list[Adjustment]]:
    """Some adjustments, and the same ones in another order, each spread over two lines."""
    given_once = draw(GIVEN)
    lines: list[Adjustment] = []
    for each in given_once:
        part = draw(st.sampled_from(["0", "0.3", "1"]))
        first = (each.amount * Decimal(part)).quantize(Decimal("0.01"))
        first = first or abs(first)
        lines += [each._replace(amount=first), each._replace(amount=each.amount - first)]
    return given_once, draw(st.permutations(lines))


def remitted(adjustments: list[Adjustment], remarks: list[str]) -> RemittedClaim:
    return RemittedClaim(
        number="FT-1001",
        status="1",
        charge=Decimal(120),
        paid=Decimal(0),
        patient_responsibility=Decimal(0),
        payer_number="",
        adjustments=adjustments,
        remarks=remarks,
        lines=[],
        service_dates=[],
    )


def lived(kind: str, adjustments: list[Adjustment], remarks: list[str], **more: Any) -> tuple[ClaimState, list[str]]:
    """A claim that heard this one answer, and what the desk was told."""
    sent = {"type": "claim_submitted", "event_id": "e1", "occurred_at": at("2026-03-03"), "by": "portal"}
    answer = {"type": kind, "event_id": "e2", "occurred_at": at("2026-04-01"), "adjustments": adjustments}
    answer |= {"remarks": remarks, **more} | ({} if kind == "claim_denied" else {"paid": "40"})
    decision = decide_claim(a_claim(), [parse_claim_event(sent), parse_claim_event(answer)], at("2026-04-02"))
    return decision.state, [action.text for action in decision.actions if action.type == "add_desk_task"]


def what_follows(state: ClaimState) -> tuple[Any, ...]:
    """Everything that people see and are told."""
    books = [(len(state.payments), len(state.denials)), balance(state), state.status, share_of_client(state)]
    denials = [(netted(each.adjustments), each.partly, advice_for(state, each)) for each in state.denials]
    deadlines = [(each.key, each.day, each.open) for each in deadlines_of(state)]
    story = [(line.text, line.because) for line in state.journal]
    return *books, denials, deadlines, nudges_of(state), claim_agenda(state), story, owed_by_client(state)


@given(written_twice())
def test_the_codes_are_summed_whatever_their_order(both: tuple[list[Adjustment], list[Adjustment]]) -> None:
    one, other = both
    assert netted(one) == netted(other) == netted(netted(one))
    assert sum(each.amount for each in netted(one)) == sum(each.amount for each in one)


@given(written_twice(), REMARKS)
def test_whether_a_remittance_refuses_is_the_same_in_any_order(
    both: tuple[list[Adjustment], list[Adjustment]], remarks: list[str]
) -> None:
    one, other = both
    assert refuses(remitted(one, remarks)) == refuses(remitted(other, remarks[::-1]))


@stories(60)
@given(written_twice(), REMARKS, st.sampled_from(KINDS), st.booleans())
def test_what_follows_for_a_claim_is_the_same_in_any_order(
    both: tuple[list[Adjustment], list[Adjustment]], remarks: list[str], kind: str, sent_on: bool
) -> None:
    (one, told), (other, told_too) = (lived(kind, each, remarks, forwarded=sent_on) for each in both)
    assert what_follows(one) == what_follows(other)
    assert told == told_too


def test_lines_that_take_each_other_back_leave_nothing_refused() -> None:
    state, _ = lived("claim_paid", [Adjustment("CO", "50", Decimal(80)), Adjustment("CO", "50", Decimal(-80))], [])
    assert (state.denials, balance(state)) == ([], 80)
