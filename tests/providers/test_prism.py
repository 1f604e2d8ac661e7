"""What our real clients send is what the vendors' own API descriptions ask for, by the judgement of Prism."""

from collections.abc import Generator
from typing import Any

import pytest

from domain.client import Language
from providers.base import Accepted, DeliveryError, Evidence
from providers.sendgrid_email import SendGridEmail
from providers.twilio_sms import TwilioSms
from tests.providers.listed_builder import ACCOUNT, OUR_NUMBER, SERVICE, SINCE
from tests.providers.node_peers import prism_serving
from tests.providers.outgoing_builder import an_outgoing

pytestmark = pytest.mark.timeout(300)

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture(scope="module")
def twilio_url() -> Generator[str]:
    with prism_serving("twilio_messages.json") as url:
        yield url


@pytest.fixture(scope="module")
def sendgrid_url() -> Generator[str]:
    with prism_serving("sendgrid_mail_v3.json") as url:
        yield url


def texts(url: str, **changes: Any) -> TwilioSms:
    settings: dict[str, Any] = {
        "account_sid": ACCOUNT,
        "auth_token": "a-token",
        "public_url": "https://followthrough.example",
        "from_number": OUR_NUMBER,
        "api_base": url,
    }
    return TwilioSms(**(settings | changes))


def mails(url: str, **changes: Any) -> SendGridEmail:
    settings: dict[str, Any] = {
        "api_key": "SG.a-key",
        "from_email": "hello@practice.example",
        "practice_name": "Harbor Massage",
        "practice_phone": "(206) 555-0100",
        "api_base": url,
    }
    return SendGridEmail(**(settings | changes))


@pytest.mark.parametrize("sender", [{}, {"messaging_service_sid": SERVICE}], ids=["number", "service"])
def test_a_text_of_ours_is_one_that_twilio_describes(twilio_url: str, sender: dict[str, str]):
    assert texts(twilio_url, **sender).send(an_outgoing()).provider_id.startswith(("SM", "MM"))


def test_a_text_that_breaks_the_description_would_be_noticed(twilio_url: str):
    with pytest.raises(DeliveryError) as caught:
        texts(twilio_url, messaging_service_sid="no-service").send(an_outgoing())
    assert caught.value.cause == "refused"


def test_our_search_for_a_message_is_a_list_that_twilio_describes(twilio_url: str):
    assert texts(twilio_url).find(an_outgoing(), SINCE, lambda _: False) == Evidence("absent")


@pytest.mark.parametrize("sender", [{}, {"messaging_service_sid": SERVICE}], ids=["number", "service"])
def test_our_poll_for_replies_is_a_list_that_twilio_describes(twilio_url: str, sender: dict[str, str]):
    assert texts(twilio_url, **sender).received_since(SINCE) == []


def test_a_list_for_another_kind_of_account_would_be_noticed(twilio_url: str):
    sender = texts(twilio_url, account_sid="XX" + "0" * 32)
    assert sender.find(an_outgoing(), SINCE, lambda _: False) == Evidence("unclear")
    with pytest.raises(DeliveryError):
        sender.received_since(SINCE)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("signed_baa", [False, True], ids=["no BAA", "BAA"])
@pytest.mark.parametrize(
    "extras",
    [
        {},
        {"reply_to": "r-4f2a9c@in.practice.example"},
        {"link": "https://followthrough.example/m/4f2a9c"},
        {"calendar": CALENDAR},
        {
            "reply_to": "r-4f2a9c@in.practice.example",
            "link": "https://followthrough.example/m/4f2a9c",
            "calendar": CALENDAR,
        },
    ],
    ids=["plain", "reply address", "link", "calendar", "all"],
)
def test_a_mail_of_ours_is_one_that_sendgrid_describes(
    sendgrid_url: str, extras: dict[str, str], signed_baa: bool, language: Language
):
    mail = an_outgoing(
        channel="email", address="tina@client.example", subject="Your visit", language=language, **extras
    )
    assert mails(sendgrid_url, signed_baa=signed_baa).send(mail) == Accepted(mail.message_id)


def test_a_mail_that_breaks_the_description_would_be_noticed(sendgrid_url: str):
    with pytest.raises(DeliveryError) as caught:
        mails(sendgrid_url, from_email="not-an-address").send(an_outgoing(address="tina@client.example"))
    assert caught.value.cause == "refused"
