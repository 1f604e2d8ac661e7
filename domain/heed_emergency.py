"""Adds to what is to be done about a text what can't wait for any plan: the answer to an emergency, page and task."""

from datetime import datetime

from domain.actions import AddDeskTask
from domain.emergency import FIXED_ANSWERS, OVER, PAGED, Emergency, answers_to, page_about, reply_key, task_about
from domain.events import ClientReplied, Event
from domain.incoming import Incoming, OpenPlan, Sender, Taking
from domain.opted_out import for_staff
from domain.read_reply import plain_meaning, read_reply


def heed_emergencies(reply: Incoming, sender: Sender, taking: Taking, now: datetime) -> Taking:
    """The same with its emergencies. Each event then carries which question was asked of the therapist already."""
    if taking.page is not None and sender.ended:
        return _of_former_client(reply, sender.ended[0], taking, now)
    plans = {plan.plan_id: plan for plan in (*sender.everyone(), *sender.ended)}
    events: list[tuple[str, Event]] = []
    found: list[Emergency] = []
    for plan_id, event in taking.events:
        plan = plans.get(plan_id)
        emergency = _emergency(plan, event, now) if plan and isinstance(event, ClientReplied) else None
        if emergency is not None:
            found.append(emergency)
            asked = emergency.page.escalation_id if emergency.page else None
            event = event.model_copy(update={"escalation_id": asked})
        events.append((plan_id, event))
    return taking.model_copy(update={"events": events, "emergencies": found}) if found else taking


def _emergency(plan: OpenPlan, event: ClientReplied, now: datetime) -> Emergency | None:
    state = plan.state
    meaning, _ = read_reply(event, state.questions, state.plan.client.language)
    if meaning.red_flag not in PAGED:
        return None
    key = f"{plan.plan_id}:{reply_key(event.event_id)}"
    violent, unsafe = meaning.grave == "violence", meaning.unsafe
    about = task_about(event, violent=violent, unsafe=unsafe)
    text = about if violent else for_staff(state, about)
    silent = event.answered_elsewhere or unsafe
    return Emergency(
        plan_id=plan.plan_id,
        answers=[] if silent else answers_to(state, event.event_id, meaning.red_flag, event.channel, now),
        page=page_about(state, event, meaning.red_flag, now, violent=violent, unsafe=unsafe),
        task=AddDeskTask(key=key, plan_id=plan.plan_id, kind="grave_words" if violent else "reply", text=text, at=now),
    )


def _of_former_client(reply: Incoming, plan: OpenPlan, taking: Taking, now: datetime) -> Taking:
    """No plan's workflow is left to answer, and words of danger are answered all the same."""
    language = plan.state.plan.client.language
    meaning = plain_meaning(reply.text, channel=reply.channel, locale=language)
    flag = "" if meaning.unsafe else meaning.red_flag
    answers = answers_to(plan.state, f"in-{reply.opaque_id}", flag, reply.channel, now) if flag in FIXED_ANSWERS else []
    page = taking.page
    if page is not None and answers:
        page = page.model_copy(update={"evidence": [OVER]})
    emergency = Emergency(plan_id=plan.plan_id, answers=answers, page=page)
    return taking.model_copy(update={"page": None, "emergencies": [emergency]})
