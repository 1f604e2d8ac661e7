"""Decides for which plan a text is: the one whose question it answers, all for an opt-out, and in doubt a person."""

from datetime import timedelta
from typing import NamedTuple

from domain.accused import accuses
from domain.actions import AddDeskTask
from domain.client import Language
from domain.consent import may_write
from domain.conversation import is_taken
from domain.events import Event, ReplyUnclear
from domain.former_client import former_plan, page_about_former_client, what_came
from domain.heed_grave import grave_text, heed_grave_words
from domain.heed_opt_out import closed_to, people
from domain.heed_staff_stop import heed_staff_stop
from domain.incoming import Incoming, OpenPlan, Sender, Settles, Taking, WhichOne
from domain.opted_out import for_staff
from domain.read_reply import names_in, not_in_words, plain_meaning, questions_answered
from domain.replies import Understanding
from domain.reply_meanings import meanings
from domain.route_event import event_of as _event
from domain.route_event import may_answer
from domain.route_news import invited_by, plans_told_news, told_news, told_of_death
from domain.state import OpenQuestion
from domain.which_one import chosen, question_back

ANSWER_WITHIN = timedelta(hours=24)
"""How long a question back waits. After that a person reads the reply that it was about."""
LONGEST_QUOTE = 300
OPT_OUTS = ("stop", "wrong_number")


class _Fit(NamedTuple):
    """A plan with the open questions that the text could answer."""

    plan: OpenPlan
    questions: list[OpenQuestion]

    @property
    def newest(self) -> OpenQuestion:
        return max(self.questions, key=lambda question: (question.asked_at, question.kind))


def route(reply: Incoming, sender: Sender) -> Taking:
    """What is to be done about a text, from what is known about its sender."""
    plans = sender.everyone()
    meaning = _meaning(reply, sender, plans)
    told_as_emergency = bool(plans) and meaning.intent == "red_flag" and meaning.grave == "violence"
    grave = None if told_as_emergency else meaning.grave
    routed = _routed(reply, sender, plans, meaning)
    taking = heed_grave_words(reply, routed, grave, accusing=_accuses(reply, sender))
    if _opts_out(meaning):  # beside a death, danger or a lawyer it closes the same as a plain one
        taking = closed_to(taking, reply, sender, meanings(meaning))
    return heed_staff_stop(reply, sender, taking, meaning)


def _routed(reply: Incoming, sender: Sender, plans: list[OpenPlan], meaning: Understanding) -> Taking:
    """As `route`, apart from grave words."""
    if not plans:
        return _no_open_plan(reply, sender, meaning)
    if meaning.intent == "ignore":
        return _recorded(reply, sender, sender.named or plans[0])
    if meaning.death or (meaning.loss and not _opts_out(meaning) and meaning.intent != "red_flag"):
        return _with_question_dropped(told_of_death(reply, sender, surely=meaning.death), sender)
    if _opts_out(meaning) or (meaning.intent == "start" and reply.trusted):
        return _for_everyone(reply, sender, meaning)
    concerned = [sender.named] if sender.named else plans
    if reply.automatic:
        words = "A mail came in that a machine wrote, by its headers, with words that a person should see."
        return _to_the_desk(reply, concerned, "automatic", words)
    if meaning.intent == "red_flag":
        return _emergency(reply, sender, concerned)
    if not reply.trusted:
        words = "A mail came in that may not be from the client, so nothing was done about it: ask them."
        return _to_the_desk(reply, concerned, "untrusted", words)
    if reply.calendar is not None:
        return _recorded(reply, sender, invited_by(reply.calendar, concerned) or concerned[0])
    if told := plans_told_news(reply, sender, concerned, meaning):
        return told_news(reply, sender, told)
    if sender.waits and sender.named is None and meaning.intent != "help":
        return _answer_to_question_back(reply, sender)
    return _to_one(reply, sender, concerned, meaning)


def give_up(question: WhichOne, because: str) -> AddDeskTask:
    """The task in which a person reads a reply that nobody could place."""
    names = " or ".join(question.labels)
    text = f"A reply may be for {names}, and {because}: find out. {_quoted(question.reply)}"
    return _task(question.reply, question.plan_ids[0], "unclear", text)


def _meaning(reply: Incoming, sender: Sender, plans: list[OpenPlan]) -> Understanding:
    """Apart from questions. A carrier takes YES for START too: that only counts from somebody who had opted out."""
    said = reply.carrier_said
    locale: Language = plans[0].state.plan.client.language if plans else "en"
    if said == "START" and not sender.suppressed:
        said = None
    known = (plan.state for plan in plans or sender.ended)
    names = dict.fromkeys(name for state in known for name in names_in(state.plan, state.practice))
    meaning = plain_meaning(
        reply.text, channel=reply.channel, locale=locale, carrier_said=said, names=tuple(names), sent=sender.sent
    )
    return not_in_words(meaning, reply.calendar, automatic=reply.automatic)


