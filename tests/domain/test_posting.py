"""From what payers send to events of claims: which word for which answer, and ids that count once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.claim_events import (
    ClaimDenied,
    ClaimPaid,
    ClaimPartlyPaid,
    OutsideClaimEvent,
    PaymentReversed,
    StatusAnswered,
)
from domain.claim_status import read_277
from domain.posting import answers_key, events_of, remittance_key, statuses_of
from domain.remittance import Remittance, read_835
from tests.domain.x12_builder import (
    Claim,
    Line,
    a_277,
    a_denial,
    a_file,
    a_massage,
    a_remittance,
    an_answer,
    needs_the_real_files,
    real,
)

READ_AT = datetime(2026, 5, 6, 9, tzinfo=UTC)
PAID_ON = date(2026, 5, 4)


def the_remittance(*claims: Claim, trace: str = "EFT-7001", end: str = "~\n") -> Remittance:
    return read_835(a_file(a_remittance(*claims, trace=trace), end=end))


def the_event(claim: Claim) -> OutsideClaimEvent:
    return events_of(the_remittance(claim), READ_AT)[0].event


def the_ids(remittance: Remittance) -> list[str]:
    return [posted.event.event_id for posted in events_of(remittance, READ_AT)]


def a_part(reason: str, group: str = "CO", status: str = "1") -> Claim:
    """60.00 of 120.00 is paid, and 60.00 is not, for this reason."""
    return Claim("FT-1003", status, "120.00", "60.00", adjusted=[(group, reason, "60.00")])


def test_contract_and_copay_leave_a_claim_paid() -> None:
    event = the_event(a_massage())
    assert isinstance(event, ClaimPaid)
    assert (event.paid, event.charge, event.on, event.reference) == (Decimal(80), Decimal(120), PAID_ON, "EFT-7001")
    assert event.adjustments == [("CO", "45", Decimal(20)), ("PR", "3", Decimal(20))]
    assert event.occurred_at == READ_AT


def test_a_denied_claim_keeps_codes_remarks_day_and_the_payers_number() -> None:
    event = the_event(a_denial())
    assert isinstance(event, ClaimDenied)
    assert (event.on, event.dates.denial, event.reference) == (PAID_ON, PAID_ON, "ICNFT-1002")
    assert (event.adjustments, event.remarks) == ([("CO", "50", Decimal(120))], ["N115"])


@pytest.mark.parametrize("status", ["1", "2", "3", "19", "20", "21"])
def test_nothing_paid_for_a_reason_that_refuses_is_a_denial_whatever_the_status_says(status: str) -> None:
    assert isinstance(the_event(a_denial(status=status)), ClaimDenied)


@pytest.mark.parametrize("status", ["1", "2", "3", "19", "20", "21"])
def test_a_part_paid_and_a_part_refused_is_partly_paid(status: str) -> None:
    event = the_event(a_part("50", status=status))
    assert isinstance(event, ClaimPartlyPaid)
    assert (event.paid, event.dates.denial) == (Decimal(60), PAID_ON)


def test_nothing_paid_because_all_of_it_is_the_clients_deductible_is_no_denial() -> None:
    event = the_event(Claim(paid="0", adjusted=[("PR", "1", "100.00"), ("CO", "45", "20.00")]))
    assert isinstance(event, ClaimPaid)
    assert event.paid == 0


def test_what_an_earlier_payer_settled_is_no_refusal() -> None:
    assert isinstance(the_event(a_part("23", group="OA", status="2")), ClaimPaid)


def test_money_on_a_claim_that_is_called_denied_is_not_lost() -> None:
    event = the_event(a_part("45", status="4"))
    assert isinstance(event, ClaimPartlyPaid)
    assert event.paid == 60


def test_a_reversal_takes_back_what_was_paid_and_comes_before_its_correction() -> None:
    line = Line("97124", "-120.00", "-80.00", "4", [("CO", "45", "-40.00")])
    reversal = Claim("FT-1001", "22", "-120.00", "-80.00", lines=[line])
    first, second = events_of(the_remittance(a_massage(), reversal), READ_AT)
    assert isinstance(first.event, PaymentReversed)
    assert (first.event.amount, first.event.reference) == (Decimal(80), "EFT-7001")
    assert isinstance(second.event, ClaimPaid)


def test_a_reversed_denial_moves_no_money_and_says_that_the_claim_is_open_again() -> None:
    event = the_event(Claim("FT-1", "22", "-120.00", "0", adjusted=[("CO", "50", "-120.00")]))
    assert isinstance(event, StatusAnswered)
    assert (event.status, event.note) == ("pending", "An earlier decision was taken back; no money was moved by it.")


@pytest.mark.parametrize("status", ["23", "25"])
def test_a_forwarded_claim_and_a_predetermination_decide_nothing(status: str) -> None:
    event = the_event(a_denial(status=status))
    assert isinstance(event, StatusAnswered)
    assert event.status == "pending"


def test_the_same_remittance_in_another_file_has_the_same_ids_and_the_same_key() -> None:
    one, other = the_remittance(a_massage(), a_denial()), the_remittance(a_massage(), a_denial(), end="\r\n")
    assert the_ids(one) == the_ids(other)
    assert remittance_key(one) == remittance_key(other)


def test_what_differs_has_other_ids() -> None:
    variants = [
        the_remittance(a_massage()),
        the_remittance(a_massage(), trace="EFT-7002"),
        the_remittance(a_massage("FT-1009")),
        the_remittance(a_massage(status="2")),
        read_835(a_file().replace("*20260504~\nTRN", "*20260505~\nTRN")),
        read_835(a_file().replace("*EFT-7001*1234567890", "*EFT-7001*1999999999")),
        read_835(a_file().replace("*EFT-7001*1234567890", "*EFT-70011*234567890")),
    ]
    assert len({event_id for each in variants for event_id in the_ids(each)}) == len(variants)
    assert len({remittance_key(each) for each in variants}) == len(variants)


def test_equal_claims_of_one_remittance_count_each() -> None:
    assert len(set(the_ids(the_remittance(a_massage(), a_massage(), a_massage())))) == 3


def test_a_remittance_that_differs_in_an_adjustment_alone_has_another_key_and_the_same_ids() -> None:
    other = read_835(a_file().replace("CAS*CO*45*20.00", "CAS*CO*45*19.00").replace("*PR*3*20.00", "*PR*3*21.00"))
    assert remittance_key(other) != remittance_key(read_835(a_file()))
    assert the_ids(other) == the_ids(read_835(a_file()))


@needs_the_real_files
def test_real_claims_become_the_events_that_their_codes_say() -> None:
    secondary = read_835(real("linuxforhealth/835_005010X221A1__secondary-payment.835"))
    said = [(posted.number, posted.event.type, posted.amount) for posted in events_of(secondary, READ_AT)]
    assert said == [
        ("L0004828311", "claim_paid", Decimal(912)),
        ("0001000053", "claim_partly_paid", Decimal(310)),  # CO 42 is no longer a code that anybody should use
    ]


def the_statuses(*answers: list[str]) -> list[StatusAnswered]:
    posted = statuses_of(read_277(a_file(a_277(*answers), kind="HN")), READ_AT)
    return [each.event for each in posted if isinstance(each.event, StatusAnswered)]


def test_a_status_answer_counts_from_the_day_it_was_given_but_a_refusal_from_the_day_the_payer_names() -> None:
    pending, denied = the_statuses(an_answer("FT-1", "P1:20"), an_answer("FT-2", "F2:88", "Q2"))
    assert (pending.status, pending.on, pending.codes) == ("pending", date(2026, 5, 4), ["P1:20"])
    assert (denied.status, denied.on, denied.reference) == ("denied", date(2026, 5, 1), "ICNFT-2")


def test_answers_count_once_by_their_ids_and_two_equal_ones_of_a_file_count_twice() -> None:
    twice = the_statuses(an_answer("FT-1", "P1:20"), an_answer("FT-1", "P1:20"))
    again = the_statuses(an_answer("FT-1", "P1:20"), an_answer("FT-1", "P1:20"))
    other = the_statuses(an_answer("FT-1", "P2:20"))
    assert [each.event_id for each in twice] == [each.event_id for each in again]
    assert len({each.event_id for each in [*twice, *other]}) == 3


@needs_the_real_files
def test_answers_about_no_claim_become_no_event_and_files_have_keys_of_their_own() -> None:
    provider = read_277(real("linuxforhealth/277_005010X212__provider-level-status.277"))
    receiver = read_277(real("linuxforhealth/277_005010X212__information-receiver-level-status.277"))
    assert [posted.number for posted in statuses_of([*provider, *receiver], READ_AT)] == ["SM123456"]
    assert answers_key(provider) != answers_key(receiver)
