"""The checks in the transaction that begins a send: nothing can slip in between them and the send."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from records_builder import (
    NOON,
    TINA_EMAIL,
    TINA_PHONE,
    a_booking,
    a_message,
    a_task,
    all_at_once,
    enrolled,
    minutes,
    sent,
)

from domain.policy import Caps
from domain.send_window import cap_until
from records.database import Records
from records.last_checks import Begun, LastChecks
from records.views import MessageRow

ZONE = "America/Los_Angeles"
TOMORROW = datetime.fromisoformat("2026-03-03T00:00-08:00")
DAYS = timedelta(days=8)
SECOND = timedelta(seconds=1)


def _capped(caps: Caps, at: datetime = NOON) -> LastChecks:
    return LastChecks(capped_until=lambda sent_at: cap_until(at, sent_at, caps, ZONE), cap_memory=DAYS)


def _care_message(records: Records, key: str, plan_id: str = "tina-1") -> str:
    return records.intend(a_message(key, plan_id=plan_id), NOON).message_id


def _row(records: Records, message_id: str) -> MessageRow:
    row = records.message(message_id)
    assert row is not None
    return row


def _racing(records: Records, caps: Caps) -> list[Callable[[], Begun]]:
    """Eight messages of two plans of one client, each about to begin."""
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    ids = [_care_message(records, f"{n}", f"tina-{n % 2 + 1}") for n in range(8)]
    return [partial(records.begin_send, message_id, NOON, _capped(caps)) for message_id in ids]


@pytest.mark.parametrize(("caps", "go"), [(Caps(per_day=1), 1), (Caps(per_day=3, per_week=None), 3)])
def test_two_plans_that_race_from_eight_threads_stay_under_the_cap_of_their_client(
    records: Records, caps: Caps, go: int
) -> None:
    begun = all_at_once(_racing(records, caps))
    assert sorted(one.obstacle or "" for one in begun) == go * [""] + (8 - go) * ["cap"]
    assert {one.until for one in begun if one.obstacle} == {TOMORROW}
    assert len(records.care_messages_sent_since("tina-1", TINA_PHONE, NOON)) == go


def test_attempts_at_one_message_never_take_each_other_for_a_full_cap(records: Records) -> None:
    enrolled(records)
    message_id = _care_message(records, "first")
    begun = all_at_once([partial(records.begin_send, message_id, NOON, _capped(Caps()))] * 8)
    assert sorted(one.obstacle or "" for one in begun) == ["", *7 * ["another attempt"]]


def test_a_full_cap_leaves_the_message_an_intent(records: Records) -> None:
    enrolled(records)
    sent(records, a_message("first"), NOON)
    second = _care_message(records, "second")
    assert records.begin_send(second, NOON + minutes(1), _capped(Caps())) == Begun("cap", until=TOMORROW)
    assert _row(records, second).status == "intended"


def test_a_refused_send_gives_its_place_under_the_cap_back(records: Records) -> None:
    enrolled(records)
    first, second = _care_message(records, "first"), _care_message(records, "second")
    records.begin_send(first, NOON)
    records.settle_message(first, "refused", NOON)
    assert records.begin_send(second, NOON, _capped(Caps())) == Begun()


def test_a_stop_that_was_committed_wins_over_a_send_that_is_about_to_begin(records: Records) -> None:
    enrolled(records)
    message_id = _care_message(records, "first")
    records.suppress("sms", TINA_PHONE, NOON, "STOP", "reply")
    assert records.begin_send(message_id, NOON, LastChecks(channel="sms")) == Begun("opted out")
    assert _row(records, message_id).status == "intended"


def test_a_stop_on_one_channel_leaves_the_other_and_a_new_consent_lifts_it(records: Records) -> None:
    enrolled(records)
    records.suppress("email", TINA_EMAIL, NOON, "unsubscribe", "link")
    assert records.begin_send(_care_message(records, "text"), NOON, LastChecks(channel="sms")) == Begun()
    mail = records.intend(a_message("mail", channel="email", address=TINA_EMAIL), NOON).message_id
    assert records.begin_send(mail, NOON, LastChecks(channel="email")) == Begun("opted out")
    records.lift_suppression("email", TINA_EMAIL, NOON + minutes(1), "please write again")
    assert records.begin_send(mail, NOON + minutes(1), LastChecks(channel="email")) == Begun()


def test_a_stop_that_races_with_eight_sends_lets_none_begin_after_it(records: Records) -> None:
    enrolled(records)
    ids = [_care_message(records, f"{n}") for n in range(4)]
    stopped: list[bool] = []

    def stop() -> Begun:
        records.suppress("sms", TINA_PHONE, NOON, "STOP", "reply")
        stopped.append(True)
        return Begun("opted out")

    def begin(message_id: str) -> Begun:
        late = bool(stopped)
        begun = records.begin_send(message_id, NOON, LastChecks(channel="sms"))
        assert not (late and begun.obstacle is None), "it began after the opt-out was stored"
        return begun

    all_at_once([stop, *[partial(begin, message_id) for message_id in ids]])
    assert records.begin_send(_care_message(records, "last"), NOON, LastChecks(channel="sms")) == Begun("opted out")


@pytest.mark.parametrize(
    ("came", "waits"),
    [
        (SECOND, True),
        (timedelta(0), False),
        (-10 * SECOND, False),
        (-11 * SECOND, True),
        (-119 * SECOND, True),
        (-121 * SECOND, False),
    ],
)
def test_an_event_waits_when_it_is_newer_than_the_decision_or_stuck(
    records: Records, came: timedelta, waits: bool
) -> None:
    enrolled(records)
    records.add_event("tina-1", a_booking(), NOON + came)
    assert records.something_waits("tina-1", NOON, NOON) is waits
    begun = records.begin_send(_care_message(records, "first"), NOON, LastChecks(decided_at=NOON))
    assert begun == (Begun("something happened") if waits else Begun())


def test_events_of_other_plans_and_events_that_were_answered_hold_nothing_up(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    records.add_event("tina-2", a_booking(), NOON + SECOND)
    records.add_event("tina-1", a_booking(), NOON + SECOND)
    records.settle_event("tina-1", "booking-1", "refused", "ended", NOON + SECOND)
    assert not records.something_waits("tina-1", NOON, NOON + SECOND)
    assert records.something_waits("tina-2", NOON, NOON + SECOND)


def test_a_message_settled_on_old_knowledge_stays_as_another_attempt_made_it(records: Records) -> None:
    enrolled(records)
    message_id = _care_message(records, "first")
    intended = _row(records, message_id)
    records.begin_send(message_id, NOON)
    first_try = _row(records, message_id)
    assert not records.settle_message(message_id, "dropped", NOON, because="stale", seen=intended)
    assert records.settle_message(message_id, "deferred", NOON + minutes(3), seen=first_try)
    records.begin_send(message_id, NOON + minutes(3))
    assert not records.settle_message(message_id, "deferred", NOON + minutes(3), seen=first_try)
    assert (_row(records, message_id).status, _row(records, message_id).begun_at) == ("sending", NOON + minutes(3))


def test_of_eight_attempts_that_think_it_absent_one_may_send_again(records: Records) -> None:
    enrolled(records)
    message_id = _care_message(records, "first")
    records.begin_send(message_id, NOON)
    seen = _row(records, message_id)

    def again(at: datetime) -> bool:
        free = records.settle_message(message_id, "deferred", at, seen=seen)
        return free and records.begin_send(message_id, at) == Begun()

    assert sum(all_at_once([partial(again, NOON + minutes(3 + n)) for n in range(8)])) == 1


def test_doubts_are_listed_from_the_oldest_on_and_only_while_they_last(records: Records) -> None:
    enrolled(records)
    ids = [_care_message(records, key) for key in ("second", "first", "fresh", "settled")]
    for message_id, minute in zip(ids, (2, 1, 5, 0), strict=True):
        records.begin_send(message_id, NOON + minutes(minute))
    records.settle_message(ids[3], "accepted", NOON)
    assert [row.message_key for row in records.messages_in_doubt(NOON + minutes(5))] == ["first", "second"]


def test_a_hundred_doubts_of_an_erased_client_do_not_hide_those_of_others(records: Records) -> None:
    enrolled(records)
    with records._writing():  # pyright: ignore[reportPrivateUsage]
        for number in range(100):
            records.begin_send(_care_message(records, f"{number}"), NOON)
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    enrolled(records, "tina-2")
    records.begin_send(_care_message(records, "other", "tina-2"), NOON + minutes(1))
    assert [row.message_key for row in records.messages_in_doubt(NOON + minutes(2))] == ["other"]


def test_a_message_that_is_given_up_is_unknown_and_a_task_or_neither(records: Records) -> None:
    enrolled(records)
    message_id = _care_message(records, "first")
    records.begin_send(message_id, NOON)
    seen = _row(records, message_id)
    assert records.give_up_message(seen, "unknown", "nobody knows", a_task(), NOON + minutes(30))
    assert (_row(records, message_id).status, len(records.desk_tasks())) == ("unknown", 1)
    assert not records.give_up_message(seen, "unknown", "nobody knows", a_task("another"), NOON + minutes(31))
    assert len(records.desk_tasks()) == 1


def test_a_provider_id_is_known_once_a_message_has_it(records: Records) -> None:
    enrolled(records)
    assert not records.is_known_message("SM1")
    sent(records, a_message(), NOON)
    assert records.is_known_message("SM1")
    assert not records.is_known_message("SM2")
