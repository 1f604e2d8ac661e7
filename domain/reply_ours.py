"""Our own words in a reply, taken out before anything is read: programs quote them whole or cut short."""

import re
from collections.abc import Sequence
from unicodedata import category

from domain.reply_words import folded

_WORD = re.compile(r"\w+")
_LONGEST_READ = 20_000
_FEWEST_WORDS = 3
"""A shorter sentence of ours may well be the client's own ("Thank you!"); it counts only right behind a longer one."""
_MEANS_SOMETHING = ("Nd", "Nl", "No", "So")
_SENTENCE_END = re.compile(r"[.!?:;\n]+")


def without_ours(text: str, sent: Sequence[str]) -> str:
    """The text without the sentences of ours that it repeats; one cut short counts where `…` or a quote ends it."""
    sentences = _sentences(sent)
    if not sentences:
        return text
    found = list(_WORD.finditer(text[:_LONGEST_READ]))
    words = [folded(word.group()) for word in found]
    kept, at, last = list[str](), 0, 0
    while at < len(words):
        length = _repeated(words, at, sentences, text, found)
        if length == 0:
            at += 1
            continue
        kept.append(text[last : found[at].start()])
        at, last = at + length, found[at + length - 1].end()
        at, last = _short_ones_behind(words, at, last, sentences, found)
    return " ".join([*kept, text[last:]]) if kept else text


def nothing_said(text: str) -> bool:
    """Whether no word and no sign with a meaning is left, only punctuation."""
    return not any(category(sign) in _MEANS_SOMETHING or category(sign)[0] == "L" for sign in text)


def _sentences(sent: Sequence[str]) -> dict[str, list[list[str]]]:
    """Our sentences as words, longest first, under their first word."""
    by_first: dict[str, list[list[str]]] = {}
    for text in sent:
        for part in _SENTENCE_END.split(text[:_LONGEST_READ]):
            if words := [folded(word) for word in _WORD.findall(part)]:
                by_first.setdefault(words[0], []).append(words)
    for known in by_first.values():
        known.sort(key=len, reverse=True)
    return by_first


def _repeated(
    words: list[str], at: int, sentences: dict[str, list[list[str]]], text: str, found: list[re.Match[str]]
) -> int:
    """How many words from here on are one of our sentences, whole or cut short."""
    for sentence in sentences.get(words[at], ()):
        same = _same(words, at, sentence)
        if same < _FEWEST_WORDS:
            continue
        if same == len(sentence) or _is_cut(text, found[at + same - 1].end()):
            return same
        after = at + same
        if after < len(words) and sentence[same].startswith(words[after]) and _is_cut(text, found[after].end()):
            return same + 1
    return 0


def _same(words: list[str], at: int, sentence: list[str]) -> int:
    count = 0
    for mine, ours in zip(words[at : at + len(sentence)], sentence, strict=False):
        if mine != ours:
            break
        count += 1
    return count


def _is_cut(text: str, end: int) -> bool:
    return bool(re.match(r"\s?(?:…|\.\.\.|[\"”»“])", text[end : end + 4]))


def _short_ones_behind(
    words: list[str], at: int, last: int, sentences: dict[str, list[list[str]]], found: list[re.Match[str]]
) -> tuple[int, int]:
    """Our short sentences right behind a longer one go with it."""
    while at < len(words):
        length = max(
            (len(known) for known in sentences.get(words[at], ()) if words[at : at + len(known)] == known), default=0
        )
        if length == 0:
            break
        at, last = at + length, found[at + length - 1].end()
    return at, last
