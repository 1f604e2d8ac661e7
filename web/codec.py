"""Lets the Temporal UI and command line show what is in a payload, to whoever has the API token.

`temporal --codec-endpoint https://…/codec --codec-auth "Bearer …"`. Speaks the JSON form of Temporal's Payloads. What
is to be sealed needs a client's key, so there the address names the workflow: `https://…/codec/plan-…`.
"""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from google.protobuf.json_format import MessageToJson, Parse, ParseError
from temporalio.api.common.v1 import Payload, Payloads

from activities.encryption import EncryptionCodec
from activities.payload_keys import PayloadKeys
from records.keyring import DecryptionFailed
from records.payload_keys import NotOnRecord
from records.vault import ClientErased
from web.auth import require_token
from web.problems import ProblemError
from web.wiring import Wired, Wiring

router = APIRouter(prefix="/codec", include_in_schema=False)

_LARGEST = 16 * 1024 * 1024
# Any site may ask, because no cookie counts here: what opens the door is the token, which a strange site hasn't got.
_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type, x-namespace",
    "Access-Control-Allow-Methods": "POST",
}


@router.options("/{direction}")
@router.options("/{workflow_id}/{direction}")
async def may_ask(direction: str, workflow_id: str = "") -> Response:
    """A browser's question before it posts from the Temporal UI."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_ANY_SITE)


@router.post("/decode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
@router.post("/{workflow_id}/decode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
async def decode(request: Request, wiring: Wired, workflow_id: str = "") -> Response:
    """Payloads opened. A key that is missing or was destroyed, or a damaged payload, is a 422 problem."""
    payloads = await _payloads(request)
    try:
        return _json(await _codec(wiring, workflow_id).decode(payloads.payloads))
    except (DecryptionFailed, ClientErased, NotOnRecord) as error:
        raise ProblemError(422, str(error)) from None


@router.post("/encode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
@router.post("/{workflow_id}/encode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
async def encode(request: Request, wiring: Wired, workflow_id: str = "") -> Response:
    """Payloads sealed under the key of the workflow's client, for signalling it by hand."""
    payloads = await _payloads(request)
    try:
        return _json(await _codec(wiring, workflow_id).encode(payloads.payloads))
    except NotOnRecord:
        fix = "Name the workflow whose client's key seals this, as in --codec-endpoint https://…/codec/plan-…"
        raise ProblemError(422, fix) from None
    except ClientErased as error:
        raise ProblemError(422, str(error)) from None


def _codec(wiring: Wiring, workflow_id: str) -> EncryptionCodec:
    return EncryptionCodec(wiring.keys, PayloadKeys(wiring.records), workflow_id or None)


async def _payloads(request: Request) -> Payloads:
    try:
        return Parse(await request.body(), Payloads())
    except (ParseError, UnicodeDecodeError):
        raise ProblemError(422, "Send Temporal payloads as JSON.") from None


def _json(payloads: list[Payload]) -> Response:
    return Response(
        MessageToJson(Payloads(payloads=payloads), indent=None), media_type="application/json", headers=_ANY_SITE
    )
