"""Our worker or web process with our own logs at DEBUG, made to crash in each of its rooms at a certain word.

    python tests/sending_privacy/loud.py worker|web

Each crash happens once per process, and its error holds all that was at hand: as a fault that nobody foresaw might.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

import cli
import worker
from activities import judgement
from activities.hand_over import HandOver
from domain import acceptance
from providers.twilio_sms import TwilioSms
from records.database import Records
from tests.sending_privacy.canaries import CRASH

CRASHED: set[str] = set()


def crash_once(place: str, *at_hand: object) -> None:
    """Raises ValueError with everything that is at hand in its words, the first time that the word comes by."""
    words = " ".join(map(str, at_hand))
    if place not in CRASHED and CRASH in words:
        CRASHED.add(place)
        raise ValueError(words)


def crashing(kind: Any, name: str, place: str) -> None:
    """Let this method crash at the word before it does anything."""
    real = getattr(kind, name)

    def does(self: Any, *given: Any, **named: Any) -> Any:
        crash_once(place, *given, named)
        return real(self, *given, **named)

    setattr(kind, name, does)


def crash_in_the_worker() -> None:
    """While an event is checked, while judging, and while sending: there the first text of all is enough."""
    really_decide, really_send, really_check = judgement.decide, TwilioSms.send, acceptance.check_event

    def decides(state: Any, fresh: Any, now: Any) -> Any:
        crash_once("judgement", state, fresh)
        return really_decide(state, fresh, now)

    def sends(self: Any, outgoing: Any) -> Any:
        crash_once("sending", outgoing, CRASH)
        return really_send(self, outgoing)

    def checks(state: Any, event: Any, now: Any, inbox: Any) -> None:
        crash_once("update", event)
        really_check(state, event, now, inbox)

    judgement.decide = decides
    TwilioSms.send = sends
    # Inside the workflow: our modules are passed through its sandbox.
    acceptance.check_event = checks


def crash_in_the_web() -> None:
    """While a text is looked up, and after the answer, in the task that hands it over."""
    crashing(Records, "look_up", "look-up")
    crashing(HandOver, "hand_over", "hand-over")


def main() -> None:
    """Run the program of that name."""
    logging.getLogger("followthrough").setLevel(logging.DEBUG)
    if sys.argv[1] == "worker":
        address = f"127.0.0.1:{os.environ['METRICS_PORT']}"
        Runtime.set_default(Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address))))
        crash_in_the_worker()
        worker.main()
    crash_in_the_web()
    cli.main()


if __name__ == "__main__":
    main()
