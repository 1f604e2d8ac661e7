"""What becomes of clients' words, counted by harm: each line is routed and judged as the program does it.

    python -m bench.reply_harms LINES.jsonl [MORE.jsonl …] [--show KIND]

A line is a JSON object: text, context (confirm_appointment | feedback_1_5 | pain_0_10 | benchmark_yes_no | rebook |
screening_yes_no | none), channel (sms | email), locale (en | es), intent, value, and where its author said so danger
(emergency_911 | emergency_988 | urgent_care | contraindication), stop, machine (nobody wrote it), person (must | may |
no: whether a person of the practice has to read it), also and also_ok (meanings that count beside the first).

It is played against a plan with one booked visit and that question open. "Read by a person" is a desk task or a
question to the therapist; "acted on" is a confirmation, a value, an answer, a hold, an opt-out or a text to the client.
Figures come with their 95 % interval (Wilson). `--show unread` prints the lines behind a figure.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, cast

from bench.reply_scene import NOW, VISIT, plan_with
from domain.actions import AddDeskTask, OpenEscalation, SendMessage
from domain.decide import decide
from domain.incoming import Incoming, OpenPlan, Sender
from domain.route_reply import route
from domain.state import PlanState

ORDINARY = ("confirm", "yes", "no", "rating", "pain", "book", "thanks")


@dataclass(frozen=True)
class Line:
    """One reply with its author's labels."""

    text: str
    context: str | None
    channel: str
    locale: str
    intents: frozenset[str]
    value: float | None
    danger: str | None
    stop: bool
    machine: bool
    person: str

    @property
    def expected(self) -> float | None:
        """The value that may be recorded; a yes counts as 1 and a no as 0."""
        worded = {"yes": 1.0, "no": 0.0}
        return self.value if self.value is not None else next((worded[i] for i in self.intents if i in worded), None)


@dataclass(frozen=True)
class Fate:
    """What became of one reply."""

    line: Line
    read: bool
    paged: bool
    held: bool
    stopped: bool
    acts: frozenset[str]
    value: float | None

    @property
    def handled(self) -> bool:
        """Acted on as its author meant, and nobody had to read it."""
        right = bool(self.acts & _acts_of(self.line)) or (not self.acts and self.line.intents <= {"thanks"})
        return right and not self.read and self.value in (None, self.line.expected)

    @property
    def silently_wrong(self) -> bool:
        """An act that its author didn't mean, and nobody sees it."""
        wrong = self.acts - _acts_of(self.line)
        other_value = self.value is not None and self.value != self.line.expected
        return not self.read and (bool(wrong) or other_value)


def lines_of(path: Path) -> list[Line]:
    """The lines of one file."""
    rows = (json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip())
    return [_line(row) for row in rows]


def fate_of(line: Line) -> Fate:
    """Route and judge one reply as the program does it."""
    state = plan_with(line.context, line.locale)
    before = state.model_copy(deep=True)
    address = "+12065550101" if line.channel == "sms" else "tina@example.com"
    reply = Incoming(provider_id="SM1", channel=cast("Any", line.channel), from_address=address, text=line.text, at=NOW)
    taking = route(reply, Sender(plans=[OpenPlan("client-1", state)]))
    after, actions = state, list[object](taking.tasks)
    for _, event in taking.events:
        decision = decide(after, [cast("Any", event)], NOW)
        after, actions = decision.state, [*actions, *decision.actions]
    said = [action for action in actions if isinstance(action, SendMessage) and action.audience == "client"]
    asked = [action.escalation for action in actions if isinstance(action, OpenEscalation)]
    tasks = [action for action in actions if isinstance(action, AddDeskTask)]
    return Fate(
        line,
        read=bool(tasks or asked or taking.page),
        paged=bool(taking.page) or any(question.kind == "red_flag" for question in asked),
        held=after.appointments[VISIT].held or after.held,
        stopped=bool(taking.suppress or after.opted_out),
        acts=_acts(before, after, said, suppressed=bool(taking.suppress)),
        value=after.values[-1].value if after.values else _rating(after),
    )


def _rating(state: PlanState) -> float | None:
    """A rating stands in the plan's story alone."""
    rated = [line.text for line in state.journal if line.text.startswith("Rated ")]
    return float(rated[-1].split()[1]) if rated else None


def _acts(before: PlanState, after: PlanState, said: Sequence[SendMessage], *, suppressed: bool) -> frozenset[str]:
    visit = after.appointments[VISIT]
    left = {q.key for q in after.questions}  # the same judgement may ask the plan's own question of that kind
    closed = {q.kind for q in before.questions if q.key not in left}
    safety = any(message.safety for message in said)
    found = {
        "confirm": visit.confirmed,
        "contraindication": visit.held,
        "red_flag": after.held or safety,
        "stop": suppressed or bool(after.opted_out),
        "value": bool(after.values) or _rating(after) is not None,
        "screening": "screening_yes_no" in closed and not visit.held,
        "rebook": "rebook" in closed and not after.death_reported,
    }
    template = {message.template for message in said}
    words = {"ack_reschedule": "change", "ack_late": "running_late", "help": "help", "ack_book": "rebook"}
    found |= {name: True for known, name in words.items() if known in template}
    return frozenset(name for name, present in found.items() if present)


