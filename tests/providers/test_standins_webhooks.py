from typing import Any

import pytest

from providers import twilio_sms
from tests.providers.outgoing_builder import PHONE, an_outgoing
from tests.providers.scripted_vendor import Answer, a_url_where_nobody_listens, a_vendor_that_answers
from tests.providers.standin_builder import (
    ADDRESS,
    PUBLIC,
    QUICK,
    a_system,
    events,
    header,
    mailing,
    signed_with,
    statuses,
    texting,
    the_form,
    the_vendors_client,
    what_goes_wrong,
)
from tests.standins import Habit, Outcome, Timing, running_standin
from web import inbound_form, sendgrid_webhooks
from web.signed_body import Body


def verify(key: str, timestamp: str, body: bytes, signature: str) -> bool:
    """As the door does with a body that comes in pieces."""
    received = Body(timestamp.encode())
    received.add(body[:7])
    received.add(body[7:])
    return sendgrid_webhooks.verify(key, received.signed, signature)


# Delivery reports of texts


def test_delivery_reports_come_in_order_signed_over_the_public_url_wherever_the_system_is():
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        sid = texting(vendor).send(an_outgoing()).provider_id
        vendor.settle()
        assert statuses(system) == ["sent", "delivered"]
        for asked in system.asked:
            assert asked.path == "/webhooks/twilio/status/4f2a9c"
            form, signature = the_form(asked), header(asked, "X-Twilio-Signature")
            url = twilio_sms.webhook_url(PUBLIC, asked.path)
            assert form["MessageSid"] == sid
            assert twilio_sms.verify(vendor.identity.auth_token, url, form, signature)
            assert not twilio_sms.verify(vendor.identity.auth_token, url, {**form, "To": "+12065550102"}, signature)
            assert not twilio_sms.verify(vendor.identity.auth_token, url + "0", form, signature)


@pytest.mark.parametrize(
    ("habit", "told"),
    [
        ("twice", ["sent", "sent", "delivered", "delivered"]),
        ("out_of_order", ["delivered", "sent"]),
        ("late", ["sent", "delivered"]),
        ("never", []),
    ],
)
def test_delivery_reports_have_bad_habits(habit: Habit, told: list[str]):
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        vendor.call_back(habit)
        texting(vendor).send(an_outgoing())
        vendor.settle()
    assert statuses(system) == told
    assert vendor.texts[0].status == "delivered"


def test_a_text_of_a_messaging_service_is_accepted_first_and_reported_from_queued_on():
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        texting(vendor, messaging_service_sid=vendor.identity.service_sid).send(an_outgoing())
        assert vendor.texts[0].service_sid == vendor.identity.service_sid
        vendor.settle()
    assert statuses(system) == ["queued", "sent", "delivered"]
    assert vendor.texts[0].from_ == vendor.identity.from_number


def test_a_text_that_does_not_arrive_is_reported_with_its_code():
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        vendor.deliver_to(PHONE, Outcome("undelivered", 30005))
        texting(vendor).send(an_outgoing())
        vendor.settle()
    report = twilio_sms.parse_status(the_form(system.asked[-1]))
    assert (report.status, report.cause) == ("undelivered", "the number or address does not work")
    assert (vendor.texts[0].status, vendor.texts[0].error_code) == ("undelivered", 30005)


def test_a_failing_webhook_is_called_again_only_if_the_url_asks_for_it():
    with a_system(500) as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        vendor.deliver(Outcome("failed"))
        texting(vendor).send(an_outgoing())  # with rc=3&rp=all
        vendor.settle()
        assert vendor.report()["callbacks"] == {"status 500": 4}
        assert len({header(asked, "I-Twilio-Idempotency-Token") for asked in system.asked}) == 1
        vendor.receive_text(PHONE, "yes")
        vendor.settle()
        assert vendor.report()["callbacks"] == {"inbound 500": 1, "status 500": 4}


def test_inbound_texts_are_repeated_if_the_url_at_the_vendor_asks_for_it():
    with (
        a_system(500) as system,
        running_standin(webhooks=system.url, inbound_fragment="rc=2&rp=5xx", timing=QUICK) as vendor,
    ):
        vendor.receive_text(PHONE, "yes")
        vendor.settle()
        assert vendor.report()["callbacks"] == {"inbound 500": 3}


def test_a_report_may_come_before_the_answer():
    timing = Timing(pace=0.01, slow=0.3)
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=timing) as vendor:
        vendor.behave("slow")
        texting(vendor).send(an_outgoing())
        assert "sent" in statuses(system)


