"""When a client's word allows us to write, and what a word that was told to a person does to a plan."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from domain.acceptance import check_event
from domain.actions import SendOutcome
from domain.client import Channel, Consent
from domain.errors import EventRefused
from domain.events import (
    AppointmentBooked,
    AppointmentMoved,
    CoverageVerified,
    PlanPaused,
    PlanResumed,
    parse_outside_event,
)
from domain.plan_file import read_plan
from domain.preview import preview
from domain.staff_events import ConsentWithdrawn, StaffWrote
from domain.wording import Wording
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_client, a_plan, a_practice, a_state

TODAY = START.date()
CASE = Path(__file__).parents[3] / "shared" / "cases" / "bugs" / "sim-consent-same-day.yaml"


def word(day: date, *, given: bool = True, channel: Channel = "sms") -> Consent:
    return Consent(channel=channel, given=given, date=day, source="intake form")


def consented(*words: Consent, on: date = TODAY) -> bool:
    return a_client(consents=list(words)).consented("sms", on)


YES, NO = word(TODAY), word(TODAY, given=False)


@pytest.mark.parametrize("words", [(YES, NO), (NO, YES), (YES, NO, YES)])
def test_of_a_consent_and_a_withdrawal_of_one_day_the_withdrawal_counts(words: tuple[Consent, ...]) -> None:
    assert not consented(*words)


def test_a_consent_of_a_later_day_counts_again() -> None:
    assert consented(NO, word(TODAY + DAY), on=TODAY + DAY)


def test_a_consent_that_is_dated_ahead_is_none_until_its_day() -> None:
    ahead = word(TODAY + 2 * DAY)
    assert [consented(ahead, on=TODAY + n * DAY) for n in range(4)] == [False, False, True, True]


def test_a_withdrawal_counts_from_when_it_was_written_down_whatever_its_date() -> None:
    assert not consented(YES, word(TODAY + 365 * DAY, given=False))


def test_nothing_is_sent_on_a_consent_that_has_not_begun_and_what_is_useful_then_is() -> None:
    ahead = a_client(consents=[word(TODAY + 3 * DAY)])
    played = Played(a_state(a_plan(client=ahead), a_practice(screening=False)))
    assert played.sent == []
    played.book("v1", START + 5 * DAY).until(START + 6 * DAY)
    assert {message.kind for _, message in played.sent} >= {"reminder"}
    assert all(at >= START + 2 * DAY for at, _ in played.sent)
    with pytest.raises(EventRefused, match="has not begun"):
        check_event(a_state(a_plan(client=ahead)), _words(), START)


def _words() -> StaffWrote:
    return StaffWrote(event_id="w", occurred_at=START, text="Hello", by="Robin")


@pytest.mark.skipif(not CASE.exists(), reason="the shared cases are not there")
def test_a_preview_shows_no_text_to_a_client_who_took_the_consent_back_the_same_day() -> None:
    file = read_plan(CASE.read_text("utf-8"), CASE.name)
    shown = preview(file, a_practice(), Wording.load(), datetime(2026, 10, 1, tzinfo=UTC))
    assert {message["channel"] for message in shown.messages} == {"email"}


def withdrawn(channel: Literal["all", "sms", "email"] = "all", **other: Any) -> ConsentWithdrawn:
    fields: dict[str, Any] = {"event_id": "c1", "occurred_at": START + HOUR, "by": "Robin", "channel": channel}
    return ConsentWithdrawn(**(fields | other))


def by_both(**other: Any) -> Played:
    both = [word(TODAY), word(TODAY, channel="email")]
    client = a_client(consents=both, email="tina@example.com")
    return Played(a_state(a_plan(client=client), a_practice(screening=False)), **other)


def test_a_spoken_opt_out_of_everything_ends_all_messages_and_no_text_confirms_it() -> None:
    played = by_both().take(withdrawn(said="leave me alone"))
    before = len(played.sent)
    played.book("v1", START + 5 * DAY).until(START + 6 * DAY)
    assert len(played.sent) == before
    assert played.state.opted_out == ["sms", "email"]
    [line] = [line for line in played.state.journal if "noted" in line.text]
    assert (line.text, line.because) == (
        "Robin noted: the client wants no more messages.",
        'the client said so: "leave me alone"',
    )


@pytest.mark.parametrize(("channel", "left"), [("sms", "email"), ("email", "sms")])
def test_a_spoken_opt_out_of_one_channel_leaves_the_other(channel: Literal["sms", "email"], left: str) -> None:
    played = by_both().take(withdrawn(channel))
    before = len(played.sent)
    played.book("v1", START + 5 * DAY).until(START + 6 * DAY)
    assert {message.channel for _, message in played.sent[before:]} == {left}


def test_staff_are_sent_to_the_phone_only_where_no_way_to_write_is_left() -> None:
    played = by_both().take(withdrawn("sms")).reply("where do I park?")
    assert "phone this client" not in played.tasks[-1].text
    played.take(withdrawn("email", event_id="c2", occurred_at=played.now + HOUR)).reply("and where is it?")
    assert "phone this client" in played.tasks[-1].text


def test_the_carriers_word_after_an_opt_out_of_mails_still_stops_the_texts() -> None:
    def opted_out(message: Any, now: datetime) -> SendOutcome | None:
        if message.channel != "sms":
            return None
        names = {"message_key": message.message_key, "touchpoint_key": message.touchpoint_key}
        return SendOutcome(result="dropped", at=now, because="opted out", **names)

    played = by_both().take(withdrawn("email"))
    played._outcome = opted_out  # pyright: ignore[reportPrivateUsage]
    played.book("v1", START + 5 * DAY).until(START + 5 * DAY)
    assert played.state.opted_out == ["sms", "email"]


def test_it_is_taken_after_the_end_too_and_nothing_follows_from_it_twice() -> None:
    played = Played(a_state().model_copy(update={"ended": True})).take(withdrawn())
    assert played.state.opted_out == ["sms", "email"]
    check_event(played.state, withdrawn(), START)


def test_other_programs_may_report_it() -> None:
    body = json.loads(withdrawn().model_dump_json())
    assert parse_outside_event(body) == withdrawn()


def test_a_word_that_a_clock_ahead_has_dated_does_not_outlast_the_one_that_follows_it() -> None:
    played = Played(a_state())
    played.take(PlanPaused(event_id="p", occurred_at=START + 2 * HOUR), START + HOUR)
    played.take(PlanResumed(event_id="r", occurred_at=START + HOUR + timedelta(minutes=5)))
    assert not played.state.paused


def test_a_clock_that_is_seconds_ahead_keeps_the_order_of_its_words() -> None:
    soon, before = START + timedelta(seconds=3), START + timedelta(seconds=2)
    moved = AppointmentMoved(event_id="m", occurred_at=soon, appointment_id="v", starts_at=START + 2 * DAY)
    booked = AppointmentBooked(event_id="b", occurred_at=before, appointment_id="v", starts_at=START + 5 * DAY)
    played = Played(a_state()).take(moved, START).take(booked, START + timedelta(seconds=1))
    assert played.state.appointments["v"].starts_at == START + 2 * DAY


def test_coverage_that_was_verified_tomorrow_was_not_verified() -> None:
    event = CoverageVerified(event_id="v", occurred_at=START, on=TODAY + 2 * DAY)
    with pytest.raises(EventRefused, match="future"):
        check_event(a_state(), event, START)
