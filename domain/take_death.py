"""Somebody says that the client has died: everything stops at once, and a person reads it.

A person then ends the plan (`plan_ended`, reason deceased), or resumes it where it was a misunderstanding.
"""

from domain.acknowledge import SHARED
from domain.events import ClientReplied
from domain.judgement import Judgement
from domain.take_opt_out import words_of

SAID_SO = "somebody wrote that the client has died"


def take_death(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """Nothing automatic goes out from here on; the front desk and the therapist read the words."""
    state = judgement.state
    stop_for_death(judgement, SAID_SO)
    state.paused, state.paused_as_of = True, reply.occurred_at
    judgement.write("event", "Somebody wrote that the client has died: nothing goes out until a person has read it.")
    shared = f" {SHARED}" if reply.shared else ""
    judgement.desk(
        f"death:{key}",
        "reply",
        "Somebody wrote that this client has died. Nothing automatic goes out any more. Please call the family; then "
        "end the plan with the reason deceased, or resume it if it was a misunderstanding."
        f"{shared} They wrote: {words_of(reply)}",
    )
    judgement.owe(f"death:{key}", "notice", "notice_read_reply", SAID_SO, audience="therapist")


def stop_for_death(judgement: Judgement, because: str) -> None:
    """What is owed to the client is owed no more, a person's own words neither; only an emergency's answer goes."""
    state = judgement.state
    state.death_reported = True
    state.questions = []
    state.review_after = None
    for notice in state.notices:
        if notice.audience == "client" and not notice.safety:
            judgement.write("dropped", f"Not sent: {notice.template.replace('_', ' ')}.", because=because)
            if notice.by_a_person:
                words = "Somebody's own words were not sent, because the client may have died."
                judgement.desk(f"unsent:{notice.key}", "undeliverable", words)
    state.notices = [notice for notice in state.notices if notice.audience != "client" or notice.safety]
    state.climbable = {key: kept for key, kept in state.climbable.items() if kept.audience != "client" or kept.safety}


def take_misunderstanding(judgement: Judgement) -> None:
    """A person says that the client lives: what comes from now on goes as ever."""
    judgement.state.death_reported = False
    judgement.write("event", "It was a misunderstanding: the client lives.")
