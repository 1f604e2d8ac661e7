"""Builders for payers and rows of deadlines, and the deadlines of every packaged row worked out by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.claim import LetterDates
from domain.claim_rules import packaged_rules
from domain.deadlines import Day, deadline
from domain.payer import Payer, PayerType, Rule

TYPES: tuple[PayerType, ...] = (
    "commercial",
    "erisa",
    "aca",
    "medicare",
    "medicare_advantage",
    "medicaid_managed",
    "workers_comp",
    "auto",
    "other",
)
OF_THE_LETTER = ("denial", "letter", "mailing", "receipt")


def a_payer(type: PayerType = "commercial", state: str | None = None, **fields: Any) -> Payer:
    return Payer.model_validate({"id": "premier", "name": "Premier Health", "type": type, "state": state} | fields)


def a_rule(**fields: Any) -> Rule:
    """Ninety days from the visit, of the practice's own; say what is different."""
    usual = {
        "id": "ours",
        "about": "timely_filing",
        "days": 90,
        "counts_from": "service",
        "source": "Provider manual, page 12",
        "as_of": "2026-11-01",
        "sure": "V",
    }
    if "months" in fields:
        del usual["days"]
    return Rule.model_validate(usual | fields)


def row(rule_id: str) -> Rule:
    """The packaged row of that id."""
    return next(rule for rule in packaged_rules() if rule.id == rule_id)


def day_of(rule: Rule | None, **dates: date) -> Day | None:
    """The row's deadline with these dates known: of the claim (service, filed, …) or of the letter (receipt, …)."""
    of_the_letter = {name: day for name, day in dates.items() if name in (*OF_THE_LETTER, "stated_deadline")}
    others = {name: day for name, day in dates.items() if name not in of_the_letter}
    return deadline(rule, LetterDates(**of_the_letter), **others)


@dataclass(frozen=True)
class Worked:
    """One deadline worked out with a paper calendar; `how` is the sum."""

    rules: str
    dates: str
    legal: str
    act_by: str
    how: str

    def known(self) -> dict[str, date]:
        """The dates that are known, by name."""
        pairs = (pair.split("=") for pair in self.dates.split())
        return {name: date.fromisoformat(day) for name, day in pairs}


