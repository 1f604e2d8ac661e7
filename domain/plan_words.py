"""Homework and plan changes in plain words, shortened where an SMS has no room for all of them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from domain.client import Language
from domain.plain_words import joined, number, sessions, spacing

Value = str | int | float | timedelta

NO_HOMEWORK: dict[Language, str] = {"en": "nothing special", "es": "nada especial"}
NEW_HOMEWORK: dict[Language, str] = {"en": "new homework", "es": "tareas nuevas"}
NO_MORE_HOMEWORK: dict[Language, str] = {"en": "no homework", "es": "sin tareas"}
_AND_MORE: dict[Language, str] = {"en": "and more", "es": "y otros puntos"}
_FORMS: dict[Language, dict[str, str]] = {
    "en": {"minutes": "{}-minute sessions", "pressure": "{} pressure", "modality": "{}", "cadence": "{} rhythm"},
    "es": {"minutes": "sesiones de {} minutos", "pressure": "presión {}", "modality": "{}", "cadence": "ritmo {}"},
}
_NAMED: dict[str, tuple[str, ...]] = {"pressure": ("pressure", "presi"), "cadence": ("rhythm", "ritmo", "pace")}

LEVERS = ("minutes", "spacing", "sessions", "pressure", "modality", "cadence", "homework")
"""What a plan change may alter, by the names that the `changes` fact uses."""


def homework(items: Sequence[tuple[str, str]], language: Language, longest: int | None) -> str:
    """ "moist heat and stretches (never to the point of pain)".

    Where there is no room for all, the last items give way and not the notes: a note is often a limit to keep.
    """
    if not items:
        return NO_HOMEWORK[language]
    with_notes = [f"{what} ({note})" if note else what for what, note in items]
    text = joined(with_notes, language)
    if longest is None or len(text) <= longest:
        return text
    first_fits = len(with_notes[0]) + 1 + len(_AND_MORE[language]) <= longest
    return _as_many_as_fit(with_notes if first_fits else [what for what, _ in items], language, longest)


def changes(pairs: Iterable[tuple[str, Value]], language: Language, longest: int | None) -> str:
    """ "60-minute sessions, every week, lighter pressure". Raises ValueError for a lever that isn't one of LEVERS."""
    listed = list(pairs)
    said = [_lever(lever, value, language) for lever, value in listed if lever != "homework"]
    tasks = [str(value) for lever, value in listed if lever == "homework"]
    if not any(lever == "homework" for lever, _ in listed):
        wordings = [said]
    else:
        named = joined([task for task in tasks if task], language)
        in_full = f"{NEW_HOMEWORK[language]}: {named}" if named else NO_MORE_HOMEWORK[language]
        in_short = NEW_HOMEWORK[language] if named else NO_MORE_HOMEWORK[language]
        wordings = [[*said, in_full], [*said, in_short]]
    for wording in wordings:
        text = ", ".join(wording)
        if longest is None or len(text) <= longest:
            return text
    return _as_many_as_fit(wordings[-1], language, longest or 0)


def _lever(lever: str, value: Value, language: Language) -> str:
    if lever == "spacing" and isinstance(value, timedelta):
        return spacing(value, language)
    if lever == "sessions":
        return sessions(None if value == "open" else int(str(value)), language)
    form = _FORMS[language].get(lever)
    if form is None:
        raise ValueError(f"a plan change has no lever {lever}; it is one of {', '.join(LEVERS)}")
    shown = number(value) if isinstance(value, int | float) else str(value)
    already_named = any(word in shown.lower() for word in _NAMED.get(lever, ()))
    return shown if already_named else form.format(shown)


def _as_many_as_fit(items: list[str], language: Language, longest: int) -> str:
    more = _AND_MORE[language]
    kept: list[str] = []
    for item in items:
        if len(", ".join([*kept, item])) + 1 + len(more) > longest:
            break
        kept.append(item)
    return f"{', '.join(kept)} {more}".strip()
