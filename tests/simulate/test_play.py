"""The program behind the desk's stories, as the web process starts it: told to its end, or ended early."""

import asyncio
from pathlib import Path

import pytest

from programs.play import STOP_WITHIN_SECONDS, play_story
from web.story_told import Told


def processes_of(session: int) -> list[str]:
    """What still runs in this session of processes, by its command."""
    found: list[str] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it has ended meanwhile
            continue
    return found


async def test_a_story_is_told_from_the_welcome_to_its_end() -> None:
    told = [Told.model_validate_json(line) async for line in play_story("tina")]
    lines = [each.line for each in told if each.line is not None]
    assert (lines[0].kind, lines[0].to) == ("welcome", "client")
    assert any(line.on_the_phone and line.direction == "in" for line in lines)
    assert [each.share for each in told] == sorted(each.share for each in told)
    assert any(each.charts for each in told)
    assert told[-1].end is not None
    assert (told[-1].share, told[-1].end.status, told[-1].trouble) == (1.0, "ended", "")


async def test_a_name_that_is_no_example_is_told_as_trouble() -> None:
    (only,) = [Told.model_validate_json(line) async for line in play_story("nobody")]
    assert "can't be read" in only.trouble


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
async def test_a_story_that_nobody_watches_any_more_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def remembered(*arguments: str, **options: object) -> asyncio.subprocess.Process:
        started.append(await start(*arguments, **options))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        return started[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", remembered)
    story = play_story("tina")
    await anext(story)
    assert any("temporal" in command for command in processes_of(started[0].pid))
    async with asyncio.timeout(2 * STOP_WITHIN_SECONDS):
        await story.aclose()
    assert processes_of(started[0].pid) == []
