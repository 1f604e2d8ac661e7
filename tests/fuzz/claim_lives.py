"""Lives a claim through the doors and `decide_claim`: events of other programs, remittances and status answers."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast, get_args

from pydantic import ValidationError

from domain.actions import SendMessage
from domain.billed import Claim
from domain.claim import ClaimState, new_claim
from domain.claim_acceptance import check_claim_event
from domain.claim_agenda import claim_agenda
from domain.claim_deadlines import deadlines_of
from domain.claim_events import (
    CLAIM_EVENT,
    ClaimDenied,
    ClaimFresh,
    ClaimOpened,
    ClaimPaid,
    ClaimPartlyPaid,
    ClaimSubmitted,
    OutsideClaimEvent,
    parse_claim_event,
)
from domain.claim_nudges import known_keys
from domain.claim_status import read_277
from domain.claim_words import next_action
from domain.decide_claim import decide_claim
from domain.errors import EventRefused
from domain.posting import Posted, events_of, statuses_of
from domain.remittance import read_835s
from domain.state import PlanState
from domain.x12 import NotReadable
from tests.domain.x12_builder import Claim as RemittedClaim
from tests.domain.x12_builder import a_277, a_file, a_remittance, an_answer
from tests.fuzz.plan_lives import HOURS, ROUNDS, as_json, in_words, outcome_of
from tests.fuzz.plans import NAMED, Named, one_of
from tests.fuzz.tape import OF_A_FILE, Tape
from tests.fuzz.values import WILD_AMOUNTS, Moment

NUMBER = "FT-1001"
KINDS = get_args(OutsideClaimEvent)
USUAL = (ClaimSubmitted, ClaimDenied, ClaimPaid, ClaimPartlyPaid)
ENDS = ("ClaimClosed", "ClaimWrittenOff")


def _adjustments(moment: Moment) -> list[Any]:
    """Up to three reasons with their amounts."""
    return [
        [
            moment.among("CO", "PR", "OA", "PI", "CR"),
            moment.among("50", "45", "3", "16", "29", "2", "197"),
            moment.among("20", "80", "120", "-20", "0", wild=WILD_AMOUNTS),
        ]
        for _ in range(moment.tape.number(4))
    ]


NAMED_HERE: Named = {
    **NAMED,
    "event_id": lambda moment: moment.among(f"e{moment.tape.number(200)}"),
    "occurred_at": lambda moment: moment.time(-24 * 400, 24) if moment.tape.one_in(10) else moment.time(-3, 0),
    "plan_id": one_of("plan-1"),
    "number": one_of(NUMBER),
    "service_date": lambda moment: moment.day(-60, 0),
    "on": lambda moment: moment.day(-30, 1),
    "until": lambda moment: moment.day(0, 60),
    "due": lambda moment: moment.day(0, 60),
    "stated_deadline": lambda moment: moment.day(0, 400),
    "adjustments": _adjustments,
    "remarks": lambda moment: [moment.among("N115", "M127", "N362") for _ in range(moment.tape.number(3))],
    "nudge": lambda moment: moment.known("nudge", moment.tape.number(6)),
    "deadline": lambda moment: moment.known("deadline", moment.tape.number(6)),
    "paper": one_of("denial_letter", "notes"),
}


def begun(plan: PlanState, opened: bytes) -> ClaimState | None:
    """The state of a claim that another program opens for this plan, or None where the door refuses it."""
    moment = Moment(Tape(opened, OF_A_FILE), plan.started_at, NAMED_HERE)
    body = as_json(moment.model(ClaimOpened, payer="blue"))
    try:
        event = parse_claim_event(body)
    except ValidationError:
        return None
    payer = plan.practice.payer("blue")
    if payer is None or not isinstance(event, ClaimOpened):
        return None
    fields = event.model_dump(exclude={"type", "event_id", "occurred_at", "payer"})
    claim = Claim.model_validate(fields | {"claim_id": "plan-1-1", "payer_id": payer.id})
    return new_claim(claim, payer, plan.practice, plan.plan.therapist, plan.plan.client, plan.started_at)


class ClaimLife:
    """One claim, its time and what is under way. Raises AssertionError where a judgement doesn't come to rest."""

    def __init__(self, state: ClaimState, results: bytes, *, stored: bool = False) -> None:
        self._stored = stored
        self.state = state
        self.now: datetime = state.opened_at
        self.wake_at: datetime | None = None
        self.over = False
        self.taken = 0
        self._results = Tape(results)
        self._inbox: list[ClaimFresh] = []
        self.judge()

    def lives(self, steps: Sequence[bytes]) -> "ClaimLife":
        """All steps, and a few wakes after them."""
        for step in steps:
            tape = Tape(step)
            self._sleep(tape.number(3))
            self.now += timedelta(hours=tape.pick(HOURS))
            together = tape.one_in(5)
            self._happens(Moment(tape, self.now, NAMED_HERE, self._known))
            if not together:
                self.judge()
        self.judge()
        self._sleep(2)
        return self

    def judge(self) -> None:
        """Judge until nothing more is due at this moment, as the workflow does."""
        for _ in range(ROUNDS):
            decided = decide_claim(self.state, self._inbox, self.now)
            stored = decided.state.model_dump_json()
            self.state = ClaimState.model_validate_json(stored)
            assert self.state.model_dump_json() == stored, "the state isn't the same after it was stored"
            assert next_action(self.state)
            self._inbox, self.wake_at, self.over = [], decided.wake_at, decided.over
            for action in decided.actions:
                if isinstance(action, SendMessage):
                    in_words(action)
                    outcome = outcome_of(action, self._results, self.now)
                    self._inbox += [outcome] if outcome else []
            if not self._inbox and (self.wake_at is None or self.wake_at > self.now):
                return
        raise AssertionError("it judges again and again at the same moment")

    def _sleep(self, times: int) -> None:
        for _ in range(times):
            if self.wake_at is None or self.over:
                return
            self.now = max(self.now, self.wake_at)
            self.judge()

    def _happens(self, moment: Moment) -> None:
        what = moment.tape.pick(("usual", "event", "event", "835", "277", "wait"))
        if what in ("835", "277"):
            self._from_the_payer(moment, what)
        elif what != "wait":
            kind = moment.tape.pick(USUAL if what == "usual" else KINDS)
            if kind.__name__ in ENDS and not moment.tape.one_in(3):
                kind = ClaimDenied
            self._event(as_json(moment.model(kind)))

    def _event(self, body: Any) -> None:
        try:
            happened = CLAIM_EVENT.validate_json(json.dumps(body)) if self._stored else parse_claim_event(body)
            self._takes(cast("OutsideClaimEvent", happened))
        except ValidationError:
            return

    def _from_the_payer(self, moment: Moment, what: str) -> None:
        """Remittances and status answers, of any amount and of any day."""
        found: list[Posted] = []
        try:
            if what == "835":
                for remittance in read_835s(_an_835(moment)):
                    found += events_of(remittance, self.now)
            else:
                found += statuses_of(read_277(_a_277(moment)), self.now)
        except NotReadable:
            return
        for posted in found:
            self._takes(posted.event)

    def _takes(self, happened: OutsideClaimEvent) -> None:
        try:
            if not self._stored:
                check_claim_event(self.state, happened, self.now)
        except EventRefused:
            return
        self.taken += 1
        self._inbox.append(happened)

    def _known(self, what: str, nth: int) -> str:
        found: Callable[[], list[str]] = {
            "nudge": lambda: sorted(known_keys(self.state)),
            "deadline": lambda: [each.key for each in deadlines_of(self.state)],
        }.get(what, lambda: [touchpoint.key for touchpoint in claim_agenda(self.state)])
        keys = found()
        return keys[nth % len(keys)] if keys else what