def _accuses(reply: Incoming, sender: Sender) -> bool:
    """Whether the words accuse a therapist of theirs, or anybody of misconduct."""
    names = {plan.state.plan.therapist.name for plan in (*sender.everyone(), *sender.ended)}
    return any(accuses(reply.text, name) for name in names or {""})


def _opts_out(meaning: Understanding) -> bool:
    """Whether an opt-out, or a wrong number, is among its meanings."""
    return any(each in OPT_OUTS for each in meanings(meaning))


def _for_everyone(reply: Incoming, sender: Sender, meaning: Understanding) -> Taking:
    """An opt-out, a wrong number or START: every plan hears of it, and one of them answers."""
    plans = sender.everyone()
    clients = {plan.client_id for plan in plans}
    shared = meaning.intent == "red_flag" and len(clients) > 1 and sender.named is None
    speaker = next((plan for plan in plans if may_answer(plan, reply)), plans[0])
    events: list[tuple[str, Event]] = [
        (
            plan.plan_id,
            _event(
                reply,
                sender,
                elsewhere=plan is not speaker or (meaning.intent == "stop" and sender.suppressed),
                shared=shared,
            ),
        )
        for plan in plans
    ]
    taking = _with_question_dropped(Taking(plan_id=plans[0].plan_id, events=events), sender)
    if meaning.intent == "start":
        lift = any(may_write(plan.state, reply.channel, reply.at) for plan in plans)
        return taking.model_copy(update={"lift": lift, "back": people(sender) if lift else []})
    return taking


def _with_question_dropped(taking: Taking, sender: Sender) -> Taking:
    """A question back that was still waiting: what it was about is for a person now."""
    if not sender.waits or sender.question is None:
        return taking
    task = give_up(sender.question, "asked which, they answered something else")
    settles = Settles(provider_id=sender.question.reply.provider_id, how="given_up")
    return taking.model_copy(update={"settles": settles, "tasks": [task]})


def _emergency(reply: Incoming, sender: Sender, concerned: list[OpenPlan]) -> Taking:
    """A possible emergency goes to one plan of each client who may have written: all of them are held and paged."""
    clients = {plan.client_id for plan in concerned}
    first = concerned[0]
    # Of the plans of the likeliest client one is enough; of anybody else all are stopped until we know who it was.
    others = [plan for plan in concerned if plan.client_id != first.client_id]
    shared = len(clients) > 1
    told = [first, *others]
    speaker = next((plan for plan in told if may_write(plan.state, reply.channel, reply.at)), first)
    events: list[tuple[str, Event]] = [
        (plan.plan_id, _event(reply, sender, elsewhere=plan is not speaker, shared=shared)) for plan in told
    ]
    return _with_question_dropped(Taking(plan_id=first.plan_id, events=events), sender)


def _to_one(reply: Incoming, sender: Sender, plans: list[OpenPlan], meaning: Understanding) -> Taking:
    """The plan whose question it answers. If several could be meant: the newest question of one client, else ask."""
    if len(plans) == 1:
        return _recorded(reply, sender, plans[0])
    fits = [fit for fit in (_fit(reply, sender, plan) for plan in plans) if fit.questions]
    one_client = len({plan.client_id for plan in plans}) == 1
    if len(fits) == 1:
        return _recorded(reply, sender, fits[0].plan)
    if not fits:
        # The help text says the same to everybody, and carriers want HELP to be answered.
        if one_client or meaning.intent == "help":
            return _recorded(reply, sender, _talking(plans, reply) or plans[0])
        return _to_the_desk(reply, plans, "shared", _nobody_knows(plans))
    if len({fit.plan.client_id for fit in fits}) == 1:
        newest = max(fits, key=lambda fit: (fit.newest.asked_at, fit.plan.plan_id))
        fits = [fit for fit in fits if fit.newest.kind == newest.newest.kind]
        if len(fits) == 1:
            return _recorded(reply, sender, newest.plan)
    if one_client and (talking := _talking(plans, reply)) is not None:
        return _recorded(reply, sender, talking)  # a person answers them, and the robot asks nothing
    return _ask(reply, sender, [fit.plan for fit in fits])


def _talking(plans: list[OpenPlan], reply: Incoming) -> OpenPlan | None:
    """The plan in whose conversation a person is."""
    return next((plan for plan in plans if is_taken(plan.state, reply.at)), None)


