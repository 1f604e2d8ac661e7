"""Names that other programs see: workflow types, ids, the task queues, search attributes.

Every id is opaque. A name, a number or an address never becomes part of one.
"""

TASK_QUEUE = "followthrough"
URGENT_TASK_QUEUE = "followthrough-urgent"
"""What can't wait behind a storm of reminders; it has slots and threads of its own. `domain/urgency.py` says what."""

TREATMENT_PLAN_WORKFLOW = "TreatmentPlanWorkflow"
ESCALATION_WORKFLOW = "EscalationWorkflow"
CLAIM_WORKFLOW = "ClaimWorkflow"

SEARCH_KIND = "FollowthroughKind"
SEARCH_PLAN = "FollowthroughPlan"
SEARCH_ATTRIBUTES = (SEARCH_KIND, SEARCH_PLAN)
"""Keyword attributes, set when a workflow starts and never changed. Opaque values only: codecs don't encrypt them."""


def plan_workflow_id(plan_id: str) -> str:
    """The id of the workflow that follows this plan."""
    return f"plan-{plan_id}"


def escalation_workflow_id(escalation_id: str) -> str:
    """The id of the workflow that waits for this question's answer."""
    return f"escalation-{escalation_id}"


def escalation_touchpoint(escalation_id: str, what: int | str) -> str:
    """The key of a word to staff about a question: its nth notice, or the answer to something they wrote."""
    return f"escalation:{escalation_id}:{what}"


def escalation_of_touchpoint(key: str) -> str | None:
    """The question that a word to staff was about; None for any other touchpoint."""
    parts = key.split(":")
    return parts[1] if len(parts) == 3 and parts[0] == "escalation" else None


def word_key(escalation_id: str, ref: str, channel: str = "") -> str:
    """The message key of a word to staff about a question; `channel` where it goes another way than at first."""
    return f"{escalation_id}:{ref}:{channel}" if channel else f"{escalation_id}:{ref}"


def claim_workflow_id(claim_id: str) -> str:
    """The id of the workflow that follows this claim."""
    return f"claim-{claim_id}"


def claim_of_message(key: str) -> str | None:
    """The claim that a message key belongs to; None for any other message."""
    parts = key.split(":")
    return parts[1] if len(parts) > 2 and parts[0] == "claim" else None


def claim_prefix(claim_id: str) -> str:
    """What the keys of a claim's messages begin with."""
    return f"claim:{claim_id}"


def subject_of_workflow(workflow_id: str) -> tuple[str, str] | None:
    """What one of our workflows is about, as kind and id; None for a name that isn't ours."""
    kind, dash, subject = workflow_id.partition("-")
    return (kind, subject) if dash and kind in ("plan", "escalation", "claim") else None