def _an_835(moment: Moment) -> str:
    """One claim of a remittance whose sums are right, with amounts up to what fifteen digits hold."""
    adjusted = [
        (moment.tape.pick(("CO", "PR", "OA")), moment.tape.pick(("45", "50", "3", "16", "29")), _sum(moment))
        for _ in range(moment.tape.number(3))
    ]
    paid = _sum(moment)
    charge = Decimal(paid) + sum((Decimal(amount) for _, _, amount in adjusted), Decimal(0))
    status = moment.tape.pick(("1", "2", "4", "19", "20", "22", "23", "25"))
    claim = RemittedClaim(NUMBER, status, f"{charge}", paid, adjusted=adjusted)
    text = a_file(a_remittance(claim, trace=f"EFT-{moment.tape.number(5)}"))
    return text.replace("20260504", _day(moment))


def _a_277(moment: Moment) -> str:
    standing = moment.tape.pick(("A1:20", "A3:21", "P1:3", "F1:65", "F2:88", "R3:54", "D0:35", "E0:1", "F3:1", "Z9:9"))
    text = a_file(a_277(an_answer(NUMBER, standing)), kind="HN")
    return text.replace("20260504", _day(moment)).replace("20260501", _day(moment))


def _day(moment: Moment) -> str:
    return moment.tape.pick((f"{moment.now:%Y%m%d}", "20260302", "00010101", "99991231", "20991231"))


def _sum(moment: Moment) -> str:
    return moment.tape.pick(("0", "20.00", "80.00", "120", "-80.00", "999999999999999.99", "10000000", "0.01"))
