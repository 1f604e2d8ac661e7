"""Whether the disk still takes what is written down. SQLite finds out only in the middle of a write."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

LEAST_FREE = 50_000_000
"""Bytes; so much at least must be free, so that what is under way can still be written."""
_TRIED = 64 * 1024


def check_room(folder: Path) -> None:
    """Raises OSError where less than LEAST_FREE is free in this folder, or nothing can be written to it."""
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(_TRIED))
        probe.flush()
