import base64
import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest

from domain.client import Language
from domain.email_reply import own_words
from providers.base import Accepted, DeliveryError, Outgoing
from providers.sendgrid_email import REPLY_LINES, SendGridEmail, what_may_be_said
from tests.providers.outgoing_builder import an_outgoing
from tests.providers.scripted_vendor import Answer, Vendor, a_url_where_nobody_listens, a_vendor_that_answers

ADDRESS = "tina@client.example"
KEY = "SG.a-key"
SPEC = Path(__file__).parents[3] / "shared" / "specs" / "sendgrid_mail_v3.json"


LINK = "https://followthrough.example/m/4f2a9c.abc.def"
REPLY_TO = "r+0123456789abcdef0123456789abcdef@in.practice.example"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def a_sender(url: str, *, signed_baa: bool = False) -> SendGridEmail:
    return SendGridEmail(
        api_key=KEY,
        from_email="hello@practice.example",
        practice_name="Harbor Massage",
        practice_phone="(206) 555-0100",
        signed_baa=signed_baa,
        api_base=url,
        timeout_seconds=0.3,
    )


def a_mail(language: Language = "en", **changes: Any) -> Outgoing:
    fields = {
        "channel": "email",
        "address": ADDRESS,
        "subject": "Your neck on Tuesday",
        "text": "Your neck pain was 7. SECRET",
        "language": language,
    }
    return an_outgoing(**fields | changes)


def a_dressed_mail(language: Language = "en") -> Outgoing:
    """A mail to a client with everything that a letter may carry."""
    return a_mail(language, link=LINK, reply_to=REPLY_TO, calendar=CALENDAR)


def what_the_vendor_got(mail: Outgoing, *, signed_baa: bool = False) -> dict[str, Any]:
    with a_vendor_that_answers(queued()) as vendor:
        a_sender(vendor.url, signed_baa=signed_baa).send(mail)
    return the_body(vendor)


def queued() -> Answer:
    return Answer(202, "", {"X-Message-Id": "vendor-id"})


def the_body(vendor: Vendor) -> dict[str, Any]:
    return json.loads(vendor.asked[0].body)


def what_goes_wrong(answer: Answer) -> tuple[DeliveryError, int]:
    with a_vendor_that_answers(answer) as vendor:
        with pytest.raises(DeliveryError) as caught:
            a_sender(vendor.url).send(a_mail())
        return caught.value, len(vendor.asked)


def test_a_mail_says_only_that_there_is_a_message_and_whom_to_call():
    with a_vendor_that_answers(queued()) as vendor:
        assert a_sender(vendor.url).send(a_mail()) == Accepted("vendor-id")
    assert vendor.asked[0].path == "/v3/mail/send"
    assert the_body(vendor) == {
        "from": {"email": "hello@practice.example", "name": "Harbor Massage"},
        "personalizations": [{"to": [{"email": ADDRESS}], "custom_args": {"message_id": "4f2a9c"}}],
        "subject": "You have a message from Harbor Massage",
        "content": [
            {
                "type": "text/plain",
                "value": "You have a message from Harbor Massage. To hear it, please call (206) 555-0100.",
            }
        ],
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
        },
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_without_an_agreement_neither_the_message_nor_the_visit_leaves_through_this_vendor(language: Language):
    body = what_the_vendor_got(a_dressed_mail(language))
    told = json.dumps(body)
    assert "neck" not in told
    assert "SECRET" not in told
    assert "attachments" not in body
    assert base64.b64encode(CALENDAR.encode()).decode() not in told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "You have a message from Harbor Massage. To read it, open this page:\n\n"
            f"{LINK}\n\nOr call us at (206) 555-0100.",
        ),
        (
            "es",
            "Tiene un mensaje de Harbor Massage. Para leerlo, abra esta página:\n\n"
            f"{LINK}\n\nO llame al (206) 555-0100.",
        ),
    ],
)
def test_a_client_is_led_to_the_page_where_the_message_can_be_read(language: Language, text: str):
    body = what_the_vendor_got(a_dressed_mail(language))
    assert body["content"] == [{"type": "text/plain", "value": text}]


