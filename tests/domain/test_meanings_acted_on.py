"""Every meaning of a reply is acted on by itself, and what nobody is sure of is a person's, with our reading."""

from datetime import timedelta
from typing import Any

import pytest

from domain.events import ClientReplied, PlanEnded, PlanResumed, StaffWrote
from domain.judgement import Judgement
from domain.replies import Understanding
from domain.state import OpenQuestion
from domain.take_reply import act_on
from tests.domain.plan_builder import (
    DAY,
    HOUR,
    START,
    Played,
    a_pain_goal,
    a_plan,
    a_practice,
    a_state,
)

MINUTE = timedelta(minutes=1)


def meant(played: Played, question: OpenQuestion | None = None, text: str = "some words", **meaning: Any) -> Judgement:
    """What follows from a reply that means this."""
    judgement = Judgement(played.state, played.now)
    reply = ClientReplied(event_id="r1", occurred_at=played.now, channel="sms", text=text)
    act_on(judgement, Understanding.model_validate(meaning), question, reply)
    return judgement


def tasks(judgement: Judgement) -> list[str]:
    return [action.text for action in judgement.actions if action.type == "add_desk_task"]


def asked(judgement: Judgement) -> list[str]:
    return [action.escalation.kind for action in judgement.actions if action.type == "open_escalation"]


def owed(judgement: Judgement, audience: str = "client") -> list[str]:
    return [notice.template for notice in judgement.state.notices if notice.audience == audience]


def booked(**practice: Any) -> Played:
    return Played(a_state(practice=a_practice(**practice))).book("v1", START + 5 * DAY)


def asked_for_a_rating() -> tuple[Played, OpenQuestion]:
    played = Played(a_state(a_plan(a_pain_goal()), a_practice(screening=False)))
    played.session(pain=6).until(START + 4 * DAY)
    played.book("v2", played.now + DAY)
    return played, next(known for known in played.state.questions if known.kind == "feedback_1_5")


def asked_about_health() -> tuple[Played, OpenQuestion]:
    played = booked().until(START + 4 * DAY + HOUR)
    return played, next(known for known in played.state.questions if known.kind == "screening_yes_no")


# --- news that speak against a visit ---------------------------------------------------------------------------


def test_a_rating_beside_news_is_recorded_and_the_visit_waits() -> None:
    played, question = asked_for_a_rating()
    judgement = meant(played, question, intent="rating", value=4, also=("contraindication",))
    assert "Rated 4 of 5 after session 1." in [line.text for line in judgement.state.journal]
    assert judgement.state.appointments["v2"].held
    assert asked(judgement) == ["screening"]
    assert owed(judgement) == ["screening_hold"]


@pytest.mark.parametrize(
    "meaning", [{"intent": "contraindication"}, {"intent": "confirm", "also": ("contraindication",)}]
)
def test_news_hold_the_next_visit_in_every_context_and_confirm_nothing(meaning: dict[str, Any]) -> None:
    played = booked(screening=False)
    played.book("v2", START + 9 * DAY)
    judgement = meant(played, **meaning)
    visits = judgement.state.appointments
    assert (visits["v1"].held, visits["v2"].held, visits["v1"].confirmed) == (True, False, False)
    assert (judgement.state.status, asked(judgement)) == ("active", ["screening"])


def test_a_no_with_news_is_no_no() -> None:
    played, question = asked_about_health()
    judgement = meant(played, question, intent="no", also=("contraindication",))
    assert judgement.state.appointments["v1"].held
    assert "Nothing new before the visit." not in [line.text for line in judgement.state.journal]


def test_news_after_a_no_hold_the_visit_and_nothing_reminds_of_it() -> None:
    played = booked().until(START + 4 * DAY + HOUR).reply("No").reply("I have a fever since this morning")
    assert played.state.appointments["v1"].held
    before = len(played.sent)
    played.until(START + 5 * DAY)
    assert [message.kind for _, message in played.sent[before:] if message.audience == "client"] == []


def test_more_news_about_a_visit_on_hold_reach_the_desk_and_are_not_answered_again() -> None:
    played = booked().reply("I started taking blood thinners")
    judgement = meant(played, text="and covid", intent="contraindication")
    assert tasks(judgement) == [
        'The client adds to the news about a visit that is on hold. The client wrote: "and covid"'
    ]
    assert owed(judgement) == []


def test_news_after_the_therapist_cleared_the_visit_hold_it_again() -> None:
    played = booked().reply("I started taking blood thinners").decide("continue")
    assert not played.state.appointments["v1"].held
    assert asked(meant(played, intent="contraindication")) == ["screening"]


