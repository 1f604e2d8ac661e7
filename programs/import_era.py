"""`followthrough import-era`: posts remittances (835) and status answers (277) to the claims that they name.

Each file is taken whole or refused whole. What names no claim of ours, or several, goes to the front desk. Temporal
isn't needed: without it the claims hear of their events when it is back.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from activities.hand_over import Taken
from activities.same_server import SameServer
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask
from domain.claim_events import OutsideClaimEvent
from domain.claim_status import ClaimStatusAnswer, read_277
from domain.errors import Refused
from domain.posting import Posted, answers_key, events_of, remittance_key, statuses_of
from domain.remittance import read_835s
from domain.x12 import NotReadable, transactions
from programs.doors import load_practice
from records.database import Records
from settings import Settings
from web.intake import Intake, UnknownClaim
from worker import connect_temporal, encrypting, load_keys, open_records

AWAY = "Temporal doesn't answer; the claims hear of this as soon as it does\n"
CONNECT_WITHIN = 5.0
_SAYS = {
    "claim_paid": "pays {amount:.2f} for claim {number}",
    "claim_partly_paid": "pays {amount:.2f} for a part of claim {number} and refuses the rest",
    "claim_denied": "refuses claim {number}",
    "payment_reversed": "takes back {back:.2f} of claim {number}",
    "status_answered": "says where claim {number} stands",
}
_BAD_NEWS = ("rejected", "error", "not_found", "information")

ClaimAndEvent = tuple[str, OutsideClaimEvent]


class TakesClaimEvents(Protocol):
    """What hands an event to its claim's workflow; `web.intake.Intake` in earnest."""

    async def take_claim_event(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        """Hand the event over. Raises UnknownClaim."""
        ...


@dataclass(frozen=True)
class _Batch:
    """What is taken in at once: one remittance, or the status answers of a file."""

    key: str
    posted: list[Posted]
    payment: Decimal = Decimal(0)
    tasks: list[AddDeskTask] = field(default_factory=list[AddDeskTask])


@dataclass
class _Outcome:
    """What came of one file; counts only what was new."""

    known_before: int = 0
    claims: int = 0
    tasks: int = 0
    payment: Decimal = Decimal(0)
    events: list[ClaimAndEvent] = field(default_factory=list[ClaimAndEvent])


async def run_import(settings: Settings, paths: Sequence[Path], say: Callable[[str], None]) -> int:
    """Take all files in, and say in a line each what came of it. 2 where any file was refused, else 0."""
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        intake = await _intake(settings, records)
        return await take_files(records, intake, paths, say, datetime.now(UTC))
    finally:
        records.close()


async def take_files(
    records: Records,
    intake: TakesClaimEvents | None,
    paths: Sequence[Path],
    say: Callable[[str], None],
    at: datetime,
) -> int:
    """As `run_import`. Without an intake the sweep of a running worker hands the events over."""
    refused = False
    fresh: list[ClaimAndEvent] = []
    for path in paths:
        try:
            kind, batches = _read(path, at)
        except OSError as error:
            sys.stderr.write(f"{path}: file: can't be read: {error.strerror}; check the path\n")
            refused = True
        except NotReadable as error:
            sys.stderr.write(f"{path}: {error}; nothing of this file was posted\n")
            refused = True
        else:
            outcome = await asyncio.to_thread(_post, records, batches, path.name, at)
            fresh += outcome.events
            say(_line(path.name, kind, outcome, len(batches)))
    await _hand_over(records, intake, fresh, at)
    return 2 if refused else 0


async def _intake(settings: Settings, records: Records) -> Intake | None:
    practice, _ = load_practice(settings)
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            temporal = encrypting(await connect_temporal(), load_keys(settings), records)
    except (Refused, TimeoutError):
        return None
    return Intake(records, temporal, WorkflowStarter(temporal, check=SameServer(records, temporal).check), practice)


def _read(path: Path, at: datetime) -> tuple[str, list[_Batch]]:
    """What the file is, by ST01, and what it says. Raises OSError, NotReadable."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # the extended character set of X12
    found = transactions(text)
    if found[0].kind == "277":
        return "277", [_status_batch(read_277(text), path.name, at)]
    if found[0].kind != "835":
        raise found[0].segments[0].wrong(1, "835, a remittance, or 277, a status answer")
    return "835", [_Batch(remittance_key(one), events_of(one, at), one.payment) for one in read_835s(text)]


def _status_batch(answers: list[ClaimStatusAnswer], name: str, at: datetime) -> _Batch:
    key = answers_key(answers)
    tasks = [
        _task(
            f"{key}:{place}",
            f"The payer could not answer a status question of ours (number {answer.trace}, code "
            f"{', '.join(answer.codes)}; file {name}): check the provider and sender numbers, and ask again.",
            at,
        )
        for place, answer in enumerate(answers)
        if answer.level != "claim" and answer.status in _BAD_NEWS
    ]
    return _Batch(key, statuses_of(answers, at), tasks=tasks)


def _post(records: Records, batches: Sequence[_Batch], name: str, at: datetime) -> _Outcome:
    outcome = _Outcome()
    for batch in batches:
        events: list[ClaimAndEvent] = []
        tasks = list(batch.tasks)
        for posted in batch.posted:
            claim_ids = records.claims_of_number(posted.number)
            if len(claim_ids) == 1:
                events.append((claim_ids[0], posted.event))
            else:
                tasks.append(_unplaced(posted, len(claim_ids), name, at))
        if not records.import_remittance(batch.key, events, tasks, at):
            outcome.known_before += 1
            continue
        outcome.claims += len(batch.posted)
        outcome.tasks += len(tasks)
        outcome.payment += batch.payment
        outcome.events += events
    return outcome


def _unplaced(posted: Posted, claims: int, name: str, at: datetime) -> AddDeskTask:
    said = _SAYS[posted.event.type].format(number=posted.number, amount=posted.amount, back=-posted.amount)
    which = f"{claims} claims here carry" if claims else "no claim here carries"
    what = "Status answer" if posted.event.type == "status_answered" and not posted.amount else "Remittance"
    text = f"{what} {name} {said}, but {which} this number: find out whose it is, and enter it by hand."
    return _task(posted.event.event_id, text, at)


def _task(key: str, text: str, at: datetime) -> AddDeskTask:
    return AddDeskTask(key=f"import:{key}", plan_id="", kind="claim", text=text, at=at)


def _line(name: str, kind: str, outcome: _Outcome, batches: int) -> str:
    if outcome.known_before == batches:
        return f"{name}: was imported before; nothing changed"
    what = "claim" if kind == "835" else "answer"
    parts = [f"{outcome.claims} {what}{'' if outcome.claims == 1 else 's'}", f"{len(outcome.events)} posted"]
    parts.append(f"{outcome.tasks} for the desk")
    if kind == "835":
        parts.append(f"{outcome.payment:.2f} paid")
    if outcome.known_before:
        parts.append(f"{outcome.known_before} of {batches} remittances imported before")
    return f"{name}: {', '.join(parts)}"


async def _hand_over(
    records: Records, intake: TakesClaimEvents | None, events: Sequence[ClaimAndEvent], at: datetime
) -> None:
    """In the order of the files. What can't be handed over now is on record, and the sweep of a worker does it."""
    for claim_id, event in events:
        try:
            taken = await intake.take_claim_event(claim_id, event) if intake else Taken("stored")
        except UnknownClaim:  # its client was erased: nothing may be kept
            continue
        if taken.outcome == "stored":
            sys.stderr.write(AWAY)
            return
        if taken.outcome == "refused":
            await asyncio.to_thread(_refused, records, claim_id, event, taken.because, at)


def _refused(records: Records, claim_id: str, event: OutsideClaimEvent, because: str, at: datetime) -> None:
    """Nothing that a payer says is dropped: what its claim can't take is for a person."""
    view = records.claim(claim_id)
    if view is not None:
        claim = view.state.claim
        text = f"Claim {claim.number} can't take what its payer sent: {because} Post it by hand."
        task = _task(f"{event.event_id}:refused", text, at)
        records.add_desk_task(task.model_copy(update={"plan_id": claim.plan_id}))
