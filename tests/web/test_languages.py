"""Which language a page is in, and how sentences of the rules are found again in the other one."""

from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from tests.web.web_builders import a_house
from web import catalogues, languages, shapes
from web.languages import day_in_words, hour_in_words, ngettext, told

SPANISH = {"accept-language": "es"}


@pytest.fixture
def in_spanish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[Path]:
    """Spanish from catalogues of this test's own."""
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
        + "".join(
            f'\nmsgid "{english}"\nmsgstr "{spanish}"\n'
            for english, spanish in {
                "plateau": "estancamiento",
                "{who} asks about the {what}.": "{who} pregunta por el {what}.",
                "{who} asks.": "{who} pregunta.",
                "{who} and again {who}.": "{who} y otra vez {who}.",
                "Due {day}.": "Vence el {day}.",
                "Nothing.": "Nada.",
                "It wrote: {words} Please answer.": "Escribió: {words} Por favor responda.",
                "One. Two.": "Uno y dos.",
            }.items()
        )
        + '\nmsgid "One visit"\nmsgid_plural "{n} visits"\nmsgstr[0] "Una cita"\nmsgstr[1] "{n} citas"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    _forget()
    reset = languages._current.set("es")  # pyright: ignore[reportPrivateUsage]
    yield tmp_path
    languages._current.reset(reset)  # pyright: ignore[reportPrivateUsage]
    _forget()


def _forget() -> None:
    for cached in (catalogues.catalogue, shapes._shapes, shapes.in_spanish):  # pyright: ignore[reportPrivateUsage]
        cached.cache_clear()


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Nothing.", "Nada."),
        ("Ana asks about the plateau.", "Ana pregunta por el estancamiento."),
        ("Ana asks about the {braces}.", "Ana pregunta por el {braces}."),
        ("Ana and again Ana.", "Ana y otra vez Ana."),
        ("Ana and again Eva.", "Ana and again Eva."),
        ("Due 5 January 2026.", "Vence el 5 de enero de 2026."),
        ("Due Mon 05 Jan 2026 09:05.", "Vence el lun 5 ene 2026, 09:05."),
        ("Due Mon Jan 5, 2026.", "Vence el lun 5 ene 2026."),
        ("Due Mon Jan 5, 2:00 PM.", "Vence el lun 5 ene, 2:00 p.m.."),
        ("Due 2026-01-05.", "Vence el 5 de enero de 2026."),
        ("Due 2026-13-05.", "Vence el 2026-13-05."),
        ("Due Jan 5.", "Vence el 5 ene."),
        ("Due 31 June 2026.", "Vence el 31 June 2026."),
        ("Nothing. Ana asks. Unknown words.", "Nada. Ana pregunta. Unknown words."),
        ("One. Two. Nothing.", "Uno y dos. Nada."),
        ("Ana asks. Eva asks.", "Ana pregunta. Eva pregunta."),
        ("It wrote: Nothing. plateau Please answer.", "Escribió: Nothing. plateau Por favor responda."),
        ("plateau asks.", "plateau pregunta."),
        ("", ""),
        ("Unknown words", "Unknown words"),
    ],
)
def test_a_sentence_is_found_again_by_its_shape(english: str, spanish: str) -> None:
    assert told(english) == spanish


@pytest.mark.usefixtures("in_spanish")
def test_counts_take_the_form_of_their_language() -> None:
    assert [ngettext("One visit", "{n} visits", count) for count in (1, 0, 2)] == ["Una cita", "{n} citas", "{n} citas"]


@given(any_.text(max_size=200))
def test_english_is_never_touched(text: str) -> None:
    assert told(text) == text


@settings(deadline=None)  # the first one reads the catalogues
@given(any_.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    reset = languages._current.set("es")  # pyright: ignore[reportPrivateUsage]
    try:
        assert isinstance(told(text), str)
    finally:
        languages._current.reset(reset)  # pyright: ignore[reportPrivateUsage]


@pytest.mark.usefixtures("in_spanish")
def test_days_and_hours_are_written_as_the_language_does() -> None:
    assert day_in_words(date(2026, 1, 5)) == "lun 5 ene 2026"
    assert hour_in_words(datetime(2026, 1, 5, 9, 5, tzinfo=UTC)) == "9:05 a.m."
    assert hour_in_words(datetime(2026, 1, 5, 0, 5, tzinfo=UTC)) == "12:05 a.m."


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.5", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de, es;q=0.5", "es"),
        ("en;q=0.2, es;q=0.7", "es"),
        ("es;q=0", "en"),
        ("es;q=x", "en"),
        (",;,=;q", "en"),
        ("*", "en"),
    ],
)
async def test_a_page_is_in_the_language_that_the_browser_asks_for(tmp_path: Path, asked: str, language: str) -> None:
    async with a_house(tmp_path) as house:
        page = await house.browser.get("/login", headers={"accept-language": asked})
        assert f'<html lang="{language}">' in page.text


async def test_a_language_chosen_on_a_page_wins_over_the_browsers_until_another_is_chosen(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/language", data={"language": "es", "next": "/login"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert '<html lang="es">' in (await house.browser.get("/login", headers={"accept-language": "en"})).text
        await house.browser.post("/language", data={"language": "en"})
        assert '<html lang="en">' in (await house.browser.get("/login", headers=SPANISH)).text


async def test_a_choice_leads_to_no_other_site_and_knows_only_our_languages(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/language", data={"language": "xx", "next": "//evil.example"})
        assert answer.headers["location"] == "/"
        assert "followthrough_language=en" in answer.headers["set-cookie"]
        foreign = {"origin": "https://evil.example"}
        assert (await house.browser.post("/language", data={"language": "es"}, headers=foreign)).status_code == 403


async def test_a_broken_cookie_is_no_language(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        for cookie in ("followthrough_language=xx", "a[]=1; followthrough_language", "=;;\x7f"):
            page = await house.browser.get("/login", headers={"cookie": cookie})
            assert '<html lang="en">' in page.text
