"""Keeps what this program writes to whoever runs it: names, numbers and keys lie in its folder."""

import contextlib
import os
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
_NOT_FOR_OTHERS = 0o077


def private_folder(folder: Path) -> None:
    """Make the folder, close it and all that is in it to others, and let nothing be made any more that they can read.

    What belongs to somebody else, such as a volume's own folder, stays as they set it.
    """
    os.umask(_NOT_FOR_OTHERS)  # for the servers too that this process starts
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            with contextlib.suppress(OSError):  # gone meanwhile, or somebody else's
                path.chmod(FOLDER if path.is_dir() else FILE)