def _acts_of(line: Line) -> frozenset[str]:
    """The acts that the author's labels allow."""
    meant = set(line.intents)
    if line.danger:
        meant.add("contraindication" if line.danger == "contraindication" else "red_flag")
    if line.stop:
        meant.add("stop")
    allowed = {
        "confirm": {"confirm"},
        "yes": {"confirm", "contraindication", "value", "rebook"},
        "no": {"screening", "value", "rebook"},
        "rating": {"value"},
        "pain": {"value"},
        "book": {"rebook"},
        "cancel": {"change"},
        "reschedule": {"change"},
        "running_late": {"running_late"},
        "stop": {"stop"},
        "wrong_number": {"stop"},
        "help": {"help"},
        "red_flag": {"red_flag", "contraindication"},
        "contraindication": {"contraindication"},
    }
    return frozenset(act for intent in meant for act in allowed.get(intent, set[str]()))


FIGURES: dict[str, tuple[str, Callable[[Fate], bool], Callable[[Fate], bool]]] = {
    "unread": ("must be read by a person, but isn't", lambda f: f.line.person == "must", lambda f: not f.read),
    "silent": ("wrong act that nobody sees", lambda f: True, lambda f: f.silently_wrong),
    "machine": ("machine line acted on", lambda f: f.line.machine, lambda f: bool(f.acts)),
    "danger": ("emergency pages", lambda f: _emergency(f.line), lambda f: f.paged),
    "reached": ("emergency reaches a person", lambda f: _emergency(f.line), lambda f: f.read),
    "held": ("contraindication holds the visit", lambda f: f.line.danger == "contraindication", lambda f: f.held),
    "stop": ("opt-out heard", lambda f: f.line.stop, lambda f: f.stopped),
    "false_stop": ("false opt-out", lambda f: not f.line.stop, lambda f: f.stopped and "stop" not in _acts_of(f.line)),
    "false_emergency": ("false emergency", lambda f: not _emergency(f.line), lambda f: f.paged),
    "handled": ("plain answer handled without a person", lambda f: _plain(f.line), lambda f: f.handled),
}


def _emergency(line: Line) -> bool:
    return line.danger in ("emergency_911", "emergency_988", "urgent_care")


def _plain(line: Line) -> bool:
    return line.person == "no" and not line.machine and not line.stop and bool(line.intents & set(ORDINARY))


def report(fates: Sequence[Fate]) -> None:
    """Print one row per figure: count, share, interval."""
    print(f"{len(fates)} lines")
    for _, (name, among, hit) in FIGURES.items():
        group = [fate for fate in fates if among(fate)]
        hits = sum(hit(fate) for fate in group)
        low, high = interval(hits, len(group))
        share = hits / len(group) if group else 0.0
        print(f"  {name:40} {hits:5} of {len(group):5} = {share:6.1%}   ({low:.1%} to {high:.1%})")


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if n == 0:
        return 0.0, 1.0
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure one or more files of lines."""
    parser = argparse.ArgumentParser(description="What becomes of replies, by harm")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", choices=sorted(FIGURES))
    chosen = parser.parse_args(arguments)
    fates = [fate_of(line) for path in cast("list[Path]", chosen.files) for line in lines_of(path)]
    report(fates)
    if chosen.show:
        _, among, hit = FIGURES[chosen.show]
        bad_if_missed = chosen.show in ("danger", "reached", "held", "stop", "handled")
        for fate in fates:
            if among(fate) and hit(fate) != bad_if_missed:
                print(f"{fate.line.context} {sorted(fate.line.intents)} -> {sorted(fate.acts)}: {fate.line.text!r}")
    return 0


def _line(row: dict[str, Any]) -> Line:
    intents = cast("set[str]", {row["intent"], *(row.get("also") or []), *(row.get("also_ok") or [])})
    context = row.get("context")
    return Line(
        text=row["text"],
        context=None if context in (None, "none", "") else context,
        channel=row.get("channel", "sms"),
        locale=row.get("locale", "en"),
        intents=frozenset(intents),
        value=None if row.get("value") is None else float(row["value"]),
        danger=row.get("danger"),
        stop=bool(row.get("stop", row["intent"] == "stop")),
        machine=bool(row.get("machine", row["intent"] == "ignore")),
        person=row.get("person") or ("must" if row["intent"] == "human" else "may"),
    )


if __name__ == "__main__":
    sys.exit(main())
