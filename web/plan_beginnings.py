"""The packaged beginnings of a plan, for the form that starts one."""

from functools import cache
from typing import Any

import yaml

from web.rendering import HERE


@cache
def plan_beginnings() -> dict[str, dict[str, Any]]:
    """Goals, dosage and homework of a usual plan, by the name of its file."""
    files = sorted((HERE / "plan_templates").glob("*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in files}
