"""A fake sender for plans that are lived through `decide` alone: it answers what it is told to, and keeps what came."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from domain.actions import SendMessage, SendOutcome
from domain.client import Client, Consent
from domain.events import DeliveryFailed
from domain.policy import Mail
from tests.domain.plan_builder import Played, a_client, a_practice

Result = Literal["accepted", "deferred", "dropped", "refused", "unknown", "unclear"]
Answer = Result | tuple[Result, str]
BAD_NUMBER = "the number or address does not work"
UNREACHABLE = "could not be reached"
TEN_MINUTES = timedelta(minutes=10)


class Post:
    """`answers` holds, for the end of a message key, what is said to it in turn; everything else is accepted."""

    def __init__(self, answers: Mapping[str, Sequence[Answer]] | None = None) -> None:
        self.came: list[tuple[datetime, SendMessage]] = []
        self.answers = {key: list(results) for key, results in (answers or {}).items()}

    def __call__(self, message: SendMessage, now: datetime) -> SendOutcome | None:
        self.came.append((now, message))
        waiting = next((left for end, left in self.answers.items() if left and message.message_key.endswith(end)), None)
        if waiting is None:
            return None  # as the workflow does: an accepted message is reported to nobody
        answer = waiting.pop(0)
        result, because = answer if isinstance(answer, tuple) else (answer, "")
        return an_outcome(message, now, result, because)

    def about(self, about: str = "") -> list[str]:
        """The message keys that came and hold `about`, without the plan's id, in their order."""
        return [m.message_key.removeprefix("plan-1:") for _, m in self.came if about in m.message_key]


def an_outcome(message: SendMessage, now: datetime, result: Result, because: str = "") -> SendOutcome:
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result=result,
        at=now,
        until=now + TEN_MINUTES if result in ("deferred", "unclear") else None,
        because=because,
    )


def fail(played: Played, key: str, cause: str = BAD_NUMBER, after: timedelta = timedelta(minutes=1)) -> Played:
    """A delivery report on the message of that key: it was given up."""
    at = played.now + after
    event = DeliveryFailed(event_id=f"f-{key}-{at}", occurred_at=at, message_key=f"plan-1:{key}", cause=cause)
    return played.take(event)


def a_client_with_both() -> Client:
    return a_client(
        email="tina@example.com",
        consents=[
            Consent(channel=channel, date=date(2026, 1, 1), source="intake form") for channel in ("sms", "email")
        ],
    )


def a_client_with_email() -> Client:
    consent = Consent(channel="email", date=date(2026, 1, 1), source="intake form")
    return a_client(email="tina@example.com", consents=[consent])


CALENDAR = a_practice(screening=False).model_copy(update={"email": Mail(signed_baa=True, calendar=True)})
