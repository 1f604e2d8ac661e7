"""Status answers (277): what each of the payer's categories means for us, and which claim it is about."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claim_status import Standing, StatusNotReadable, read_277
from tests.domain.x12_builder import a_277, a_file, a_remittance, an_answer, needs_the_real_files, real

REAL = "linuxforhealth/277_005010X212__"


def a_file_of(*answers: list[str]) -> str:
    return a_file(a_277(*answers), kind="HN")


def the_refusal(text: str) -> StatusNotReadable:
    with pytest.raises(StatusNotReadable) as caught:
        read_277(text)
    return caught.value


@needs_the_real_files
def test_the_real_answers_about_claims_are_read() -> None:
    found = read_277(real(f"{REAL}claim-level-status.277"))
    assert [(each.number, each.status, each.codes, each.on, each.reference) for each in found] == [
        ("SM123456", "pending", ["P3:317"], date(2005, 9, 13), "05347006051"),
        ("J0234567", "paid", ["F0:3"], date(2005, 9, 15), "0529675341"),
        ("MA345678", "denied", ["F2:88:QC"], date(2005, 6, 12), "051681010827"),
    ]
    assert {(each.payer_id, each.answered_on, each.level) for each in found} == {("12345", date(2005, 9, 16), "claim")}


@needs_the_real_files
def test_a_real_answer_without_our_number_goes_by_the_number_of_our_question() -> None:
    found = read_277(real(f"{REAL}claim-level-status-ncpdp.277"))
    assert [(each.number, each.trace, each.status, each.codes) for each in found] == [
        ("ABCXYZ1", "ABCXYZ1", "denied", ["F2:80::RX"])
    ]


@needs_the_real_files
def test_real_answers_about_the_whole_question_name_no_claim() -> None:
    provider = read_277(real(f"{REAL}provider-level-status.277"))
    assert [(each.level, each.number, each.status) for each in provider] == [
        ("claim", "SM123456", "pending"),
        ("provider", "", "error"),
    ]
    receiver = read_277(real(f"{REAL}information-receiver-level-status.277"))
    assert [(each.level, each.trace, each.codes) for each in receiver] == [("receiver", "ABC276XXX", ["E0:0"])]


MEANINGS: dict[str, Standing] = {
    **dict.fromkeys(("A0", "A1", "A2"), "received"),
    **dict.fromkeys(("A3", "A4", "A5", "A6", "A7", "A8"), "rejected"),
    **dict.fromkeys(("P0", "P1", "P3", "P5"), "pending"),
    **dict.fromkeys(("F0", "F1"), "paid"),
    **dict.fromkeys(("F2", "F4"), "denied"),
    **dict.fromkeys(("F3", "F3F", "F3N"), "pending"),
    **dict.fromkeys(("R0", "R3", "R16"), "information"),
    **dict.fromkeys(("E0", "E4"), "error"),
    "D0": "not_found",
}


@pytest.mark.parametrize("category", MEANINGS)
def test_each_family_of_categories_has_its_meaning(category: str) -> None:
    found = read_277(a_file_of(an_answer("FT-1", f"{category}:20")))
    assert [(each.number, each.status, each.category) for each in found] == [("FT-1", MEANINGS[category], category)]


def test_the_latest_of_several_statuses_counts_and_all_codes_are_kept() -> None:
    several = an_answer("FT-1", "P1:20")
    several[1:1] = ["STC*A1:19*20260401**120.00"]
    several += ["SVC*HC:97124*120.00*0.00", "STC*R3:287*20260501"]
    found = read_277(a_file_of(several, an_answer("FT-2", "F1:65", trace="Q2")))
    assert [(each.number, each.status, each.on) for each in found] == [
        ("FT-1", "pending", date(2026, 5, 1)),
        ("FT-2", "paid", date(2026, 5, 1)),
    ]
    assert found[0].codes == ["P1:20", "A1:19", "R3:287"]


@pytest.mark.parametrize(
    ("old", "new", "segment_id", "element"),
    [
        ("STC*F2:88", "STC*Z9:88", "STC", 1),
        ("STC*F2:88", "STC*", "STC", 1),
        ("*20260501**", "*soon**", "STC", 2),
        ("STC*F2:88*20260501**120.00*0.00~\n", "REF*D9*1~\n", "TRN", None),
        ("TRN*2*Q1", "TRN*2*", "TRN", 2),
        ("TRN*2*Q1", "REF*D9*1", "STC", None),
        ("*20260504*0810*DG", "*2026*0810*DG", "BHT", 4),
        ("BHT*", "BHX*", "ST", None),
    ],
)
def test_a_damaged_answer_is_refused_by_its_place(old: str, new: str, segment_id: str, element: int | None) -> None:
    text = a_file_of(an_answer("FT-1", "F2:88"))
    assert text.count(old) == 1
    error = the_refusal(text.replace(old, new))
    assert (error.segment_id, error.element) == (segment_id, element)


def test_a_remittance_is_no_status_answer() -> None:
    error = the_refusal(a_file(a_remittance()))
    assert (error.segment, error.element, error.expected) == (3, 1, "277, a status answer")


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 700), noise=st.text(max_size=4), length=st.integers(0, 9))
def test_noise_is_read_or_refused_and_never_anything_else(at: int, noise: str, length: int) -> None:
    text = a_file_of(an_answer("FT-1", "F2:88"), an_answer("FT-2", "P1:20", trace="Q2"))
    try:
        read_277(text[:at] + noise + text[at + length :])
    except StatusNotReadable:
        return
