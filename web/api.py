"""The API for other programs: enrol a plan, tell what happened, read where it stands, decide on escalations."""

import asyncio
import json
from http import HTTPStatus
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from fastapi import APIRouter, Body, Depends, Header, Path, Request, Response
from pydantic import BaseModel, Field, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from domain.billed import CLAIM_ID
from domain.bounds import bounded
from domain.claim_events import OutsideClaimEvent
from domain.errors import AlreadyDecided, EventRefused
from domain.escalation import DecisionBody
from domain.events import OutsideEvent
from domain.plan import TreatmentPlan
from domain.plan_file import FlatPlanFile, plan_from_json
from web.audit import API, note
from web.auth import require_token
from web.bodies import MALFORMED, nothing_twice, written_as
from web.claims_shown import ClaimShown, show_claim
from web.intake import OtherBody, PlanExists, PlanRequest, TemporalAway, UnknownClaim, UnknownPlan
from web.problems import FieldError, ProblemError, problem_responses, refusal
from web.views import EscalationShown, PlanShown, show_escalation, show_plan
from web.wiring import Wired, Wiring

LARGEST = 1024 * 1024
KEY = "Idempotency-Key"
_OF_A_BODY = problem_responses(400, 413)
"""What any door may answer that takes a body: it can't be read at all, or it is too large."""
T = TypeVar("T")

router = APIRouter(
    prefix="/api",
    tags=["api"],
    dependencies=[Depends(require_token)],
    responses=problem_responses(401, 422, 503),
)


class _LikeAPlanFile:
    """Describes the body as a plan file, although `plan_from_json` reads it, with better words than the framework's."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(FlatPlanFile.__pydantic_core_schema__)


PlanBody = Annotated[dict[str, Any], _LikeAPlanFile()]


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias=KEY,
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="a new one for each new plan, such as a UUID; the same one when the request is sent again",
    ),
]


class EnrolledBody(BaseModel):
    """The plan's id and what its therapist should look at again."""

    plan_id: str
    outcome: Literal["recorded", "stored"]
    warnings: list[str]


class TakenBody(BaseModel):
    """What became of an event: recorded now, a duplicate of one that was recorded, or stored for later."""

    outcome: Literal["recorded", "duplicate", "stored"]


@router.post(
    "/plans",
    status_code=HTTPStatus.CREATED,
    max_body_size=LARGEST,
    responses={202: {"model": EnrolledBody}, **_OF_A_BODY, **problem_responses(409)},
    dependencies=[nothing_twice()],
)
async def enroll(
    body: PlanBody, request: Request, wiring: Wired, response: Response, key: IdempotencyKey = None
) -> EnrolledBody:
    """Enrol a plan, written like a plan file. 202: it is stored and will start as soon as Temporal answers.

    The same `Idempotency-Key` with the same body gets the first answer again and makes no second plan; with another
    body it is refused with 422. Keys are kept for good.
    """
    plan = plan_from_json(body, "request").plan
    _check_follow_up(wiring, plan)
    asked = PlanRequest(key.strip().strip('"'), json.dumps(body, sort_keys=True)) if key else None
    try:
        enrolled = await wiring.intake.enroll(plan, asked)
    except OtherBody:
        used = FieldError(field=KEY, fix="stands for a request with another body; send a new key with a new request")
        raise ProblemError(422, "This Idempotency-Key was used before.", errors=[used]) from None
    except PlanExists as error:
        taken = FieldError(field="plan_id", fix=f"{error}; write another, or leave it out")
        raise ProblemError(HTTPStatus.CONFLICT, str(error), errors=[taken]) from None
    if enrolled.outcome == "stored":
        response.status_code = HTTPStatus.ACCEPTED
    note(request, API, enrolled.plan_id)
    return EnrolledBody(plan_id=enrolled.plan_id, outcome=enrolled.outcome, warnings=list(enrolled.warnings))


@router.get("/plans/{plan_id}", responses=problem_responses(404))
def read_plan(plan_id: str, wiring: Wired) -> PlanShown:
    """Where a plan stands: status, progress, what comes, its story, its escalations."""
    view = wiring.records.plan(plan_id)
    if view is None:
        _no_plan(plan_id)
    return show_plan(wiring.records, view)


@router.post(
    "/plans/{plan_id}/events",
    max_body_size=LARGEST,
    dependencies=[written_as(OutsideEvent, Annotated[OutsideEvent, Field(discriminator="type")])],
    responses={202: {"model": TakenBody}, **_OF_A_BODY, **problem_responses(404, 409)},
)
async def take_event(
    plan_id: str,
    event: Annotated[OutsideEvent, Body(discriminator="type")],
    wiring: Wired,
    response: Response,
) -> TakenBody:
    """Tell a plan what happened. The same `event_id` counts once. 202: it is stored and will be handed over later."""
    try:
        taken = await wiring.intake.take_event(plan_id, _bounded(event))
    except UnknownPlan:
        _no_plan(plan_id)
    if taken.outcome == "refused":
        raise refusal(taken.because or "The plan can't take this event.", event)
    if taken.outcome == "stored":
        response.status_code = HTTPStatus.ACCEPTED
    return TakenBody(outcome=taken.outcome)


