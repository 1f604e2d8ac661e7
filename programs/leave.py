"""Leaving a process that has talked to Temporal."""

import logging
import os
import sys


def leave(code: int) -> None:
    """Write out what is buffered and end the process at once with this exit code.

    The interpreter isn't torn down: threads of the Temporal SDK that still run then can end the process by a signal
    instead of by its exit code (sdk-python issue 300).
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # nobody reads any more
            continue
    os._exit(code)
