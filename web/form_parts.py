"""What every form of the desk needs: an id that lets a doubled click count once, and what was typed, trimmed."""

import re
import secrets
from collections.abc import Mapping

from fastapi import Request

from domain.errors import Problem, Refused
from web.languages import gettext, marked, told

LOAD_AGAIN = marked("This form is out of date. Load the page again and fill it in once more.")
_EVENT_ID = re.compile(r"page-[0-9a-f]{24}")


def new_event_id() -> str:
    """The id of the event that a form will make; new each time that the form is drawn."""
    return f"page-{secrets.token_hex(12)}"


def checked_event_id(given: str) -> str:
    """The id that a form brought back. Raises Refused for one that no form of ours carried."""
    if not _EVENT_ID.fullmatch(given):
        raise Refused("form", [Problem("form", gettext(LOAD_AGAIN))])
    return given


async def typed_in(request: Request) -> dict[str, str]:
    """The form's texts, trimmed. Files are left out."""
    form = await request.form()
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def refused(wrong: Mapping[str, str]) -> Refused:
    """A refusal with one problem per field."""
    return Refused("form", [Problem(name, fix) for name, fix in wrong.items()])


def wrong_of(error: Refused) -> dict[str, str]:
    """The fix for each field of a refusal."""
    return {problem.field: problem.fix for problem in error.problems}


def sentence(text: str) -> str:
    """A refusal as a sentence of the page, in its language."""
    text = text.rstrip(".")
    return told(f"{text[:1].upper()}{text[1:]}.")
