"""What comes first in the inbox, and how long something has waited."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.escalation import EscalationKind
from domain.inbox_order import (
    ORDER,
    InboxItem,
    Urgency,
    age,
    in_order,
    is_pressing,
    of_question,
    of_task,
    others_in_words,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def an_item(urgency: Urgency, hours: int = 1, who: str = "", **more: Any) -> InboxItem:
    item = InboxItem(urgency="rest", since=NOW - hours * HOUR, who=who or urgency, sentence="", others="")
    return replace(item, urgency=urgency, **more)


def order(*items: InboxItem) -> list[str]:
    shuffled = list(items)
    mixed = [*shuffled[1::2], *shuffled[::2]]  # neither as given nor just turned around
    return [item.who for item in in_order(mixed)]


def test_the_most_urgent_comes_first_however_long_the_others_have_waited() -> None:
    waiting = [an_item(urgency, hours=9 * (place + 1)) for place, urgency in enumerate(ORDER)]
    assert order(*waiting) == [
        "red_flag",
        "deadline",
        "worsening",
        "question",
        "reply",
        "undeliverable",
        "rest",
    ]


def test_of_two_equally_urgent_ones_the_older_comes_first() -> None:
    assert order(an_item("question", 2, "new"), an_item("question", 30, "old")) == ["old", "new"]


def test_the_deadline_with_the_nearest_last_day_comes_first() -> None:
    late = an_item("deadline", who="in nine days", last_day=date(2026, 3, 11))
    passed = an_item("deadline", who="passed", last_day=date(2026, 3, 1))
    assert order(late, passed) == ["passed", "in nine days"]


def test_a_therapist_sees_the_own_plans_first_but_a_red_flag_before_them() -> None:
    mine = an_item("undeliverable", who="mine", mine=True)
    others = an_item("worsening", who="another's")
    flag = an_item("red_flag", who="flag")
    assert order(mine, others, flag) == ["flag", "mine", "another's"]


@pytest.mark.parametrize(
    ("kind", "urgency"),
    [("red_flag", "red_flag"), ("worsening", "worsening"), ("relapse", "worsening"), ("plateau", "question")],
)
def test_a_question_is_as_urgent_as_its_kind(kind: EscalationKind, urgency: Urgency) -> None:
    assert of_question(kind) == urgency


@pytest.mark.parametrize(
    ("kind", "emergency", "urgency"),
    [
        ("reply", False, "reply"),
        ("reply", True, "red_flag"),
        ("undeliverable", False, "undeliverable"),
        ("sender_stopped", False, "red_flag"),
        ("coverage", False, "rest"),
    ],
)
def test_a_task_is_as_urgent_as_its_kind_and_its_words(kind: str, emergency: bool, urgency: str) -> None:
    assert of_task(kind, emergency=emergency) == urgency


@pytest.mark.parametrize(("day", "waits"), [(1, True), (16, True), (17, False)])
def test_a_deadline_waits_for_somebody_from_two_weeks_before_and_after_it_has_passed(day: int, waits: bool) -> None:
    assert is_pressing(date(2026, 3, day), date(2026, 3, 2)) is waits


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=3, minutes=59), "3 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(waited: timedelta, said: str) -> None:
    assert age(NOW - waited, NOW) == said


def test_who_else_may_answer_leaves_out_the_one_who_looks() -> None:
    assert others_in_words(["Alex Romero", "Robin"], "Alex Romero") == "Robin"
    assert others_in_words(["Alex Romero", "Robin"], "Dana") == "Alex Romero or Robin"
    assert others_in_words(["Alex Romero"], "Alex Romero") == ""
