"""Claims for tests, and a player that lives a claim through `decide_claim` alone."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from domain.actions import AddDeskTask, CloseDeskTask, SendMessage, SendOutcome
from domain.adjustments import Adjustment
from domain.billed import Claim, ServiceLine
from domain.claim import ClaimState, new_claim
from domain.claim_acceptance import check_claim_event
from domain.claim_deadlines import Deadline, deadlines_of
from domain.claim_events import ClaimFresh, OutsideClaimEvent, parse_claim_event
from domain.client import Person
from domain.decide_claim import decide_claim
from domain.events import DeliveryFailed
from domain.payer import Payer, Rule
from domain.policy import Practice
from tests.domain.plan_builder import a_client, a_practice

HERE = ZoneInfo("America/Los_Angeles")
SERVICE = date(2026, 3, 2)  # a Monday
OPENED = datetime(2026, 3, 2, 19, tzinfo=UTC)  # 11:00 there
BILLER = Person(name="Bo", phone="+12065550121")
OWNER = Person(name="Olga", phone="+12065550122")
THERAPIST = Person(name="Maya", phone="+12065550110")
NOT_NECESSARY = [Adjustment("CO", "50", Decimal(80))]
WHOLE = [Adjustment("CO", "45", Decimal(20)), Adjustment("PR", "3", Decimal(20))]
"""Of 120: 20 written off by contract, 20 the client's copay, so 80 to be paid."""


def at(day: date | str, hour: int = 12) -> datetime:
    """A wall-clock hour of the practice, as a moment."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(on, time(hour), HERE)


def a_payer(**other: Any) -> Payer:
    return Payer.model_validate({"id": "blue", "name": "Blue Example", "type": "aca", "state": "WA"} | other)


def a_claim_practice(rules: Sequence[Rule] = (), **other: Any) -> Practice:
    more: dict[str, Any] = {"biller": BILLER, "owner": OWNER, "payers": [a_payer()], "claim_rules": list(rules)}
    return a_practice().model_copy(update=more | other)


def a_claim(
    *,
    payer: Payer | None = None,
    practice: Practice | None = None,
    therapist: Person = THERAPIST,
    opened_at: datetime = OPENED,
    client: dict[str, Any] | None = None,
    **other: Any,
) -> ClaimState:
    written: dict[str, Any] = {
        "claim_id": "plan-1-1",
        "plan_id": "plan-1",
        "number": "FT-1001",
        "payer_id": "blue",
        "service_date": SERVICE,
        "session": 1,
        "lines": [ServiceLine(code="97124", units=4, minutes=60, charge=Decimal(120))],
        "charge": Decimal(120),
    }
    claim = Claim.model_validate(written | other)
    return new_claim(
        claim, payer or a_payer(), practice or a_claim_practice(), therapist, a_client(**(client or {})), opened_at
    )


Outcome = Callable[[SendMessage, datetime], SendOutcome | None]


def outcome_of(message: SendMessage, now: datetime, result: str = "accepted", **more: Any) -> SendOutcome:
    """What came of a message."""
    given = {"message_key": message.message_key, "touchpoint_key": message.touchpoint_key, "result": result, "at": now}
    return SendOutcome.model_validate(given | more)


class PlayedClaim:
    """A claim that is lived without Temporal: `until` moves the time on, as the workflow's timer would."""

    def __init__(self, state: ClaimState | None = None, outcome: Outcome = outcome_of) -> None:
        self.state = state or a_claim()
        self.now = self.state.opened_at
        self.sent: list[tuple[datetime, SendMessage]] = []
        self.tasks: list[AddDeskTask] = []
        self.closed: list[str] = []
        self.over = False
        self.wake_at: datetime | None = None
        self.numbered = 0
        self._inbox: list[ClaimFresh] = []
        self._outcome = outcome
        self._judge()

    def _judge(self) -> None:
        for _ in range(50):
            decision = decide_claim(self.state, self._inbox, self.now)
            assert decision.wake_at is None or decision.wake_at > self.now, "it would wake in a loop"
            # As the workflow does: the state goes through JSON between two judgements.
            self.state = ClaimState.model_validate_json(decision.state.model_dump_json())
            self._inbox, self.wake_at, self.over = [], decision.wake_at, decision.over
            for action in decision.actions:
                if isinstance(action, SendMessage):
                    outcome = self._outcome(action, self.now)
                    if outcome is None or outcome.result == "accepted":
                        self.sent.append((self.now, action))
                    if outcome is not None:
                        self._inbox.append(outcome)
                elif isinstance(action, AddDeskTask):
                    self.tasks.append(action)
                elif isinstance(action, CloseDeskTask):
                    self.closed.append(action.key)
            if not self._inbox:
                return
        raise AssertionError("the judgement never comes to rest")

    def until(self, moment: datetime | str) -> "PlayedClaim":
        end = at(moment) if isinstance(moment, str) else moment
        while self.wake_at is not None and self.wake_at <= end:
            self.now = max(self.wake_at, self.now)
            self._judge()
        self.now = max(end, self.now)
        return self

    def sleep_until(self, moment: datetime | str) -> "PlayedClaim":
        """Nothing runs until then; then one judgement."""
        self.now = at(moment) if isinstance(moment, str) else moment
        self._judge()
        return self

    def take(self, event: OutsideClaimEvent, moment: datetime | None = None, *, checked: bool = True) -> "PlayedClaim":
        self.until(moment or max(event.occurred_at, self.now))
        if checked:
            check_claim_event(self.state, event, self.now)
        self._inbox.append(event)
        self._judge()
        return self

    def hear_of(self, failed: DeliveryFailed) -> "PlayedClaim":
        """The provider gave a message up, now."""
        self._inbox.append(failed)
        self._judge()
        return self

    def event(self, kind: str, day: str | None = None, **fields: Any) -> OutsideClaimEvent:
        """An event of noon of that day, by default of now."""
        self.numbered += 1
        when = at(day) if day else self.now
        return parse_claim_event({"type": kind, "event_id": f"e{self.numbered}", "occurred_at": when} | fields)

    def hear(self, kind: str, day: str | None = None, **fields: Any) -> "PlayedClaim":
        return self.take(self.event(kind, day, **fields))

    def went(self, kind: str = "claim_nudge") -> list[tuple[str, str, str]]:
        """Day and hour on the practice's clock, key and audience of what was sent."""
        return [
            (f"{moment.astimezone(HERE):%Y-%m-%d %H}", message.touchpoint_key, message.audience)
            for moment, message in self.sent
            if message.kind == kind
        ]

    def nudged(self) -> list[tuple[str, str]]:
        """Day and key of the nudges."""
        return [(when[:10], key.removeprefix("nudge:")) for when, key, _ in self.went()]

    def alerted(self, deadline: str) -> list[tuple[str, str, str]]:
        """Day, threshold and audience of the alerts about one deadline."""
        return [
            (when[:10], key.split(":")[-2], audience)
            for when, key, audience in self.went("deadline_alert")
            if key.startswith(f"alert:{deadline}:")
        ]

    def deadline(self, key: str) -> Deadline:
        return next(each for each in deadlines_of(self.state) if each.key == key)

    def open_deadlines(self) -> list[str]:
        return [each.key for each in deadlines_of(self.state) if each.open]

    def story(self, kind: str) -> list[str]:
        return [f"{line.text} {line.because}".strip() for line in self.state.journal if line.kind == kind]

    def open_tasks(self) -> list[str]:
        return [task.text for task in self.tasks if task.key not in self.closed]


def days_after(day: str, count: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=count))
