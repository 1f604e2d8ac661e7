"""Every error of a door as RFC 9457 problem details, or as a plain page where a person is looking at it."""

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, BeforeValidator
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from domain.errors import Refused
from records.vault import ClientErased
from web.rendering import page

log = logging.getLogger("followthrough.web")
MEDIA_TYPE = "application/problem+json"
LONGEST_NAME = 1000
_UNREADABLE = "There was an error parsing the body"
"""What the framework says of a body that it fails on."""
_NAMED = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)(?::| (?=lies|is|needs)) ?(.+)", re.DOTALL)
"""How a refusal names the field that it is about."""
_FORMS = {"bool": "true/false", "float": "a number", "int": "a whole number", "string": "text"}
"""What each member of a union takes, by how pydantic's kinds of error begin."""
_MACHINE_DOORS = ("/api/", "/webhooks/", "/codec/", "/healthz", "/readyz", "/openapi.json")


def _sayable(text: str) -> str:
    """A name that a sender chose, such that it can be sent back: no halves of characters, and not without end."""
    return text.encode("utf-8", "replace").decode()[:LONGEST_NAME]


class FieldError(BaseModel):
    """One field of the request and what to write instead."""

    field: Annotated[str, BeforeValidator(_sayable)]
    fix: Annotated[str, BeforeValidator(_sayable)]


class ProblemDetails(BaseModel):
    """An error as RFC 9457 writes it. `errors` names the fields; it is empty where the matter is about none."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


def refusal(because: str, body: BaseModel | type[BaseModel], status: int = HTTPStatus.CONFLICT) -> "ProblemError":
    """A problem for what makes no sense as things are. One that begins with a field's name is told at that field."""
    named = _NAMED.match(because)
    kind = body if isinstance(body, type) else type(body)
    if named and named[1].partition(".")[0] in kind.model_fields:
        error = FieldError(field=named[1], fix=named[2])
    else:
        error = FieldError(field="body", fix=because)
    return ProblemError(status, because, errors=[error])


class ProblemError(Exception):
    """Ends a request with this status. `more` are further members of the problem, such as who decided."""

    def __init__(self, status: int, detail: str, *, errors: Sequence[FieldError] = (), **more: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.more = more
        self.headers: dict[str, str] = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What `responses=` of a door says about its errors in the OpenAPI description."""
    schema = {"$ref": "#/components/schemas/ProblemDetails"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def bare_problem(status: int, detail: str) -> Response:
    """The answer to a request that gets no further than the middleware."""
    details = ProblemDetails(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(details.model_dump(), status, media_type=MEDIA_TYPE)


def answer_with_problems(app: FastAPI) -> None:
    """Make every error that can leave this app a problem."""
    app.add_exception_handler(ProblemError, _known)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(ClientErased, _erased)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


async def _known(request: Request, error: Exception) -> Response:
    return answer_of(request, cast(ProblemError, error))


async def _refused(request: Request, error: Exception) -> Response:
    problems = cast(Refused, error).problems
    errors = [FieldError(field=problem.field, fix=problem.fix) for problem in problems]
    return answer_of(request, ProblemError(422, "The request can't be taken as it is.", errors=errors))


async def _erased(request: Request, error: Exception) -> Response:
    """Somebody was erased while the request was on its way."""
    return answer_of(request, ProblemError(404, "The client that this is about was erased."))


async def _malformed(request: Request, error: Exception) -> Response:
    malformed = cast(RequestValidationError, error)
    broken = next((item for item in malformed.errors() if item["type"] == "json_invalid"), None)
    if broken is not None:
        place = int(broken["loc"][-1]) + 1
        return answer_of(
            request, ProblemError(422, f"The body is not JSON: {broken['ctx']['error']}, character {place}.")
        )
    errors = field_errors(malformed.errors(), malformed.body)
    return answer_of(request, ProblemError(422, "The request is malformed.", errors=errors))


async def _http(request: Request, error: Exception) -> Response:
    known = cast(HTTPException, error)
    if isinstance(known.__cause__, ClientDisconnect):
        tell_of_disconnect()
    unreadable = known.detail == _UNREADABLE
    problem = ProblemError(known.status_code, "The body is not JSON that can be read." if unreadable else known.detail)
    problem.headers = {**problem.headers, **(known.headers or {})}
    return answer_of(request, problem)


def tell_of_disconnect() -> None:
    """The one line that is kept of a caller who goes away in the middle of a request. Nobody reads an answer to it."""
    log.info("a caller went away before its request was whole")


async def _bug(request: Request, error: Exception) -> Response:
    return answer_of(request, ProblemError(500, "Something went wrong on our side; nothing says that it was recorded."))


def field_errors(errors: Sequence[Any], body: object) -> list[FieldError]:
    """pydantic's errors as field and fix, without the values: those may hold what a client wrote.

    A field that fits no member of a union has an error per member; it is one field, and gets one fix.
    """
    by_field: dict[str, list[dict[str, Any]]] = {}
    for error in errors:
        by_field.setdefault(_field(error, body), []).append(error)
    return [FieldError(field=field, fix=_fix(several)) for field, several in by_field.items()]


def _field(error: dict[str, Any], body: object) -> str:
    """The path to the field as the sender wrote it: names of union members, which pydantic adds, are left out."""
    where, *path = error["loc"]
    if where != "body":
        return ".".join(str(part) for part in path)
    named: list[str] = []
    here: Any = body
    for place, part in enumerate(path):
        inside = _holds(here, part)
        if inside:
            here = here[part]
        if inside or (error["type"] == "missing" and place == len(path) - 1):
            named.append(str(part))
    if error["type"].startswith("union_tag"):
        named.append(str(error.get("ctx", {}).get("discriminator", "type")).strip("'"))
    return ".".join(named) or "body"


def _holds(here: Any, part: Any) -> bool:
    if isinstance(here, list):
        return isinstance(part, int) and part < len(cast("list[Any]", here))
    return isinstance(here, dict) and part in here


def _fix(errors: list[dict[str, Any]]) -> str:
    [first, *others] = errors
    if not others:
        if len(first["loc"]) == 1 and first["type"] in ("dict_type", "model_attributes_type"):
            return "Send a JSON object, with Content-Type: application/json"
        return str(first["msg"]).removeprefix("Value error, ")
    forms = [_form(error) for error in errors]
    return f"Input should be {', or '.join(sorted(dict.fromkeys(forms), key=lambda form: form == 'true/false'))}"


def _form(error: dict[str, Any]) -> str:
    """What one member of a union takes."""
    if error["type"] == "literal_error":
        return str(error["ctx"]["expected"])
    begins, _, _ = str(error["type"]).partition("_")
    return _FORMS.get(begins, str(error["msg"]).removeprefix("Value error, "))


def answer_of(request: Request, problem: ProblemError) -> Response:
    """The problem as problem details, or as a page where a person is looking."""
    title = HTTPStatus(problem.status).phrase
    if request.url.path.startswith(_MACHINE_DOORS):
        details = ProblemDetails(title=title, status=problem.status, detail=problem.detail, errors=problem.errors)
        body = details.model_dump() | problem.more
        return JSONResponse(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)
    return page(request, "problem.html", {"title": title, "detail": problem.detail}, problem.status, problem.headers)
