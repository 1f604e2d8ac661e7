"""Remittances: the real ones are read right to the cent, and what doesn't add up is refused by its place."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.adjustments import GROUPS, Adjustment
from domain.remittance import RemittanceNotReadable, read_835, read_835s
from tests.domain.x12_builder import (
    Claim,
    Line,
    a_277,
    a_denial,
    a_file,
    a_massage,
    a_remittance,
    needs_the_real_files,
    real,
)

LINUX = "linuxforhealth/835_005010X221A1__"
MEDICARE = [
    ("666123", "1", "211366.97", "138018.40", [("CO", "45", "73348.57")]),
    ("777777", "1", "15000.00", "11980.33", [("CO", "45", "3019.67")]),
]
SECONDARY = [
    ("L0004828311", "2", "10323.64", "912.00", [("OA", "23", "9411.64")]),
    (
        "0001000053",
        "2",
        "751.50",
        "310.00",
        [("OA", "23", "136.50"), ("PR", "1", "150.00"), ("PR", "2", "70.00"), ("CO", "42", "85.00")],
    ),
]
TERTIARY = [("0001000054", "3", "1766.50", "187.50", [("OA", "23", "1579.00")])]
COB = [("0001000055", "2", "541.00", "34.00", [("OA", "23", "516.00"), ("OA", "94", "-9.00")])]
REAL = {
    f"{LINUX}medicare-part-a.835": ("150000.00", "12345", date(2002, 9, 13), MEDICARE),
    "linuxforhealth/demo-file__demo.835": ("150000.00", "12345", date(2002, 9, 13), MEDICARE),
    f"{LINUX}secondary-payment.835": ("1222.00", "0012524965", date(2005, 4, 12), SECONDARY),
    f"{LINUX}tertiary-payment.835": ("187.50", "0012524879", date(2005, 4, 12), TERTIARY),
    f"{LINUX}cob-contractural-adjustment.835": ("34.00", "0063158ABC", date(2005, 3, 18), COB),
}
"""Read by eye from the files: payment, trace number, day, and each claim with its adjustments."""


def the_refusal(text: str) -> RemittanceNotReadable:
    with pytest.raises(RemittanceNotReadable) as caught:
        read_835s(text)
    return caught.value


@needs_the_real_files
@pytest.mark.parametrize("name", REAL)
def test_each_real_remittance_is_read_to_the_cent(name: str) -> None:
    payment, trace, day, claims = REAL[name]
    found = read_835(real(name))
    assert (found.payment, found.trace, found.paid_on) == (Decimal(payment), trace, day)
    read = [(each.number, each.status, each.charge, each.paid, each.adjustments) for each in found.claims]
    assert read == [
        (number, status, Decimal(charge), Decimal(paid), [Adjustment(g, r, Decimal(a)) for g, r, a in adjusted])
        for number, status, charge, paid, adjusted in claims
    ]
    assert found.payment == sum(each.paid for each in found.claims) - sum(a for _, a in found.provider_adjustments)


@needs_the_real_files
def test_lines_dates_remarks_and_what_the_client_owes_are_read_from_real_files() -> None:
    medicare, secondary = read_835(real(f"{LINUX}medicare-part-a.835")), read_835(real(f"{LINUX}secondary-payment.835"))
    assert medicare.payer == "INSURANCE COMPANY OF TIMBUCKTU"
    assert medicare.provider_adjustments == [("CV", Decimal("-1.27"))]
    assert medicare.claims[1].remarks == ["MA02"]
    assert medicare.claims[0].service_dates == [date(2002, 8, 16), date(2002, 8, 24)]
    claim = secondary.claims[1]
    assert (claim.patient_responsibility, claim.payer_number) == (Decimal(220), "05630626430")
    assert [(line.code, line.modifiers, line.charge, line.paid) for line in claim.lines] == [
        ("12345", ("26",), Decimal("166.50"), Decimal("30.00")),
        ("66543", ("26",), Decimal("585.00"), Decimal("280.00")),
    ]


@needs_the_real_files
def test_the_real_line_whose_amounts_stand_one_too_far_right_is_read_because_it_comes_out_right() -> None:
    text = real(f"{LINUX}tertiary-payment.835")
    line = read_835(text).claims[0].lines[0]
    assert (line.code, line.charge, line.paid) == ("24599.00", Decimal("1766.50"), Decimal("187.50"))
    error = the_refusal(text.replace("*1766.50*187.50**1~", "*1766.50*187.40**1~"))
    assert (error.segment_id, error.element) == ("SVC", 2)


@needs_the_real_files
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("edi_835_parser/blue_cross_nc_sample.835", (1, "ISA", None)),
        ("linuxforhealth/276_005010X212__claim-level-status.276", (3, "ST", 1)),
        ("linuxforhealth/277_005010X212__claim-level-status.277", (3, "ST", 1)),
        ("linuxforhealth/demo-file__demo.837", (3, "ST", 1)),
    ],
)
def test_real_files_that_are_no_remittance_are_refused_by_place(name: str, place: tuple[int, str, int | None]) -> None:
    error = the_refusal(real(name))
    assert (error.segment, error.segment_id, error.element) == place


def test_a_derived_massage_is_read_whole() -> None:
    found = read_835(a_file(a_remittance(a_massage(), a_denial(), provider=[("WO", "15.00")])))
    assert (found.payment, found.payer, found.payer_id) == (Decimal("65.00"), "BLUE EXAMPLE", "1234567890")
    assert (found.trace, found.paid_on) == ("EFT-7001", date(2026, 5, 4))
    assert found.provider_adjustments == [("WO", Decimal("15.00"))]
    massage, denial = found.claims
    assert massage.adjustments == [("CO", "45", Decimal("20.00")), ("PR", "3", Decimal("20.00"))]
    assert massage.patient_responsibility == Decimal("20.00")
    assert massage.service_dates == [date(2026, 4, 13)]
    line = massage.lines[0]
    assert (line.code, line.modifiers, line.units) == ("97124", ("GP",), Decimal(4))
    assert (denial.status, denial.remarks, denial.payer_number) == ("4", ["N115"], "ICNFT-1002")
    assert not denial.is_reversal


def test_adjustments_of_the_claim_and_of_its_lines_count_together() -> None:
    line = Line("97124", "100.00", "60.00", "4", [("CO", "45", "40.00")])
    claim = Claim(charge="120.00", paid="60.00", adjusted=[("PR", "1", "20.00")], lines=[line])
    found = read_835(a_file(a_remittance(claim))).claims[0]
    assert found.adjustments == [("PR", "1", Decimal("20.00")), ("CO", "45", Decimal("40.00"))]
    assert found.lines[0].adjustments == [("CO", "45", Decimal("40.00"))]


def test_a_reversal_has_negative_amounts_and_balances() -> None:
    line = Line("97124", "-120.00", "-80.00", "4", [("CO", "45", "-40.00")])
    found = read_835(a_file(a_remittance(Claim("FT-1", "22", "-120.00", "-80.00", lines=[line]), a_massage())))
    assert (found.payment, found.claims[0].is_reversal) == (Decimal(0), True)


def test_read_835_refuses_several_remittances_which_read_835s_reads() -> None:
    text = a_file(a_remittance(trace="A"), a_remittance(trace="B", control="0002"))
    assert [each.trace for each in read_835s(text)] == ["A", "B"]
    with pytest.raises(RemittanceNotReadable, match="one remittance, not 2; read_835s reads them all"):
        read_835(text)


def test_the_day_of_writing_stands_in_for_a_missing_day_of_payment() -> None:
    without = a_file().replace("*20260504~\nTRN", "~\nTRN")
    assert (the_refusal(without).segment_id, the_refusal(without).element) == ("BPR", 16)
    dated = without.replace("N1*PR", "DTM*405*20260503~\nN1*PR").replace("SE*13", "SE*14")
    assert read_835(dated).paid_on == date(2026, 5, 3)


Change = tuple[str, str, str, int | None]
BAD: dict[str, Change] = {
    "letters in an amount": ("CLP*FT-1001*1*120.00*80.00", "CLP*FT-1001*1*12O.00*80.00", "CLP", 3),
    "digits of another script": ("CLP*FT-1001*1*120.00*80.00", "CLP*FT-1001*1*120.00*٨٠", "CLP", 4),
    "an exponent": ("*45*20.00", "*45*2E1", "CAS", 3),
    "no number at all": ("*45*20.00", "*45*NaN", "CAS", 3),
    "a third decimal": ("*45*20.00", "*45*20.001", "CAS", 3),
    "an empty claim": ("CLP*FT-1001*1*120.00*80.00*20.00*12*ICNFT-1001", "CLP", "CLP", 1),
    "no claim number": ("CLP*FT-1001*", "CLP**", "CLP", 1),
    "a claim number that is too long": ("CLP*FT-1001*", f"CLP*{'9' * 39}*", "CLP", 1),
    "an unknown claim status": ("CLP*FT-1001*1*", "CLP*FT-1001*7*", "CLP", 2),
    "an unknown group": ("CAS*CO*", "CAS*ZZ*", "CAS", 1),
    "a reason without an amount": ("CAS*CO*45*20.00", "CAS*CO*45", "CAS", 3),
    "an amount without a reason": ("CAS*CO*45*20.00", "CAS*CO**20.00", "CAS", 2),
    "a group alone": ("CAS*CO*45*20.00", "CAS*CO", "CAS", 2),
    "a seventh reason": ("CAS*CO*45*20.00", "CAS*CO" + "*45*1.00*" * 7, "CAS", 20),
    "units of letters": ("80.00**4", "80.00**four", "SVC", 5),
    "a day that isn't one": ("DTM*472*20260413", "DTM*472*20260431", "DTM", 2),
    "a payment day of letters": ("*20260504~\nTRN", "*2026May4~\nTRN", "BPR", 16),
    "no trace number": ("TRN*1*EFT-7001", "TRN*1*", "TRN", 2),
    "no TRN": ("TRN*1*EFT-7001*1234567890", "REF*EV*1", "BPR", None),
    "no BPR": ("BPR*I*", "BPX*I*", "ST", None),
    "an adjustment before any claim": ("LX*1", "CAS*CO*45*1.00", "CAS", None),
    "a provider adjustment without an amount": ("PLB*1234567893*20261231*WO:REF*15.00", "PLB*1*20261231*WO", "PLB", 4),
    "an empty provider adjustment": ("PLB*1234567893*20261231*WO:REF*15.00", "PLB*1*20261231", "PLB", 3),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_wrong_is_refused_by_segment_and_element(bad: str) -> None:
    old, new, segment_id, element = BAD[bad]
    text = a_file(a_remittance(a_massage(), provider=[("WO", "15.00")]))
    assert text.count(old) == 1
    error = the_refusal(text.replace(old, new))
    assert (error.segment_id, error.element) == (segment_id, element)
    assert text.replace(old, new).split("~\n")[error.segment - 1].split("*")[0] == segment_id


AMOUNTS = [
    *[(4, 2, "BPR", 4), (9, 3, "CLP", 9), (9, 4, "CLP", 9), (11, 2, "SVC", 11), (11, 3, "SVC", 11)],
    *[(13, 3, "SVC", 11), (14, 3, "SVC", 11), (15, 3, "CLP", 15), (15, 4, "CLP", 15)],
    *[(17, 2, "SVC", 17), (17, 3, "SVC", 17), (19, 3, "SVC", 17), (21, 4, "BPR", 4)],
]
"""Segment and element of each amount that is checked, and where its change must be noticed."""


@pytest.mark.parametrize(("segment", "element", "noticed", "at"), AMOUNTS)
def test_one_changed_amount_is_always_noticed_where_the_sum_goes_wrong(
    segment: int, element: int, noticed: str, at: int
) -> None:
    segments = a_file(a_remittance(a_massage(), a_denial(), provider=[("WO", "15.00")])).split("~\n")
    elements = segments[segment - 1].split("*")
    elements[element] = str(Decimal(elements[element]) + Decimal("0.01"))
    segments[segment - 1] = "*".join(elements)
    error = the_refusal("~\n".join(segments))
    assert (error.segment, error.segment_id) == (at, noticed)


@needs_the_real_files
@pytest.mark.parametrize("name", REAL)
def test_no_real_remittance_hides_a_changed_amount(name: str) -> None:
    segments = real(name).replace("\n", "").split("~")
    amounts = {"BPR": (2,), "CLP": (3, 4), "CAS": (3, 6, 9), "PLB": (4,), "SVC": (2, 3)}
    changed = 0
    for at, segment in enumerate(segments):
        elements = segment.split("*")
        for place in amounts.get(elements[0], ()):
            if place >= len(elements) or elements[1] == "HC":
                continue
            spoiled = [*elements[:place], f"{Decimal(elements[place]) + 1}", *elements[place + 1 :]]
            the_refusal("~".join([*segments[:at], "*".join(spoiled), *segments[at + 1 :]]))
            changed += 1
    assert changed >= 4


CENTS = st.integers(-500_000, 500_000).map(lambda cents: Decimal(cents) / 100)
ADJUSTED = st.lists(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(["1", "45", "50", "P12", "B7"]), CENTS), max_size=6
)
NUMBER = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=20)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    paid, adjusted = draw(CENTS), draw(ADJUSTED)
    charge = paid + sum((amount for _, _, amount in adjusted), Decimal(0))
    written = [(group, reason, str(amount)) for group, reason, amount in adjusted]
    return Line(draw(st.sampled_from(["97124", "97140:59"])), str(charge), str(paid), "2", written)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    own, inside = draw(ADJUSTED), draw(st.lists(lines(), max_size=3))
    paid = sum((Decimal(line.paid) for line in inside), Decimal(0)) - sum((a for _, _, a in own), Decimal(0))
    charge = sum((Decimal(line.charge) for line in inside), Decimal(0))
    adjusted = [(group, reason, str(amount)) for group, reason, amount in own]
    return Claim(
        draw(NUMBER), draw(st.sampled_from(["1", "2", "4", "22"])), str(charge), str(paid), "", adjusted, inside
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    given_claims=st.lists(claims(), min_size=1, max_size=4), provider=CENTS, end=st.sampled_from(["~", "~\n", "\r\n"])
)
def test_any_well_built_remittance_is_read_back_exactly(given_claims: list[Claim], provider: Decimal, end: str) -> None:
    found = read_835(a_file(a_remittance(*given_claims, provider=[("WO", str(provider))]), end=end))
    assert found.payment == sum(Decimal(claim.paid) for claim in given_claims) - provider
    assert found.provider_adjustments == [("WO", provider)]
    for claim, read in zip(given_claims, found.claims, strict=True):
        assert (read.number, read.status, read.charge) == (claim.number, claim.status, Decimal(claim.charge))
        everything = [*claim.adjusted, *(each for line in claim.lines for each in line.adjusted)]
        assert read.adjustments == [(group, reason, Decimal(amount)) for group, reason, amount in everything]
        assert [(line.charge, line.paid) for line in read.lines] == [
            (Decimal(line.charge), Decimal(line.paid)) for line in claim.lines
        ]


WHOLE = a_file(a_remittance(a_massage(), a_denial(), provider=[("WO", "15.00")]))
OTHER = a_file(a_277(), kind="HN")


@settings(max_examples=300, deadline=None)
@given(data=st.data(), text=st.sampled_from([WHOLE, OTHER, WHOLE + WHOLE]))
def test_noise_is_read_or_refused_and_never_anything_else(data: st.DataObject, text: str) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.text(max_size=3) | st.sampled_from("*~:\n")) + text[at + length :]
    try:
        read_835s(text)
    except RemittanceNotReadable:
        return


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=400))
def test_bytes_that_are_no_text_are_refused(noise: bytes) -> None:
    assert the_refusal(noise.decode("latin-1")).segment_id == "ISA"


@pytest.mark.parametrize("length", range(0, len(WHOLE) - 2, 7))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    the_refusal(WHOLE[:length])


def test_a_refusal_is_a_value_error_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"segment 11 .SVC02.: expected 121.00: what was paid for the line"):
        read_835(a_file().replace("*45*20.00", "*45*21.00"))
