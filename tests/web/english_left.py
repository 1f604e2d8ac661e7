"""Finds the English words that are left on a page that should be Spanish."""

import re
from html.parser import HTMLParser

SHOWN = ("aria-label", "alt", "title", "placeholder")
UNREAD = {"script", "style", "code", "svg"}
EMPTY = {"img", "input", "br", "meta", "link", "source", "hr", "wbr"}
ENGLISH = re.compile(
    r"\b(the|of|and|is|to|for|with|you|your|this|was|not|by|from|has|have|are|it|that|who|what|when|on|in|at|be|will|"
    r"can|client|clients|session|sessions|visit|visits|claim|claims|goal|goals|message|messages|day|days|week|weeks|"
    r"yes|sent|text|next|show|more|done|add|change|new|number|name|date|reason|open|closed|paid|send|today)\b",
    re.IGNORECASE,
)
"""Common words that are English and no Spanish."""


class _Reader(HTMLParser):
    """Collects what people read. An element with translate="no" or another language keeps its own words."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = given.get("translate") == "no" or given.get("lang") == "en" or tag in UNREAD
        hidden = foreign or (bool(self._open) and self._open[-1])
        if not hidden:
            self.texts += [text for name in SHOWN if (text := given.get(name))]
        if tag not in EMPTY:
            self._open.append(hidden)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1]):
            self.texts.append(" ".join(data.split()))


def english_left(page: str) -> list[str]:
    """The texts of this page that have an English word in them."""
    reader = _Reader()
    reader.feed(page)
    return [text for text in reader.texts if ENGLISH.search(text)]
