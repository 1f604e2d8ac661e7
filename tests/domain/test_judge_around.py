"""What a judgement fails on is put aside, and everything else is judged."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions import AddDeskTask, SendOutcome
from domain.events import AppointmentBooked, ClientReplied
from domain.inbox_order import is_urgent, of_task
from domain.judge_around import FAILING, Around, aside_key, aside_task, judge_around

AT = datetime(2026, 3, 2, 17, tzinfo=UTC)


def refusing(bad: set[int], *, mended_by: int | None = None) -> Callable[[list[int]], list[int]]:
    """A judgement that fails on these; with `mended_by`, on everything that comes without that one."""

    def judge(fresh: list[int]) -> list[int]:
        if bad & set(fresh) or (mended_by is not None and mended_by not in fresh):
            raise OverflowError
        return fresh

    return judge


@given(fresh=st.lists(st.integers(0, 99), unique=True, max_size=40), bad=st.sets(st.integers(0, 99), max_size=5))
def test_exactly_the_events_it_fails_on_are_put_aside_and_the_rest_keeps_its_order(
    fresh: list[int], bad: set[int]
) -> None:
    assert judge_around(refusing(bad), fresh) == Around(
        [event for event in fresh if event not in bad], [event for event in fresh if event in bad]
    )


def test_one_bad_event_among_hundreds_is_found_in_few_tries() -> None:
    tries: list[int] = []

    def judge(fresh: list[int]) -> list[int]:
        tries.append(len(fresh))
        return refusing({321})(fresh)

    around = judge_around(judge, list(range(500)))
    assert around is not None
    assert around.aside == [321]
    assert len(tries) < 30


def test_where_the_state_itself_fails_the_event_that_mends_it_is_taken_with_all_that_goes_with_it() -> None:
    assert judge_around(refusing({2}, mended_by=3), [1, 2, 3, 4]) == Around([1, 3, 4], [2])


def test_where_nothing_helps_nothing_is_judged_and_nothing_is_lost() -> None:
    assert judge_around(refusing(set(), mended_by=9), [1, 2, 3]) is None


def test_a_reply_put_aside_is_a_reply_for_a_person_in_the_clients_own_words() -> None:
    reply = ClientReplied(event_id="in-1", occurred_at=AT, channel="sms", text="see you at 5")
    assert aside_task(reply) == (
        "reply",
        'A reply could not be judged and was put aside: answer it yourselves. They wrote: "see you at 5"',
    )
    assert aside_key(reply) == "in-1"


def test_any_other_event_put_aside_says_all_that_it_said() -> None:
    booked = AppointmentBooked(event_id="b", occurred_at=AT, appointment_id="v1", starts_at=AT)
    kind, text = aside_task(booked)
    assert kind == "refused_event"
    assert "(appointment booked): occurred_at 2026-03-02T17:00:00Z; appointment_id v1; starts_at 2026-03-02" in text


def test_two_outcomes_put_aside_are_two_tasks() -> None:
    outcomes = [
        SendOutcome(message_key=f"k{nth}", touchpoint_key="t", result="refused", at=AT, because="no") for nth in (1, 2)
    ]
    assert [aside_key(outcome) for outcome in outcomes] == ["k1", "k2"]


def test_the_task_about_a_plan_that_nobody_can_judge_says_that_nothing_goes_out_and_comes_first() -> None:
    task = AddDeskTask(key="k", plan_id="p", kind="failing", text=FAILING, at=AT)
    assert "nothing goes out for this client meanwhile" in task.text
    assert is_urgent(task)
    assert of_task(task) == "red_flag"


@pytest.mark.parametrize("kind", ["claim", "coverage"])
def test_ordinary_tasks_are_not_urgent(kind: str) -> None:
    task = AddDeskTask.model_validate({"key": "k", "plan_id": "p", "kind": kind, "text": "Look at it.", "at": AT})
    assert not is_urgent(task)
