"""A claim: what was billed, to whom, and everything that has happened to it since. The input of `decide_claim`."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.adjustments import Adjustment
from domain.billed import OVER, AppealLevel, Claim, ClaimStatus, SentBy
from domain.client import Client, Model, Person
from domain.kept import Kept
from domain.payer import Payer, Whose
from domain.policy import Practice
from domain.state import JournalLine
from domain.touchpoint import Touchpoint


class LetterDates(Model):
    """The four dates that a denial may carry, and the last day that its letter names, which wins over every rule."""

    denial: date | None = None
    letter: date | None = None
    mailing: date | None = None
    receipt: date | None = None
    stated_deadline: date | None = None

    def earliest(self) -> date | None:
        """The earliest of the four dates; the cautious one."""
        return min((day for day in (self.denial, self.letter, self.mailing, self.receipt) if day), default=None)


class _Book(BaseModel):
    """A part of the state; `decide_claim` changes it on its own copy."""

    model_config = ConfigDict(extra="ignore")


class Submission(_Book):
    """One sending of the claim. `received` is when the payer or its clearing house had it."""

    on: date
    by: SentBy = "electronic"
    reference: str = ""
    corrected: bool = False
    acknowledged_on: date | None = None
    rejected_on: date | None = None
    rejected_because: str = ""
    assumed: bool = False
    """Nobody told us of the sending: it follows from an answer to it."""

    @property
    def received(self) -> date:
        """The day from which the payer's clock runs."""
        return self.acknowledged_on or self.on

    @property
    def turned_back(self) -> bool:
        """Whether it was sent back unread, and nobody said later that they have it after all."""
        return self.rejected_on is not None and (
            self.acknowledged_on is None or self.acknowledged_on <= self.rejected_on
        )


class Contact(_Book):
    """One contact with the payer."""

    on: date
    channel: Literal["phone", "portal", "mail", "fax", "email", "electronic", "in_person"]
    person: str = ""
    reference: str = ""
    note: str = ""


class Promise(_Book):
    """The payer said that something would have happened by a day."""

    made_on: date
    until: date
    by: str
    what: str = ""
    kept: bool = False


class InformationAsked(_Book):
    """The payer wants records or answers."""

    on: date
    wanted: str
    due: date | None = None
    sent_on: date | None = None


class FromPayer(_Book):
    """Something that a payer said. `order` is as which payer, `payer_id` its own id, `payer_name` what it calls itself;
    absent where nobody knows.

    `forwarded`: it sent the claim on to another payer.
    """

    order: int | None = None
    payer_id: str = ""
    payer_name: str = ""
    forwarded: bool = False


class Reversal(FromPayer):
    """A payer took back an earlier payment of this amount or, where it is zero, a decision that moved no money.

    `in_doubt`: more than one answer that stands may be meant, and it matters which.
    """

    on: date
    amount: Decimal
    adjustments: list[Adjustment] = []
    reference: str = ""
    found: bool = False
    in_doubt: bool = False


class PassedOn(FromPayer):
    """A payer decided nothing and sent the claim on to another."""

    on: date


class Payment(FromPayer):
    """One posting: money, and why it wasn't more. `reversed_on` takes it back.

    A negative amount is a payment taken back of which nobody knows which it is. `reversed_by` is the place in
    `reversals` of what took it back.
    """

    on: date
    paid: Decimal
    client_owes: Decimal = Decimal(0)
    adjustments: list[Adjustment] = []
    remarks: list[str] = []
    reference: str = ""
    reversed_on: date | None = None
    reversed_by: int | None = None
    partly: bool = False


class Denial(FromPayer):
    """One refusal, of the whole claim or of a part. `number` counts them; deadlines are keyed by it.

    `taken_back_on`: the payer took its decision back; it stands again where it was told on that day or later, as
    `again_on` knows. `taken_back_by` is the place in `reversals`.
    """

    number: int
    dates: LetterDates
    adjustments: list[Adjustment] = []
    remarks: list[str] = []
    reason: str = ""
    partly: bool = False
    settled: bool = False
    told_on: date | None = None
    """The day of the word by which we know of it."""
    again_on: list[date] = []
    """The days on which it was told again."""
    taken_back_on: date | None = None
    taken_back_by: int | None = None

    @property
    def first_on(self) -> date:
        """The day of the first word of it."""
        return self.told_on or self.dates.earliest() or date.min

    @property
    def stands_since(self) -> date | None:
        """The day of the decision that stands; None where it was taken back."""
        back = self.taken_back_on
        if back is None:
            return self.first_on
        return min((day for day in self.again_on if day >= back), default=None)


