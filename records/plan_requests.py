"""Requests to enrol a plan that carry a key of their sender's: each makes one plan, however often it is sent.

A key is kept for as long as the records are. The answer is sealed under the client's key, so that erasing the client
erases it too.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from domain.state import PlanState
from records.plans import ENROLLING, PlanRecords
from records.sql import insert_new, one_at_a_time
from records.tables import plan_requests
from records.vault import ClientErased


class PlanRequest(NamedTuple):
    """What tells one request from another: the sender's key, and the body in a form that doesn't depend on spaces."""

    key: str
    body: str


class Answered(NamedTuple):
    """The plan that the first request of a key made, and what was answered; None where that isn't known any more."""

    plan_id: str
    answer: str | None


class OtherBody(Exception):
    """The key stands for a request with another body."""


class PlanRequestRecords(PlanRecords):
    """Queries about these requests."""

    def add_plan_once(self, state: PlanState, at: datetime, request: PlanRequest) -> Answered | bool:
        """`add_plan`, or what the first request of this key came to. Raises OtherBody."""
        with self._writing() as connection:
            one_at_a_time(connection, ENROLLING)
            before = self.plan_request(request)
            if before is not None:
                return before
            if not self.add_plan(state, at):
                return False
            insert_new(
                connection,
                plan_requests,
                key_hmac=self._key_hmac(request),
                body_hmac=self._body_hmac(request),
                plan_id=state.plan_id,
                at=at,
            )
            return True

    def plan_request(self, request: PlanRequest) -> Answered | None:
        """What the first request of this key came to. Raises OtherBody."""
        key_hmac = self._key_hmac(request)
        with self._reading() as connection:
            query = select(plan_requests).where(plan_requests.c.key_hmac == key_hmac)
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            if row.body_hmac != self._body_hmac(request):
                raise OtherBody
            if row.sealed_answer is None:
                return Answered(row.plan_id, None)
            try:
                key = self._owner_of_plan(connection, row.plan_id).key
            except ClientErased:
                return Answered(row.plan_id, None)
            return Answered(row.plan_id, key.open(row.sealed_answer, _place(key_hmac)))

    def keep_answer(self, request: PlanRequest, plan_id: str, answer: str) -> None:
        """What was answered. The first answer stays. Raises ClientErased."""
        key_hmac = self._key_hmac(request)
        with self._writing() as connection:
            sealed = self._owner_of_plan(connection, plan_id).key.seal(answer, _place(key_hmac))
            connection.execute(
                update(plan_requests)
                .where(plan_requests.c.key_hmac == key_hmac, plan_requests.c.sealed_answer.is_(None))
                .values(sealed_answer=sealed)
            )

    def _key_hmac(self, request: PlanRequest) -> str:
        return self._hmac("plan-request", request.key)

    def _body_hmac(self, request: PlanRequest) -> str:
        return self._hmac("plan-request-body", request.body)


def _place(key_hmac: str) -> str:
    return f"plan_requests:{key_hmac}"
