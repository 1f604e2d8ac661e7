"""Turns a client's text into plain words that rules can be written against: no case, accents, emoji or typing noise.

Sentence ends stay as ` . ` and ` ? `, softer breaks as ` , `, because "No, chest pain since noon" and "no chest pain"
must not look alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from domain.reply_contractions import written_out
from domain.reply_spelling import CALLED, spelled

LONGEST_READ = 8000
"""Characters that are read; the rest of an even longer text is seen by a person only."""

_EMOJI = {
    "👍": " thumbsup ",
    "💯": " definitely ",
    "👌": " thumbsup ",
    "✅": " thumbsup ",
    "✔": " thumbsup ",
    "☑": " thumbsup ",
    "👎": " thumbsdown ",
    "🙏": " thanks ",
    "🛑": " stop ",
    "🔟": " 10 ",
    "½": " 1/2",
}
_OWN_STOP_LINE = re.compile(
    r"\b(?:reply|text|send|responda|responde|envie|conteste)\s+(?:with\s+|con\s+)?[\"“']?stop[\"”']?\s+"
    r"(?:(?:to|para)\s+(?:opt[ -]?out|unsubscribe|end|stop|quit|cancel|darse de baja|no recibir)"
    r"(?:\s+(?:from|of|de|receiving|recibir|getting|all|any|more|mas|más|these|our|los|nuestros|further|future|texts?"
    r"|texting|msgs?|messages?|messaging|mensajes|alerts?|reminders?|recordatorios|at any time|anytime)\b)*)"
    r"(?=\s*(?:[.,;!)\]\"”»…\n]|$|\bhelp\b|\bmsg\b|-))",
    re.I,
)
"""The line that we and companies write below a text. Anything behind it is the sender's."""
_SPELLED_OUT = re.compile(r"^\W*s\W*t\W*[o0]\W*p\W*$", re.I)
_STARS = re.compile(r"(?:[⭐🌟★]\ufe0f?\s*)+")


@dataclass(frozen=True)
class Said:
    """What a text says: `plain` words; `marked` words with ` , `, ` . ` and ` ? ` between; was STOP shouted?"""

    plain: str
    marked: str
    shouted_stop: bool = False

    @cached_property
    def asks(self) -> bool:
        """Whether there is a question mark."""
        return "?" in self.marked

    @cached_property
    def words(self) -> list[str]:
        """The words in order."""
        return self.plain.split()

    @cached_property
    def sentences(self) -> list[str]:
        """Parts between full stops, question marks and line ends, commas kept as ` , `."""
        return [part.strip(" ,") for part in re.split(r"[.?] ", self.marked + " ") if part.strip(" ,.?")]

    @cached_property
    def clauses(self) -> list[str]:
        """Parts between any two marks."""
        return [part.strip() for part in re.split(r" [.,?] ", f" {self.marked} ") if part.strip(" .,?")]


@lru_cache(maxsize=64)
def hear(text: str) -> Said:
    """The words of one text, whatever it holds; never fails. Remembered: one text is read for several questions."""
    body = text[:LONGEST_READ]
    body = _OWN_STOP_LINE.sub(" ", body)
    if _SPELLED_OUT.match(body):
        body = "stop"
    marked = _spelled(_marked(_folded(body)))
    plain = " ".join(word for word in marked.split() if word not in (".", ",", "?"))
    return Said(plain, marked, _shouted(body))


def folded(text: str) -> str:
    """The text in lower case without accents, for comparing words; punctuation stays."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in spread if unicodedata.category(sign) not in ("Mn", "Me"))


def without(words: str, unwanted: frozenset[str]) -> str:
    """The words that are left once the unwanted ones are gone, each repeated word once in a row."""
    kept: list[str] = []
    for word in words.split():
        if word not in unwanted and kept[-1:] != [word]:
            kept.append(word)
    return " ".join(kept)


def _shouted(body: str) -> bool:
    """STOP in capitals within a text that isn't all capitals."""
    return bool(re.search(r"\bSTOP\b", body)) and not body.isupper()


def _folded(body: str) -> str:
    body = _STARS.sub(lambda run: f" {sum(star in '⭐🌟★' for star in run.group())} ", body)
    for sign, words in _EMOJI.items():
        body = body.replace(sign, words)
    body = body[:LONGEST_READ]
    body = re.sub(r"\bs[íÍ](?!\w)", "yes", unicodedata.normalize("NFC", body), flags=re.I)
    body = folded(body)
    body = written_out(body)
    body = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", body)
    body = re.sub(r"([a-z])\1{2,}", r"\1", body)
    return re.sub(r"\bst0p|\$top\b", "stop", body)


def _marked(body: str) -> str:
    body = re.sub(r"[–—−]", "-", body)
    body = re.sub(r"(?<=\d),(?=\d\b)", ".", body)
    body = body.replace("$", " usd ").replace("%", " percent ").replace("~", " about ").replace("&", " and ")
    body = re.sub(r"(?<=\d)\+", " plus ", body)
    body = re.sub(r"(?<!\d)\s*[?¿]+[?!]*", " ? ", body.replace("¿", " ").replace("¡", " "))
    body = re.sub(r"[?]+", " ? ", body)
    body = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", body)
    body = re.sub(r"(?<!\d)[.!;…\n\r]+|[.!;…\n\r]+(?!\d)", " . ", body)
    body = re.sub(r"(?<=\w)-(?=[a-z])", " ", body)
    body = re.sub(r",|\s-+\s|\(|\)|(?<!\d):|:(?!\d)", " , ", body)
    body = re.sub(r"(?<!\d)[/]|/(?!\d)", " ", body)
    body = re.sub(r"(?<=\d)(?=(?:am|pm|ish|min|mins|hr|hrs)\b)", " ", body)
    body = re.sub(r"[^\w\s.,?/:-]|_", " ", body)
    body = re.sub(r"(?<![\w])-(?!\d)|-(?!\w)", " ", body)
    return re.sub(r"\s+", " ", re.sub(r"(?: [.,?](?= [.,?] ))+(?= [.?] )", "", f" {body} ")).strip()


def _spelled(marked: str) -> str:
    """Each word as the rules write it; a lone letter at either end may be an answer (N, K, R) and stays."""
    words = [word for word in marked.split() if word not in CALLED] or marked.split()
    inner = range(1, len(words) - 1)
    whole = (len(word) > 1 or at in inner or word == "u" for at, word in enumerate(words))
    return " ".join(spelled(word) if is_word else word for word, is_word in zip(words, whole, strict=True))
