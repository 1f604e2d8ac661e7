"""Between the transaction that begins a send and its first byte: a STOP, a freeze, a database that stands still."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from domain.client import Channel
from providers.base import Accepted, DeliveryError, Outgoing
from records.database import Records
from records.last_checks import NOTHING_TO_CHECK, Begun, LastChecks
from tests.activities.sending import (
    HAS_IT,
    HAS_IT_NOT,
    KEYS,
    LOOKING,
    MINUTE,
    PHONE,
    SECOND,
    TEN_IN_THE_MORNING,
    Searchable,
    a_message,
    ask,
    that_fails,
    the_row,
)


@dataclass
class Stopwatch:
    """A clock that goes on when the test says so: the process was frozen, or waited."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Slow(Searchable):
    """A provider to which connecting takes a while; then it looks once more, as ours do, and sends."""

    meanwhile: Callable[[], object] = lambda: None
    sent: list[str] = field(default_factory=list[str])
    after: Callable[[], object] = lambda: None

    def send(self, outgoing: Outgoing) -> Accepted:
        self.meanwhile()
        outgoing.last_look()
        self.sent.append(outgoing.message_id)
        self.after()
        return super().send(outgoing)


def says_stop(records: Records, at: datetime = TEN_IN_THE_MORNING) -> Callable[[], None]:
    return lambda: records.suppress("sms", PHONE, at, "STOP", "the client's own words")


def test_a_stop_that_is_acknowledged_while_we_connect_wins(records: Records) -> None:
    carrier = Slow(meanwhile=says_stop(records))
    outcome = ask(records, carrier, a_message())
    assert (outcome.result, outcome.because, carrier.sent) == ("dropped", "opted out", [])
    assert the_row(records, a_message()).status == "dropped", "and nobody is left in doubt"
    assert records.stopped_under_way(TEN_IN_THE_MORNING - MINUTE) == 0
    assert records.desk_tasks() == []


@pytest.mark.parametrize("kind", ["safety", "about_opt_out"])
def test_what_answers_an_emergency_or_an_opt_out_goes_in_spite_of_a_stop(records: Records, kind: str) -> None:
    carrier = Slow(meanwhile=says_stop(records))
    assert ask(records, carrier, a_message(**{kind: True})).result == "accepted"
    assert len(carrier.sent) == 1
    assert records.desk_tasks() == []


def test_a_message_whose_bytes_have_left_when_the_stop_comes_is_counted_and_said(records: Records) -> None:
    carrier = Slow(after=says_stop(records))
    assert ask(records, carrier, a_message()).result == "accepted"
    assert records.stopped_under_way(TEN_IN_THE_MORNING - MINUTE) == 1
    [view] = records.desk_tasks()
    assert view.task.kind == "opted_out"
    assert view.task.text == (
        "A message was already on its way when the client said stop (reminder), so it may have reached them after "
        "that. Nothing else goes out."
    )
    assert ask(records, carrier, a_message(message_key="p1/reminder/2")).because == "opted out"


def test_it_is_said_too_where_only_the_delivery_report_tells_that_it_went(records: Records) -> None:
    def lost() -> None:
        says_stop(records)()
        raise DeliveryError.of("no_answer")

    ask(records, Slow(after=lost), a_message())
    message_id = the_row(records, a_message()).message_id
    for _ in range(2):
        records.delivery(message_id, "sent", TEN_IN_THE_MORNING + MINUTE)
    assert (records.stopped_under_way(TEN_IN_THE_MORNING), len(records.desk_tasks())) == (1, 1)


def test_a_stop_on_another_channel_or_of_somebody_else_says_nothing_about_it(records: Records) -> None:
    def other() -> None:
        records.suppress("email", "tina@example.com", TEN_IN_THE_MORNING, "unsubscribe", "link")
        records.suppress("sms", "+12065550155", TEN_IN_THE_MORNING, "STOP", "")

    assert ask(records, Slow(after=other), a_message()).result == "accepted"
    assert records.stopped_under_way(TEN_IN_THE_MORNING - MINUTE) == 0


@pytest.mark.parametrize(("frozen", "goes"), [(0, True), (44, True), (46, False), (500, False), (86_400, False)])
def test_a_process_that_was_frozen_before_its_first_byte_does_not_send_when_it_wakes(
    records: Records, frozen: float, *, goes: bool
) -> None:
    stopwatch = Stopwatch()
    carrier = Slow(meanwhile=lambda: setattr(stopwatch, "seconds", frozen))
    outcome = ask(records, carrier, a_message(), stopwatch=stopwatch)
    assert (outcome.result, bool(carrier.sent)) == (("accepted" if goes else "deferred"), goes)
    if not goes:
        assert (outcome.until, the_row(records, a_message()).status) == (TEN_IN_THE_MORNING, "intended")
        assert ask(records, Slow(), a_message()).result == "accepted", "afresh it goes"


