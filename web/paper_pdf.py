"""Papers as one PDF: letter size, each paper on a new page, the practice's name and the page's number below.

The same papers give the same bytes: the only time in the file is the first paper's date.

The letters are Open Sans' (the package `ttf-opensans`, Apache-2.0): Latin with all its accents, Greek and Cyrillic.
Without that package the PDF's own Helvetica stands in, which knows Western European letters only. A character that the
font can't show is taken apart (NFKD, "ő" gives "o"); what still can't be shown becomes "?". The plain text of a paper
always keeps the name as it was written.
"""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import CoreFont, FontFace, TTFFont

from domain.papers import DATE_LINE, SIGNATURE_LINE, Block, Heading, Listing, Paper, Paragraph, Signature, Table

MARGIN = 20
"""Millimetres, on all sides."""
LINE = 5.2
SIZE = 10
SMALL = 8
HEADING = 12
TITLE = 16
PAD_ABOVE = 0.6
PAD_BESIDE = 1.5
FAMILY = "paper"
PLAIN_FAMILY = "helvetica"
SHADE = 240
"""How light the header of a table is shaded, 255 being white."""
Fitted = Callable[[str], str]


def as_pdf(papers: Sequence[Paper], fonts: Path | None = None) -> bytes:
    """The papers in their order as one PDF. `fonts` is a folder with `OpenSans-Regular.ttf` and `OpenSans-Bold.ttf`;
    by default that of the package. Raises ValueError without a paper.
    """
    if not papers:
        raise ValueError("there is no paper to print")
    pdf = _Printed(fonts or packaged_fonts())
    pdf.set_title(pdf.fitted(papers[0].title))
    pdf.set_creation_date(datetime.combine(papers[0].date, time(12), tzinfo=UTC))
    for paper in papers:
        pdf.print_paper(paper)
    return bytes(pdf.output())


@cache
def packaged_fonts() -> Path | None:
    """The folder of Open Sans, or None where its package isn't installed."""
    spec = find_spec("ttf_opensans")
    folder = Path(spec.origin).parent / "ttf" if spec and spec.origin else None
    return folder if folder and (folder / "OpenSans-Regular.ttf").is_file() else None


class _Printed(FPDF):
    """The PDF while it is printed. `paper` is the one whose pages are being made; its practice is in the footer."""

    def __init__(self, fonts: Path | None) -> None:
        super().__init__(orientation="portrait", unit="mm", format="letter")
        self.paper: Paper | None = None
        self.fitted: Fitted = _latin
        self.family = PLAIN_FAMILY
        if fonts:
            self.family = FAMILY
            self.add_font(FAMILY, "", fonts / "OpenSans-Regular.ttf")
            self.add_font(FAMILY, "B", fonts / "OpenSans-Bold.ttf")
            self.fitted = _shown_by(self.fonts[FAMILY])
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)

    def footer(self) -> None:
        """Whose paper this is, and which page of how many."""
        if self.paper is None:
            return
        self.set_y(-MARGIN + LINE)
        self.set_font(self.family, size=SMALL)
        width = self.epw / 2
        self.cell(width, LINE, self.fitted(self.paper.practice), align=Align.L)
        self.cell(width, LINE, f"Page {self.page_no()} of {{nb}}", align=Align.R)

    def print_paper(self, paper: Paper) -> None:
        """Print one paper, from a new page on."""
        self.add_page()  # its end still draws the footer of the paper before
        self.paper = paper
        self._text(paper.title, TITLE, bold=True)
        self._text(paper.byline, SIZE)
        for block in paper.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        self.ln(LINE / 2)
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._text(block.text, SIZE)
            case Listing():
                for item in block.items:
                    self._item(item)
            case Table():
                self._table(block)
            case Signature():
                self._signature(block)

    def _text(self, text: str, size: int, *, bold: bool = False) -> None:
        self.set_font(self.family, "B" if bold else "", size)
        self.multi_cell(
            0, LINE * max(1, size / SIZE), self.fitted(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _heading(self, heading: Heading) -> None:
        # A heading alone at the foot of a page belongs to the next one.
        if self.will_page_break(4 * LINE):
            self.add_page()
        self._text(heading.text, HEADING, bold=True)

    def _item(self, item: str) -> None:
        self.set_font(self.family, "", SIZE)
        self.cell(LINE, LINE, "-")
        self.multi_cell(0, LINE, self.fitted(item), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _table(self, table: Table) -> None:
        if not table.all_rows:
            return
        self.set_font(self.family, "", SIZE - 1)
        widths = self._col_widths(table)
        aligned = [Align.R if right else Align.L for right in table.numeric or [False] * len(table.header)]
        with self.table(
            align=Align.L,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=widths,
            first_row_as_headings=bool(table.header),
            headings_style=FontFace(emphasis="BOLD", fill_color=SHADE),
            line_height=LINE,
            padding=(PAD_ABOVE, PAD_BESIDE),
            text_align=tuple(aligned),
            width=min(sum(widths), self.epw),
            wrapmode=WrapMode.WORD,
        ) as printed:
            for cells in table.all_rows:
                row = printed.row()
                for cell in cells:
                    row.cell(self.fitted(cell))

    def _col_widths(self, table: Table) -> tuple[float, ...]:
        """As wide as the texts where the page has room for them; else the longest texts give way, down to a word.

        A table with a header fills the page. Where not even the words have room, the page is shared out by them.
        """
        columns = list(zip(*table.all_rows, strict=True))
        words = [self._widest([word for cell in column for word in cell.split()]) for column in columns]
        texts = [self._widest(column) for column in columns]
        if sum(words) >= self.epw:
            return tuple(words)
        room = self.epw if table.header else min(self.epw, sum(texts))
        wanted = [max(text - word, 0.1) for text, word in zip(texts, words, strict=True)]
        share = (room - sum(words)) / sum(wanted)
        return tuple(word + want * share for word, want in zip(words, wanted, strict=True))

    def _widest(self, texts: Sequence[str]) -> float:
        """The room that the widest of these needs, set bold, with what is left free beside it."""
        self.set_font(self.family, "B", SIZE - 1)
        widest = max((self.get_string_width(self.fitted(text)) for text in texts), default=0)
        self.set_font(self.family, "", SIZE - 1)
        return widest + 2 * PAD_BESIDE + 1

    def _signature(self, signature: Signature) -> None:
        if self.will_page_break(5 * LINE):
            self.add_page()
        self.ln(2 * LINE)
        self.set_font(self.family, "", SIZE)
        left = self.epw * 2 / 3
        for name, day in ((SIGNATURE_LINE, DATE_LINE), (self.fitted(signature.name), "Date")):
            self.cell(left, LINE, name)
            self.cell(0, LINE, day, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _latin(text: str) -> str:
    return _taken_apart(text, lambda character: ord(character) < 256)


def _shown_by(font: CoreFont | TTFFont) -> Fitted:
    """What turns a text into one that this font can show. Checked here: a missing letter would be logged, and names
    belong in no log.
    """
    known = frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset(range(256))
    return lambda text: _taken_apart(text, lambda character: ord(character) in known)


def _taken_apart(text: str, is_known: Callable[[str], bool]) -> str:
    return "".join(
        character if is_known(character) else _nearest(character, is_known)
        for character in unicodedata.normalize("NFC", " ".join(text.split()))
    )


def _nearest(character: str, is_known: Callable[[str], bool]) -> str:
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    return "".join(part if is_known(part) else "?" for part in parts)