def test_news_without_a_visit_are_a_task_with_the_words_and_a_notice_to_the_therapist() -> None:
    judgement = meant(Played(a_state()), text="I'm pregnant", intent="contraindication")
    [task] = tasks(judgement)
    assert '"I\'m pregnant"' in task
    assert owed(judgement, "therapist") == ["notice_read_reply"]
    assert (owed(judgement), asked(judgement)) == ([], [])


def test_a_pregnancy_is_no_emergency() -> None:
    judgement = meant(booked(), intent="contraindication")
    assert "red_flag" not in asked(judgement)
    assert not judgement.state.held


# --- several meanings ------------------------------------------------------------------------------------------


def test_each_meaning_has_a_task_of_its_own_with_the_words() -> None:
    judgement = meant(booked(), text="late, and book me again", intent="running_late", also=("book",))
    assert [task.split(".")[0] for task in tasks(judgement)] == [
        "The client is running late",
        "The client wants another visit: offer a time",
    ]
    assert all('"late, and book me again"' in task for task in tasks(judgement))
    assert len({action.key for action in judgement.actions if action.type == "add_desk_task"}) == 2


def test_a_number_beside_an_opt_out_is_recorded_and_the_opt_out_obeyed() -> None:
    played, _ = asked_for_a_rating()
    judgement = meant(played, intent="stop", also=("rating",), value=5)
    assert judgement.state.opted_out == ["sms", "email"]
    assert "Rated 5 of 5 after session 1." in [line.text for line in judgement.state.journal]


def test_an_emergency_beside_an_opt_out_is_both() -> None:
    judgement = meant(booked(), intent="red_flag", red_flag="emergency_911", also=("stop",), also_stop=True)
    assert judgement.state.opted_out == ["sms", "email"]
    assert asked(judgement) == ["red_flag"]
    assert "emergency_911" in owed(judgement)


@pytest.mark.parametrize("intent", ["book", "running_late", "cancel", "reschedule", "wrong_number", "stop", "human"])
def test_every_desk_task_quotes_the_clients_words(intent: str) -> None:
    for task in tasks(meant(booked(), text="my own words", intent=intent)):
        assert '"my own words"' in task


def test_a_low_rating_quotes_the_words() -> None:
    played, question = asked_for_a_rating()
    [task] = tasks(meant(played, question, text="1, nobody called back", intent="rating", value=1))
    assert task == ('The client rated session 1 with 1 of 5: call them. The client wrote: "1, nobody called back"')


def test_a_confirmation_of_a_visit_that_changed_quotes_the_words() -> None:
    played = booked(screening=False).until(START + 4 * DAY + HOUR)
    question = next(known for known in played.state.questions if known.kind == "confirm_appointment")
    played.state.appointments["v1"].version += 1
    assert '"some words"' in tasks(meant(played, question, intent="confirm"))[0]


# --- unsure, and nobody's --------------------------------------------------------------------------------------


def test_what_nobody_is_sure_of_is_a_persons_with_our_reading_and_promises_nothing() -> None:
    judgement = meant(
        booked(), text="maybe another day?", intent="human", sure=False, suggestion="reschedule", also=("book",)
    )
    assert tasks(judgement) == [
        'A reply that needs a person to answer. Looks like: reschedule, book. The client wrote: "maybe another day?"'
    ]
    assert owed(judgement) == []


def test_a_value_that_nobody_is_sure_of_is_shown_and_not_recorded() -> None:
    played, question = asked_for_a_rating()
    judgement = meant(played, question, intent="human", sure=False, suggestion="rating", value=2)
    assert "Looks like: rating 2." in tasks(judgement)[0]
    assert question.key in [known.key for known in judgement.state.questions]


def test_news_in_words_that_nobody_is_sure_of_hold_the_visit_all_the_same() -> None:
    judgement = meant(booked(), intent="human", sure=False, suggestion="confirm", also=("contraindication",))
    assert judgement.state.appointments["v1"].held
    assert "Looks like: confirm." in tasks(judgement)[0]


def test_what_nobody_wrote_leads_to_nothing() -> None:
    played, question = asked_about_health()
    judgement = meant(played, question, intent="ignore")
    assert (judgement.actions, judgement.state.notices) == ([], played.state.notices)
    assert judgement.state.questions == played.state.questions


