"""What intake does about words of danger and what the plan does later are the same things, under the same keys."""

from datetime import timedelta

import pytest

from domain.actions import AddDeskTask, OpenEscalation, SendMessage
from domain.decide import decide
from domain.emergency import OVER
from domain.events import ClientReplied
from domain.heed_emergency import heed_emergencies
from domain.incoming import Incoming, OpenPlan, Sender, Taking
from domain.route_reply import route
from domain.state import PlanState
from tests.domain.plan_builder import START
from tests.domain.reply_builder import a_mail, a_state_of, a_text, asked, by_email_only, from_

DANGER = "I have chest pain and I can not breathe"
SAD = "I want to kill myself"
LATER = START + timedelta(seconds=3)


def heeded(reply: Incoming, sender: Sender) -> Taking:
    return heed_emergencies(reply, sender, route(reply, sender), START)


def judged_later(state: PlanState, event: ClientReplied) -> tuple[list[SendMessage], list[str], list[str], PlanState]:
    """What the plan itself asks for when it comes to it: messages, ids of questions, keys of tasks, its next state."""
    decision = decide(state, [event], LATER)
    return (
        [one for one in decision.actions if isinstance(one, SendMessage) and one.safety],
        [one.escalation.escalation_id for one in decision.actions if isinstance(one, OpenEscalation)],
        [one.key for one in decision.actions if isinstance(one, AddDeskTask)],
        decision.state,
    )


def the_event(taking: Taking, plan_id: str = "anna") -> ClientReplied:
    (event,) = [event for owner, event in taking.events if owner == plan_id]
    assert isinstance(event, ClientReplied)
    return event


@pytest.mark.parametrize("text", [DANGER, SAD, "STOP. I have chest pain and I can not breathe"])
def test_the_plan_asks_for_the_very_same_answer_question_and_task(text: str) -> None:
    state = a_state_of("anna")
    taking = heeded(a_text(text), from_(("c1", state)))
    (emergency,) = taking.emergencies
    messages, questions, keys, after = judged_later(state, the_event(taking))
    assert [one.message_key for one in messages] == [emergency.answers[0].message_key]
    assert (messages[0].template, messages[0].address) == (
        emergency.answers[0].template,
        emergency.answers[0].address,
    )
    assert emergency.page is not None
    assert questions == [emergency.page.escalation_id]
    assert emergency.task is not None
    assert emergency.task.key in keys
    assert after.held


def test_a_question_about_the_same_danger_that_waits_already_is_not_asked_a_second_time() -> None:
    state = a_state_of("anna")
    first = heeded(a_text(DANGER, "SM1"), from_(("c1", state)))
    *_, state = judged_later(state, the_event(first))
    again = heeded(a_text("chest pain still, I can not breathe", "SM2"), from_(("c1", state)))
    assert [one.page for one in again.emergencies] == [None]
    assert len(again.emergencies[0].answers) == 1, "the words are answered each time"
    _, questions, _, after = judged_later(state, the_event(again))
    assert questions == []
    assert len(after.asked) == 1


def test_two_texts_to_a_plan_that_could_judge_neither_are_two_questions_and_it_waits_for_both_in_the_end() -> None:
    state = a_state_of("anna")
    events = [the_event(heeded(a_text(DANGER, sid), from_(("c1", state)))) for sid in ("SM1", "SM2")]
    decision = decide(state, list(events), LATER)
    assert [one.escalation_id for one in decision.state.asked] == [event.escalation_id for event in events]


def test_words_that_are_no_emergency_wait_for_the_plan() -> None:
    for text in ("C", "4, thanks", "stop texting me", "can we move it to friday?"):
        assert heeded(a_text(text), from_(("c1", a_state_of("anna")))).emergencies == []


def test_it_is_answered_whatever_was_asked_and_by_whomever_the_conversation_is_held() -> None:
    state = asked(a_state_of("anna"), "screening_yes_no", visit="v1")
    state.conversation_by, state.conversation_until = "Robin", START + timedelta(days=1)
    state.held, state.opted_out = True, ["sms", "email"]
    (emergency,) = heeded(a_text(DANGER), from_(("c1", state))).emergencies
    assert [one.template for one in emergency.answers] == ["emergency_911"]


def test_a_client_whose_plan_has_ended_gets_the_fixed_answer_too() -> None:
    state = a_state_of("anna")
    state.ended = True
    taking = heeded(a_text(DANGER), Sender(plans=[], ended=[OpenPlan("c1", state)]))
    (emergency,) = taking.emergencies
    assert [one.template for one in emergency.answers] == ["emergency_911"]
    assert emergency.page is not None
    assert emergency.page.evidence == [OVER]
    assert taking.page is None
    assert len(taking.tasks) == 1


def test_a_strangers_words_of_danger_are_the_desks_alone_for_nobody_knows_who_they_are() -> None:
    taking = heeded(a_text(DANGER), Sender(plans=[]))
    assert taking.emergencies == []
    assert "emergency" in taking.tasks[0].text


def test_on_a_shared_phone_one_plan_answers_and_each_therapist_is_asked() -> None:
    both = from_(("c1", a_state_of("anna")), ("c2", a_state_of("ben", "Ben Example")))
    first, second = heeded(a_text(DANGER), both).emergencies
    assert (len(first.answers), len(second.answers)) == (1, 0)
    assert first.page
    assert second.page


def test_whoever_wrote_by_a_channel_without_consent_is_answered_there_after_the_others() -> None:
    state = a_state_of("anna", **by_email_only())
    (emergency,) = heeded(a_text(DANGER), from_(("c1", state))).emergencies
    assert [one.channel for one in emergency.answers] == ["email", "sms"]


def test_a_mail_that_somebody_else_may_have_written_is_heeded_too() -> None:
    taking = heeded(a_mail(DANGER, trusted=False), from_(("c1", a_state_of("anna", email="tina@example.com"))))
    assert len(taking.emergencies) == 1