@router.get("/escalations")
def list_escalations(wiring: Wired, open_only: bool = True) -> list[EscalationShown]:
    """The questions that wait for a person's answer; with `open_only=false` the answered ones too."""
    return [show_escalation(view) for view in wiring.records.escalations(open_only=open_only)]


@router.post(
    "/escalations/{escalation_id}/decision",
    max_body_size=LARGEST,
    dependencies=[written_as(DecisionBody, DecisionBody)],
    responses={**_OF_A_BODY, **problem_responses(404, 409)},
)
async def decide(escalation_id: str, body: DecisionBody, wiring: Wired) -> EscalationShown:
    """Answer an escalation. Exactly one answer counts: the second gets 409 with who decided and when."""
    if not body.by.strip():
        nobody = FieldError(field="by", fix="is empty; write who decides")
        raise ProblemError(422, "Say who decides in the field 'by'.", errors=[nobody])
    try:
        await wiring.intake.decide(escalation_id, _bounded(body))
    except AlreadyDecided as error:
        raise await _who_decided(wiring, escalation_id, error) from None
    except EventRefused as error:
        raise refusal(str(error), body, HTTPStatus.UNPROCESSABLE_ENTITY) from None
    except TemporalAway as error:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from None
    except LookupError:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"No escalation has the id {escalation_id}.") from None
    view = await asyncio.to_thread(wiring.records.escalation, escalation_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"No escalation has the id {escalation_id}.")
    return show_escalation(view)


@router.get("/claims/{claim_id}", responses=problem_responses(404))
def read_claim(claim_id: str, wiring: Wired) -> ClaimShown:
    """Where a claim stands: status, money, deadlines, its story."""
    view = wiring.records.claim(claim_id)
    if view is None:
        _no_claim(claim_id)
    return show_claim(wiring.records, view)


@router.post(
    "/claims/{claim_id}/events",
    max_body_size=LARGEST,
    dependencies=[written_as(OutsideClaimEvent, Annotated[OutsideClaimEvent, Field(discriminator="type")])],
    responses={202: {"model": TakenBody}, **_OF_A_BODY, **problem_responses(404, 409)},
)
async def take_claim_event(
    claim_id: Annotated[str, Path(pattern=CLAIM_ID)],
    event: Annotated[OutsideClaimEvent, Body(discriminator="type")],
    wiring: Wired,
    response: Response,
) -> TakenBody:
    """Tell a claim what happened; `claim_opened` begins one. The same `event_id` counts once. 202: stored for later."""
    try:
        taken = await wiring.intake.take_claim_event(claim_id, _bounded(event))
    except UnknownClaim:
        _no_claim(claim_id)
    if taken.outcome == "refused":
        raise refusal(taken.because or "The claim can't take this event.", event)
    if taken.outcome == "stored":
        response.status_code = HTTPStatus.ACCEPTED
    return TakenBody(outcome=taken.outcome)


def _bounded(body: T) -> T:
    """The body, unless something in it lies beyond what a plan or a claim can make sense of."""
    try:
        return bounded(body)
    except ValidationError as error:
        errors = [FieldError(field=".".join(map(str, item["loc"])), fix=item["msg"]) for item in error.errors()]
        raise ProblemError(422, MALFORMED, errors=errors) from None


async def _who_decided(wiring: Wiring, escalation_id: str, error: AlreadyDecided) -> ProblemError:
    view = await asyncio.to_thread(wiring.records.escalation, escalation_id)
    if view is None or view.decided is None:
        return refusal(str(error), DecisionBody)
    decided = view.decided
    return ProblemError(
        HTTPStatus.CONFLICT,
        str(error),
        errors=[FieldError(field="choice", fix="the question has its one answer; nothing more is taken")],
        decided_by=decided.decision.by,
        decided_at=decided.decided_at.isoformat(),
        choice=decided.decision.choice,
    )


def _check_follow_up(wiring: Wiring, plan: TreatmentPlan) -> None:
    """A plan's follow-up may be sound by itself and not as laid over the practice's."""
    try:
        wiring.practice.policy(plan.follow_up)
    except ValidationError as error:
        fix = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        problem = FieldError(field="follow_up", fix=f"doesn't go with the practice's follow-up: {fix}")
        raise ProblemError(422, "The request can't be taken as it is.", errors=[problem]) from None


def _no_plan(plan_id: str) -> NoReturn:
    raise ProblemError(HTTPStatus.NOT_FOUND, f"No plan has the id {plan_id}.")


def _no_claim(claim_id: str) -> NoReturn:
    raise ProblemError(HTTPStatus.NOT_FOUND, f"No claim has the id {claim_id}.")
