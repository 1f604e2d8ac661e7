"""Stories and previews as readable lines, a heading for each day."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # each brings half the house along, and a command needs only one of them
    from programs.preview import Preview
    from programs.simulate import Story

ARROWS = {"out": "→", "in": "←", "none": "·"}
EXPLAINED = ("dropped", "decision", "escalation", "plan_change", "denial")
"""Lines whose reason belongs to the story; the others' reasons are in the JSON."""
WIDTH_OF_A_PIPE = 120


def a_console() -> Console:
    """Standard output, as wide as the terminal; a pipe has no width, so it gets a readable one."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_OF_A_PIPE)


def print_story(story: Story, console: Console) -> None:
    """The whole story: one line for each thing that happened."""
    console.print(Text(f"{story.first_name}'s plan", style="bold"))
    for day, lines in groupby(story.timeline, key=lambda line: _day(line["at"])):
        console.print(Text(f"\n{day}", style="bold cyan"))
        table = _lines()
        for line in lines:
            who = line["to"] or ("client" if line["direction"] == "in" else "")
            text = Text(line["text"])
            if line["because"] and line["kind"] in EXPLAINED:
                text.append(f" ({line['because']})", style="dim")
            table.add_row(_time(line["at"]), line["kind"], ARROWS[line["direction"]], who, text)
        console.print(table)
    console.print(Text(f"\nThe plan is now: {story.status}", style="bold"))
    for goal, state in story.progress.items():
        console.print(f"  {goal}: {state.replace('_', ' ')}", markup=False)
    for claim, status in story.claims.items():
        console.print(f"  claim {claim}: {status.replace('_', ' ')}", markup=False)


def print_preview(preview: Preview, console: Console) -> None:
    """What would be sent, and when."""
    console.print(Text("What the client will get if every visit takes place", style="bold"))
    for day, lines in groupby(preview.messages, key=lambda line: _day(line["at"])):
        console.print(Text(f"\n{day}", style="bold cyan"))
        table = _lines()
        for line in lines:
            table.add_row(_time(line["at"]), line["kind"], ARROWS["out"], line["channel"], Text(line["text"]))
        console.print(table)
    for warning in preview.warnings:
        console.print(Text(f"\nLook again: {warning}", style="bold"))


def _lines() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for width, style in ((5, ""), (15, "bold"), (1, ""), (10, "")):
        table.add_column(width=width, style=style, no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _day(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%a %d %b %Y")


def _time(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%H:%M")
