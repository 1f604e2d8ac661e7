"""The meanings of one reply in order of urgency, and how staff read them."""

from collections.abc import Iterator

from domain.replies import Intent, Understanding

_WHATEVER_ELSE: tuple[Intent, ...] = ("red_flag", "stop", "contraindication")
"""What is acted on even where the rest of the words is for a person to read. In order of urgency."""


def meanings(meaning: Understanding) -> list[Intent]:
    """What is to be acted on, the most urgent first. Of words that nobody is sure of only what can't wait."""
    stop: tuple[Intent, ...] = ("stop",) if meaning.also_stop else ()
    said: list[Intent] = list(dict.fromkeys((meaning.intent, *meaning.also, *stop)))
    first: list[Intent] = [each for each in _WHATEVER_ELSE if each in said]
    rest: list[Intent] = [each for each in said if each not in first]
    return first + [each for each in rest if meaning.sure or each == meaning.intent]


def tells_news(meaning: Understanding) -> bool:
    """Whether something is said that may speak against the coming visit."""
    return "contraindication" in (meaning.intent, *meaning.also)


def in_words(meaning: Understanding) -> str:
    """All that was understood, as the story tells it."""
    first = said_as(meaning.intent)
    if meaning.value is not None and meaning.suggestion is None:
        first = f"{first} {meaning.value:g}"
    also = [_beside(each) for each in meaning.also]
    return f"Understood as: {first}." + (f" Also: {', '.join(also)}." if also else "")


def looks_like(meaning: Understanding) -> str:
    """What would have been done, where a person decides; empty where there is nothing to say."""
    words = list(dict.fromkeys(_likely(meaning)))
    return f"Looks like: {', '.join(words)}." if words else ""


def _likely(meaning: Understanding) -> Iterator[str]:
    if meaning.suggestion is not None:
        value = "" if meaning.value is None else f" {meaning.value:g}"
        yield f"{_beside(meaning.suggestion)}{value}"
    if not meaning.sure:
        yield from (_beside(each) for each in meaning.also if each not in _WHATEVER_ELSE)


def _beside(intent: Intent) -> str:
    """A meaning within a list of them."""
    return f"a {intent}" if intent in ("yes", "no") else said_as(intent)


def said_as(intent: Intent) -> str:
    """A meaning in plain words."""
    match intent:
        case "human":
            return "for a person to read"
        case "contraindication":
            return "news before a visit"
        case "ignore":
            return "nobody wrote this"
        case _:
            return intent.replace("_", " ")
