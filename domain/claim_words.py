"""A claim in plain words for people: where it stands, and what comes next."""

from domain.billed import ClaimStatus
from domain.claim import ClaimState
from domain.claim_clock import open_promise
from domain.claim_deadlines import open_deadlines
from domain.claim_nudges import nudges_of
from domain.claim_standing import advice_for
from domain.deadlines import said

__all__ = ["STATUS", "advice_for", "next_action"]

STATUS: dict[ClaimStatus, str] = {
    "unsent": "not sent yet",
    "submitted": "sent, not acknowledged yet",
    "acknowledged": "the payer has it",
    "rejected": "sent back unread",
    "pending": "being worked on",
    "information_requested": "the payer wants more information",
    "paid": "paid",
    "partly_paid": "partly paid",
    "denied": "denied",
    "corrected": "corrected and sent again",
    "appealed": "appealed",
    "external_review": "in external review",
    "overturned": "appeal won, payment awaited",
    "upheld": "appeal lost",
    "written_off": "written off",
    "closed": "closed",
}
"""Where a claim stands, as the pages say it."""


def next_action(state: ClaimState) -> str:
    """One sentence: what is to be done next, or waited for, and until when."""
    if state.over:
        return "Nothing is owed."
    pressing = next(iter(open_deadlines(state)), None)
    last_day = f" Act by {said(pressing.day.act_by)}; the last day is {said(pressing.day.legal)}." if pressing else ""
    promise = open_promise(state)
    nudge = next((each for each in nudges_of(state) if promise is None or each.kind != "status"), None)
    if promise is not None and (nudge is None or nudge.kind in ("promise", "prompt_pay", "complaint")):
        return f"Wait for what was promised by {said(promise.until)}."
    if nudge is None:
        return f"Wait for the payer's answer.{last_day}"
    if nudge.kind in ("denial", "rejected", "information", "unsent", "settle", "balance"):
        return f"{nudge.action}{last_day}"
    return f"{nudge.action} ({said(nudge.due_on)}){last_day}"
