"""How things run, in plain words, each with what to do: senders, engine, queue, failures, the database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from domain.client import Channel
from domain.remedies import remedy
from records.database import Records
from records.failing import Failing
from records.health import Failure, Lease, StoppedSender, Waiting
from web.agreement import Alarm, alarms
from web.auth import LARGEST_FORM, LoggedIn
from web.languages import gettext, marked, told
from web.left_behind import MOST_SHOWN, still_named
from web.rendering import clock, page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment

WAITS_TOO_LONG_AFTER = timedelta(minutes=1)
"""What was taken in is normally carried out within seconds; the sweep tries again after ten."""
FAILURES_OF = timedelta(days=1)
POLLED_LATELY = timedelta(minutes=10)
State = Literal["well", "watch", "bad"]

_CHANNELS: dict[Channel, str] = {"sms": marked("Texts"), "email": marked("Emails")}
_SENDER_FIX = marked(
    "Run “followthrough doctor” on the server: it says which setting the provider doesn't take. Mend it; one message "
    "tries again every five minutes, and the others follow by themselves."
)
_ENGINE_FIX = marked("Start Temporal, or the whole of it with “followthrough up”. What comes in meanwhile is kept.")
_NO_WORKER = marked("No worker looks after what was left undone. Start one: “followthrough up”, or “python worker.py”.")
_WEBHOOK_FIX = marked(
    "If they are the vendor's own, PUBLIC_URL, TWILIO_AUTH_TOKEN or the SendGrid public keys don't fit. Others may be "
    "strangers trying the door; those were turned away."
)
_FAILING_FIX = marked(
    "Look after this client yourselves meanwhile. The fault is in this program or in what it was told: the worker's "
    "log says which. It is tried again when something new comes in, when a worker starts, and within the hour."
)
MOST_FAILING = 20
"""So many lines at most; the inbox holds a task for each."""
_POLL_FIX = marked(
    "Messages go out meanwhile. What clients texted while this program was down, a STOP too, isn't known until the "
    "provider answers: run “followthrough doctor” on the server."
)
_UNDER_WAY_FIX = marked("Nothing could call them back. Each has a task of the front desk; nothing else goes out.")
_OLD_SCHEMA = marked("Restart with the newest version of this program: it brings the schema up by itself.")
_ONCE_IT_ANSWERS = marked("They are handed over once the engine answers and a worker runs.")
_START_THEMSELVES = marked("They start by themselves once the engine answers.")
_UNPAGED_BY: dict[Channel, str] = {
    "sms": marked("%(who)s can't be paged by text: they wrote STOP to our number"),
    "email": marked("%(who)s can't be told by email: they asked for none"),
}
_STAFF_STOP_FIX = marked(
    "Words to them go by their other channel or to the backup person. Ask them to write START to our number."
)
_STILL_NAMED_FIX = marked(
    "What would be asked of them goes to the backup person or an owner. End that plan and begin one with somebody else."
)
_NO_OWNER_FIX = marked(
    "Words that accuse somebody of the practice are then shown to the front desk. Add the owner under People."
)
_STATUS = {
    "refused": "not taken by the provider",
    "unknown": "nobody can tell whether it went",
    "undelivered": "not delivered",
    "failed": "failed",
}
_WAITING = {
    "events": (marked("Events that no plan has heard of"), _ONCE_IT_ANSWERS),
    "claim_events": (marked("News about claims that no claim has heard of"), _ONCE_IT_ANSWERS),
    "replies": (
        marked("Replies of clients that nobody has looked at"),
        marked("A worker takes them up. Read them meanwhile on the client's conversation page."),
    ),
    "plans": (marked("Plans that haven't started"), _START_THEMSELVES),
    "claims": (marked("Claims that haven't started"), _START_THEMSELVES),
    "in_doubt": (
        marked("Messages of which nobody knows whether they went"),
        marked("A worker asks the provider, for ten minutes."),
    ),
}

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at and how it is, in the reader's language, and what to do where it isn't well.

    `fix` is a message that the page translates, `link` where the matter can be seen.
    """

    what: str
    text: str
    state: State = "well"
    fix: str = ""
    link: str = ""


