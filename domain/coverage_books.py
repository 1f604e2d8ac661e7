"""What a plan's state remembers about its payer: the reports that went out, and the answers to the call script."""

from datetime import date

from pydantic import AwareDatetime

from domain.client import Model


class SentReport(Model):
    """When a report to a payer or prescriber went out last, and under which reference."""

    at: AwareDatetime
    reference: str = ""


class PayerAnswer(Model):
    """What the payer said to one question of the call script: when, who, under which reference."""

    text: str
    on: date
    by: str = ""
    reference: str = ""
