"""Histories of plans that were lived under today's workflow code replay, whatever became of the rules since."""

import gzip
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from domain import progress
from domain.plan_file import read_practice
from domain.wording import Wording
from domain.workflow_inputs import PlanInput
from tests.domain.plan_builder import DAY, Played, a_pain_goal, a_plan, a_state
from workflows.claim import ClaimWorkflow
from workflows.escalation import EscalationWorkflow
from workflows.treatment_plan import TreatmentPlanWorkflow

with workflow.unsafe.imports_passed_through():  # a workflow of this file loads the file again, not all programs
    from worker import EXAMPLES, workflow_runner

HISTORIES = Path(__file__).parent.parent / "histories"
KEPT = sorted(HISTORIES.glob("*.json.gz"))


def a_history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.name.removesuffix(".json.gz"), gzip.decompress(path.read_bytes()).decode())


def a_replayer(*workflows: type) -> Replayer:
    return Replayer(
        workflows=list(workflows or (TreatmentPlanWorkflow, EscalationWorkflow, ClaimWorkflow)),
        data_converter=pydantic_data_converter,
        workflow_runner=workflow_runner(),
    )


def test_the_histories_of_the_examples_with_their_escalations_and_claims_are_kept() -> None:
    names = {path.name.split("-")[0] for path in KEPT}
    assert names == {"tina", "tom", "sarah", "claim_denied"}
    assert any("escalation" in path.name for path in KEPT)
    assert any("claim-" in path.name for path in KEPT)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
async def test_a_kept_history_replays(path: Path) -> None:
    await a_replayer().replay_workflow(a_history(path))


async def test_a_kept_history_replays_after_a_rule_and_a_wording_were_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(progress, "ALERT_ABOVE", 2.0)  # no slope is ever alarming
    stalled = Played(a_state(a_plan(a_pain_goal())))
    for value in (7, 5, 4, 5, 5, 5):
        stalled.session(pain=value).until(stalled.now + 6 * DAY)
    assert "plateau" not in stalled.open_questions()  # the rule has changed: Sarah's therapist would not be called
    (tmp_path / "en.yaml").write_text('feedback: "{practice}: hello! 1 to 5?"\n', "utf-8")
    practice = read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")
    changed = Wording.load(tmp_path).render(
        "feedback", language="en", channel="sms", facts={"practice": practice.name}, zone="UTC"
    )
    assert changed.text == "Cedar Hill Bodywork: hello! 1 to 5?"  # and so has the wording
    await a_replayer().replay_workflow(a_history(HISTORIES / "sarah-plan.json.gz"))


def test_without_the_change_the_same_course_is_a_plateau() -> None:
    stalled = Played(a_state(a_plan(a_pain_goal())))
    for value in (7, 5, 4, 5, 5, 5):
        stalled.session(pain=value).until(stalled.now + 6 * DAY)
    assert "plateau" in stalled.open_questions()


@workflow.defn(name="TreatmentPlanWorkflow")
class ForgetfulPlanWorkflow(TreatmentPlanWorkflow):
    """A workflow that no longer sends: what a replay must catch."""

    @workflow.init
    def __init__(self, start: PlanInput) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: PlanInput) -> None:
        await self._timer.wait(None, lambda: bool(self._inbox))


async def test_a_change_of_the_workflow_itself_is_caught() -> None:
    with pytest.raises(NondeterminismError):
        await a_replayer(ForgetfulPlanWorkflow).replay_workflow(a_history(HISTORIES / "tom-plan.json.gz"))
