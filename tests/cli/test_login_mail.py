"""The mail with a link to log in, as the practice's own vendor gets it."""

import json

import pytest

from domain.client import Person
from domain.policy import Practice
from programs.login_mail import login_mail
from providers.base import DeliveryError
from settings import Settings
from tests.providers.scripted_vendor import Answer, a_vendor_that_answers

LINK = "https://plans.example.com/login/link/abc"
QUEUED = Answer(202, "", {"X-Message-Id": "vendor-id"})


def a_practice() -> Practice:
    return Practice(
        name="Harbor Massage",
        phone="+1 206 555 0100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+1 206 555 0109"),
    )


def live(**changes: str) -> Settings:
    fields = {
        "messaging": "live",
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": "a-token",
        "twilio_from_number": "+12065550199",
        "public_url": "https://plans.example.com",
    }
    return Settings(_env_file=None, **fields | changes)  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_the_mail_carries_the_link_even_where_the_vendor_may_carry_nothing_about_clients() -> None:
    with a_vendor_that_answers(QUEUED) as vendor:
        send = login_mail(
            live(sendgrid_api_key="SG.k", sendgrid_from_email="a@example.com", sendgrid_api_base=vendor.url),
            a_practice(),
        )
        assert send is not None
        send("dana@example.com", LINK)
    body = json.loads(vendor.asked[0].body)
    assert body["personalizations"][0]["to"] == [{"email": "dana@example.com"}]
    assert body["subject"] == "Your login at Harbor Massage"
    assert body["content"][0]["value"] == (
        "Open this page to log in. It works once, within 15 minutes:\n\n"
        "https://plans.example.com/login/link/abc\n\n"
        "If you didn't ask for it, leave it alone: nobody can log in without your mailbox."
    )
    assert "headers" not in body  # no "unsubscribe" beside a login


def test_a_vendors_refusal_is_told_without_the_address() -> None:
    with a_vendor_that_answers(Answer(400, "{}", {})) as vendor:
        send = login_mail(
            live(sendgrid_api_key="SG.k", sendgrid_from_email="a@example.com", sendgrid_api_base=vendor.url),
            a_practice(),
        )
        assert send is not None
        with pytest.raises(DeliveryError) as refused:
            send("dana@example.com", LINK)
    assert "dana" not in str(refused.value)


def test_a_practice_without_mail_mails_no_links() -> None:
    assert login_mail(live(), a_practice()) is None


def test_on_this_machine_alone_nothing_is_mailed() -> None:
    assert login_mail(Settings(_env_file=None), a_practice()) is None  # pyright: ignore[reportCallIssue]
