"""A touchpoint's facts as words for one message: read by the variable's kind, written for the channel."""

from datetime import datetime, timedelta

import phonenumbers
from pydantic import TypeAdapter

from domain import plain_words, plan_words
from domain.client import Channel, Language
from domain.sms_segments import to_gsm7
from domain.template_registry import VARIABLES
from domain.touchpoint import Fact

_DURATION = TypeAdapter(timedelta)

# GSM-7 has these, but counts them double; with them, a value of the longest length would break the segment count.
_ONE_PLACE = str.maketrans(
    {"[": "(", "{": "(", "]": ")", "}": ")", "~": "-", "|": "/", "\\": "/", "^": "", "€": "EUR "}
)


def in_words(variable: str, facts: dict[str, Fact], *, language: Language, channel: Channel, zone: str) -> str:
    """The variable as this message shows it.

    For SMS it is written in GSM-7 and no longer than the registry says; a link is left as it is. Facts may be fresh or
    back from JSON, where moments and durations are ISO strings. Raises KeyError for a missing fact and ValueError for
    one of the wrong type: both are bugs of the caller.
    """
    kind, longest = VARIABLES[variable].kind, VARIABLES[variable].longest
    room = longest if channel == "sms" else None
    match kind:
        case "url":
            return str(facts[variable]).strip()
        case "phone":
            words = _phone(str(facts[variable]))
        case "number":
            words = plain_words.number(_number(facts[variable]))
        case "moment":
            words = plain_words.moment(_moment(facts[variable]), language, zone)
        case "spacing":
            words = plain_words.spacing(_duration(facts[variable]), language)
        case "sessions":
            words = plain_words.sessions(_sessions(facts[variable]), language)
        case "length":
            words = plain_words.plan_length(_sessions(facts["sessions"]), _duration(facts["spacing"]), language)
        case "homework":
            words = plan_words.homework(_homework(facts[variable]), language, room)
        case "changes":
            words = plan_words.changes(_changes(facts[variable]), language, room)
        case "text":
            words = str(facts[variable])
    words = " ".join(words.split())
    if channel == "email":
        return words
    return _shortened(" ".join(to_gsm7(words).translate(_ONE_PLACE).split()), longest)


def _shortened(words: str, longest: int) -> str:
    """At most `longest` characters, whole words where the first one fits."""
    if len(words) <= longest:
        return words
    cut = words[: longest + 1].rpartition(" ")[0]
    return (cut or words[:longest]).rstrip(" ,;")


def _phone(number: str) -> str:
    """A US number as people write it, any other in international form."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if parsed.country_code == 1 else form.INTERNATIONAL)


def _number(fact: Fact) -> float:
    if isinstance(fact, int | float | str):
        return float(fact)
    raise ValueError("the fact must be a number")


def _moment(fact: Fact) -> datetime:
    at = datetime.fromisoformat(fact) if isinstance(fact, str) else fact
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ValueError("the fact must be a moment with its offset from UTC")
    return at


def _duration(fact: Fact) -> timedelta:
    return _DURATION.validate_python(fact)


def _sessions(fact: Fact) -> int | None:
    return None if fact == "open" else int(_number(fact))


def _pairs(fact: Fact) -> list[tuple[str, str | int | float | timedelta]]:
    if not isinstance(fact, list):
        raise ValueError("the fact must be a list of pairs")
    return fact


def _homework(fact: Fact) -> list[tuple[str, str]]:
    return [(what, str(note or "")) for what, note in _pairs(fact)]


def _changes(fact: Fact) -> list[tuple[str, str | int | float | timedelta]]:
    return [(lever, _duration(value) if lever == "spacing" else value) for lever, value in _pairs(fact)]
