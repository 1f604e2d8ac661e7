"""Stories and previews as readable tables."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:  # each brings half the house along, and a command needs only one of them
    from programs.preview import Preview
    from programs.simulate import Story

ARROWS = {"out": "→", "in": "←", "none": "·"}


def print_story(story: Story, console: Console) -> None:
    """The whole story: one line for each thing that happened."""
    table = Table(title=f"{story.first_name}'s plan", show_lines=False, pad_edge=False)
    for heading, style in (("When", "cyan"), ("What", "bold"), ("", ""), ("Who", ""), ("Text", ""), ("Because", "dim")):
        table.add_column(heading, style=style, overflow="fold", no_wrap=heading in ("When", "What", ""))
    for line in story.timeline:
        who = line["to"] if line["direction"] != "in" else "client"
        table.add_row(_moment(line["at"]), line["kind"], ARROWS[line["direction"]], who, line["text"], line["because"])
    console.print(table)
    console.print(f"The plan is now: [bold]{story.status}[/bold]")
    for goal, state in story.progress.items():
        console.print(f"  {goal}: {state.replace('_', ' ')}")


def print_preview(preview: Preview, console: Console) -> None:
    """What would be sent, and when."""
    table = Table(title="What the client will get if every visit takes place", pad_edge=False)
    for heading in ("When", "What", "By", "Text"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("When", "What", "By"))
    for line in preview.messages:
        table.add_row(_moment(line["at"]), line["kind"], line["channel"], line["text"])
    console.print(table)
    for warning in preview.warnings:
        console.print(f"[bold]Look again:[/bold] {warning}")


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%a %d %b %H:%M")
