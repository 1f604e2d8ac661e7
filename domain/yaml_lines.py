"""YAML as plan files use it: plain values, no surprises, and the line on which each of them stands.

YAML 1.1 reads `9:00` as 540, `yes` as true, `010` as eight and `+12065550101` as a number. Here an unquoted word is
null, true, false or an everyday number; everything else stays the text that was written, and the models decide.
"""

import json
import re
from typing import Any, ClassVar, NoReturn, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from domain.errors import Problem, Refused

Path = tuple[str | int, ...]
"""Where a value stands: field names, and places in lists counted from 0."""

WHOLE_FILE = "file"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?P<fraction>\.\d+)?")
_LONGEST_NUMBER = 100
"""Python refuses to read whole numbers of thousands of digits; nothing in a plan comes near."""
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq", "null", "bool", "int", "float")}
_HINTS = (
    ("'\\t'", "a tab stands where YAML wants spaces; indent with spaces"),
    ("mapping values are not allowed", "a colon inside a text, or wrong indentation; put the text in quotes"),
    ("could not find expected ':'", "a field has no colon; write it as name: value"),
    ("unexpected end of stream", "a quote is never closed; close it"),
    ("expected a single document", "the file holds two documents; keep one and remove the line ---"),
)


class Lines:
    """The line of every value of one file, counted from 1."""

    def __init__(self) -> None:
        """Empty at first: a request has no lines."""
        self._lines: dict[Path, int] = {}

    def note(self, path: Path, line: int) -> None:
        """Remember that the value at `path` stands on `line`."""
        self._lines[path] = line

    def of(self, path: Path) -> int | None:
        """The line of the value at `path`, or of the part that lacks it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return None


class _Anchor(yaml.MarkedYAMLError):
    """Something in the file is written once and meant twice."""


class _Composer(yaml.SafeLoader):
    """PyYAML's composer without anchors: what a person writes once, once is where it stands."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # pyright: ignore[reportIncompatibleVariableOverride]

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """The next node, refusing an alias before it can grow or go round in circles."""
        event = cast("yaml.Event", self.peek_event())  # pyright: ignore[reportUnknownMemberType]
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _Anchor(problem_mark=cast("yaml.Mark", event.start_mark))
        return super().compose_node(parent, index)


def read_yaml(text: str, source: str) -> tuple[Any, Lines]:
    """The values of a YAML or JSON text and their lines. Raises Refused naming line and fix.

    Text in braces is JSON and read by JSON's own rules; YAML then only says where things stand.
    """
    text = text.removeprefix("\ufeff")
    lines = Lines()
    if not text.lstrip().startswith("{"):
        return _composed(text, source, lines), lines
    data = _composed(text.replace("\t", " "), source, lines)
    try:
        return json.loads(text), lines
    except ValueError:  # no JSON, or a number of thousands of digits
        return data, lines


def _composed(text: str, source: str, lines: Lines) -> Any:
    try:
        # _Composer is a SafeLoader and is only asked for nodes: nothing of the file is ever constructed or run.
        node: Node | None = yaml.compose(text, Loader=_Composer)
        return None if node is None else _Plain(source, lines).value(node, ())
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        _refuse(source, line, "holds a character that isn't text; remove it")
    except yaml.MarkedYAMLError as error:
        began_earlier = str(error.context).startswith("while scanning") and error.context_mark
        mark = error.context_mark if began_earlier else error.problem_mark
        _refuse(source, mark.line + 1 if mark else None, _hint(error))
    except RecursionError:
        _refuse(source, None, "is nested too deeply to be a plan; take some of the brackets away")


def _refuse(source: str, line: int | None, fix: str, field: str = WHOLE_FILE) -> NoReturn:
    raise Refused(source, [Problem(field, fix, line)]) from None


def _hint(error: yaml.MarkedYAMLError) -> str:
    if isinstance(error, _Anchor):
        return "anchors and aliases (& and *) aren't read here; write the value out again"
    said = f"{error.context} {error.problem}"
    for sign, hint in _HINTS:
        if sign in said:
            return hint
    return f"can't be read as YAML ({error.problem}); check indentation, quotes and brackets here"


class _Plain:
    """Turns nodes into plain values and notes their lines."""

    def __init__(self, source: str, lines: Lines) -> None:
        self._source = source
        self._lines = lines

    def value(self, node: Node, path: Path) -> Any:
        """The node's value. A field's line is that of its name, noted before by `_mapping`."""
        if not path or isinstance(path[-1], int):
            self._lines.note(path, node.start_mark.line + 1)
        if node.tag not in _PLAIN_TAGS:
            self._refuse(node, path, "tags (!) aren't read here; write a plain value")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, place)) for place, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(key, path, "a field's name must be a word")
            name: str = key.value
            if name in found:
                first = self._lines.of((*path, name))
                self._refuse(key, (*path, name), f"is written twice, first on line {first}; keep one")
            self._lines.note((*path, name), key.start_mark.line + 1)
            found[name] = self.value(item, (*path, name))
        return found

    def _refuse(self, node: Node, path: Path, fix: str) -> NoReturn:
        _refuse(self._source, node.start_mark.line + 1, fix, dotted(path))


def _scalar(node: Node) -> Any:
    text: str = node.value
    if not isinstance(node, ScalarNode) or node.style is not None:
        return text
    if text in ("", "~") or text.lower() == "null":
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    number = _NUMBER.fullmatch(text)
    if not number or len(text) > _LONGEST_NUMBER:
        return text
    return float(text) if number["fraction"] else int(text)


def dotted(path: Path) -> str:
    """The path as people and programs name it: goals.0.benchmarks.0.expect."""
    return ".".join(str(part) for part in path) or WHOLE_FILE
