"""The words of a mail's HTML, as a person would see them. Takes time in proportion to the HTML, whatever is in it."""

import re
from typing import Any, cast

from lxml import etree as _etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - has no types

_LXML: Any = cast(Any, _etree)
_NEW_LINE = frozenset(("br", "hr", "p", "pre", "div", "section", "tr", "td", "th", "li", "dt", "dd"))
_BLOCK = re.compile(r"h[1-6]|[uo]l|table|blockquote|article|header|footer|caption|address")
_UNSEEN = frozenset(("style", "script", "template", "title"))
_LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,20})\s[^<>]{1000,}")
"""A tag with more attributes than any mail program writes; libxml2 compares each with all others."""
_NO_TEXT = re.compile("[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff]")


class _Words:
    """Notes text as the parser comes to it, so that no tree is built, however deep it would be."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._unseen = 0

    def start(self, tag: str, _attributes: Any) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _NEW_LINE or _BLOCK.fullmatch(tag):
            self.words.append("\n")

    def end(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _NEW_LINE or _BLOCK.fullmatch(tag):
            self.words.append("\n")

    def data(self, text: str) -> None:
        if not self._unseen:
            self.words.append(text)

    def close(self) -> str:
        return "".join(self.words)


def words_of(html: str) -> str:
    """Its text, line by line, without what isn't shown. Empty where there is none."""
    read = _NO_TEXT.sub(" ", _LONG_TAG.sub(r"<\1 ", html))
    if not read.strip():
        return ""
    parser: Any = _LXML.HTMLParser(target=_Words(), huge_tree=True, remove_comments=True, remove_pis=True)
    text: str = _LXML.fromstring(read, parser)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
