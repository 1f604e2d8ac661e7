"""News that may speak against a visit: it waits for the therapist's word, who is asked in office hours.

What the health question asks about counts in every context until the visit begins, asked or not. It is no emergency,
doesn't hold the plan, and costs the client no late fee.
"""

from domain.acknowledge import SHARED, acknowledge, how_to_reach
from domain.events import ClientReplied
from domain.judgement import Judgement
from domain.state import Appointment, OpenQuestion
from domain.take_opt_out import desk, quoted

HEALTH_QUESTION = "screening_yes_no"


def take_news(judgement: Judgement, question: OpenQuestion | None, reply: ClientReplied, key: str) -> None:
    """Hold the visits that the health question was about, else the coming one, and ask the therapist."""
    visits = _concerned(judgement, question)
    if not visits:
        _without_visit(judgement, reply, key)
        return
    if all(visit.held for visit in visits) and _is_asked(judgement):
        desk(judgement, key, "reply", f"The client adds to the news about a visit that is on hold. {quoted(reply)}")
        return
    for visit in visits:
        visit.held = True
    _close_questions(judgement, visits)
    if not reply.answered_elsewhere:
        acknowledge(judgement, key, "screening", "screening_hold", "something is new before the visit")
    judgement.ask(
        "screening",
        "The client reports something new before the visit. Go on as booked, change it, or refer out?",
        [
            quoted(reply),
            "Asked: fever or infection, open skin, new swelling, new medicine, surgery, new numbness."
            if question is not None
            else "The visit is on hold, without a late fee",
            *([SHARED] if reply.shared else []),
            *how_to_reach(judgement),
        ],
        appointment_id=visits[0].appointment_id,
    )


def _concerned(judgement: Judgement, question: OpenQuestion | None) -> list[Appointment]:
    """The visits that were asked about, and where none was, the one that comes next."""
    state = judgement.state
    asked = [question] if question is not None else []
    asked += [known for known in state.questions if known.kind == HEALTH_QUESTION]
    about = {each.appointment_id for each in asked if each.kind == HEALTH_QUESTION}
    coming = [visit for visit in state.booked() if visit.starts_at > judgement.now]
    return [visit for visit in coming if visit.appointment_id in about] or coming[:1]


def _close_questions(judgement: Judgement, visits: list[Appointment]) -> None:
    state, ids = judgement.state, {visit.appointment_id for visit in visits}
    state.questions = [
        known for known in state.questions if known.kind != HEALTH_QUESTION or known.appointment_id not in ids
    ]


def _is_asked(judgement: Judgement) -> bool:
    return any(asked.open and asked.kind == "screening" for asked in judgement.state.asked)


def _without_visit(judgement: Judgement, reply: ClientReplied, key: str) -> None:
    """Nothing is held: the words wait for whoever sees the client next."""
    words = "The client writes something that may matter for the next visit, and none is booked: tell the therapist."
    shared = f" {SHARED}" if reply.shared else ""
    desk(judgement, key, "reply", f"{words}{shared} {quoted(reply)}")
    judgement.owe(f"news:{key}", "notice", "notice_read_reply", "news without a visit", audience="therapist")
