"""Reads the outer form of X12 files: delimiters, segments, envelopes. What the segments mean, others say.

Tolerant of line breaks between segments, of several transactions, groups and interchanges in one file, and of TA1.
Strict about everything that shows a damaged file: control numbers, counts, and the fixed width of ISA.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.bounds import FIRST_YEAR, LAST_YEAR, USUAL

ISA_LENGTH = 106
_ISA_SEPARATORS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
_BETWEEN_SEGMENTS = "\r\n"
_AROUND_THE_FILE = "\ufeff\x1a\0 \t\r\n"
_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_AMOUNT = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,4})?|\.[0-9]{1,4})")
_COUNT = re.compile(r"[0-9]{1,10}")
_DAY = re.compile(r"[0-9]{8}")
CENT = Decimal("0.01")


class NotReadable(ValueError):
    """The text is not what it should be. `segment` counts from 1 within the text, ISA being the first one.

    `element` is the position within the segment; None where the whole segment is meant. The texts of a file are about
    people, so none of them is repeated here.
    """

    def __init__(self, segment: int, segment_id: str, element: int | None, expected: str) -> None:
        """`expected` says what should have been there."""
        place = f"{segment_id}{element:02}" if element else segment_id
        super().__init__(f"segment {segment} ({place}): expected {expected}")
        self.segment = segment
        self.segment_id = segment_id
        self.element = element
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its number within the file, its id, and its elements, the first of which is number 1."""

    number: int
    id: str
    elements: tuple[str, ...]
    component: str

    def wrong(self, element: int | None, expected: str) -> NotReadable:
        """The error that names a place of this segment."""
        return NotReadable(self.number, self.id, element, expected)

    def text(self, element: int) -> str:
        """The element without spaces around it; empty where it is absent."""
        return self.elements[element - 1].strip() if 0 < element <= len(self.elements) else ""

    def parts(self, element: int) -> list[str]:
        """The components of the element; one empty text where it is absent.

        A composite written with `>` is read although ISA names another separator: some writers do so.
        """
        found = self.text(element)
        mark = ">" if self.component not in found else self.component
        return [part.strip() for part in found.split(mark)]

    def needs(self, element: int, what: str, longest: int = 80) -> str:
        """The element, which must be there. Raises NotReadable."""
        found = self.text(element)
        if not found or len(found) > longest:
            raise self.wrong(element, f"{what}, of {longest} characters at most")
        return found

    def amount(self, element: int, what: str, absent: Decimal | None = None, most: int = USUAL.amount) -> Decimal:
        """Dollars and cents; `absent` where the element is empty. Raises NotReadable."""
        found = self.text(element)
        if not found and absent is not None:
            return absent
        if not _AMOUNT.fullmatch(found):
            raise self.wrong(element, f"{what}, an amount such as 120.50")
        money = Decimal(found)
        if money != money.quantize(CENT):
            raise self.wrong(element, f"{what}, an amount with two decimals at most")
        money = money or abs(money)  # nothing has no minus
        if abs(money) > most:
            raise self.wrong(element, f"{what}, an amount up to {most}")
        return money

    def quantity(self, element: int, what: str, absent: Decimal) -> Decimal:
        """A quantity, such as units; `absent` where the element is empty. Raises NotReadable."""
        found = self.text(element)
        if not found:
            return absent
        if not _AMOUNT.fullmatch(found):
            raise self.wrong(element, f"{what}, a number such as 2 or 1.5")
        return Decimal(found)

    def count(self, element: int, what: str) -> int:
        """A whole number. Raises NotReadable."""
        found = self.text(element)
        if not _COUNT.fullmatch(found):
            raise self.wrong(element, f"{what}, a whole number")
        return int(found)

    def day(self, element: int, what: str) -> date:
        """A date written CCYYMMDD, of these times. Raises NotReadable."""
        found = self.text(element)
        try:
            if not _DAY.fullmatch(found) or not FIRST_YEAR <= int(found[:4]) <= LAST_YEAR:
                raise ValueError
            return date(int(found[:4]), int(found[4:6]), int(found[6:]))
        except ValueError:
            raise self.wrong(element, f"{what}, a date of {FIRST_YEAR} to {LAST_YEAR} written CCYYMMDD") from None


class Transaction(NamedTuple):
    """What lies between ST and SE, both included. `kind` is ST01, such as 835."""

    kind: str
    segments: tuple[Segment, ...]


