"""Senders and texts for the tests of where a reply goes."""

from datetime import timedelta
from typing import Any

from domain.client import Consent
from domain.incoming import Incoming, OpenPlan, Sender
from domain.state import Appointment, OpenQuestion, PlanState, new_state
from domain.touchpoint import QuestionKind
from tests.domain.plan_builder import DAY, HOUR, START, a_client, a_plan, a_practice

PHONE = "+12065550101"
MINUTE = timedelta(minutes=1)


def a_text(text: str, provider_id: str = "SM1", **how: Any) -> Incoming:
    fields: dict[str, Any] = {"channel": "sms", "from_address": PHONE, "at": START}
    return Incoming(provider_id=provider_id, text=text, **fields | how)


def a_mail(text: str, **how: Any) -> Incoming:
    return a_text(text, "<1@mail.example.com>", **{"channel": "email", "from_address": "tina@example.com"} | how)


def a_state_of(plan_id: str, name: str = "Anna Example", **client: Any) -> PlanState:
    return new_state(plan_id, a_plan(client=a_client(name=name, **client)), a_practice(), START)


def asked(state: PlanState, kind: QuestionKind, after: timedelta = timedelta(0), visit: str | None = None) -> PlanState:
    """The state with one more open question, about a visit a day later where one is named."""
    at = START + after
    if visit:
        state.appointments[visit] = Appointment(
            appointment_id=visit, starts_at=START + DAY + after, booked_at=START, as_of=START
        )
    state.questions.append(
        OpenQuestion(
            key=f"{kind}:{after}",
            kind=kind,
            asked_at=at,
            expires_at=at + 48 * HOUR,
            appointment_id=visit,
            appointment_version=1 if visit else None,
            goal_id="sleep" if kind == "benchmark_yes_no" else None,
        )
    )
    return state


def by_email_only() -> dict[str, Any]:
    """A client who has a phone but agreed to emails alone."""
    agreed = Consent(channel="email", date=START.date(), source="intake form")
    return {"email": "anna@example.com", "consents": [agreed]}


def from_(*plans: tuple[str, PlanState], **how: Any) -> Sender:
    """A sender whose plans are given as (client, state), the one last written to first."""
    return Sender(plans=[OpenPlan(client, state) for client, state in plans], **how)
