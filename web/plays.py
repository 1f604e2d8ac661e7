"""The stories that are being played: at most two at once, told at an even pace, each only while somebody looks.

A play runs in a program of its own on records of its own. Nothing here touches the practice's records or its clock.
"""

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

from pydantic import ValidationError

from web.languages import marked
from web.story_told import StoryEnd, StoryLine, Told

PlayStory = Callable[[str], AsyncGenerator[bytes]]
"""Starts the example of this name and yields what it prints, a line of JSON each. Closing it ends the program."""

MOST_AT_ONCE = 2
TOLD_OVER_SECONDS = 45.0
"""A story is told over so long, however fast it was played."""
LONGEST_SECONDS = 300.0
UNSEEN_SECONDS = 20.0
"""A play that nobody has looked at for so long ends. Longer than a page without scripts takes between two looks."""
MOST_KEPT = 6
"""Plays that are over and may still be read; the oldest are forgotten."""
_LOOK_EVERY_SECONDS = 0.2
_CUT_SHORT = marked("The story was cut short.")


class TooManyPlays(Exception):
    """Two stories are being played already."""


@dataclass
class Play:
    """One performance: what has been told by now."""

    name: str
    play_id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    told: list[Told] = field(default_factory=list[Told])
    over: bool = False
    began: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)

    @property
    def lines(self) -> list[StoryLine]:
        """The story so far."""
        return [told.line for told in self.told if told.line is not None]

    @property
    def charts_at(self) -> int | None:
        """The place in `told` of the charts as they now stand; None before the first value."""
        return next((n for n in reversed(range(len(self.told))) if self.told[n].charts is not None), None)

    @property
    def end(self) -> StoryEnd | None:
        """How it ended, once it has."""
        return next((told.end for told in reversed(self.told) if told.end is not None), None)

    @property
    def trouble(self) -> str:
        """Why it could not go on, if so."""
        return next((told.trouble for told in reversed(self.told) if told.trouble), "")

    def look(self) -> None:
        """Somebody looks at it now."""
        self.seen = time.monotonic()

    def left_alone(self, now: float) -> bool:
        """Whether it should end: nobody looks, or it has taken too long."""
        return now - self.seen > UNSEEN_SECONDS or now - self.began > LONGEST_SECONDS


class Plays:
    """All plays of this process."""

    def __init__(self, play_story: PlayStory | None, told_over_seconds: float = TOLD_OVER_SECONDS) -> None:
        self._play_story = play_story
        self._told_over = told_over_seconds
        self._plays: dict[str, Play] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def possible(self) -> bool:
        """Whether stories can be played here at all."""
        return self._play_story is not None

    def find(self, play_id: str) -> Play | None:
        """The play of this id, if it isn't forgotten."""
        return self._plays.get(play_id)

    def start(self, name: str) -> Play:
        """Begin to play this example. Raises TooManyPlays; `possible` must be true."""
        if self._play_story is None:
            raise ValueError("no story can be played here")
        if sum(not play.over for play in self._plays.values()) >= MOST_AT_ONCE:
            raise TooManyPlays
        over = [play_id for play_id, play in self._plays.items() if play.over]
        for play_id in over[: max(0, len(over) - MOST_KEPT + 1)]:
            del self._plays[play_id]
        play = Play(name)
        self._plays[play.play_id] = play
        task = asyncio.create_task(self._perform(play, self._play_story(name)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return play

    async def close(self) -> None:
        """End all plays and their programs."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _perform(self, play: Play, printed: AsyncGenerator[bytes]) -> None:
        """Read what the program prints as it comes, and tell it when its time has come."""
        waiting: asyncio.Queue[Told | None] = asyncio.Queue()
        async with contextlib.aclosing(printed):
            reading = asyncio.create_task(_read(printed, waiting))
            try:
                await self._tell(play, waiting)
            finally:
                play.over = True
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)

    async def _tell(self, play: Play, waiting: asyncio.Queue[Told | None]) -> None:
        told: Told | None = None
        while not play.left_alone(now := time.monotonic()):
            if told is not None and now >= play.began + told.share * self._told_over:
                play.told.append(told)
                told = None
            elif told is None and not waiting.empty():
                told = waiting.get_nowait()
                if told is None:
                    break
            else:
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
        if play.end is None and not play.trouble:
            play.told.append(Told(share=1.0, trouble=_CUT_SHORT))


async def _read(printed: AsyncGenerator[bytes], waiting: asyncio.Queue[Told | None]) -> None:
    try:
        async for line in printed:
            with contextlib.suppress(ValidationError):  # a warning of some library is no part of the story
                waiting.put_nowait(Told.model_validate_json(line))
    finally:
        waiting.put_nowait(None)
