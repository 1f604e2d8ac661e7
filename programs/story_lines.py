"""The lines of a played story as the file wrote its times: a start in the past is played later and shown as written."""

import re
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from records.views import TimelineLine

JOURNAL_DATE = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ |[A-Z][a-z][a-z] \d{1,2}, )(\d{4})\b")
"""How lines of the journal write a day: 26 Nov 2026, or Thu Nov 26, 2026."""
_YEAR = timedelta(days=365.25)


def as_written(lines: Sequence[TimelineLine], zone: str, later: timedelta) -> list[dict[str, str]]:
    """The lines as `simulate --json` prints them, on the clock of `zone`; `later` is a whole number of years."""
    return [_line(line, ZoneInfo(zone), later) for line in lines]


def _line(line: TimelineLine, zone: ZoneInfo, later: timedelta) -> dict[str, str]:
    return {
        "at": (line.at - later).astimezone(zone).isoformat(timespec="seconds"),
        "kind": line.kind,
        "direction": line.direction,
        "channel": line.channel,
        "to": line.to,
        "text": line.text if line.to == "client" else _in_years_as_written(line.text, round(later / _YEAR)),
        "because": line.because,
    }


def _in_years_as_written(text: str, years: int) -> str:
    return JOURNAL_DATE.sub(lambda date: f"{date[1]}{int(date[2]) - years}", text)
