"""`followthrough enroll`: take a plan in, on the server that the settings name."""

from collections.abc import Callable

from domain.plan import TreatmentPlan
from settings import Settings
from web.intake import PlanExists
from worker import build_house


async def run_enroll(settings: Settings, plan: TreatmentPlan, say: Callable[[str], None]) -> int:
    """Enrol the plan and print its id; 1 where it is on record already."""
    house = await build_house(settings)
    try:
        enrolled = await house.intake.enroll(plan)
    except PlanExists as error:
        say(f"plan_id: {error}; nothing was changed")
        return 1
    finally:
        house.records.close()
    for warning in enrolled.warnings:
        say(f"Look again: {warning}")
    say(enrolled.plan_id if enrolled.outcome == "recorded" else f"{enrolled.plan_id} (starts when Temporal answers)")
    return 0
