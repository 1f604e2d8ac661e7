"""What can be found out afterwards at a vendor that has a memory: the stand-in of the crash tests."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from providers.base import DeliveryError, Evidence
from providers.twilio_sms import SETTINGS_HEADER, SIGNATURE_HEADER, TwilioSms, parse_inbound, verify, webhook_url
from tests.providers.outgoing_builder import PHONE, an_outgoing
from tests.providers.scripted_vendor import Answer, a_vendor_that_answers
from tests.standins import Behaviour, Standin, Timing, running_standin
from tests.today import this_moment

PUBLIC = "https://followthrough.example"


def texting(vendor: Standin, timeout_seconds: float = 2) -> TwilioSms:
    return TwilioSms(
        account_sid=vendor.identity.account_sid,
        auth_token=vendor.identity.auth_token,
        from_number=vendor.identity.from_number,
        public_url=PUBLIC,
        api_base=vendor.url,
        timeout_seconds=timeout_seconds,
    )


def evidence_after(behaviour: Behaviour, vendor: Standin) -> Evidence:
    """Send while the vendor behaves like that, learn nothing, and ask afterwards."""
    since = this_moment()
    vendor.behave(behaviour)
    with pytest.raises(DeliveryError) as caught:
        texting(vendor, timeout_seconds=0.2).send(an_outgoing())
    assert caught.value.unknown
    return texting(vendor).find(an_outgoing(), since, lambda _: False)


@pytest.mark.parametrize("behaviour", ["accept_then_drop", "accept_then_500", "accept_then_hang"])
def test_a_text_that_was_taken_is_found_although_its_answer_was_lost(behaviour: Behaviour):
    with running_standin() as vendor:
        evidence = evidence_after(behaviour, vendor)
        assert evidence == Evidence("accepted", vendor.texts[0].sid)


@pytest.mark.parametrize("behaviour", ["drop", "error_500", "hang"])
def test_a_text_that_was_never_taken_is_absent(behaviour: Behaviour):
    with running_standin() as vendor:
        assert evidence_after(behaviour, vendor) == Evidence("absent")
        assert vendor.texts == []


def test_of_two_alike_whose_answers_were_lost_each_finds_its_own():
    since, taken = this_moment(), list[str]()
    with running_standin() as vendor:
        for _ in range(2):
            vendor.behave("accept_then_drop")
            with pytest.raises(DeliveryError):
                texting(vendor).send(an_outgoing())
        for _ in range(3):
            taken.append(texting(vendor).find(an_outgoing(), since, taken.__contains__).provider_id)
        assert sorted(taken) == sorted(["", *(text.sid for text in vendor.texts)])


def test_texts_whose_webhook_was_lost_are_in_the_list_just_as_the_webhook_would_have_told():
    since = this_moment() - timedelta(minutes=1)
    with a_vendor_that_answers(Answer(500, "")) as system:
        with running_standin(webhooks=system.url, timing=Timing(pace=0.01, retry=0.01)) as vendor:
            for text in ("Sí 👍", "STOP"):
                vendor.receive_text(PHONE, text)
                vendor.settle()
            received = texting(vendor).received_since(since)
        told = [dict(parse_qsl(asked.body.decode(), keep_blank_values=True)) for asked in system.asked]
    assert [text.text for text in received] == ["Sí 👍", "STOP"]
    assert received == [parse_inbound(form) for form in told]


def test_a_stand_in_that_signs_with_a_shared_key_is_believed_with_its_secret_only():
    with (
        a_vendor_that_answers(Answer(204, "")) as system,
        running_standin(webhooks=system.url, public_url=PUBLIC, shared_key=True) as vendor,
    ):
        vendor.receive_text(PHONE, "C")
        vendor.settle()
        token, secret = vendor.identity.auth_token, vendor.identity.shared_key_secret
    asked = system.asked[0]
    headers = {name.lower(): value for name, value in asked.headers.items()}
    url, form = webhook_url(PUBLIC, asked.path), dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
    signature, settings = headers[SIGNATURE_HEADER], headers[SETTINGS_HEADER]
    assert verify(token, url, form, signature, settings, secret)
    assert not verify(token, url, form, signature, settings, "")
    assert not verify(token, url, form, signature, None, secret)
