"""The front desk's tasks as pages show them: possible emergencies first, each with the client's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.actions import AddDeskTask
from domain.client import Client
from domain.inbox_order import is_urgent
from records.database import Records
from records.views import DeskTaskView

UNKNOWN_SENDER = "unknown sender"
OPERATOR = "for the operator"
OWNER = "for the owner"
NOBODYS = {"sender_stopped": OPERATOR, "staff_stopped": OWNER}
"""Whom a task without a plan is for, by its kind; any other is about somebody we don't know."""


@dataclass(frozen=True)
class DeskLine:
    """One task, whom it is about, and whether it can't wait: because of a possible emergency, or else."""

    task: AddDeskTask
    who: str
    urgent: bool

    @property
    def emergency(self) -> bool:
        """Whether it speaks of one."""
        return self.task.kind not in ("death", "grave_words", "staff_stopped")


def clients_of(records: Records, plan_ids: Iterable[str]) -> dict[str, Client]:
    """The client of each plan that is known, by the plan's id. Asks once per plan."""
    views = (records.plan(plan_id) for plan_id in sorted(set(plan_ids)) if plan_id)
    return {view.state.plan_id: view.state.plan.client for view in views if view is not None}


def desk_lines(views: Iterable[DeskTaskView], clients: Mapping[str, Client]) -> list[DeskLine]:
    """The tasks, possible emergencies first, otherwise in the order given."""
    lines = [DeskLine(view.task, _who(view.task, clients), is_urgent(view.task)) for view in views]
    return sorted(lines, key=lambda line: not line.urgent)


def _who(task: AddDeskTask, clients: Mapping[str, Client]) -> str:
    if not task.plan_id:
        return NOBODYS.get(task.kind, UNKNOWN_SENDER)
    client = clients.get(task.plan_id)
    return client.name if client else ""
