"""`make record`: play the examples and keep their histories for the replay test."""

import asyncio
import gzip
import sys
from collections import Counter
from pathlib import Path

from temporalio.client import WorkflowHistory

from domain.plan_file import read_plan, read_practice
from domain.wording import Wording
from programs.simulate import simulate

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
HISTORIES = HERE / "histories"


async def record(name: str) -> None:
    """Keep the histories of one example's plan, and of its escalations and claims."""
    practice = read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")
    file = read_plan((EXAMPLES / f"{name}.yaml").read_text("utf-8"), name, practice)
    histories: list[WorkflowHistory] = []
    await simulate(file, practice, Wording.load(), name, histories=histories)
    numbers = Counter[str]()
    for history in histories:
        kind = history.workflow_id.partition("-")[0]
        numbers[kind] += 1
        path = HISTORIES / f"{name}-{kind}{'' if kind == 'plan' else f'-{numbers[kind]}'}.json.gz"
        path.write_bytes(gzip.compress(history.to_json().encode(), mtime=0))
        sys.stdout.write(f"{path.name}: {len(history.events)} events\n")


if __name__ == "__main__":
    HISTORIES.mkdir(exist_ok=True)
    for example in ("tina", "tom", "sarah", "claim_denied"):
        asyncio.run(record(example))
