"""The outer form of X12 files: what is tolerated, and that damage is named by its place."""

from collections.abc import Callable

import pytest

from domain.x12 import NotReadable, transactions
from tests.domain.x12_builder import a_file, a_massage, a_remittance


def the_damage(text: str) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        transactions(text)
    return caught.value


@pytest.mark.parametrize("end", ["~", "~\n", "~\r\n", "\n", "\r\n", "\r"])
def test_line_breaks_between_segments_or_as_terminator_make_no_difference(end: str) -> None:
    found = transactions(a_file(end=end))
    assert [one.kind for one in found] == ["835"]
    assert [segment.id for segment in found[0].segments][:4] == ["ST", "BPR", "TRN", "N1"]
    assert [segment.number for segment in found[0].segments][:4] == [3, 4, 5, 6]
    assert found[0].segments[2].elements == ("1", "EFT-7001", "1234567890")


def test_any_delimiters_are_read_as_isa_names_them() -> None:
    other = a_file(end="~").replace(":", "\\").replace("*", "|").replace("~", "!")
    line = next(segment for segment in transactions(other)[0].segments if segment.id == "SVC")
    assert line.parts(1) == ["HC", "97124", "GP"]


def test_several_transactions_and_several_interchanges_are_read_in_order() -> None:
    two = a_file(a_remittance(trace="A"), a_remittance(trace="B", control="0002"))
    found = transactions(two + a_file(a_remittance(trace="C"), control="000000908"))
    assert [one.segments[2].text(2) for one in found] == ["A", "B", "C"]
    assert found[2].segments[0].number == two.count("~") + 3


def test_a_byte_order_mark_an_interchange_acknowledgement_and_a_missing_last_terminator_are_tolerated() -> None:
    text = a_file(end="~").replace("~GS*", "~TA1*000000907*260504*1200*A*000~GS*")
    assert transactions("\ufeff" + text.removesuffix("~"))[0].kind == "835"


@pytest.mark.parametrize("text", ["", " \n", "%PDF-1.7 \0\1", "hello", "ST*835*0001~SE*2*0001~", "ISA"])
def test_what_has_no_envelope_is_refused_at_isa(text: str) -> None:
    assert (the_damage(text).segment, the_damage(text).segment_id) == (1, "ISA")


def test_an_isa_of_another_width_is_refused_at_the_element_that_is_too_short() -> None:
    error = the_damage(a_file().replace("BLUEEXAMPLE    *", "BLUEEXAMPLE*", 1))
    assert (error.segment_id, error.element, error.expected) == ("ISA", 6, "sixteen elements of fixed width")
    error = the_damage(a_file(end="*\n"))
    assert (error.segment_id, error.element) == ("ISA", 16)


Damage = tuple[Callable[[str], str], str, int | None]
DAMAGED: dict[str, Damage] = {
    "cut in the middle": (lambda text: text[: text.index("SVC") + 9], "SVC", None),
    "cut before IEA": (lambda text: text[: text.index("IEA")], "?", None),
    "control number of IEA": (lambda text: text.replace("IEA*1*000000907", "IEA*1*000000908"), "IEA", 2),
    "count of IEA": (lambda text: text.replace("IEA*1*", "IEA*2*"), "IEA", 1),
    "control number of GE": (lambda text: text.replace("GE*1*1~", "GE*1*2~"), "GE", 2),
    "count of GE": (lambda text: text.replace("GE*1*1~", "GE*2*1~"), "GE", 1),
    "control number of SE": (lambda text: text.replace("*0001~\nGE", "*0002~\nGE"), "SE", 2),
    "count of SE": (lambda text: text.replace("LX*1~\n", ""), "SE", 1),
    "a count of letters": (lambda text: text.replace("IEA*1*", "IEA*one*"), "IEA", 1),
    "no SE": (lambda text: text.replace(text[text.index("SE*") : text.index("GE*1")], ""), "GE", None),
    "no GE": (lambda text: text.replace("GE*1*1~\n", ""), "IEA", None),
    "no GS": (lambda text: text.replace(text[text.index("GS*") : text.index("ST*")], ""), "ST", None),
    "no ST": (lambda text: text.replace("ST*835*0001~\n", ""), "BPR", None),
    "something after IEA": (lambda text: text + "and more", "ISA", None),
    "a segment that is none": (lambda text: text.replace("LX*1", "lx1"), "?", None),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_is_refused_by_its_place(damage: str) -> None:
    spoil, segment_id, element = DAMAGED[damage]
    error = the_damage(spoil(a_file()))
    assert (error.segment_id, error.element) == (segment_id, element)


def test_an_envelope_without_a_transaction_is_refused() -> None:
    text = a_file()
    error = the_damage(text[: text.index("GS*")] + "IEA*0*000000907~")
    assert (error.segment, error.segment_id) == (2, "IEA")


def test_an_error_names_segment_and_element_and_repeats_no_text_of_the_file() -> None:
    error = the_damage(a_file(a_remittance(a_massage("SECRET-1"))).replace("IEA*1*000000907", "IEA*1*SECRET"))
    assert str(error) == "segment 17 (IEA02): expected the control number of its ISA (segment 1)"
