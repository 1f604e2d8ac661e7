"""A person writes to the client: their words go as they are, and the robot keeps quiet meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from domain.acceptance import check_event
from domain.actions import SendMessage, SendOutcome
from domain.conversation import IN_CONVERSATION, is_taken
from domain.errors import EventRefused
from domain.events import (
    ClientReplied,
    ConversationReleased,
    ConversationTaken,
    PlanEnded,
    PlanPaused,
    ReplyUnclear,
    StaffWrote,
)
from domain.wording import Wording
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_client, a_plan, a_practice, a_state
from web.views import coming_up

MINUTE = timedelta(minutes=1)
NIGHT = START + 14 * HOUR  # 23:00 in Los Angeles
BOTH_WAYS: dict[str, Any] = {
    "email": "tina@example.com",
    "consents": [
        {"channel": "sms", "date": "2026-01-01", "source": "intake form"},
        {"channel": "email", "date": "2026-01-01", "source": "intake form"},
    ],
}


def a_day_in() -> Played:
    """A plan with a visit in three days, a day after its start: the reminder of two hours before is still to come."""
    played = Played(a_state()).until(START + DAY)
    return played.book("v1", START + 4 * DAY)


def takes(played: Played, by: str = "Robin") -> Played:
    return played.take(ConversationTaken(event_id=f"take-{played.now}", occurred_at=played.now, by=by))


def releases(played: Played, by: str = "Robin") -> Played:
    return played.take(ConversationReleased(event_id=f"leave-{played.now}", occurred_at=played.now, by=by))


def writes(played: Played, text: str = "Your forms are here.", **other: Any) -> Played:
    event = {"event_id": f"w-{played.now}", "occurred_at": played.now, "text": text, "by": "Robin"}
    return played.take(StaffWrote.model_validate(event | other))


def refusal(played: Played, **other: Any) -> str:
    event = {"event_id": "w", "occurred_at": played.now, "text": "Hello", "by": "Robin"}
    with pytest.raises(EventRefused) as refused:
        check_event(played.state, StaffWrote.model_validate(event | other), played.now)
    return str(refused.value)


def sent_since(played: Played, at: Any) -> list[tuple[str, str]]:
    return [(message.template, message.channel) for when, message in played.sent if when >= at]


def test_a_person_writes_at_night_and_the_words_go_at_once_by_the_preferred_channel() -> None:
    practice = a_practice(send_window={"opens": "09:00", "closes": "20:00"})
    played = Played(a_state(practice=practice)).until(NIGHT)
    writes(played, "Your forms are here.")
    assert sent_since(played, NIGHT) == [("staff_message", "sms")]
    message = played.sent[-1][1]
    assert (message.because, message.category, message.any_hour) == ("Robin wrote", "answer", True)
    assert message.facts["words"] == "Your forms are here."


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_stand_as_they_are_behind_the_practices_name(language: Any) -> None:
    said = Wording.load().render(
        "staff_message",
        language=language,
        channel="sms",
        facts={"practice": "Cedar Hill", "words": "Dr. Lee says STOP the ice packs; call 206-555-0100"},
        zone="America/Los_Angeles",
    )
    assert said.text == "Cedar Hill: Dr. Lee says STOP the ice packs; call 206-555-0100"


def test_the_longest_words_take_four_segments() -> None:
    facts: Any = {"practice": "x" * 40, "words": "y" * 480}
    said = Wording.load().render("staff_message", language="en", channel="sms", facts=facts, zone="America/Los_Angeles")
    assert len(said.text) == 522
    assert Wording.segments(said.text) == 4


def test_a_person_may_choose_mail_and_a_failed_text_of_theirs_goes_by_mail() -> None:
    def fails_by_text(message: SendMessage, now: Any) -> SendOutcome | None:
        if message.template != "staff_message" or message.channel == "email":
            return None
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result="refused",
            at=now,
            because="no such number",
        )

    plan = a_plan(client=a_client(**BOTH_WAYS))
    played = Played(a_state(plan), fails_by_text)
    writes(played, channel="email")
    assert sent_since(played, START)[-1] == ("staff_message", "email")
    played.until(START + HOUR)
    writes(played, channel="sms")
    assert [task.kind for task in played.tasks] == ["undeliverable"]  # they chose texts, so it isn't sent another way
    played.until(START + 2 * HOUR)
    writes(played)
    assert sent_since(played, START + 2 * HOUR) == [("staff_message", "email")]


def test_nobody_writes_to_a_client_who_opted_out() -> None:
    played = a_day_in().reply("STOP")
    assert refusal(played) == "this client opted out; phone them"


def test_nobody_writes_by_a_channel_without_consent() -> None:
    assert refusal(a_day_in(), channel="email") == "this client can't be written to by email; choose sms, or phone them"


def test_words_that_no_text_can_carry_are_refused() -> None:
    assert refusal(a_day_in(), text="\U0001f600 ") == "text holds no words that a text message can carry; write some"


def test_words_that_an_opt_out_overtakes_are_given_back_to_a_person() -> None:
    def opted_out(message: SendMessage, now: Any) -> SendOutcome | None:
        if message.template != "staff_message":
            return None
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result="dropped",
            at=now,
            because="opted out",
        )

    played = writes(Played(a_state(), opted_out))
    assert "undeliverable" in [task.kind for task in played.tasks]


def test_words_go_while_the_plan_is_paused_or_on_hold_and_even_if_it_ends_meanwhile() -> None:
    played = a_day_in()
    played.take(PlanPaused(event_id="p", occurred_at=played.now))
    writes(played)
    assert sent_since(played, played.now)[-1] == ("staff_message", "sms")
    played = a_day_in().reply("I have chest pain")
    assert played.state.status == "held"
    writes(played)
    assert sent_since(played, played.now)[-1] == ("staff_message", "sms")

    late = iter([True])

    def once_late(message: SendMessage, now: Any) -> SendOutcome | None:
        if message.template != "staff_message" or not next(late, False):
            return None
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result="deferred",
            at=now,
            until=now + HOUR,
        )

    played = writes(Played(a_state(), once_late))
    played.take(PlanEnded(event_id="e", occurred_at=played.now + MINUTE))
    played.until(START + 2 * HOUR)
    assert ("staff_message", "sms") in sent_since(played, START)


def test_automatic_messages_wait_for_the_person_and_go_when_nobody_writes_any_more() -> None:
    played = a_day_in()
    reminder = START + 4 * DAY - 2 * HOUR
    played.until(reminder - MINUTE)
    takes(played)
    played.until(reminder)
    assert "reminder" not in [template for template, _ in sent_since(played, reminder - HOUR)]
    waiting = next(owed for owed in coming_up(played.state) if owed.key.startswith("reminder:"))
    assert (waiting.waits_because, waiting.waits_until) == (IN_CONVERSATION, played.state.conversation_until)
    played.until(reminder - MINUTE + 2 * HOUR)
    assert sent_since(played, reminder)[0][0] == "reminder"
    assert not is_taken(played.state, played.now)


def test_each_word_of_theirs_and_of_the_client_begins_the_wait_anew() -> None:
    played = takes(a_day_in())
    began = played.now
    played.reply("I'll bring the forms", after=HOUR)
    assert played.state.conversation_until == began + 3 * HOUR
    played.until(began + 2 * HOUR)
    writes(played)
    assert played.state.conversation_until == began + 4 * HOUR


def test_a_practice_says_how_long_it_waits() -> None:
    played = takes(Played(a_state(practice=a_practice(conversation_hold="PT30M"))))
    assert played.state.conversation_until == START + timedelta(minutes=30)


def test_a_reply_after_the_conversation_is_answered_by_the_robot_again() -> None:
    played = takes(a_day_in()).until(START + DAY + 3 * HOUR)
    played.reply("R")
    assert played.state.conversation_by is None
    assert sent_since(played, played.now) == [("ack_reschedule", "sms")]


def test_what_waits_goes_as_soon_as_the_person_leaves() -> None:
    played = a_day_in()
    reminder = START + 4 * DAY - 2 * HOUR
    takes(played.until(reminder - MINUTE)).until(reminder)
    releases(played.until(reminder + 10 * MINUTE))
    assert sent_since(played, reminder + 10 * MINUTE)[0][0] == "reminder"
    assert played.state.waits == {}


def test_what_lost_its_use_meanwhile_is_dropped_with_its_reason() -> None:
    played = a_day_in()
    reminder = START + 4 * DAY - 2 * HOUR
    takes(played.until(reminder - MINUTE))
    for hours in (1, 2):  # the conversation lasts until the visit has begun
        played.until(reminder - MINUTE + hours * HOUR)
        writes(played)
    played.until(START + 4 * DAY + HOUR)
    assert "Not sent: reminder. it was no longer useful by the time it could go" in played.dropped()


def test_health_questions_that_would_wait_too_long_are_asked_by_a_person() -> None:
    played = takes(Played(a_state(practice=a_practice(screening_before="PT3H"))))
    played.book("v1", START + 4 * HOUR)  # the question is due in an hour, and the visit begins three hours later
    played.until(START + HOUR + 30 * MINUTE)
    assert played.tasks == []
    writes(played)
    writes(played.until(START + 3 * HOUR))
    played.until(START + 4 * HOUR - MINUTE)
    assert [task.kind for task in played.tasks] == ["unanswered"]
    assert "screening" not in played.templates()


def test_the_robot_says_nothing_to_the_client_and_the_person_gets_every_reply() -> None:
    played = takes(a_day_in())
    for number, text in enumerate(["R", "running late", "thanks", "help", "a 6", "where do I park?"]):
        played.reply(text)
        assert len(played.tasks) == number + 1, text
        assert played.tasks[-1].kind == "reply"
        assert text in played.tasks[-1].text
    assert sent_since(played, START + DAY + MINUTE) == []
    releases(played)
    assert "ack" not in " ".join(played.templates())


def test_plain_answers_are_still_noted() -> None:
    played = a_day_in().until(START + 3 * DAY)
    assert [question.kind for question in played.state.questions][:1] == ["confirm_appointment"]
    takes(played)
    before = len(played.sent)
    played.reply("C")
    assert played.state.appointments["v1"].confirmed
    assert [task.kind for task in played.tasks] == ["reply"]
    releases(played)
    assert len(played.sent) == before


def test_news_before_a_visit_still_holds_it() -> None:
    played = a_day_in().until(START + 3 * DAY + HOUR)
    assert "screening_yes_no" in [question.kind for question in played.state.questions]
    takes(played)
    before = len(played.sent)
    played.reply("yes")
    assert played.state.appointments["v1"].held
    assert played.open_questions() == ["screening"]
    assert len(played.sent) == before


def test_a_low_rating_still_tells_the_therapist_and_nobody_else() -> None:
    played = Played(a_state(practice=a_practice(rebook=False))).session().until(START + 3 * DAY + 2 * HOUR)
    assert [question.kind for question in played.state.questions] == ["feedback_1_5"]
    before = takes(played).now
    played.reply("1")
    assert [(m.template, m.audience) for when, m in played.sent if when > before] == [
        ("notice_low_feedback", "therapist")
    ]


def test_opt_outs_act_as_always() -> None:
    played = takes(a_day_in())
    played.take(ClientReplied(event_id="s", occurred_at=played.now + MINUTE, channel="sms", text="stop texting me"))
    assert played.state.opted_out == ["sms", "email"]
    assert sent_since(played, played.now) == [("opt_out_confirmed", "sms")]
    played.reply("START")
    assert played.state.opted_out == ["email"]


def test_an_emergency_acts_as_always() -> None:
    played = takes(a_day_in()).reply("I have chest pain")
    assert sent_since(played, played.now) == [("emergency_911", "sms")]
    assert played.state.status == "held"
    assert played.open_questions() == ["red_flag"]


def test_a_wrong_number_acts_as_always() -> None:
    played = takes(a_day_in()).reply("wrong number")
    assert played.state.opted_out == ["sms", "email"]
    assert [task.kind for task in played.tasks] == ["wrong_number"]


def test_the_client_is_not_asked_which_plan_they_mean_by_the_robot() -> None:
    played = takes(a_day_in())
    before = len(played.sent)
    played.take(ReplyUnclear(event_id="u", occurred_at=played.now, inbound_id="i", options=["neck", "back"]))
    assert len(played.sent) == before
    assert [task.kind for task in played.tasks] == ["reply"]


def test_words_to_staff_go_on() -> None:
    played = Played(a_state(practice=a_practice(screening=False, conversation_hold="P3D"))).until(START + DAY)
    played.book("v1", START + DAY + 3 * HOUR)
    takes(played).until(START + 3 * DAY)
    assert "reminder" not in played.templates()
    assert [task.kind for task in played.tasks] == ["visit_outcome"]


def test_two_people_in_one_conversation_are_both_in_the_story() -> None:
    played = takes(takes(a_day_in()), by="Maya")
    assert played.state.conversation_by == "Maya"
    releases(played, by="Maya")
    lines = [line.text for line in played.state.journal if "conversation" in line.text]
    assert lines == [
        "Robin is in the conversation: automatic messages wait.",
        "Maya is in the conversation: automatic messages wait.",
        "Maya left the conversation: automatic messages go again.",
    ]
