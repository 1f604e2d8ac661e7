"""The judgement on a goal in one or two plain sentences, with the numbers that it rests on."""

from math import floor, log10

from domain.progress_evidence import Evidence, ProgressState

_MEANING: dict[ProgressState, str] = {
    "on_track": "No sign that it is too slow.",
    "watch": "{sure} % sure it is slower than needed; the next value will tell.",
    "slow": "{sure} % sure it is slower than needed, though it still moves.",
    "plateau": "{sure} % sure it is slower than needed: an earlier gain has come to a halt.",
    "no_response": "{sure} % sure it is slower than needed, and no gain beyond the measurement error so far.",
    "worsening": "{sure} % sure it moves away from the goal.",
}


def sentence(state: ProgressState, evidence: Evidence) -> str:
    """Why the goal is judged so, for the therapist."""
    if state == "too_early":
        so_far = ("No value yet", "Only one value so far", "Only two values so far")[len(evidence.gains)]
        return f"{so_far}; a judgement needs three."
    words = _Words(evidence)
    if state == "worsening" and evidence.below_baseline:
        return words.below_the_start()
    told = words.at_the_goal(state) if state in ("met", "relapse", "missed") else words.on_the_way(state)
    return told + words.noticeable(state)


class _Words:
    """The evidence in words, turned back to the measure's own direction."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.course = evidence.course
        self.digits = min(4, max(1, 1 - floor(log10(self.course.sem))))
        self.unit = f" {self.course.unit}" if self.course.unit else ""
        self.goal = self._amount(self.course.target)

    def at_the_goal(self, state: ProgressState) -> str:
        """Met, relapse and missed: where the last two values are."""
        before, last = self.evidence.sessions[-2:]
        mean = self._amount(self._value(self.evidence.mean_of_two(-1)))
        averages = f"In sessions {before} and {last} {self.course.what} averages {mean}"
        if state == "missed":
            return f"{averages}: the goal of {self.goal} by session {self.course.by_session} is missed."
        short = self.course.way - self.evidence.mean_of_two(-1)
        if state == "relapse":
            return f"{averages}: the goal of {self.goal} was met before and is now missed by {self._amount(short)}."
        if short > self.evidence.error(-2, -1):
            return f"{averages}: the goal of {self.goal} was met and still holds within the measurement error."
        return f"{averages}: the goal of {self.goal} is met."

    def below_the_start(self) -> str:
        """Worsening against the baseline."""
        last = self._amount(self._value(self.evidence.gains[-1]))
        start = self._amount(self.course.baseline)
        return (
            f"At session {self.evidence.sessions[-1]} {self.course.what} is {last}: worse than {start} at the start "
            f"by more than the measurement error of {self._amount(self.evidence.mdc(0, -1))}."
        )

    def on_the_way(self, state: ProgressState) -> str:
        """The slope, the slope that is needed, and how sure it is that the one is too small for the other."""
        line, last = self.evidence.line, self.evidence.sessions[-1]
        change = self._number(self.course.direction * line.slope, sign="+")
        needed = self._number(self.course.direction * line.needed)
        are = "are" if last < self.course.by_session else "were"
        sure = line.falling if state == "worsening" else line.too_slow
        return (
            f"Over sessions {line.first_session}-{last} {self.course.what} changed {change}{self.unit} a session "
            f"(give or take {self._number(line.error)}); {needed} a session {are} needed to reach {self.goal} "
            f"by session {self.course.by_session}. {_MEANING[state].format(sure=min(99, floor(100 * sure)))}"
        )

    def noticeable(self, state: ProgressState) -> str:
        """Where a goal falls short: whether the best gain so far is one that people notice."""
        if self.course.mcid is None or state not in ("plateau", "slow", "missed"):
            return ""
        best = max(self.evidence.mean_of_two(place) for place in range(1, len(self.evidence.gains)))
        than = "less than" if best < self.course.mcid else "at least"
        return (
            f" The best gain so far is {self._amount(best)}, {than} the {self._amount(self.course.mcid)} people notice."
        )

    def _value(self, gain: float) -> float:
        return self.course.baseline + self.course.direction * gain

    def _number(self, amount: float, sign: str = "-") -> str:
        rounded = round(amount, self.digits) + 0.0  # adding zero turns "-0" into "0"
        return f"{rounded:{sign}.{self.digits}f}"

    def _amount(self, amount: float) -> str:
        return f"{self._number(amount).rstrip('0').rstrip('.')}{self.unit}"
