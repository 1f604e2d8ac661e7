"""Plans and claims that nobody can judge: written down with their task, and off the list once they heal."""

from claims_builder import a_claim
from records_builder import NOON, enrolled, minutes

from domain.judge_around import CLAIM_FAILING, FAILING
from domain.workflow_inputs import JudgementNote
from records.database import Records
from records.failing import Failing


def note(records: Records, *, failing: bool, claim_id: str | None = None, since: float = 0, at: float = 0) -> None:
    records.note_judgement(
        JudgementNote(
            plan_id="tina-1",
            claim_id=claim_id,
            since=NOON + minutes(since),
            failing=failing,
            at=NOON + minutes(at),
        )
    )


def test_a_plan_that_fails_stands_on_the_list_with_one_task_however_often_it_is_said(records: Records) -> None:
    enrolled(records)
    note(records, failing=True)
    note(records, failing=True, at=5)
    assert records.failing_judgements() == [Failing("tina-1", None, NOON)]
    assert [view.task.text for view in records.desk_tasks()] == [FAILING]


def test_a_plan_that_heals_is_off_the_list_and_its_task_is_closed_by_the_program(records: Records) -> None:
    enrolled(records)
    note(records, failing=True)
    note(records, failing=False, at=9)
    assert records.failing_judgements() == []
    assert records.desk_tasks() == []
    (closed,) = records.desk_tasks(open_only=False)
    assert (closed.closed_by, closed.closed_at) == ("the program", NOON + minutes(9))


def test_each_time_that_it_begins_to_fail_is_a_task_of_its_own(records: Records) -> None:
    enrolled(records)
    note(records, failing=True)
    note(records, failing=False, at=9)
    note(records, failing=True, since=20, at=20)
    assert len(records.desk_tasks()) == 1
    assert len(records.desk_tasks(open_only=False)) == 2


def test_a_claim_that_fails_says_so_for_itself_and_leaves_its_plan_alone(records: Records) -> None:
    enrolled(records)
    claim = a_claim()
    records.add_claim(claim, NOON)
    note(records, failing=True, claim_id=claim.claim_id)
    assert records.failing_judgements() == [Failing("tina-1", claim.claim_id, NOON)]
    assert [view.task.text for view in records.desk_tasks()] == [CLAIM_FAILING]
    note(records, failing=False, claim_id=claim.claim_id)
    assert records.failing_judgements() == []
