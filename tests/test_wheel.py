"""What a person gets who installs the package and has no repository: everything is in it, and it runs from anywhere."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
ROOMS = [pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]
PROGRAMS: list[str] = PROJECT["tool"]["setuptools"]["py-modules"]
ONLY_FOR_ALEMBIC = "records.migrations.env"
"""Alembic runs this one inside a migration; it can't be imported by itself."""

IMPORT_EACH = """
import importlib, sys
from pathlib import Path
installed = Path(sys.argv[1]).resolve()
for name in sys.argv[2:]:
    found = importlib.import_module(name)
    places = [found.__file__] if found.__file__ else list(found.__path__)
    assert installed in Path(places[0]).resolve().parents, f"{name} came from {places[0]}"
"""


def files_of_the_rooms() -> list[str]:
    every = (path for room in ROOMS for path in (TOP / room).rglob("*") if path.is_file())
    return sorted(str(path.relative_to(TOP)) for path in every if "__pycache__" not in path.parts)


def modules() -> list[str]:
    paths = [Path(name).with_suffix("") for name in files_of_the_rooms() if name.endswith(".py")]
    dotted = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    return [name for name in dotted if name != ONLY_FOR_ALEMBIC] + PROGRAMS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left behind in the repository and nothing of an old build gets in."""
    copy = tmp_path_factory.mktemp("source")
    for name in [*ROOMS, *(f"{program}.py" for program in PROGRAMS), "pyproject.toml", "README.md", "LICENSE"]:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, copy / name)
    built = tmp_path_factory.mktemp("built")
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(built)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(copy)], check=True, timeout=100)
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True, timeout=100)
    return target


def from_elsewhere(installed: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as after an install: only the installed files on the path, in a folder that knows nothing of us."""
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_every_file_of_every_room_is_in_the_wheel(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    assert [name for name in files_of_the_rooms() if name not in shipped] == []


def test_nothing_but_the_rooms_and_the_programs_is_in_the_wheel(wheel: Path) -> None:
    wanted = {*files_of_the_rooms(), *(f"{program}.py" for program in PROGRAMS)}
    others = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert others - wanted == set()


def test_the_licence_is_in_the_wheel(wheel: Path) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_every_module_is_imported_from_the_installed_package_alone(installed: Path, tmp_path: Path) -> None:
    answer = from_elsewhere(installed, sys.executable, "-c", IMPORT_EACH, str(installed), *modules(), cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr


def test_the_installed_command_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    answer = from_elsewhere(installed, sys.executable, str(installed / "bin" / "followthrough"), "--help", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    for command in ("up", "web", "simulate", "preview", "enroll", "doctor"):
        assert command in answer.stdout


def test_the_installed_command_previews_an_example_that_came_with_it(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(installed / "bin" / "followthrough"), "preview"]
    answer = from_elsewhere(installed, *command, str(installed / "examples" / "tom.yaml"), cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "Tom" in answer.stdout
    assert list(tmp_path.iterdir()) == [], "a preview leaves nothing behind"
