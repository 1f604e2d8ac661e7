"""What a template must and mustn't say, checked when it is loaded and not when a client reads it."""

import re
from collections.abc import Iterator

from domain.client import Language
from domain.errors import Problem
from domain.sms_segments import foreign, segments, to_gsm7
from domain.template_files import Entry
from domain.template_registry import MAY_NAME_STOP, MUST_SAY, OPT_OUT, REQUIRED, TEMPLATES, VARIABLES

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""A variable in a template: {name}."""

# Carriers take these as an opt-out (Twilio's default list), the FCC most of them too: 47 CFR 64.1200(a)(10).
_OPT_OUT_WORDS = "CANCEL|END|QUIT|STOP|STOPALL|UNSUBSCRIBE|REVOKE|OPTOUT|CANCELAR|ALTO|BAJA|PARAR"
_INVITES = "reply|text|send|answer|write|type|responda|conteste|env[ií]e|escriba|mande|ponga"
_IN_CAPITALS = re.compile(rf"\b({_OPT_OUT_WORDS})\b")
_INVITED = re.compile(
    rf"""\b(?:{_INVITES})\s+(?:with\s+|con\s+)?["'“‘]?({_OPT_OUT_WORDS})\b"""
    rf"""|(?:,|/|\bor|\band|\bo|\by)\s*["'“‘]?({_OPT_OUT_WORDS})["'”’]?\s+(?:to|if|para|si)\b""",
    re.IGNORECASE,
)


def check(name: str, entry: Entry, language: Language) -> list[Problem]:
    """Everything wrong with one template's content; `name` is a known one."""
    if entry.text is None:
        return [Problem(f"{name}.text", "is empty; write the message", entry.line)]
    found = [*_text_problems(name, "text", entry.text, entry, language), *_sms_problems(name, entry)]
    if entry.email is not None:
        found += _text_problems(name, "email", entry.email, entry, language)
    return [*found, *_subject_problems(name, entry)]


def filled_with_longest(text: str) -> str:
    """The text with every variable at its longest, to count segments."""
    return PLACEHOLDER.sub(lambda match: "x" * VARIABLES[match[1]].longest if match[1] in VARIABLES else "", text)


def _text_problems(name: str, part: str, text: str, entry: Entry, language: Language) -> Iterator[Problem]:
    place = f"{name}.{part}"
    yield from _variable_problems(place, text, TEMPLATES[name], entry.line)
    for missing in sorted(REQUIRED[name] - set(PLACEHOLDER.findall(text))):
        yield Problem(place, f"needs {{{missing}}}; put it in", entry.line)
    for word in MUST_SAY.get(name, ()):
        if word not in text:
            yield Problem(place, f"must say {word}; put it back", entry.line)
    sentence = OPT_OUT[language]
    if name in MAY_NAME_STOP:
        if sentence not in text:
            yield Problem(place, f'must hold the opt-out sentence "{sentence}"; put it back', entry.line)
        text = text.replace(sentence, "")
    for word in invited_opt_outs(text):
        fix = f"invites {word}, which carriers take as an opt-out; use C, R, 1 or 2, or write it in another way"
        yield Problem(place, fix, entry.line)


def _variable_problems(place: str, text: str, allowed: frozenset[str], line: int) -> Iterator[Problem]:
    for variable in dict.fromkeys(PLACEHOLDER.findall(text)):
        if variable not in allowed:
            known = ", ".join(sorted(allowed))
            yield Problem(place, f"has the unknown variable {{{variable}}}; this template may use {known}", line)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Problem(place, "has a brace without its partner; write a variable as {practice}", line)


def _sms_problems(name: str, entry: Entry) -> Iterator[Problem]:
    text = entry.text or ""
    place = f"{name}.text"
    outside = foreign(text)
    if outside:
        advice = ", ".join(f"{_shown(character)} as {_suggestion(character)}" for character in outside)
        fix = f"has characters that make each SMS cost two to three times as much; write {advice}"
        yield Problem(place, fix, entry.line)
    allowed = entry.segments or 1
    takes = segments(filled_with_longest(to_gsm7(text)))
    if takes > allowed:
        fix = f"takes {takes} SMS segments with the longest names, and {allowed} allowed; shorten it or raise segments"
        yield Problem(place, fix, entry.line)


def _subject_problems(name: str, entry: Entry) -> Iterator[Problem]:
    place = f"{name}.subject"
    if entry.subject is None:
        yield Problem(place, "is missing; write a neutral subject, such as Message from {practice}", entry.line)
        return
    # A subject is shown on lock screens and kept in mail logs, so nothing of the client goes in.
    yield from _variable_problems(place, entry.subject, frozenset({"practice"}), entry.line)
    if "\n" in entry.subject:
        yield Problem(place, "has more than one line; write one", entry.line)


def invited_opt_outs(text: str) -> list[str]:
    """Opt-out words that the text offers as an answer, in capitals, each once."""
    words = [*_IN_CAPITALS.findall(text), *(one or other for one, other in _INVITED.findall(text))]
    return list(dict.fromkeys(word.upper() for word in words))


def _shown(character: str) -> str:
    return f"'{character}'" if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"


def _suggestion(character: str) -> str:
    plain = to_gsm7(character)
    return f"'{plain}'" if plain and plain != character else "nothing (leave it out)"
