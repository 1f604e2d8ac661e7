"""Tasks of the front desk: what a person must read or do."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.actions import AddDeskTask
from domain.inbox_order import of_task, rank
from records.sql import insert_new
from records.store import Store
from records.tables import desk_tasks
from records.vault import UNKNOWN, ClientKey
from records.views import DeskTaskView


class DeskRecords(Store):
    """Queries about the front desk's tasks."""

    def add_desk_task(self, task: AddDeskTask) -> bool:
        """Add a task. False if its key is there already. Raises NoSuchPlan, ClientErased."""
        with self._writing() as connection:
            owner_id, key = (
                self._owner_of_plan(connection, task.plan_id)
                if task.plan_id
                else self._nobody(connection, UNKNOWN, task.at)
            )
            key_hmac = self._task_hmac(task.key)
            return insert_new(
                connection,
                desk_tasks,
                key_hmac=key_hmac,
                plan_id=task.plan_id,
                owner_id=owner_id,
                sealed=key.seal(task.model_dump_json(), _place(key_hmac)),
                opened_at=task.at,
                rank=rank(of_task(task)),
            )

    def desk_tasks(self, open_only: bool = True, limit: int | None = None) -> list[DeskTaskView]:
        """Tasks, the oldest first; at most `limit` of them."""
        query = select(desk_tasks).order_by(desk_tasks.c.opened_at, desk_tasks.c.key_hmac).limit(limit)
        if open_only:
            query = query.where(desk_tasks.c.closed_at.is_(None))
        with self._reading() as connection:
            return [task_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]

    def desk_tasks_of_plan(self, plan_id: str) -> list[DeskTaskView]:
        """The open tasks about one plan, the oldest first."""
        query = select(desk_tasks).where(desk_tasks.c.plan_id == plan_id, desk_tasks.c.closed_at.is_(None))
        query = query.order_by(desk_tasks.c.opened_at, desk_tasks.c.key_hmac)
        with self._reading() as connection:
            return [task_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]

    def tasks_done_of_plan(self, plan_id: str, newest: int) -> list[DeskTaskView]:
        """The tasks about one plan that were said done last, the newest first."""
        query = select(desk_tasks).where(desk_tasks.c.plan_id == plan_id, desk_tasks.c.closed_at.is_not(None))
        query = query.order_by(desk_tasks.c.closed_at.desc(), desk_tasks.c.key_hmac).limit(newest)
        with self._reading() as connection:
            return [task_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]

    def desk_task(self, key: str) -> DeskTaskView | None:
        """The task of this key, open or done; None where there is none or its client was erased."""
        query = select(desk_tasks).where(desk_tasks.c.key_hmac == self._task_hmac(key))
        with self._reading() as connection:
            found = self._readable(connection, list(connection.execute(query)))
            return next((task_view(row, client_key) for row, client_key in found), None)

    def desk_tasks_of(self, owner_ids: Collection[str]) -> list[DeskTaskView]:
        """All tasks about these clients, open and done, the oldest first; none of those who were erased."""
        query = select(desk_tasks).where(desk_tasks.c.owner_id.in_(owner_ids))
        query = query.order_by(desk_tasks.c.opened_at, desk_tasks.c.key_hmac)
        with self._reading() as connection:
            return [task_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]

    def close_desk_task(self, key: str, by: str, at: datetime) -> None:
        """Somebody has done the task. The first one to say so stays on record."""
        key_hmac = self._task_hmac(key)
        with self._writing() as connection:
            query = select(desk_tasks).where(desk_tasks.c.key_hmac == key_hmac, desk_tasks.c.closed_at.is_(None))
            for row, client_key in self._readable(connection, list(connection.execute(query))):
                close_task(connection, row, client_key, by, at)

    def _task_hmac(self, key: str) -> str:
        return self._hmac("desk-task", key)


def task_view(row: Row[Any], key: ClientKey) -> DeskTaskView:
    """A row of the table, opened."""
    return DeskTaskView(
        task=AddDeskTask.model_validate_json(key.open(row.sealed, _place(row.key_hmac))),
        closed_by=closed_by(row, key),
        closed_at=row.closed_at,
    )


def close_task(connection: Connection, row: Row[Any], key: ClientKey, by: str, at: datetime) -> None:
    """Somebody has done the task of this row; one that is done already stays as it is."""
    connection.execute(
        update(desk_tasks)
        .where(desk_tasks.c.key_hmac == row.key_hmac, desk_tasks.c.closed_at.is_(None))
        .values(closed_at=at, sealed_closed_by=key.seal(by, _closed_place(row.key_hmac)))
    )


def closed_by(row: Row[Any], key: ClientKey) -> str | None:
    """Who closed it; None while it is open."""
    return key.open(row.sealed_closed_by, _closed_place(row.key_hmac)) if row.sealed_closed_by else None


def _place(key_hmac: str) -> str:
    return f"desk_tasks:{key_hmac}"


def _closed_place(key_hmac: str) -> str:
    return f"desk_tasks.closed_by:{key_hmac}"
