"""What happened to a claim, in the past tense. `on` is the day it happened, by default the day of `occurred_at`.

The sender gives each event an `event_id`; the same id on the same claim counts once.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AwareDatetime, Field, TypeAdapter

from domain.actions import SendOutcome
from domain.adjustments import Adjustment
from domain.billed import AppealLevel, FiledBy, SentBy, ServiceLine
from domain.bounds import AT_THE_DOOR
from domain.claim import LetterDates
from domain.client import Model
from domain.events import DeliveryFailed
from domain.payer import Whose
from domain.plan import Identifier

Text = Annotated[str, Field(max_length=1000)]
Word = Annotated[str, Field(max_length=80)]


class _Happened(Model):
    event_id: str = Field(min_length=1, max_length=100)
    occurred_at: AwareDatetime


class _OnADay(_Happened):
    on: date | None = Field(default=None, description="the day it happened; by default that of occurred_at")


class _FromAPayer(_OnADay):
    payer_id: Word = Field(default="", description="the payer's own id, as its remittances give it")
    payer_name: Word = Field(default="", description="what the payer calls itself")


class _Decided(_FromAPayer):
    order: int | None = Field(default=None, ge=1, le=3, description="as which payer it answers: 1 is the first")
    forwarded: bool = Field(default=False, description="it sent the claim on to another payer, who answers next")


class ClaimOpened(_Happened):
    """A claim that no plan opened by itself is to be followed. Only the first event of a claim may be this one."""

    type: Literal["claim_opened"] = "claim_opened"
    plan_id: Identifier
    number: str = Field(min_length=1, max_length=38)
    service_date: date
    payer: str | None = Field(default=None, description="id of a payer of the practice; by default the plan's")
    lines: list[ServiceLine] = Field(default=[])
    charge: Decimal | None = Field(default=None, ge=0)
    filed_by: FiledBy = "practice"


class ClaimSubmitted(_OnADay):
    """The claim was sent. `number` where the billing system gave it another one than we had."""

    type: Literal["claim_submitted"] = "claim_submitted"
    by: SentBy = "electronic"
    reference: Word = ""
    number: str | None = Field(default=None, min_length=1, max_length=38)
    charge: Decimal | None = Field(default=None, ge=0)


class ClaimAcknowledged(_OnADay):
    """The clearing house or the payer has it: the payer's clock runs."""

    type: Literal["claim_acknowledged"] = "claim_acknowledged"
    reference: Word = ""


class ClaimRejected(_OnADay):
    """The clearing house or the payer sent it back unread."""

    type: Literal["claim_rejected"] = "claim_rejected"
    reason: Text = ""
    reference: Word = ""


class StatusAnswered(_FromAPayer):
    """The payer said where the claim stands. `codes` are those of a 277 where it came by one.

    `forwarded`: it decided nothing and sent the claim on to another payer. `taken_back` are the adjustments of a
    decision without money that is taken back.
    """

    type: Literal["status_answered"] = "status_answered"
    status: Literal["received", "rejected", "pending", "paid", "denied", "information", "not_found", "error"]
    codes: list[str] = Field(default=[])
    person: Word = ""
    reference: Word = ""
    note: Text = ""
    forwarded: bool = False
    taken_back: list[Adjustment] = Field(default=[])


class InformationRequested(_OnADay):
    """The payer wants records or answers, by a day if the letter names one."""

    type: Literal["information_requested"] = "information_requested"
    wanted: Text
    due: date | None = None


class InformationSent(_OnADay):
    """What the payer wanted has gone out."""

    type: Literal["information_sent"] = "information_sent"
    by: SentBy = "mail"
    reference: Word = ""


class PaymentPromised(_OnADay):
    """They said that it would be done by a day."""

    type: Literal["payment_promised"] = "payment_promised"
    until: date
    by: Word
    what: Text = ""
    reference: Word = ""


class ClaimPaid(_Decided):
    """Money came. Whether all of it, the adjustments say: what is neither paid nor adjusted away is still owed."""

    type: Literal["claim_paid"] = "claim_paid"
    paid: Decimal = Field(ge=0)
    charge: Decimal | None = Field(default=None, ge=0)
    adjustments: list[Adjustment] = Field(default=[])
    remarks: list[str] = Field(default=[])
    reference: Word = ""


class ClaimPartlyPaid(_Decided):
    """Money came for a part, and the rest was refused."""

    type: Literal["claim_partly_paid"] = "claim_partly_paid"
    paid: Decimal = Field(ge=0)
    charge: Decimal | None = Field(default=None, ge=0)
    adjustments: list[Adjustment] = Field(default=[])
    remarks: list[str] = Field(default=[])
    reference: Word = ""
    dates: LetterDates = LetterDates()


