"""What must be true of each run at its end, counted at the vendor; and what is still missing before it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import create_engine, text

from domain.actions import AddDeskTask
from tests.integration.chaos_house import House
from tests.integration.chaos_runs import Run
from tests.standins import MailSent, Text

WAITING = ("intended", "sending")


@dataclass(frozen=True)
class Due:
    """One message that the run's story owes: to whom, how its text reads, and how its touchpoint's key begins."""

    what: str
    to: str
    reads: str
    key: str


@dataclass
class Ledger:
    """Everything that is known of a round at one moment: the vendor's book, the desk's tasks, the plans' stories."""

    sent: list[Text | MailSent]
    tasks: list[AddDeskTask]
    stories: dict[str, list[str]]
    statuses: dict[str, Counter[str]]
    waiting: int
    probes: list[str] = field(default_factory=list[str])


def read_ledger(house: House, runs: list[Run]) -> Ledger:
    """Look at the vendor, and at our records for what only they can tell."""
    records = house.site.records
    engine = create_engine(house.site.database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT plan_id, status FROM messages")).all()
        unplaced = connection.execute(text("SELECT count(*) FROM inbound WHERE taken_at IS NULL")).scalar_one()
        unheard = connection.execute(text("SELECT count(*) FROM events WHERE outcome IS NULL")).scalar_one()
    engine.dispose()
    statuses = {run.plan_id: Counter(str(row.status) for row in rows if row.plan_id == run.plan_id) for run in runs}
    return Ledger(
        sent=[*house.vendor.texts, *house.vendor.mails],
        tasks=[view.task for view in records.desk_tasks(open_only=False)],
        stories={
            run.plan_id: [line.text for line in records.timeline(run.plan_id) if line.direction == "none"]
            for run in runs
        },
        statuses=statuses,
        waiting=sum(count for each in statuses.values() for status, count in each.items() if status in WAITING)
        + unplaced
        + unheard,
    )


def due(run: Run) -> list[Due]:
    """Every message of the run's story."""
    owed = [
        Due("welcome", run.client, "our plan with", "welcome"),
        Due("first reminder", run.client, "will see you", "reminder:v1"),
        Due("second reminder", run.client, "will see you", "reminder:v2"),
        Due("check-in", run.client, "after your first session", "feedback:v0"),
        Due("question to the therapist", run.therapist, "a plan needs your decision", "escalation:"),
    ]
    for reply in (*run.replies, *([run.stop] if run.stop else [])):
        if reply.answer:
            owed.append(Due(f"answer to {reply.text}", run.client, reply.answer, "optout" if not reply.to else "ack:"))
        if reply.text == "2":
            owed.append(Due("word on a low rating", run.therapist, "low feedback", "low:"))
    return owed


def doubled(ledger: Ledger) -> Iterator[str]:
    """Nothing was accepted twice: neither the same words to the same reader, nor two under one id of ours."""
    words = Counter((sent.to, sent.body) for sent in ledger.sent)
    marks = Counter(mark_of(sent) for sent in ledger.sent)
    yield from (f"accepted {times} times: {body!r} to {to}" for (to, body), times in words.items() if times > 1)
    yield from (f"accepted {times} times under the id {mark}" for mark, times in marks.items() if times > 1)


def mark_of(sent: Text | MailSent) -> str:
    """Our own id of an accepted message."""
    if isinstance(sent, MailSent):
        return sent.custom_args["message_id"]
    return (sent.callback_url or "").partition("#")[0].rpartition("/")[2]


def missing(run: Run, ledger: Ledger) -> Iterator[str]:
    """What the story owes and nobody has got, unless the vendor gave no evidence and a person was told."""
    for reads, owed in _alike(run).items():
        to = owed[0].to
        got = _accepted(ledger, to, reads)
        told = [task for one in owed for task in _in_doubt(run, one, ledger)]
        if len(got) > len(owed):
            yield f"{run.plan_id}: {len(got)} messages like {reads!r}, of which {len(owed)} were due"
        lost = len(owed) - len(got)
        if lost <= 0 or (run.first == "opted_out" and to == run.client and _dropped(run, ledger)):
            continue
        if not may_stay_in_doubt(run, to):
            yield f"{run.plan_id}: {lost} of {[one.what for one in owed]} missing ({run.first}, {run.habit})"
        elif len(told) < lost:
            yield f"{run.plan_id}: {lost} of {[one.what for one in owed]} missing, with {len(told)} tasks at the desk"


def unfounded(run: Run, ledger: Ledger) -> Iterator[str]:
    """A person was only bothered where nobody could tell, and about each message once."""
    for one in due(run):
        told = _in_doubt(run, one, ledger)
        if len(told) > 1:
            yield f"{run.plan_id}: {len(told)} tasks about the {one.what}"
        if told and not may_stay_in_doubt(run, one.to) and run.first != "opted_out":
            yield f"{run.plan_id}: the desk was asked about the {one.what}, whose fate could be found out"


def may_stay_in_doubt(run: Run, to: str) -> bool:
    """Whether the vendor may leave us without evidence: a mail, or a text where its list can't be read."""
    return to == run.client and (run.door == "mails" or run.blind)


def replies_unhandled(run: Run, ledger: Ledger) -> Iterator[str]:
    """Every reply was understood, and noted exactly once."""
    for reply in (*run.replies, *([run.stop] if run.stop else [])):
        noted = sum(line.startswith(reply.noted) for line in ledger.stories[run.plan_id])
        if noted != 1:
            yield f"{run.plan_id}: the reply {reply.text!r} ({reply.manner}) was noted {noted} times"


def in_doubt(run: Run, ledger: Ledger) -> int:
    """How many of the run's messages became a task for a person because nobody can tell."""
    return sum(len(_in_doubt(run, one, ledger)) for one in due(run))


def reasonless(run: Run, ledger: Ledger) -> Iterator[str]:
    """No message is left half-way."""
    left = {status: count for status, count in ledger.statuses[run.plan_id].items() if status in WAITING}
    if left:
        yield f"{run.plan_id}: messages left half-way: {left}"


def _alike(run: Run) -> dict[str, list[Due]]:
    groups: dict[str, list[Due]] = {}
    for one in due(run):
        groups.setdefault(one.reads, []).append(one)
    return groups


def _accepted(ledger: Ledger, to: str, reads: str) -> list[Text | MailSent]:
    return [sent for sent in ledger.sent if sent.to == to and re.search(re.escape(reads), " ".join(sent.body.split()))]


def _in_doubt(run: Run, one: Due, ledger: Ledger) -> list[AddDeskTask]:
    theirs = [task for task in ledger.tasks if task.plan_id == run.plan_id and task.kind == "undeliverable"]
    if one.key == "escalation:":
        return [task for task in theirs if task.key.endswith(":unsent")]
    return [task for task in theirs if task.key.startswith(f"{run.plan_id}:unsent:{one.key}")]


def _dropped(run: Run, ledger: Ledger) -> bool:
    """Whether the plan knows that this client opted out at the vendor, and has told a person."""
    kinds = ("opted_out", "undeliverable")
    return any(task.plan_id == run.plan_id and task.kind in kinds for task in ledger.tasks) or run.habit == "never"
