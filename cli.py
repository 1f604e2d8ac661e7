"""The `followthrough` command. Exit code 0 only on success; errors are clear lines on stderr, naming place and fix."""

import asyncio
import json
import logging
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from domain.errors import Refused
from domain.plan_file import PlanFile
from domain.policy import Practice
from domain.wording import Wording
from programs.doors import load_plan, load_practice, load_wording, refuse
from programs.leave import leave
from programs.quiet_logs import start_logging
from settings import load_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
PlanPath = Annotated[Path, typer.Argument(metavar="FILE", help="a plan file, YAML or JSON")]
PlanId = Annotated[str, typer.Argument(metavar="PLAN_ID", help="the id of any plan of the client")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object and nothing else")]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _warn(text: str) -> None:
    sys.stderr.write(text + "\n")


def _stage(path: Path) -> tuple[PlanFile, Practice, Wording]:
    """What `simulate` and `preview` play with. They keep nothing, so settings of what is kept don't matter to them."""
    settings = load_settings(nothing_kept=True)
    practice, folder = load_practice(settings)
    return load_plan(path, practice), practice, load_wording(settings, folder)


def _run(program: Coroutine[Any, Any, int]) -> None:
    raise typer.Exit(asyncio.run(program))


@app.command()
def up() -> None:
    """Start everything on this machine: Temporal, worker, web, and three example plans."""
    from programs.up import run_up

    start_logging()
    _run(run_up(load_settings(), _say))


@app.command()
def web() -> None:
    """Start the web process alone."""
    from programs.up import run_web

    start_logging()
    _run(run_web(load_settings(), _say))


@app.command()
def simulate(file: PlanPath, as_json: AsJson = False) -> None:
    """Play a plan with its script in seconds and tell the story."""
    from programs.simulate import simulate as play
    from programs.tables import a_console, print_story

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
        print_story(story, a_console())


@app.command()
def preview(file: PlanPath, as_json: AsJson = False) -> None:
    """Show every message of a plan with its date and time, before it starts."""
    from programs.preview import preview as look_ahead
    from programs.tables import a_console, print_preview

    plan_file, practice, wording = _stage(file)
    shown = look_ahead(plan_file, practice, wording, datetime.now(UTC))
    if as_json:
        _say(json.dumps(shown.as_json(), ensure_ascii=False, indent=2))
    else:
        print_preview(shown, a_console())


@app.command()
def enroll(file: PlanPath) -> None:
    """Start to follow a plan, on the server that the settings name."""
    from programs.enroll import run_enroll

    settings = load_settings()
    practice, _ = load_practice(settings)
    _run(run_enroll(settings, load_plan(file, practice).plan, _say))


@app.command()
def export(
    plan_id: PlanId,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="by default export-CLIENT.json here")
    ] = None,
) -> None:
    """Write everything that is kept about a plan's client to one file that only you can read."""
    from programs.export_client import run_export

    _run(run_export(load_settings(), plan_id, out, _say, _warn))


@app.command()
def erase(
    plan_id: PlanId,
    yes: Annotated[bool, typer.Option("--yes", help="yes, for ever: it can't be taken back")] = False,
) -> None:
    """End all that runs for a plan's client, and make everything that is kept about them unreadable."""
    from programs.erase_client import run_erase

    _run(run_erase(load_settings(), plan_id, sure=yes, say=_say))


@app.command("accept-temporal")
def accept_temporal(
    yes: Annotated[bool, typer.Option("--yes", help="yes, the server of before is lost for good")] = False,
) -> None:
    """Go on with the Temporal server that the settings name, where it is another than before."""
    from programs.accept_temporal import run_accept_temporal

    _run(run_accept_temporal(load_settings(), sure=yes, say=_say))


@app.command("same-person")
def same_person(
    plan_id: PlanId,
    other: Annotated[str, typer.Argument(metavar="PLAN_ID", help="the id of the other plan")],
) -> None:
    """Say that two plans are one person's, where name and number alone can't tell: for `export` and `erase`."""
    from programs.same_person import run_same_person

    _run(run_same_person(load_settings(), plan_id, other, _say))


@app.command("import-era")
def import_era(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="remittances (835) and status answers (277)")],
) -> None:
    """Post remittances and status answers to the claims that they name; each file whole or not at all."""
    from programs.import_era import run_import

    _run(run_import(load_settings(), files, _say))


@app.command()
def doctor() -> None:
    """Check settings, Temporal, database, messaging, time zones and templates, and say the fix for each."""
    from programs.doctor import run_doctor

    _run(run_doctor(_say))


def answer(arguments: list[str] | None = None) -> int:
    """Run one command, by default the one of the command line, and return its exit code."""
    try:
        code = app(arguments, prog_name="followthrough", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except Refused as error:
        return refuse(error)
    except typer.Abort:
        return 130
    except Exception as error:
        if not hasattr(error, "show"):
            raise
        error.show()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a usage error of Typer
        return 2


def main() -> None:
    """Run one command and leave by its exit code."""
    code = 1
    try:
        code = answer()
    except Exception:
        start_logging()  # nothing, where the command has done so
        logging.getLogger("followthrough").exception("This is a bug, please report it")
    leave(code)


if __name__ == "__main__":
    main()
