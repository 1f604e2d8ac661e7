"""Stopped senders: noticed by one, tried again by one at a time, on both databases."""

from functools import partial

import pytest
from records_builder import NOON, TINA_EMAIL, a_message, a_task, all_at_once, at_once, enrolled, minutes

from domain.actions import AddDeskTask
from domain.client import Channel
from records.database import Records
from records.last_checks import Begun, LastChecks
from records.senders import stopped_task_key


def _task(channel: Channel = "sms", minute: float = 0) -> AddDeskTask:
    at = NOON + minutes(minute)
    return a_task(stopped_task_key(channel, at), plan_id="", kind="sender_stopped", at=at)


def _stop(records: Records, channel: Channel = "sms", minute: float = 0) -> bool:
    return records.stop_sender(channel, 20003, NOON + minutes(minute), _task(channel, minute))


def _messages(records: Records, count: int) -> list[str]:
    enrolled(records)
    return [records.intend(a_message(f"{n}"), NOON).message_id for n in range(count)]


def _begin(records: Records, message_id: str, minute: float, channel: Channel = "sms") -> Begun:
    return records.begin_send(message_id, NOON + minutes(minute), LastChecks(sender=channel))


def test_of_eight_threads_one_notices_that_a_sender_is_stopped(records: Records) -> None:
    assert sorted(at_once(lambda: _stop(records))) == [False] * 7 + [True]
    assert records.stopped_senders() == {"sms": NOON}
    assert len(records.desk_tasks()) == 1


def test_no_message_begins_before_the_sender_is_tried_again(records: Records) -> None:
    first, *_ = _messages(records, 1)
    _stop(records)
    assert _begin(records, first, 4.9) == Begun("sender stopped", until=NOON + minutes(5))
    assert _begin(records, first, 5) == Begun(probe=True)


def test_of_eight_messages_that_ask_together_one_tries_whether_the_sender_works(records: Records) -> None:
    ids = _messages(records, 8)
    _stop(records)
    begun = all_at_once([partial(_begin, records, message_id, 5) for message_id in ids])
    assert sorted(one.obstacle or "" for one in begun) == ["", *7 * ["sender stopped"]]
    assert [one.probe for one in begun if one.obstacle is None] == [True]
    assert [message.status for each in ids if (message := records.message(each))].count("sending") == 1


def test_a_try_that_came_to_nothing_is_followed_by_another_one_five_minutes_later(records: Records) -> None:
    first, second = _messages(records, 2)
    _stop(records)
    assert _begin(records, first, 7) == Begun(probe=True)
    assert not _stop(records, minute=7)
    assert _begin(records, second, 11.9) == Begun("sender stopped", until=NOON + minutes(12))
    assert _begin(records, second, 12) == Begun(probe=True)


def test_a_sender_that_works_again_lets_everything_through_and_closes_its_task(records: Records) -> None:
    first, second = _messages(records, 2)
    _stop(records)
    assert records.sender_works("sms", NOON + minutes(6))
    assert not records.sender_works("sms", NOON + minutes(6))
    assert [_begin(records, message_id, 6) for message_id in (first, second)] == [Begun(), Begun()]
    assert records.desk_tasks() == []
    [done] = records.desk_tasks(open_only=False)
    assert (done.closed_by, done.closed_at) == ("the program", NOON + minutes(6))


def test_each_stop_is_a_task_of_its_own(records: Records) -> None:
    _stop(records)
    records.sender_works("sms", NOON + minutes(6))
    assert _stop(records, minute=60)
    [view] = records.desk_tasks()
    assert view.task == _task(minute=60)


def test_one_channel_that_is_stopped_leaves_the_other_alone(records: Records) -> None:
    enrolled(records)
    _stop(records)
    mail = records.intend(a_message("mail", channel="email", address=TINA_EMAIL), NOON).message_id
    assert _begin(records, mail, 1, "email") == Begun()
    assert not records.sender_works("email", NOON)
    assert list(records.stopped_senders()) == ["sms"]


@pytest.mark.parametrize("earlier", ["opted out", "another attempt"])
def test_a_message_that_may_not_go_anyway_does_not_use_up_the_try(records: Records, earlier: str) -> None:
    first, second = _messages(records, 2)
    _stop(records)
    if earlier == "opted out":
        records.suppress("sms", a_message().address or "", NOON, "STOP", "reply")
    else:
        records.settle_message(first, "dropped", NOON)
    checks = LastChecks(channel="sms", sender="sms")
    assert records.begin_send(first, NOON + minutes(5), checks).obstacle == earlier
    assert _begin(records, second, 5) == Begun(probe=True)
