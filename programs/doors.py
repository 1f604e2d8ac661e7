"""What every door does first: read the practice's own files, and refuse a bad one in clear lines."""

import sys
from pathlib import Path

from domain.errors import Problem, Refused
from domain.plan_file import PlanFile, read_plan, read_practice
from domain.policy import Practice
from domain.wording import Wording
from settings import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"


def load_practice(settings: Settings) -> tuple[Practice, Path]:
    """The practice file and its folder. Raises Refused naming the file, the field and the fix."""
    path = settings.practice_file or EXAMPLES / "practice.yaml"
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            "settings", [Problem("PRACTICE_FILE", f"{path} can't be read ({type(error).__name__})")]
        ) from None
    return read_practice(text, str(path)), path.parent


def load_wording(settings: Settings, folder: Path) -> Wording:
    """The packaged templates, with a `templates` folder beside the practice's own file laid over them."""
    own = folder / "templates"
    return Wording.load(own if settings.practice_file and own.is_dir() else None)


def load_plan(path: Path, practice: Practice) -> PlanFile:
    """The plan file, checked against the practice. Raises Refused naming the file, the field and the fix."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise Refused(str(path), [Problem("file", f"can't be read: {error.strerror}; check the path")]) from None
    except UnicodeDecodeError:
        raise Refused(str(path), [Problem("file", "is no UTF-8 text; write a YAML or JSON file")]) from None
    return read_plan(text, str(path), practice)


def refuse(error: Refused) -> int:
    """Say what is wrong, one line each, and give the exit code."""
    for problem in error.problems:
        sys.stderr.write(f"{error.source}: {problem}\n")
    return 2
