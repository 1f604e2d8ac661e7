"""What becomes of a message when nobody heard the provider's answer: never twice, never lost in silence."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.actions import SendOutcome
from providers.base import Accepted, Evidence
from providers.local import LocalProvider
from records.database import Records
from tests.activities.sending import (
    CANT_TELL,
    DAY,
    HAS_IT,
    HAS_IT_NOT,
    MINUTE,
    NINE_TO_EIGHT,
    PHONE,
    SECOND,
    TEN_IN_THE_MORNING,
    Carrier,
    Searchable,
    WorkerDied,
    a_message,
    a_sender,
    ask,
    begun_by_another,
    fails_with,
    that_fails,
    that_loses_the_answer,
    the_row,
)

NOBODY_KNOWS = "nobody can tell whether it went"
LONG_AFTER = 28 * MINUTE + SECOND


def after(wait: timedelta) -> datetime:
    return TEN_IN_THE_MORNING + wait


def result(outcome: SendOutcome) -> tuple[str, datetime | None, str]:
    return (outcome.result, outcome.until, outcome.because)


def test_a_message_without_an_answer_is_looked_for_and_found(records: Records):
    carrier = that_loses_the_answer(HAS_IT)
    assert result(ask(records, carrier, a_message())) == (
        "unclear",
        after(2 * MINUTE),
        "looking for it at the provider",
    )
    assert ask(records, carrier, a_message(), after(2 * MINUTE)).result == "accepted"
    row = the_row(records, a_message())
    assert (row.status, row.provider_id) == ("accepted", "SM7")
    assert carrier.asked_for == [(row.message_id, TEN_IN_THE_MORNING)]
    assert len(carrier.handed) == 1


def test_a_message_that_the_provider_does_not_have_goes_again_once_and_not_too_early(records: Records):
    carrier = that_loses_the_answer(HAS_IT_NOT)
    ask(records, carrier, a_message())
    early = ask(records, carrier, a_message(), after(3 * MINUTE - SECOND))
    assert (early.result, early.until, len(carrier.handed)) == ("unclear", after(3 * MINUTE), 1)
    carrier.says = lambda: Accepted("SM2")
    assert ask(records, carrier, a_message(), after(3 * MINUTE)).result == "accepted"
    assert ask(records, carrier, a_message(), after(4 * MINUTE)).result == "accepted"
    assert len(carrier.handed) == 2
    assert the_row(records, a_message()).provider_id == "SM2"


def test_the_second_call_for_an_absent_message_is_in_doubt_anew_if_it_gets_no_answer_either(records: Records):
    carrier = that_loses_the_answer(HAS_IT_NOT)
    ask(records, carrier, a_message())
    assert ask(records, carrier, a_message(), after(3 * MINUTE)).result == "unclear"
    assert ask(records, carrier, a_message(), after(5 * MINUTE)).result == "unclear"
    assert len(carrier.handed) == 2, "two minutes after the second call its absence proves nothing yet"


def test_an_absent_message_that_is_no_longer_of_use_is_not_sent_again(records: Records):
    carrier = that_loses_the_answer(HAS_IT_NOT)
    message = a_message(expires_at=after(2 * MINUTE))
    ask(records, carrier, message)
    assert ask(records, carrier, message, after(3 * MINUTE)).because == "too late: it would no longer be of use"
    assert (len(carrier.handed), the_row(records, message).status) == (1, "dropped")


def test_an_absent_message_is_not_sent_again_after_a_stop(records: Records):
    carrier = that_loses_the_answer(HAS_IT_NOT)
    ask(records, carrier, a_message())
    records.suppress("sms", PHONE, after(MINUTE), "STOP", "reply")
    assert ask(records, carrier, a_message(), after(3 * MINUTE)).because == "opted out"
    assert len(carrier.handed) == 1


def test_what_stays_unclear_is_given_up_when_the_patience_of_the_practice_ends(records: Records):
    carrier = that_loses_the_answer(CANT_TELL)
    outcome, asked = ask(records, carrier, a_message()), 0
    while outcome.result == "unclear" and outcome.until is not None:
        asked += 1
        at = outcome.until
        outcome = ask(records, carrier, a_message(), at)
    assert result(outcome) == ("unknown", None, NOBODY_KNOWS)
    assert outcome.at == after(10 * MINUTE)
    assert 3 <= asked <= 8
    assert len(carrier.handed) == 1
    assert ask(records, carrier, a_message(), after(30 * MINUTE)).result == "unknown"


def test_where_only_a_webhook_can_tell_the_message_waits_for_it_and_is_then_unknown(records: Records):
    carrier = Carrier(says=that_loses_the_answer().says)
    assert result(ask(records, carrier, a_message()))[:2] == ("unclear", after(10 * MINUTE))
    assert ask(records, carrier, a_message(), after(10 * MINUTE - SECOND)).result == "unclear"
    assert result(ask(records, carrier, a_message(), after(10 * MINUTE))) == ("unknown", None, NOBODY_KNOWS)
    assert (len(carrier.handed), the_row(records, a_message()).status) == (1, "unknown")


@pytest.mark.parametrize("at", [5 * MINUTE, 12 * MINUTE])
def test_a_webhook_settles_what_was_in_doubt(records: Records, at: timedelta):
    carrier = Carrier(says=that_loses_the_answer().says)
    ask(records, carrier, a_message())
    if at > 10 * MINUTE:
        assert ask(records, carrier, a_message(), after(10 * MINUTE)).result == "unknown"
    records.delivery(the_row(records, a_message()).message_id, "delivered", after(at))
    assert ask(records, carrier, a_message(), after(13 * MINUTE)).result == "accepted"
    assert len(carrier.handed) == 1


def test_a_callback_that_overtakes_the_answer_stands(records: Records):
    carrier = Searchable()

    def answer() -> Accepted:
        records.delivery(carrier.handed[0].message_id, "delivered", TEN_IN_THE_MORNING)
        return Accepted("SM1")

    carrier.says = answer
    assert ask(records, carrier, a_message()).result == "accepted"
    row = the_row(records, a_message())
    assert (row.status, row.provider_id) == ("delivered", "SM1")


def test_a_callback_that_overtakes_an_answer_that_never_comes_ends_the_doubt(records: Records):
    carrier = Searchable(knows=lambda: HAS_IT_NOT)

    def hang() -> Accepted:
        records.delivery(carrier.handed[0].message_id, "sent", TEN_IN_THE_MORNING)
        return that_loses_the_answer().says()

    carrier.says = hang
    ask(records, carrier, a_message())
    assert ask(records, carrier, a_message(), after(3 * MINUTE)).result == "accepted"
    assert (len(carrier.handed), carrier.asked_for) == (1, [])


def test_a_callback_after_the_providers_list_said_absent_stops_the_second_send(records: Records):
    just_before_eight = datetime(2026, 3, 3, 3, 58, tzinfo=UTC)
    message = a_message(window=NINE_TO_EIGHT, expires_at=TEN_IN_THE_MORNING + 2 * DAY)
    carrier = that_loses_the_answer(HAS_IT_NOT)
    ask(records, carrier, message, just_before_eight)
    waits = ask(records, carrier, message, just_before_eight + 3 * MINUTE)
    assert waits.because == "outside the hours in which we write"
    assert records.delivery(the_row(records, message).message_id, "sent", just_before_eight + 5 * MINUTE)
    assert ask(records, carrier, message, TEN_IN_THE_MORNING + DAY).result == "accepted"
    assert len(carrier.handed) == 1


def test_a_worker_that_died_before_the_call_leaves_a_message_that_goes_once(records: Records):
    begun_by_another(records, the_row(records, a_message()).message_id)
    carrier = Searchable(knows=lambda: HAS_IT_NOT)
    assert ask(records, carrier, a_message(), after(MINUTE)).result == "unclear"
    assert ask(records, carrier, a_message(), after(3 * MINUTE)).result == "accepted"
    assert len(carrier.handed) == 1


def test_a_worker_that_died_after_the_call_does_not_send_again(records: Records):
    carrier = Searchable(says=fails_with(WorkerDied()), knows=lambda: HAS_IT)
    with pytest.raises(WorkerDied):
        ask(records, carrier, a_message())
    assert ask(records, carrier, a_message(), after(SECOND)).result == "accepted"
    assert (len(carrier.handed), the_row(records, a_message()).provider_id) == (1, "SM7")


def test_a_fault_of_our_own_in_the_middle_of_a_send_is_a_doubt_and_not_a_second_send(records: Records):
    carrier = that_fails(RuntimeError("a bug"))
    with pytest.raises(RuntimeError):
        ask(records, carrier, a_message())
    assert ask(records, carrier, a_message(), after(MINUTE)).result == "unclear"
    assert len(carrier.handed) == 1


def test_the_local_phone_has_every_message_whose_send_began(records: Records):
    begun_by_another(records, the_row(records, a_message()).message_id)
    assert ask(records, LocalProvider("sms"), a_message()).result == "accepted"
    row = the_row(records, a_message())
    assert (row.status, row.provider_id) == ("accepted", f"local-{row.message_id}")


def test_of_two_attempts_that_both_find_it_absent_only_one_sends(records: Records):
    other = that_loses_the_answer(HAS_IT_NOT)
    ask(records, other, a_message())

    def slow() -> Evidence:
        ask(records, other, a_message(), after(3 * MINUTE))  # meanwhile it goes again, and no answer comes again
        return HAS_IT_NOT

    ours = Searchable(knows=slow)
    outcome = ask(records, ours, a_message(), after(3 * MINUTE + SECOND))
    assert (outcome.result, outcome.because) == ("unclear", "it is being sent at this moment")
    assert (len(other.handed), len(ours.handed)) == (2, 0)
    assert the_row(records, a_message()).begun_at == after(3 * MINUTE)


@pytest.mark.parametrize("wait", [0 * MINUTE, MINUTE, 3 * MINUTE, 10 * MINUTE, DAY])
@pytest.mark.parametrize("evidence", [HAS_IT, HAS_IT_NOT, CANT_TELL])
def test_only_finding_never_sends(records: Records, wait: timedelta, evidence: Evidence):
    ask(records, that_loses_the_answer(), a_message())
    carrier = Searchable(knows=lambda: evidence)
    outcome = ask(records, carrier, a_message(only_find=True), after(wait))
    assert carrier.handed == []
    assert outcome.result in (("accepted",) if evidence == HAS_IT else ("unclear", "dropped", "unknown"))


def test_a_message_that_is_no_longer_true_and_never_went_is_dropped(records: Records):
    carrier = that_loses_the_answer(HAS_IT_NOT)
    ask(records, carrier, a_message())
    outcome = ask(records, carrier, a_message(only_find=True), after(3 * MINUTE))
    assert result(outcome) == ("dropped", None, "things have changed since; it was not sent")
    assert the_row(records, a_message()).status == "dropped"


def test_only_finding_drops_what_was_never_begun(records: Records):
    the_row(records, a_message())
    carrier = Carrier()
    assert ask(records, carrier, a_message(only_find=True)).result == "dropped"
    assert ask(records, carrier, a_message()).result == "dropped", "and nobody sends it later"
    assert carrier.handed == []


def test_doubts_that_a_plan_still_asks_about_are_left_to_it(records: Records):
    carrier = that_loses_the_answer(HAS_IT)
    ask(records, carrier, a_message())
    assert a_sender(records, carrier).settle_doubts(after(28 * MINUTE)) == 0
    assert the_row(records, a_message()).status == "sending"


@pytest.mark.parametrize(
    ("evidence", "status", "tasks"),
    [(HAS_IT, "accepted", 0), (HAS_IT_NOT, "dropped", 1), (CANT_TELL, "unknown", 1)],
)
def test_doubts_that_nobody_asks_about_are_settled_once(records: Records, evidence: Evidence, status: str, tasks: int):
    carrier = that_loses_the_answer(evidence)
    ask(records, carrier, a_message())
    sender = a_sender(records, carrier)
    assert [sender.settle_doubts(after(LONG_AFTER)) for _ in range(2)] == [1, 0]
    assert the_row(records, a_message()).status == status
    assert len(records.desk_tasks()) == tasks
    assert len(carrier.handed) == 1
    assert ask(records, carrier, a_message(), after(LONG_AFTER)).result == status


def test_the_front_desk_reads_which_message_nobody_can_tell_about(records: Records):
    ask(records, that_loses_the_answer(), a_message())
    a_sender(records, Carrier()).settle_doubts(after(LONG_AFTER))
    [view] = records.desk_tasks()
    assert (view.task.key, view.task.kind) == ("p1:unsent:reminder/1", "undeliverable")
    assert view.task.text == "A message may not have reached its reader (reminder): nobody can tell whether it went."


def test_a_doubt_that_a_webhook_settles_while_the_provider_is_asked_makes_no_task(records: Records):
    ask(records, that_loses_the_answer(), a_message())

    def slow() -> Evidence:
        records.delivery(the_row(records, a_message()).message_id, "delivered", after(LONG_AFTER))
        return CANT_TELL

    a_sender(records, Searchable(knows=slow)).settle_doubts(after(LONG_AFTER))
    assert (the_row(records, a_message()).status, records.desk_tasks()) == ("delivered", [])


def test_a_doubt_about_one_message_is_settled_though_another_one_is_fresh(records: Records):
    carrier = that_loses_the_answer(CANT_TELL)
    ask(records, carrier, a_message())
    ask(records, carrier, a_message(message_key="p1/reminder/2", touchpoint_key="reminder/2"), after(20 * MINUTE))
    assert a_sender(records, carrier).settle_doubts(after(LONG_AFTER)) == 1
    assert [view.task.key for view in records.desk_tasks()] == ["p1:unsent:reminder/1"]
