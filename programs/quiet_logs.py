"""How our programs log: to stderr, and of an error its type and place, never its words.

The words of an error may be a client's: a validation error repeats the value, a vendor's library the phone number.
That holds for errors that libraries log (the server, Temporal's SDK, asyncio) and for those that nobody caught.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, cast

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
log = logging.getLogger("followthrough.crash")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Formats records; of exceptions it shows types and places only, also where the record's message repeats them."""

    def formatException(self, ei: _ExcInfo) -> str:
        """The places and types of the exception and of what led to it, the first cause at the top."""
        return "\n".join(_told(error) for error in reversed(list(_chain(ei[1]))))

    def format(self, record: logging.LogRecord) -> str:
        """The whole line or lines. A text that an earlier handler has cached on the record isn't used."""
        quiet = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "args": None})
        quiet.msg = _without(record.getMessage(), record.exc_info[1] if record.exc_info else None)
        return super().format(quiet)


def start_logging(level: int = logging.INFO) -> None:
    """Log to stderr from `level` on, and let what nobody catches be logged in the same way. Once per process.

    Libraries log from WARNING on: below it they tell of their work, and so of what they work on, such as the letters
    of a paper's words.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutWords(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("followthrough").setLevel(level)
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("the program ends by an error", exc_info=(kind, error, trace))


def _thread_crashed(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.error("a thread ends by an error", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    kind = type(error)
    places = "".join(traceback.format_tb(error.__traceback__))
    group = cast(Any, error).exceptions if isinstance(error, BaseExceptionGroup) else ()
    inner = [_told(each) for each in group]
    return "\n".join([f"{places}{kind.__module__}.{kind.__qualname__} (its words are left out)", *inner])


def _without(message: str, error: BaseException | None) -> str:
    """The message without the words of the error: asyncio, for one, writes the failed task with them."""
    for each in _chain(error):
        for words in (repr(each), str(each)):
            if words and words in message:
                message = message.replace(words, type(each).__name__)
    return message
