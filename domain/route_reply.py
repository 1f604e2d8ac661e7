"""Decides for which plan a text is: the one whose question it answers, all for an opt-out, and in doubt a person."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from domain.actions import AddDeskTask
from domain.client import Language
from domain.consent import may_write
from domain.conversation import is_taken
from domain.escalation import Escalation
from domain.events import Event, ReplyUnclear
from domain.heed_grave import grave_text, heed_grave_words
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
FORMER_CLIENT = uuid.UUID("0d6d7c43-5a3f-4a6e-9c55-2f0b6a3f8e10")
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
    return heed_grave_words(reply, _routed(reply, sender, plans, meaning), meaning.grave)


def _routed(reply: Incoming, sender: Sender, plans: list[OpenPlan], meaning: Understanding) -> Taking:
    """As `route`, apart from grave words."""
    opts_out = _opts_out(meaning)
    if not plans:
        return _no_open_plan(reply, sender, meaning)
    if meaning.intent == "ignore":
        return _recorded(reply, sender, sender.named or plans[0])
    if meaning.death:
        return _with_question_dropped(told_of_death(reply, sender), sender)
    if opts_out or (meaning.intent == "start" and reply.trusted):
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
        return taking.model_copy(update={"lift": lift})
    return taking.model_copy(update={"suppress": _addresses(reply, sender)})


def _addresses(reply: Incoming, sender: Sender) -> list[str]:
    """Where the words came from and, where the token names a client, that client's own address too."""
    named = sender.named.state.plan.client.address(reply.channel) if sender.named else None
    return list(dict.fromkeys(address for address in (reply.from_address, named) if address))


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
    words = (
        "A message that may mean an emergency came from somebody who has no open plan here: phone them now."
        if urgent
        else f"{in_words(reply)} came from somebody who has no open plan here: read it and answer."
    )
    said = f"{words} {_quoted(reply)}"
    if meaning.grave is not None and not urgent:
        said = grave_text(meaning.grave, reply.text)
    task = _task(reply, "", "unknown-sender", f"{said} From: {reply.from_address}.")
    if meaning.grave is not None:
        task = task.model_copy(update={"kind": "grave_words"})
    opts_out = _opts_out(meaning)
    starts = meaning.intent == "start" and reply.trusted
    return Taking(
        tasks=[task],
        suppress=[reply.from_address] if opts_out else [],
        lift=starts and any(may_write(plan.state, reply.channel, reply.at) for plan in sender.ended),
        page=_page(sender.ended[0], reply) if urgent and sender.ended else None,
    )


def _page(plan: OpenPlan, reply: Incoming) -> Escalation:
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
    )
