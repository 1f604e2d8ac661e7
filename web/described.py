"""What the OpenAPI description says beyond what the framework finds: problems, and that bodies have no other fields."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from web.problems import ProblemDetails

_REF = "#/components/schemas/"
_API = "/api/"


def describe_doors(app: FastAPI) -> None:
    """Complete the app's OpenAPI description."""
    describe: Callable[[], dict[str, Any]] = app.openapi

    def completed() -> dict[str, Any]:
        described = describe()
        schemas: dict[str, Any] = described["components"]["schemas"]
        _, schema = models_json_schema([(ProblemDetails, "serialization")], ref_template=f"{_REF}{{model}}")
        schemas.update(schema["$defs"])
        for name in _named(_bodies(described), schemas):
            if "properties" in schemas[name]:
                schemas[name].setdefault("additionalProperties", False)
        return described

    app.openapi = completed


def _bodies(described: dict[str, Any]) -> list[Any]:
    """What the API takes. Vendors send whatever they like to the webhooks."""
    doors = [methods for path, methods in described["paths"].items() if path.startswith(_API)]
    return [method.get("requestBody", {}) for methods in doors for method in methods.values()]


def _named(part: Any, schemas: dict[str, Any]) -> set[str]:
    """The names of all schemas that this part of a description leads to."""
    found: set[str] = set()
    ahead = list(_refs(part))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _refs(schemas[name])
    return found


def _refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, inner in cast("dict[str, Any]", part).items():
            if key == "$ref" and isinstance(inner, str):
                yield inner.removeprefix(_REF)
            else:
                yield from _refs(inner)
    elif isinstance(part, list):
        for inner in cast("list[Any]", part):
            yield from _refs(inner)
