"""Gives words that accuse, threaten or tell of violence to a person at once: the most urgent task of the desk.

Intake does it, whatever the plan's workflow is doing; the plan, when it judges the same reply, gives the same task
under the same key. An opt-out or an answer beside the words goes its own way.
"""

from domain.accused import accuses
from domain.acknowledge import SHARED
from domain.actions import AddDeskTask
from domain.events import ClientReplied
from domain.grave_words import Grave
from domain.incoming import Incoming, Taking
from domain.judgement import Judgement

LONGEST_QUOTE = 1000
"""More than of other words: what an accusation says at its end may be what matters."""
ADVICE: dict[Grave, str] = {
    "violence": "The client's words tell of violence or fear. Read them now: phone only where they can speak freely, "
    "and write nothing about it to this number.",
    "threat": "These words may be a threat against somebody. Read them now and tell the owner; in danger call 911.",
    "misconduct": "The client may be accusing somebody of misconduct. The owner reads this today and answers in "
    "person, and whoever it is about does not.",
    "legal": "The client speaks of a lawyer, a complaint or a court. The owner reads this before anybody answers.",
}
AUTOMATIC = "Automatic messages go on: a therapist or an owner pauses the plan where they should not."


def grave_text(grave: Grave, words: str, *, shared: bool = False) -> str:
    """What the task says: the advice, and the client's own words."""
    more = f" {SHARED}" if shared else ""
    return f'{ADVICE[grave]} {AUTOMATIC}{more} They wrote: "{words[:LONGEST_QUOTE]}"'


def grave_key(event_id: str) -> str:
    """The key of the task within its plan."""
    return f"grave:{event_id}"


def take_grave_words(judgement: Judgement, grave: Grave, reply: ClientReplied) -> None:
    """The desk's task, from the one plan of that number that answers. Who is accused is asked nothing dangerous."""
    therapist = judgement.state.plan.therapist.name
    accusing = accuses(reply.text, therapist)
    if accusing:
        judgement.state.accused = therapist
    if not reply.answered_elsewhere:
        text = grave_text(grave, reply.text, shared=reply.shared)
        judgement.desk(grave_key(reply.event_id), "grave_words", text, for_owner=accusing)


def heed_grave_words(reply: Incoming, taking: Taking, grave: Grave | None, *, accusing: bool = False) -> Taking:
    """The same with the task, once, at the plan that answers. A sender without an open plan has a task of their own."""
    if grave is None or taking.plan_id is None or any(task.kind == "grave_words" for task in taking.tasks):
        return taking
    events = [(plan_id, event) for plan_id, event in taking.events if isinstance(event, ClientReplied)]
    speaker = next((each for each in events if not each[1].answered_elsewhere), next(iter(events), None))
    plan_id = speaker[0] if speaker else taking.plan_id
    task = AddDeskTask(
        key=f"{plan_id}:{grave_key(f'in-{reply.opaque_id}')}",
        plan_id=plan_id,
        kind="grave_words",
        text=grave_text(grave, reply.text, shared=bool(speaker and speaker[1].shared)),
        at=reply.at,
        for_owner=accusing,
    )
    return taking.model_copy(update={"tasks": [*taking.tasks, task]})
