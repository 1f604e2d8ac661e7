"""What a question to a person shows: the goal, its chart, the client's own words, and each answer with what follows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.actions import SendMessage
from domain.client import Channel
from domain.consequences import Consequences, consequences
from domain.escalation import Escalation
from domain.events import Changes, Choice
from domain.plain_words import number
from domain.plan import Goal, ObjectiveGoal
from domain.progress_chart import ProgressChart, chart_of
from domain.state import PlanState
from domain.touchpoint import Fact
from domain.wording import Wording
from records.views import TimelineLine
from web.chart_told import in_their_language
from web.choices import choice_words
from web.languages import gettext, marked, told
from web.withheld import OPTED_OUT, why_withheld

LAST_REPLIES = 5
_BUTTONS: dict[Choice, str] = {
    "continue": marked("Confirm: continue"),
    "modify": marked("Change the plan"),
    "new_goal": marked("Set the new goal"),
    "maintenance": marked("Confirm: maintenance"),
    "refer_out": marked("Confirm: refer out"),
}
_NOTHING = marked("The client is told nothing.")
_ONLY_CHANGES = marked("The client is told what you change, and nothing else. With today's values it would read:")
_THE_GOAL = marked("The client is told the new goal:")
_TOLD = marked("The client is told:")
_PAUSED = marked("The plan is paused, so it goes once somebody resumes it.")
_HOLDS = marked("Messages to this client start again.")


@dataclass(frozen=True)
class Said:
    """One message as the client would get it."""

    by: str
    text: str


@dataclass(frozen=True)
class ChoiceCard:
    """One answer, spelled out before it is taken. `is_open` shows its confirm button without another tap."""

    choice: Choice
    words: str
    button: str
    told_note: str
    told: list[Said] = field(default_factory=list[Said])
    visits: list[str] = field(default_factory=list[str])
    coverage: list[str] = field(default_factory=list[str])
    is_open: bool = False


@dataclass(frozen=True)
class DecisionCard:
    """What the person who decides reads first."""

    goal: str
    benchmark: str
    sentence: str
    chart: ProgressChart | None
    replies: list[TimelineLine]
    choices: list[ChoiceCard]
    present: dict[str, str]


def card_of(
    escalation: Escalation,
    state: PlanState | None,
    story: list[TimelineLine],
    wording: Wording,
    now: datetime,
    today: date,
    *,
    chosen: str = "",
    changes: Changes | None = None,
) -> DecisionCard:
    """The card of this question. `chosen` is the answer that was begun, `changes` what it would change."""
    goal = state.plan.goal(escalation.goal_id) if state and escalation.goal_id else None
    note = state.progress.get(goal.id) if state and goal else None
    changed = [(line.at, line.text) for line in story if line.kind == "plan_change" and line.direction == "none"]
    cards = [
        _choice_card(
            escalation,
            state,
            choice,
            words,
            (changes or Changes()) if choice == chosen else Changes(),
            wording,
            now,
            today,
            is_open=choice == chosen,
        )
        for choice, words in choice_words(escalation.kind).items()
    ]
    chart = chart_of(state, goal.id, changed) if state and goal else None
    return DecisionCard(
        goal=goal.description if goal else "",
        benchmark=_benchmark(state, goal) if state and goal else "",
        sentence=told(note.sentence) if note else "",
        chart=in_their_language(chart) if chart else None,
        replies=[line for line in story if line.direction == "in"][-LAST_REPLIES:],
        choices=cards,
        present=present_values(state) if state else {},
    )


def present_values(state: PlanState) -> dict[str, str]:
    """The levers of the form as they are now, as a person would type them."""
    dosage = state.plan.dosage
    return {
        "session_minutes": str(dosage.session_minutes),
        "spacing_days": f"{dosage.spacing.total_seconds() / 86400:g}",
        "sessions": told(str(dosage.sessions)),
        "modality": dosage.modality,
        "pressure": dosage.pressure or "",
        "cadence": dosage.cadence or "",
    }


def _benchmark(state: PlanState, goal: Goal) -> str:
    """What was to be reached by when: the next benchmark, or the last one once all have passed."""
    ahead = [each for each in goal.benchmarks if each.by_session >= len(state.sessions)]
    each = min(ahead, key=lambda each: each.by_session) if ahead else goal.last_benchmark
    if not isinstance(goal, ObjectiveGoal):
        asked = {"question": goal.question, "session": each.by_session}
        return gettext("A yes to “%(question)s” by session %(session)s") % asked
    hoped = each.value(goal.baseline, goal.target)
    amount = told(f"{number(hoped)} {goal.catalogued.unit}")
    way = {"start": number(goal.baseline), "amount": amount, "session": each.by_session}
    return gettext("%(start)s to %(amount)s by session %(session)s") % way


def _choice_card(
    escalation: Escalation,
    state: PlanState | None,
    choice: Choice,
    words: str,
    changes: Changes,
    wording: Wording,
    now: datetime,
    today: date,
    *,
    is_open: bool,
) -> ChoiceCard:
    if state is None:
        return ChoiceCard(choice, words, gettext(_BUTTONS[choice]), gettext(_NOTHING), is_open=is_open)
    follows = consequences(state, escalation, choice, changes, now, today)
    note, messages = _told(escalation, state, choice, changes, follows, wording)
    visits = follows.visits or ([marked("Booked visits stay as they are.")] if state.booked() else [])
    return ChoiceCard(
        choice=choice,
        words=words,
        button=gettext(_BUTTONS[choice]),
        told_note=" ".join(map(gettext, note)),
        told=messages,
        visits=[told(line) for line in visits],
        coverage=[told(line) for line in follows.coverage],
        is_open=is_open,
    )


def _told(
    escalation: Escalation,
    state: PlanState,
    choice: Choice,
    changes: Changes,
    follows: Consequences,
    wording: Wording,
) -> tuple[list[str], list[Said]]:
    """Sentences about what the client is told, and the very texts."""
    if withheld := why_withheld(state):
        return [withheld], []
    if not follows.reachable:
        return [OPTED_OUT], []
    if follows.told:
        waits = state.paused and escalation.kind != "red_flag" and choice != "refer_out"
        return [_TOLD, *([_PAUSED] if waits else [])], [_worded(message, wording) for message in follows.told]
    if choice == "modify" and not changes.any():
        return [_ONLY_CHANGES], [_example(state, "plan_change", {"changes": _levers(state)}, wording)]
    if choice == "new_goal" and not changes.any():
        return [_THE_GOAL], [_example(state, "new_goal", {"goal": "…"}, wording)]
    return [_NOTHING, *([_HOLDS] if escalation.kind == "red_flag" and choice == "continue" else [])], []


def _worded(message: SendMessage, wording: Wording) -> Said:
    words = wording.render(
        message.template,
        language=message.language,
        channel=message.channel,
        facts=message.facts,
        zone=message.time_zone,
    )
    return Said("text" if message.channel == "sms" else "email", words.text)


def _example(state: PlanState, template: str, facts: dict[str, Fact], wording: Wording) -> Said:
    """A message as it would read, to a client who gets it on the first channel that they agreed to."""
    client = state.plan.client
    channels: list[Channel] = [way for way in client.channels(date.max) if way not in state.opted_out]
    channel: Channel = channels[0] if channels else "sms"
    about: dict[str, Fact] = {
        "practice": state.practice.name,
        "practice_phone": state.practice.phone,
        "first_name": client.first_name,
        "therapist": state.plan.therapist.name,
    }
    words = wording.render(template, language=client.language, channel=channel, facts=about | facts, zone=state.zone)
    return Said("text" if channel == "sms" else "email", words.text)


def _levers(state: PlanState) -> Fact:
    """The levers under the names that wording knows, as if each were changed to what it is."""
    dosage = state.plan.dosage
    levers: list[tuple[str, str | int | float | timedelta]] = [
        ("minutes", dosage.session_minutes),
        ("spacing", dosage.spacing),
        ("modality", dosage.modality),
    ]
    named: dict[str, str | None] = {"pressure": dosage.pressure, "cadence": dosage.cadence}
    return levers + [(name, value) for name, value in named.items() if value]
