"""What the desk's lists and its page of health ask of the records, on both databases."""

from datetime import timedelta
from typing import Any

from records_builder import NOON, TINA_PHONE, a_message, an_escalation, enrolled, minutes, sent

from domain.touchpoint import STAFF_MESSAGE
from records.database import Records
from tests.saving import save_view


def ids(views: list[Any]) -> list[str]:
    return [view.state.plan_id for view in views]


def test_a_list_goes_on_after_the_last_plan_of_the_page_before(records: Records) -> None:
    for number in range(5):
        enrolled(records, f"tina-{number}")  # all of one moment
    first = records.plan_page(2)
    assert (ids(first.plans), first.more_after) == (["tina-4", "tina-3"], "tina-3")
    second = records.plan_page(2, after="tina-3")
    assert (ids(second.plans), second.more_after) == (["tina-2", "tina-1"], "tina-1")
    last = records.plan_page(2, after="tina-1")
    assert (ids(last.plans), last.more_after) == (["tina-0"], None)


def test_plans_are_found_by_status_name_and_number(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2", paused=True)
    name = records.plan_page(1).plans[0].state.plan.client.name
    assert ids(records.plan_page(9, "paused").plans) == ["tina-2"]
    assert ids(records.find_plans(name.upper(), 9)) == ["tina-2", "tina-1"]
    assert ids(records.find_plans("(206) 555-0101", 9, "active")) == ["tina-1"]
    assert records.find_plans(name.split()[0], 9) == []


def test_a_mark_differs_as_soon_as_anything_about_the_plan_does(records: Records) -> None:
    state = enrolled(records)
    enrolled(records, "other-1")
    marks = [records.marks_of(["tina-1", "other-1", "nobody"])]
    assert marks[0].keys() == {"tina-1", "other-1"}
    changes: list[Any] = [
        lambda: save_view(records, state.model_copy(update={"revision": state.revision + 1}), None),
        lambda: records.add_inbound("SM1", "sms", TINA_PHONE, "Hello", NOON, "tina-1"),
        lambda: sent(records, a_message(), NOON),
        lambda: records.add_escalation(an_escalation(), NOON),
        lambda: records.settle_escalation("e-1", None, NOON),
    ]
    for change in changes:
        change()
        marks.append(records.marks_of(["tina-1", "other-1"]))
    assert len({mark["tina-1"] for mark in marks}) == len(marks)
    assert len({mark["other-1"] for mark in marks}) == 1


def test_a_delivery_report_changes_the_mark(records: Records) -> None:
    enrolled(records)
    message_id = sent(records, a_message(), NOON)
    before = records.marks_of(["tina-1"])
    records.delivery(message_id, "sent", NOON + minutes(1))
    between = records.marks_of(["tina-1"])
    records.delivery(message_id, "delivered", NOON + minutes(2))
    assert len({str(before), str(between), str(records.marks_of(["tina-1"]))}) == 3


def test_a_thread_holds_both_sides_and_knows_what_a_person_wrote(records: Records) -> None:
    enrolled(records)
    sent(records, a_message("tina-1/staff").model_copy(update={"template": STAFF_MESSAGE}), NOON + minutes(2))
    sent(records, a_message(), NOON)
    records.add_inbound("SM1", "sms", TINA_PHONE, "May I swim?", NOON + minutes(1), "tina-1")
    lines = records.client_thread("tina-1")
    assert [(line.direction, line.by_hand) for line in lines] == [("out", False), ("in", False), ("out", True)]
    assert lines[1].text == "May I swim?"
    assert records.client_thread("nobody") == []


def test_what_waits_and_what_failed_is_counted(records: Records) -> None:
    enrolled(records)
    message_id = sent(records, a_message(), NOON)
    records.delivery(message_id, "failed", NOON, "could not be reached")
    queue = records.queue(NOON + minutes(1))
    assert (queue.plans.number, queue.plans.since) == (1, NOON)
    assert queue.events.number == queue.in_doubt.number == 0
    [failure] = records.failures(NOON - minutes(1))
    assert (failure.status, failure.cause, failure.number) == ("failed", "could not be reached", 1)
    assert records.failures(NOON + minutes(1)) == []
    records.take_lease("sweep", "w", NOON, timedelta(minutes=1))
    assert [(lease.name, lease.until) for lease in records.leases()] == [("sweep", NOON + minutes(1))]
    assert records.database_bytes() > 10_000
    assert records.dialect() in ("sqlite", "postgresql")
