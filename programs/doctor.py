"""`followthrough doctor`: looks at all that a start needs, changes nothing, and says the fix for each trouble."""

import asyncio
import importlib.metadata
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import Refused
from domain.policy import Practice
from domain.wording import LANGUAGES, TEMPLATES, Wording
from programs.doctor_agreement import check_agreement
from programs.doctor_database import check_database
from programs.doctor_messaging import check_messaging
from programs.doctor_temporal import check_temporal
from programs.doors import EXAMPLES, load_practice, load_wording
from programs.findings import Finding, wrong
from records.keyring import KeyRing
from settings import VAR, Settings, load_settings

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""A clock outside of these was never set: this program is no older."""
CLOCK_CHANGE = datetime(2026, 3, 8, 10, tzinfo=UTC)
"""When New York's clocks go forward, at 2:00 there is 3:00: known by every usable time zone data."""


async def run_doctor(say: Callable[[str], None]) -> int:
    """Say one line for each check; 0 only if nothing needs fixing."""
    healthy = True

    def report(findings: list[Finding]) -> None:
        nonlocal healthy
        for finding in findings:
            healthy = healthy and not finding.fix
            say(str(finding))

    try:
        settings = load_settings()
    except Refused as error:
        report(wrong(error))
        report(list(_clock(datetime.now(UTC), None)))
        say("The rest can be checked once the settings are mended.")
        return 1
    report([Finding("settings", "can be used")])
    practice, findings = _practice(settings)
    report(findings)
    report(list(_clock(datetime.now(UTC), practice)))
    keys, findings = _keys(settings)
    report(findings)
    report(await asyncio.to_thread(check_database, settings, keys))
    report(await check_temporal())
    report(await check_agreement(settings, keys))
    report(await asyncio.to_thread(check_messaging, settings, practice))
    say("Nothing needs fixing." if healthy else "Mend what says FIX, then ask the doctor again.")
    return 0 if healthy else 1


def _practice(settings: Settings) -> tuple[Practice | None, list[Finding]]:
    """The practice file and the templates, its own laid over the packaged ones."""
    practice, found, folder = None, list[Finding](), EXAMPLES
    try:
        practice, folder = load_practice(settings)
        whose = str(settings.practice_file or "the demonstration's, for PRACTICE_FILE is unset")
        found.append(Finding("practice", f"{practice.name}: {whose}"))
    except Refused as error:
        found += wrong(error)
    count = f"{len(TEMPLATES)} templates in {len(LANGUAGES)} languages"
    own = folder / "templates"
    try:
        Wording.load()
        load_wording(settings, folder)
        has_own = settings.practice_file is not None and own.is_dir()
        found.append(Finding("templates", f"{count}, with those in {own} laid over them" if has_own else count))
    except Refused as error:
        found += wrong(error)
    return practice, found


def _clock(now: datetime, practice: Practice | None) -> Iterator[Finding]:
    """Time zone data, the practice's own zone, and whether this machine knows what time it is."""
    try:
        new_york = ZoneInfo("America/New_York")
        before, after = (
            moment.astimezone(new_york).utcoffset() for moment in (CLOCK_CHANGE - timedelta(days=1), CLOCK_CHANGE)
        )
        version = importlib.metadata.version("tzdata")
    except (ZoneInfoNotFoundError, importlib.metadata.PackageNotFoundError):
        yield Finding("time zones", "the time zone data is missing", "install the packages again, tzdata among them")
        return
    if (before, after) == (timedelta(hours=-5), timedelta(hours=-4)):
        yield Finding("time zones", f"data of {version}")
    else:
        yield Finding("time zones", "the data doesn't know when clocks change", "install the newest tzdata")
    if practice is not None:
        there = now.astimezone(ZoneInfo(practice.time_zone))
        yield Finding("time zones", f"it is {there:%H:%M on %d %b %Y} in {practice.time_zone}")
    if not EARLIEST <= now < LATEST:
        yield Finding("clock", f"this machine says it is the year {now.year}", "set its clock, best by NTP")


def _keys(settings: Settings) -> tuple[KeyRing | None, list[Finding]]:
    """The keys that everything private is locked with; None where there are none yet."""
    if settings.payload_keys is not None:
        return _parsed(settings.payload_keys.get_secret_value(), "PAYLOAD_KEYS")
    path = VAR / "payload_keys"
    try:
        text, mode = path.read_text("utf-8").strip(), stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None, [Finding("keys", f"none yet; the first start makes {path}")]
    except (OSError, UnicodeDecodeError) as error:
        fix = "let this program's user read it, or bring back its copy"
        return None, [Finding("keys", f"{path} can't be read ({type(error).__name__})", fix)]
    keys, found = _parsed(text, str(path))
    if keys is not None and mode & 0o077:
        found.append(Finding("keys", f"others on this machine may read {path}", f"run `chmod 600 {path}`"))
    return keys, found


def _parsed(text: str, source: str) -> tuple[KeyRing | None, list[Finding]]:
    try:
        keys = KeyRing.parse(text)
    except ValueError as error:
        return None, [Finding("keys", f"{source} can't be used", str(error))]
    return keys, [Finding("keys", f"{len(keys.ids)} in {source}; keep a copy where this machine can't lose it")]