@router.get("/health", dependencies=[needs("see_health")])
def health(request: Request, wiring: Wired, visitor: LoggedIn) -> Response:
    """Everything that can hold messages up, the bad first."""
    now = this_moment()
    refused = cast("Counter[str]", request.app.state.refused_webhooks)
    order: dict[State, int] = {"bad": 0, "watch": 1, "well": 2}
    findings = sorted(_findings(wiring, refused, now), key=lambda finding: order[finding.state])
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "findings": findings,
        "well": all(finding.state == "well" for finding in findings),
        "failures": [_failed(failure) for failure in wiring.records.failures(now - FAILURES_OF)],
        "now": now,
    }
    return page(request, "health.html", context)


def _findings(wiring: Wiring, refused: Counter[str], now: datetime) -> Iterator[Finding]:
    zone = wiring.practice.time_zone
    yield from _senders(wiring, zone)
    if wiring.engine.away:
        yield Finding(gettext("Engine"), gettext("Temporal doesn't answer"), "bad", _ENGINE_FIX)
    else:
        yield Finding(gettext("Engine"), gettext("Temporal answers"))
    yield from _agreement(alarms(wiring.records), zone)
    yield _sweep(wiring.records.leases(), now, zone)
    yield from _failing(wiring.records.failing_judgements(), zone)
    yield from _staff(wiring.records)
    yield from _polls(wiring, now, zone)
    yield from _under_way(wiring, now)
    queue = wiring.records.queue(now - WAITS_TOO_LONG_AFTER)._asdict()
    stuck = [_stuck(name, waiting, zone) for name, waiting in queue.items() if waiting.number]
    yield from stuck or [Finding(gettext("Queue"), gettext("Nothing waits for longer than a minute"))]
    yield _webhooks(refused)
    yield from _database(wiring)


def _agreement(found: list[Alarm], zone: str) -> Iterator[Finding]:
    """Whether the records and the engine belong together, and whether all plans are looked after."""
    what = gettext("Records and engine")
    if not found:
        yield Finding(what, gettext("They agree, and no plan waits for longer than it should"))
    for alarm in found:
        since = gettext(", since %(at)s") % {"at": clock(alarm.since, zone)} if alarm.since else ""
        yield Finding(what, gettext(alarm.text) % alarm.values + since, "bad" if alarm.bad else "watch", alarm.fix)


def _senders(wiring: Wiring, zone: str) -> Iterator[Finding]:
    stopped = {stop.channel: stop for stop in wiring.records.sender_stops()}
    for channel, words in _CHANNELS.items():
        name = gettext(words)
        if channel in stopped:
            yield _stopped(name, stopped[channel], zone)
        elif wiring.settings.messaging == "local":
            yield Finding(name, gettext("stay on this machine, at /phone (MESSAGING=local)"))
        elif channel == "email" and wiring.settings.sendgrid_api_key is None:
            yield Finding(name, gettext("are not set up: SENDGRID_API_KEY is unset, so only texts go out"))
        else:
            yield Finding(name, gettext("go out"))


def _stopped(name: str, stop: StoppedSender, zone: str) -> Finding:
    text = gettext("are stopped since %(at)s: the provider refuses our settings")
    code = gettext(", code %(code)s") % {"code": stop.code} if stop.code else ""
    return Finding(name, text % {"at": clock(stop.stopped_at, zone)} + code, "bad", _SENDER_FIX)


def _sweep(leases: list[Lease], now: datetime, zone: str) -> Finding:
    worker, sweep = gettext("Worker"), next((lease for lease in leases if lease.name == "sweep"), None)
    if sweep is None:
        return Finding(worker, gettext("None has run yet"), "bad", _NO_WORKER)
    if sweep.until < now:
        return Finding(worker, gettext("None since %(at)s") % {"at": clock(sweep.until, zone)}, "bad", _NO_WORKER)
    return Finding(worker, gettext("One is at work (%(name)s)") % {"name": sweep.holder})


def _failing(found: list[Failing], zone: str) -> Iterator[Finding]:
    """Plans and claims that nobody can judge, each with the way to its page."""
    if not found:
        yield Finding(gettext("Plans"), gettext("Each can be followed"))
    for one in found[:MOST_FAILING]:
        since = {"at": clock(one.since, zone)}
        if one.claim_id is None:
            text = gettext("One can't be followed since %(at)s: nothing goes out for its client") % since
            yield Finding(gettext("Plans"), text, "bad", _FAILING_FIX, f"/plans/{one.plan_id}")
        else:
            text = gettext("A claim can't be followed since %(at)s: none of its deadlines is watched") % since
            yield Finding(gettext("Claims"), text, "bad", _FAILING_FIX, f"/claims/{one.claim_id}")
    if len(found) > MOST_FAILING:
        more = gettext("%(number)s more can't be followed; the inbox has a task for each")
        yield Finding(gettext("Plans"), more % {"number": len(found) - MOST_FAILING}, "bad", _FAILING_FIX)


