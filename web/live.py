"""Tells open pages of a plan that something about it has changed, and nothing else: what, they read for themselves.

However many people look at however many plans, one thread asks the records once a second for the marks of all of them.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

log = logging.getLogger("followthrough.live")
LOOK_EVERY = timedelta(seconds=1)


@dataclass(frozen=True, eq=False)
class _Viewer:
    """Somebody who looks at a plan as it was at this mark."""

    plan_id: str
    since: str
    answer: "asyncio.Future[str | None]"


class PlanWatch:
    """Looks while anybody waits, and rests otherwise. Belongs to one event loop."""

    def __init__(
        self, marks_of: Callable[[Collection[str]], Mapping[str, str]], look_every: timedelta = LOOK_EVERY
    ) -> None:
        """`marks_of` asks the records; it is called in a thread."""
        self._marks_of = marks_of
        self._look_every = look_every
        self._viewers: set[_Viewer] = set()
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    async def changed(self, plan_id: str, since: str, within: timedelta) -> str | None:
        """The plan's mark once it isn't `since` any more; None where nothing happened in time, or on closing."""
        if self._closed:
            return None
        viewer = _Viewer(plan_id, since, asyncio.get_running_loop().create_future())
        self._viewers.add(viewer)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            async with asyncio.timeout(within.total_seconds()):
                return await viewer.answer
        except TimeoutError:
            return None
        finally:
            self._viewers.discard(viewer)

    def close(self) -> None:
        """Let everybody go: the server stops. Nobody waits any more after that."""
        self._closed = True
        for viewer in self._viewers:
            if not viewer.answer.done():
                viewer.answer.set_result(None)

    async def _look(self) -> None:
        while self._viewers and not self._closed:
            try:
                marks = await asyncio.to_thread(self._marks_of, {viewer.plan_id for viewer in self._viewers})
            except Exception as error:  # the records are away; the next look tries again
                log.warning("pages can't be told of changes", extra={"error": type(error).__name__})
            else:
                self._tell(marks)
            await asyncio.sleep(self._look_every.total_seconds())

    def _tell(self, marks: Mapping[str, str]) -> None:
        for viewer in self._viewers:
            mark = marks.get(viewer.plan_id)
            if mark is not None and mark != viewer.since and not viewer.answer.done():
                viewer.answer.set_result(mark)
