"""Words from somebody whose plan has ended: whose they are, how the desk is told, and who is paged in an emergency."""

import uuid

from domain.accused import accuses
from domain.escalation import Escalation
from domain.incoming import Incoming, OpenPlan, Sender

FORMER_CLIENT = uuid.UUID("0d6d7c43-5a3f-4a6e-9c55-2f0b6a3f8e10")


def former_plan(sender: Sender) -> OpenPlan | None:
    """The last plan of the one client whose number it is; None for strangers, and where several may have written."""
    one_client = len({plan.client_id for plan in sender.ended}) == 1
    return sender.ended[0] if one_client else None


def what_came(what: str, former: OpenPlan | None, *, urgent: bool) -> str:
    """What the desk is told. `what`: "A text" or "An email"."""
    who = "a former client, whose plan has ended" if former else "somebody who has no open plan here"
    if urgent:
        return f"A message that may mean an emergency came from {who}: phone them now."
    words = f"{what} came from {who}: read it and answer."
    if former and former.state.death_reported:
        return f"{words} It ended because the client had died: if they live, start a new plan."
    return words


def page_about_former_client(plan: OpenPlan, reply: Incoming) -> Escalation:
    """Asks the therapist of the client's last plan, at any hour, until somebody answers."""
    state = plan.state
    policy = state.policy
    return Escalation(
        escalation_id=uuid.uuid5(FORMER_CLIENT, reply.provider_id).hex,
        plan_id=plan.plan_id,
        kind="red_flag",
        session=len(state.sessions),
        question="A former client's words may mean an emergency. Read them at the desk and phone the client.",
        evidence=["The plan has ended, so no automatic answer was sent."],
        opened_at=reply.at,
        responsible=state.plan.therapist,
        backup=state.backup,
        remind_after=policy.red_flag_reminder_after,
        backup_after=policy.red_flag_reminder_after,
        accuses=state.therapist_is_accused or accuses(reply.text, state.plan.therapist.name),
    )
