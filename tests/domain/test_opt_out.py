"""What an opt-out does to a plan: one confirmation at most, and staff who know that only a call reaches the client."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.acceptance import check_event
from domain.actions import SendMessage, SendOutcome
from domain.decide import decide
from domain.events import ClientReplied, ReplyUnclear, parse_outside_event
from domain.inbox_order import of_task
from domain.outgoing import OPTED_OUT
from domain.sms_segments import segments
from domain.wording import Wording
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_client, a_plan, a_state
from tests.domain.reply_builder import by_email_only

MINUTE = timedelta(minutes=1)


def a_played(**client: Any) -> Played:
    played = Played(a_state(a_plan(client=a_client(**client))))
    played.sent.clear()
    return played


def say(played: Played, text: str, nth: int = 1, **how: Any) -> Played:
    at = played.now + MINUTE
    event = ClientReplied(event_id=f"in-{nth}", occurred_at=at, channel=how.pop("channel", "sms"), text=text, **how)
    return played.take(event)


def confirmations(played: Played) -> list[SendMessage]:
    return [message for _, message in played.sent if message.template == "opt_out_confirmed"]


def test_an_opt_out_in_free_words_is_confirmed_once_within_five_minutes_at_any_hour() -> None:
    played = say(a_played(), "stop texting me")
    [message] = confirmations(played)
    assert (message.channel, message.any_hour, message.about_opt_out) == ("sms", True, True)
    assert message.expires_at - message.due_at == 5 * MINUTE
    assert [sent.template for _, sent in played.sent] == ["opt_out_confirmed"]
    assert played.state.opted_out == ["sms", "email"]


@pytest.mark.parametrize("how", [{"carrier_answered": True}, {"answered_elsewhere": True}, {"channel": "email"}])
def test_no_confirmation_where_somebody_has_answered_or_by_email(how: dict[str, Any]) -> None:
    played = say(a_played(), "stop texting me", **how)
    assert confirmations(played) == []
    assert played.state.opted_out == ["sms", "email"]


def test_a_repeated_opt_out_and_a_wrong_number_are_not_confirmed() -> None:
    played = say(say(a_played(), "stop texting me", 1, carrier_answered=True), "I said stop texting me", 2)
    assert confirmations(played) == []
    assert confirmations(say(a_played(), "wrong number")) == []


def test_an_opt_out_that_is_heard_late_is_confirmed_in_what_is_left_of_five_minutes_or_not_at_all() -> None:
    late = ClientReplied(event_id="in-1", occurred_at=START + MINUTE, channel="sms", text="stop texting me")
    [message] = confirmations(a_played().take(late, START + 4 * MINUTE))
    assert message.expires_at == START + 6 * MINUTE
    assert confirmations(a_played().take(late, START + 7 * MINUTE)) == []


def held_back(message: SendMessage, now: datetime) -> SendOutcome | None:
    """What our own records say of a message to somebody who has just opted out."""
    if message.about_opt_out or message.kind == "welcome":
        return None
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result="dropped",
        at=now,
        because=OPTED_OUT,
    )


def test_an_opt_out_is_confirmed_though_a_reminder_was_held_back_for_it_before_the_plan_heard_the_words() -> None:
    played = Played(a_state(a_plan(client=a_client())), held_back)
    played.book("v", START + 3 * DAY)
    played.until(START + 2 * DAY + 12 * HOUR)
    assert played.state.opted_out == ["sms", "email"]
    assert not any("carrier" in task.text for task in played.tasks)
    assert len(confirmations(say(played, "please stop texting me"))) == 1
    assert [key.partition(":")[2] for key in played.closed] == ["opted-out"]
    assert len(confirmations(say(played, "I said stop texting me", 2))) == 1


def test_an_opt_out_after_a_start_is_a_new_one() -> None:
    played = say(say(say(a_played(), "stop texting me", 1), "START", 2), "stop texting me", 3)
    assert len(confirmations(played)) == 2


def test_a_client_whose_plan_has_ended_gets_no_confirmation() -> None:
    played = a_played()
    played.state.ended = True
    assert confirmations(say(played, "stop texting me")) == []


def test_the_confirmation_is_one_segment_and_says_how_to_come_back() -> None:
    wording = Wording.load()
    facts: dict[str, Any] = {"practice": "P" * 40}
    english = wording.render("opt_out_confirmed", language="en", channel="sms", facts=facts, zone="UTC").text
    spanish = wording.render("opt_out_confirmed", language="es", channel="sms", facts=facts, zone="UTC").text
    assert english == f"{'P' * 40}: you won't get any more texts from us. Reply START to get them again."
    assert spanish == f"{'P' * 40}: ya no recibe nuestros mensajes. Responda START si quiere recibirlos de nuevo."
    assert segments(english) == segments(spanish) == 1


def test_start_brings_back_the_channel_that_it_came_on() -> None:
    played = say(say(a_played(), "STOP", 1, carrier_answered=True), "START", 2, carrier_answered=True)
    assert played.state.opted_out == ["email"]


def test_start_without_consent_on_file_is_a_task_of_the_desk() -> None:
    played = say(say(a_played(**by_email_only()), "STOP", 1), "START", 2)
    assert played.state.opted_out == ["sms", "email"]
    assert played.tasks[-1].text == (
        "The client wants messages again, but no consent for sms is on file: get it. "
        'The client wrote: "START" This client has opted out of messages: phone this client.'
    )


def test_the_carriers_word_counts_whatever_the_wording() -> None:
    played = say(a_played(), "basta ya de todo", carrier_said="STOP", carrier_answered=True)
    assert played.state.opted_out == ["sms", "email"]
    assert say(played, "ok otra vez", 2, carrier_said="START").state.opted_out == ["email"]


def test_help_is_not_answered_twice() -> None:
    assert say(a_played(), "HELP", carrier_answered=True).sent == []
    assert [message.template for _, message in say(a_played(), "HELP").sent] == ["help"]


@pytest.mark.parametrize(("booked", "which"), [(True, "a visit is booked"), (False, "no visit is booked")])
def test_a_bare_cancel_is_an_opt_out_and_the_desk_hears_that_it_may_mean_the_visit(booked: bool, which: str) -> None:
    played = a_played()
    if booked:
        played.book("v1", played.now + 3 * DAY)
    say(played, "Cancel", carrier_answered=True)
    assert played.state.opted_out == ["sms", "email"]
    assert played.tasks[-1].text == (
        'The client asked for no more messages: none go out. They wrote only "Cancel", which counts as an opt-out, '
        f"but they may have meant their visit ({which}): ask them. This client has opted out of messages: phone this "
        "client."
    )
    assert of_task(played.tasks[-1]) == "reply"


def test_staff_are_told_to_phone_a_client_who_opted_out_and_writes_again() -> None:
    played = say(say(a_played(), "STOP", 1, carrier_answered=True), "Can I bring my own oil?", 2)
    assert played.tasks[-1].text.endswith("This client has opted out of messages: phone this client.")
    say(played, "I have chest pain and can't breathe", 3)
    [page] = [asked.escalation for asked in played.escalations if asked.escalation.kind == "red_flag"]
    assert any("phone this client" in line for line in page.evidence)


def test_an_emergency_with_an_opt_out_gets_the_fixed_text_alone() -> None:
    played = say(a_played(), "I have chest pain and can't breathe. Stop texting me")
    assert [message.template for _, message in played.sent if message.audience == "client"] == ["emergency_911"]
    assert played.state.opted_out == ["sms", "email"]


def test_on_a_shared_phone_the_page_says_so_and_a_copy_sends_no_second_text() -> None:
    played = say(a_played(), "I have chest pain and can't breathe", shared=True, answered_elsewhere=True)
    assert [message for _, message in played.sent if message.audience == "client"] == []
    [page] = [asked.escalation for asked in played.escalations]
    assert "This phone is shared by several clients: find out who wrote." in page.evidence
    assert played.state.held


@pytest.mark.parametrize("kind", ["reply_unclear", "client_replied"])
def test_no_program_outside_may_speak_for_the_client(kind: str) -> None:
    body = {"type": kind, "event_id": "1", "occurred_at": "2026-03-02T17:00:00Z", "channel": "sms", "text": "C"}
    with pytest.raises(ValidationError):
        parse_outside_event(body | {"inbound_id": "x", "options": ["Anna", "Ben"]})


def test_a_question_back_for_a_plan_that_has_just_ended_is_taken_and_nothing_follows() -> None:
    played = a_played()
    played.state.ended = True
    event = ReplyUnclear(event_id="unclear-1", occurred_at=played.now, inbound_id="x", options=["Anna", "Ben"])
    check_event(played.state, event, played.now)
    assert played.take(event).sent == []


def test_a_question_back_goes_out_at_once_and_once() -> None:
    played = a_played()
    event = ReplyUnclear(event_id="unclear-1", occurred_at=played.now, inbound_id="x", options=["Anna", "Ben"])
    played.take(event).take(event)
    [(_, message)] = played.sent
    assert (message.template, message.category, message.any_hour) == ("which_one", "answer", True)
    assert (message.facts["options"], message.facts["numbers"]) == ("1) Anna or 2) Ben", "1 or 2")


def test_a_client_whose_plan_is_held_hears_at_once_that_their_opt_out_counts() -> None:
    state = a_state()
    state.held = True
    decision = decide(state, [ClientReplied(event_id="r1", occurred_at=START, channel="sms", text="stop")], START)
    sent = [action.template for action in decision.actions if isinstance(action, SendMessage)]
    assert sent == ["opt_out_confirmed"]


def test_a_start_takes_back_the_word_that_no_more_texts_come() -> None:
    state = a_state()
    words = [("r1", "stop"), ("r2", "START")]
    replies = [ClientReplied(event_id=key, occurred_at=START, channel="sms", text=text) for key, text in words]
    decision = decide(state, list(replies), START)
    sent = [action.template for action in decision.actions if isinstance(action, SendMessage)]
    assert "opt_out_confirmed" not in sent
