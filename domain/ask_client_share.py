"""Has the front desk look at the client's share whenever it changes: one task at a time, and none says the same twice.

Nothing is known here of what a client pays, so that no task asserts a bill: it asks whether it was paid at the visit.
"""

from decimal import Decimal

from domain.claim import ClaimState, ShareAsked
from domain.claim_judgement import ClaimJudgement
from domain.claim_standing import advice_for
from domain.client_share import ClientShare, share_of_client
from domain.names import claim_prefix

NAMES_AN_AMOUNT = ("left", "perhaps", "several", "first")
"""How a share stands where the task names an amount that somebody may then have asked the client for."""


def remember_older_tasks(state: ClaimState) -> None:
    """Take over what claims asked before there was one task at a time: a task for each answer with a share."""
    if state.share_asked is not None:
        return
    paid = list(enumerate(state.payments, start=1))
    asked = {f"bill:payment:{number}": each.client_owes for number, each in paid}
    asked |= {f"check-bill:payment:{number}": each.client_owes for number, each in paid if each.reversed_on}
    asked |= {f"bill:denial:{each.number}": advice_for(state, each).may_bill_client for each in state.denials}
    found = {key: amount for key, amount in asked.items() if amount > 0}
    if found:
        share = share_of_client(state)
        state.share_asked = ShareAsked(
            stands=share.stands,
            amount=share.amount,
            earlier=share.earlier,
            asked=max(found.values()),
            tasks=[f"{claim_prefix(state.claim_id)}:{key}" for key in found],
        )


def ask_for_share(sheet: ClaimJudgement) -> None:
    """Replace the desk's task about the client's share where the share, or what is known of it, has changed."""
    state, share = sheet.state, share_of_client(sheet.state)
    before = state.share_asked or ShareAsked(stands="undecided")
    if (share.stands, share.amount, share.earlier) == (before.stands, before.amount, before.earlier):
        return
    for key in before.tasks:
        sheet.close_desk(key)
    text, number = _task(share, before.asked), before.number
    tasks: list[str] = []
    if text:
        number += 1
        tasks.append(sheet.desk(f"client-share:{number}", text))
    named = max(share.amount, share.earlier) if share.stands in NAMES_AN_AMOUNT else Decimal(0)
    state.share_asked = ShareAsked(
        stands=share.stands,
        amount=share.amount,
        earlier=share.earlier,
        asked=named or before.asked,
        tasks=tasks,
        number=number,
    )


def _task(share: ClientShare, asked: Decimal) -> str:
    """What the desk is told, or nothing where the client neither owes nor was asked for anything."""
    if max(share.amount, share.earlier, asked) == 0:
        return ""
    told = " Only if the client was told before the visit." if share.needs_notice else ""
    before = f" Before, {asked:.2f} was asked for: it is the same share, never both." if asked else ""
    match share.stands:
        case "undecided":
            return (
                f"The payer took its decision back: check the {asked:.2f} that the client was to pay." if asked else ""
            )
        case "unsure":
            return _UNSURE + before
        case "waits":
            return _WAITS + before
        case "perhaps":
            return _PERHAPS.format(amount=share.amount) + told + before
        case "several":
            return _SEVERAL.format(earlier=share.earlier, amount=share.amount) + told
        case "refused":
            return _REFUSED.format(earlier=share.earlier)
        case "first":
            return _FIRST.format(amount=share.amount, step=share.step) + before
        case "left" if share.amount > 0:
            return _LEFT.format(amount=share.amount) + told + before
        case "left":
            return _NOTHING.format(asked=asked) if asked else ""


_LEFT = (
    "The payer leaves {amount:.2f} to the client (PR). Was it paid at the visit? "
    "Does another payer come after this one? Bill only what is then still open."
)
_UNSURE = (
    "The payer took an answer back, and two may be meant. "
    "Find out which one stands before anything is billed to the client."
)
_WAITS = (
    "The claim went on to another payer: nobody bills the client before it has answered. "
    "If nothing comes within a month, send it there yourselves."
)
_PERHAPS = (
    "The claim went on to another payer, and the answer that came since doesn't say whose it is. "
    "Find out: only what the last payer leaves to the client is theirs, {amount:.2f} as it stands. "
    "Was it paid at the visit?"
)
_SEVERAL = (
    "Two answers put an amount on the client, {earlier:.2f} and then {amount:.2f}, and neither takes the other back. "
    "Read both before anything is billed: the same share is never billed twice."
)
_REFUSED = (
    "An earlier payer left {earlier:.2f} to the client, and the last one refuses. Settle the refusal first; "
    "then see what is the client's."
)
_FIRST = "The payer names the client for {amount:.2f} (PR), but another step comes before any bill. {step}"
_NOTHING = (
    "By the last payer's answer the client owes nothing: check the {asked:.2f} asked for before, "
    "and give back what was paid of it."
)
