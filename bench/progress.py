"""How often the progress rule cries wolf, and how soon it notices a stall: thousands of made-up plans, lived through.

    python -m bench.progress --seed 21 --reps 100

Each repetition draws every scenario of `bench.progress_plans` for three measures (pain, motion, neck disability) and
three benchmark sessions (6, 8, 10), and `assess` is asked after every value, as in real life. Reported:

- FA: share of good plans with any alert in their whole life;
- hit: share of stalled plans alerted after the stall and by the benchmark session;
- delay: sessions from the last moving one to the alert; a plan never alerted counts up to the session after N;
- early: share of stalled plans alerted while they still moved.

Slow plans and plans with a slow start are shown, and belong to neither side. The exit code is 1 where the yardstick is
missed.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.progress_plans import BENCHMARKS, MEASURES, SCENARIOS, Plan, Scenario, draw
from domain.progress import GoalCourse, assess


@dataclass(frozen=True)
class Outcome:
    """What became of one plan: the session of its first alert, the last session that moved, the benchmark session."""

    alerted_at: int | None
    stall: int
    benchmark: int

    @property
    def early(self) -> bool:
        """Alerted while it still moved."""
        return self.alerted_at is not None and self.alerted_at <= self.stall

    @property
    def hit(self) -> bool:
        """Alerted after it stalled, in time."""
        return self.alerted_at is not None and self.alerted_at > self.stall

    @property
    def delay(self) -> int:
        """Sessions from the last moving one to the alert, or to the session after the benchmark."""
        return (self.alerted_at or self.benchmark + 1) - self.stall


@dataclass(frozen=True)
class Summary:
    """The four numbers of the yardstick."""

    false_alarms: float
    hit: float
    delay: float
    early: float

    def failures(self) -> list[str]:
        """Where the acceptance yardstick is missed."""
        limits = {
            f"FA {self.false_alarms:.1%} is above 5.5 %": self.false_alarms > 0.055,
            f"hit {self.hit:.1%} is below 91 %": self.hit < 0.91,
            f"delay {self.delay:.2f} is above 3.35": self.delay > 3.35,
            f"early {self.early:.1%} is above 2 %": self.early > 0.02,
        }
        return [words for words, missed in limits.items() if missed]


def live(plan: Plan) -> Outcome:
    """Ask after every value, and stop at the first alert."""
    course = GoalCourse(plan.values[0][1], plan.target, plan.benchmark, plan.sem)
    told = (seen for seen in range(3, len(plan.values) + 1) if assess(plan.values[:seen], course).alert)
    first = next(told, None)
    return Outcome(plan.values[first - 1][0] if first else None, plan.stall, plan.benchmark)


def run(seed: int, reps: int) -> dict[Scenario, list[Outcome]]:
    """Live `reps` plans of each scenario, measure and benchmark session."""
    rng = random.Random(seed)
    return {
        scenario: [
            live(draw(scenario, measure, benchmark, rng))
            for measure in MEASURES
            for benchmark in BENCHMARKS
            for _ in range(reps)
        ]
        for scenario in SCENARIOS
    }


def summarise(outcomes: dict[Scenario, list[Outcome]]) -> Summary:
    """Pool the scenarios: good plans give FA, stalled ones the rest."""
    good = [outcome for scenario, found in outcomes.items() if scenario.kind == "good" for outcome in found]
    stalled = [outcome for scenario, found in outcomes.items() if scenario.kind == "stalled" for outcome in found]
    return Summary(
        false_alarms=fmean(outcome.alerted_at is not None for outcome in good),
        hit=fmean(outcome.hit for outcome in stalled),
        delay=fmean(outcome.delay for outcome in stalled if not outcome.early),
        early=fmean(outcome.early for outcome in stalled),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print a line per scenario and the pooled numbers, and compare with the yardstick."""
    parser = argparse.ArgumentParser(description="False alarms and delay of the progress rule")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--reps", type=int, default=100)
    chosen = parser.parse_args(arguments)
    outcomes = run(chosen.seed, chosen.reps)
    for scenario, found in outcomes.items():
        alerted = fmean(outcome.alerted_at is not None for outcome in found)
        delay = fmean(outcome.delay for outcome in found if not outcome.early)
        after = f"  delay {delay:.2f}" if scenario.kind == "stalled" else ""
        print(f"{scenario.kind:8} {scenario.name:34} alerted {alerted:6.1%}{after}")
    total = summarise(outcomes)
    print(f"\n{sum(map(len, outcomes.values()))} plans, seed {chosen.seed}")
    print(
        f"FA {total.false_alarms:.1%} (at most 5.5 %) | hit {total.hit:.1%} (at least 91 %) | "
        f"delay {total.delay:.2f} (at most 3.35) | early {total.early:.1%} (at most 2 %)"
    )
    for failure in total.failures():
        print(f"MISSED: {failure}")
    return 1 if total.failures() else 0


if __name__ == "__main__":
    sys.exit(main())
