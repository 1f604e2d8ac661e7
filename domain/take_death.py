"""Somebody says that the client has died: everything stops at once, and a person reads it.

A person then ends the plan (`plan_ended`, reason deceased), or resumes it where it was a misunderstanding.
"""

from collections.abc import Collection

from domain.acknowledge import SHARED
from domain.actions import WithdrawEscalation
from domain.events import ClientReplied, PlanResumed
from domain.judgement import Judgement
from domain.state import Asked, BeforeDeath
from domain.take_opt_out import quoted, words_of
from domain.take_visits import visit_time

_WHOSE = (
    "Somebody wrote of a death, and it isn't clear whether this client or a relative of theirs has died. Nothing "
    "automatic goes out until you have read it: end the plan with the reason deceased if it is the client; "
    "otherwise resume it, and write to them as you see fit."
)
SAID_SO = "somebody wrote that the client has died"
ASKED_FOR = ("red_flag", "screening")
"""Questions for which somebody would phone the client, or let a visit take place."""
MOST_QUOTES = 5
_ADVICE = (
    "Somebody wrote that this client has died. Nothing automatic goes out any more. Read what was written, and contact "
    "the family only as you see fit; then have a therapist or an owner end the plan with the reason deceased, or "
    "resume it if it was a misunderstanding."
)
_CLOSED = "What asked to phone or book this client is closed."
_ASKED_AGAIN = "Asked anew: it was withdrawn by mistake when somebody wrote that the client had died."


def take_death(judgement: Judgement, reply: ClientReplied, key: str, asked_before: Collection[str]) -> None:
    """Nothing automatic goes out from here on; the front desk and the therapist read the words.

    Each further word of it joins the one task, which then comes anew. `asked_before`: questions from before this reply.
    """
    state = judgement.state
    first = not state.death_reported
    stop_for_death(judgement, SAID_SO)
    if not reply.shared:  # who shares the phone may be the one in danger
        withdraw_for_death(judgement, SAID_SO, asked_before)
    state.paused, state.paused_as_of = True, reply.occurred_at
    judgement.write("event", "Somebody wrote that the client has died: nothing goes out until a person has read it.")
    state.death_words = [*state.death_words, words_of(reply)][-MOST_QUOTES:]
    _close_task(judgement)
    if reply.told_elsewhere:
        return
    state.death_task = f"death:{key}"
    more = SHARED if reply.shared else _CLOSED
    written = " Then: ".join(state.death_words)
    judgement.desk(state.death_task, "death", f"{_ADVICE} {more} They wrote: {written}")
    if first:
        judgement.owe(f"death:{key}", "notice", "notice_read_reply", SAID_SO, audience="therapist")


def take_loss(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """A death, and nobody knows whose: the plan waits, and a person reads the words before anything else."""
    state = judgement.state
    if not state.paused:
        state.paused, state.paused_as_of = True, reply.occurred_at
        judgement.write("event", "Somebody wrote of a death: nothing goes out until a person has read it.")
    if not reply.told_elsewhere:
        more = f" {SHARED}" if reply.shared else ""
        judgement.desk(f"loss:{key}", "death", f"{_WHOSE}{more} They wrote: {words_of(reply)}")


def take_words_after_death(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """Whoever writes from there then is read by a person; nothing of it is asked of the client."""
    words = (
        "Somebody wrote after word of this client's death. If the client lives, have a therapist or an owner resume "
        "the plan."
    )
    judgement.desk(key, "reply", f"{words} {quoted(reply)}")


def stop_for_death(judgement: Judgement, because: str) -> None:
    """What is owed to the client is owed no more, a person's own words neither; only an emergency's answer goes."""
    state = judgement.state
    if not state.death_reported:
        kept = [notice for notice in state.notices if notice.audience == "client" and not notice.by_a_person]
        state.before_death = BeforeDeath(
            paused=state.paused,
            questions=state.questions,
            notices=[notice for notice in kept if not (notice.safety or notice.about_opt_out)],
            review_after=state.review_after,
        )
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


def withdraw_for_death(judgement: Judgement, because: str, which: Collection[str] | None = None) -> None:
    """Nobody phones the client about an emergency or a visit any more. `which`: ids of the questions; else all."""
    for asked in judgement.state.asked:
        if asked.open and asked.kind in ASKED_FOR and (which is None or asked.escalation_id in which):
            asked.withdrawn = asked.stopped_by_death = True
            judgement.actions.append(WithdrawEscalation(escalation_id=asked.escalation_id, because=because))
            judgement.write("decision", "The question was withdrawn.", because=because)


def settle_death(judgement: Judgement) -> None:
    """A person has ended the plan: the task about the death is done."""
    _close_task(judgement)
    judgement.state.death_words = []
    judgement.state.before_death = None


def take_misunderstanding(judgement: Judgement, event: PlanResumed) -> bool:
    """A person says that the client lives: what the death alone had stopped comes back, and the story says what not.

    Returns whether the plan stays paused, because a person had paused it before.
    """
    state, now = judgement.state, judgement.now
    before = state.before_death or BeforeDeath()
    state.death_reported = False
    settle_death(judgement)
    known = {question.key for question in state.questions}
    state.questions += [q for q in before.questions if q.expires_at > now and q.key not in known]
    state.review_after = state.review_after or before.review_after
    owed = {notice.key for notice in state.notices}
    state.notices += [
        notice
        for notice in before.notices
        if notice.expires_at > now and notice.key not in owed and notice.key not in state.done
    ]
    judgement.write("event", "It was a misunderstanding: the client lives.")
    for asked in list(state.asked):
        if asked.stopped_by_death:
            asked.stopped_by_death = False
            _ask_anew(judgement, asked)
    _say_what_stands(judgement)
    return before.paused and event.misunderstanding


def _ask_anew(judgement: Judgement, asked: Asked) -> None:
    visit = judgement.state.appointments.get(asked.appointment_id or "")
    if asked.kind == "screening" and (visit is None or visit.starts_at <= judgement.now):
        return
    judgement.ask(
        asked.kind,
        asked.question or "Read the conversation, phone the client, then say how it goes on.",
        [*asked.evidence, _ASKED_AGAIN],
        appointment_id=asked.appointment_id,
        about=asked.about,
    )


def _say_what_stands(judgement: Judgement) -> None:
    """What a misunderstanding doesn't lift: a client's own word about messages, and holds until they are cleared."""
    state = judgement.state
    for visit in state.booked():
        if visit.held and visit.starts_at > judgement.now:
            judgement.write("event", f"The visit of {visit_time(state, visit.starts_at)} is still on hold.")
    if state.held:
        judgement.write("event", "The plan is still on hold until a person clears it.")
    if state.opted_out:
        ways = " and ".join({"sms": "texts", "email": "emails"}[channel] for channel in state.opted_out)
        judgement.write("event", f"Still closed by an opt-out: {ways}.")


def _close_task(judgement: Judgement) -> None:
    if judgement.state.death_task:
        judgement.close_desk(judgement.state.death_task)
        judgement.state.death_task = ""
