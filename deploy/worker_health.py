"""Health check of a worker's container: does Temporal see this machine asking for work?

Exits 0 when one of this host's workers polled the task queue within the last two minutes, else 1 with one line of
reason. The worker's identity is Temporal's default, `<process id>@<host name>`.
"""

import asyncio
import socket
import sys
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig

from domain.names import TASK_QUEUE
from programs.leave import leave

FRESH = timedelta(minutes=2)
PATIENCE = timedelta(seconds=5)


async def polls_of_this_host(temporal: Client, task_queue: str) -> list[datetime]:
    """When workers on this host last asked this queue for workflow work. Empty where Temporal knows of none."""
    request = DescribeTaskQueueRequest(
        namespace=temporal.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    answer = await temporal.workflow_service.describe_task_queue(request, timeout=PATIENCE)
    ours = f"@{socket.gethostname()}"
    return [
        poller.last_access_time.ToDatetime(tzinfo=UTC) for poller in answer.pollers if poller.identity.endswith(ours)
    ]


async def check() -> str | None:
    """What is wrong, in one line, or None."""
    temporal = await Client.connect(**ClientConfig.load_client_connect_config())
    polls = await polls_of_this_host(temporal, TASK_QUEUE)
    if not polls:
        return "no worker of this host polls the task queue"
    if datetime.now(UTC) - max(polls) > FRESH:
        return f"the last poll was at {max(polls).isoformat()}"
    return None


def main() -> int:
    """The exit code that the container runtime reads."""
    try:
        reason = asyncio.run(asyncio.wait_for(check(), timeout=2 * PATIENCE.total_seconds()))
    except Exception as error:  # a health check answers yes or no, whatever went wrong
        reason = f"Temporal can't be asked: {type(error).__name__}"
    if reason:
        sys.stderr.write(f"unhealthy: {reason}\n")
    return 1 if reason else 0


if __name__ == "__main__":
    leave(main())
