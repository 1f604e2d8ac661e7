"""What pages show: a plan's timeline and the threads of the local phone."""

from records_builder import (
    NOON,
    THERAPIST_PHONE,
    TINA_PHONE,
    a_client,
    a_journal_line,
    a_message,
    a_state,
    enrolled,
    minutes,
    sent,
)

from records.database import Records
from records.views import PhoneThread
from tests.saving import save_view


def _thread(records: Records, name: str, channel: str = "sms") -> PhoneThread:
    return next(one for one in records.phone_threads() if (one.name, one.channel) == (name, channel))


def test_the_timeline_tells_the_story_in_order_of_time(records: Records) -> None:
    enrolled(records)
    records.add_inbound("SM1", "sms", TINA_PHONE, "yes!", NOON + minutes(2), "tina-1")
    sent(records, a_message("1", text="Welcome"), NOON)
    sent(records, a_message("2", text="Great", kind="notice", category="answer"), NOON + minutes(2))
    save_view(records, a_state(revision=1, journal=[a_journal_line(1, at=NOON + minutes(1), text="Booked")]), None)
    save_view(records, a_state(revision=2, journal=[a_journal_line(2, at=NOON + minutes(2), text="Judged")]), None)
    told = [(line.text, line.direction, line.kind, line.channel, line.to) for line in records.timeline("tina-1")]
    assert told == [
        ("Welcome", "out", "welcome", "sms", "client"),
        ("Booked", "none", "event", "none", ""),
        ("yes!", "in", "reply", "sms", ""),
        ("Judged", "none", "event", "none", ""),
        ("Great", "out", "notice", "sms", "client"),
    ]


def test_a_line_says_why_and_how_far_the_message_is(records: Records) -> None:
    enrolled(records)
    records.delivery(sent(records, a_message(), NOON), "delivered", NOON)
    [line] = records.timeline("tina-1")
    assert (line.because, line.status, line.at) == ("the plan has started", "delivered", NOON)


def test_messages_that_wait_or_were_dropped_are_no_lines(records: Records) -> None:
    enrolled(records)
    records.intend(a_message("waits"), NOON)
    records.settle_message(records.intend(a_message("dropped"), NOON).message_id, "dropped", NOON)
    records.settle_message(records.intend(a_message("refused", text="No"), NOON).message_id, "refused", NOON)
    assert [(line.text, line.status) for line in records.timeline("tina-1")] == [("No", "refused")]


def test_a_story_holds_its_own_plan_only(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    sent(records, a_message(plan_id="tina-2"), NOON)
    assert records.timeline("tina-1") == []


def test_a_thread_shows_both_sides_with_the_oldest_first(records: Records) -> None:
    enrolled(records)
    sent(records, a_message(text="Welcome"), NOON)
    records.add_inbound("SM1", "sms", TINA_PHONE, "thanks", NOON + minutes(1), "tina-1")
    records.intend(a_message("later", text="not yet"), NOON)
    thread = _thread(records, "Tina Wexford")
    assert (thread.role, thread.address_hint, thread.last_at) == ("client", "…0101", NOON + minutes(1))
    assert [(one.direction, one.text, one.kind) for one in thread.messages] == [
        ("out", "Welcome", "welcome"),
        ("in", "thanks", "reply"),
    ]


def test_an_email_shows_its_subject_and_only_hints_at_the_address(records: Records) -> None:
    enrolled(records)
    email = a_message(channel="email", address="tina@example.com", subject="You have a message")
    sent(records, email, NOON)
    thread = _thread(records, "Tina Wexford", "email")
    assert thread.address_hint == "t…@example.com"
    assert [one.subject for one in thread.messages] == ["You have a message"]


def test_clients_are_on_the_phone_from_enrolment_and_staff_once_written_to(records: Records) -> None:
    enrolled(records)
    assert {(one.name, one.channel) for one in records.phone_threads()} == {
        ("Tina Wexford", "sms"),
        ("Tina Wexford", "email"),
    }
    message = a_message("ask", audience="therapist", to="therapist", address=THERAPIST_PHONE, text="What now?")
    sent(records, message, NOON + minutes(1))
    newest = records.phone_threads()[0]
    assert (newest.name, newest.role, newest.messages[0].text) == ("Rosa Bergman", "staff", "What now?")


def test_one_therapist_of_two_clients_has_one_thread(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tom-1", client=a_client(name="Tom Marsh", phone="+12065550102", email=None))
    for plan_id in ("tina-1", "tom-1"):
        message = a_message(plan_id, plan_id=plan_id, audience="therapist", address=THERAPIST_PHONE)
        sent(records, message, NOON)
    assert len(_thread(records, "Rosa Bergman").messages) == 2


def test_people_who_share_a_phone_have_a_thread_each(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    sent(records, a_message(plan_id="tom-1", text="Hi Tom"), NOON)
    records.add_inbound("SM1", "sms", TINA_PHONE, "Tom here", NOON, "tom-1")
    assert [one.text for one in _thread(records, "Tom Wexford").messages] == ["Hi Tom", "Tom here"]
    assert _thread(records, "Tina Wexford").messages == []


def test_what_named_no_plan_still_shows_on_its_senders_thread(records: Records) -> None:
    enrolled(records)
    records.add_inbound("SM1", "sms", "206 555 0101", "anyone there?", NOON, None)
    assert [one.text for one in _thread(records, "Tina Wexford").messages] == ["anyone there?"]


def test_a_thread_knows_the_address_to_reply_from(records: Records) -> None:
    enrolled(records)
    thread = _thread(records, "Tina Wexford")
    assert records.thread_address(thread.thread_id) == ("sms", TINA_PHONE)
    assert records.thread_address("nobody") is None
    assert "0101" not in thread.thread_id
