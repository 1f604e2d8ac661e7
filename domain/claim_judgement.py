"""The sheet on which `decide_claim` works: the next state, what is to be done, and the lines for the claim's story."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.actions import Action, AddDeskTask, CloseDeskTask, DeskTaskKind
from domain.claim import ClaimState, Word, WordKind
from domain.claim_events import OutsideClaimEvent
from domain.claim_standing import standing
from domain.names import claim_prefix
from domain.state import JournalLine
from domain.touchpoint import Kind


def day_of(event: OutsideClaimEvent, zone: str) -> date:
    """The day on which it happened, by its own word or by the practice's calendar."""
    on: date | None = getattr(event, "on", None)
    return on or event.occurred_at.astimezone(ZoneInfo(zone)).date()


class ClaimJudgement:
    """One run of `decide_claim`: `state` is its own copy and may be changed, `now` never moves."""

    def __init__(self, state: ClaimState, now: datetime) -> None:
        self.state = state.model_copy(deep=True)
        self.now = now
        self.actions: list[Action] = []

    @property
    def today(self) -> date:
        """The practice's date."""
        return self.now.astimezone(ZoneInfo(self.state.practice.time_zone)).date()

    def write(self, kind: Kind, text: str, because: str = "", to: str = "") -> None:
        """Add a line to the claim's story."""
        self.state.journal_seq += 1
        line = JournalLine(
            seq=self.state.journal_seq,
            at=self.now,
            kind=kind,
            channel="desk" if to else "none",
            to=to,
            text=text,
            because=because,
        )
        self.state.journal.append(line)

    def says(self, event: OutsideClaimEvent, kind: WordKind) -> None:
        """Note a word about where the claim stands. Words count in the order of their days, however they arrive."""
        on = day_of(event, self.state.practice.time_zone)
        self.state.words.append(Word(on=on, at=event.occurred_at, says=kind))
        self.state.status = standing(self.state)
        if self.state.status == "paid":
            for denial in self.state.denials:
                denial.settled = True

    def desk(self, key: str, text: str, kind: DeskTaskKind = "claim") -> str:
        """Give the front desk something to do; returns the task's key. `key` is unique within the claim."""
        task_key = f"{claim_prefix(self.state.claim_id)}:{key}"
        self.actions.append(AddDeskTask(key=task_key, plan_id=self.state.plan_id, kind=kind, text=text, at=self.now))
        self.write("notice", text, because="a person should look at it", to="front_desk")
        return task_key

    def close_desk(self, task_key: str) -> None:
        """Take a task off the front desk's list; its matter is settled."""
        self.actions.append(CloseDeskTask(key=task_key, at=self.now))
