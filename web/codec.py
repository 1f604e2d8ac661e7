"""Lets the Temporal UI and command line show what is in a payload, to whoever has the API token.

`temporal --codec-endpoint https://…/codec --codec-auth "Bearer …"`. Speaks the JSON form of Temporal's Payloads.
"""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from google.protobuf.json_format import MessageToJson, Parse, ParseError
from temporalio.api.common.v1 import Payloads

from activities.encryption import EncryptionCodec
from records.keyring import DecryptionFailed
from web.auth import require_token
from web.problems import ProblemError
from web.wiring import Wired

router = APIRouter(prefix="/codec", include_in_schema=False)

_LARGEST = 16 * 1024 * 1024
# Any site may ask, because no cookie counts here: what opens the door is the token, which a strange site hasn't got.
_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type, x-namespace",
    "Access-Control-Allow-Methods": "POST",
}


@router.options("/{direction}")
async def may_ask(direction: str) -> Response:
    """A browser's question before it posts from the Temporal UI."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_ANY_SITE)


@router.post("/decode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
async def decode(request: Request, wiring: Wired) -> Response:
    """Payloads opened with the key ring. A key that is missing or a damaged payload is a 422 problem."""
    payloads = await _payloads(request)
    try:
        opened = await EncryptionCodec(wiring.keys).decode(payloads.payloads)
    except DecryptionFailed as error:
        raise ProblemError(422, str(error)) from None
    return _json(Payloads(payloads=opened))


@router.post("/encode", dependencies=[Depends(require_token)], max_body_size=_LARGEST)
async def encode(request: Request, wiring: Wired) -> Response:
    """Payloads sealed with the active key, for starting or signalling a workflow by hand."""
    payloads = await _payloads(request)
    return _json(Payloads(payloads=await EncryptionCodec(wiring.keys).encode(payloads.payloads)))


async def _payloads(request: Request) -> Payloads:
    try:
        return Parse(await request.body(), Payloads())
    except (ParseError, UnicodeDecodeError):
        raise ProblemError(422, "Send Temporal payloads as JSON.") from None


def _json(payloads: Payloads) -> Response:
    return Response(MessageToJson(payloads, indent=None), media_type="application/json", headers=_ANY_SITE)