def test_no_other_machine_is_ever_called():
    with running_standin(timing=QUICK) as vendor:
        texting(vendor).send(an_outgoing())  # its callback URL is that of a real host name
        vendor.settle()
        assert vendor.report()["callbacks"] == {"status nowhere": 2}


def test_a_webhook_that_cannot_be_reached_is_tried_once_more():
    with running_standin(webhooks=a_url_where_nobody_listens(), timing=QUICK) as vendor:
        vendor.receive_text(PHONE, "yes")
        vendor.settle()
        assert vendor.report()["callbacks"] == {"inbound ct": 2}


# Texts from clients


def test_a_client_texts_and_it_is_in_the_list_and_at_the_webhook():
    with a_system() as system, running_standin(webhooks=system.url, public_url=PUBLIC, timing=QUICK) as vendor:
        sid = vendor.receive_text(PHONE, "sí, voy ☺")
        vendor.settle()
        [asked] = system.asked
        [listed] = the_vendors_client(vendor).messages.list(to=vendor.identity.from_number)
    form, url = the_form(asked), f"{PUBLIC}/webhooks/twilio/inbound"
    assert twilio_sms.verify(vendor.identity.auth_token, url, form, header(asked, "X-Twilio-Signature"))
    assert twilio_sms.parse_inbound(form) == twilio_sms.Inbound(sid, PHONE, "sí, voy ☺", None)
    assert (listed.sid, listed.direction, listed.status, listed.body) == (sid, "inbound", "received", "sí, voy ☺")
    assert vendor.texts == []


def test_an_inbound_text_can_be_lost_on_the_way_or_come_twice():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        lost = vendor.receive_text(PHONE, "lost", lost=True)
        twice = vendor.receive_text(PHONE, "twice", times=2, delay_seconds=0.05)
        assert system.asked == []
        vendor.settle()
        listed = the_vendors_client(vendor).messages.list(to=vendor.identity.from_number)
    assert [the_form(asked)["MessageSid"] for asked in system.asked] == [twice, twice]
    assert [message.sid for message in listed] == [twice, lost]


def test_a_client_who_texts_exactly_stop_is_blocked_until_start():
    with running_standin(timing=QUICK) as vendor:
        vendor.receive_text(PHONE, "STOP please")
        texting(vendor).send(an_outgoing())
        vendor.receive_text(PHONE, " Cancel ")
        assert what_goes_wrong(texting(vendor)).code == 21610
        texting(vendor).send(an_outgoing(address="+12065550102"))
        vendor.receive_text(PHONE, "Start")
        texting(vendor).send(an_outgoing())
        vendor.block(PHONE)
        assert what_goes_wrong(texting(vendor)).code == 21610


@pytest.mark.parametrize(("advanced", "said"), [(False, [None, None]), (True, ["STOP", None])])
def test_the_vendor_says_what_it_acted_on_only_with_advanced_opt_out(advanced: bool, said: list[str | None]):
    with (
        a_system() as system,
        running_standin(webhooks=system.url, advanced_opt_out=advanced, timing=QUICK) as vendor,
    ):
        vendor.receive_text(PHONE, "stop")
        vendor.settle()
        vendor.receive_text(PHONE, "yes")
        vendor.settle()
    assert [the_form(asked).get("OptOutType") for asked in system.asked] == said


def test_with_a_shared_key_the_newer_algorithm_and_the_keys_own_secret_sign():
    with a_system() as system, running_standin(webhooks=system.url, shared_key=True, timing=QUICK) as vendor:
        vendor.receive_text(PHONE, "yes")
        vendor.settle()
    [asked] = system.asked
    settings, signature = header(asked, "X-Twilio-Webhooks-Signature-Settings"), header(asked, "X-Twilio-Signature")
    assert settings == f"key={vendor.identity.shared_key_id},algorithm=HMAC_SHA256"
    assert signed_with(vendor.identity.shared_key_secret, system.url, asked, signature, "HMAC_SHA256")
    assert not signed_with(vendor.identity.shared_key_secret, system.url, asked, signature, "HMAC_SHA1")
    assert not signed_with(vendor.identity.auth_token, system.url, asked, signature, "HMAC_SHA256")


# Mail events, and mails from clients


