"""What a played story tells, piece by piece: the lines that the playing program prints and the page shows."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from domain.progress_chart import ProgressChart
from web.languages import day_in_words, hour_in_words, marked


class StoryLine(BaseModel):
    """One line of the story, as `simulate --json` has it; the time is on the client's clock."""

    at: AwareDatetime
    kind: str
    direction: Literal["out", "in", "none"]
    channel: Literal["sms", "email", "desk", "none"]
    to: str
    text: str
    because: str = ""

    @property
    def on_the_phone(self) -> bool:
        """Whether the client reads it, or wrote it, on their own phone."""
        return self.direction == "in" or (self.direction == "out" and self.to == "client")


class StoryEnd(BaseModel):
    """How the plan stands when the story is over: its status, and the state of each goal and claim by its name."""

    status: str
    goals: dict[str, str]
    claims: dict[str, str]


class Told(BaseModel):
    """One piece of news. `share` says how much of the story is told with it, from 0 to 1; exactly one other is set.

    `charts` are all charts as they now stand. `trouble` is why the story can't go on.
    """

    share: float
    line: StoryLine | None = None
    charts: list[ProgressChart] | None = None
    end: StoryEnd | None = None
    trouble: str = ""


class StoryFile(BaseModel):
    """An example that can be played: the name of its file and what it is about."""

    name: str
    client: str
    title: str
    about: str


STORIES = [
    StoryFile(
        name="sarah",
        client="Sarah Whitfield",
        title=marked("Fibromyalgia"),
        about=marked(
            "Four months. Her pain falls, then stays where it is: the therapist is asked, and changes the plan."
        ),
    ),
    StoryFile(
        name="tina",
        client="Tina Alvarez",
        title=marked("Stress"),
        about=marked("Two months. She reads Spanish and lives an hour ahead of the practice."),
    ),
    StoryFile(
        name="tom",
        client="Tom Becker",
        title=marked("Neck injury"),
        about=marked("Two weeks. Three short sessions, exercises at home, and a goal that is met."),
    ),
    StoryFile(
        name="claim_denied",
        client="Ines Moreau",
        title=marked("Stiff neck"),
        about=marked("Most of a year. The insurer refuses a visit; the appeal goes out in time and wins."),
    ),
    StoryFile(
        name="workers_comp",
        client="Pavel Novak",
        title=marked("Shoulder, work injury"),
        about=marked("Two months. What the insurer must have in seven days, and in thirty, is asked for in time."),
    ),
    StoryFile(
        name="shared_pool",
        client="Grace Adeyemi",
        title=marked("Low back pain"),
        about=marked(
            "Two weeks. Twenty visits a year are shared with other care; the one that goes over is seen before it."
        ),
    ),
]
"""The examples, in the order in which the page offers them."""


def story_file(name: str) -> StoryFile | None:
    """The example of this name."""
    return next((story for story in STORIES if story.name == name), None)


def day_of(at: datetime) -> str:
    """A day of the story as pages write it, as in 'Thu Nov 26, 2026'."""
    return day_in_words(at)


def time_of(at: datetime) -> str:
    """A time of day of the story as pages write it, as in '4:10 PM'."""
    return hour_in_words(at)
