"""What the pages show of claims: the board, the practice's deadlines, and one claim; built from states by the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.adjustments import Adjustment
from domain.billed import ClaimStatus
from domain.claim import ClaimState, Denial, Payment
from domain.claim_deadlines import Deadline, deadlines_of
from domain.claim_nudges import Nudge, nudges_of
from domain.claim_words import STATUS, advice_for, next_action
from domain.client_share import share_of_client
from domain.denials import Advice, meaning
from domain.payer import Whose
from web.claim_form_table import GROUPS
from web.languages import day_in_words, gettext, told

Group = Literal["deadlines", "action", "waiting", "done"]
GROUP_TITLES: dict[Group, str] = {
    "deadlines": "Deadlines running",
    "action": "Something to do",
    "waiting": "Waiting for the payer",
    "done": "Done",
}
"""The groups of the board, the most urgent first."""
SOON_DAYS = 14
"""A deadline this near is shown in the colour of warnings."""

_WAITING: tuple[ClaimStatus, ...] = (
    "submitted",
    "acknowledged",
    "pending",
    "corrected",
    "appealed",
    "external_review",
)
_WHOSE: dict[Whose | None, str] = {"member": "the client's right", "provider": "the practice's right", None: ""}


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline of a claim as a page shows it. `left` is how much time there is, in words."""

    claim_id: str
    client: str
    payer: str
    number: str
    key: str
    name: str
    legal: date
    act_by: date
    why_legal: str
    why_act_by: str
    whose: str
    is_open: bool
    ended_because: str
    left: str
    pressing: bool

    @property
    def last_day(self) -> str:
        """ "Mon Nov 23, 2026"."""
        return day_in_words(self.legal)

    @property
    def is_over(self) -> bool:
        """Whether its last day lies behind us."""
        return self.left.endswith(" over")

    @property
    def own_day(self) -> str:
        """Our own day, in the same words."""
        return day_in_words(self.act_by)


@dataclass(frozen=True)
class NextStep:
    """What to do next about a claim: in a sentence, its checklist, and the number to name."""

    what: str
    steps: Sequence[str] = ()
    reference: str = ""


@dataclass(frozen=True)
class BoardRow:
    """One claim on the board."""

    claim_id: str
    client: str
    payer: str
    number: str
    service_date: str
    charge: str
    status: str
    group: Group
    left: str
    pressing: bool
    next_step: str


@dataclass(frozen=True)
class AdjustmentLine:
    """One adjustment in words."""

    amount: str
    what: str
    who: str


@dataclass(frozen=True)
class Money:
    """The money of a claim, in words. `client_owes` is at most what the client may be billed; a dash until sure."""

    charge: str
    paid: str
    client_owes: str
    adjustments: list[AdjustmentLine]


@dataclass(frozen=True)
class DenialShown:
    """One refusal with what to do about it."""

    denial: Denial
    advice: Advice
    codes: list[AdjustmentLine]
    dates: str
    may_bill_client: str


def days_left(day: date, today: date) -> str:
    """ "12 days left", "last day today", "3 days over"."""
    days = (day - today).days
    if days == 0:
        return "last day today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{count} left" if days > 0 else f"{count} over"


def dollars(amount: Decimal | None) -> str:
    """ "$1,234.50"; a dash where nothing is known."""
    if amount is None:
        return "–"
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def deadline_lines(state: ClaimState, today: date) -> list[DeadlineLine]:
    """All deadlines of a claim, the open ones first, each group by its last day."""
    lines = [_line(state, each, today) for each in deadlines_of(state)]
    return sorted(lines, key=lambda line: (not line.is_open, line.legal, line.key))


def open_deadlines(states: Iterable[ClaimState], today: date) -> list[DeadlineLine]:
    """The open deadlines of all claims by their last day: those that are over come first."""
    lines = [line for state in states for line in deadline_lines(state, today) if line.is_open]
    return sorted(lines, key=lambda line: (line.legal, line.act_by, line.claim_id, line.key))


def in_order(states: Iterable[ClaimState], today: date) -> list[ClaimState]:
    """The most urgent claims first: by group, then by the nearest open deadline, then by the visit."""
    groups = list(GROUP_TITLES)

    def place(state: ClaimState) -> tuple[int, date, date, str]:
        soonest = _soonest(state)
        group = groups.index(_group(state, soonest, today))
        return group, soonest.day.legal if soonest else date.max, state.claim.service_date, state.claim_id

    return sorted(states, key=place)