def transactions(text: str) -> list[Transaction]:
    """All transactions of a file, in order; at least one. Raises NotReadable."""
    rest = text.lstrip(_AROUND_THE_FILE)
    found: list[Transaction] = []
    number = 1
    while True:
        segments, rest = _interchange(rest, number)
        found += _of_interchange(segments)
        number += len(segments)
        if not rest:
            break
    if not found:
        raise segments[-1].wrong(None, "a transaction (GS, ST … SE, GE) before it")
    return found


def _interchange(text: str, number: int) -> tuple[list[Segment], str]:
    """The segments from ISA to IEA, and what comes after them."""
    element, component, terminator = _delimiters(text, number)
    segments: list[Segment] = []
    at = 0
    while not segments or segments[-1].id != "IEA":
        end = text.find(terminator, at)
        name = _id_of(text[at : at + 8])
        if end < 0 and name == "IEA":
            end = len(text)
        if end < 0:
            raise NotReadable(number + len(segments), name, None, "more text, up to IEA: the file is cut")
        segments.append(_segment(text[at:end], element, component, number + len(segments)))
        at = end + 1
    return segments, text[at:].lstrip(_AROUND_THE_FILE)


def _delimiters(text: str, number: int) -> tuple[str, str, str]:
    """Separators of elements and of components, and the terminator, from where ISA must have them."""
    if not text.startswith("ISA"):
        raise NotReadable(number, "ISA", None, "the envelope of an X12 file, which begins with ISA")
    isa = text[:ISA_LENGTH]
    if len(isa) < ISA_LENGTH:
        raise NotReadable(number, "ISA", None, f"{ISA_LENGTH} characters of fixed width; it is cut")
    element, component, terminator = isa[3], isa[104], isa[105]
    marks = [at for at, mark in enumerate(isa) if mark == element]
    for place, at in enumerate(_ISA_SEPARATORS, start=1):
        if marks[:place][-1] != at:
            raise NotReadable(number, "ISA", max(1, place - 1), "sixteen elements of fixed width")
    plain = any(mark.isalnum() or mark == " " for mark in (element, component, terminator))
    if plain or len({element, component, terminator}) < 3:
        raise NotReadable(number, "ISA", 16, "three different delimiters, none of them a letter or digit")
    return element, component, terminator


def _id_of(text: str) -> str:
    """An id to name a damaged segment by."""
    found = _ID.match(text.lstrip(_BETWEEN_SEGMENTS))
    return found.group() if found else "?"


def _segment(text: str, element: str, component: str, number: int) -> Segment:
    name, *elements = text.strip(_BETWEEN_SEGMENTS).split(element)
    if not _ID.fullmatch(name):
        raise NotReadable(number, "?", None, "a segment, which begins with two or three capitals and digits")
    return Segment(number, name, tuple(elements), component)


_ENDS = {"IEA": ("ISA", 13, "groups"), "GE": ("GS", 6, "transactions"), "SE": ("ST", 2, "segments, ST and SE included")}
_MISSING = {"ISA": "GS or IEA before it", "GS": "ST or GE before it", "ST": "SE before it"}
_STARTS = {"GS": "ISA", "ST": "GS"}


def _of_interchange(segments: list[Segment]) -> list[Transaction]:
    """The transactions, once every envelope closes what it opened. Raises NotReadable."""
    found: list[Transaction] = []
    opened = [segments[0]]
    held = {"IEA": 0, "GE": 0}
    inside: list[Segment] = []
    for segment in segments[1:]:
        level = opened[-1].id
        if segment.id in _STARTS:
            _needs_inside(segment, level, _STARTS[segment.id])
            opened.append(segment)
            held["GE"] = 0 if segment.id == "GS" else held["GE"]
            inside = [segment]
        elif segment.id in _ENDS:
            _needs_inside(segment, level, _ENDS[segment.id][0])
            inside.append(segment)
            _closes(segment, opened.pop(), len(inside) if segment.id == "SE" else held[segment.id])
            if segment.id == "SE":
                found.append(Transaction(inside[0].text(1), tuple(inside)))
                held["GE"] += 1
            elif segment.id == "GE":
                held["IEA"] += 1
        elif level == "ST" and segment.id != "ISA":
            inside.append(segment)
        elif segment.id != "TA1" or level != "ISA":
            raise segment.wrong(None, _MISSING[level])
    return found


def _needs_inside(segment: Segment, level: str, wanted: str) -> None:
    if level != wanted:
        raise segment.wrong(None, _MISSING[level])


def _closes(end: Segment, first: Segment, held: int) -> None:
    _, control, what = _ENDS[end.id]
    if end.count(1, f"how many {what} there are") != held:
        raise end.wrong(1, f"{held}: so many {what} there are")
    if not end.text(2) or end.text(2) != first.text(control):
        raise end.wrong(2, f"the control number of its {first.id} (segment {first.number})")
