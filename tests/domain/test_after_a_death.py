"""What word of a death does to what was asked of people, and what comes back where it was a misunderstanding."""

from datetime import timedelta

from domain.events import Changes, ClientReplied, PlanChanged, PlanEnded, PlanPaused, PlanResumed
from domain.inbox_order import of_task
from domain.opted_out import PHONE_THIS_CLIENT
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state

MINUTE = timedelta(minutes=1)
DIED = "Tina passed away last Sunday."


def booked() -> Played:
    return Played(a_state(practice=a_practice())).book("v1", START + 5 * DAY)


def wrote(played: Played, text: str, **how: object) -> Played:
    at = played.now + MINUTE
    event = ClientReplied.model_validate(
        {"event_id": f"r-{at}", "occurred_at": at, "channel": "sms", "text": text} | how
    )
    return played.take(event)


def resumed(played: Played, *, misunderstanding: bool = False) -> Played:
    at = played.now + MINUTE
    return played.take(PlanResumed(event_id=f"go-{at}", occurred_at=at, misunderstanding=misunderstanding))


def story(played: Played) -> list[str]:
    return [line.text for line in played.state.journal]


# --- the word --------------------------------------------------------------------------------------------------


def test_the_question_about_an_emergency_of_theirs_is_withdrawn_and_says_why() -> None:
    played = booked().reply("I have chest pain")
    assert played.open_questions() == ["red_flag"]
    played.reply(DIED)
    assert played.open_questions() == []
    withdrawn = [line for line in played.state.journal if line.text == "The question was withdrawn."]
    assert [line.because for line in withdrawn] == ["somebody wrote that the client has died"]


def test_an_emergency_of_whoever_writes_of_the_death_is_asked_about() -> None:
    played = booked().reply("Tina died and I want to die too")
    assert played.open_questions() == ["red_flag"]
    assert "emergency_988" in played.templates()


def test_on_a_shared_phone_the_one_in_danger_may_be_another() -> None:
    played = wrote(booked().reply("I have chest pain"), DIED, shared=True)
    assert played.open_questions() == ["red_flag"]


def test_the_task_about_a_death_is_urgent_and_asks_nobody_to_phone_the_client() -> None:
    played = booked().reply("STOP").reply(DIED)
    task = played.tasks[-1]
    assert (task.kind, of_task(task)) == ("death", "red_flag")
    assert PHONE_THIS_CLIENT not in task.text
    assert "contact the family only as you see fit" in task.text
    assert f'They wrote: "{DIED}"' in task.text


def test_each_further_word_of_it_joins_the_one_task() -> None:
    played = booked().reply(DIED).reply("He died on Sunday, please cancel everything")
    first, second = [task for task in played.tasks if task.kind == "death"]
    assert played.closed == [first.key]
    assert f'"{DIED}" Then: "He died on Sunday' in second.text
    told = [m for _, m in played.sent if m.template == "notice_read_reply"]
    assert len(told) == 1


def test_of_several_plans_of_one_person_one_tells_the_desk() -> None:
    played = wrote(booked(), DIED, told_elsewhere=True)
    assert [task.kind for task in played.tasks] == []
    assert played.state.death_reported


def test_an_opt_out_beside_a_death_counts_and_asks_nobody_to_phone() -> None:
    played = booked().reply("My wife died. Stop texting this number")
    assert played.state.opted_out == ["sms", "email"]
    assert [task.kind for task in played.tasks] == ["death"]


def test_whoever_writes_after_it_is_read_by_a_person_and_not_taken_for_the_client() -> None:
    played = booked().reply(DIED).reply("please cancel the appointment")
    assert played.tasks[-1].text.startswith("Somebody wrote after word of this client's death.")
    assert "call or write" not in played.tasks[-1].text


def test_the_end_of_the_plan_settles_the_task_and_every_question() -> None:
    played = booked().reply("I have chest pain").reply(DIED)
    [task] = [task for task in played.tasks if task.kind == "death"]
    played.take(PlanEnded(event_id="end", occurred_at=played.now + MINUTE, reason="deceased"))
    assert task.key in played.closed
    at_once = booked().reply("I have chest pain")
    at_once.take(PlanEnded(event_id="end", occurred_at=at_once.now + MINUTE, reason="deceased"))
    assert at_once.open_questions() == []


# --- a misunderstanding ----------------------------------------------------------------------------------------


def test_the_task_is_done_and_the_question_about_an_emergency_is_asked_anew_with_the_words() -> None:
    played = booked().reply("I have chest pain").reply(DIED)
    [task] = [task for task in played.tasks if task.kind == "death"]
    resumed(played)
    assert task.key in played.closed
    assert played.open_questions() == ["red_flag"]
    assert 'The client wrote: "I have chest pain"' in played.escalations[-1].escalation.evidence
    assert played.state.status == "held"
    assert "The plan is still on hold until a person clears it." in story(played)


def test_a_visit_on_hold_stays_so_and_the_story_says_it() -> None:
    played = booked().reply("I have a fever and a rash").reply(DIED)
    assert played.open_questions() == []
    resumed(played)
    assert played.state.appointments["v1"].held
    assert played.open_questions() == ["screening"]
    assert "The visit of Sat 07 Mar 2026 09:00 is still on hold." in story(played)


def test_an_opt_out_stays_and_the_story_says_it() -> None:
    played = resumed(booked().reply("My wife died. Stop texting this number"))
    assert played.state.opted_out == ["sms", "email"]
    assert "Still closed by an opt-out: texts and emails." in story(played)


def test_what_the_client_was_asked_can_be_answered_again() -> None:
    played = booked().until(START + 4 * DAY + HOUR)
    before = {question.kind for question in played.state.questions}
    assert before
    played.reply(DIED)
    assert played.state.questions == []
    assert {question.kind for question in resumed(played).state.questions} == before


def test_what_was_owed_to_the_client_is_owed_again() -> None:
    night = a_practice(send_window={"opens": "09:00", "closes": "20:00"})
    played = Played(a_state(practice=night)).until(START + 12 * HOUR)  # 21:00: news wait for the morning
    played.take(PlanChanged(event_id="c", occurred_at=played.now, changes=Changes(session_minutes=90)))
    played.reply(DIED)
    resumed(played).until(START + 2 * DAY)
    assert "plan_change" in played.kinds()


def test_another_plan_of_the_person_goes_on_only_where_the_death_alone_had_stopped_it() -> None:
    going = resumed(booked().reply(DIED), misunderstanding=True)
    assert going.state.status == "active"
    paused = booked()
    paused.take(PlanPaused(event_id="p", occurred_at=paused.now + MINUTE)).reply(DIED)
    assert resumed(paused, misunderstanding=True).state.status == "paused"
    never = booked()
    never.take(PlanPaused(event_id="p", occurred_at=never.now + MINUTE))
    assert resumed(never, misunderstanding=True).state.status == "paused"
    assert not never.state.death_reported


# --- what is quoted, and what is closed ------------------------------------------------------------------------


def test_a_question_before_a_visit_quotes_the_client_first() -> None:
    played = booked().reply("I have a fever and a rash")
    assert played.escalations[-1].escalation.evidence[0] == 'The client wrote: "I have a fever and a rash"'


def test_start_by_text_says_that_emails_stay_closed() -> None:
    client = a_plan().client.model_copy(update={"email": "tina@example.com"})
    played = Played(a_state(a_plan(client=client))).reply("STOP").reply("START")
    assert played.state.opted_out == ["email"]
    assert played.state.closed["email"].said == "STOP"
    assert "sms" not in played.state.closed
    assert "Emails stay closed: a START by email opens them." in story(played)
