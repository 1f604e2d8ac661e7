"""The Spanish catalogues: gettext files that are read as they are written, so that no compiled file can be stale."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent / "locale" / "es"


@cache
def catalogue() -> Translations:
    """All of them as one."""
    together = Translations()
    for file in sorted(FOLDER.glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as lines:
            write_mo(compiled, read_po(lines, locale="es"))
        compiled.seek(0)
        together.add(Translations(compiled), merge=True)
    return together


def messages() -> Iterator[tuple[str, str]]:
    """Each message that has no plural, with its Spanish."""
    for file in sorted(FOLDER.glob("*.po")):
        with file.open("rb") as lines:
            found = list(read_po(lines, locale="es"))
        for message in found:
            if isinstance(message.id, str) and isinstance(message.string, str) and message.id and message.string:
                yield message.id, message.string
