"""A mark per plan that differs as soon as anything about it does: for pages that keep up with what happens."""

from collections.abc import Collection

from sqlalchemy import func, select

from records.store import Store
from records.tables import desk_tasks, escalations, inbound, messages, plans


class WatchRecords(Store):
    """The query of the marks."""

    def marks_of(self, plan_ids: Collection[str]) -> dict[str, str]:
        """The mark of each of these plans; none for a plan that isn't there. Reads plain columns only."""
        with self._reading() as connection:
            revisions = connection.execute(
                select(plans.c.plan_id, plans.c.revision, plans.c.status).where(plans.c.plan_id.in_(plan_ids))
            )
            found: dict[str, list[str]] = {row.plan_id: [str(row.revision), row.status] for row in revisions}
            for query in _counts(plan_ids):
                for plan_id, *numbers in connection.execute(query):
                    found.get(plan_id, []).extend(str(number) for number in numbers)
        return {plan_id: "-".join(parts) for plan_id, parts in found.items()}


def _counts(plan_ids: Collection[str]):
    """Numbers that go up with each reply, each step of a message, each question and task, or its end."""
    sent = select(
        messages.c.plan_id,
        func.count(),
        func.count(messages.c.begun_at),
        func.count(messages.c.settled_at),
        func.count(messages.c.delivery_at),
        func.max(messages.c.delivery_at),
    )
    yield sent.where(messages.c.plan_id.in_(plan_ids)).group_by(messages.c.plan_id)
    yield (select(inbound.c.plan_id, func.count()).where(inbound.c.plan_id.in_(plan_ids)).group_by(inbound.c.plan_id))
    for table, over in ((escalations, escalations.c.settled_at), (desk_tasks, desk_tasks.c.closed_at)):
        yield (
            select(table.c.plan_id, func.count(), func.count(over))
            .where(table.c.plan_id.in_(plan_ids))
            .group_by(table.c.plan_id)
        )
