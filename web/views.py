"""What the API and the pages show of a plan and of an escalation: built from the records, without asking a worker."""

from typing import Any
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel

from domain.agenda import agenda
from domain.client import Channel
from domain.escalation import EscalationKind, quote_in
from domain.events import Changes, Choice
from domain.outgoing import usable_channels
from domain.progress import ProgressState
from domain.state import PlanState, PlanStatus
from domain.touchpoint import Audience, Kind
from records.database import Records
from records.views import EscalationView, PlanView, TimelineLine
from web.choices import choices_of


class Owed(BaseModel):
    """One touchpoint that the plan still owes, and until when and why it is put off, where it is.

    `key` names it in the events `touchpoint_skipped` and `touchpoint_hurried`.
    """

    key: str
    kind: Kind
    audience: Audience
    due_at: AwareDatetime
    expires_at: AwareDatetime
    because: str
    waits_until: AwareDatetime | None = None
    waits_because: str = ""


class Answer(BaseModel):
    """The decision that counted, who made it and when."""

    choice: Choice
    by: str
    reason: str
    changes: Changes
    decided_at: AwareDatetime


class EscalationShown(BaseModel):
    """A question to a person, its evidence, and its answer once there is one."""

    escalation_id: str
    plan_id: str
    kind: EscalationKind
    goal_id: str | None
    session: int
    question: str
    evidence: list[str]
    choices: list[Choice]
    responsible: str
    opened_at: AwareDatetime
    status: str
    decided: Answer | None

    @property
    def quote(self) -> str:
        """The client's own words that it is about, where there are any."""
        return quote_in(self.evidence)


class PlanShown(BaseModel):
    """One plan: where it stands, what comes, what happened. Times carry the client's offset.

    `opted_out` holds channels on which the client wants no more messages; while there are any, none come up.
    """

    plan_id: str
    status: PlanStatus
    opted_out: list[Channel]
    enrolled_at: AwareDatetime
    wake_at: AwareDatetime | None
    sessions: int
    progress: dict[str, ProgressState]
    sentences: dict[str, str]
    benchmarks: dict[str, str]
    coming_up: list[Owed]
    timeline: list[TimelineLine]
    escalations: list[EscalationShown]


def show_escalation(view: EscalationView) -> EscalationShown:
    """An escalation without the numbers and addresses of the people it asks."""
    asked, decided = view.escalation, view.decided
    answer = decided and Answer.model_validate(decided.decision.model_dump() | {"decided_at": decided.decided_at})
    return EscalationShown(
        **asked.model_dump(include=set(EscalationShown.model_fields) - {"responsible"}),
        choices=list(choices_of(asked.kind)),
        responsible=asked.backup.name if asked.accuses else asked.responsible.name,
        status=view.status,
        decided=answer,
    )


def show_plan(records: Records, view: PlanView) -> PlanShown:
    """A plan with its story and its open and settled questions."""
    state = view.state
    return PlanShown(
        plan_id=state.plan_id,
        status=state.status,
        opted_out=state.opted_out,
        enrolled_at=view.enrolled_at,
        wake_at=view.wake_at,
        sessions=len(state.sessions),
        progress={goal_id: note.state for goal_id, note in state.progress.items()},
        sentences={goal_id: note.sentence for goal_id, note in state.progress.items()},
        benchmarks=dict(state.benchmarks),
        coming_up=coming_up(state),
        timeline=[line.model_copy(update=_local(line.at, state)) for line in records.timeline(state.plan_id)],
        escalations=escalations_of(records, state),
    )


def coming_up(state: PlanState) -> list[Owed]:
    """What the plan still owes, the earliest first; nothing to a client who asked for no more messages."""
    zone = ZoneInfo(state.zone)
    return [
        Owed(
            key=touchpoint.key,
            kind=touchpoint.kind,
            audience=touchpoint.audience,
            due_at=touchpoint.due_at.astimezone(zone),
            expires_at=touchpoint.expires_at.astimezone(zone),
            because=touchpoint.because,
            waits_until=state.deferred[touchpoint.key].astimezone(zone) if touchpoint.key in state.deferred else None,
            waits_because=state.waits.get(touchpoint.key, ""),
        )
        for touchpoint in agenda(state)
        if touchpoint.audience == "front_desk" or usable_channels(state, touchpoint, touchpoint.due_at)
    ]


def escalations_of(records: Records, state: PlanState) -> list[EscalationShown]:
    """The plan's questions to people, in the order in which they were asked."""
    views = (records.escalation(asked.escalation_id) for asked in state.asked)
    return [show_escalation(view) for view in views if view is not None]


def _local(at: Any, state: PlanState) -> dict[str, Any]:
    return {"at": at.astimezone(ZoneInfo(state.zone))}
