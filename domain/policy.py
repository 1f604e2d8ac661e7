"""How a practice follows up: offsets, windows, caps and waits, from `practice.yaml`, overridable per plan."""

from datetime import time, timedelta
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from domain.bounds import A_MINUTE, A_YEAR, MANY, Within
from domain.client import Language, Person, Phone, TimeZone, Written
from domain.denial_rows import DenialRow
from domain.payer import Payer, Rule

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
Pace = Annotated[timedelta, Within(shortest=A_MINUTE)]
"""How long before people are told again. Nothing would be told without end."""
UrgentPace = Annotated[timedelta, Within(shortest=A_MINUTE, longest=DAY)]
Offsets = Annotated[list[timedelta], Within(longest=A_YEAR, entries=20)]


class SendWindow(Written):
    """When automatic messages may go, on the client's wall clock. Equal times mean the whole day."""

    opens: time = time(9)
    closes: time = time(20)


class Caps(Written):
    """Most messages to one client that are neither about a visit nor an answer. Absent means no cap."""

    per_day: int | None = Field(default=1, ge=0)
    per_week: int | None = Field(default=3, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        """Here a null is a choice: no cap."""
        return data


class FollowUp(Written):
    """What is asked and reminded, and how long we wait. Every duration is ISO-8601, to the second."""

    reminders: Offsets = Field(default=[3 * DAY, DAY, 2 * HOUR], description="before a visit")
    screening_before: timedelta | None = Field(default=DAY, description="contraindication question before a visit")
    screening: bool = True
    feedback_after: timedelta = 2 * DAY
    check_in_after: timedelta = DAY
    check_in: bool = True
    homework_reminders: bool = False
    measure_requests: bool = True
    measure_request_after: timedelta = DAY
    benchmark_question_after: timedelta = DAY
    answer_within: timedelta = Field(default=3 * DAY, description="how long an open question waits for its answer")
    rebook_after: timedelta = Field(default=DAY + 4 * HOUR, description="after a session with nothing booked")
    rebook: bool = True
    no_show_after: timedelta = Field(default=HOUR, description="after the start of a missed visit")
    low_feedback: int = Field(default=2, ge=1, le=5, description="a rating at or under this is told to the therapist")
    review_request: bool = True
    review_after: timedelta = 2 * DAY
    send_window: SendWindow = SendWindow()
    caps: Caps = Caps()
    escalation_reminder_after: Pace = DAY
    backup_after: Pace = 2 * DAY
    red_flag_reminder_after: UrgentPace = timedelta(minutes=10)
    undo_for: Annotated[timedelta, Within(longest=DAY)] = Field(
        default=timedelta(seconds=20), description="how long a decision may be taken back"
    )
    conversation_hold: Annotated[timedelta, Within(longest=A_YEAR)] = Field(
        default=2 * HOUR, description="automatic messages wait so long after a word of a person's conversation"
    )

    @field_validator("reminders")
    @classmethod
    def _each_once(cls, reminders: list[timedelta]) -> list[timedelta]:
        if any(offset <= timedelta(0) for offset in reminders):
            raise ValueError("each reminder is a positive duration before the visit, such as PT2H")
        if len(set(reminders)) != len(reminders):
            raise ValueError("the same reminder is written twice; remove one")
        return sorted(reminders, reverse=True)

    @model_validator(mode="after")
    def _waits_make_sense(self) -> "FollowUp":
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, timedelta) and value < timedelta(0):
                raise ValueError(f"{name} is negative; write a duration like P1D")
        if self.backup_after < self.escalation_reminder_after:
            raise ValueError("backup_after comes before escalation_reminder_after; make it the longer one")
        return self


class Mail(Written):
    """How the practice's email may be used. By default a mail only says that there is a message, and where to read it.

    `signed_baa`: the email provider has signed a business associate agreement, so a mail may carry the message itself.
    `calendar`: mails about a visit carry an iCalendar file; needs `signed_baa`, since a visit's time is health
    information. `replies_at`: the domain whose mail comes back to us; without it replies go to the sender's address.
    """

    signed_baa: bool = False
    calendar: bool = False
    replies_at: str | None = Field(default=None, pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")

    @model_validator(mode="after")
    def _a_visit_is_health_information(self) -> "Mail":
        if self.calendar and not self.signed_baa:
            raise ValueError("calendar needs signed_baa: a visit's time may not go by a provider without the agreement")
        return self


class Sending(Written):
    """How long a message of unknown outcome is looked for at the provider, and when its absence counts as proof."""

    reconcile_for: Annotated[timedelta, Within(longest=DAY)] = Field(default=timedelta(minutes=10), gt=timedelta(0))
    absent_after: Annotated[timedelta, Within(longest=DAY)] = Field(default=timedelta(minutes=5), ge=timedelta(0))


class Practice(Written):
    """The practice file: who we are, who answers, and the follow-up that plans fall back to."""

    name: str = Field(min_length=1, max_length=40)
    phone: Phone
    time_zone: TimeZone
    language: Language = "en"
    front_desk: Person
    biller: Person | None = Field(default=None, description="who follows claims; the front desk where absent")
    owner: Person | None = Field(default=None, description="who hears of a deadline at last; the front desk if absent")
    payers: list[Payer] = Field(default=[])
    claim_rules: Annotated[list[Rule], MANY] = Field(
        default=[], description="rows laid over the packaged ones, by id or more specific"
    )
    denial_rules: Annotated[list[DenialRow], MANY] = Field(
        default=[], description="rows about reason codes, before the packaged ones"
    )
    review_url: str | None = Field(default=None, max_length=80)
    demo: bool = False
    email: Mail = Mail()
    sending: Sending = Sending()
    follow_up: FollowUp = FollowUp()

    @model_validator(mode="after")
    def _rules_name_known_payers(self) -> "Practice":
        ids = [payer.id for payer in self.payers]
        if len(set(ids)) != len(ids):
            raise ValueError("payers: two payers have the same id; rename one")
        for rule in self.claim_rules:
            if rule.payer is not None and rule.payer not in ids:
                raise ValueError(f"claim_rules: {rule.id} names the payer '{rule.payer}', which isn't in payers")
        return self

    def payer(self, payer_id: str) -> Payer | None:
        """The payer of that id, if the practice has it."""
        return next((payer for payer in self.payers if payer.id == payer_id), None)

    def policy(self, overrides: FollowUp) -> FollowUp:
        """The practice's follow-up with a plan's own fields laid over it, nested ones field by field."""
        merged = self.follow_up.model_dump(mode="json")
        for name, value in overrides.model_dump(mode="json", exclude_unset=True).items():
            merged[name] = merged[name] | value if isinstance(value, dict) else value
        return FollowUp.model_validate(merged)
