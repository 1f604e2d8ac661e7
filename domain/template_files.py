"""Reads a template file: YAML in which each template is a text, or a mapping of text, subject, segments and email.

Read by nodes and not as plain data, so that every problem has its line and a template written twice is noticed.
"""

from dataclasses import dataclass, field, replace

import yaml

from domain.errors import Problem

FIELDS = ("text", "subject", "segments", "email")
MOST_SEGMENTS = 10


@dataclass(frozen=True)
class Entry:
    """One template as far as a file writes it. None means that the file doesn't say."""

    line: int
    text: str | None = None
    subject: str | None = None
    email: str | None = None
    segments: int | None = None

    def over(self, packaged: "Entry") -> "Entry":
        """This entry with the packaged one filling its gaps.

        A new text replaces the packaged email too: a client should read the same by either channel.
        """
        return replace(
            self,
            text=self.text or packaged.text,
            subject=self.subject or packaged.subject,
            email=self.email or (packaged.email if self.text is None else None),
            segments=self.segments or packaged.segments,
        )


@dataclass
class TemplateFile:
    """What a file holds, and what is wrong with its form."""

    name: str
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    problems: list[Problem] = field(default_factory=list[Problem])


def read(name: str, content: bytes) -> TemplateFile:
    """The file's entries and its problems of form; never raises."""
    file = TemplateFile(name)
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        file.problems.append(Problem("encoding", "is not UTF-8; save the file as UTF-8"))
        return file
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if isinstance(mark, yaml.Mark) else None
        file.problems.append(Problem("YAML", "can't be read here; check quotes, colons and indentation", line))
        return file
    if isinstance(root, yaml.MappingNode):
        _read_templates(file, root)
    elif root is not None:
        file.problems.append(Problem("file", "must be a mapping of template names to texts", _line(root)))
    return file


def _read_templates(file: TemplateFile, root: yaml.MappingNode) -> None:
    for key, value in root.value:
        name = str(key.value)
        if name in file.entries:
            first = file.entries[name].line
            file.problems.append(Problem(name, f"is written twice, first in line {first}; keep one", _line(key)))
            continue
        file.entries[name] = _entry(file, name, _line(key), value)


def _entry(file: TemplateFile, name: str, line: int, node: yaml.Node) -> Entry:
    if isinstance(node, yaml.ScalarNode):
        return Entry(line, text=_text(node))
    if not isinstance(node, yaml.MappingNode):
        file.problems.append(Problem(name, "must be a text, or a mapping with text, subject, segments, email", line))
        return Entry(line)
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        place = f"{name}.{key.value}"
        if key.value not in FIELDS:
            file.problems.append(Problem(place, f"is no field of a template; use {', '.join(FIELDS)}", _line(key)))
        elif key.value in found:
            file.problems.append(Problem(place, "is written twice; keep one", _line(key)))
        elif not isinstance(value, yaml.ScalarNode):
            file.problems.append(Problem(place, "must be a plain value; put the text in quotes", _line(value)))
        else:
            found[str(key.value)] = value
    written = {part: _text(value) for part, value in found.items() if part != "segments"}
    return Entry(line, segments=_segments(file, name, found.get("segments")), **written)


def _segments(file: TemplateFile, name: str, node: yaml.Node | None) -> int | None:
    if node is None:
        return None
    if str(node.value).isdecimal() and len(node.value) <= 3 and 1 <= int(node.value) <= MOST_SEGMENTS:
        return int(node.value)
    problem = Problem(f"{name}.segments", f"must be a whole number from 1 to {MOST_SEGMENTS}", _line(node))
    file.problems.append(problem)
    return None


def _text(node: yaml.Node) -> str | None:
    """The text; None for an empty one, so that an override left blank changes nothing."""
    return str(node.value).strip() or None if node.tag != "tag:yaml.org,2002:null" else None


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
