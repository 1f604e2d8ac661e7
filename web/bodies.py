"""How bodies of the API are read besides the framework's own way: no field unknown or twice, no value oddly written.

Stored models pass over unknown fields, so that versions can meet. A sender who misspells one must hear of it.
"""

import json
from collections.abc import Iterator
from typing import Any, cast

from fastapi import Depends, Request, params
from pydantic import TypeAdapter, ValidationError

from domain.plain_errors import misfits
from domain.yaml_lines import Path, dotted
from web.problems import FieldError, ProblemError, field_errors

MALFORMED = "The request is malformed."
_TWICE = "is there twice; send it once"


class _Noted(dict[str, Any]):
    """A JSON object that knows which of its names were there more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.twice = [name for name in self if names.count(name) > 1] if len(self) < len(names) else []


def written_as(shape: Any, kind: Any) -> params.Depends:
    """Asks that the body be written like `shape`, a model or a union of models, which `kind` validates.

    Raises a 422 problem that names each field. What is no JSON at all, and what alone doesn't fit `kind`, is left to
    the framework, which reads the body anyway.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    async def look(request: Request) -> None:
        body = await _read(request)
        found = [FieldError(field=dotted(path), fix=_TWICE) for path in _twice(body, ())]
        found += [FieldError(field=dotted(each.path), fix=each.fix) for each in misfits(body, shape)]
        if found:
            raise ProblemError(422, MALFORMED, errors=[*found, *_others(adapter, body, {each.field for each in found})])

    return cast(params.Depends, Depends(look))


def nothing_twice() -> params.Depends:
    """Asks that no field of the body be there twice, for a door that reads the rest by itself."""

    async def look(request: Request) -> None:
        found = [FieldError(field=dotted(path), fix=_TWICE) for path in _twice(await _read(request), ())]
        if found:
            raise ProblemError(422, MALFORMED, errors=found)

    return cast(params.Depends, Depends(look))


async def _read(request: Request) -> Any:
    """The body; None where the framework will say why it can't be read."""
    try:
        return json.loads(await request.body(), object_pairs_hook=_Noted)
    except (ValueError, RecursionError):
        return None


def _twice(body: Any, at: Path) -> Iterator[Path]:
    if isinstance(body, _Noted):
        yield from ((*at, name) for name in body.twice)
        for name, part in body.items():
            yield from _twice(part, (*at, name))
    elif isinstance(body, list):
        for place, part in enumerate(cast("list[Any]", body)):
            yield from _twice(part, (*at, place))


def _others(adapter: TypeAdapter[Any], body: Any, named: set[str]) -> list[FieldError]:
    """What else is wrong, so that all of it can be mended at once."""
    try:
        adapter.validate_python(body)
    except ValidationError as error:
        errors = [{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_url=False)]
        return [each for each in field_errors(errors, body) if each.field not in named]
    return []
