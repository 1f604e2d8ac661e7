"""Questions to a person, tasks of the front desk, and leases."""

from datetime import timedelta

from records_builder import NOON, a_decision, a_task, an_escalation, at_once, enrolled, minutes

from records.database import Records


def test_a_question_is_stored_once_and_open(records: Records) -> None:
    enrolled(records)
    assert records.add_escalation(an_escalation(), NOON)
    assert not records.add_escalation(an_escalation(question="another?"), NOON)
    view = records.escalation("e-1")
    assert view is not None
    assert (view.escalation, view.status, view.decided) == (an_escalation(), "open", None)
    assert records.escalation("nobody") is None


def test_a_decision_closes_a_question_and_the_first_one_stays(records: Records) -> None:
    enrolled(records)
    records.add_escalation(an_escalation(), NOON)
    records.settle_escalation("e-1", a_decision(by="Rosa Bergman"), NOON + minutes(30))
    records.settle_escalation("e-1", a_decision(by="Dele Okafor"), NOON + minutes(31))
    view = records.escalation("e-1")
    assert view is not None
    assert (view.status, view.decided, view.settled_at) == ("decided", a_decision(), NOON + minutes(30))


def test_a_withdrawn_question_says_why(records: Records) -> None:
    enrolled(records)
    records.add_escalation(an_escalation(), NOON)
    records.settle_escalation("e-1", None, NOON, because="the plan has ended")
    view = records.escalation("e-1")
    assert view is not None
    assert (view.status, view.decided, view.because) == ("withdrawn", None, "the plan has ended")


def test_open_questions_are_listed_newest_first(records: Records) -> None:
    enrolled(records)
    for number in range(3):
        records.add_escalation(an_escalation(f"e-{number}", opened_at=NOON + minutes(number)), NOON)
    records.settle_escalation("e-1", None, NOON)
    assert [view.escalation.escalation_id for view in records.escalations()] == ["e-2", "e-0"]
    every = records.escalations(open_only=False)
    assert [view.escalation.escalation_id for view in every] == ["e-2", "e-1", "e-0"]
    assert len(records.escalations(open_only=False, limit=1)) == 1


def test_a_task_is_added_once_from_eight_threads(records: Records) -> None:
    enrolled(records)
    assert sorted(at_once(lambda: records.add_desk_task(a_task()))) == [False] * 7 + [True]
    assert [view.task for view in records.desk_tasks()] == [a_task()]


def test_a_done_task_leaves_the_list_and_the_first_who_did_it_stays(records: Records) -> None:
    enrolled(records)
    records.add_desk_task(a_task("second", at=NOON + minutes(1)))
    records.add_desk_task(a_task("first"))
    records.close_desk_task("first", "Dele Okafor", NOON + minutes(5))
    records.close_desk_task("first", "Rosa Bergman", NOON + minutes(6))
    records.close_desk_task("nobody", "Rosa Bergman", NOON)
    assert [view.task.key for view in records.desk_tasks()] == ["second"]
    done = records.desk_tasks(open_only=False)[0]
    assert (done.task.key, done.closed_by, done.closed_at) == ("first", "Dele Okafor", NOON + minutes(5))


HALF_A_MINUTE = timedelta(seconds=30)


def test_a_lease_has_one_holder(records: Records) -> None:
    assert records.take_lease("sweep", "worker-1", NOON, HALF_A_MINUTE)
    assert not records.take_lease("sweep", "worker-2", NOON, HALF_A_MINUTE)
    assert records.take_lease("poll", "worker-2", NOON, HALF_A_MINUTE)


def test_one_of_eight_workers_gets_the_lease(records: Records) -> None:
    names = iter([f"worker-{number}" for number in range(8)])
    taken = at_once(lambda: records.take_lease("sweep", next(names), NOON, HALF_A_MINUTE))
    assert sorted(taken) == [False] * 7 + [True]


def test_the_holder_renews_and_keeps_the_others_out(records: Records) -> None:
    records.take_lease("sweep", "worker-1", NOON, HALF_A_MINUTE)
    assert records.take_lease("sweep", "worker-1", NOON + minutes(0.4), HALF_A_MINUTE)
    assert not records.take_lease("sweep", "worker-2", NOON + minutes(0.6), HALF_A_MINUTE)


def test_a_lease_that_ran_out_or_was_given_back_is_free(records: Records) -> None:
    records.take_lease("sweep", "worker-1", NOON, HALF_A_MINUTE)
    assert records.take_lease("sweep", "worker-2", NOON + HALF_A_MINUTE, HALF_A_MINUTE)
    records.release_lease("sweep", "worker-1")
    assert not records.take_lease("sweep", "worker-1", NOON + HALF_A_MINUTE, HALF_A_MINUTE)
    records.release_lease("sweep", "worker-2")
    assert records.take_lease("sweep", "worker-1", NOON + HALF_A_MINUTE, HALF_A_MINUTE)
