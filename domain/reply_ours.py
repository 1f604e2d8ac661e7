"""Our own words in a reply, taken out before anything is read: programs quote them whole or cut short.

Clients answer in our words too: "Chest pain right now", when one of the staff asked just that. So words of danger, of
news and of an opt-out are only taken out where they are plainly quoted: beside a mark of quoting, or with so many other
words of ours that nobody typed them.
"""

import re
from collections.abc import Callable, Sequence
from unicodedata import category

from domain.reply_words import folded

_WORD = re.compile(r"\w+")
_LONGEST_READ = 20_000
_FEWEST_WORDS = 4
"""A shorter sentence of ours may well be the client's own ("See you then."): it counts only beside a longer one."""
_TYPED = 12
"""So many words of ours in a row are a copy."""
_MARKED = re.compile(r"(?:[\"“”«»„]|^[ \t]*[>|])[^\n]{0,3}$|^[ \t]*[>|][^\n]*$", re.M)
_MEANS_SOMETHING = ("Nd", "Nl", "No", "So")
_CUT_SHORT = re.compile(r"\s?(?:…|\.\.\.|[\"”»“])")
_CLOSED = re.compile(r"[.?!…]{0,3}\s?[\"”»“]")
_SENTENCE_END = re.compile(r"[.!?:;\n]+")


def without_ours(text: str, sent: Sequence[str], counts: Callable[[str], bool] = lambda _: False) -> str:
    """The text without the sentences of ours that it repeats; one cut short counts where `…` or a quote ends it.

    `counts` says of words whether they'd be acted on: then they stay, unless they are plainly a copy.
    """
    ours = _Ours(text, sent)
    if not ours.sentences:
        return text
    kept, at, last = list[str](), 0, 0
    while at < len(ours.words):
        length = ours.repeated(at, fewest=_FEWEST_WORDS)
        if length == 0:
            at += 1
            continue
        begun = ours.begun_before(at)
        while length:
            at += length
            length = ours.repeated(at, fewest=1)
        start, end = ours.found[begun].start(), ours.found[at - 1].end()
        copied = at - begun >= _TYPED or _MARKED.search(text[:start]) or _CLOSED.match(text[end:])
        if copied or not counts(text[start:end]):
            kept.append(text[last:start])
            last = end
    return " ".join([*kept, text[last:]]) if kept else text


def is_of(quoted: str, sent: Sequence[str]) -> bool:
    """Whether a quotation is a text of ours, its beginning or a piece of it from the start of a sentence."""
    words = " ".join(folded(word) for word in _WORD.findall(quoted[:_LONGEST_READ]))
    ours = (" ".join(folded(word) for word in _WORD.findall(text[:_LONGEST_READ])) for text in sent)
    return bool(words) and any(words in text for text in ours)


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


class _Ours:
    """A text as words, and our sentences to look for in it."""

    def __init__(self, text: str, sent: Sequence[str]) -> None:
        self.sentences = _sentences(sent)
        self.found = list(_WORD.finditer(text[:_LONGEST_READ])) if self.sentences else []
        self.words = [folded(word.group()) for word in self.found]
        self._text = text

    def repeated(self, at: int, *, fewest: int) -> int:
        """How many words from here on are one of our sentences, whole or cut short; 0 where they are none."""
        for sentence in self.sentences.get(self.words[at], ()) if at < len(self.words) else ():
            same = self._same(at, sentence)
            if same < fewest:
                continue
            if same == len(sentence) or self._is_cut(at + same - 1):
                return same
            after = at + same
            if after < len(self.words) and sentence[same].startswith(self.words[after]) and self._is_cut(after):
                return same + 1
        return 0

    def begun_before(self, at: int) -> int:
        """Where it begins with a short sentence of ours right before, such as the practice's name."""
        for length in range(1, _FEWEST_WORDS):
            start = at - length
            if start >= 0 and self.words[start:at] in self.sentences.get(self.words[start], ()):
                return start
        return at

    def _same(self, at: int, sentence: list[str]) -> int:
        count = 0
        for mine, ours in zip(self.words[at : at + len(sentence)], sentence, strict=False):
            if mine != ours:
                break
            count += 1
        return count

    def _is_cut(self, at: int) -> bool:
        end = self.found[at].end()
        return bool(_CUT_SHORT.match(self._text[end : end + 4]))
