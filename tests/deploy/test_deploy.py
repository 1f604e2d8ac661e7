"""The deployment files are held to their own rules, offline: schema, linter, and the settings that they name."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from settings import Settings

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "deploy"
BIN = Path(sys.executable).parent
SETTINGS = {name.upper() for name in Settings.model_fields}
COMPOSE_ALONE = {"POSTGRES_PASSWORD", "PRACTICE_DIR", "WEB_PUBLISHED_PORT"}
"""Names that only the compose file reads."""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, check=False)


def compose_services() -> dict[str, dict[str, object]]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]


def names_in_the_example() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (TOP / ".env.example").read_text(), re.MULTILINE))


def names_in_the_readme() -> set[str]:
    rows = re.findall(r"^\| (`[A-Z`, _]+`) \|", (DEPLOY / "README.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"[A-Z][A-Z_]+", row)}


def is_temporals_own(name: str) -> bool:
    return name.startswith("TEMPORAL_")


def test_the_compose_file_keeps_to_the_compose_specification() -> None:
    answer = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    assert answer.returncode == 0, answer.stdout


def test_a_compose_file_that_breaks_the_specification_would_be_found(tmp_path: Path) -> None:
    broken = tmp_path / "compose.yaml"
    broken.write_text((DEPLOY / "compose.yaml").read_text().replace("restart: unless-stopped", "restarts: 3"))
    assert run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", broken).returncode == 1


def test_the_dockerfile_satisfies_the_linter() -> None:
    answer = run(BIN / "hadolint", DEPLOY / "Dockerfile")
    assert answer.returncode == 0, answer.stdout


def test_the_image_runs_as_nobody_special_and_says_how_it_is_doing() -> None:
    last_stage = (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", last_stage, re.MULTILINE)
    assert "HEALTHCHECK" in last_stage
    assert "/healthz" in last_stage


def test_every_service_that_stays_up_is_watched_and_started_again() -> None:
    staying = {name: service for name, service in compose_services().items() if not name.startswith("temporal-")}
    assert set(staying) == {"postgres", "temporal", "worker", "web"}
    for service in staying.values():
        shared = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["x-app"] | service
        assert shared["restart"] == "unless-stopped"
        assert service["healthcheck"]


def test_every_image_from_elsewhere_is_pinned_to_a_version() -> None:
    in_compose = [str(service.get("image", "")) for service in compose_services().values()]
    in_dockerfile = re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    for image in [*in_compose, *in_dockerfile]:
        assert image == "followthrough:local" or re.search(r":\d+\.?\d*", image), image


def test_no_secret_stands_in_the_compose_file() -> None:
    for line in (DEPLOY / "compose.yaml").read_text().splitlines():
        key, _, value = line.partition(":")
        if re.search(r"PASSWORD|PWD|KEYS|TOKEN", key.strip()):
            assert value.strip().startswith("${"), line


def test_the_image_gets_no_secret_and_no_state_from_the_folder_it_is_built_in() -> None:
    kept = (TOP / ".dockerignore").read_text().split("\n")
    assert "*" in kept
    assert not [line for line in kept if line.startswith("!") and (".env" in line or "var" in line)]


def test_every_room_that_is_packaged_gets_into_the_image() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["setuptools"]
    rooms = {pattern.rstrip("*") for pattern in project["packages"]["find"]["include"]}
    programs = {f"{name}.py" for name in project["py-modules"]}
    kept = {line.removeprefix("!") for line in (TOP / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert rooms | programs <= kept


def test_every_setting_is_in_the_deployment_readme_and_every_name_there_is_a_setting() -> None:
    named = {name for name in names_in_the_readme() if not is_temporals_own(name)}
    assert named - COMPOSE_ALONE == SETTINGS
    assert named >= COMPOSE_ALONE


def test_every_setting_is_in_the_example_file_and_every_name_there_is_a_setting() -> None:
    named = {name for name in names_in_the_example() if not is_temporals_own(name)}
    assert named - COMPOSE_ALONE == SETTINGS


def test_the_example_file_starts_a_local_system_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    copied = Settings(_env_file=TOP / ".env.example")  # pyright: ignore[reportCallIssue]
    assert copied == Settings(_env_file=None)  # pyright: ignore[reportCallIssue]


def test_the_compose_file_asks_for_no_name_that_the_example_file_lacks() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked <= names_in_the_example()
