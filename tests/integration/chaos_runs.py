"""One run of the crash matrix, drawn from a seed: whose plan, how the vendor treats it, and where processes die."""

import random
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, product
from typing import Literal, get_args

from domain.client import Client, Consent, Person
from domain.plan import TreatmentPlan
from tests.integration.chaos_steps import FINDING, OPTING_OUT, RECEIVING, REPORTING, SENDING, TELLING, Order
from tests.integration.quick_plans import NAMES
from tests.integration.quick_plans import a_plan as a_quick_plan
from tests.standins import Behaviour, Habit

Door = Literal["texts", "mails"]
Manner = Literal["once", "twice", "late", "lost"]
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
HABITS: tuple[Habit, ...] = get_args(Habit)
MANNERS: tuple[Manner, ...] = get_args(Manner)
IN_DOUBT: frozenset[Behaviour] = frozenset(
    ("accept_then_drop", "drop", "accept_then_500", "error_500", "accept_then_hang", "accept_late", "hang")
)
"""After these our program can't know from the answer whether the message was taken."""
AGAIN: dict[Behaviour, float] = {"ok": 6, "slow": 1, "accept_then_drop": 1, "error_500": 1, "throttled": 1}
"""What a message meets that is offered a second time."""
LOOKED_UP: dict[Behaviour, float] = {"ok": 4, "slow": 1}
"""What a look into the vendor's list meets."""
LOOKED_UP_BLINDLY: dict[Behaviour, float] = {"error_500": 3, "throttled": 2, "drop": 2, "hang": 1, "unauthorized": 1}
"""The same for a run that the vendor gives no evidence about."""
TOUCHPOINTS = ("welcome", "reminder:v1", "reminder:v2", "feedback:v0")
"""The client's messages in every run, as their keys begin."""

Pair = tuple[str, Behaviour]
"""A step, and what the vendor did with the message at that step."""


@dataclass(frozen=True)
class Reply:
    """What the client writes once `times` texts that contain `to` have come, and how it reaches us.

    `answer` is in the one text that we answer with; empty where none is due. `noted` is what the plan notes, once.
    """

    text: str
    to: str
    answer: str
    noted: str
    manner: Manner = "once"
    times: int = 1


HELP = Reply("Help, please!", "our plan with", "visit reminders and questions", "Understood as: help.")
CONFIRM = Reply("C", "will see you", "you are confirmed for", "The client confirmed the visit.", times=2)
"""After both reminders: the answer to a question is taken for the answer to the newest one."""
RATING = Reply("2", "after your first session", "we're sorry to hear that", "Rated 2 of 5 after session 1.")
STOPS = (
    Reply("STOP please", "", "you won't get any more texts", "The client asked for no more messages"),
    Reply("STOP", "", "", "The client asked for no more messages"),
)


@dataclass(frozen=True)
class Run:
    """One plan's life.

    `first` is what each message to the client meets when it is offered first. `blind`: the vendor's list of messages
    to this client can't be read. `habit` is how delivery reports come.
    """

    nth: int
    seat: int
    door: Door
    first: Behaviour
    habit: Habit
    blind: bool
    replies: tuple[Reply, ...]
    stop: Reply | None
    starts_after: float
    spread: float
    orders: tuple[Order, ...]
    meant: tuple[Pair, ...] = field(default=())

    @property
    def plan_id(self) -> str:
        return f"run-{self.nth}"

    @property
    def client_phone(self) -> str:
        return f"+1415555{100 + self.seat:04d}"

    @property
    def client_email(self) -> str:
        return f"run-{self.nth}@clients.example"

    @property
    def client(self) -> str:
        """The address that we write to."""
        return self.client_phone if self.door == "texts" else self.client_email

    @property
    def therapist(self) -> str:
        return f"+1312555{100 + self.seat:04d}"

    def plan(self) -> TreatmentPlan:
        """As the quick plans, for a client who can be reached in one way."""
        channel = "sms" if self.door == "texts" else "email"
        return a_quick_plan().model_copy(
            update={
                "plan_id": self.plan_id,
                "client": Client(
                    name=f"{NAMES[self.nth % len(NAMES)]} Example",
                    phone=self.client_phone if self.door == "texts" else None,
                    email=self.client_email if self.door == "mails" else None,
                    time_zone="America/Los_Angeles",
                    consents=[Consent(channel=channel, date=date(2026, 1, 1), source="intake form")],
                ),
                "therapist": Person(name="Maya", phone=self.therapist),
            }
        )


