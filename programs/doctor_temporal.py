"""The doctor's look at Temporal: reachable, our namespace and search attributes there, plans kept, a worker up."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Refused
from domain.names import SEARCH_ATTRIBUTES, TASK_QUEUE
from programs.embedded import RETENTION, executable
from programs.findings import Finding, wrong
from worker import temporal_config

PLACE = "temporal"
PATIENCE = timedelta(seconds=5)
LONG_ENOUGH = timedelta(days=180)
"""Closed plans must be remembered well beyond a plan's life, or an old plan's id could be started again."""
LONG_ENOUGH_IN_THE_CLOUD = timedelta(days=90)
"""Temporal Cloud keeps none for longer."""
FRESH = timedelta(minutes=2)


async def check_temporal() -> list[Finding]:
    """What is wrong with the server that the settings name, or with the one that `followthrough up` would start."""
    embedded = not os.environ.get("TEMPORAL_ADDRESS")
    found = list(_servers()) if embedded else []
    try:
        config = temporal_config()
        address = config.get("target_host", "")
        temporal = await asyncio.wait_for(Client.connect(**config), PATIENCE.total_seconds())
    except (RuntimeError, TimeoutError):
        if embedded:
            return [*found, Finding(PLACE, "no server is running; `followthrough up` starts its own")]
        fix = "start the server, or mend TEMPORAL_ADDRESS"
        return [*found, Finding(PLACE, f"nobody answers at {os.environ['TEMPORAL_ADDRESS']} within 5 seconds", fix)]
    except (ValueError, OSError) as error:
        return [*found, Finding(PLACE, f"its settings can't be read ({type(error).__name__})", "mend TEMPORAL_…")]
    found.append(Finding(PLACE, f"a server answers at {address}"))
    try:
        return found + await _namespace(temporal, address)
    except RPCError as error:
        fix = "give this program's account the right to read it"
        return [*found, Finding(PLACE, f"namespace {temporal.namespace} can't be asked ({error.status.name})", fix)]


def _servers() -> Iterator[Finding]:
    for name in ("temporal", "temporal-test-server"):
        try:
            yield Finding("servers", f"{name} is at {executable(name)}")
        except Refused as error:
            yield from wrong(error)


async def _namespace(temporal: Client, address: str) -> list[Finding]:
    name = temporal.namespace
    try:
        answer = await temporal.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=name), timeout=PATIENCE
        )
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        fix = f"run `temporal operator namespace create -n {name} --retention {RETENTION}`, or mend TEMPORAL_NAMESPACE"
        return [Finding(PLACE, f"there is no namespace {name}", fix)]
    kept = answer.config.workflow_execution_retention_ttl.ToTimedelta()
    return [_retention(name, kept, address), await _attributes(temporal), await _worker(temporal)]


def _retention(name: str, kept: timedelta, address: str) -> Finding:
    enough = LONG_ENOUGH_IN_THE_CLOUD if ".tmprl.cloud" in address else LONG_ENOUGH
    text = f"namespace {name} keeps closed plans for {kept.days} days"
    if kept >= enough:
        return Finding(PLACE, text)
    return Finding(PLACE, text, f"run `temporal operator namespace update -n {name} --retention {RETENTION}`")


async def _attributes(temporal: Client) -> Finding:
    request = ListSearchAttributesRequest(namespace=temporal.namespace)
    try:
        answer = await temporal.operator_service.list_search_attributes(request, timeout=PATIENCE)
    except RPCError as error:
        if error.status not in (RPCStatusCode.UNIMPLEMENTED, RPCStatusCode.PERMISSION_DENIED):
            raise
        return Finding(PLACE, f"its search attributes can't be listed; it needs {' and '.join(SEARCH_ATTRIBUTES)}")
    missing = [name for name in SEARCH_ATTRIBUTES if name not in answer.custom_attributes]
    if not missing:
        return Finding(PLACE, "the search attributes are there")
    options = " ".join(f"--name {name} --type Keyword" for name in missing)
    fix = f"run `temporal operator search-attribute create -n {temporal.namespace} {options}`"
    return Finding(PLACE, f"search attributes are missing: {', '.join(missing)}", fix)


async def _worker(temporal: Client) -> Finding:
    request = DescribeTaskQueueRequest(
        namespace=temporal.namespace,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    answer = await temporal.workflow_service.describe_task_queue(request, timeout=PATIENCE)
    now = datetime.now(UTC)
    polls = [now - poller.last_access_time.ToDatetime(tzinfo=UTC) < FRESH for poller in answer.pollers]
    if any(polls):
        return Finding(PLACE, f"{sum(polls)} worker{'s' * (sum(polls) > 1)} at work on the task queue {TASK_QUEUE}")
    return Finding(PLACE, "no worker is at work", "start `followthrough up`, or `python worker.py`")
