"""How hard property tests about whole stories search: the same examples each time, or EXAMPLES new ones."""

import os

from hypothesis import settings


def stories(examples: int) -> settings:
    """So many examples, always the same ones, unless EXAMPLES asks for so many new ones."""
    wanted = os.environ.get("EXAMPLES")
    return settings(max_examples=int(wanted or examples), derandomize=wanted is None, deadline=None)
