"""Turns what is due to the front desk into a task, in words that say what to do."""

from domain.agenda_coverage import TEMPLATE
from domain.judgement import Judgement
from domain.take_coverage import tell_desk_about
from domain.take_visits import visit_time
from domain.touchpoint import Touchpoint


def ask_desk(judgement: Judgement, touchpoint: Touchpoint) -> None:
    """Give the front desk the task of this touchpoint. Such touchpoints are never rendered from a template."""
    if touchpoint.template == TEMPLATE:
        tell_desk_about(judgement, touchpoint)
        return
    when = visit_time(judgement.state, judgement.state.appointments[touchpoint.appointment_id or ""].starts_at)
    if touchpoint.template == "desk_unasked":
        judgement.desk(touchpoint.key, "unanswered", unasked_text(when))
    elif touchpoint.template == "desk_unanswered":
        text = f"No answer to the health questions before the visit of {when}: ask the client before it begins."
        judgement.desk(touchpoint.key, "unanswered", text)
    else:
        text = f"The visit of {when} has passed: say whether it took place."
        judgement.desk(touchpoint.key, "visit_outcome", text)


def unasked_text(when: str) -> str:
    """A session without the health questions can harm; if the client can't be written to, a person asks them."""
    return f"The health questions before the visit of {when} can't be sent: ask the client before it begins."
