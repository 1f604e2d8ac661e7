"""Which right a page needs. Every page route declares one, and a test walks over all of them.

`@router.get("/plans", dependencies=[needs("see_plans")])`, or for a whole router where it is included.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import Depends

from domain.roles import Right, who_may
from web.auth import LoggedIn
from web.problems import ProblemError

_RIGHT = "needed_right"


def needs(right: Right) -> Any:
    """The dependency of a page that only roles with this right may use. Others get a 403 page that says whom to ask."""
    return Depends(_check_of(right))


def needed_by(call: Callable[..., Any] | None) -> Right | None:
    """The right that this dependency's function asks for; None for any other function."""
    return getattr(call, _RIGHT, None)


def _check_of(right: Right) -> Callable[[LoggedIn], Awaitable[None]]:
    async def check(visitor: LoggedIn) -> None:
        if not visitor.may(right):
            whom = " or ".join(name.lower() for name in who_may(right))
            raise ProblemError(HTTPStatus.FORBIDDEN, f"Your login is not allowed to do this. It is for: {whom}.")

    setattr(check, _RIGHT, right)
    return check
