"""A question that only a person can answer: its kind, its evidence, its choices, who is asked and when again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from pydantic import AwareDatetime

from domain.bounds import A_MINUTE
from domain.client import Channel, Model, Person
from domain.events import Changes, Choice

EscalationKind = Literal[
    "plateau",
    "slow",
    "no_response",
    "worsening",
    "relapse",
    "missed",
    "benchmark_missed",
    "benchmark_unknown",
    "screening",
    "goals_met",
    "sessions_done",
    "red_flag",
]

QUOTES = "The client wrote: "
"""How a line of the evidence begins that holds the client's own words."""
CHOICES: tuple[Choice, ...] = ("continue", "modify", "new_goal", "maintenance", "refer_out")


class Escalation(Model):
    """One question to a person. `escalation_id` is opaque; `evidence` is one line per fact, for the desk only.

    `undo_for`: how long its answer may be taken back, before anything follows from it; zero for a red flag.
    `accuses`: the client's words accuse somebody, so that it is asked of the backup person and the owners, and neither
    shown to the plan's therapist nor answered by them.
    """

    escalation_id: str
    plan_id: str
    kind: EscalationKind
    goal_id: str | None = None
    appointment_id: str | None = None
    session: int = 0
    question: str
    evidence: list[str]
    opened_at: AwareDatetime
    responsible: Person
    backup: Person
    remind_after: timedelta
    backup_after: timedelta
    undo_for: timedelta = timedelta(0)
    accuses: bool = False

    @property
    def urgent(self) -> bool:
        """Pages at any hour, without a send window."""
        return self.kind == "red_flag"

    @property
    def about_safety(self) -> bool:
        """Neither a new goal nor maintenance answers it, only whether it is safe to go on."""
        return self.kind in ("red_flag", "screening")

    @property
    def answered_by_number(self) -> bool:
        """Whether a number in a text is enough. Not where somebody's safety depends on the reader having looked."""
        return not self.about_safety


NUMBERS: dict[str, Choice] = {"1": "continue", "2": "maintenance", "3": "refer_out"}
"""The answers that need no more than a number; the other two need words. The notices' templates name them."""


class Notice(Model):
    """The nth word to staff about one escalation: when, to whom, in which words."""

    nth: int
    due_at: AwareDatetime
    to: Literal["therapist", "backup"]
    person: Person
    template: str


def notice(escalation: Escalation, nth: int) -> Notice:
    """Notice 0 opens the question, 1 reminds, 2 brings in the backup person, later ones go to both in turn.

    They never stop before somebody answers; after the eighth they come at a quarter of the pace. A pace of nothing,
    which older plans may have, is one of a minute: nobody is told without end at the same moment.
    """
    remind, backup = (max(wait, A_MINUTE) for wait in (escalation.remind_after, escalation.backup_after))
    later = max(nth - 2, 0)
    waits = [timedelta(0), remind, backup]
    wait = waits[nth] if nth < len(waits) else backup + remind * (later if later <= 6 else 6 + 4 * (later - 6))
    to_backup = nth >= 2 and nth % 2 == 0
    if escalation.urgent:
        template = "notice_red_flag"
    else:
        template = "notice_escalation" if nth == 0 else "notice_backup" if nth == 2 else "notice_escalation_reminder"
    return Notice(
        nth=nth,
        due_at=escalation.opened_at + wait,
        to="backup" if to_backup else "therapist",
        person=escalation.backup if to_backup else escalation.responsible,
        template=template,
    )


def other_channel(escalation: Escalation, to: Literal["therapist", "backup"], used: str) -> Channel | None:
    """The other way to tell the therapist or the backup person; None where `used` names the last one already."""
    person = escalation.responsible if to == "therapist" else escalation.backup
    return None if used else next(iter(person.channels()[1:]), None)


def must_not_wait(escalation: Escalation, nth: int) -> bool:
    """Whether a notice that can't go now goes the other way too: a page about a possible emergency, where there is one.

    It is put off by the sender's trouble alone: it knows no hours and no caps.
    """
    return escalation.urgent and other_channel(escalation, notice(escalation, nth).to, "") is not None


def unreached(escalation: Escalation, because: str) -> str:
    """The desk's task about a word to staff that reached nobody."""
    if escalation.urgent:
        return f"A page about a possible emergency did not reach its reader: {because}. Phone them now."
    return f"A question to the therapist did not reach its reader: {because}. Tell them."


def quote_in(evidence: Sequence[str]) -> str:
    """The line of the evidence that quotes the client, wherever it stands; empty where none does."""
    return next((line for line in evidence if line.startswith(QUOTES)), "")


class DecisionBody(Model):
    """A person's answer to an escalation."""

    choice: Choice
    by: str
    reason: str = ""
    changes: Changes = Changes()


class Decided(Model):
    """The one answer that counted."""

    escalation_id: str
    decision: DecisionBody
    decided_at: AwareDatetime
