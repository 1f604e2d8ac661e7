"""Replies on their way in: once per message, opt-outs in their order, nothing lost when a process is killed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.events import ClientReplied
from records.keyring import KeyRing
from tests.domain.plan_builder import a_plan, a_state
from tests.domain.reply_builder import a_state_of, a_text, asked, by_email_only
from tests.saving import save_view
from tests.web.reply_house import MINUTE, PHONE, START, Desk, Killed, dying, enrol
from tests.web.web_builders import open_records

LATER = START + timedelta(seconds=11)
DAY = timedelta(days=1)


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def file(tmp_path: Path, keys: KeyRing) -> Path:
    open_records(tmp_path, keys).close()
    return tmp_path / "records.db"


@pytest.fixture
def desk(file: Path, keys: KeyRing) -> Iterator[Desk]:
    opened = Desk(file, keys)
    yield opened
    opened.records.close()


def restarted(desk: Desk, file: Path, keys: KeyRing) -> Desk:
    desk.records.close()
    return Desk(file, keys)


def two_plans(desk: Desk) -> None:
    enrol(desk.records, a_state(), a_state().model_copy(update={"plan_id": "plan-2"}))


def a_couple(desk: Desk) -> None:
    """Anna and Ben share a phone, and both were asked to confirm a visit."""
    for plan_id, name in (("anna", "Anna Example"), ("ben", "Ben Example")):
        enrol(desk.records, asked(a_state_of(plan_id, name), "confirm_appointment", visit=f"v-{plan_id}"))


async def test_the_same_message_twice_is_one_event(desk: Desk) -> None:
    enrol(desk.records, a_state())
    (first,) = await desk.hears("SM1", "C")
    (again,) = await desk.hears("SM1", "C", START + MINUTE)
    assert (first.new, again.new) == (True, False)
    assert again.event == first.event
    assert desk.waiting_events() == [("plan-1", "C")]


async def test_a_repeated_start_does_not_undo_the_stop_that_followed_it(desk: Desk) -> None:
    enrol(desk.records, a_state())
    await desk.hears("SM1", "START")
    await desk.hears("SM2", "STOP", START + MINUTE)
    await desk.hears("SM1", "START", START + 2 * MINUTE)
    assert desk.records.is_suppressed("sms", PHONE)


async def test_a_repeated_stop_does_not_undo_the_start_that_followed_it(desk: Desk) -> None:
    enrol(desk.records, a_state())
    await desk.hears("SM1", "stop texting me")
    await desk.hears("SM2", "START", START + MINUTE)
    await desk.hears("SM1", "stop texting me", START + 2 * MINUTE)
    assert not desk.records.is_suppressed("sms", PHONE)


async def test_a_start_found_late_does_not_undo_a_stop_that_was_written_after_it(desk: Desk) -> None:
    enrol(desk.records, a_state())
    await desk.hears("SM2", "STOP", START + MINUTE)
    await desk.replies.store(a_text("START", "SM1", at=START), START + 5 * MINUTE)
    assert desk.records.is_suppressed("sms", PHONE)


async def test_start_lifts_nothing_without_consent_on_file(desk: Desk) -> None:
    enrol(desk.records, a_state_of("anna", **by_email_only()))
    await desk.hears("SM1", "STOP")
    await desk.hears("SM2", "START", START + MINUTE)
    assert desk.records.is_suppressed("sms", PHONE)


async def test_a_stop_reaches_every_plan_of_the_number_and_one_confirms_it(desk: Desk) -> None:
    two_plans(desk)
    kept = await desk.hears("SM1", "STOP please")
    assert {stored.plan_id for stored in kept} == {"plan-1", "plan-2"}
    assert sorted(one.event.answered_elsewhere for one in kept if isinstance(one.event, ClientReplied)) == [False, True]


async def test_an_answer_goes_to_one_plan_only(desk: Desk) -> None:
    two_plans(desk)
    assert len(await desk.hears("SM1", "C")) == 1


async def test_a_stranger_is_read_by_the_desk_and_pages_nobody(desk: Desk) -> None:
    assert await desk.hears("SM1", "I have chest pain", from_address="+12065550199") == []
    [task] = desk.tasks()
    assert "emergency" in task
    assert desk.starter.asked == []


async def test_an_emergency_of_a_client_whose_plan_has_ended_pages_the_therapist_once(desk: Desk) -> None:
    an_ended_plan(desk)
    await desk.hears("SM1", "I have chest pain and can't breathe")
    await desk.hears("SM1", "I have chest pain and can't breathe", START + MINUTE)
    await desk.replies.sweep(START + 2 * MINUTE)
    [page] = [started.escalation for started in desk.starter.asked]
    assert page.urgent
    assert page.responsible.name == "Maya"
    assert len(desk.records.escalations()) == 1


def an_ended_plan(desk: Desk) -> None:
    state = a_state(a_plan())
    enrol(desk.records, state)
    state.ended, state.revision = True, 1
    save_view(desk.records, state, None)


async def test_a_page_that_a_killed_process_did_not_start_is_started_by_the_sweep(
    desk: Desk, file: Path, keys: KeyRing
) -> None:
    an_ended_plan(desk)
    desk.starter.dies = True
    with pytest.raises(Killed):
        await desk.hears("SM1", "I have chest pain and can't breathe")
    new = restarted(desk, file, keys)
    await new.replies.sweep(START)  # too early: the request may still be at it
    assert new.starter.asked == []
    for _ in range(2):
        await new.replies.sweep(LATER)
    assert len(new.starter.asked) == 1
    assert len(new.tasks()) == 1
    new.records.close()


STEPS = ["add_inbound", "suppress", "add_event", "take_inbound"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_an_opt_out_is_taken_whole_or_not_at_all_and_a_repetition_finishes_it(
    desk: Desk, file: Path, keys: KeyRing, step: str, *, after: bool
) -> None:
    enrol(desk.records, a_state())
    with dying(desk.records, step, after=after), pytest.raises(Killed):
        await desk.hears("SM1", "stop texting me")
    new = restarted(desk, file, keys)
    done = step == "take_inbound" and after
    assert new.records.has_inbound("SM1") is done
    assert new.records.is_suppressed("sms", PHONE) is done
    for _ in range(2):  # the vendor's repetition, or the poll
        await new.hears("SM1", "stop texting me", LATER)
        await new.replies.sweep(LATER)
    assert new.records.is_suppressed("sms", PHONE)
    assert new.waiting_events() == [("plan-1", "stop texting me")]
    new.records.close()


async def test_a_message_that_was_only_stored_is_finished_by_the_sweep_and_then_left_alone(desk: Desk) -> None:
    enrol(desk.records, a_state())
    desk.records.add_inbound("SM1", "sms", PHONE, "stop texting me", START, "plan-1")
    await desk.replies.sweep(START + timedelta(seconds=5))
    assert not desk.records.is_suppressed("sms", PHONE)
    await desk.replies.sweep(LATER)
    assert desk.records.is_suppressed("sms", PHONE)
    await desk.hears("SM2", "START", LATER + MINUTE)
    await desk.replies.sweep(LATER + 2 * MINUTE)
    assert not desk.records.is_suppressed("sms", PHONE)
    assert desk.waiting_events() == [("plan-1", "stop texting me"), ("plan-1", "START")]


async def test_an_opt_out_that_was_only_stored_keeps_its_first_time(desk: Desk) -> None:
    enrol(desk.records, a_state())
    desk.records.add_inbound("SM1", "sms", PHONE, "stop texting me", START, "plan-1")
    await desk.hears("SM2", "START", START + timedelta(seconds=2))
    await desk.replies.sweep(LATER)
    assert not desk.records.is_suppressed("sms", PHONE)


async def test_what_was_only_stored_keeps_that_its_sender_is_not_trusted(desk: Desk) -> None:
    enrol(desk.records, a_state())
    desk.records.add_inbound("SM1", "sms", PHONE, "C", START, "plan-1", trusted=False)
    await desk.replies.sweep(LATER)
    assert desk.waiting_events() == []
    assert "may not be from the client" in desk.tasks()[0]


async def test_a_couple_is_asked_once_and_the_answer_brings_the_first_words_home(desk: Desk) -> None:
    a_couple(desk)
    [question] = await desk.hears("SM1", "C")
    assert question.event.type == "reply_unclear"
    [chosen] = await desk.hears("SM2", "Ben", START + MINUTE)
    assert (chosen.plan_id, getattr(chosen.event, "text", "")) == ("ben", "C")
    assert [line.text for line in desk.records.timeline("ben")] == ["C", "Ben"]
    assert desk.records.timeline("anna") == []
    assert desk.tasks() == []


async def test_the_answer_repeated_or_swept_changes_nothing(desk: Desk) -> None:
    a_couple(desk)
    await desk.hears("SM1", "C")
    await desk.hears("SM2", "2", START + MINUTE)
    for nth in range(2, 4):
        await desk.hears("SM2", "2", START + nth * MINUTE)
        await desk.hears("SM1", "C", START + nth * MINUTE)
        await desk.replies.sweep(START + nth * DAY)
    assert [one for one in desk.waiting_events() if one[1] == "C"] == [("ben", "C")]
    assert desk.tasks() == []


async def test_a_second_unclear_reply_goes_to_a_person_and_is_not_asked_about(desk: Desk) -> None:
    a_couple(desk)
    await desk.hears("SM1", "C")
    assert await desk.hears("SM2", "yes", START + MINUTE) == []
    assert await desk.hears("SM3", "C", START + 2 * MINUTE) == []
    assert [one for one in desk.waiting_events() if one[1] == "reply_unclear"] == [("anna", "reply_unclear")]
    assert len(desk.tasks()) == 2


async def test_a_question_back_that_nobody_answers_within_a_day_gives_the_words_to_a_person_once(desk: Desk) -> None:
    a_couple(desk)
    await desk.hears("SM1", "C")
    await desk.replies.sweep(START + DAY - MINUTE)
    assert desk.tasks() == []
    for _ in range(2):
        await desk.replies.sweep(START + DAY + MINUTE)
    [task] = desk.tasks()
    assert task == (
        "A reply may be for Anna, Tue Mar 3, 9:00 AM or Ben, Tue Mar 3, 9:00 AM, and asked which, nobody answered "
        'within a day: find out. They wrote: "C"'
    )
    assert await desk.hears("SM2", "2", START + DAY + 2 * MINUTE) == []  # too late: for a person as well


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", ["add_inbound", "add_event", "take_inbound"])
async def test_killed_while_the_answer_is_taken_it_still_counts_once(
    desk: Desk, file: Path, keys: KeyRing, step: str, *, after: bool
) -> None:
    a_couple(desk)
    await desk.hears("SM1", "C")
    with dying(desk.records, step, after=after), pytest.raises(Killed):
        await desk.hears("SM2", "Ben", START + MINUTE)
    new = restarted(desk, file, keys)
    for _ in range(2):
        await new.hears("SM2", "Ben", START + 2 * MINUTE)
        await new.replies.sweep(START + 3 * MINUTE)
    assert [one for one in new.waiting_events() if one[1] == "C"] == [("ben", "C")]
    assert new.tasks() == []
    new.records.close()


async def test_a_fault_in_our_rules_costs_nobody_their_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("words of the client")

    enrol(desk.records, a_state())
    monkeypatch.setattr("web.reply_intake.route", breaks)
    await desk.hears("SM1", "my words")
    assert "my words" in desk.tasks()[0]
    assert "words" not in caplog.text


async def test_a_client_who_is_erased_while_they_write_is_a_stranger(desk: Desk) -> None:
    enrol(desk.records, a_state())
    client_id = desk.records.client_of_plan("plan-1") or ""
    take = desk.records.take_inbound

    def erased_first(*given: object) -> object:
        desk.records.destroy_client_key(client_id, START)
        return take(*given)  # pyright: ignore[reportArgumentType]

    desk.records.take_inbound = erased_first  # pyright: ignore[reportAttributeAccessIssue]
    assert await desk.hears("SM1", "C") == []
    assert "no open plan" in desk.tasks()[0]
