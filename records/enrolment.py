"""Enrolment: a plan of somebody who opted out before begins with all of its addresses closed."""

from datetime import datetime

from domain.state import PlanState
from records.plans import PlanRecords


class EnrolmentRecords(PlanRecords):
    """`add_plan` as everything outside the records knows it."""

    def add_plan(self, state: PlanState, at: datetime) -> bool:
        """As `PlanRecords.add_plan`; what the person said about messages holds for addresses that are new too."""
        with self._writing():
            new = super().add_plan(state, at)
            client_id = self.client_of_plan(state.plan_id) if new else None
            if client_id is not None:
                self.close_new_ways(client_id, state.plan.client, state.practice.time_zone, at)
            return new