def test_the_events_of_a_mail_are_signed_and_carry_our_id():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        mailing(vendor).send(an_outgoing(address=ADDRESS))
        vendor.settle()
        key = vendor.identity.events_public_key
    for asked in system.asked:
        signed = header(asked, sendgrid_webhooks.TIMESTAMP_HEADER), asked.body
        signature = header(asked, sendgrid_webhooks.SIGNATURE_HEADER)
        assert asked.path == "/webhooks/sendgrid/events"
        assert asked.body.endswith(b"]\r\n")
        assert verify(key, *signed, signature)
        assert not verify(key, signed[0], asked.body.rstrip(), signature)
        assert not verify(vendor.identity.inbound_public_key, *signed, signature)
    assert sorted(event["event"] for event in events(system)) == ["delivered", "processed"]
    assert {event["message_id"] for event in events(system)} == {"4f2a9c"}
    assert all(event["sg_message_id"].startswith(vendor.mails[0].sid + ".") for event in events(system))
    reports = [report for asked in system.asked for report in sendgrid_webhooks.parse_events(asked.body)]
    assert ("4f2a9c", "delivered") in [(report.message_id, report.status) for report in reports]


def test_events_are_repeated_under_the_same_id():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        vendor.call_back("twice")
        mailing(vendor).send(an_outgoing(address=ADDRESS))
        vendor.settle()
    assert len(events(system)) == 6
    assert len({event["sg_event_id"] for event in events(system)}) == 2


def test_events_of_several_mails_come_in_one_batch_out_of_order():
    timing = Timing(pace=0.01, batch=1.0)
    with a_system() as system, running_standin(webhooks=system.url, timing=timing) as vendor:
        vendor.call_back(default="out_of_order")
        for number in range(2):
            mailing(vendor).send(an_outgoing(address=ADDRESS, message_id=f"m{number}"))
        vendor.settle()
    assert len(system.asked) == 1
    first = [event["event"] for event in events(system) if event["message_id"] == "m0"]
    assert first == ["delivered", "processed"]


def test_a_bounced_address_is_only_dropped_from_then_on():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        vendor.deliver(Outcome("bounce"))
        mailing(vendor).send(an_outgoing(address=ADDRESS, message_id="first"))
        vendor.settle()
        mailing(vendor).send(an_outgoing(address=ADDRESS, message_id="second"))
        vendor.settle()
    assert [(event["message_id"], event["event"]) for event in events(system)][-2:] == [
        ("first", "bounce"),
        ("second", "dropped"),
    ]
    assert events(system)[-1]["reason"] == "Bounced Address"


@pytest.mark.parametrize("ending", ["spamreport", "unsubscribe"])
def test_a_client_who_complains_about_a_mail_has_received_it_before(ending: Any):
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        vendor.deliver(Outcome(ending))
        mailing(vendor).send(an_outgoing(address=ADDRESS))
        vendor.settle()
    assert {event["event"] for event in events(system)} == {"processed", "delivered", ending}


def test_events_that_nobody_takes_are_posted_again_until_somebody_does():
    answer = Answer(503, "")
    with a_vendor_that_answers(answer) as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        mailing(vendor).send(an_outgoing(address=ADDRESS))
        with pytest.raises(TimeoutError):
            vendor.settle(0.15)
        answer.status = 204
        vendor.settle()
        results = vendor.report()["callbacks"]
    assert results["events 204"] == 2
    assert results["events 503"] >= 2


def test_a_client_writes_a_mail_and_our_reader_understands_it():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        vendor.receive_mail(f"Tina <{ADDRESS}>", "r@in.practice.example", "Re: your visit", "Sí, a las 10.", times=2)
        vendor.receive_mail(ADDRESS, "r@in.practice.example", "Lost", lost=True)
        vendor.settle()
    assert len(system.asked) == 2
    for asked in system.asked:
        timestamp = header(asked, sendgrid_webhooks.TIMESTAMP_HEADER)
        signature = header(asked, sendgrid_webhooks.SIGNATURE_HEADER)
        assert verify(vendor.identity.inbound_public_key, timestamp, asked.body, signature)
        assert b'name="envelope"\r\n\r\n{"to": ["r@in.practice.example"], "from": "tina@client.example"}' in asked.body
        assert b'name="dkim"\r\n\r\n{@client.example : pass}' in asked.body
    mails = [inbound_form.parse_inbound(header(asked, "Content-Type"), asked.body) for asked in system.asked]
    assert (mails[0].from_address, mails[0].text) == (ADDRESS, "Sí, a las 10.")
    assert mails[0] == mails[1]


def test_a_mail_comes_with_the_headers_that_are_asked_for():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        headers = {"Auto-Submitted": "auto-replied", "Message-ID": "<one@client.example>"}
        vendor.receive_mail(ADDRESS, "r@in.practice.example", "Away", "Back on Monday", headers=headers)
        vendor.settle()
    [asked] = system.asked
    assert b"\nAuto-Submitted: auto-replied\n" in asked.body
    assert asked.body.count(b"Message-ID: ") == 1
