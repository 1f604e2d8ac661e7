"""What a plan, and a question, refuse: clearly, and before anything is done."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.acceptance import check_decision, check_event
from domain.errors import EventRefused
from domain.escalation import EscalationKind
from domain.events import OUTSIDE_EVENT, Changes, Choice
from tests.domain.plan_builder import DAY, START, Played, a_pain_goal, a_plan, a_state, a_yes_goal


def an_event(**fields: Any) -> Any:
    return OUTSIDE_EVENT.validate_python({"event_id": "e", "occurred_at": START} | fields)


def a_session(**measure: Any) -> Any:
    return an_event(type="session_completed", appointment_id="v1", measures=[measure])


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (a_session(goal="hips", value=3), "the plan has no goal 'hips'; it has pain, sleep"),
        (a_session(goal="pain", value=11), "the value of pain must be a number from 0 to 10"),
        (a_session(goal="pain", value=True), "the value of pain must be a number from 0 to 10"),
        (a_session(goal="sleep", value=3), "the value of sleep must be true or false"),
        (an_event(type="plan_changed", changes={}), "changes is empty"),
        (an_event(type="plan_changed", changes={"sessions": 2}), "lower by_session or raise dosage.sessions"),
        (an_event(type="plan_paused", occurred_at=START + DAY), "occurred_at lies in the future"),
        (
            an_event(type="measure_recorded", measure={"goal": "pain", "value": 3}, session=4),
            "session 4 has not taken place yet",
        ),
    ],
)
def test_an_event_that_does_not_fit_the_plan_is_refused_with_the_reason(event: Any, words: str) -> None:
    with pytest.raises(EventRefused, match=words.split("'")[0]):
        check_event(a_state(a_plan(a_pain_goal(), a_yes_goal())), event, START + timedelta(minutes=1))


def test_a_plan_that_has_ended_takes_replies_and_nothing_else() -> None:
    state = a_state()
    state.ended = True
    with pytest.raises(EventRefused, match="the plan has ended"):
        check_event(state, an_event(type="plan_paused"), START)


@pytest.mark.parametrize(
    ("kind", "choice", "changes", "words"),
    [
        ("red_flag", "maintenance", {}, "doesn't answer this question"),
        ("screening", "new_goal", {}, "doesn't answer this question"),
        ("plateau", "modify", {}, "modify needs changes"),
        ("plateau", "new_goal", {}, "new_goal needs changes.goal"),
        (
            "plateau",
            "new_goal",
            {"goal": a_yes_goal(by_session=1).model_dump(mode="json")},
            "by_session must be 2 or later",
        ),
    ],
)
def test_a_decision_that_does_not_answer_its_question_is_refused(
    kind: EscalationKind, choice: Choice, changes: dict[str, Any], words: str
) -> None:
    state = Played(a_state(a_plan(a_pain_goal()))).session(pain=7).state
    with pytest.raises(EventRefused, match=words):
        check_decision(state, kind, choice, Changes.model_validate(changes))


def test_the_five_choices_answer_a_plateau() -> None:
    state = Played(a_state(a_plan(a_pain_goal()))).session(pain=7).state
    goal = {"goal": a_yes_goal(by_session=4).model_dump(mode="json")}
    for choice, changes in (
        ("continue", {}),
        ("modify", {"spacing": "P4D"}),
        ("new_goal", goal),
        ("maintenance", {}),
        ("refer_out", {}),
    ):
        check_decision(state, "plateau", choice, Changes.model_validate(changes))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("kind", ["session_completed", "no_show"])
def test_a_visit_neither_takes_place_nor_is_missed_long_before_its_time(kind: str) -> None:
    state = Played(a_state()).book("v1", START + 9 * DAY).state

    def check(occurred_at: datetime, *waiting: Any) -> None:
        event = an_event(type=kind, appointment_id="v1", occurred_at=occurred_at)
        check_event(state, event, START + 30 * DAY, waiting)

    with pytest.raises(EventRefused, match=r"occurred_at lies before the visit, which is on \d{4}-\d\d-\d\d"):
        check(START + 3 * DAY)
    check(START + 9 * DAY - timedelta(hours=5))
    moved = an_event(type="appointment_moved", appointment_id="v1", starts_at=START + 3 * DAY, occurred_at=START + DAY)
    check(START + 3 * DAY, moved)
    check_event(state, an_event(type=kind, appointment_id="v2", occurred_at=START + 3 * DAY), START + 30 * DAY)
