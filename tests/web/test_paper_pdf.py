"""The PDF says what the text says, in every alphabet that names come in, and is the same whenever it is made."""

import logging
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from domain.appeal_packet import appeal_packet
from domain.papers import Block, Heading, Listing, Paper, Paragraph, Signature, Table
from domain.prompt_pay_letter import prompt_pay_letter
from domain.receipt import receipt
from tests.domain.papers_builder import TODAY, a_denied, fully_lived
from web import paper_pdf
from web.paper_pdf import as_pdf

LETTER_IN_POINTS = (612, 792)


def a_paper(*blocks: Block, title: str = "Letter", practice: str = "Cedar Hill", on: date = TODAY) -> Paper:
    return Paper(title=title, date=on, practice=practice, blocks=list(blocks))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def pages(*papers: Paper) -> list[str]:
    return [page.extract_text() for page in read(as_pdf(papers)).pages]


def letters(text: str) -> list[str]:
    """Every letter and digit, whatever the lines and columns; rules and dashes left out."""
    return sorted(character for character in text if character.isalnum())


def without_footers(paper: Paper, found: list[str]) -> str:
    told = "\n".join(found)
    for number in range(1, len(found) + 1):
        told = told.replace(f"{paper.practice}Page {number} of {len(found)}", "")
        told = told.replace(f"{paper.practice} Page {number} of {len(found)}", "")
    return told


def test_the_pdf_holds_exactly_what_the_text_holds() -> None:
    claim, plan = a_denied(), fully_lived()
    packet = appeal_packet(claim, plan, 1, TODAY)
    for paper in [*packet.papers, prompt_pay_letter(claim, TODAY), receipt(claim, None, TODAY)]:
        assert letters(without_footers(paper, pages(paper))) == letters(paper.as_text())


def test_names_of_all_of_europe_come_out_right() -> None:
    names = ["Łukasz Núñez", "Tereza Dvořáková", "Ġorġ Żammit", "Ντίνος", "Жанна", "Nguyễn Ặn"]
    [told] = pages(a_paper(Listing(items=names), Signature(name="Łukasz Núñez"), title="For Łukasz"))
    for name in names:
        assert name in told
    assert read(as_pdf([a_paper(title="For Łukasz")])).metadata["/Title"] == "For Łukasz"  # pyright: ignore[reportOptionalSubscript]


def test_a_letter_that_the_font_lacks_is_taken_apart_or_becomes_a_question_mark(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        [told] = pages(a_paper(Paragraph(text="Full width Ｍaya, a fraction ⅐, 李, a tab\tand a\nline")))
    assert "Full width Maya, a fraction 1?7, ?, a tab and a line" in told.replace("⁄", "?")
    assert not any("李" in record.getMessage() for record in caplog.records)


def test_without_the_font_package_western_names_stay_and_others_are_taken_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paper_pdf, "packaged_fonts", lambda: None)
    [told] = pages(a_paper(Paragraph(text="Núñez, Dvořák, Łukasz")))
    assert "Núñez, Dvorák, ?ukasz" in told


def test_a_long_table_goes_on_over_pages_under_its_header_and_loses_no_row() -> None:
    rows = [[f"row-{number}", f"${number}.00"] for number in range(200)]
    found = pages(a_paper(Table(header=["Name", "Amount"], rows=rows)))
    assert len(found) > 2
    assert all("Name" in page and "Amount" in page for page in found)
    words = [word for page in found for word in page.split()]
    assert [word for word in words if word.startswith("row-")] == [row[0] for row in rows]


def test_a_table_of_too_many_words_stays_on_the_page() -> None:
    wide = Table(header=["x" * 40] * 5, rows=[["y" * 40, "z " * 60, "1", "2", "3"]])
    [told] = pages(a_paper(wide))
    assert told.count("y") == 40
    assert told.count("z") == 60


def test_every_page_has_its_number_and_each_paper_begins_one_with_its_own_practice() -> None:
    long = a_paper(Paragraph(text="word " * 2000), title="First", practice="Cedar Hill")
    found = pages(long, a_paper(title="Second", practice="Oak Lane"))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert ("Oak Lane" in page) == (number == len(found))
    assert found[0].startswith("First")
    assert found[-1].startswith("Second")


def test_pages_are_of_letter_size() -> None:
    box = read(as_pdf([a_paper()])).pages[0].mediabox
    assert (round(box.width), round(box.height)) == LETTER_IN_POINTS


def test_the_same_paper_gives_the_same_bytes_and_carries_its_own_date() -> None:
    paper = a_paper(Table(header=["a"], rows=[["1"]]), on=date(2026, 4, 20))
    first = as_pdf([paper])
    assert first == as_pdf([paper])
    metadata = read(first).metadata
    assert metadata is not None
    assert metadata["/CreationDate"] == "D:20260420120000Z"
    assert "/ModDate" not in metadata


def test_a_heading_is_never_alone_at_the_foot_of_a_page() -> None:
    for lines in range(37, 45):
        found = pages(
            a_paper(Listing(items=["line"] * lines), Heading(text="Attendance"), Paragraph(text="Came twice."))
        )
        with_heading = next(page for page in found if "Attendance" in page)
        assert "Came twice." in with_heading


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="no paper"):
        as_pdf([])


def test_a_folder_of_fonts_may_be_given() -> None:
    folder = paper_pdf.packaged_fonts()
    assert isinstance(folder, Path)
    assert as_pdf([a_paper()], folder) == as_pdf([a_paper()])
