"""Turns a claim's touchpoint into a message, and says what becomes of one that didn't arrive.

The ladder: text, then email, each where it may be used; in the end a task for the front desk.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.actions import SendMessage, SendOutcome
from domain.claim import ClaimState
from domain.claim_agenda import claim_agenda
from domain.claim_alerts import last_day_of, person
from domain.claim_judgement import ClaimJudgement
from domain.client import Channel
from domain.events import DeliveryFailed
from domain.names import claim_prefix
from domain.outgoing import OPTED_OUT
from domain.touchpoint import Fact, Touchpoint

NUDGE_LASTS = timedelta(days=30)


def message_for(
    state: ClaimState, touchpoint: Touchpoint, now: datetime, rung: Channel | None = None, *, only_find: bool = False
) -> SendMessage | None:
    """The message for a touchpoint on `rung`, or on the first channel that is left; None where there is none."""
    rung = rung or next_rung(state, touchpoint, now)
    if rung is None:
        return None
    client, practice, to_client = state.client, state.practice, touchpoint.audience == "client"
    who = person(state, touchpoint.audience)
    lasts = touchpoint.expires_at if touchpoint.kind == "deadline_alert" else now + NUDGE_LASTS
    return SendMessage(
        message_key=f"{claim_prefix(state.claim_id)}:{touchpoint.key}:{rung}",
        touchpoint_key=touchpoint.key,
        plan_id=state.plan_id,
        kind=touchpoint.kind,
        audience=touchpoint.audience,
        to=touchpoint.audience,
        channel=rung,
        address=client.address(rung) if to_client else who.address(rung),
        language=client.language if to_client else who.language,
        time_zone=client.time_zone if to_client else practice.time_zone,
        template=_template(state, touchpoint, now),
        facts=_facts(state, to_client=to_client) | touchpoint.facts,
        because=touchpoint.because,
        category=touchpoint.category,
        due_at=touchpoint.due_at,
        expires_at=min(touchpoint.expires_at, lasts),
        window=practice.follow_up.send_window,
        caps=practice.follow_up.caps if to_client else None,
        only_find=only_find,
    )


def next_rung(state: ClaimState, touchpoint: Touchpoint, now: datetime) -> Channel | None:
    """The first channel that may be used now and hasn't failed."""
    to_client = touchpoint.audience == "client"
    today = now.astimezone(ZoneInfo(state.practice.time_zone)).date()
    channels = state.client.channels(today) if to_client else person(state, touchpoint.audience).channels()
    tried = state.tried.get(touchpoint.key, [])
    return next((channel for channel in channels if channel not in tried), None)


def take_outcome(sheet: ClaimJudgement, outcome: SendOutcome) -> None:
    """What came of a message that the last judgement sent. Of any other it was taken before."""
    state, key = sheet.state, outcome.touchpoint_key
    rung = state.sent_by.get(key)
    if key not in state.sent or rung is None or not outcome.message_key.endswith(f":{key}:{rung}"):
        return
    if outcome.result == "unclear" and outcome.until is not None:
        state.deferred[key] = outcome.until
        return
    touchpoint = state.sent.pop(key)
    del state.sent_by[key]
    state.deferred.pop(key, None)
    if outcome.result == "accepted":
        return
    if outcome.result == "deferred" and outcome.until is not None:
        state.done.pop(key, None)
        state.deferred[key] = outcome.until
        return
    _climb(sheet, touchpoint, rung, outcome.result, outcome.because)


def take_failed_delivery(sheet: ClaimJudgement, failed: DeliveryFailed) -> None:
    """The provider gave a message up after accepting it. What it says a second time was acted on the first time.

    What the claim would no longer owe, because somebody has answered or filed meanwhile, needs no other way.
    """
    state = sheet.state
    key, rung = _touchpoint_and_rung(state, failed.message_key)
    if not key or rung in state.tried.get(key, []):
        return
    if state.sent_by.get(key) == rung:
        for book in (state.sent, state.sent_by, state.deferred):
            book.pop(key, None)
    touchpoint = _owed(state, key)
    if touchpoint is None:
        state.tried[key] = [*state.tried.get(key, []), rung]
        sheet.write("notice", "A message was not delivered, but is needed no more.", because=failed.cause)
        return
    _climb(sheet, touchpoint, rung, "undelivered", failed.cause)


def _climb(sheet: ClaimJudgement, touchpoint: Touchpoint, rung: str, result: str, because: str) -> None:
    state, key = sheet.state, touchpoint.key
    state.tried[key] = [*state.tried.get(key, []), rung]
    what = touchpoint.kind.replace("_", " ")
    following = next_rung(state, touchpoint, sheet.now)
    if because == OPTED_OUT and touchpoint.audience == "client":
        following = None  # they told the carrier to stop, and didn't mean only this number
    if following is not None:
        state.done.pop(key, None)
        how = "by text" if following == "sms" else "by email"
        sheet.write("notice", f"Not delivered ({what}): tried {how}.", because=because)
        return
    state.done[key] = result
    text = f"A message did not reach the {touchpoint.audience} ({what}): {because or result}"
    sheet.desk(f"unsent:{key}", text, "undeliverable")


def _touchpoint_and_rung(state: ClaimState, message_key: str) -> tuple[str, str]:
    """The parts of one of this claim's message keys; empty for any other."""
    prefix = f"{claim_prefix(state.claim_id)}:"
    key, _, rung = message_key.removeprefix(prefix).rpartition(":")
    return (key, rung) if message_key.startswith(prefix) else ("", "")


def forget_accepted(sheet: ClaimJudgement) -> None:
    """Of what the last judgement sent, whatever wasn't reported by now was accepted."""
    state = sheet.state
    state.sent = {key: kept for key, kept in state.sent.items() if key in state.deferred}
    state.sent_by = {key: rung for key, rung in state.sent_by.items() if key in state.sent}


def ask_about_unclear(sheet: ClaimJudgement) -> None:
    """Send the same message again where nobody knew what became of it: the sender finds out before it acts."""
    state = sheet.state
    for key, touchpoint in state.sent.items():
        rung = state.sent_by[key]
        if state.deferred[key] > sheet.now:
            continue
        del state.deferred[key]
        channel: Channel = "email" if rung == "email" else "sms"
        message = message_for(state, touchpoint, sheet.now, channel, only_find=_owed(state, key) is None)
        if message is not None:
            sheet.actions.append(message)


def _owed(state: ClaimState, key: str) -> Touchpoint | None:
    """What the claim would owe under this key now, had it not been sent."""
    others = {known: how for known, how in state.done.items() if known != key}
    owed = claim_agenda(state.model_copy(update={"done": others}))
    return next((touchpoint for touchpoint in owed if touchpoint.key == key), None)


def _template(state: ClaimState, touchpoint: Touchpoint, now: datetime) -> str:
    """An alert that goes after the last day says that it has passed, whichever threshold it was for."""
    if touchpoint.kind != "deadline_alert":
        return touchpoint.template
    today = now.astimezone(ZoneInfo(state.practice.time_zone)).date()
    return "deadline_passed" if today > last_day_of(touchpoint.key) else "deadline_alert"


def _facts(state: ClaimState, *, to_client: bool) -> dict[str, Fact]:
    """What every template may say. A word to staff shows nothing of the client."""
    if not to_client:
        return {"practice": state.practice.name}
    return {
        "practice": state.practice.name,
        "practice_phone": state.practice.phone,
        "first_name": state.client.first_name,
        "therapist": state.therapist.name,
    }
