"""The catalogue of outcome measures: range, direction, measurement error and where each number comes from.

`sem` is what the progress rule works with; `mdc` is the smallest difference between two values of ONE person that isn't
just measurement error; `mcid` is what groups of people notice on average and never decides about one person. Rows whose
`sure` is M or L are defaults from memory: check them against the source before relying on them.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.client import Model

OTHER_RATER_WIDENS = 2.0
"""A value by another rater or instrument has about twice the error (de Winter 2004, shoulder motion between raters)."""

Sure = Literal["V", "V/H", "V/M", "H", "M", "M/L", "L"]


class Measure(Model):
    """One way to measure progress. `sem`, `mdc` and `mcid` are in the measure's own unit; None where nobody agrees."""

    id: str
    name: str = Field(description="in plain words, as a sentence would say it")
    low: float
    high: float
    step: float = Field(default=1, gt=0, description="the finest difference that is written down")
    better: Literal["lower", "higher"]
    unit: str
    sem: float | None = Field(default=None, gt=0, description="standard error of one measurement")
    mdc: float | None = Field(default=None, gt=0, description="95 % minimal detectable change, about 2.77 x sem")
    mcid: float | None = Field(default=None, gt=0, description="smallest change that people notice, in the mean")
    ask_client: bool = Field(default=False, description="whether the client can answer it by text")
    slope: bool = Field(default=True, description="false for ordinal grades, where a line through them means nothing")
    source: str
    as_of: date = date(2026, 11, 23)
    sure: Sure = Field(description="V read in the source, H well-known text, M from memory, L weak")


# fmt: off
_MOTION = (
    Measure(
        id="rom_shoulder_flex", name="lifting the arm forward",
        low=0, high=180, better="higher", unit="degrees", sem=3.6, mdc=10, sure="V/M",
        source="Goniometer, same rater, Kolber & Hanney 2012; between raters 20 degrees, de Winter 2004. Use the goal.",
    ),
    Measure(
        id="rom_shoulder_er_ir", name="turning the arm outward or inward",
        low=0, high=90, better="higher", unit="degrees", sem=2.2, mdc=6, sure="V",
        source="Inclinometer, same rater, healthy people: Kolber & Hanney 2009. Optimistic for sore shoulders.",
    ),
    Measure(
        id="rom_shoulder_abd", name="lifting the arm sideways",
        low=0, high=180, better="higher", unit="degrees", sem=3.6, mdc=10, sure="V/M",
        source="As for lifting forward: same rater, Kolber & Hanney 2012; between raters 20 degrees, de Winter 2004.",
    ),
    Measure(
        id="rom_cervical_rot", name="turning the head to one side",
        low=0, high=90, better="higher", unit="degrees", sem=2.5, mdc=7, sure="V",
        source="CROM device, neck pain: Fletcher & Bandy 2008 (MDC 5.4 to 9.6). By eye or phone expect about 10.",
    ),
    Measure(
        id="rom_lumbar_flex_schober", name="bending forward in the lower back (Schober)",
        low=0, high=10, step=0.1, better="higher", unit="cm", sem=0.65, mdc=1.8, sure="M",
        source="Modified-modified Schober test, Tousignant 2005 (1 to 1.8 cm).",
    ),
    Measure(
        id="rom_fingertip_floor", name="distance from fingertips to floor",
        low=0, high=60, step=0.5, better="lower", unit="cm", sem=2.5, mdc=6.9, sure="L",
        source="Ekedahl 2012 and others; published values run from 4.5 to 9.8 cm.",
    ),
    Measure(
        id="rom_knee_flex", name="bending the knee",
        low=0, high=150, better="higher", unit="degrees", sem=3.6, mdc=10, sure="M",
        source="Goniometer, same rater; published values run from 6 to 10 degrees.",
    ),
    Measure(
        id="mmt", name="muscle strength grade, 0 to 5",
        low=0, high=5, better="higher", unit="grades", slope=False, mdc=1, mcid=1, sure="H",
        source="Manual muscle test, review by Cuthbert & Goodheart 2007: ordinal, poorly repeatable above grade 3.",
    ),
)

