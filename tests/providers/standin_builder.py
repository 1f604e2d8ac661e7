"""Our two senders, the vendor's own client and a system under test, for the tests of the stand-in."""

import json
import ssl
from typing import Any, cast
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from providers.base import DeliveryError
from providers.sendgrid_email import SendGridEmail
from providers.twilio_http import HttpClient
from providers.twilio_sms import TwilioSms
from tests.providers.outgoing_builder import an_outgoing
from tests.providers.scripted_vendor import Answer, Asked, Vendor, a_vendor_that_answers
from tests.standins import Behaviour, Standin, Timing

PUBLIC = "https://followthrough.example"
ADDRESS = "tina@client.example"
QUICK = Timing(pace=0.01, late=0.15, slow=0.05, retry=0.01)
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def texting(vendor: Standin, **settings: Any) -> TwilioSms:
    chosen: dict[str, Any] = {
        "account_sid": vendor.identity.account_sid,
        "auth_token": vendor.identity.auth_token,
        "from_number": vendor.identity.from_number,
        "public_url": PUBLIC,
        "api_base": vendor.url,
        "timeout_seconds": 2,
    }
    return TwilioSms(**(chosen | settings))


def mailing(vendor: Standin, **settings: Any) -> SendGridEmail:
    chosen: dict[str, Any] = {
        "api_key": vendor.identity.api_key,
        "from_email": "hello@practice.example",
        "practice_name": "Harbor Massage",
        "practice_phone": "(206) 555-0100",
        "api_base": vendor.url,
        "timeout_seconds": 2,
    }
    return SendGridEmail(**(chosen | settings))


def the_vendors_client(vendor: Standin) -> Client:
    return Client(vendor.identity.account_sid, vendor.identity.auth_token, http_client=HttpClient(vendor.url, 5))


def asking(vendor: Standin, **settings: Any) -> httpx.Client:
    """A plain HTTP client, without the certificates that it would read first."""
    return httpx.Client(base_url=vendor.url, verify=NO_CERTIFICATES, trust_env=False, **settings)


def a_system(status: int = 204) -> Any:
    """A system under test that takes every webhook with the same status."""
    return a_vendor_that_answers(Answer(status, ""))


def the_form(asked: Asked) -> dict[str, str]:
    return dict(parse_qsl(asked.body.decode(), keep_blank_values=True, strict_parsing=True))


def header(asked: Asked, name: str) -> str:
    return {key.lower(): value for key, value in asked.headers.items()}.get(name.lower(), "")


def signed_with(secret: str, base: str, asked: Asked, signature: str, algorithm: str) -> bool:
    """What the vendor's own validator says."""
    validator = cast(Any, RequestValidator(secret))
    return validator.validate(base + asked.path, the_form(asked), signature, algorithm)


def statuses(system: Vendor) -> list[str]:
    return [the_form(asked)["MessageStatus"] for asked in system.asked]


def events(system: Vendor) -> list[dict[str, Any]]:
    return [event for asked in system.asked for event in cast("list[dict[str, Any]]", json.loads(asked.body))]


def what_goes_wrong(sender: TwilioSms | SendGridEmail, **changes: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        sender.send(an_outgoing(**changes))
    return caught.value


def patience(behaviour: Behaviour) -> float:
    """Seconds: a short wait for an answer that never comes, a long one for an answer that does."""
    return 0.15 if behaviour in ("hang", "accept_then_hang", "accept_late") else 2
