"""Pydantic's kinds of refusal in plain words. Each is a sentence about the field, or "write" and what was expected."""

from difflib import get_close_matches
from typing import Any

DURATION = "a duration such as P14D or PT2H"
ZONED_TIME = "a time with its zone, such as 2026-11-24T10:00:00-08:00"
DATE = "a date such as 2026-11-24"
TIME_OF_DAY = "a time of day such as 09:00"

_EXAMPLES = {
    "name": "Tina Alvarez",
    "phone": "+1 541 555 0101",
    "email": "tina@example.com",
    "time_zone": "America/Los_Angeles",
    "channel": "sms",
    "date": "2026-11-24",
    "source": "intake form",
    "id": "sleep",
    "description": "falling asleep easily",
    "question": "Do you fall asleep easily now?",
    "by_session": "4",
    "expect": "yes",
    "measure": "nprs",
    "baseline": "7",
    "target": "3",
    "session_minutes": "60",
    "spacing": "P14D",
    "sessions": "8",
    "modality": "Swedish massage",
    "what": "meditation",
    "at": "P2DT6H",
    "type": "session_completed",
    "choice": "modify",
    "appointment_id": "visit-1",
    "starts_at": "P2DT6H",
    "value": "5",
    "goal": "sleep",
}
_WORDS = {
    "string_type": "write text, in quotes where it looks like a number",
    "string_unicode": "holds a character that isn't text; remove it",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "finite_number": "write a number",
    "bool_type": "write yes or no",
    "bool_parsing": "write yes or no",
    "list_type": "write a list, each entry beginning with a dash",
    "dict_type": "write fields under it, indented",
    "model_type": "write fields under it, indented",
    "model_attributes_type": "write fields under it, indented",
    "timezone_aware": f"write {ZONED_TIME}",
    "string_pattern_mismatch": "write 2 to 40 small letters, digits, - or _, beginning with a letter or digit",
    "string_too_short": "is too short; write at least {min_length} characters",
    "string_too_long": "is too long; write at most {max_length} characters",
    "too_short": "has too few entries; write at least {min_length}",
    "greater_than": "is too small; write more than {gt}",
    "greater_than_equal": "is too small; write {ge} or more",
    "less_than": "is too large; write less than {lt}",
    "less_than_equal": "is too large; write {le} or less",
}
_TIMES = (("time_delta", DURATION), ("datetime", ZONED_TIME), ("date", DATE), ("time", TIME_OF_DAY))


def fix_for(kind: str, field: str, message: str, context: dict[str, Any], value: Any) -> str:
    """What to do about one of pydantic's errors of this `kind` on `field`. Shows no value but one meant as a choice."""
    if kind == "missing":
        example = _EXAMPLES.get(field)
        return "is missing; add it" + (f", such as {field}: {example}" if example else "")
    if kind == "value_error":
        if "email address" in message:
            return "is no email address; write it like tina@example.com"
        return message.removeprefix("Value error, ")
    if kind == "literal_error":
        return _choice(str(context.get("expected", "")).replace(" or ", ", ").replace("'", ""), value)
    if kind == "union_tag_invalid":
        return _choice(str(context.get("expected_tags", "")).replace("'", ""), context.get("tag"))
    if kind in _WORDS:
        return _WORDS[kind].format(**context)
    return next((f"write {words}" for prefix, words in _TIMES if kind.startswith(prefix)), message)


def _choice(expected: str, value: Any) -> str:
    choices = expected.split(", ")
    near = get_close_matches(str(value), choices, n=1, cutoff=0.6)
    if near:
        return f'is none of its choices; did you mean "{near[0]}"?'
    return f"write {' or '.join(choices)}" if len(choices) < 3 else f"write one of {expected}"