def possible(door: Door) -> list[Pair]:
    """Every pair of a step and a behaviour that there is at this door."""
    steps = (*SENDING, *FINDING) if door == "texts" else SENDING
    return list(product(steps, BEHAVIOURS))


def drawn(seed: int, count: int, seats: int) -> list[Run]:
    """The runs of a seed. `seats` of them live at the same time, so that many telephone numbers do."""
    hands = _hands(random.Random(seed))  # noqa: S311 - chance that can be repeated, no secret
    return [_run(seed, nth, nth % seats, *hands[nth % len(hands)]) for nth in range(count)]


def _hands(chance: random.Random) -> list[tuple[Door, Behaviour, tuple[str, str]]]:
    """Two steps and a behaviour for each run, so that as few runs as possible come past every pair."""
    hands: list[tuple[Door, Behaviour, tuple[str, str]]] = []
    doors: tuple[Door, ...] = get_args(Door)
    for door, behaviour in product(doors, BEHAVIOURS):
        steps = list(dict.fromkeys(step for step, _ in possible(door)))
        chance.shuffle(steps)
        steps += steps[: len(steps) % 2]
        for pair in list(pairwise(steps))[::2]:
            hands.append((door, behaviour, pair))
    chance.shuffle(hands)
    return hands


def _run(seed: int, nth: int, seat: int, door: Door, first: Behaviour, steps: tuple[str, str]) -> Run:
    chance = random.Random(f"{seed}/{nth}")  # noqa: S311
    blind = door == "texts" and not set(steps) & set(FINDING) and chance.random() < 0.1
    # Nobody answers a text that may never have come.
    replies = _replies(chance) if door == "texts" and first != "opted_out" and not blind else ()
    stop = _reply_by(chance, chance.choice(STOPS)) if replies and chance.random() < 0.4 else None
    run = Run(
        nth=nth,
        seat=seat,
        door=door,
        first=first,
        habit=_habit(chance, door, first, steps),
        blind=blind,
        replies=replies,
        stop=stop,
        starts_after=chance.uniform(0, 8),
        spread=chance.uniform(6, 12),
        orders=(),
        meant=tuple((step, first) for step in steps),
    )
    orders = [*_sending(run, chance, steps), *_arriving(run, chance)]
    return replace(run, orders=tuple(orders))


def _replies(chance: random.Random) -> tuple[Reply, ...]:
    chosen = chance.sample((HELP, CONFIRM, RATING), chance.choice((1, 2, 2)))
    return tuple(_reply_by(chance, reply) for reply in chosen)


def _reply_by(chance: random.Random, reply: Reply) -> Reply:
    return replace(reply, manner=chance.choice(MANNERS))


def _habit(chance: random.Random, door: Door, first: Behaviour, steps: tuple[str, str]) -> Habit:
    """Where a step is only reached without reports, none come."""
    alone = set(steps) & {*FINDING, *({"settle-before", "settle-after"} if first in IN_DOUBT else ())}
    return "never" if alone else chance.choice(HABITS)


def _sending(run: Run, chance: random.Random, steps: tuple[str, str]) -> list[Order]:
    only_one = run.first == "opted_out"  # nothing else goes to somebody who has opted out
    touchpoints = ["welcome", "welcome"] if only_one else chance.sample(TOUCHPOINTS, 2)
    orders: list[Order] = []
    for number, (step, about) in enumerate(zip(steps, touchpoints, strict=True)):
        name = f"{run.plan_id}-send-{number}"
        before = ""
        if step in FINDING and run.first not in IN_DOUBT:
            before = f"{name}-before"  # its outcome is only in doubt if somebody dies before noting it
            orders.append(Order(before, "send-after", run.client, about))
        orders.append(Order(name, step, run.client, about, after=before))
    return orders


def _arriving(run: Run, chance: random.Random) -> list[Order]:
    orders = [Order(f"{run.plan_id}-tell", chance.choice(TELLING), run.plan_id, "session_completed")]
    if run.habit != "never":
        orders.append(Order(f"{run.plan_id}-report", chance.choice(REPORTING), run.client))
    chosen = chance.sample(orders, 1)
    written = [*run.replies, *([run.stop] if run.stop else [])]
    if written:
        reply = chance.choice(written)
        steps = (*RECEIVING, OPTING_OUT) if reply is run.stop else RECEIVING
        step = chance.choice(steps)
        who = run.plan_id if step in ("hand-before", "handed", "hand-settled") else run.client_phone
        chosen.append(Order(f"{run.plan_id}-reply", step, who, reply.text))
    return chosen
