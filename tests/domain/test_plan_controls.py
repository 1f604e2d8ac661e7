"""A person skips what is coming up, or sends it now."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.acceptance import check_event
from domain.actions import SendMessage, SendOutcome
from domain.agenda import agenda
from domain.errors import EventRefused
from domain.events import (
    AppointmentCancelled,
    ClientReplied,
    ConversationTaken,
    PlanPaused,
    TouchpointHurried,
    TouchpointSkipped,
)
from domain.plan import Homework
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state

REMINDERS = ["reminder:v1:v1:259200", "reminder:v1:v1:86400", "reminder:v1:v1:7200"]


def booked(**follow_up: Any) -> Played:
    """A visit in ten days, with three reminders to come."""
    return Played(a_state(practice=a_practice(**follow_up))).book("v1", START + 10 * DAY)


def skip(played: Played, key: str, event_id: str = "s") -> Played:
    event = TouchpointSkipped(event_id=event_id, occurred_at=played.now, touchpoint=key, by="Robin")
    check_event(played.state, event, played.now)
    return played.take(event)


def hurry(played: Played, key: str) -> Played:
    event = TouchpointHurried(event_id=f"h-{key}-{played.now}", occurred_at=played.now, touchpoint=key, by="Robin")
    check_event(played.state, event, played.now)
    return played.take(event)


def owed(played: Played) -> list[str]:
    return [touchpoint.key for touchpoint in agenda(played.state)]


def reminders_sent(played: Played) -> list[str]:
    return [m.touchpoint_key for _, m in played.sent if m.kind == "reminder"]


def test_a_skipped_message_is_never_sent_and_the_story_says_who_took_it_off() -> None:
    played = booked()
    skip(played, REMINDERS[0])
    assert played.state.done[REMINDERS[0]] == "skipped"
    assert played.dropped() == ["Not sent: reminder. Robin skipped it"]
    played.until(START + 10 * DAY)
    assert reminders_sent(played) == REMINDERS[1:]


def test_a_skipped_reminder_of_a_series_makes_room_for_the_next() -> None:
    plan = a_plan(homework=[Homework(what="Neck turns", every=DAY)])
    played = Played(a_state(plan, a_practice(homework_reminders=True)))
    skip(played, "homework:0:1:1")
    assert "homework:0:1:2" in owed(played)
    played.until(START + 2 * DAY + HOUR)
    assert [at for at, message in played.sent if message.kind == "homework"] == [START + 2 * DAY]


def test_what_the_plan_does_not_owe_can_be_neither_skipped_nor_hurried() -> None:
    played = booked()
    words = "the plan doesn't owe 'reminder:v9:v1:7200' (any more); look at what is coming up"
    with pytest.raises(EventRefused) as refused:
        skip(played, "reminder:v9:v1:7200")
    assert str(refused.value) == words
    with pytest.raises(EventRefused):
        hurry(played, "welcome")  # it went already
    skip(played, REMINDERS[0])
    with pytest.raises(EventRefused):
        skip(played, REMINDERS[0], "again")


def put_off_once(template: str) -> Any:
    """An outcome that defers the first try of this template by a day."""
    tries: list[str] = []

    def outcome(message: SendMessage, now: datetime) -> SendOutcome | None:
        if message.template != template or tries:
            return None
        tries.append(message.message_key)
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result="deferred",
            at=now,
            until=now + timedelta(minutes=4),
            because="enough messages for now",
        )

    return outcome


@pytest.mark.parametrize(
    ("text", "template"), [("I have chest pain", "emergency_911"), ("stop texting me", "opt_out_confirmed")]
)
def test_safety_texts_and_the_word_on_an_opt_out_cannot_be_skipped(text: str, template: str) -> None:
    played = Played(a_state(), put_off_once(template))
    played.take(ClientReplied(event_id="r", occurred_at=played.now, channel="sms", text=text))
    key = next(touchpoint.key for touchpoint in agenda(played.state) if touchpoint.template == template)
    with pytest.raises(EventRefused) as refused:
        skip(played, key)
    assert str(refused.value) == "this message answers an emergency or an opt-out and can't be skipped"


def test_a_hurried_message_goes_now_and_not_a_second_time() -> None:
    played = booked()
    hurry(played, REMINDERS[2])
    assert played.sent[-1][0] == START
    assert reminders_sent(played) == [REMINDERS[2]]
    played.until(START + 10 * DAY)
    assert sorted(reminders_sent(played)) == sorted(REMINDERS)


def test_a_hurried_message_still_waits_for_the_hours_in_which_we_write() -> None:
    played = booked(send_window={"opens": "09:00", "closes": "20:00"})
    played.until(START + 15 * HOUR)  # midnight in Los Angeles
    hurry(played, REMINDERS[0])
    assert reminders_sent(played) == []
    played.until(START + DAY)
    assert [at for at, message in played.sent if message.kind == "reminder"] == [START + DAY]


def test_a_hurried_message_that_a_cap_put_off_goes_when_the_cap_allows_and_not_only_when_it_is_due() -> None:
    played = Played(a_state(), put_off_once("reminder")).book("v1", START + 10 * DAY)
    hurry(played, REMINDERS[0])
    assert reminders_sent(played) == []
    played.until(START + HOUR)
    assert [at for at, message in played.sent if message.kind == "reminder"] == [START + timedelta(minutes=4)]


def test_a_hurried_message_carries_the_plans_caps() -> None:
    plan = a_plan(homework=[Homework(what="Neck turns", every=DAY)])
    played = Played(a_state(plan, a_practice(homework_reminders=True, caps={"per_day": 1})))
    hurry(played, "homework:0:1:1")
    message = played.sent[-1][1]
    assert (message.kind, message.category) == ("homework", "care")
    assert message.caps is not None
    assert message.caps.per_day == 1


def test_a_hurried_message_of_a_series_does_not_come_twice() -> None:
    plan = a_plan(homework=[Homework(what="Neck turns", every=DAY)])
    played = Played(a_state(plan, a_practice(homework_reminders=True)))
    hurry(played.until(START + HOUR), "homework:0:1:1")
    played.until(START + 2 * DAY + HOUR)
    sent = [(at, m.touchpoint_key) for at, m in played.sent if m.kind == "homework"]
    assert sent == [(START + HOUR, "homework:0:1:1"), (START + 2 * DAY, "homework:0:1:2")]


def test_a_client_who_opted_out_gets_nothing_however_it_is_hurried() -> None:
    played = booked().reply("STOP")
    before = len(played.sent)
    hurry(played, REMINDERS[0])
    assert len(played.sent) == before
    assert "Not sent: reminder. the client opted out" in played.dropped()


def test_a_hurried_message_about_a_visit_that_was_cancelled_is_not_sent() -> None:
    played = booked()
    event = TouchpointHurried(event_id="h", occurred_at=played.now, touchpoint=REMINDERS[0], by="Robin")
    check_event(played.state, event, played.now)
    played.take(AppointmentCancelled(event_id="c", occurred_at=played.now, appointment_id="v1"))
    before = len(played.sent)
    played.take(event)
    assert len(played.sent) == before
    assert played.state.journal[-1].text == "Robin wanted a message sent now that was no longer to come."


def test_a_paused_plan_owes_nothing_that_could_be_hurried() -> None:
    played = booked()
    played.take(PlanPaused(event_id="p", occurred_at=played.now))
    with pytest.raises(EventRefused):
        hurry(played, REMINDERS[0])


def test_the_front_desks_questions_come_when_they_are_true() -> None:
    played = booked()
    with pytest.raises(EventRefused) as refused:
        hurry(played, "outcome:v1:v1")
    assert str(refused.value) == "this is no message to the client; it comes by itself when it is due"


def test_who_is_in_the_conversation_may_still_send_a_message_now() -> None:
    played = booked()
    played.take(ConversationTaken(event_id="t", occurred_at=played.now, by="Robin"))
    hurry(played, REMINDERS[0])
    assert reminders_sent(played) == [REMINDERS[0]]
