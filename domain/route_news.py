"""For whom news about a client are, and a death: more plans than one may have to heed them."""

from domain.events import CalendarAnswer, Event
from domain.incoming import Incoming, OpenPlan, Sender, Taking
from domain.read_reply import ANSWERS
from domain.replies import Understanding
from domain.reply_meanings import tells_news
from domain.route_event import event_of, may_answer, read_by
from domain.take_answers import invited_visit
from domain.take_news import HEALTH_QUESTION


def told_of_death(reply: Incoming, sender: Sender, *, surely: bool = True) -> Taking:
    """Every plan of everybody who may have died stops, whatever number it writes to. A person says who it was.

    Nothing automatic goes to these people any more, on whatever channel, until somebody says that it was an error. One
    plan of each person tells the desk; what may be an emergency of whoever wrote is answered by the first of all.
    `surely`: it is the client's; else their plans wait, and nobody is taken for dead.
    """
    whose = sender.everyone()
    died = list(dict.fromkeys(plan.client_id for plan in whose))
    telling = {plan.client_id: plan.plan_id for plan in reversed(whose)}
    events: list[tuple[str, Event]] = [
        (
            plan.plan_id,
            event_of(
                reply,
                sender,
                elsewhere=plan is not whose[0],
                shared=len(died) > 1,
                told_elsewhere=telling[plan.client_id] != plan.plan_id,
            ),
        )
        for plan in whose
    ]
    return Taking(plan_id=whose[0].plan_id, events=events, died=died if surely else [])


def plans_told_news(reply: Incoming, sender: Sender, plans: list[OpenPlan], meaning: Understanding) -> list[OpenPlan]:
    """The plans that hear of news about the client: those that asked just that, else all with a visit to come.

    A hold is lifted with one tap and a session on a fever isn't undone, so in doubt the visits of all wait. The plan
    whose question the rest of the words answers hears them too. Empty where there are no news.
    """
    read = [(plan, *read_by(reply, sender, plan)) for plan in plans]
    if not tells_news(meaning) and not any(tells_news(each) for _, each, _ in read):
        return []
    health = [(plan, each) for plan, each, question in read if question and question.kind == HEALTH_QUESTION]
    if asked := [plan for plan, each in health if tells_news(each)]:
        return asked
    coming = [plan for plan in plans if any(visit.starts_at > reply.at for visit in plan.state.booked())]
    answered = [plan for plan, each, question in read if question and each.intent in ANSWERS[question.kind]]
    return list({plan.plan_id: plan for plan in (*coming, *answered[:1])}.values()) or plans[:1]


def told_news(reply: Incoming, sender: Sender, told: list[OpenPlan]) -> Taking:
    """All of these plans hear it, and one of them answers."""
    shared = len({plan.client_id for plan in told}) > 1
    speaker = next((plan for plan in told if may_answer(plan, reply)), told[0])
    events: list[tuple[str, Event]] = [
        (plan.plan_id, event_of(reply, sender, elsewhere=plan is not speaker, shared=shared)) for plan in told
    ]
    return Taking(plan_id=speaker.plan_id, events=events)


def invited_by(answer: CalendarAnswer, plans: list[OpenPlan]) -> OpenPlan | None:
    """The plan to whose visit the invitation was."""
    return next((plan for plan in plans if invited_visit(plan.state, answer) is not None), None)
