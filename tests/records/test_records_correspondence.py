"""Taking in a text with all that follows from it: whole or not at all, and one sender's texts one after the other."""

from datetime import timedelta

import pytest
from records_builder import NOON, TINA_PHONE, a_client, at_once, enrolled, minutes

from domain.actions import AddDeskTask
from domain.events import ClientReplied, Event, ReplyUnclear
from domain.incoming import Incoming, Settles, Taking, WhichOne
from records.correspondence import SenderChanged
from records.database import Records
from records.store import NoSuchPlan

A_DAY_LATER = NOON + timedelta(days=1)


def a_text(text: str = "C", provider_id: str = "SM1") -> Incoming:
    return Incoming(provider_id=provider_id, channel="sms", from_address=TINA_PHONE, text=text, at=NOON)


def a_reply(text: Incoming) -> Event:
    return ClientReplied(event_id=f"in-{text.provider_id}", occurred_at=NOON, channel="sms", text=text.text)


def recorded(text: Incoming, plan_id: str = "tina-1") -> Taking:
    return Taking(plan_id=plan_id, events=[(plan_id, a_reply(text))])


def asking(text: Incoming) -> Taking:
    event = ReplyUnclear(event_id=f"u-{text.provider_id}", occurred_at=NOON, inbound_id="x", options=["Tina", "Tom"])
    question = WhichOne(reply=text, plan_ids=["tina-1", "tom-1"], labels=["Tina", "Tom"])
    return Taking(plan_id="tina-1", events=[("tina-1", event)], asks=question)


def a_couple(records: Records) -> None:
    enrolled(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))


def test_a_sender_is_known_with_the_clients_apart(records: Records) -> None:
    a_couple(records)
    sender = records.look_up(a_text()).sender
    assert sorted(plan.plan_id for plan in sender.plans) == ["tina-1", "tom-1"]
    assert len({plan.client_id for plan in sender.plans}) == 2
    assert not sender.suppressed


def test_a_text_is_taken_once_and_then_says_what_it_became(records: Records) -> None:
    enrolled(records)
    text = a_text()
    taken = at_once(lambda: records.take_inbound(text, recorded(text), NOON, A_DAY_LATER))
    assert sorted(stored.new for [stored] in taken) == [False] * 7 + [True]
    assert records.look_up(text).taken == [taken[0][0].model_copy(update={"new": False})]
    assert records.inbound_to_take(A_DAY_LATER) == []


def test_where_one_thing_can_not_be_written_nothing_is(records: Records) -> None:
    enrolled(records)
    text = a_text("STOP")
    taking = recorded(text).model_copy(update={"suppress": [TINA_PHONE], "tasks": [a_task("nobody")]})
    with pytest.raises(NoSuchPlan):
        records.take_inbound(text, taking, NOON, A_DAY_LATER)
    assert not records.has_inbound("SM1")
    assert not records.is_suppressed("sms", TINA_PHONE)


def a_task(plan_id: str) -> AddDeskTask:
    return AddDeskTask(key="t", plan_id=plan_id, kind="reply", text="read it", at=NOON)


def test_of_texts_at_once_one_asks_and_the_others_must_look_again(records: Records) -> None:
    a_couple(records)
    texts = iter([a_text("C", f"SM{nth}") for nth in range(8)])

    def ask() -> str:
        text = next(texts)
        try:
            records.take_inbound(text, asking(text), NOON, A_DAY_LATER)
        except SenderChanged:
            return "changed"
        return "asked"

    assert sorted(at_once(ask)) == ["asked"] + ["changed"] * 7


def test_a_question_back_is_known_until_its_day_is_over_or_it_was_answered(records: Records) -> None:
    a_couple(records)
    first = a_text()
    records.take_inbound(first, asking(first), NOON, A_DAY_LATER)
    sender = records.look_up(a_text("Tom", "SM2")).sender
    assert sender.waits
    assert sender.question is not None
    assert sender.question.reply.text == "C"
    late = Incoming(provider_id="SM3", channel="sms", from_address=TINA_PHONE, text="Tom", at=A_DAY_LATER)
    assert records.look_up(late).sender.question is None
    answer = a_text("Tom", "SM2")
    settled = recorded(first, "tom-1").model_copy(update={"settles": Settles(provider_id="SM1", how="answered")})
    records.take_inbound(answer, settled, NOON + minutes(1), A_DAY_LATER)
    assert records.look_up(a_text("C", "SM4")).sender.question is None
    assert [line.text for line in records.timeline("tom-1")] == ["C", "Tom"]
    assert records.unanswered_questions(A_DAY_LATER) == []


def test_two_answers_at_once_settle_a_question_once(records: Records) -> None:
    a_couple(records)
    first = a_text()
    records.take_inbound(first, asking(first), NOON, A_DAY_LATER)
    answer = recorded(first, "tom-1").model_copy(update={"settles": Settles(provider_id="SM1", how="answered")})
    records.take_inbound(a_text("Tom", "SM2"), answer, NOON, A_DAY_LATER)
    with pytest.raises(SenderChanged):
        records.take_inbound(a_text("2", "SM3"), answer, NOON, A_DAY_LATER)
    assert not records.has_inbound("SM3")


def test_a_question_that_nobody_answered_is_given_up_once(records: Records) -> None:
    a_couple(records)
    first = a_text()
    records.take_inbound(first, asking(first), NOON, A_DAY_LATER)
    assert records.unanswered_questions(A_DAY_LATER - minutes(1)) == []
    [question] = records.unanswered_questions(A_DAY_LATER)
    records.give_up_question(question, Taking(tasks=[a_task("tina-1")]))
    with pytest.raises(SenderChanged):
        records.give_up_question(question, Taking(tasks=[a_task("tina-1")]))
    assert records.unanswered_questions(A_DAY_LATER) == []
    assert len(records.desk_tasks()) == 1
