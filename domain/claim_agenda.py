"""What a claim still owes people: nudges and alerts, derived from its state and never stored."""

from datetime import datetime

from domain.claim import ClaimState
from domain.claim_alerts import FOR_EVER, alerts_of, at_nine
from domain.claim_deadlines import Deadline, open_deadlines
from domain.claim_nudges import PREFIX, Nudge, nudges_of
from domain.claim_phrases import NUDGES, STEPS_ES, day_in_words, numbered
from domain.claim_standing import advice_for
from domain.client import Language
from domain.touchpoint import Fact, Touchpoint


def claim_agenda(state: ClaimState) -> list[Touchpoint]:
    """Every touchpoint that the claim still owes, the earliest first. None once it is over."""
    if state.over:
        return []
    nudges = [nudge for nudge in nudges_of(state) if f"{PREFIX}{nudge.key}" not in state.done]
    owed = [*alerts_of(state), *(_touchpoint(state, nudge) for nudge in nudges)]
    return sorted(owed, key=lambda touchpoint: (touchpoint.due_at, touchpoint.key))


def effective_due(state: ClaimState, touchpoint: Touchpoint) -> datetime:
    """When a touchpoint is tried next: its due time, or what the last attempt was deferred to."""
    return max(touchpoint.due_at, state.deferred.get(touchpoint.key, touchpoint.due_at))


def _touchpoint(state: ClaimState, nudge: Nudge) -> Touchpoint:
    zone = state.practice.time_zone
    due_at = at_nine(nudge.due_on, zone)
    to_client = nudge.audience == "client"
    language = state.client.language if to_client else state.biller.language
    template, facts = _words(state, nudge, language)
    return Touchpoint(
        key=f"{PREFIX}{nudge.key}",
        kind="claim_nudge",
        audience=nudge.audience,
        template=template,
        facts=facts,
        due_at=due_at,
        expires_at=at_nine(nudge.ends_on, zone) if nudge.ends_on else due_at + FOR_EVER,
        because=nudge.action,
        category="care" if to_client else "visit",
    )


def _words(state: ClaimState, nudge: Nudge, language: Language) -> tuple[str, dict[str, Fact]]:
    phrase = NUDGES[nudge.kind][language]
    action, checklist = phrase.action, list(phrase.checklist)
    if nudge.denial is not None and language == "en":
        action, checklist = nudge.action, nudge.checklist
    elif nudge.denial is not None:
        denial = state.denials[nudge.denial - 1]
        action = STEPS_ES[advice_for(state, denial).action]
    facts: dict[str, Fact] = {"action": action, "checklist": numbered(checklist), "reference": nudge.reference}
    if nudge.audience == "client":
        return "claim_nudge_client", facts
    if nudge.letter:
        return "prompt_pay_letter_due", facts
    applies = deadline_for(state, nudge)
    if applies is None:
        return "claim_nudge", facts
    days = {
        "last_day": day_in_words(applies.day.legal, language),
        "act_by": day_in_words(applies.day.act_by, language),
    }
    return "claim_denied_notice", facts | days


def deadline_for(state: ClaimState, nudge: Nudge) -> Deadline | None:
    """The deadline that applies to the next step on a denial: of the advice's kind, else the nearest."""
    if nudge.denial is None:
        return None
    about = advice_for(state, state.denials[nudge.denial - 1]).deadline
    mine = [each for each in open_deadlines(state) if each.denial == nudge.denial]
    return next((each for each in mine if each.about == about), mine[0] if mine else None)
