"""The deadlines of a claim, each with its day, and whether it is still open: the member's and the provider's apart.

One ends when its step was taken, when somebody lets it go, or when the claim is over; never by itself, and not by
passing.
"""

from collections.abc import Iterator
from datetime import date

from domain.claim import Appeal, ClaimState, Denial, InformationAsked, LetterDates
from domain.claim_rules import rule_for
from domain.claim_standing import advice_for, latest_submission
from domain.client import Model
from domain.deadlines import Day, deadline
from domain.denials import Advice
from domain.payer import Rule, RuleAbout, Whose

NAMES: dict[RuleAbout, str] = {
    "timely_filing": "timely filing",
    "corrected_claim": "corrected claim",
    "information": "records to send",
    "internal_appeal": "internal appeal",
    "external_review": "external review",
    "dispute": "provider's dispute",
}
"""What each kind of deadline is called."""
FILED_ANEW: tuple[RuleAbout, ...] = ("timely_filing", "corrected_claim")


class Deadline(Model):
    """One last day. `key` is unique within the claim; `denial` is the number of the denial that it is about."""

    key: str
    about: RuleAbout
    name: str
    day: Day
    whose: Whose | None = None
    denial: int | None = None
    open: bool
    ended_because: str = ""


def deadlines_of(state: ClaimState) -> list[Deadline]:
    """Every deadline that the claim has or had, the nearest last day first."""
    found = [*_filing(state), *_information(state)]
    for denial in state.denials:
        found += _of_denial(state, denial)
    return sorted(found, key=lambda each: (each.day.legal, each.key))


def open_deadlines(state: ClaimState) -> list[Deadline]:
    """Those on which somebody must still act."""
    return [each for each in deadlines_of(state) if each.open]


def appeals_of(state: ClaimState, denial: int, about: RuleAbout) -> list[Appeal]:
    """The appeals that use this right. An internal appeal in the provider's own name is the provider's dispute."""
    return [each for each in state.appeals if each.denial == denial and right_of(each) == about]


def right_of(appeal: Appeal) -> RuleAbout:
    """Which right an appeal uses."""
    if appeal.level == "external":
        return "external_review"
    return "dispute" if appeal.level == "dispute" or appeal.whose == "provider" else "internal_appeal"


def _rule(state: ClaimState, about: RuleAbout, whose: Whose | None = None) -> Rule | None:
    return rule_for(about, state.payer, state.practice.claim_rules, whose=whose)


def _made(
    state: ClaimState,
    key: str,
    about: RuleAbout,
    day: Day | None,
    ended: str,
    *,
    whose: Whose | None = None,
    denial: Denial | None = None,
) -> Iterator[Deadline]:
    if day is None:
        return
    because = ended or _ended_for_all(state, key, denial)
    number = denial.number if denial else None
    yield Deadline(
        key=key,
        about=about,
        name=NAMES[about],
        day=day,
        whose=whose,
        denial=number,
        open=not because,
        ended_because=because,
    )


def _ended_for_all(state: ClaimState, key: str, denial: Denial | None) -> str:
    if key in state.let_go:
        return f"let go: {state.let_go[key].because}"
    if state.over:
        return f"the claim is {state.status.replace('_', ' ')}"
    return "the denial is settled" if denial is not None and denial.settled else ""


def _filing(state: ClaimState) -> Iterator[Deadline]:
    day = deadline(_rule(state, "timely_filing"), LetterDates(), service=state.claim.service_date)
    first = min((sending.on for sending in state.submissions if not sending.turned_back), default=None)
    ended = f"the claim was sent on {first}" if first else ""
    yield from _made(state, "timely_filing", "timely_filing", day, ended)


def _information(state: ClaimState) -> Iterator[Deadline]:
    whose: Whose = "provider" if state.claim.filed_by == "practice" else "member"
    for number, asked in enumerate(state.asked, start=1):
        yield from _made(
            state,
            f"information:{number}",
            "information",
            _day_of_request(state, asked, whose),
            f"sent on {asked.sent_on}" if asked.sent_on else "",
        )


def _day_of_request(state: ClaimState, asked: InformationAsked, whose: Whose) -> Day | None:
    return deadline(
        _rule(state, "information", whose), LetterDates(letter=asked.on, stated_deadline=asked.due), asked=asked.on
    )