BY_HAND = [
    # how long we have to send a claim
    Worked(
        "timely-filing", "service=2026-11-23", "2027-02-21", "2027-02-19", "7+31+31+21, a Sunday; no lead, so Friday"
    ),
    Worked("timely-filing", "service=2027-12-01", "2028-02-29", "2028-02-29", "30+31+29, leap day"),
    Worked(
        "timely-filing-medicare", "service=2028-02-29", "2029-02-28", "2029-02-16", "no Feb 29; the 18th is a Sunday"
    ),
    Worked("timely-filing-medicaid", "service=2026-09-05", "2026-12-04", "2026-12-04", "25+31+30+4"),
    Worked(
        "timely-filing-medicaid-oregon", "service=2026-08-28", "2026-12-26", "2026-12-16", "3+30+31+30+26, Saturday"
    ),
    Worked(
        "timely-filing-workers-comp-oregon", "service=2026-10-31", "2026-12-30", "2026-12-18", "30+30; 20th is Sunday"
    ),
    Worked(
        "timely-filing-workers-comp-washington",
        "service=2026-07-14",
        "2027-07-14",
        "2027-07-02",
        "a year; Jul 4 is a Sunday, so Friday the 2nd",
    ),
    # the member's appeal
    Worked("appeal-erisa", "receipt=2026-05-27", "2026-11-23", "2026-11-13", "4+30+31+31+30+31+23"),
    Worked("appeal-erisa", "letter=2026-05-27", "2026-11-23", "2026-11-13", "receipt unknown: from the letter"),
    Worked("appeal-erisa", "letter=2026-05-27 receipt=2026-06-08", "2026-12-05", "2026-11-25", "late; Saturday stays"),
    Worked("appeal-erisa", "receipt=2026-06-09", "2026-12-06", "2026-11-25", "Sunday; the 26th is Thanksgiving"),
    Worked("appeal-aca", "receipt=2027-09-02", "2028-02-29", "2028-02-18", "28+31+30+31+31+29; the 19th is a Saturday"),
    Worked("appeal-commercial", "receipt=2026-08-31", "2027-02-27", "2027-02-17", "30+31+30+31+31+27, a Saturday"),
    Worked("appeal-medicare", "letter=2026-10-31", "2027-03-05", "2027-02-23", "presumed Nov 5; 25+31+31+28+5"),
    Worked("appeal-medicare", "letter=2026-10-31 receipt=2026-11-12", "2027-03-12", "2027-03-02", "18+31+31+28+12"),
    Worked("appeal-medicare-advantage", "letter=2026-11-01", "2027-01-05", "2026-12-24", "29+31+5; 26th Sat, 25th off"),
    Worked(
        "appeal-medicare-advantage", "letter=2026-11-01 receipt=2026-11-09", "2027-01-05", "2026-12-24", "letter counts"
    ),
    Worked("appeal-medicaid", "letter=2026-11-02", "2027-01-01", "2026-12-22", "28+31+1; New Year stays"),
    Worked("appeal-workers-comp-oregon", "mailing=2026-08-28", "2026-11-27", "2026-11-17", "3+30+31+26 Thanksgiving"),
    Worked(
        "appeal-workers-comp-washington", "receipt=2027-04-01", "2027-05-31", "2027-05-21", "29+31 Memorial Day stays"
    ),
    Worked(
        "appeal-unknown-workers-comp appeal-unknown-auto appeal-unknown-other",
        "letter=2026-11-09",
        "2027-01-08",
        "2026-12-29",
        "21+31+8",
    ),
    # after it
    Worked("external-review-erisa", "receipt=2026-10-31", "2027-03-01", "2027-02-19", "no Feb 31: the 1st, a Monday"),
    Worked("external-review-erisa", "receipt=2026-10-29", "2027-03-01", "2027-02-19", "no Feb 29 in 2027: the 1st"),
    Worked("external-review-erisa", "receipt=2027-10-29", "2028-02-29", "2028-02-18", "leap day; the 19th is Saturday"),
    Worked("external-review-erisa", "receipt=2026-07-26", "2026-11-27", "2026-11-17", "Thanksgiving: the day after"),
    Worked(
        "external-review-erisa", "receipt=2026-09-03", "2027-01-04", "2026-12-24", "Sunday: Monday; 25th is Christmas"
    ),
    Worked(
        "external-review-aca", "receipt=2026-12-31", "2027-05-03", "2027-04-23", "no Apr 31: May 1, Saturday: Monday"
    ),
    Worked("external-review-commercial", "receipt=2027-02-19", "2027-06-21", "2027-06-11", "Juneteenth, a Saturday"),
    Worked("external-review-medicare", "letter=2026-05-22", "2026-11-23", "2026-11-13", "presumed May 27; +180"),
    Worked("external-review-medicaid", "letter=2026-12-01", "2027-03-01", "2027-02-19", "30+31+28+1"),
    # the provider's dispute
    Worked(
        "dispute-commercial dispute-erisa dispute-aca dispute-medicare-advantage dispute-medicaid-managed",
        "letter=2026-12-02",
        "2027-01-31",
        "2027-01-21",
        "29+31, a Sunday",
    ),
    Worked(
        "dispute-unknown-workers-comp dispute-unknown-auto dispute-unknown-other",
        "letter=2026-12-08",
        "2027-02-06",
        "2027-01-27",
        "23+31+6, a Saturday",
    ),
    Worked("dispute-workers-comp-oregon", "mailing=2026-04-05", "2026-07-06", "2026-06-26", "25+31+30+4, Sat: Monday"),
    Worked(
        "dispute-workers-comp-washington", "receipt=2026-10-01", "2026-12-30", "2026-12-18", "30+30+30; 20th is Sunday"
    ),
    # how long their decision may take
    Worked("appeal-decision-erisa appeal-decision-aca", "filed=2026-11-23", "2027-01-22", "2027-01-22", "7+31+22"),
    Worked(
        "appeal-decision-commercial appeal-decision-medicare appeal-decision-medicare-advantage",
        "filed=2026-12-02",
        "2027-01-31",
        "2027-01-29",
        "29+31, a Sunday: Friday",
    ),
    Worked("appeal-decision-medicaid", "filed=2026-11-25", "2026-12-25", "2026-12-24", "5+25, Christmas"),
    Worked(
        "external-decision-erisa external-decision-aca external-decision-commercial",
        "filed=2026-12-04",
        "2027-01-18",
        "2027-01-15",
        "27+18, Martin Luther King Day: Friday before",
    ),
    Worked("external-decision-medicare", "filed=2026-11-23", "2027-01-22", "2027-01-22", "7+31+22"),
    # what the payer asks for
    Worked(
        "information information-erisa", "asked=2026-11-23", "2026-12-23", "2026-12-11", "7+23; the 13th is a Sunday"
    ),
    Worked("information-erisa-member", "asked=2026-11-23", "2027-01-07", "2026-12-28", "7+31+7"),
    Worked("information-auto-oregon", "asked=2026-11-20", "2026-12-07", "2026-12-04", "23 24 25 27 30, 1 2 3 4 7"),
    # sending and asking
    Worked("acknowledgement", "submitted=2026-11-25", "2026-11-30", "2026-11-30", "Thanksgiving between: 27, 30"),
    Worked("first-check-electronic", "submitted=2026-11-12", "2026-11-27", "2026-11-27", "Thanksgiving: the day after"),
    Worked("first-check-paper", "submitted=2026-11-21", "2026-12-14", "2026-12-14", "9+12, Saturday: Monday"),
    Worked(
        "first-check-workers-comp", "submitted=2026-12-04", "2026-12-28", "2026-12-28", "Christmas, a Friday: Monday"
    ),
    Worked("check-again", "asked=2026-12-18", "2027-01-04", "2027-01-04", "New Year, a Friday: Monday"),
    # how long the payer has
    Worked(
        "prompt-pay-erisa prompt-pay-commercial prompt-pay-medicare prompt-pay-medicaid",
        "received=2026-11-23",
        "2026-12-23",
        "2026-12-23",
        "7+23",
    ),
    Worked("prompt-pay-workers-comp-oregon", "received=2026-11-23", "2027-01-07", "2027-01-07", "7+31+7"),
    Worked("prompt-pay-auto-oregon", "received=2026-12-02", "2027-01-31", "2027-01-29", "29+31, a Sunday: Friday"),
    Worked(
        "state-complaint-commercial state-complaint-aca state-complaint-auto",
        "filed=2026-12-26",
        "2027-01-11",
        "2027-01-11",
        "5+10, a Sunday: Monday",
    ),
]
"""Every packaged row but the states' prompt-pay rows, whose days have a table of their own."""