def test_what_another_worker_sent_while_this_one_was_frozen_goes_once(records: Records) -> None:
    stopwatch, other = Stopwatch(), Slow(knows=lambda: HAS_IT_NOT)

    def frozen() -> None:
        at = TEN_IN_THE_MORNING + LOOKING.absent_after
        assert ask(records, other, a_message(), at).result == "accepted"
        stopwatch.seconds = LOOKING.absent_after.total_seconds() + 1

    ours = Slow(meanwhile=frozen)
    outcome = ask(records, ours, a_message(), stopwatch=stopwatch)
    assert (outcome.result, len(ours.sent), len(other.sent)) == ("unclear", 0, 1)
    assert the_row(records, a_message()).status == "accepted"


class StandsStill(Records):
    """A database whose lock on a table makes the transaction that begins a send wait."""

    stopwatch: Stopwatch
    seconds: float

    def begin_send(self, message_id: str, at: datetime, checks: LastChecks = NOTHING_TO_CHECK) -> Begun:
        self.stopwatch.seconds += self.seconds
        return super().begin_send(message_id, at, checks)


@pytest.fixture
def standing_still(database_url: str) -> StandsStill:
    records = StandsStill.open(database_url, KEYS)
    records.stopwatch = Stopwatch()
    return records


def test_a_send_begins_when_the_database_lets_it_and_not_when_its_attempt_did(standing_still: StandsStill) -> None:
    records = standing_still
    records.seconds = 30.0
    carrier = Slow(says=lambda: Accepted("SM1"))
    ask(records, carrier, a_message(), stopwatch=records.stopwatch)
    assert the_row(records, a_message()).begun_at == TEN_IN_THE_MORNING + 30 * SECOND
    records.close()


def test_a_database_that_stood_still_for_too_long_sends_nothing_that_another_may_have_sent(
    standing_still: StandsStill,
) -> None:
    records = standing_still
    records.seconds = 65.0
    carrier = Slow()
    outcome = ask(records, carrier, a_message(), stopwatch=records.stopwatch)
    assert (outcome.result, carrier.sent) == ("deferred", [])
    records.close()


def test_a_second_id_of_the_provider_is_a_task_and_the_first_one_stays(records: Records) -> None:
    ask(records, Slow(), a_message())
    row = the_row(records, a_message())
    records.settle_message(row.message_id, "accepted", TEN_IN_THE_MORNING, provider_id="SM2")
    records.delivery(row.message_id, "delivered", TEN_IN_THE_MORNING, provider_id="SM2")
    assert the_row(records, a_message()).provider_id == "SM1"
    [view] = records.desk_tasks()
    assert view.task.text == (
        "A message went out twice: the provider has it under two ids (reminder). The client may have got it twice; "
        "tell them where it matters."
    )


@pytest.mark.parametrize("told", ["SM1", "SM1.filter0001.16648.5515E0B88.0", None])
def test_the_same_id_in_another_form_is_no_second_one(records: Records, told: str | None) -> None:
    ask(records, Slow(knows=lambda: HAS_IT), a_message())
    row = the_row(records, a_message())
    records.delivery(row.message_id, "delivered", TEN_IN_THE_MORNING, provider_id=told)
    assert records.desk_tasks() == []


@pytest.mark.parametrize(
    ("asked", "waits"), [(None, MINUTE), (2 * SECOND, MINUTE), (7 * MINUTE, 7 * MINUTE), (60 * MINUTE, 60 * MINUTE)]
)
def test_a_busy_provider_is_left_alone_for_as_long_as_it_asks(
    records: Records, asked: timedelta | None, waits: timedelta
) -> None:
    busy = that_fails(DeliveryError.of("busy", 20429, asked))
    outcome = ask(records, busy, a_message(expires_at=TEN_IN_THE_MORNING + 240 * MINUTE))
    assert (outcome.result, outcome.until) == ("deferred", TEN_IN_THE_MORNING + waits)


def test_every_channel_looks_once_more(records: Records) -> None:
    channels: tuple[Channel, ...] = ("sms", "email")
    for channel in channels:
        address = PHONE if channel == "sms" else "tina@example.com"

        def stop(channel: Channel = channel, address: str = address) -> None:
            records.suppress(channel, address, TEN_IN_THE_MORNING, "no more", "a web form")

        carrier = Slow(channel=channel, meanwhile=stop)
        message = a_message(message_key=f"p1/{channel}", channel=channel, address=address)
        assert (ask(records, carrier, message).because, carrier.sent) == ("opted out", [])