def board_row(state: ClaimState, today: date) -> BoardRow:
    """A claim as one row."""
    soonest = _soonest(state)
    line = _line(state, soonest, today) if soonest else None
    return BoardRow(
        claim_id=state.claim_id,
        client=state.client.name,
        payer=state.payer.name,
        number=state.claim.number,
        service_date=day_in_words(state.claim.service_date),
        charge=dollars(state.claim.charge),
        status=STATUS[state.status],
        group=_group(state, soonest, today),
        left=line.left if line else "",
        pressing=line.pressing if line else False,
        next_step=next_action(state),
    )


def _soonest(state: ClaimState) -> Deadline | None:
    """The open deadline whose last day comes first."""
    return None if state.over else next((each for each in deadlines_of(state) if each.open), None)


def next_step(state: ClaimState) -> NextStep:
    """What to do next, or to wait for, with the checklist and the number to name."""
    what = next_action(state)
    nudge = next((each for each in nudges_of(state) if what.startswith(each.action)), None)
    return NextStep(what, nudge.checklist, nudge.reference) if nudge else NextStep(what)


def nudges_waiting(state: ClaimState, today: date) -> list[Nudge]:
    """The nudges that are due, unanswered, and not replaced by the next of their kind; the earliest first."""
    return [each for each in nudges_of(state) if each.due_on <= today and (not each.ends_on or each.ends_on > today)]


def money_of(state: ClaimState) -> Money:
    """Charge, payments, and why it wasn't more. A refusal's own codes count only where nothing was posted instead."""
    posted: list[Payment | Denial] = [payment for payment in state.payments if payment.reversed_on is None]
    found = posted or [denial for denial in state.denials if not denial.settled][-1:]
    adjustments = [each for one in found for each in one.adjustments]
    share = share_of_client(state)
    return Money(
        charge=dollars(state.claim.charge),
        paid=dollars(state.paid),
        client_owes=dollars(share.amount if share.stands == "left" else None),
        adjustments=adjustment_lines(adjustments),
    )


def adjustment_lines(adjustments: Iterable[Adjustment]) -> list[AdjustmentLine]:
    """Adjustments in words: how much, why, and who bears it, with the codes that the payer's letters use."""
    return [
        AdjustmentLine(
            dollars(each.amount),
            _upper(f"{told(meaning(each.reason))} ({each.group} {each.reason})"),
            GROUPS.get(each.group, each.group).partition(": ")[2] or each.group,
        )
        for each in adjustments
    ]


def denials_shown(state: ClaimState) -> list[DenialShown]:
    """The refusals, the newest first, with advice on each."""
    return [_denial(state, denial) for denial in reversed(state.denials)]


def _denial(state: ClaimState, denial: Denial) -> DenialShown:
    advice = advice_for(state, denial)
    named = {
        gettext("decided %(day)s"): denial.dates.denial,
        gettext("letter dated %(day)s"): denial.dates.letter,
        gettext("mailed %(day)s"): denial.dates.mailing,
        gettext("received %(day)s"): denial.dates.receipt,
        gettext("the letter's own last day is %(day)s"): denial.dates.stated_deadline,
    }
    dates = ", ".join(words % {"day": day_in_words(day)} for words, day in named.items() if day)
    return DenialShown(
        denial, advice, adjustment_lines(denial.adjustments), _upper(dates), dollars(advice.may_bill_client)
    )


def _line(state: ClaimState, deadline: Deadline, today: date) -> DeadlineLine:
    day = deadline.day
    return DeadlineLine(
        claim_id=state.claim_id,
        client=state.client.name,
        payer=state.payer.name,
        number=state.claim.number,
        key=deadline.key,
        name=_upper(deadline.name),
        legal=day.legal,
        act_by=day.act_by,
        why_legal=day.why_legal,
        why_act_by=day.why_act_by,
        whose=_WHOSE[deadline.whose],
        is_open=deadline.open,
        ended_because=deadline.ended_because,
        left=days_left(day.legal, today),
        pressing=(day.legal - today).days <= SOON_DAYS or day.act_by <= today,
    )


def _group(state: ClaimState, soonest: Deadline | None, today: date) -> Group:
    if state.over:
        return "done"
    if soonest is not None:
        return "deadlines"
    if state.status not in _WAITING or nudges_waiting(state, today):
        return "action"
    return "waiting"


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