class ClaimDenied(_Decided):
    """The payer refuses."""

    type: Literal["claim_denied"] = "claim_denied"
    adjustments: list[Adjustment] = Field(default=[])
    remarks: list[str] = Field(default=[])
    reason: Text = ""
    reference: Word = ""
    dates: LetterDates = LetterDates()


class PaymentReversed(_FromAPayer):
    """An earlier payment, or an earlier decision, was taken back (835, claim status 22)."""

    type: Literal["payment_reversed"] = "payment_reversed"
    amount: Decimal
    adjustments: list[Adjustment] = Field(default=[])
    reference: Word = ""


class ClaimCorrected(_OnADay):
    """The claim was corrected and sent anew."""

    type: Literal["claim_corrected"] = "claim_corrected"
    by: SentBy = "electronic"
    reference: Word = ""
    number: str | None = Field(default=None, min_length=1, max_length=38)


class AppealFiled(_OnADay):
    """An appeal, a provider's dispute or an external review was asked for."""

    type: Literal["appeal_filed"] = "appeal_filed"
    level: AppealLevel = "internal"
    whose: Whose = "member"
    by: SentBy = "mail"
    reference: Word = ""


class AppealDecided(_OnADay):
    """The payer, or the reviewer, has answered."""

    type: Literal["appeal_decided"] = "appeal_decided"
    outcome: Literal["overturned", "partly", "upheld"]
    reference: Word = ""
    dates: LetterDates = LetterDates()


class ContactLogged(_OnADay):
    """Somebody spoke to the payer, or wrote."""

    type: Literal["contact_logged"] = "contact_logged"
    channel: Literal["phone", "portal", "mail", "fax", "email", "electronic", "in_person"]
    person: Word = ""
    reference: Word = ""
    note: Text = ""


class NudgeAnswered(_Happened):
    """A person's answer to a nudge: done, snooze until a day, or they promised something by a day."""

    type: Literal["nudge_answered"] = "nudge_answered"
    nudge: str = Field(max_length=100, description="the nudge's key, as the claim's page shows it")
    answer: Literal["done", "snooze", "promised"]
    until: date | None = Field(default=None, description="needed for snooze and promised")
    by: Word


class DeadlineLetGo(_Happened):
    """Somebody decided not to use a deadline, and says why."""

    type: Literal["deadline_let_go"] = "deadline_let_go"
    deadline: str = Field(max_length=100, description="the deadline's key, as the claim's page shows it")
    because: str = Field(min_length=3, max_length=500)
    by: Word


class PaperAdded(_Happened):
    """A paper of the packet is there now; `where` says where it is kept."""

    type: Literal["paper_added"] = "paper_added"
    paper: str = Field(max_length=60)
    where: str = Field(min_length=1, max_length=200)


class ClaimWrittenOff(_OnADay):
    """Nobody will ask for the rest any more."""

    type: Literal["claim_written_off"] = "claim_written_off"
    because: str = Field(min_length=3, max_length=500)
    by: Word


class ClaimClosed(_OnADay):
    """The claim needs nothing any more, for another reason."""

    type: Literal["claim_closed"] = "claim_closed"
    because: str = Field(min_length=3, max_length=500)
    by: Word


OutsideClaimEvent = (
    ClaimOpened
    | ClaimSubmitted
    | ClaimAcknowledged
    | ClaimRejected
    | StatusAnswered
    | InformationRequested
    | InformationSent
    | PaymentPromised
    | ClaimPaid
    | ClaimPartlyPaid
    | ClaimDenied
    | PaymentReversed
    | ClaimCorrected
    | AppealFiled
    | AppealDecided
    | ContactLogged
    | NudgeAnswered
    | DeadlineLetGo
    | PaperAdded
    | ClaimWrittenOff
    | ClaimClosed
)
"""What other programs, the pages and remittances may tell a claim."""

ClaimEvent = Annotated[OutsideClaimEvent | DeliveryFailed, Field(discriminator="type")]
"""Everything that a claim records. No member is ever removed: old histories hold them."""
ClaimFresh = Annotated[OutsideClaimEvent | DeliveryFailed | SendOutcome, Field(discriminator="type")]
"""What came since the last judgement: events, and what came of our messages."""

CLAIM_EVENT: TypeAdapter[ClaimEvent] = TypeAdapter(ClaimEvent)
OUTSIDE_CLAIM_EVENT: TypeAdapter[OutsideClaimEvent] = TypeAdapter(
    Annotated[OutsideClaimEvent, Field(discriminator="type"), AT_THE_DOOR]
)
CLAIM_EVENT_TYPES = frozenset(str(kind.model_fields["type"].default) for kind in get_args(OutsideClaimEvent))
"""The words by which a claim's events are told from a plan's."""


def parse_claim_event(body: Any) -> OutsideClaimEvent:
    """A checked event from JSON. Raises pydantic.ValidationError."""
    return OUTSIDE_CLAIM_EVENT.validate_python(body)
