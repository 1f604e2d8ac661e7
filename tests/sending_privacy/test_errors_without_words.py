"""An error that repeats what a client wrote: the log tells its type and place, and not its words."""

import asyncio
import io
import logging
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

from domain.client import Client
from programs.quiet_logs import FORMAT, WithoutWords

WORDS = "my left hip aches"


@contextmanager
def a_log() -> Generator[tuple[logging.Logger, io.StringIO]]:
    """A logger that formats as our programs do, into a string."""
    shown = io.StringIO()
    handler = logging.StreamHandler(shown)
    handler.setFormatter(WithoutWords(FORMAT))
    logger = logging.getLogger("asyncio")
    logger.addHandler(handler)
    try:
        yield logger, shown
    finally:
        logger.removeHandler(handler)


def chained() -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        raise RuntimeError(f"while reading {WORDS}") from error


def grouped() -> None:
    raise ExceptionGroup(WORDS, [KeyError(WORDS)])


def refused() -> None:
    Client.model_validate({"name": "Tina", "phone": WORDS, "time_zone": WORDS})


@pytest.mark.parametrize(
    ("fault", "types"),
    [
        (chained, ["ValueError", "RuntimeError"]),
        (grouped, ["ExceptionGroup", "KeyError"]),
        (refused, ["ValidationError"]),
    ],
)
def test_an_error_is_told_by_type_and_place_without_its_words(fault: Callable[[], None], types: list[str]) -> None:
    with a_log() as (log, shown):
        try:
            fault()
        except Exception as error:
            log.exception("failed: %s", error)
    told = shown.getvalue()
    assert WORDS not in told
    assert f"in {fault.__name__}" in told
    assert all(kind in told for kind in types)


async def test_a_task_that_fails_unnoticed_is_told_by_asyncio_without_its_words() -> None:
    async def fails() -> None:
        raise ValueError(WORDS)

    with a_log() as (_, shown):
        task = asyncio.create_task(fails())
        await asyncio.sleep(0.01)
        loop, error = asyncio.get_running_loop(), task.exception()
        loop.default_exception_handler({"message": "was never retrieved", "exception": error, "future": task})
    assert "was never retrieved" in shown.getvalue()
    assert WORDS not in shown.getvalue()


def test_what_nobody_catches_is_logged_in_the_same_way() -> None:
    script = (
        "import sys, threading\nfrom programs.quiet_logs import start_logging\nstart_logging()\n"
        "def fails(): raise ValueError(sys.argv[1])\n"  # Python 3.13 shows the lines of such a script
        "thread = threading.Thread(target=fails); thread.start(); thread.join()\nfails()"
    )
    ended = subprocess.run([sys.executable, "-c", script, WORDS], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count("builtins.ValueError (its words are left out)") == 2
    assert WORDS not in ended.stderr


def test_other_lines_stay_as_they_are() -> None:
    with a_log() as (log, shown):
        log.warning("update failed for %s", "plan-1")
    assert shown.getvalue().endswith("WARNING asyncio update failed for plan-1\n")
