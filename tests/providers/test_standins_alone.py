import signal
import subprocess
import sys
from pathlib import Path

import pytest

from providers.twilio_sms import TwilioSms
from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.standin_builder import (
    ADDRESS,
    PUBLIC,
    QUICK,
    a_system,
    asking,
    texting,
    the_form,
    what_goes_wrong,
)
from tests.standins import running_standin
from tests.today import this_moment


def test_another_process_can_direct_it():
    with a_system() as system, running_standin(timing=QUICK) as vendor, asking(vendor) as there:
        there.post("/_standin/webhooks", json={"url": system.url, "public_url": PUBLIC}).raise_for_status()
        there.post("/_standin/behave", json={"queue": ["accept_then_500"]}).raise_for_status()
        there.post("/_standin/deliver", json={"default": "undelivered 30005"}).raise_for_status()
        assert what_goes_wrong(texting(vendor)).cause == "no_answer"
        order = {"from": PHONE, "body": "yes"}
        sid = there.post("/_standin/text", json=order).raise_for_status().json()["sid"]
        there.post("/_standin/mail", json={"from": ADDRESS, "to": "r@in.practice.example", "subject": "Hi"})
        report = there.post("/_standin/settle").raise_for_status().json()
        state = there.get("/_standin/state").raise_for_status().json()
        wrong = there.post("/_standin/behave", json={"queue": ["banana"]})
        wrong_outcome = there.post("/_standin/deliver", json={"mix": {"undelivered soon": 1}})
    assert sid in {the_form(asked).get("MessageSid") for asked in system.asked if asked.path.endswith("inbound")}
    assert report["callbacks"] == {"inbound 204": 1, "mail in 204": 1, "status 204": 2}
    assert [(text["to"], text["error_code"]) for text in state["texts"]] == [(PHONE, 30005)]
    assert state["environment"]["TWILIO_API_BASE"] == vendor.url
    assert (wrong.status_code, wrong_outcome.status_code) == (422, 422)


def test_an_error_of_the_stand_in_itself_is_not_taken_for_a_behaviour():
    moments = iter([this_moment()])
    with (
        pytest.raises(RuntimeError, match="the stand-in itself went wrong"),
        running_standin(clock=lambda: next(moments)) as vendor,
    ):
        what_goes_wrong(texting(vendor))


def test_it_runs_by_itself_shows_what_arrives_and_ends_cleanly():
    command = [sys.executable, "-m", "tests.standins", "--port", "0", "--fixed", "a word", "--webhooks", ""]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        environment: dict[str, str] = {}
        for line in running.stdout:
            if line.startswith("#"):
                break
            name, _, value = line.strip().partition("=")
            environment[name] = value
        TwilioSms(
            account_sid=environment["TWILIO_ACCOUNT_SID"],
            auth_token=environment["TWILIO_AUTH_TOKEN"],
            from_number=environment["TWILIO_FROM_NUMBER"],
            public_url="http://127.0.0.1:1",
            api_base=environment["TWILIO_API_BASE"],
        ).send(an_outgoing())
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=10)
    assert running.returncode == 0
    assert f'text to {PHONE}  "{TEXT}"' in rest
    assert environment["MESSAGING"] == "live"
