"""A process that has talked to Temporal ends by its exit code, whatever its threads still do."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]
CRASHES_AT_TEARDOWN = """
import atexit, os, signal, sys
from programs.leave import leave

atexit.register(os.kill, os.getpid(), signal.SIGSEGV)
sys.stdout.write("the last line")
leave(3)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=TOP, env=buffered, capture_output=True, text=True, timeout=60, check=False)


def test_a_crash_while_the_interpreter_is_torn_down_does_not_hide_the_exit_code_nor_the_last_line() -> None:
    ended = run(CRASHES_AT_TEARDOWN)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "the last line", "")


def test_leaving_when_nobody_reads_any_more_keeps_the_exit_code_too() -> None:
    closed_pipe = "import os; r, w = os.pipe(); os.close(r); os.dup2(w, 1)\n"
    ended = run(closed_pipe + CRASHES_AT_TEARDOWN)
    assert (ended.returncode, ended.stderr) == (3, "")