def _fit(reply: Incoming, sender: Sender, plan: OpenPlan) -> _Fit:
    state = plan.state
    answered = questions_answered(
        reply.text,
        state.questions,
        channel=reply.channel,
        locale=state.plan.client.language,
        names=names_in(state.plan, state.practice),
        sent=sender.sent,
    )
    return _Fit(plan, answered)


def _recorded(reply: Incoming, sender: Sender, plan: OpenPlan) -> Taking:
    return Taking(plan_id=plan.plan_id, events=[(plan.plan_id, _event(reply, sender))])


def _ask(reply: Incoming, sender: Sender, plans: list[OpenPlan]) -> Taking:
    """Ask once. A second unclear reply within a day, or a choice that can't be put in a short text, is for a person."""
    question = question_back(reply, plans)
    asker = next((plan for plan in plans if may_answer(plan, reply)), None)
    if sender.question is not None or question is None or asker is None or sender.suppressed:
        return _to_the_desk(reply, plans, "shared", _nobody_knows(plans))
    event = ReplyUnclear(
        event_id=f"unclear-{reply.opaque_id}",
        occurred_at=reply.at,
        inbound_id=reply.opaque_id,
        options=question.labels,
        words=reply.text,
    )
    return Taking(plan_id=asker.plan_id, events=[(asker.plan_id, event)], asks=question)


def _answer_to_question_back(reply: Incoming, sender: Sender) -> Taking:
    """The choice sends the first reply on its way. Anything else is for a person, who gets both texts."""
    question = sender.question
    if question is None:
        raise ValueError("there is no question back that waits")
    plan_id = chosen(question, reply.text)
    if plan_id is not None and plan_id in {plan.plan_id for plan in sender.plans}:
        settles = Settles(provider_id=question.reply.provider_id, how="answered")
        return Taking(plan_id=plan_id, events=[(plan_id, _event(question.reply, sender))], settles=settles)
    settles = Settles(provider_id=question.reply.provider_id, how="given_up")
    then = f'asked which, they answered: "{reply.text[:LONGEST_QUOTE]}"'
    return Taking(plan_id=question.plan_ids[0], tasks=[give_up(question, then)], settles=settles)


def _nobody_knows(plans: list[OpenPlan]) -> str:
    names = " and ".join(dict.fromkeys(plan.state.plan.client.first_name for plan in plans))
    if len({plan.client_id for plan in plans}) == 1:
        return f"{names} has several plans, and it isn't clear which one this reply is for: ask them."
    return f"This phone is shared by {names}, and it isn't clear who wrote: ask them."


def _to_the_desk(reply: Incoming, plans: list[OpenPlan], key: str, words: str) -> Taking:
    text = for_staff(plans[0].state, f"{words} {_quoted(reply)}")
    return Taking(plan_id=plans[0].plan_id, tasks=[_task(reply, plans[0].plan_id, key, text)])


def _task(reply: Incoming, plan_id: str, key: str, text: str) -> AddDeskTask:
    return AddDeskTask(key=f"{key}:{reply.provider_id}", plan_id=plan_id, kind="reply", text=text, at=reply.at)


def in_words(reply: Incoming) -> str:
    """What it is, as staff would say."""
    return "A text" if reply.channel == "sms" else "An email"


def _quoted(reply: Incoming) -> str:
    return f'They wrote: "{reply.text[:LONGEST_QUOTE]}"'


def _no_open_plan(reply: Incoming, sender: Sender, meaning: Understanding) -> Taking:
    """A stranger, or a client whose plan has ended: the desk reads it; a possible emergency pages as well."""
    if meaning.intent == "ignore" and sender.ended:
        return Taking(plan_id=sender.ended[0].plan_id)  # a machine's words are kept there, and nobody need read them
    urgent = meaning.intent == "red_flag"
    former = former_plan(sender)
    words = what_came(in_words(reply), former, urgent=urgent)
    said = f"{words} {_quoted(reply)}"
    if meaning.grave is not None and (not urgent or meaning.grave == "violence"):
        said = grave_text(meaning.grave, reply.text)
    plan_id = former.plan_id if former else ""
    task = _task(reply, plan_id, "unknown-sender", f"{said} From: {reply.from_address}.")
    if meaning.grave is not None:
        task = task.model_copy(update={"kind": "grave_words", "for_owner": _accuses(reply, sender)})
    starts = meaning.intent == "start" and reply.trusted
    lift = starts and any(may_write(plan.state, reply.channel, reply.at) for plan in sender.ended)
    return Taking(
        plan_id=former.plan_id if former else None,
        tasks=[task],
        lift=lift,
        back=people(sender) if lift else [],
        page=page_about_former_client(sender.ended[0], reply) if urgent and sender.ended else None,
    )
