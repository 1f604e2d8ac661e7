"""Practice files and plan files, as a practice might write them on a bad day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.coverage_terms import Coverage
from domain.denial_rows import DenialRow
from domain.measures import CATALOGUE
from domain.payer import Rule
from domain.plan import Dosage, Homework
from domain.policy import FollowUp, Practice
from tests.fuzz.tape import OF_A_FILE, Tape
from tests.fuzz.values import WILD_NUMBERS, Moment

PHONES = [f"+120655501{n:02}" for n in range(20)]
ZONES = ["America/Los_Angeles", "America/New_York", "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
POOLS, PAPERS, GOALS, VISITS = ["rehab", "chiro"], ["auth-1", "rx-1"], ["pain", "sleep"], ["v1", "v2", "v3"]
PAYERS = ["blue", "comp"]
Named = dict[str, Callable[[Moment], Any]]


def one_of(*sane: Any) -> Callable[[Moment], Any]:
    """One of these, and now and then any text."""
    return lambda moment: moment.among(*sane)


def some_of(*sane: Any, least: int = 0) -> Callable[[Moment], Any]:
    """A list of up to two of these."""
    return lambda moment: [moment.among(*sane) for _ in range(least + moment.tape.number(2))]


def client(moment: Moment) -> dict[str, Any]:
    """A client who has agreed to texts, as far as nothing else is said later."""
    consents = [{"channel": "sms", "date": "2025-01-01", "source": "intake form"}]
    for _ in range(moment.tape.number(3)):
        given = {"channel": moment.tape.pick(["email", "sms"]), "date": moment.day(-400, 0), "source": "on paper"}
        consents.append(given | {"given": moment.among(True, True, False)})
    written = {"name": moment.among("Tina Alvarez", "A"), "phone": moment.among(*PHONES), "consents": consents}
    written["time_zone"] = moment.among(*ZONES)
    if moment.tape.yes():
        written["email"] = moment.among("tina@example.com")
    return written | ({"language": "es"} if moment.tape.yes() else {})


def person(moment: Moment) -> dict[str, Any]:
    """Somebody of the practice."""
    written = {"name": moment.among("Maya Lindqvist", "Bo"), "phone": moment.among(*PHONES)}
    return written | ({"language": "es"} if moment.tape.yes() else {})


def goal(moment: Moment, goal_id: str | None = None) -> dict[str, Any]:
    """A goal that is measured, or one that is answered by yes."""
    named = {"id": goal_id or moment.among(*GOALS), "description": moment.among("less pain", "falling asleep")}
    by = moment.among(1, 2, 3, wild=(0, 201, -1, 10**30, 200))
    if moment.tape.yes():
        benchmark = {"by_session": by, "expect": moment.among(True, "yes")}
        return named | {"question": moment.among("Do you fall asleep easily now?"), "benchmarks": [benchmark]}
    share = moment.among("50 %", "100 %", 5, "0.1 %", wild=(1e308, float("nan"), "0 %", "1e9 %", -1))
    ends = {name: moment.among(sane, wild=WILD_NUMBERS) for name, sane in (("baseline", 7), ("target", 3))}
    measure = moment.among("nprs", "nprs", "nprs", "ndi", "vas100", *sorted(CATALOGUE)[:2])
    return named | ends | {"measure": measure, "benchmarks": [{"by_session": by, "expect": share}]}


def rule(moment: Moment) -> dict[str, Any]:
    """A row of last days, counted in days or in months."""
    if moment.tape.yes():
        return moment.model(Rule, months=moment.among(1, 6, 60, wild=WILD_NUMBERS), days=None)
    return moment.model(Rule, days=moment.among(30, 0, 180, 4000, wild=WILD_NUMBERS), months=None)


def denial_row(moment: Moment) -> dict[str, Any]:
    """A row about a reason code, which bills the client only where PR says so."""
    theirs = {"groups": ["PR"]} if moment.tape.yes() else {"may_bill_client": False, "action": moment.among("appeal")}
    return moment.model(DenialRow, reasons=[moment.among("50", "45", "16", "29")], **theirs)


NAMED: Named = {
    "client": client,
    "therapist": person,
    "backup": person,
    "front_desk": person,
    "biller": person,
    "owner": person,
    "Changes.goal": goal,
    "phone": one_of(*PHONES),
    "Practice.name": one_of("Cedar Hill"),
    "time_zone": one_of(*ZONES),
    "language": one_of("en", "es"),
    "source": one_of("intake form", "on paper"),
    "code": one_of("97124", "97140", 97124, "97010"),
    "codes": some_of("97124", "97140"),
    "Pool.id": one_of(*POOLS),
    "year": one_of("calendar", "07-01", "12-31", "02-28"),
    "Authorization.id": one_of(*PAPERS),
    "payer": one_of(*PAYERS),
    "state": one_of("WA", "OR", "NY"),
    "Rule.id": one_of("own-1", "own-2", "timely-filing"),
    "DenialRow.id": one_of("own-1", "own-2"),
    "Rule.payer": one_of(*PAYERS),
    "claim_rules": lambda moment: [rule(moment)] if moment.tape.yes() else [],
    "denial_rules": lambda moment: [denial_row(moment)] if moment.tape.yes() else [],
    "Payer.id": one_of(*PAYERS),
    "remarks": some_of("N115", "M127"),
    "steps": some_of("Look at it.", "Send it.", least=1),
    "replies_at": one_of("in.example.com"),
    "review_url": one_of("https://example.com/review"),
    "what": one_of("neck stretch", "walking"),
    "modality": one_of("Swedish", "deep tissue"),
    "sessions": lambda moment: moment.among("open", 6, 3, 8, 200, wild=(0, -1, 10**30, "Open", 1)),
    "session_minutes": lambda moment: moment.among(60, 30, 90, 240, 10, wild=(0, 10**9, "sixty")),
    "plan_within": one_of("P7D", "P366D", "P1D"),
    "signature_within": one_of("P30D", "P366D", "P1D"),
    "reminders": lambda moment: moment.tape.pick(
        [["P3D", "P1D", "PT2H"], [], ["PT2H"], ["P366D", "PT1S"], ["P999999999D"], ["P1D", "P1D"], ["PT0S"]]
    ),
    "backup_after": one_of("P30D", "P2D"),
}


def practice_file(data: bytes, now: datetime) -> dict[str, Any]:
    """A practice file as data; it has one of the payers that plans name."""
    moment = Moment(Tape(data, OF_A_FILE), now, NAMED)
    payer = {"id": "blue", "name": "Blue Example", "type": moment.tape.pick(["aca", "commercial", "medicare"])}
    return moment.model(Practice, payers=[payer | {"state": moment.tape.pick(["WA", "OR", "NY"])}])


def plan_file(data: bytes, now: datetime) -> dict[str, Any]:
    """A plan file as data, with its fields mostly sound."""
    moment = Moment(Tape(data, OF_A_FILE), now, NAMED)
    written: dict[str, Any] = {
        "client": client(moment),
        "therapist": person(moment),
        "goals": [goal(moment, name) for name in GOALS[: 1 + moment.tape.number(2)]],
        "dosage": moment.model(Dosage),
        "homework": [moment.model(Homework) for _ in range(moment.tape.number(3))],
    }
    if moment.tape.yes():
        written["follow_up"] = moment.model(FollowUp)
    if moment.tape.yes():
        followed = {"payer": "blue", "follow_claims": True} if moment.tape.yes() else {}
        written["coverage"] = moment.model(Coverage, **followed)
    return written
