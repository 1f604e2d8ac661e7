"""Which plans and claims nobody can judge, since when, and the task in which a person hears of it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from domain.actions import AddDeskTask
from domain.judge_around import CLAIM_FAILING, FAILING
from domain.workflow_inputs import JudgementNote
from records.desk import DeskRecords
from records.tables import claims, plans


class Failing(NamedTuple):
    """A plan, or one of its claims where `claim_id` is given, that can't be judged since that time."""

    plan_id: str
    claim_id: str | None
    since: datetime


class FailingRecords(DeskRecords):
    """Queries about judgements that fail."""

    def note_judgement(self, note: JudgementNote) -> None:
        """Judgements fail, and a person gets an urgent task; or they work again, and the task is closed.

        Raises NoSuchPlan, ClientErased.
        """
        here = claims.c.claim_id == note.claim_id if note.claim_id else plans.c.plan_id == note.plan_id
        since = note.since if note.failing else None
        with self._writing() as connection:
            connection.execute(update(claims if note.claim_id else plans).where(here).values(failing_since=since))
            if note.failing:
                self.add_desk_task(_task(note))
            else:
                self.close_desk_task(_key(note), "the program", note.at)

    def failing_judgements(self) -> list[Failing]:
        """All plans and claims that can't be judged now, the longest first."""
        with self._reading() as connection:
            of_plans = select(plans.c.plan_id, plans.c.failing_since).where(plans.c.failing_since.is_not(None))
            found = [Failing(row.plan_id, None, row.failing_since) for row in connection.execute(of_plans)]
            of_claims = select(claims.c.plan_id, claims.c.claim_id, claims.c.failing_since)
            rows = connection.execute(of_claims.where(claims.c.failing_since.is_not(None)))
            found += [Failing(row.plan_id, row.claim_id, row.failing_since) for row in rows]
        return sorted(found, key=lambda failing: failing.since)


def _task(note: JudgementNote) -> AddDeskTask:
    text = CLAIM_FAILING if note.claim_id else FAILING
    return AddDeskTask(key=_key(note), plan_id=note.plan_id, kind="failing", text=text, at=note.at)


def _key(note: JudgementNote) -> str:
    """One task for each time that it began to fail."""
    whose = f"claim:{note.claim_id}" if note.claim_id else note.plan_id
    return f"{whose}:failing:{note.since.isoformat()}"
