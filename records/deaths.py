"""What word of a person's death stops in the records, and what comes back where they live."""

from datetime import datetime

from sqlalchemy import select, update

from domain.actions import DeskTaskKind
from records.desk import close_task, closed_by, task_view
from records.people import PeopleRecords
from records.suppression import DIED, SuppressionRecords, person_stopped
from records.tables import desk_tasks

BECAUSE_DIED = f"the program, because {DIED}"
"""Who closed a task, so that exactly these come back."""
_ASK_FOR_THEM: tuple[DeskTaskKind, ...] = ("reply", "unanswered", "undeliverable", "opted_out")
"""Tasks for which somebody would phone, write to or book the client."""


class DeathRecords(PeopleRecords, SuppressionRecords):
    """Steps of the transactions that hear of a death, or that it was a misunderstanding."""

    def person_died(self, client_id: str, at: datetime, *, certain: bool = True) -> None:
        """Nothing goes to them any more, and nobody is asked to phone them. Not `certain` who of several it is: the
        tasks stay, for one of them may be in danger."""
        with self._writing() as connection:
            theirs = self.clients_alike(client_id)
            for each in theirs:
                self.stop_person(each, at)
            if not certain:
                return
            query = select(desk_tasks).where(desk_tasks.c.owner_id.in_(theirs), desk_tasks.c.closed_at.is_(None))
            for row, key in self._readable(connection, list(connection.execute(query))):
                if task_view(row, key).task.kind in _ASK_FOR_THEM:
                    close_task(connection, row, key, BECAUSE_DIED, at)

    def person_lives(self, client_id: str, at: datetime) -> None:
        """It was a misunderstanding: what was closed because of it waits again. Without such a word nothing changes."""
        with self._writing() as connection:
            theirs = self.clients_alike(client_id)
            if not any(person_stopped(connection, self._address_hmac(each)) for each in theirs):
                return
            for each in theirs:
                self.resume_person(each, at)
            query = select(desk_tasks).where(desk_tasks.c.owner_id.in_(theirs), desk_tasks.c.closed_at.is_not(None))
            for row, key in self._readable(connection, list(connection.execute(query))):
                if closed_by(row, key) == BECAUSE_DIED:
                    again = update(desk_tasks).where(desk_tasks.c.key_hmac == row.key_hmac)
                    connection.execute(again.values(closed_at=None, sealed_closed_by=None))
