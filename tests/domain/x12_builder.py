"""Builds X12 files for tests, and finds the real ones. Remittances from here balance unless a test spoils them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

X12 = Path(__file__).parents[2].parent / "shared" / "data" / "x12"
needs_the_real_files = pytest.mark.skipif(not X12.is_dir(), reason="the real X12 files are not beside this repository")
ISA = "ISA*00*          *00*          *ZZ*BLUEEXAMPLE    *ZZ*HARBOR         *260504*1200*^*00501*{0}*0*P*:"
Adjusted = tuple[str, str, str]


def real(name: str) -> str:
    return (X12 / name).read_text("utf-8")


@dataclass
class Line:
    """`code` with its modifiers, as `97124:GP`."""

    code: str
    charge: str
    paid: str
    units: str = "1"
    adjusted: Sequence[Adjusted] = ()
    remarks: Sequence[str] = ()

    def segments(self) -> list[str]:
        return [
            f"SVC*HC:{self.code}*{self.charge}*{self.paid}**{self.units}",
            "DTM*472*20260413",
            *(f"CAS*{group}*{reason}*{amount}" for group, reason, amount in self.adjusted),
            *(f"LQ*HE*{remark}" for remark in self.remarks),
        ]


@dataclass
class Claim:
    number: str = "FT-1001"
    status: str = "1"
    charge: str = "120.00"
    paid: str = "80.00"
    owed: str = ""
    adjusted: Sequence[Adjusted] = ()
    lines: Sequence[Line] = field(default_factory=list[Line])

    def segments(self) -> list[str]:
        return [
            f"CLP*{self.number}*{self.status}*{self.charge}*{self.paid}*{self.owed}*12*ICN{self.number}",
            *(f"CAS*{group}*{reason}*{amount}" for group, reason, amount in self.adjusted),
            "NM1*QC*1*EXAMPLE*TINA",
            *(segment for line in self.lines for segment in line.segments()),
        ]


def a_massage(number: str = "FT-1001", status: str = "1") -> Claim:
    """Derived: four units of 97124 for 120.00, of which 80.00 is paid, 20.00 contract and 20.00 copay."""
    line = Line("97124:GP", "120.00", "80.00", "4", [("CO", "45", "20.00"), ("PR", "3", "20.00")])
    return Claim(number, status, owed="20.00", lines=[line])


def a_denial(number: str = "FT-1002", status: str = "4", reason: str = "50") -> Claim:
    line = Line("97124", "120.00", "0", "4", [("CO", reason, "120.00")], ["N115"])
    return Claim(number, status, "120.00", "0", lines=[line])


def a_remittance(
    *claims: Claim,
    payment: str | None = None,
    trace: str = "EFT-7001",
    provider: Sequence[tuple[str, str]] = (),
    control: str = "0001",
) -> list[str]:
    """The segments from ST to SE. `provider` are pairs of reason and amount (PLB)."""
    given = claims or (a_massage(),)
    total = sum((Decimal(claim.paid) for claim in given), Decimal(0)) - sum(Decimal(amount) for _, amount in provider)
    inside = [
        f"BPR*I*{total if payment is None else payment}*C*ACH*CCP*01*123*DA*456*1234567890**01*789*DA*012*20260504",
        f"TRN*1*{trace}*1234567890",
        "N1*PR*BLUE EXAMPLE",
        "N1*PE*HARBOR MASSAGE*XX*1234567893",
        "LX*1",
        *(segment for claim in given for segment in claim.segments()),
        *(f"PLB*1234567893*20261231*{reason}:REF*{amount}" for reason, amount in provider),
    ]
    return [f"ST*835*{control}", *inside, f"SE*{len(inside) + 2}*{control}"]


def a_file(*transactions: list[str], kind: str = "HP", end: str = "~\n", control: str = "000000907") -> str:
    """An interchange with one group. `end` is the terminator and what follows each segment."""
    segments = [
        ISA.format(control),
        f"GS*{kind}*BLUEEXAMPLE*HARBOR*20260504*1200*1*X*005010X221A1",
        *(segment for transaction in transactions or [a_remittance()] for segment in transaction),
        f"GE*{len(transactions) or 1}*1",
        f"IEA*1*{control}",
    ]
    return "".join(segment + end for segment in segments)


def an_answer(number: str, stc: str, trace: str = "Q1") -> list[str]:
    """The segments of one claim of a 277. `stc` is the composite, as F2:88."""
    return [f"TRN*2*{trace}", f"STC*{stc}*20260501**120.00*0.00", f"REF*1K*ICN{number}", f"REF*EJ*{number}"]


def a_277(*answers: list[str]) -> list[str]:
    """The segments from ST to SE."""
    inside = [
        "BHT*0010*08*Q-7*20260504*0810*DG",
        *("HL*1**20*1", "NM1*PR*2*BLUE EXAMPLE*****PI*12345"),
        *("HL*2*1*21*1", "NM1*41*2*HARBOR*****46*X67E"),
        *("HL*3*2*19*1", "NM1*1P*2*HARBOR*****XX*1234567893"),
        *("HL*4*3*22*0", "NM1*IL*1*EXAMPLE*TINA"),
        *(segment for answer in answers for segment in answer),
    ]
    return ["ST*277*0001*005010X212", *inside, f"SE*{len(inside) + 2}*0001"]