class Appeal(_Book):
    """One appeal, dispute or review of a denial."""

    denial: int
    level: AppealLevel
    whose: Whose
    filed_on: date
    by: SentBy = "mail"
    reference: str = ""
    decided_on: date | None = None
    outcome: Literal["overturned", "partly", "upheld"] | None = None
    dates: LetterDates = LetterDates()


class LetGo(_Book):
    """Somebody decided not to use a deadline."""

    because: str
    by: str
    at: AwareDatetime


class ShareAsked(_Book):
    """What the desk was last told about the client's share: how it stands, and in which open tasks.

    `asked` is the amount that the client was to be asked for by any task so far, `number` counts the tasks.
    """

    stands: str
    amount: Decimal = Decimal(0)
    earlier: Decimal = Decimal(0)
    asked: Decimal = Decimal(0)
    tasks: list[str] = []
    number: int = 0


class Answered(_Book):
    """A person's answer to a nudge: it is done, ask again on a day, or they promised something by a day."""

    answer: Literal["done", "snooze", "promised"]
    until: date | None = None
    by: str
    at: AwareDatetime


WordKind = ClaimStatus | Literal["information_sent", "reversed"]


class Word(_Book):
    """One word about where the claim stands: of which day, and when it was spoken. The status follows from all."""

    on: date
    at: AwareDatetime
    says: WordKind


class ClaimState(_Book):
    """Everything that `decide_claim` knows about one claim.

    `done` and `deferred` are about touchpoints by key, `sent` and `tried` about their messages, as in a plan's state.
    `let_go` and `answered` are by the key of a deadline or a nudge. `papers` says which papers of the packet are there.
    `words` are what the status follows from, `taken` the ids of the last events, `known` since when a deadline is
    known, `tasks` the open desk tasks by deadline, `sent_by` the rung of what is in `sent`. `share_asked` is what the
    desk was told about the client's share, `passed_over` the open desk tasks by the payer whose answer is missing.
    """

    claim: Claim
    payer: Payer
    practice: Practice
    therapist: Person
    client: Client
    opened_at: AwareDatetime
    status: ClaimStatus = "unsent"
    revision: int = 0
    submissions: list[Submission] = []
    contacts: list[Contact] = []
    promises: list[Promise] = []
    asked: list[InformationAsked] = []
    payments: list[Payment] = []
    denials: list[Denial] = []
    passed_on: list[PassedOn] = []
    reversals: list[Reversal] = []
    share_asked: ShareAsked | None = None
    passed_over: dict[str, str] = {}
    appeals: list[Appeal] = []
    let_go: dict[str, LetGo] = {}
    answered: dict[str, Answered] = {}
    papers: dict[str, str] = {}
    last_status: str = ""
    last_status_on: date | None = None
    closed_because: str = ""
    done: dict[str, str] = {}
    sent: dict[str, Touchpoint] = {}
    tried: dict[str, list[str]] = {}
    deferred: dict[str, AwareDatetime] = {}
    words: list[Word] = []
    taken: list[str] = []
    known: dict[str, AwareDatetime] = {}
    tasks: dict[str, str] = {}
    sent_by: dict[str, str] = {}
    journal_seq: int = 0
    journal: list[JournalLine] = []
    kept: Kept = Kept()

    @property
    def claim_id(self) -> str:
        """The claim's id."""
        return self.claim.claim_id

    @property
    def plan_id(self) -> str:
        """The plan whose visit was billed."""
        return self.claim.plan_id

    @property
    def over(self) -> bool:
        """Whether nothing is owed any more."""
        return self.status in OVER

    @property
    def paid(self) -> Decimal:
        """What the payer has paid and not taken back."""
        return sum((payment.paid for payment in self.payments if payment.reversed_on is None), Decimal(0))

    @property
    def biller(self) -> Person:
        """Who is nudged where the practice files."""
        return self.practice.biller or self.practice.front_desk

    @property
    def owner(self) -> Person:
        """Who hears of a deadline at last."""
        return self.practice.owner or self.practice.front_desk


def new_claim(
    claim: Claim, payer: Payer, practice: Practice, therapist: Person, client: Client, opened_at: AwareDatetime
) -> ClaimState:
    """The state of a claim that is not sent yet."""
    return ClaimState(
        claim=claim, payer=payer, practice=practice, therapist=therapist, client=client, opened_at=opened_at
    )
