"""The packaged beginnings of a plan, for the form that starts one."""

from functools import cache
from typing import Any

import yaml

from web.languages import Language
from web.rendering import HERE


@cache
def plan_beginnings(language: Language = "en") -> dict[str, dict[str, Any]]:
    """Goals, dosage and homework of a usual plan, by the name of its file, in the words of that language."""
    files = sorted((HERE / "plan_templates" / ("" if language == "en" else language)).glob("*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in files}
