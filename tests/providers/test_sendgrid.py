import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest

from domain.client import Language
from providers.base import Accepted, DeliveryError, Outgoing
from providers.sendgrid_email import SendGridEmail, what_may_be_said
from tests.providers.outgoing_builder import an_outgoing
from tests.providers.scripted_vendor import Answer, Vendor, a_url_where_nobody_listens, a_vendor_that_answers

ADDRESS = "tina@client.example"
KEY = "SG.a-key"
SPEC = Path(__file__).parents[3] / "shared" / "specs" / "sendgrid_mail_v3.json"


def a_sender(url: str) -> SendGridEmail:
    return SendGridEmail(
        api_key=KEY,
        from_email="hello@practice.example",
        practice_name="Harbor Massage",
        practice_phone="(206) 555-0100",
        api_base=url,
        timeout_seconds=0.3,
    )


def a_mail(language: Language = "en") -> Outgoing:
    return an_outgoing(
        channel="email",
        address=ADDRESS,
        subject="Your neck on Tuesday",
        text="Your neck pain was 7. SECRET",
        language=language,
    )


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
def test_the_message_itself_never_leaves_through_this_vendor(language: Language):
    with a_vendor_that_answers(queued()) as vendor:
        a_sender(vendor.url).send(a_mail(language))
    assert b"neck" not in vendor.asked[0].body
    assert b"SECRET" not in vendor.asked[0].body


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
    with a_vendor_that_answers(queued()) as vendor:
        a_sender(vendor.url).send(a_mail())
    body = the_body(vendor)
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
