"""What the containers run by themselves, run here against a real Temporal server: namespace script and health check."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from temporalio import workflow
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.names import SEARCH_ATTRIBUTES, TASK_QUEUE

TOP = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
A_YEAR = timedelta(days=365)


@workflow.defn
class _Anything:
    @workflow.run
    async def run(self) -> None:
        """A worker needs a workflow to ask for work at all."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def temporal() -> AsyncIterator[Client]:
    async with await WorkflowEnvironment.start_local(dev_server_existing_path=str(BIN / "temporal")) as server:
        yield server.client


async def in_the_container(temporal: Client, *command: str | Path, namespace: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")} | {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONPATH": str(TOP),
        "TEMPORAL_ADDRESS": temporal.service_client.config.target_host,
        "TEMPORAL_NAMESPACE": namespace,
        "TEMPORAL_CONFIG_FILE": os.devnull,
    }
    words = [str(part) for part in command]
    return await asyncio.to_thread(
        subprocess.run, words, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


async def health(temporal: Client) -> subprocess.CompletedProcess[str]:
    script = TOP / "deploy" / "worker_health.py"
    return await in_the_container(temporal, sys.executable, script, namespace=temporal.namespace)


async def test_the_namespace_script_may_run_twice_and_keeps_closed_plans_for_more_than_a_year(temporal: Client) -> None:
    for _ in range(2):
        script = TOP / "deploy" / "temporal" / "prepare-namespace.sh"
        answer = await in_the_container(temporal, "sh", script, namespace="clinic")
        assert answer.returncode == 0, answer.stderr
    described = await temporal.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="clinic"))
    assert described.config.workflow_execution_retention_ttl.ToTimedelta() > A_YEAR
    known = await temporal.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="clinic"))
    assert set(SEARCH_ATTRIBUTES) <= set(known.custom_attributes)


async def test_a_worker_that_asks_for_work_is_healthy(temporal: Client) -> None:
    asking = Worker(temporal, task_queue=TASK_QUEUE, workflows=[_Anything], workflow_runner=UnsandboxedWorkflowRunner())
    async with asking:
        answer = await health(temporal)
        for _ in range(10):  # the first poll takes a moment to arrive
            if answer.returncode == 0:
                break
            await asyncio.sleep(0.3)
            answer = await health(temporal)
    assert answer.returncode == 0, answer.stderr


async def test_a_container_whose_worker_asks_for_nothing_is_unhealthy(temporal: Client) -> None:
    answer = await in_the_container(
        temporal, sys.executable, TOP / "deploy" / "worker_health.py", namespace="temporal-system"
    )
    assert answer.returncode == 1
    assert answer.stderr == "unhealthy: no worker of this host polls the task queue\n"


async def test_a_container_that_cannot_reach_temporal_is_unhealthy_and_says_so_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        script = [sys.executable, str(TOP / "deploy" / "worker_health.py")]
        environment = os.environ | {
            "PYTHONPATH": str(TOP),
            "TEMPORAL_ADDRESS": f"127.0.0.1:{taken.getsockname()[1]}",
            "TEMPORAL_CONFIG_FILE": os.devnull,
        }
        answer = await asyncio.to_thread(
            subprocess.run, script, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert answer.returncode == 1
    assert answer.stderr.startswith("unhealthy: Temporal can't be asked")
    assert answer.stderr.count("\n") == 1
