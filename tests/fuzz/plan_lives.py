"""Lives a plan through the doors and `decide`: what comes in is refused properly, or judged without an exception."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from domain.acceptance import check_decision, check_event
from domain.actions import Action, OpenClaim, OpenEscalation, SendMessage, SendOutcome
from domain.agenda import agenda
from domain.bounds import AT_THE_DOOR
from domain.claim import ClaimState, new_claim
from domain.decide import decide
from domain.errors import EventRefused, Refused
from domain.escalation import DecisionBody, notice
from domain.events import EVENT, DecisionMade, Event, parse_outside_event
from domain.plan import TreatmentPlan
from domain.plan_file import plan_from_json, practice_from_json
from domain.policy import Practice
from domain.state import PlanState, new_state
from domain.wording import Wording
from domain.workflow_inputs import Fresh
from tests.fuzz.happenings import NAMED_HERE, decision, event, reply
from tests.fuzz.plans import plan_file, practice_file
from tests.fuzz.tape import Tape
from tests.fuzz.values import Moment

START = datetime(2026, 3, 2, 17, tzinfo=UTC)  # six days before the clocks change
ROUNDS = 60
"""So many judgements at one instant are an endless loop."""
HOURS = (0, 1, 5, 24, 72, 24 * 14, 24 * 200)
RESULTS = ("accepted", "accepted", "accepted", "deferred", "dropped", "refused", "unknown", "unclear")
_DECISION: TypeAdapter[DecisionBody] = TypeAdapter(Annotated[DecisionBody, AT_THE_DOOR])


@cache
def wording() -> Wording:
    """The packaged templates: putting a message into words is a part of each judgement."""
    return Wording.load()


def as_json(data: Any) -> Any:
    """What arrives of it when it is sent as JSON."""
    return json.loads(json.dumps(data))


def begun(practice: bytes, plan: bytes, *, stored: bool = False) -> PlanState | None:
    """The state of a new plan, or None where its files are refused as they should be.

    `stored`: as code without bounds took it, whose plans go on today.
    """
    try:
        if stored:
            ours = Practice.model_validate_json(json.dumps(practice_file(practice, START)))
            theirs = TreatmentPlan.model_validate_json(json.dumps(plan_file(plan, START)))
            ours.policy(theirs.follow_up)
            return new_state(theirs.plan_id or "plan-1", theirs, ours, START)
        ours = practice_from_json(as_json(practice_file(practice, START)))
        theirs = plan_from_json(as_json(plan_file(plan, START))).plan
        ours.policy(theirs.follow_up)
    except (Refused, ValidationError):
        return None  # pydantic's own where the plan's follow-up doesn't go with the practice's
    return new_state(theirs.plan_id or "plan-1", theirs, ours, START)


def opened_claim(plan: PlanState, opened: OpenClaim, at: datetime) -> ClaimState:
    """The state of a claim that the plan itself opened, as the activity makes it."""
    return new_claim(opened.claim, opened.payer, plan.practice, opened.therapist, opened.client, at)


class PlanLife:
    """One plan, its time and what is under way. Raises AssertionError where a judgement doesn't come to rest.

    `stored`: events lie in its inbox as code without bounds took them.
    """

    def __init__(self, state: PlanState, results: bytes, *, stored: bool = False) -> None:
        self._stored = stored
        self.state = state
        self.now = state.started_at
        self.wake_at: datetime | None = None
        self.over = False
        self.taken = 0
        self.claims: list[OpenClaim] = []
        self._results = Tape(results)
        self._inbox: list[Fresh] = []
        self.judge()

    def lives(self, steps: Sequence[bytes]) -> "PlanLife":
        """All steps, and a few wakes after them."""
        for number, step in enumerate(steps):
            tape = Tape(step)
            self._sleep(tape.number(3))
            self.now += timedelta(hours=tape.pick(HOURS))
            together = tape.one_in(5)
            self._happens(Moment(tape, self.now, NAMED_HERE, self._known), number)
            if not together:
                self.judge()
        self.judge()
        self._sleep(2)
        return self

    def judge(self) -> None:
        """Judge until nothing more is due at this moment, as the workflow does."""
        for _ in range(ROUNDS):
            decided = decide(self.state, self._inbox, self.now)
            stored = decided.state.model_dump_json()
            self.state = PlanState.model_validate_json(stored)
            assert self.state.model_dump_json() == stored, "the state isn't the same after it was stored"
            self._inbox, self.wake_at, self.over = [], decided.wake_at, decided.over
            for action in decided.actions:
                self._carried_out(action)
            if not self._inbox and (self.wake_at is None or self.wake_at > self.now):
                return
        raise AssertionError("it judges again and again at the same moment")

    def _sleep(self, times: int) -> None:
        for _ in range(times):
            if self.wake_at is None or self.over:
                return
            self.now = max(self.now, self.wake_at)
            self.judge()

    def _happens(self, moment: Moment, number: int) -> None:
        what = moment.tape.pick(("event", "event", "event", "reply", "reply", "decision", "wait"))
        if what == "event":
            self._event(as_json(event(moment)))
        elif what == "reply":
            said = {"type": "client_replied", "event_id": f"r{number}", "occurred_at": self.now, "channel": "sms"}
            self._takes(EVENT.validate_python(said | {"text": reply(moment)}))
        elif what == "decision":
            self._decides(as_json(decision(moment)))

    def _event(self, body: Any) -> None:
        try:
            self._takes(EVENT.validate_json(json.dumps(body)) if self._stored else parse_outside_event(body))
        except ValidationError:
            return

    def _takes(self, happened: Event) -> None:
        try:
            if not self._stored:
                check_event(self.state, happened, self.now, self._inbox)
        except EventRefused:
            return
        self.taken += 1
        self._inbox.append(happened)

    def _decides(self, body: Any) -> None:
        asked = next((each for each in self.state.asked if each.open), None)
        if asked is None:
            return
        try:
            decided = _DECISION.validate_python(body)
            check_decision(self.state, asked.kind, decided.choice, decided.changes)
        except (ValidationError, EventRefused):
            return
        said = {"event_id": f"d-{asked.escalation_id}", "occurred_at": self.now, "escalation_id": asked.escalation_id}
        self._takes(DecisionMade.model_validate(said | decided.model_dump(exclude_unset=True)))

    def _known(self, what: str, nth: int) -> str:
        keys = [touchpoint.key for touchpoint in agenda(self.state)]
        return keys[nth % len(keys)] if keys else what

    def _carried_out(self, action: Action) -> None:
        if isinstance(action, OpenEscalation):
            notices = [notice(action.escalation, nth).due_at for nth in range(12)]
            assert notices == sorted(notices)
            assert notices[-1] > notices[0], "people are told without end at the same moment"
        if isinstance(action, OpenClaim):
            self.claims.append(action)
        if isinstance(action, SendMessage):
            in_words(action)
            outcome = outcome_of(action, self._results, self.now)
            self._inbox += [outcome] if outcome else []


def outcome_of(message: SendMessage, results: Tape, now: datetime) -> SendOutcome | None:
    """What becomes of the message; None where the plan needs hear nothing of it."""
    result = "refused" if message.address is None else results.pick(RESULTS)
    if result == "accepted":
        return None
    until = now + timedelta(hours=5) if result in ("deferred", "unclear") else None
    outcome = {"message_key": message.message_key, "touchpoint_key": message.touchpoint_key, "result": result}
    return SendOutcome.model_validate(outcome | {"at": now, "until": until, "because": "so"})


def in_words(message: SendMessage) -> None:
    """Put the message into words, as the activity does that judges."""
    facts = {"url": "https://example.com/plans/1", **message.facts}
    words = wording().render(
        message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
    )
    assert words.text.strip()