_PAIN_AND_FUNCTION = (
    Measure(
        id="nprs", name="pain from 0 to 10",
        low=0, high=10, better="lower", unit="points", ask_client=True, sem=0.72, mdc=2, mcid=2, sure="V/H",
        source="Childs 2005, Farrar 2001 (2 points or 30 %). Wide spread: Kovacs 2008 found an MDC of 4 in neck pain.",
    ),
    Measure(
        id="vas100", name="pain on the 100 mm line",
        low=0, high=100, better="lower", unit="mm", sem=7.2, mdc=20, mcid=15, sure="M",
        source="Ostelo 2008 (15 mm or 30 %), Dworkin 2008 (30 %).",
    ),
    Measure(
        id="ndi", name="neck disability, 0 to 50",
        low=0, high=50, better="lower", unit="points", sem=1.8, mdc=5, mcid=7, sure="H",
        source="Neck Disability Index, review by MacDermid 2009. Wide spread: Young 2009 found an MDC of 10.2.",
    ),
    Measure(
        id="ndi_percent", name="neck disability in percent",
        low=0, high=100, step=2, better="lower", unit="%", sem=3.6, mdc=10, mcid=14, sure="H",
        source="Neck Disability Index doubled to percent, review by MacDermid 2009. Wide spread.",
    ),
    Measure(
        id="odi", name="back disability in percent",
        low=0, high=100, better="lower", unit="%", sem=4.5, mdc=12.5, mcid=10, sure="H",
        source="Oswestry index: Ostelo 2008 (10 or 30 %), Davidson & Keating 2002; MDC between 10.5 and 15.",
    ),
    Measure(
        id="dash", name="arm, shoulder and hand disability",
        low=0, high=100, step=0.1, better="lower", unit="points", sem=3.9, mdc=10.8, mcid=10.8, sure="H",
        source="DASH, Franchignoni 2014.",
    ),
    Measure(
        id="quickdash", name="arm, shoulder and hand disability (short form)",
        low=0, high=100, step=0.1, better="lower", unit="points", sem=4.6, mdc=12.9, mcid=15.9, sure="V/H",
        source="QuickDASH, Franchignoni 2014; Rysstad 2020 found 10.8 to 13.6 noticeable in shoulder pain.",
    ),
    Measure(
        id="lefs", name="leg function, 0 to 80",
        low=0, high=80, better="higher", unit="points", sem=3.9, mdc=10.8, mcid=9, sure="H",
        source="Lower Extremity Functional Scale, Binkley 1999: MDC 9 at 90 %, here stated at 95 %.",
    ),
    Measure(
        id="psfs", name="the activities that the client chose, 0 to 10",
        low=0, high=10, step=0.1, better="higher", unit="points", sem=0.86, mdc=2.4, mcid=2, sure="V/H",
        source="PSFS, mean of three: Stratford 1995 (MDC 2 at 90 %, here at 95 %); Rysstad 2020.",
    ),
)

_WHOLE_PERSON = (
    Measure(
        id="fiq", name="fibromyalgia impact",
        low=0, high=100, step=0.1, better="lower", unit="points", sem=5, mdc=14, sure="M",
        source="FIQ, Bennett 2009: a drop of 14 % of the score is noticeable, so no fixed number of points.",
    ),
    Measure(
        id="fiqr", name="fibromyalgia impact (revised)",
        low=0, high=100, step=0.1, better="lower", unit="points", sem=5, mdc=14, mcid=27, sure="L",
        source="FIQR: Bennett 2009; Surendran & Mithun 2018 for what people notice.",
    ),
    Measure(
        id="hit6", name="headache impact, 36 to 78",
        low=36, high=78, better="lower", unit="points", sem=2.2, mdc=6, mcid=6, sure="M",
        source="HIT-6, within one person: Smelt 2014 (migraine 6), Castien 2012 (tension-type 8); Coeytaux 2006.",
    ),
    Measure(
        id="pss10", name="perceived stress, 0 to 40",
        low=0, high=40, better="lower", unit="points", sem=2.5, mdc=7, sure="L",
        source="PSS-10, Eskildsen 2015: a drop of 28 % of the score is noticeable, so no fixed number of points.",
    ),
    Measure(
        id="psqi", name="sleep quality, 0 to 21",
        low=0, high=21, better="lower", unit="points", sem=1.9, mdc=5, mcid=3, sure="L",
        source="PSQI, Buysse 1989 (above 5 is poor sleep), Hughes 2009.",
    ),
    Measure(
        id="isi", name="insomnia severity, 0 to 28",
        low=0, high=28, better="lower", unit="points", sem=2.2, mdc=6, mcid=6, sure="M",
        source="Insomnia Severity Index, Yang 2009, Morin 2011 (7 to 8 is a moderate change).",
    ),
    Measure(
        id="promis_pi_t", name="how much pain gets in the way (T-score)",
        low=39, high=83, step=0.1, better="lower", unit="T-score points", sem=2.2, mdc=6, mcid=3, sure="M",
        source="PROMIS pain interference, mean 50 and SD 10: Chen 2018, Amtmann 2016 (3.5 to 5.5 in back pain).",
    ),
)

# fmt: on
CATALOGUE: dict[str, Measure] = {row.id: row for row in (*_PAIN_AND_FUNCTION, *_MOTION, *_WHOLE_PERSON)}
"""Every measure that a goal may name, by id."""
