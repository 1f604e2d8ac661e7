"""Of whom somebody says that they have died: nothing goes to them on any number until a person says otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from records_builder import NOON, TINA_PHONE, a_client, a_message, a_state, enrolled, minutes, sent

from domain.actions import AddDeskTask
from domain.events import ClientReplied, PlanEnded, PlanResumed
from domain.incoming import Incoming, Taking
from records.database import Records
from records.last_checks import Begun, LastChecks

OTHER_PHONE = "+12065550177"
CHECKS = LastChecks(channel="sms")


def begins(records: Records, key: str, plan_id: str = "tina-1", **how: object) -> Begun:
    row = records.intend(a_message(key, plan_id=plan_id, **how), NOON)
    return records.begin_send(row.message_id, NOON + minutes(2), CHECKS)


def word_of_a_death(records: Records) -> None:
    text = Incoming(provider_id="SM1", channel="sms", from_address=TINA_PHONE, text="Tina died", at=NOON)
    client_id = records.client_of_plan("tina-1")
    assert client_id is not None
    event = ClientReplied(event_id="in-1", occurred_at=NOON, channel="sms", text="Tina died")
    taking = Taking(plan_id="tina-1", events=[("tina-1", event)], died=[client_id])
    records.take_inbound(text, taking, NOON, NOON + timedelta(days=1))


def test_word_of_a_death_stops_what_is_under_way_on_every_number_of_that_person(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tina-2", client=a_client(phone=OTHER_PHONE))
    word_of_a_death(records)
    assert begins(records, "a").obstacle == "client died"
    assert begins(records, "b", "tina-2", address=OTHER_PHONE).obstacle == "client died"


def test_somebody_else_on_the_same_phone_is_written_to_as_ever(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    word_of_a_death(records)
    assert begins(records, "a", "tom-1").obstacle is None


def test_an_emergencys_answer_goes_all_the_same(records: Records) -> None:
    enrolled(records)
    word_of_a_death(records)
    row = records.intend(a_message("safety"), NOON)
    assert records.begin_send(row.message_id, NOON + minutes(2), LastChecks(channel=None)).obstacle is None


def test_a_plan_that_ends_with_a_death_stops_them_and_one_that_ends_otherwise_does_not(records: Records) -> None:
    enrolled(records)
    records.add_event("tina-1", PlanEnded(event_id="e1", occurred_at=NOON, reason="moved"), NOON)
    assert begins(records, "a").obstacle is None
    records.add_event("tina-1", PlanEnded(event_id="e2", occurred_at=NOON, reason="deceased"), NOON)
    assert begins(records, "b").obstacle == "client died"


def test_a_misunderstanding_is_over_with_the_word_that_resumes_the_plan(records: Records) -> None:
    enrolled(records)
    word_of_a_death(records)
    resumed = PlanResumed(event_id="go", occurred_at=NOON)
    records.add_event("tina-1", resumed, NOON + minutes(1))
    assert begins(records, "a").obstacle is None


def test_a_misunderstanding_lifts_no_opt_out(records: Records) -> None:
    enrolled(records)
    records.suppress("sms", TINA_PHONE, NOON, "STOP", "the client's own words")
    word_of_a_death(records)
    records.add_event("tina-1", PlanResumed(event_id="go", occurred_at=NOON), NOON + minutes(1))
    assert begins(records, "a").obstacle == "opted out"


def test_who_gets_a_new_plan_lives(records: Records) -> None:
    enrolled(records)
    word_of_a_death(records)
    assert records.add_plan(a_state("tina-2"), NOON + minutes(1))
    assert begins(records, "a", "tina-2").obstacle is None


def test_the_plans_of_the_same_person_under_another_number_are_known(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tina-2", client=a_client(phone=OTHER_PHONE))
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", phone=OTHER_PHONE, email=None))
    text = Incoming(provider_id="SM1", channel="sms", from_address=TINA_PHONE, text="hello", at=NOON)
    assert sorted(plan.plan_id for plan in records.look_up(text).sender.everyone()) == ["tina-1", "tina-2"]


@pytest.mark.parametrize(
    ("text", "days", "quoted"),
    [("Liked “Hi Tina, see you Thursday”", 1, True), ("Liked “Hi Tina, see you Thursday”", 15, False), ("C", 1, False)],
)
def test_what_we_sent_lately_and_a_reply_quotes_is_known(records: Records, text: str, days: int, quoted: bool) -> None:
    enrolled(records)
    ours = "Hi Tina, see you Thursday at Harbor Massage."
    sent(records, a_message("a", text=ours), NOON)
    reply = Incoming(
        provider_id="SM1", channel="sms", from_address=TINA_PHONE, text=text, at=NOON + timedelta(days=days)
    )
    assert records.look_up(reply).sender.sent == ([ours] if quoted else [])


def a_task(key: str, kind: Any = "reply", plan_id: str = "tina-1") -> AddDeskTask:
    return AddDeskTask(key=key, plan_id=plan_id, kind=kind, text="Phone the client.", at=NOON)


def open_tasks(records: Records) -> list[str]:
    return sorted(view.task.key for view in records.desk_tasks())


def test_tasks_that_ask_to_phone_who_has_died_are_closed_on_all_their_plans_and_come_back_where_they_live(
    records: Records,
) -> None:
    enrolled(records)
    enrolled(records, "tina-2", client=a_client(phone=OTHER_PHONE))
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    for task in (
        a_task("reply"),
        a_task("unanswered", "unanswered", "tina-2"),
        a_task("claim", "claim"),
        a_task("grave", "grave_words"),
        a_task("toms", plan_id="tom-1"),
    ):
        records.add_desk_task(task)
    records.add_desk_task(a_task("done"))
    records.close_desk_task("done", "Robin", NOON)
    word_of_a_death(records)
    assert open_tasks(records) == ["claim", "grave", "toms"]
    why = {view.task.key: view.closed_by for view in records.desk_tasks(open_only=False) if view.closed_by}
    assert why["reply"] == "the program, because somebody said that the client has died"
    records.add_event("tina-1", PlanResumed(event_id="go", occurred_at=NOON), NOON + minutes(1))
    assert open_tasks(records) == ["claim", "grave", "reply", "toms", "unanswered"]


def test_where_nobody_knows_who_of_several_has_died_their_tasks_stay(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    records.add_desk_task(a_task("reply"))
    died = [client_id for plan in ("tina-1", "tom-1") if (client_id := records.client_of_plan(plan))]
    text = Incoming(provider_id="SM1", channel="sms", from_address=TINA_PHONE, text="she died", at=NOON)
    records.take_inbound(text, Taking(plan_id="tina-1", died=died), NOON, NOON + timedelta(days=1))
    assert open_tasks(records) == ["reply"]
