"""Senders that a fault of our own settings has stopped: noticed once, tried again by one message at a time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from domain.actions import AddDeskTask
from domain.client import Channel
from records.desk import DeskRecords
from records.last_checks import Begun
from records.sql import insert_new
from records.tables import senders

TRY_AGAIN_AFTER = timedelta(minutes=5)


def stopped_task_key(channel: Channel, stopped_at: datetime) -> str:
    """The key of the desk task about a stopped sender: a new one each time that it stops."""
    return f"sender-stopped:{channel}:{stopped_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


class SenderRecords(DeskRecords):
    """Queries about stopped senders."""

    def stop_sender(self, channel: Channel, code: int | None, at: datetime, task: AddDeskTask) -> bool:
        """Nothing goes out on this channel for now. True for the one caller who noticed it first, and told the desk.

        The key of `task` is `stopped_task_key`, by which it is closed again.
        """
        with self._writing() as connection:
            new = insert_new(
                connection, senders, channel=channel, code=code, stopped_at=at, try_at=at + TRY_AGAIN_AFTER
            )
            if new:
                self.add_desk_task(task)
            return new

    def sender_works(self, channel: Channel, at: datetime) -> bool:
        """Something went out again, so the desk's task is done. True where the sender was stopped until now."""
        with self._writing() as connection:
            stopped = connection.execute(select(senders).where(senders.c.channel == channel)).first()
            if stopped is None:
                return False
            self.close_desk_task(stopped_task_key(channel, stopped.stopped_at), "the program", at)
            gone = connection.execute(
                delete(senders).where(senders.c.channel == channel, senders.c.stopped_at == stopped.stopped_at)
            )
            return gone.rowcount == 1

    def stopped_senders(self) -> dict[Channel, datetime]:
        """Since when which senders are stopped."""
        with self._reading() as connection:
            return {row.channel: row.stopped_at for row in connection.execute(select(senders))}

    def _sender_stopped(self, connection: Connection, channel: Channel, at: datetime) -> Begun:
        """Whether a message must wait for the sender. Of those that ask once its time has come, one may try."""
        stopped = connection.execute(select(senders).where(senders.c.channel == channel)).first()
        if stopped is None:
            return Begun()
        tries = connection.execute(
            update(senders)
            .where(senders.c.channel == channel, senders.c.try_at <= at)
            .values(try_at=at + TRY_AGAIN_AFTER)
        )
        return Begun(probe=True) if tries.rowcount == 1 else Begun("sender stopped", until=stopped.try_at)
