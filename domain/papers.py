"""Papers that leave the house: their blocks, and how a paper reads as plain text. `web/paper_pdf.py` makes the PDF.

Papers are written in English, for payers. What the records don't hold is a line to fill in by hand, never a guess.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import phonenumbers
from babel.dates import format_date
from pydantic import Field, model_validator

from domain.client import Model

WIDTH = 78
"""Characters in a line of plain text."""
BLANK = "________"
"""A place to fill in by hand."""
GAP = 2
NARROWEST = 4
SIGNATURE_LINE = "_" * 40
DATE_LINE = "_" * 14
_NUMBER = re.compile(r"(?!\d{5}$)[-+$]?[$\d][\d.,]*")
"""An amount or a count. Five plain digits are a billing code, which isn't one."""


class Heading(Model):
    """The name of a section."""

    kind: Literal["heading"] = "heading"
    text: str


class Paragraph(Model):
    """Running text."""

    kind: Literal["paragraph"] = "paragraph"
    text: str


class Listing(Model):
    """Items with a dash before each."""

    kind: Literal["list"] = "list"
    items: list[str]


class Table(Model):
    """Rows of the same length. An empty header means that there is none, as in a list of names and values."""

    kind: Literal["table"] = "table"
    header: list[str] = Field(default=[])
    rows: list[list[str]]

    @model_validator(mode="after")
    def _rows_are_even(self) -> "Table":
        if len({len(row) for row in self.all_rows}) > 1:
            raise ValueError("every row needs as many cells as the others and the header")
        return self

    @property
    def all_rows(self) -> list[list[str]]:
        """The header, where there is one, and the rows."""
        return [self.header, *self.rows] if self.header else self.rows

    @property
    def numeric(self) -> list[bool]:
        """Of each column whether it holds numbers and nothing else, and so is set to the right."""
        return [
            all(_NUMBER.fullmatch(cell) or cell in ("-", BLANK) for cell in column)
            and any(_NUMBER.fullmatch(cell) for cell in column)
            for column in zip(*self.rows, strict=True)
        ]


class Signature(Model):
    """A line to sign on, with the day; `name` says whose it is."""

    kind: Literal["signature"] = "signature"
    name: str


Block = Heading | Paragraph | Listing | Table | Signature


class Paper(Model):
    """One paper. `practice` is who it comes from, and stands in the footer of its PDF."""

    title: str
    date: date
    practice: str
    blocks: list[Block]

    def as_text(self) -> str:
        """The paper as plain text of 78 columns; longer only where a single word is."""
        parts = ["\n".join([*_wrapped(self.title), "=" * min(len(self.title), WIDTH)])]
        parts += ["\n".join(_wrapped(self.byline)), *("\n".join(_lines(block)) for block in self.blocks)]
        return "\n\n".join(part for part in parts if part) + "\n"

    @property
    def byline(self) -> str:
        """Who wrote it, and when: what stands under the title."""
        return f"{self.practice}, {in_words(self.date)}"


def in_words(day: date) -> str:
    """ "Mar 2, 2026"."""
    return format_date(day, "MMM d, y", locale="en_US")


def days_in_words(days: Sequence[date]) -> str:
    """ "Mar 2, 2026; Mar 9, 2026"."""
    return "; ".join(in_words(day) for day in days)


def money(amount: Decimal | None) -> str:
    """ "$1,120.00"; a blank where the amount isn't known."""
    if amount is None:
        return BLANK
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def phone_in_words(number: str) -> str:
    """ "(206) 555-0100" in the US, international form elsewhere. `number` is in E.164 form."""
    parsed = phonenumbers.parse(number, "US")
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if parsed.country_code == 1 else form.INTERNATIONAL)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 visit", "2 visits"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capitalised(text: str) -> str:
    """With a capital first letter, and the rest as it was."""
    return text[:1].upper() + text[1:]


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [*_wrapped(block.text), "-" * min(len(block.text), WIDTH)]
        case Paragraph():
            return _wrapped(block.text)
        case Listing():
            return [line for item in block.items for line in _wrapped(item, "- ", "  ")]
        case Table():
            return list(_table(block))
        case Signature():
            return ["", f"{SIGNATURE_LINE}  {DATE_LINE}", f"{block.name:<{len(SIGNATURE_LINE)}}  Date"]


def _wrapped(text: str, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def _table(table: Table) -> Iterator[str]:
    if not table.all_rows:
        return
    widths, numeric = _widths(table), table.numeric or [False] * len(table.header)
    for place, row in enumerate(table.all_rows):
        yield from _row(row, widths, numeric)
        if table.header and place == 0:
            yield (" " * GAP).join("-" * width for width in widths)


def _row(cells: list[str], widths: list[int], numeric: list[bool]) -> Iterator[str]:
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for line in range(max(len(column) for column in columns)):
        parts = [column[line] if line < len(column) else "" for column in columns]
        set_out = [
            f"{part:>{width}}" if right else f"{part:<{width}}"
            for part, width, right in zip(parts, widths, numeric, strict=True)
        ]
        yield (" " * GAP).join(set_out).rstrip()


def _widths(table: Table) -> list[int]:
    """As wide as the longest cell; too wide together, the widest give way, at first without breaking a word."""
    columns = list(zip(*table.all_rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    words = [max((len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    room = WIDTH - GAP * (len(widths) - 1)
    for least in (words, [NARROWEST] * len(widths)):
        while sum(widths) > room:
            yielding = [place for place in range(len(widths)) if widths[place] > least[place]]
            if not yielding:
                break
            widths[max(yielding, key=lambda place: widths[place])] -= 1
    return [max(width, 1) for width in widths]
