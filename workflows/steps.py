"""Steps that every workflow takes in the same way: send a message once, and wait on one timer."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.messages import SendMessages
    from domain.actions import SendMessage, SendOutcome
    from domain.urgency import queue_for

SEND_WITHIN = timedelta(seconds=30)
GIVE_UP_SENDING_AFTER = timedelta(minutes=2)
CALL_WITHIN = timedelta(seconds=30)
PATIENTLY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))

S = TypeVar("S")
T = TypeVar("T")


async def call(method: Callable[[S, T], Awaitable[None] | None], asked: T, queue: str) -> None:
    """Have one thing done by the workers of that queue, and try again until it is."""
    await workflow.execute_activity_method(
        method, asked, task_queue=queue, start_to_close_timeout=CALL_WITHIN, retry_policy=PATIENTLY
    )


async def send_once(message: SendMessage, try_again_after: timedelta, queue: str | None = None) -> SendOutcome:
    """Send once. Where neither records nor sender can be reached, the outcome is to ask again after that time.

    `queue` is that of the judgement which the message belongs to; else the message's own urgency says where it goes.
    """
    try:
        return await workflow.execute_activity_method(
            SendMessages.send_message,
            message,
            task_queue=queue or queue_for([message]),
            start_to_close_timeout=SEND_WITHIN,
            schedule_to_close_timeout=GIVE_UP_SENDING_AFTER,
            retry_policy=PATIENTLY,
        )
    except ActivityError:
        return put_off(message, try_again_after, "the records or the sender could not be reached")


def put_off(message: SendMessage, by: timedelta, because: str) -> SendOutcome:
    """The outcome of a message that was not sent: the next judgement looks at it again."""
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result="deferred",
        at=workflow.now(),
        until=workflow.now() + by,
        because=because,
    )


class OneTimer:
    """The one timer of a workflow. A running one is kept unless something earlier appears: each costs an action."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._at: datetime | None = None

    async def wait(self, until: datetime | None, is_woken: Callable[[], bool]) -> None:
        """Until that time, or until `is_woken`; None waits for the waking alone."""
        if until is not None and (self._at is None or until < self._at):
            if self._task is not None:
                self._task.cancel()
            self._at = until
            self._task = asyncio.create_task(asyncio.sleep(max((until - workflow.now()).total_seconds(), 0.001)))
        await workflow.wait_condition(lambda: is_woken() or (self._task is not None and self._task.done()))
        if self._task is not None and self._task.done():
            self._task = self._at = None  # a fired timer left here would spin the condition for ever
