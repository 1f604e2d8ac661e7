"""Whether a goal is on track, judged from its measured values: one closed-form rule that can be told in a sentence.

The rule compares the slope of the last four values with the slope that is still needed to reach the goal in time, given
the known error of the measure. How often it is wrong and how soon it is right: `python -m bench.progress`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.progress_evidence import Evidence, GoalCourse, ProgressState, gather
from domain.progress_words import sentence

__all__ = ["ALERTS", "GoalCourse", "Progress", "ProgressState", "assess", "rank"]

ALERTS: frozenset[ProgressState] = frozenset({"plateau", "slow", "no_response", "worsening", "relapse", "missed"})
"""The states that a person should hear of."""

WATCH_ABOVE = 0.89
ALERT_ABOVE = 0.96
"""How sure it must be that progress is too slow. Chosen by simulation for about 5 % of good plans ever alerted."""

SURE_OF_DIRECTION = 0.9

_HAIR = 1e-9  # of the way to the goal: keeps a value that lies exactly on a border from falling to rounding

_RANKS: dict[ProgressState, int] = {
    "met": 0,
    "on_track": 0,
    "too_early": 0,
    "watch": 1,
    "slow": 2,
    "plateau": 3,
    "no_response": 3,
    "missed": 3,
    "relapse": 3,
    "worsening": 4,
}


@dataclass(frozen=True)
class Progress:
    """The judgement on one goal and the sentence that explains it."""

    state: ProgressState
    sentence: str

    @property
    def alert(self) -> bool:
        """Whether a person should hear of it."""
        return self.state in ALERTS


def rank(state: ProgressState) -> int:
    """How bad a state is, from 0 (nothing to do) to 4 (worsening); a snooze ends early only where this grows."""
    return _RANKS[state]


def assess(values: Sequence[tuple[int, float]], course: GoalCourse, *, sems: Sequence[float] | None = None) -> Progress:
    """Judge `values`, (session number, value) in order of session with the baseline first.

    Flares and missing values are left out by the caller. `sems` gives each value its own error where raters differ.
    The first of these that holds is the answer: too early, met or relapse, worsening against the baseline, missed
    (after the benchmark session), off track by slope (worsening, slow, plateau or no response), watch, on track.
    Raises ValueError for values that aren't finite, sessions that don't increase, or errors that aren't above 0.
    """
    evidence = gather(values, course, sems)
    state = _judge(evidence)
    return Progress(state, sentence(state, evidence))


def _judge(evidence: Evidence) -> ProgressState:
    if len(evidence.gains) < 3:
        return "too_early"
    reached = _met_or_relapse(evidence)
    if reached:
        return reached
    if evidence.below_baseline:
        return "worsening"
    if evidence.sessions[-1] > evidence.course.by_session:
        return "missed"
    # The slope still counts AT the benchmark session: measured from the window's centre, the needed slope is finite
    # there, and without that session every seventh stalled plan would go unnoticed until the benchmark is missed.
    if evidence.line.too_slow > ALERT_ABOVE:
        return _off_track(evidence)
    return "watch" if evidence.line.too_slow > WATCH_ABOVE else "on_track"


def _met_or_relapse(evidence: Evidence) -> Literal["met", "relapse"] | None:
    """Met once two values average within one error of the goal, until they average an MDC short of it.

    The baseline is no part of it, so a plan is met at its third value at the earliest. After a relapse the goal has to
    be met anew.
    """
    state: Literal["met", "relapse"] | None = None
    for place in range(2, len(evidence.gains)):
        short = evidence.course.way - evidence.mean_of_two(place)
        if short <= evidence.error(place - 1, place) + _HAIR * evidence.course.way:
            state = "met"
        elif state and short > evidence.mdc(place - 1, place):
            state = "relapse"
    return state


def _off_track(evidence: Evidence) -> ProgressState:
    """Name it. Moving comes first: a plan that still moves is slow, however much or little it has gained."""
    if evidence.line.falling > SURE_OF_DIRECTION:
        return "worsening"
    if evidence.line.rising > SURE_OF_DIRECTION:
        return "slow"
    places = range(1, len(evidence.gains))
    gained = any(evidence.mean_of_two(place) > evidence.mdc(0, place - 1, place) for place in places)
    return "plateau" if gained else "no_response"