def _staff(records: Records) -> Iterator[Finding]:
    """Who of the staff can't be told of anything, and which plans still ask somebody who is let in no more."""
    people = gettext("People")
    for stopped in records.staff_who_stopped():
        said = _UNPAGED_BY[stopped.channel]
        yield Finding(people, gettext(said) % {"who": stopped.name}, "bad", _STAFF_STOP_FIX)
    for plan in still_named(records)[:MOST_SHOWN]:
        text = gettext("A plan still names %(who)s, who is let in no more") % {"who": plan.name}
        yield Finding(people, text, "bad", _STILL_NAMED_FIX, f"/plans/{plan.plan_id}")
    members = records.members()
    if members and not any(member.role == "owner" and member.let_in for member in members):
        yield Finding(people, gettext("No owner has a login of their own"), "watch", _NO_OWNER_FIX)


def _polls(wiring: Wiring, now: datetime, zone: str) -> Iterator[Finding]:
    """Whether the provider's own list is read: a STOP may have reached it while we were down."""
    if wiring.settings.messaging == "local":
        return
    what, polls = gettext("Texts that got lost"), wiring.records.polls()
    if not polls:
        yield Finding(what, gettext("The provider was never asked for any"), "watch", _NO_WORKER)
    for poll in polls:
        failed = poll.failed_at is not None
        if poll.polled_at is None:
            yield Finding(what, gettext("The provider could not be asked yet"), "bad", _POLL_FIX)
        elif failed or now - poll.polled_at > POLLED_LATELY:
            said = gettext("The provider could not be asked since %(at)s") % {"at": clock(poll.polled_at, zone)}
            yield Finding(what, said, "bad", _POLL_FIX)
        else:
            yield Finding(what, gettext("The provider is asked for them every minute"))


def _under_way(wiring: Wiring, now: datetime) -> Iterator[Finding]:
    count = wiring.records.stopped_under_way(now - FAILURES_OF)
    if count:
        text = gettext("Messages that were on their way when the client said stop, since yesterday: %(count)s")
        yield Finding(gettext("Opt-outs"), text % {"count": count}, "watch", _UNDER_WAY_FIX)


def _stuck(name: str, waiting: Waiting, zone: str) -> Finding:
    what, fix = _WAITING[name]
    since = gettext(", the oldest since %(at)s") % {"at": clock(waiting.since, zone)} if waiting.since else ""
    text = f"{gettext(what)}: {waiting.number}{since}"
    return Finding(gettext("Queue"), text, "watch" if name == "in_doubt" else "bad", fix)


def _webhooks(refused: Counter[str]) -> Finding:
    if not refused.total():
        return Finding(gettext("Webhooks"), gettext("None was refused since this process started"))
    text = gettext("Refused since this process started, for want of a valid signature: %(doors)s")
    doors = ", ".join(f"{door}: {count}" for door, count in sorted(refused.items()))
    return Finding(gettext("Webhooks"), text % {"doors": doors}, "watch", _WEBHOOK_FIX)


def _database(wiring: Wiring) -> Iterator[Finding]:
    records = wiring.records
    revision, newest = records.revision(), records.head()
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(records.dialect(), records.dialect())
    is_now = gettext("%(kind)s, %(size)s, schema %(revision)s") % {
        "kind": kind,
        "size": f"{records.database_bytes() / 1_000_000:,.1f} MB",
        "revision": revision,
    }
    if revision == newest:
        yield Finding(gettext("Database"), is_now)
    else:
        ours = gettext("; this program's is %(revision)s") % {"revision": newest}
        yield Finding(gettext("Database"), f"{is_now}{ours}", "bad", _OLD_SCHEMA)


def _failed(failure: Failure) -> tuple[str, str, int]:
    """What became of them and why, what to do, and how many."""
    said = _STATUS.get(failure.status, failure.status)
    because = f": {told(failure.cause)}" if failure.cause and failure.cause != said else ""
    text = f"{told(said)}{because}"
    return f"{text[:1].upper()}{text[1:]}", remedy(failure.cause), failure.number