@pytest.mark.parametrize("signed_baa", [False, True])
def test_every_mail_can_be_answered_and_unsubscribed_from_and_is_not_tracked(signed_baa: bool):
    body = what_the_vendor_got(a_dressed_mail(), signed_baa=signed_baa)
    assert body["reply_to"] == {"email": REPLY_TO, "name": "Harbor Massage"}
    assert body["headers"] == {
        "List-Unsubscribe": f"<{LINK}/unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert body["personalizations"][0]["custom_args"] == {"message_id": "4f2a9c"}
    assert body["tracking_settings"]["click_tracking"] == {"enable": False, "enable_text": False}
    assert body["tracking_settings"]["open_tracking"] == {"enable": False}


@pytest.mark.parametrize("signed_baa", [False, True])
def test_a_mail_to_staff_has_nothing_to_unsubscribe_from(signed_baa: bool):
    body = what_the_vendor_got(a_mail(), signed_baa=signed_baa)
    assert "headers" not in body
    assert "reply_to" not in body


@pytest.mark.parametrize("language", ["en", "es"])
def test_with_an_agreement_the_message_goes_below_a_line_to_reply_above(language: Language):
    body = what_the_vendor_got(a_dressed_mail(language), signed_baa=True)
    assert body["subject"] == "Your neck on Tuesday"
    lines = {"en": "-- Reply above this line --", "es": "-- Responda arriba de esta línea --"}
    assert body["content"][0]["value"] == f"{lines[language]}\n\nYour neck pain was 7. SECRET"


def test_with_an_agreement_but_nowhere_to_reply_to_the_message_goes_as_it_is():
    body = what_the_vendor_got(a_mail(link=LINK), signed_baa=True)
    assert body["content"][0]["value"] == "Your neck pain was 7. SECRET"


def test_a_mail_without_a_subject_of_its_own_says_that_there_is_a_message():
    body = what_the_vendor_got(a_mail(subject=None), signed_baa=True)
    assert body["subject"] == "You have a message from Harbor Massage"


def test_with_an_agreement_the_visit_goes_as_a_calendar_file_with_its_own_method():
    body = what_the_vendor_got(a_dressed_mail(), signed_baa=True)
    assert body["attachments"] == [
        {
            "content": base64.b64encode(CALENDAR.encode()).decode(),
            "filename": "appointment.ics",
            "type": "text/calendar; method=CANCEL",
            "disposition": "attachment",
        }
    ]


@pytest.mark.parametrize("line", REPLY_LINES.values())
def test_the_reader_of_replies_knows_our_line(line: str):
    assert own_words(f"Yes, I come\n\n{line}\n\nReply STOP to stop") == "Yes, I come"


def test_a_spanish_client_is_told_in_spanish():
    letter = what_may_be_said("es", "Harbor Massage", "(206) 555-0100")
    assert letter.subject == "Tiene un mensaje de Harbor Massage"
    assert letter.text == "Tiene un mensaje de Harbor Massage. Para escucharlo, llame al (206) 555-0100."


def test_every_field_that_we_send_is_one_of_the_vendors_own_api_description():
    if not SPEC.exists():
        pytest.skip("the vendor's API description is not beside this repository")
    described = json.loads(SPEC.read_text())
    assert described["paths"]["/v3/mail/send"]["post"]["requestBody"]["$ref"].endswith("/PostMailSend")
    schema = described["components"]["requestBodies"]["PostMailSend"]["content"]["application/json"]["schema"]
    recipient = schema["properties"]["personalizations"]["items"]["properties"]
    body = what_the_vendor_got(a_dressed_mail(), signed_baa=True)
    assert set(body["attachments"][0]) <= set(schema["properties"]["attachments"]["items"]["properties"])
    assert set(body) <= set(schema["properties"])
    assert set(schema["required"]) <= set(body)
    assert set(body["personalizations"][0]) <= set(recipient)
    assert set(body["tracking_settings"]) <= set(schema["properties"]["tracking_settings"]["properties"])


def test_a_mail_that_is_queued_without_an_id_goes_by_ours():
    with a_vendor_that_answers(Answer(202, "")) as vendor:
        assert a_sender(vendor.url).send(a_mail()) == Accepted("4f2a9c")


@pytest.mark.parametrize(("status", "cause"), [(400, "refused"), (413, "content"), (422, "refused")])
def test_a_mail_that_the_vendor_will_not_take_is_refused_for_good(status: int, cause: str):
    error, _ = what_goes_wrong(Answer(status, '{"errors": []}'))
    assert (error.permanent, error.unknown, error.code, error.cause) == (True, False, status, cause)


@pytest.mark.parametrize(
    ("status", "cause"),
    [(401, "our_settings"), (403, "our_settings"), (404, "our_settings"), (307, "our_settings"), (429, "busy")],
)
def test_a_busy_vendor_or_our_own_settings_leave_the_mail_to_be_tried_later(status: int, cause: str):
    error, _ = what_goes_wrong(Answer(status, "{}"))
    assert (error.permanent, error.unknown, error.cause) == (False, False, cause)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, "{}"),
        Answer(502, "<html>"),
        Answer(200, "<html>Welcome</html>"),
        Answer(behaviour="hang"),
        Answer(behaviour="drop"),
    ],
    ids=["500", "502 html", "some page", "hangs", "drops"],
)
def test_where_nobody_can_tell_the_outcome_is_unknown_and_the_vendor_was_called_once(answer: Answer):
    error, calls = what_goes_wrong(answer)
    assert (error.permanent, error.unknown, calls) == (False, True, 1)


def test_a_vendor_that_hangs_is_given_up_after_our_timeout():
    started = time.monotonic()
    what_goes_wrong(Answer(behaviour="hang"))
    assert time.monotonic() - started < 5


def test_a_connection_that_was_never_made_may_be_tried_again():
    with pytest.raises(DeliveryError) as caught:
        a_sender(a_url_where_nobody_listens()).send(a_mail())
    assert (caught.value.permanent, caught.value.unknown, caught.value.cause) == (False, False, "not_connected")


def test_neither_the_mail_nor_our_key_is_logged(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        error, _ = what_goes_wrong(Answer(400, json.dumps({"errors": [{"message": f"{ADDRESS} is no good"}]})))
    told = f"{error!r} {error} {caplog.text}"
    for secret in (ADDRESS, KEY, "SECRET"):
        assert secret not in told
    assert not logging.getLogger("python_http_client.client").isEnabledFor(logging.DEBUG)


def test_an_address_without_an_at_is_a_bad_address_and_nothing_is_sent():
    with a_vendor_that_answers(queued()) as vendor:
        with pytest.raises(DeliveryError) as raised:
            a_sender(vendor.url).send(a_mail(address="tina"))
        assert (raised.value.cause, vendor.asked) == ("bad_address", [])
