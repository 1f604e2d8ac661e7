"""What the random weeks found, each told by itself."""

from datetime import date, datetime, timedelta

from domain.actions import SendMessage, SendOutcome
from domain.client import Consent
from domain.events import ClientReplied, PlanPaused
from domain.outgoing import UNREACHABLE
from domain.plan import Homework
from tests.domain.plan_builder import DAY, START, Played, a_client, a_plan, a_practice, a_state

MINUTE = timedelta(minutes=1)


def test_a_homework_reminder_of_unknown_fate_is_only_looked_for_once_the_plan_is_paused():
    asked: list[SendMessage] = []

    def outcome(message: SendMessage, now: datetime) -> SendOutcome | None:
        if message.kind != "homework":
            return None
        asked.append(message)
        return _outcome(message, now, "unclear") if len(asked) == 1 else _outcome(message, now, "dropped")

    plan = a_plan(homework=[Homework(what="Slow neck turns")])
    played = Played(a_state(plan, a_practice(homework_reminders=True)), outcome).until(START + DAY + MINUTE)
    paused_at = START + DAY + 2 * MINUTE
    played.take(PlanPaused(event_id="pause", occurred_at=paused_at), paused_at)
    played.until(START + DAY + 20 * MINUTE)
    assert [message.only_find for message in asked] == [False, True]


def test_the_confirmation_of_an_opt_out_by_text_never_becomes_a_mail():
    asked: list[tuple[str, str]] = []

    def outcome(message: SendMessage, now: datetime) -> SendOutcome | None:
        asked.append((message.template, message.channel))
        return _outcome(message, now, "refused") if message.about_opt_out else None

    both = [Consent(channel=channel, date=date(2026, 1, 1), source="intake form") for channel in ("sms", "email")]
    client = a_client(email="tina@example.com", consents=both)
    played = Played(a_state(a_plan(client=client)), outcome)
    played.take(ClientReplied(event_id="stop", occurred_at=START, channel="sms", text="stop texting me"), START)
    played.until(START + DAY)
    assert asked == [("welcome", "sms"), ("opt_out_confirmed", "sms")]


def _outcome(message: SendMessage, now: datetime, result: str) -> SendOutcome:
    return SendOutcome.model_validate(
        {
            "message_key": message.message_key,
            "touchpoint_key": message.touchpoint_key,
            "result": result,
            "at": now,
            "until": now + 10 * MINUTE if result == "unclear" else None,
            "because": UNREACHABLE if result == "refused" else "",
        }
    )