def test_an_automatic_mail_is_noted_in_the_story_and_nothing_else() -> None:
    played = booked()
    at = played.now + MINUTE
    said = "I'm out of office until Monday. In an emergency call 911. Reply STOP to end."
    played.take(ClientReplied(event_id="r", occurred_at=at, channel="email", text=said, automatic=True))
    assert played.state.journal[-1].text == "Understood as: nobody wrote this."
    assert (played.tasks, played.escalations, played.state.opted_out) == ([], [], [])


def test_what_we_sent_ourselves_and_a_reply_quotes_goes_to_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def reader(text: str, *, sent: Any = (), names: Any = (), **_: Any) -> Understanding:
        heard.append((list(sent), list(names)))
        return Understanding(intent="thanks")

    monkeypatch.setattr("domain.read_reply.understand", reader)
    played = booked()
    at = played.now + MINUTE
    reply = ClientReplied(event_id="r", occurred_at=at, channel="sms", text="Liked “x”", sent=["Hi Tina, ours"])
    played.take(reply)
    assert heard[0] == (["Hi Tina, ours"], ["Tina Example", "Maya", "Cedar Hill"])


# --- a death ---------------------------------------------------------------------------------------------------


def test_word_of_a_death_stops_everything_and_asks_a_person_in_careful_words() -> None:
    judgement = meant(booked(), text="Tina passed away", intent="human", death=True)
    [task] = tasks(judgement)
    assert task.endswith('They wrote: "Tina passed away"')
    assert owed(judgement) == []
    assert owed(judgement, "therapist") == ["notice_read_reply"]
    assert judgement.state.death_reported


def dead(**practice: Any) -> Played:
    return booked(**practice).reply("Tina passed away last Sunday.")


def test_after_word_of_a_death_nothing_is_sent_to_the_client() -> None:
    played = dead()
    before = len(played.sent)
    played.reply("STOP").reply("please cancel my appointment").until(START + 9 * DAY)
    assert [m.template for _, m in played.sent[before:] if m.audience == "client"] == []
    assert played.state.status == "paused"


def test_what_was_owed_before_the_word_came_is_dropped_with_its_reason() -> None:
    night = a_practice(send_window={"opens": "09:00", "closes": "20:00"})
    played = Played(a_state(practice=night, at=START + 12 * HOUR))  # 21:00: the welcome waits for the morning
    judgement = meant(played, intent="human", death=True)
    assert owed(judgement) == []


def test_a_misunderstanding_is_resumed_by_a_persons_word() -> None:
    played = dead(screening=False)
    played.take(PlanResumed(event_id="go", occurred_at=played.now + MINUTE)).until(START + 5 * DAY)
    assert played.state.status == "active"
    assert "reminder" in played.kinds()


def test_nobody_writes_to_a_client_who_may_have_died_by_mistake() -> None:
    played = dead()
    words = StaffWrote(event_id="w", occurred_at=played.now + MINUTE, text="See you!", by="Robin")
    before = len(played.sent)
    assert played.take(words).sent[before:] == []
    assert "Robin wrote, but somebody said that the client has died: not sent." in [task.text for task in played.tasks]


# --- the end of a plan -----------------------------------------------------------------------------------------


def ended(**how: Any) -> list[str]:
    played = booked()
    before = len(played.sent)
    played.take(PlanEnded(event_id="end", occurred_at=played.now + MINUTE, **how)).until(START + 9 * DAY)
    assert played.state.ended
    return [message.template for _, message in played.sent[before:] if message.audience == "client"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, ["discharge"]),
        ({"reason": "completed"}, ["discharge"]),
        ({"reason": "Tina goes on by herself."}, ["discharge"]),
        ({"reason": "moved"}, ["plan_closed"]),
        ({"reason": "referred", "note": "to a surgeon"}, ["plan_closed"]),
        ({"reason": "other"}, ["plan_closed"]),
        ({"reason": "deceased"}, []),
        ({"reason": "Deceased "}, []),
        ({"reason": "the client died in May"}, []),
        ({"reason": "completed", "quiet": True}, []),
    ],
)
def test_the_closing_words_fit_the_reason(how: dict[str, Any], said: list[str]) -> None:
    assert ended(**how) == said


def test_the_end_after_a_death_drops_what_was_owed_and_the_review() -> None:
    played = booked()
    played.state.review_after = played.now + HOUR
    played.take(PlanEnded(event_id="end", occurred_at=played.now, reason="deceased"))
    assert played.state.review_after is None
    assert [notice for notice in played.state.notices if notice.audience == "client"] == []
