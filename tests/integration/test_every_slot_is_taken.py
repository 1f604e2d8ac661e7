"""While every ordinary slot is taken by a slow sender, what is urgent still goes, on either of Temporal's servers."""

import threading
from dataclasses import dataclass, field
from datetime import date

import pytest

from domain.client import Channel, Client, Consent, Person
from domain.names import TASK_QUEUE, URGENT_TASK_QUEUE, escalation_workflow_id
from domain.plan import TreatmentPlan
from providers.base import Accepted, Outgoing
from records.database import Records
from tests.domain.plan_builder import a_plan
from tests.integration.here import a_worker_here
from tests.integration.live_site import PATIENCE_SECONDS, Site, wait_until
from tests.integration.quick_plans import a_practice
from tests.workflows.stage import a_stage
from web.intake import Intake

SLOTS = 20
FLAGGED, STOPPED, THERAPIST = "+12535550101", "+12535550102", "+13605550110"


@dataclass
class SlowCarrier:
    """Takes every text at once, but those to the numbers that are held: until they are let go nothing comes of them."""

    channel: Channel = "sms"
    held: set[str] = field(default_factory=set[str])
    hanging: int = 0
    went: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    let_go: threading.Event = field(default_factory=threading.Event)

    def send(self, outgoing: Outgoing) -> Accepted:
        if outgoing.address in self.held:
            self.hanging += 1
            self.let_go.wait(2 * PATIENCE_SECONDS)
        self.went.append((outgoing.address, outgoing.text))
        return Accepted(f"SM{outgoing.message_id}")

    def has(self, address: str, words: str) -> bool:
        return any(to == address and words in text for to, text in list(self.went))


def a_held_plan(nth: int, phone: str) -> TreatmentPlan:
    consent = Consent(channel="sms", date=date(2026, 1, 1), source="intake form")
    client = Client(name="Tina Example", phone=phone, time_zone="America/Los_Angeles", consents=[consent])
    plan = a_plan(client=client, plan_id=f"slow-{nth}")
    return plan.model_copy(update={"therapist": Person(name="Maya", phone=THERAPIST)})


async def urgent_goes(intake: Intake, carrier: SlowCarrier, records: Records) -> None:
    """Fill all slots with welcomes that hang, then text a red flag and a STOP, and see both answered meanwhile."""
    try:
        for nth, phone in enumerate((FLAGGED, STOPPED)):
            await intake.enroll(a_held_plan(nth, phone))
        await wait_until("both are welcomed", lambda: len(carrier.went) == 2)
        carrier.held = {f"+120655501{nth:02d}" for nth in range(2 * SLOTS)}
        for nth, phone in enumerate(sorted(carrier.held), start=2):
            await intake.enroll(a_held_plan(nth, phone))
        await wait_until("every slot is taken", lambda: carrier.hanging == SLOTS)
        await intake.take_reply("SM-flag", "sms", FLAGGED, "I have chest pain and I can not breathe")
        await intake.take_reply("SM-stop", "sms", STOPPED, "please stop texting me")
        await wait_until("the client has the fixed answer", lambda: carrier.has(FLAGGED, "Call 911 now"))
        await wait_until("the therapist is paged", lambda: carrier.has(THERAPIST, "/d/"))
        await wait_until("the opt-out is confirmed", lambda: carrier.has(STOPPED, "you won't get any more texts"))
        assert records.is_suppressed("sms", STOPPED)
        assert [text for to, text in carrier.went if to in carrier.held] == []
    finally:
        carrier.let_go.set()


@pytest.mark.timeout(240)
async def test_on_the_dev_server_and_the_question_runs_in_the_urgent_lane(quiet_site: Site) -> None:
    carrier = SlowCarrier()
    async with a_worker_here(quiet_site, {"sms": carrier}):
        await urgent_goes(quiet_site.intake, carrier, quiet_site.records)
        (view,) = [view for view in quiet_site.records.escalations() if view.escalation.plan_id == "slow-0"]
        handle = quiet_site.temporal.get_workflow_handle(escalation_workflow_id(view.escalation.escalation_id))
        assert (await handle.describe()).task_queue == URGENT_TASK_QUEUE
        plan = quiet_site.temporal.get_workflow_handle("plan-slow-0")
        assert (await plan.describe()).task_queue == TASK_QUEUE


@pytest.mark.timeout(240)
async def test_on_the_time_skipping_server() -> None:
    carrier = SlowCarrier()
    async with a_stage(a_practice(), providers=[carrier]) as stage:
        await urgent_goes(stage.intake, carrier, stage.records)
