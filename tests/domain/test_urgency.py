"""What doesn't wait behind a storm of reminders, and where it is carried out."""

from domain.actions import Action
from domain.decide import decide
from domain.events import ClientReplied, PlanPaused
from domain.names import TASK_QUEUE, URGENT_TASK_QUEUE
from domain.urgency import is_urgent, queue_for
from domain.workflow_inputs import Fresh
from tests.domain.plan_builder import HOUR, Played, a_state


def judged(text: str = "") -> list[Action]:
    """What a plan that was welcomed an hour ago does about these words of its client, or about a pause."""
    played = Played(a_state()).until(a_state().started_at + HOUR)
    news: Fresh = PlanPaused(event_id="p1", occurred_at=played.now)
    if text:
        news = ClientReplied(event_id="r1", occurred_at=played.now, channel="sms", text=text)
    return decide(played.state, [news], played.now).actions


def test_an_emergencys_answer_and_page_come_before_anything_else_and_go_by_the_urgent_queue() -> None:
    actions = judged("I have chest pain and can't breathe")
    assert [is_urgent(action) for action in actions] == [True, True, *[False] * (len(actions) - 2)]
    assert {action.type for action in actions[:2]} == {"send_message", "open_escalation"}
    assert queue_for(actions) == URGENT_TASK_QUEUE


def test_the_desks_task_about_an_emergency_does_not_wait_either() -> None:
    actions = judged("I have chest pain and can't breathe")
    assert "add_desk_task" in [action.type for action in actions]  # the queue is that of the whole judgement


def test_the_confirmation_of_an_opt_out_goes_by_the_urgent_queue() -> None:
    actions = judged("please stop texting me")
    assert actions[0].type == "send_message"
    assert queue_for(actions) == URGENT_TASK_QUEUE


def test_reminders_and_answers_to_everyday_words_go_by_the_ordinary_queue() -> None:
    assert queue_for(judged("what should I wear?")) == TASK_QUEUE
    assert queue_for(judged()) == TASK_QUEUE
    assert queue_for(decide(a_state(), [], a_state().started_at).actions) == TASK_QUEUE  # the welcome
    assert queue_for([]) == TASK_QUEUE
