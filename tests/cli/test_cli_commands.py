"""The command's own surface: help, usage, preview, enrol."""

import socket
from pathlib import Path

import pytest

from tests.cli.commands import EXAMPLES, Here, run

COMMANDS = ("up", "web", "simulate", "preview", "enroll", "doctor")


def test_help_lists_every_command_with_what_it_does(tmp_path: Path) -> None:
    answer = run("--help", folder=tmp_path)
    assert answer.code == 0
    for command in COMMANDS:
        line = next(line for line in answer.out.splitlines() if line.strip("│ ").startswith(f"{command} "))
        assert len(line.strip("│ ").split()) > 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(here: Here, command: str) -> None:
    answer = here.run(command, "--help")
    assert answer.code == 0
    assert command in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dance"], "No such command 'dance'"),
        (["simulate"], "Missing argument 'FILE'"),
        (["simulate", "a.yaml", "--xml"], "No such option: --xml"),
    ],
)
def test_a_wrong_use_is_explained_on_stderr(here: Here, arguments: list[str], said: str) -> None:
    answer = here.run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_preview_shows_every_message_with_its_time(here: Here) -> None:
    story = here.run("preview", EXAMPLES / "tom.yaml", "--json").told
    assert list(story) == ["plan_id", "messages", "warnings"]
    assert {tuple(line) for line in story["messages"]} == {("at", "kind", "channel", "to", "text", "because")}
    kinds = [line["kind"] for line in story["messages"]]
    assert kinds[0] == "welcome"
    assert kinds.count("reminder") == 9  # three sessions with three reminders each
    assert kinds.count("screening") == 3
    assert kinds.count("check_in") == 1
    assert kinds.count("feedback") == 2
    times = [line["at"] for line in story["messages"]]
    assert times == sorted(times)
    assert here.left_behind() == []


def test_preview_is_a_table_by_default_and_says_what_to_look_at_again(here: Here) -> None:
    text = (EXAMPLES / "sarah.yaml").read_text("utf-8").replace("target: 3", "target: 6.5")
    (here.folder / "near.yaml").write_text(text, "utf-8")
    answer = here.run("preview", "near.yaml")
    assert answer.code == 0
    assert "What the client will get if every visit takes place" in answer.out
    assert "Look again:" in answer.out


def test_preview_refuses_nothing_that_simulate_would_play(here: Here) -> None:
    for name in ("tina", "tom", "sarah"):
        assert here.run("preview", EXAMPLES / f"{name}.yaml", "--json").told["warnings"] == []


def test_enrolling_where_no_server_answers_says_so_in_one_line_and_leaves_nothing(here: Here) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        here.set(TEMPORAL_ADDRESS=address)
        answer = here.run("enroll", EXAMPLES / "tom.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"settings: TEMPORAL_ADDRESS: nobody answers at {address}; run `followthrough up`, or name a running server\n"
    )
    assert here.left_behind() == []