def _of_denial(state: ClaimState, denial: Denial) -> Iterator[Deadline]:
    advice = advice_for(state, denial)
    if advice.appealable:
        yield from _internal(state, denial)
    if state.claim.filed_by == "practice" and (advice.appealable or advice.deadline == "dispute"):
        yield from _dispute(state, denial, advice)
    yield from _external(state, denial)
    if advice.deadline in FILED_ANEW:
        yield from _anew(state, denial, advice)
    if advice.deadline == "information":
        yield from _records(state, denial)


def _internal(state: ClaimState, denial: Denial) -> Iterator[Deadline]:
    day = deadline(_rule(state, "internal_appeal", "member"), denial.dates)
    ended = _filed(appeals_of(state, denial.number, "internal_appeal"))
    key = f"internal_appeal:{denial.number}"
    yield from _made(state, key, "internal_appeal", day, ended, whose="member", denial=denial)


def _dispute(state: ClaimState, denial: Denial, advice: Advice) -> Iterator[Deadline]:
    """The letter's own last day is about the member's appeal, unless only a dispute is possible."""
    dates = denial.dates if not advice.appealable or advice.deadline == "dispute" else _unstated(denial.dates)
    day = deadline(_rule(state, "dispute", "provider"), dates)
    ended = _filed(appeals_of(state, denial.number, "dispute"))
    yield from _made(state, f"dispute:{denial.number}", "dispute", day, ended, whose="provider", denial=denial)


def _external(state: ClaimState, denial: Denial) -> Iterator[Deadline]:
    """After an internal appeal that didn't bring everything."""
    refused = [
        each
        for each in appeals_of(state, denial.number, "internal_appeal")
        if each.decided_on and each.outcome in ("upheld", "partly")
    ]
    if not refused:
        return
    last = max(reversed(refused), key=lambda each: each.decided_on or each.filed_on)
    dates = last.dates if last.dates.earliest() else last.dates.model_copy(update={"denial": last.decided_on})
    day = deadline(_rule(state, "external_review", "member"), dates)
    ended = _filed(appeals_of(state, denial.number, "external_review"))
    key = f"external_review:{denial.number}"
    yield from _made(state, key, "external_review", day, ended, whose="member", denial=denial)


def _anew(state: ClaimState, denial: Denial, advice: Advice) -> Iterator[Deadline]:
    about: RuleAbout = "timely_filing" if advice.deadline == "timely_filing" else "corrected_claim"
    last = latest_submission(state)
    day = deadline(
        _rule(state, about),
        _unstated(denial.dates),
        service=state.claim.service_date,
        submitted=last.on if last else None,
        received=last.received if last else None,
    )
    again = sent_since(state, denial)
    ended = f"sent again on {again}" if again else ""
    yield from _made(state, f"corrected_claim:{denial.number}", about, day, ended, denial=denial)


def _records(state: ClaimState, denial: Denial) -> Iterator[Deadline]:
    asked_on = denial.dates.earliest() or denial.told_on
    day = deadline(_rule(state, "information", "provider"), denial.dates, asked=asked_on)
    ended = f"sent on {sent}" if (sent := records_sent_since(state, denial) or sent_since(state, denial)) else ""
    yield from _made(state, f"records:{denial.number}", "information", day, ended, denial=denial)


def records_sent_since(state: ClaimState, denial: Denial) -> date | None:
    """The day on which records first went out after a denial."""
    told = denial.dates.earliest() or denial.told_on or state.claim.service_date
    return min((each.sent_on for each in state.asked if each.sent_on and each.sent_on >= told), default=None)


def sent_since(state: ClaimState, denial: Denial) -> date | None:
    """The day on which the claim was first sent again after a denial, and not sent back unread."""
    told = denial.dates.earliest() or denial.told_on or state.claim.service_date
    again = [each for each in state.submissions if not each.turned_back and (each.corrected or each.on > told)]
    return min((each.on for each in again if each.on >= told), default=None)


def _filed(appeals: list[Appeal]) -> str:
    return f"filed on {min(each.filed_on for each in appeals)}" if appeals else ""


def _unstated(dates: LetterDates) -> LetterDates:
    return dates.model_copy(update={"stated_deadline": None})
