"""What the doctor found: one line each, and for what is wrong the thing to do."""

from dataclasses import dataclass

from domain.errors import Refused


@dataclass(frozen=True)
class Finding:
    """One line of the report. `fix` is empty where nothing is to be done."""

    place: str
    text: str
    fix: str = ""

    def __str__(self) -> str:
        return f"FIX  {self.place}: {self.text}: {self.fix}" if self.fix else f"ok   {self.place}: {self.text}"


def wrong(error: Refused) -> list[Finding]:
    """One finding for each problem of something refused."""
    return [
        Finding(error.source, f"line {problem.line}, {problem.field}" if problem.line else problem.field, problem.fix)
        for problem in error.problems
    ]
