"""A death, and that it was a misunderstanding, are about a person: all their plans hear of it, whichever was told."""

import asyncio
import uuid
from datetime import datetime

from activities.hand_over import HandOver
from domain.events import Event, PlanEnded, PlanResumed
from records.database import Records


async def tell_other_plans(records: Records, hand_over: HandOver, plan_id: str, event: Event, now: datetime) -> None:
    """Who has died has no plan any more: the others end too, as quietly. Who lives gets back all that word of their
    death had stopped. Any other event is about its own plan alone."""
    also = _about_the_person(plan_id, event)
    if also is None:
        return
    for other in await asyncio.to_thread(records.plans_of_recipient, plan_id):
        if other != plan_id and await asyncio.to_thread(_concerns, records, other, also):
            stored = await asyncio.to_thread(records.add_event, other, also, now)
            await hand_over.hand_over(other, stored.event, now)


def _about_the_person(plan_id: str, event: Event) -> PlanEnded | PlanResumed | None:
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{plan_id}/{event.event_id}").hex
    if isinstance(event, PlanEnded) and event.why == "deceased":
        return PlanEnded(event_id=f"died-{name}", occurred_at=event.occurred_at, reason="deceased", note=event.note)
    if isinstance(event, PlanResumed):
        return PlanResumed(event_id=f"lives-{name}", occurred_at=event.occurred_at, misunderstanding=True)
    return None


def _concerns(records: Records, plan_id: str, event: PlanEnded | PlanResumed) -> bool:
    """A plan that no word of a death has stopped isn't resumed."""
    if isinstance(event, PlanEnded):
        return True
    view = records.plan(plan_id)
    return view is not None and view.state.death_reported
