"""Is every word of a reply accounted for? An automatic act asks for that: what is left over may be the point.

"Ok see you then" is a confirmation through and through; "Ok my new number is …" begins like one. Words are accounted
for by the phrases of `replies_words`: those of the meaning itself, and those that may stand beside any answer.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files

import yaml

from domain.reply_rules import word_list
from domain.reply_words import Said, folded

MOST_WORDS = 60
"""A longer text is a letter: a person reads it."""

_ANYWHERE = ("anyway", "thanks")
_KINDS: dict[str, tuple[str, ...]] = {
    "confirm": ("say_yes", "agree", "coming", "when", "fine"),
    "yes": ("say_yes", "done"),
    "no": ("say_no", "not_yet", "coming", "when"),
    "book": ("say_yes", "agree", "book", "when", "coming"),
    "rating": ("score", "feelings", "see_you", "fine"),
    "pain": ("score", "feelings", "pain", "see_you", "fine"),
    "thanks": ("agree", "feelings", "coming", "fine"),
    "start": ("say_yes", "start"),
    "help": (),
    "running_late": ("late", "coming", "say_yes", "agree", "when"),
    "wrong_number": ("wrong", "say_no"),
    "cancel": ("cancel", "reasons", "when", "say_no"),
    "reschedule": ("move", "cancel", "reasons", "when", "book", "say_no"),
}


_TO_THIS: dict[tuple[str, str | None], tuple[str, ...]] = {
    ("no", "rebook"): ("no_need",),
}
"""Phrases that mean so only as an answer to this question."""


def kinds_for(senses: Iterable[str], question: str | None) -> list[str]:
    """The kinds of phrases that account for a reply of these meanings to this question."""
    kinds = [*_ANYWHERE]
    for sense in senses:
        kinds += [*_KINDS.get(sense, ()), *_TO_THIS.get((sense, question), ())]
    return list(dict.fromkeys(kinds))


_DAY = (
    r"(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|tonight|hoy|manana|pasado manana)"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)"
)
_HOUR = r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a m|p m|oclock|ish|hrs))?|noon|midday|mediodia)"
_SLOTS = {
    "<day>": rf"(?:(?:on |this |next |the |el |este |proximo |para el )?{_DAY})",
    "<date>": rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of |de )?{_MONTH})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?)",
    "<hour>": rf"(?:(?:at|by|around|about|for|a las?|para las?|como a las?) )?{_HOUR}"
    r"(?: de la (?:manana|tarde|noche))?",
    "<number>": r"(?:-?\d+(?:\.\d+)?(?: ?(?:-|/|to|or|a|o|out of|of|de) ?\d+(?:\.\d+)?)?|zero|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|half|medio|media|y medio)",
    "<minutes>": r"(?:\d+(?: ?- ?\d+| (?:to|or|a|o) \d+)?|a few|a couple|five|ten|fifteen|twenty|thirty|cinco|diez"
    r"|quince|veinte|unos|un par de)(?: (?:more|mas))?(?: ?(?:min|mins|minutes?|minutos?))?",
}
_IN_FULL = {
    "im": "i am", "ive": "i have", "id": "i would", "youre": "you are", "youve": "you have", "theyre": "they are",
    "its": "it is", "thats": "that is", "cant": "can not", "cannot": "can not", "dont": "do not", "didnt": "did not",
    "doesnt": "does not", "wont": "will not", "couldnt": "could not", "wouldnt": "would not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "havent": "have not", "hasnt": "has not", "lets": "let us",
    "gonna": "going to", "gotta": "have to", "wanna": "want to", "everythings": "everything is", "nothings":
    "nothing is", "theres": "there is", "hes": "he is", "shes": "she is", "weve": "we have", "u": "you", "ya": "you",
    "appt": "appointment", "apt": "appointment", "appts": "appointments", "tho": "though",
}  # fmt: skip
_CAPITALISED = re.compile(r"(?:(?<=[A-Za-záéíóúñ,] )|(?<=,\n))[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}\b")


def accounted(said: Said, text: str, kinds: Iterable[str], names: Collection[str] = ()) -> bool:
    """Whether phrases of these kinds (sections of `replies_words`), and those that go with any answer, make up the
    whole reply. `names` are people's that may be called by name."""
    plain = in_full(said.words)
    if len(plain.split()) > MOST_WORDS:
        return False
    return _covered(
        without_names(plain, text, names) + " ", [pattern for kind in kinds for pattern in phrases_of(kind)]
    )


def in_full(words: Iterable[str]) -> str:
    """The words as phrases are written: "I am" for "im"."""
    return " ".join(_IN_FULL.get(word, word) for word in words)


def without_names(plain: str, text: str, names: Collection[str]) -> str:
    """The words with `name` for the people's: known ones, and one word with a capital behind a greeting or thanks."""
    known = frozenset(folded(word) for name in names for word in name.split())
    called = known | frozenset(folded(word) for word in _CAPITALISED.findall(text[:1000]))
    words = plain.split()
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        signed = before == "name" and at == len(words) - 1  # a surname, which ends a mail
        greeted = (before in _BEFORE_A_NAME or signed) and word in called and word not in _vocabulary()
        if word in known or greeted:
            words[at] = "name"
    return " ".join(words)


_BEFORE_A_NAME = word_list(
    """
    hi hello hey thanks you thx ty gracias hola dear dr doctor is soy es with much con morning regards wishes cheers
    sincerely warmly yours saludos atentamente
    """
)


def _covered(text: str, phrases: list[re.Pattern[str]]) -> bool:
    """Whether phrases, one behind the other, reach from the first word to the last."""
    reached = {0}
    for at in [0, *(space.end() for space in re.finditer(" ", text))]:
        if at in reached:
            reached.update(found.end() for phrase in phrases if (found := phrase.match(text, at)))
    return len(text) in reached or not text.strip()


@cache
def phrases_of(kind: str) -> tuple[re.Pattern[str], ...]:
    """The phrases of one kind, in both languages."""
    return tuple(pattern_of(line) for lines in _lexicon() for line in lines.get(kind, ()))


@cache
def _lexicon() -> tuple[dict[str, list[str]], ...]:
    folder = files("domain") / "replies_words"
    return tuple(
        {
            kind: [phrase.strip() for phrase in " ".join(text.split()).split(" | ") if phrase.strip()]
            for kind, text in yaml.load((folder / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items()
        }
        for name in ("en.yaml", "es.yaml")
    )


@cache
def _vocabulary() -> frozenset[str]:
    """Every word of the phrases: none of these is a name."""
    lines = (line for lines in _lexicon() for of_kind in lines.values() for line in of_kind)
    return frozenset(word for line in lines for word in re.findall(r"[a-z]+", line))


def pattern_of(line: str) -> re.Pattern[str]:
    """A phrase as a pattern in which each word is followed by a space; `(a|b)` is a choice, `[a|b]` may be missing."""
    for slot, words in _SLOTS.items():
        line = line.replace(slot, words.translate(_HIDDEN))
    line = re.sub(r"\[([^\[\]]*)\] ?", r"(?:(?:\1) )?", line + " ")
    line = re.sub(r"(?<!\\)\((?!\?)", "(?:", line)
    return re.compile(line.translate(_SHOWN))


_HIDDEN = str.maketrans("([])", "\x01\x02\x03\x04")
_SHOWN = str.maketrans("\x01\x02\x03\x04", "([])")
"""A slot's own brackets stand aside while those of the phrase are read."""
