"""Waits of the product that take minutes in real life, made short for programs that die in tests.

What follows from a wait is not touched.
"""

import functools
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from temporalio.client import Client

import providers.sendgrid_email
import providers.twilio_sms
import worker

__all__ = ["TIMEOUT_SECONDS", "WAITS", "shorten"]

TIMEOUT_SECONDS = 1.5
"""How long our provider's client waits for an answer here."""
ROOMS = ("activities", "programs", "records", "web", "worker", "workflows")
WAITS = {
    "SWEEP_EVERY": 2,
    "POLL_EVERY": 3,
    "DOUBTS_AFTER": 45,
    "HAND_OVER_AFTER": 3,
    "TAKE_AFTER": 3,
    "FIRST_PAUSE": 2,
    "LONGEST_PAUSE": 8,
    "A_MOMENT": 1,
    "TRY_AGAIN_AFTER": 2,
    "SEND_WITHIN": 6,
    "TRY_SENDING_AGAIN_AFTER": 3,
    "CALL_WITHIN": 6,
    "LOOK_EVERY": 2,
    "TRY_AGAIN_AFTER_LOSS": 1,
}
"""The product's waits by name, in seconds: minutes in real life, and longer than one another as there."""


def shorten(others: Mapping[str, float]) -> None:
    """Make the product's waits short: as above, but for `others`. Raises LookupError where one has got another name."""
    for client in (providers.twilio_sms.TwilioSms, providers.sendgrid_email.SendGridEmail):
        cast("dict[str, float]", client.__init__.__kwdefaults__)["timeout_seconds"] = TIMEOUT_SECONDS
    worker.OUR_MODULES = (*worker.OUR_MODULES, "workflows")  # or the sandbox would load the real waits again
    rooms = [module for name, module in sys.modules.items() if name.partition(".")[0] in ROOMS]
    for wait, seconds in {**WAITS, **others}.items():
        places = [module for module in rooms if hasattr(module, wait)]
        if not places:
            raise LookupError(f"no module has a wait named {wait} any more")
        for module in places:
            setattr(module, wait, timedelta(seconds=seconds))
    start: Any = Client.start_workflow
    quick: Any = functools.partialmethod(start, task_timeout=timedelta(seconds=5))
    Client.start_workflow = quick
    real: Any = worker.Worker
    worker.Worker = functools.partial(real, sticky_queue_schedule_to_start_timeout=timedelta(seconds=2))  # pyright: ignore[reportAttributeAccessIssue]
