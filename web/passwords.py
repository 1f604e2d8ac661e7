"""Hashing and checking passwords with Argon2id, by the library's own parameters (RFC 9106, the low-memory ones).

A hash takes 64 MiB while it is made, so two threads of their own do it: many logins at once wait, and pages don't.
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.languages import gettext

SHORTEST = 15
"""Characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2; it wants no rules of composition)."""
LONGEST = 200

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
_T = TypeVar("_T")


async def hashed(password: str) -> str:
    """What may be kept of the password."""
    return await _apart(lambda: _hasher.hash(_normal(password)))


async def is_right(password: str, password_hash: str | None) -> bool:
    """Whether this is the password. Without a hash it is wrong, and takes as long to be so."""
    return await _apart(lambda: _verify(password_hash or _nobodys(), password)) and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's, and should be made anew at the next login."""
    return _hasher.check_needs_rehash(password_hash)


def fault_of(password: str) -> str:
    """What is wrong with a new password, as a sentence; empty where nothing is."""
    if len(_normal(password)) < SHORTEST:
        too_short = gettext("Use at least %(count)s characters; four or five words are easy to remember.")
        return too_short % {"count": SHORTEST}
    if len(password) > LONGEST:
        return gettext("Use at most %(count)s characters.") % {"count": LONGEST}
    if len(set(password)) < 5:
        return gettext("Use more than the same few characters.")
    return ""


async def _apart(work: Callable[[], _T]) -> _T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)


def _verify(password_hash: str, password: str) -> bool:
    _nobodys()  # made at the first check, whichever that is
    try:
        return _hasher.verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """The same characters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)
