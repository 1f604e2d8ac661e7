"""How urgent what waits is, and how long something has waited."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.actions import AddDeskTask
from domain.escalation import EscalationKind
from domain.inbox_order import Urgency, age, of_question, of_task

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "urgency"),
    [("red_flag", "red_flag"), ("worsening", "worsening"), ("relapse", "worsening"), ("plateau", "question")],
)
def test_a_question_is_as_urgent_as_its_kind(kind: EscalationKind, urgency: Urgency) -> None:
    assert of_question(kind) == urgency


@pytest.mark.parametrize(
    ("kind", "text", "urgency"),
    [
        ("reply", "The client wrote: see you.", "reply"),
        ("reply", "The words may mean an emergency: phone them.", "red_flag"),
        ("reply", 'The client wants to cancel a visit. The client wrote: "Can\'t come, work emergency"', "reply"),
        ("reply", 'A reply that needs a person to answer. The client wrote: "it\'s kind of an EMERGENCY"', "reply"),
        ("reply", 'The client\'s words may mean an emergency: phone them now. The client wrote: "911"', "red_flag"),
        ("undeliverable", "A text did not arrive.", "undeliverable"),
        ("sender_stopped", "Our sender stopped.", "red_flag"),
        ("coverage", "Ask the payer.", "rest"),
    ],
)
def test_a_task_is_as_urgent_as_its_kind_and_its_words(kind: Any, text: str, urgency: str) -> None:
    assert of_task(AddDeskTask(key="t", plan_id="", kind=kind, text=text, at=NOW)) == urgency


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
