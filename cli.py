"""The `followthrough` command. Exit code 0 only on success; errors are clear lines on stderr, naming place and fix."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from domain.errors import Problem, Refused
from domain.plan_file import PlanFile, read_plan
from domain.policy import Practice
from domain.wording import Wording
from programs import tables
from settings import load_settings
from worker import load_practice, load_wording, refuse

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
PlanPath = Annotated[Path, typer.Argument(help="a plan file, YAML or JSON")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object and nothing else")]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _read(path: Path, practice: Practice) -> PlanFile:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise Refused(str(path), [Problem("file", f"can't be read: {error.strerror}; check the path")]) from None
    except UnicodeDecodeError:
        raise Refused(str(path), [Problem("file", "is no UTF-8 text; write a YAML or JSON file")]) from None
    return read_plan(text, str(path), practice)


def _stage(path: Path) -> tuple[PlanFile, Practice, Wording]:
    settings = load_settings()
    practice, folder = load_practice(settings)
    return _read(path, practice), practice, load_wording(settings, folder)


def _run(program: Coroutine[Any, Any, int]) -> None:
    raise typer.Exit(asyncio.run(program))


@app.command()
def up() -> None:
    """Start everything on this machine: Temporal, worker, web, and three example plans."""
    from programs.up import run_up

    _log()
    _run(run_up(load_settings(), _say))


@app.command()
def web() -> None:
    """Start the web process alone."""
    from programs.up import run_web

    _log()
    _run(run_web(load_settings(), _say))


@app.command()
def simulate(file: PlanPath, as_json: AsJson = False) -> None:
    """Play a plan with its script in seconds and tell the story."""
    from programs.simulate import simulate as play

    plan_file, practice, wording = _stage(file)
    logging.getLogger("temporalio").setLevel(logging.ERROR)
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("Playing the plan", total=1.0)
        story = asyncio.run(
            play(plan_file, practice, wording, str(file), lambda done: bar.update(task, completed=done))
        )
    if as_json:
        _say(json.dumps(story.as_json(), ensure_ascii=False, indent=2))
    else:
        tables.print_story(story, Console())


@app.command()
def preview(file: PlanPath, as_json: AsJson = False) -> None:
    """Show every message of a plan with its date and time, before it starts."""
    from programs.preview import preview as look_ahead

    plan_file, practice, wording = _stage(file)
    shown = look_ahead(plan_file, practice, wording, datetime.now(UTC))
    if as_json:
        _say(json.dumps(shown.as_json(), ensure_ascii=False, indent=2))
    else:
        tables.print_preview(shown, Console())


@app.command()
def enroll(file: PlanPath) -> None:
    """Start to follow a plan, on the server that the settings name."""
    from programs.enroll import run_enroll

    plan_file, _, _ = _stage(file)
    _run(run_enroll(load_settings(), plan_file.plan, _say))


@app.command()
def doctor() -> None:
    """Check settings, Temporal, database, messaging, time zones and templates, and say the fix for each."""
    from programs.doctor import run_doctor

    _run(run_doctor(_say))


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("temporalio").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def main() -> None:
    """Run one command and leave by its exit code."""
    code = 1
    try:
        answer = app(standalone_mode=False)
        code = answer if isinstance(answer, int) else 0
    except typer.Exit as stop:
        code = stop.exit_code
    except Refused as error:
        code = refuse(error)
    except typer.Abort:
        code = 130
    except Exception as error:
        if not hasattr(error, "show"):
            raise
        error.show()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a usage error of Typer
        code = 2
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK can crash while the interpreter is torn down


if __name__ == "__main__":
    main()
