"""Reads status answers (X12 277: 005010X212, and the acknowledgements of 005010X214): where claims stand.

What the categories of an STC segment mean for us follows their first letters, as the code list of X12 groups them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.x12 import NotReadable, Segment, Transaction, transactions

Standing = Literal["received", "rejected", "pending", "paid", "denied", "information", "not_found", "error"]
"""The words of `StatusAnswered.status`."""
Level = Literal["claim", "provider", "receiver", "payer"]
"""What was answered: one claim, or the whole question, where the payer could not read it."""
_LEVELS: dict[str, Level] = {"20": "payer", "21": "receiver", "19": "provider"}
_STANDINGS: dict[str, Standing] = {
    "A0": "received",
    "A1": "received",
    "A2": "received",
    "F0": "paid",
    "F1": "paid",
    "F2": "denied",
    "F4": "denied",
    "D0": "not_found",
}
"""F4 is a finished claim for which nothing more will come: a person has to look, as at a denial."""
_FAMILIES: dict[str, Standing] = {"A": "rejected", "P": "pending", "F": "pending", "R": "information", "E": "error"}
"""By the first letter, for what isn't listed above: F3 says that an answer was changed, and not to what."""
_CATEGORY = "a status category such as A1, P3, F1, F2, R3, D0 or E0"


class StatusNotReadable(NotReadable):
    """No status answer, or a damaged one: `segment` and `element` say where, `expected` what should have been there."""


@dataclass(frozen=True)
class ClaimStatusAnswer:
    """One answer. `number` is ours (REF*EJ, or else the trace number of our question); empty above claim level.

    `codes` are the payer's, category first, such as F2:88:QC; those of lines follow. `on` is the day since when the
    claim stands so, `answered_on` the day of the file. `reference` is the payer's own number of the claim.
    """

    level: Level
    number: str
    trace: str
    status: Standing
    category: str
    codes: list[str]
    on: date
    answered_on: date
    reference: str
    payer_id: str
    question: str


def read_277(text: str) -> list[ClaimStatusAnswer]:
    """All answers of the text, in order. Raises StatusNotReadable where any of them is damaged."""
    try:
        return [answer for transaction in transactions(text) for answer in _Answers(transaction).read()]
    except NotReadable as error:
        raise StatusNotReadable(error.segment, error.segment_id, error.element, error.expected) from None


@dataclass
class _Asked:
    """A question of ours (TRN) while the segments of its answer come in."""

    level: Level
    trn: Segment
    said: list[Segment] = field(default_factory=list[Segment])
    of_lines: list[Segment] = field(default_factory=list[Segment])
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    in_lines: bool = False

    def takes(self, segment: Segment) -> None:
        if segment.id == "SVC":
            self.in_lines = True
        elif segment.id == "STC":
            (self.of_lines if self.in_lines else self.said).append(segment)
        elif segment.id == "REF" and not self.in_lines:
            self.numbers.setdefault(segment.text(1), segment.text(2))


class _Answers:
    """One transaction. Questions follow each other within the levels (HL) of payer, receiver, provider and client."""

    def __init__(self, transaction: Transaction) -> None:
        first, *self._inside = transaction.segments[:-1]
        if transaction.kind != "277":
            raise first.wrong(1, "277, a status answer")
        if not self._inside or self._inside[0].id != "BHT":
            raise first.wrong(None, "BHT, the beginning of the answer, after it")
        bht = self._inside[0]
        self._question = bht.text(3)
        self._answered_on = bht.day(4, "the day of the answer")
        self._payer_id = ""
        self._level: Level | None = None
        self._open: _Asked | None = None
        self._asked: list[_Asked] = []

    def read(self) -> list[ClaimStatusAnswer]:
        for segment in self._inside[1:]:
            self._takes(segment)
        return [self._answer(asked) for asked in self._asked if asked.said or asked.level == "claim"]

    def _takes(self, segment: Segment) -> None:
        if segment.id == "HL":
            self._level, self._open = _LEVELS.get(segment.text(3), "claim"), None
        elif segment.id == "NM1" and segment.text(1) == "PR":
            self._payer_id = segment.text(9)[:80]
        elif segment.id == "TRN":
            if self._level is None:
                raise segment.wrong(None, "HL before it")
            self._open = _Asked(self._level, segment)
            self._asked.append(self._open)
        elif self._open is not None:
            self._open.takes(segment)
        elif segment.id == "STC":
            raise segment.wrong(None, "TRN, the number of our question, before it")

    def _answer(self, asked: _Asked) -> ClaimStatusAnswer:
        trace = asked.trn.needs(2, "the number of our question", 50)
        if not asked.said:
            raise asked.trn.wrong(None, "STC, the answer, after it")
        days = {segment.number: segment.day(2, "the day of the status") for segment in asked.said}
        latest = max(asked.said, key=lambda segment: (days[segment.number], -segment.number))
        category = latest.parts(1)[0]
        number = (asked.numbers.get("EJ") or trace) if asked.level == "claim" else ""
        return ClaimStatusAnswer(
            level=asked.level,
            number=number[:38],
            trace=trace,
            status=_standing(latest, category),
            category=category,
            codes=_codes([latest, *asked.said, *asked.of_lines]),
            on=days[latest.number],
            answered_on=self._answered_on,
            reference=asked.numbers.get("1K", "")[:80],
            payer_id=self._payer_id,
            question=self._question,
        )


def _standing(stc: Segment, category: str) -> Standing:
    standing = _STANDINGS.get(category) or _FAMILIES.get(category[:1])
    if standing is None or not 2 <= len(category) <= 3:
        raise stc.wrong(1, _CATEGORY)
    return standing


def _codes(said: Sequence[Segment]) -> list[str]:
    """Each code once; an STC may carry three of them."""
    codes = [":".join(stc.parts(at)) for stc in said for at in (1, 10, 11) if stc.text(at)]
    return list(dict.fromkeys(code[:60] for code in codes))
