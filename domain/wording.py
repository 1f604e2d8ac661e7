"""What messages say: the templates of the package, those a practice put in their place, and their words filled in."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from domain import sms_segments
from domain.client import Channel, Language
from domain.errors import Problem, Refused
from domain.fact_words import in_words
from domain.template_files import Entry, TemplateFile, read
from domain.template_registry import TEMPLATES
from domain.template_rules import PLACEHOLDER, check
from domain.touchpoint import Fact

__all__ = ["LANGUAGES", "TEMPLATES", "Rendered", "Wording"]

LANGUAGES: tuple[Language, ...] = ("en", "es")
"""Each has a template file of its name."""

_Entries = dict[Language, dict[str, Entry]]
_Files = dict[Language, TemplateFile]


@dataclass(frozen=True)
class Rendered:
    """A message ready to send. An SMS has no subject."""

    subject: str | None
    text: str


class Wording:
    """All templates in all languages, checked. Made by `load`; holds no state after that."""

    def __init__(self, entries: _Entries) -> None:
        """`entries` are complete and checked."""
        self._entries = entries

    @classmethod
    def load(cls, directory: Path | None = None) -> "Wording":
        """The packaged templates, single ones replaced by a practice's `en.yaml` and `es.yaml` in `directory`.

        Both files may be absent. Raises Refused with every problem of every file.
        """
        if directory is None:
            return cls(_packaged())
        own: _Files = {language: _own(directory, language) for language in LANGUAGES}
        return cls(_checked(str(directory), own, _packaged()))

    def render(
        self, template: str, *, language: Language, channel: Channel, facts: dict[str, Fact], zone: str
    ) -> Rendered:
        """The message in words. `zone` is the reader's, for moments; facts that the template doesn't use are ignored.

        Raises KeyError for an unknown template or a missing fact, ValueError for a fact of the wrong type: bugs.
        """
        entry = self._entries[language][template]

        def filled(text: str) -> str:
            return PLACEHOLDER.sub(
                lambda match: in_words(match[1], facts, language=language, channel=channel, zone=zone), text
            )

        if channel == "sms":
            return Rendered(subject=None, text=filled(entry.text or ""))
        return Rendered(subject=filled(entry.subject or ""), text=filled(entry.email or entry.text or ""))

    @staticmethod
    def segments(text: str) -> int:
        """How many SMS segments the text costs."""
        return sms_segments.segments(text)


@cache
def _packaged() -> _Entries:
    """The package's own templates, read once. Nobody changes them: overrides are laid over a copy."""
    folder = resources.files("domain").joinpath("templates")
    files: _Files = {each: read(f"{each}.yaml", folder.joinpath(f"{each}.yaml").read_bytes()) for each in LANGUAGES}
    return _checked("domain/templates", files, {language: {} for language in LANGUAGES})


def _own(directory: Path, language: Language) -> TemplateFile:
    path = directory / f"{language}.yaml"
    if not directory.is_dir():
        raise Refused(str(directory), [Problem("templates", "is no folder; make it, or leave the setting out")])
    return read(path.name, path.read_bytes()) if path.is_file() else TemplateFile(path.name)


def _checked(folder: str, files: _Files, below: _Entries) -> _Entries:
    """The files' templates laid over those `below`. Raises Refused with every problem of every file."""
    laid: _Entries = {language: _laid_over(file, below[language]) for language, file in files.items()}
    _refuse(folder, [(file, _problems(file, laid[language], language)) for language, file in files.items()])
    return laid


def _laid_over(file: TemplateFile, below: dict[str, Entry]) -> dict[str, Entry]:
    written = {name: entry.over(below[name]) if name in below else entry for name, entry in file.entries.items()}
    return below | written


def _problems(file: TemplateFile, laid: dict[str, Entry], language: Language) -> list[Problem]:
    """Everything wrong with a file; `laid` are all templates as they would then be."""
    found = list(file.problems)
    for name, entry in file.entries.items():
        if name in TEMPLATES:
            found += check(name, laid[name], language)
        else:
            found.append(Problem(name, "is no template that anything sends; check the spelling", entry.line))
    missing = sorted(TEMPLATES.keys() - laid.keys())
    return found + [Problem(name, "is missing; every message needs a text") for name in missing]


def _refuse(folder: str, checked: list[tuple[TemplateFile, list[Problem]]]) -> None:
    """Raises Refused if any file has a problem: naming the file once where it is one, before each problem else."""
    bad = [(file.name, problems) for file, problems in checked if problems]
    if len(bad) == 1:
        name, problems = bad[0]
        raise Refused(f"{folder}/{name}", problems)
    if bad:
        every = [Problem(f"{name} {one.field}", one.fix, one.line) for name, problems in bad for one in problems]
        raise Refused(folder, every)
