"""What people are told where records and Temporal disagree: on Health, in readiness, and by the doctor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from records.database import Records
from records.engines import Disagreement, Kind, Overdue
from web.languages import marked

MOST_NAMED = 5


@dataclass(frozen=True)
class Alarm:
    """One matter. `text` and `fix` are messages, `values` what stands in the text; `bad` where requests aren't safe."""

    text: str
    values: dict[str, object]
    fix: str
    bad: bool = True
    since: datetime | None = None

    def __str__(self) -> str:
        """In English, for machines and for the doctor."""
        return self.text % self.values


_ANOTHER = marked("This is another Temporal server than the one that the records belong to")
_ANOTHER_FIX = marked(
    "Nothing is started there and nothing goes out. Mend TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE or DATABASE_URL and "
    "start again. If the right server is lost for good, run “followthrough accept-temporal --yes”: then all plans go "
    "on from the records."
)
_TEXTS: dict[Kind, str] = {
    "unknown": marked("The records know nothing of workflows that run in Temporal, %(count)s in all: %(some)s"),
    "closed": marked("Open here, but closed in Temporal, %(count)s in all: %(some)s"),
    "older": marked("The records were older than Temporal, for %(count)s plans or claims: %(some)s"),
    "missing": marked("What is open here has no workflow in Temporal yet, %(count)s in all: %(some)s"),
}
_FIXES: dict[Kind, str] = {
    "unknown": marked(
        "The records were lost, or DATABASE_URL names others: nothing goes out for these clients. Stop everything and "
        "bring back the newest copy of the records. Where there is none, enrol these plans anew and end the workflows "
        "on Temporal's own pages."
    ),
    "closed": marked(
        "Somebody ended them in Temporal, or the records are older. Look after these clients yourselves, and enrol "
        "their plans anew."
    ),
    "older": marked(
        "A copy from before was put back. Plans go on as Temporal knows them, but messages, replies and tasks of the "
        "time between are missing here. If there is a newer copy, stop everything and bring it back."
    ),
    "missing": marked("A worker starts them from the records within a minute."),
}
_OVERDUE = marked("Plans or claims that nobody has looked at in time, %(count)s in all: %(some)s")
_OVERDUE_FIX = marked(
    "No reminder and no answer goes out for them. See whether a worker runs and what its log says, and restart it. "
    "Look after these clients yourselves meanwhile."
)


def alarms(records: Records) -> list[Alarm]:
    """Everything that is known now, from the records."""
    found, late = records.disagreements(), records.overdue()
    return [*_disagreements(found), *_overdue(late)]


def another_server() -> Alarm:
    """For whoever has just seen it."""
    return Alarm(_ANOTHER, {}, _ANOTHER_FIX)


def _disagreements(found: list[Disagreement]) -> Iterator[Alarm]:
    others = [each for each in found if each.kind == "other server"]
    if others:
        yield Alarm(_ANOTHER, {}, _ANOTHER_FIX, since=others[0].since)
    for kind, text in _TEXTS.items():
        of_kind = [each for each in found if each.kind == kind]
        if of_kind:
            values: dict[str, object] = {"count": len(of_kind), "some": _some([each.subject for each in of_kind])}
            yield Alarm(text, values, _FIXES[kind], bad=kind != "missing", since=of_kind[0].since)


def _overdue(late: Overdue) -> Iterator[Alarm]:
    if late.number:
        yield Alarm(_OVERDUE, {"count": late.number, "some": _some(late.some)}, _OVERDUE_FIX, since=late.since)


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (", …" if len(ids) > MOST_NAMED else "")
