"""The staff's pages in Spanish: every message has its Spanish, and no page has English left on it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.web.english_left import english_left
from tests.web.every_page import a_full_house
from tests.web.web_builders import TOKEN

WEB = Path(__file__).parents[2] / "web"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "marked": None, "_": None}
PLACES = re.compile(r"%\(\w+\)[sd]|{\w+}")


def catalogued() -> Iterator[Message]:
    for file in sorted((WEB / "locale" / "es").glob("*.po")):
        with file.open("rb") as lines:
            yield from (message for message in read_po(lines, locale="es") if message.id)


def one(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def in_use() -> dict[str, str]:
    """Every message that a template or a module asks for, and where."""
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    options = {"templates/**.html": {"trimmed": "true", "trim_blocks": "true"}}
    found = extract_from_dir(WEB, method_map=methods, options_map=options, keywords=KEYWORDS)  # pyright: ignore[reportArgumentType]
    return {one(message): f"{file}:{line}" for file, line, message, *_ in found}


def test_every_message_has_its_spanish_with_the_same_places_in_it():
    known = {one(message.id): message for message in catalogued()}
    missing = {text: where for text, where in in_use().items() if text not in known}
    assert missing == {}
    for message in catalogued():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        assert all(strings), ids
        assert set(PLACES.findall(ids[-1])) == set(PLACES.findall(strings[-1])), ids


def test_no_message_stands_in_two_catalogues_with_different_words():
    seen: dict[str, object] = {}
    for message in catalogued():
        assert seen.setdefault(one(message.id), message.string) == message.string, message.id


async def test_no_page_has_english_left_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_full_house(tmp_path, monkeypatch) as full:
        browser = full.house.browser
        browser.headers["accept-language"] = "es-MX,es;q=0.9,en;q=0.5"
        await browser.post("/login", data={"token": TOKEN})
        left: dict[str, list[str]] = {}
        for address in full.pages():
            if address.startswith("/m/"):  # a client's letter, in the client's language
                continue
            answer = await browser.get(address)
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert '<html lang="es">' in answer.text, address
                if english := english_left(answer.text):
                    left[address] = english
        assert left == {}
