"""What Twilio's answers and codes mean to us, for a message on its way out and for a report that comes back.

Facts about the vendor are from its API description and its error pages.
"""

import json
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import requests
from twilio.base.exceptions import TwilioException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from providers.base import Cause, DeliveryError
from providers.twilio_http import Busy

CODES: dict[int, Cause] = {
    21211: "bad_address",  # not a valid number
    21614: "bad_address",  # not a mobile number
    30005: "bad_address",  # unknown handset
    30006: "bad_address",  # landline
    21610: "opted_out",
    21617: "content",  # too long
    30004: "content",  # blocked
    30007: "content",  # filtered by the carrier
    30003: "unreachable",  # handset off or out of reach
    30008: "unreachable",  # the carrier gave no reason
    30036: "too_late",  # validity period over
    20003: "our_settings",  # authentication
    21408: "our_settings",  # region not allowed
    21606: "our_settings",  # sender number is not ours
    30002: "our_settings",  # account suspended
    30034: "our_settings",  # sender is not registered with the carriers
    20429: "busy",
    21611: "busy",  # the sender's queue is full
    30001: "busy",  # the queue overflowed
    63038: "busy",  # daily limit
    20500: "no_answer",
}
"""The few codes that we act on; the vendor splits and adds codes, so any other one just means "refused"."""


@contextmanager
def judged() -> Generator[None]:
    """Turns whatever a call of the vendor's client raises into a DeliveryError.

    Its text and its cause leave out what the vendor said: that repeats the phone number.
    """
    try:
        yield
    except Busy as busy:
        error = _judgement(429, busy.code)
        raise DeliveryError.of(error.cause, error.code, busy.wait) from None
    except TwilioException as error:
        raise _judgement(*_status_and_code(error)) from None
    except requests.RequestException as error:
        raise DeliveryError.of("not_connected" if _never_left(error) else "no_answer") from None
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        # A success whose body can't be read: what was asked for has most likely been done.
        raise DeliveryError.of("no_answer") from None


def _status_and_code(error: TwilioException) -> tuple[int | None, int | None]:
    """The HTTP status and the vendor's code. A list's error carries the bare response, any other one both numbers."""
    status, code = getattr(error, "status", None), getattr(error, "code", None)
    response: Any = error.args[1] if len(error.args) > 1 else None
    if status is None and response is not None:
        status = getattr(response, "status_code", None)
        try:
            code = json.loads(response.text).get("code")
        except (ValueError, TypeError, AttributeError):
            code = None
    return _number(status), _number(code)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _judgement(status: int | None, code: int | None) -> DeliveryError:
    """What an answer other than success means for this message."""
    if status is None or status >= 500 or status == 408:
        return DeliveryError.of("no_answer", code)
    if code in CODES:
        return DeliveryError.of(CODES[code], code)
    if status == 429:
        return DeliveryError.of("busy", code)
    if status < 400 or status in (401, 403, 404, 405):
        return DeliveryError.of("our_settings", code)
    return DeliveryError.of("refused", code)


def _never_left(error: requests.RequestException) -> bool:
    """Whether the connection was never made, so that the message can't have gone. In doubt: False."""
    inner: object = error.args[0] if error.args else None
    reason: object = getattr(inner, "reason", inner)
    if isinstance(reason, NewConnectionError | ConnectTimeoutError):
        return True
    causes: tuple[object, ...] = getattr(reason, "args", ())
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)
