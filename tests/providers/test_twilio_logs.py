import contextlib
import logging

import pytest

from providers.base import DeliveryError
from providers.twilio_sms import TwilioSms
from tests.providers.listed_builder import OUR_NUMBER, SINCE, a_listed, pages
from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.scripted_vendor import Answer, a_url_where_nobody_listens, a_vendor_that_answers
from tests.providers.test_twilio_find import a_sender


def do_everything(sender: TwilioSms) -> None:
    sender.find(an_outgoing(), SINCE, lambda _: False)
    for call in (lambda: sender.send(an_outgoing()), lambda: sender.received_since(SINCE), sender.check):
        with contextlib.suppress(DeliveryError):
            call()


def say_nothing_of_people(caplog: pytest.LogCaptureFixture) -> bool:
    told = caplog.text + "".join(repr(record.args) for record in caplog.records)
    digits = (PHONE.removeprefix("+"), OUR_NUMBER.removeprefix("+"))
    return not any(secret in told for secret in (*digits, TEXT, "a-token"))


def test_a_log_of_everything_holds_no_number_when_all_goes_well(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG), a_vendor_that_answers(pages([a_listed()])) as vendor:
        do_everything(a_sender(vendor.url))
    assert say_nothing_of_people(caplog)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, f'{{"code": 20500, "message": "{PHONE}"}}'),
        Answer(400, f'{{"code": 21211, "message": "{PHONE}"}}'),
        Answer(200, f"not JSON {PHONE}"),
        Answer(307, "", {"Location": f"/elsewhere?To={PHONE}"}),
        Answer(200, "{}", {"Not a header": "at all", "no colon\r\nafter this": "x"}),
        Answer(behaviour="hang"),
        Answer(behaviour="drop"),
    ],
    ids=["500", "400", "no JSON", "redirect", "malformed headers", "hangs", "drops"],
)
def test_a_log_of_everything_holds_no_number_when_it_goes_wrong(answer: Answer, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG), a_vendor_that_answers(answer) as vendor:
        do_everything(a_sender(vendor.url))
    assert say_nothing_of_people(caplog)


def test_a_log_of_everything_holds_no_number_when_nobody_answers(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        do_everything(a_sender(a_url_where_nobody_listens()))
    assert say_nothing_of_people(caplog)


@pytest.mark.parametrize("name", ["twilio.http_client", "urllib3.connectionpool", "urllib3.connection", "urllib3"])
def test_what_logs_requests_is_quiet_once_a_sender_is_made(name: str):
    logging.getLogger(name).setLevel(logging.DEBUG)
    a_sender("http://127.0.0.1:1")
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
