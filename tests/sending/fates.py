"""What became of every message that was ever asked for: it arrived, or somebody can read why it didn't."""

from collections.abc import Iterator

from records.views import MessageRow
from tests.sending.ledger import Call
from tests.sending.world import World

REACHED = ("accepted", "sent", "delivered")
GIVEN_UP = ("undelivered", "failed")


def lost(world: World) -> list[str]:
    """Messages that ended in silence, or whose row in the records isn't true."""
    tasks = {view.task.key for view in world.records.desk_tasks(open_only=False)}
    return [
        f"lost: {row.message_key} ends {row.status} ({fault})"
        for row in _rows(world)
        if (fault := _fault(world, row, tasks)) is not None
    ]


def _rows(world: World) -> Iterator[MessageRow]:
    for message in world.ledger.asked.values():
        yield world.records.intend(message, world.now)


def _fault(world: World, row: MessageRow, tasks: set[str]) -> str | None:
    calls = [call for call in world.ledger.calls if call.message.message_key == row.message_key]
    taken = any(call.taken for call in calls)
    state = world.lives[row.plan_id].state
    if row.status in REACHED:
        return None if taken else "no provider has it"
    if row.status == "unknown":
        return _without_task(row, tasks)
    if row.status in GIVEN_UP:
        return None if f"{row.plan_id}:undelivered:{row.message_key}" in tasks else _next_step(world, row, calls)
    if taken:
        return "a provider has it"
    if row.status == "dropped":
        return None if row.because else "no reason is given"
    if row.status == "refused":
        return None if _without_task(row, tasks) is None else _next_step(world, row, calls)
    if row.status == "intended":
        return "its plan takes it for sent" if state.done.get(row.message.touchpoint_key) == "sent" else None
    return "nobody settled it"


def _without_task(row: MessageRow, tasks: set[str]) -> str | None:
    return None if f"{row.plan_id}:unsent:{row.message.touchpoint_key}" in tasks else "no task at the front desk"


def _next_step(world: World, row: MessageRow, calls: list[Call]) -> str | None:
    """The plan's story says that it didn't arrive, and that another way is tried or an answer is there already."""
    lines = world.story[row.plan_id]
    return None if any(line.text.startswith("Not delivered") for line in lines) else "neither a task nor another way"
