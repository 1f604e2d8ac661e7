"""Which plan a text is for, when one number has several plans or several people."""

from dataclasses import replace

import pytest

from domain.calendar_file import visit_uid
from domain.events import CalendarAnswer, ClientReplied, ReplyUnclear
from domain.incoming import OpenPlan, Sender, Taking, WhichOne
from domain.route_reply import route
from domain.sms_segments import segments
from domain.state import Appointment, PlanState
from domain.touchpoint import QuestionKind
from domain.wording import Wording
from tests.domain.plan_builder import DAY, HOUR, START
from tests.domain.reply_builder import PHONE, a_mail, a_state_of, a_text, asked, by_email_only, from_


def goes_to(taking: Taking) -> list[str]:
    return [plan_id for plan_id, _ in taking.events]


def replies(taking: Taking) -> dict[str, ClientReplied]:
    return {plan_id: event for plan_id, event in taking.events if isinstance(event, ClientReplied)}


def a_couple(anna: QuestionKind | None = None, ben: QuestionKind | None = None) -> Sender:
    """Two people on one phone, each asked a question of this kind or none."""
    states = a_state_of("anna", "Anna Example"), a_state_of("ben", "Ben Example")
    if anna:
        asked(states[0], anna, visit="v-anna")
    if ben:
        asked(states[1], ben, visit="v-ben")
    return from_(*((state.plan_id, state) for state in states))


def one_client(*kinds: QuestionKind) -> Sender:
    """One person with a plan per kind of question; the later ones were asked an hour later each."""
    return from_(
        *(("anna", asked(a_state_of(f"p{nth}"), kind, nth * HOUR, visit=f"v{nth}")) for nth, kind in enumerate(kinds))
    )


def test_a_reply_goes_to_the_plan_whose_question_it_answers() -> None:
    assert goes_to(route(a_text("4"), a_couple("confirm_appointment", "feedback_1_5"))) == ["ben"]
    assert goes_to(route(a_text("C"), a_couple("confirm_appointment", "feedback_1_5"))) == ["anna"]


def test_a_reply_of_one_client_goes_to_the_newest_question_where_the_kinds_differ() -> None:
    assert goes_to(route(a_text("yes"), one_client("benchmark_yes_no", "confirm_appointment"))) == ["p1"]


def test_one_client_is_asked_where_two_questions_are_of_the_same_kind() -> None:
    taking = route(a_text("C"), one_client("confirm_appointment", "confirm_appointment"))
    [(plan_id, event)] = taking.events
    assert plan_id == "p0"
    assert isinstance(event, ReplyUnclear)
    assert event.options == ["Anna, Tue Mar 3, 9:00 AM", "Anna, Tue Mar 3, 10:00 AM"]


def talked_with(sender: Sender, plan_id: str) -> Sender:
    """The same people, with a person in the conversation of this plan."""
    for plan in sender.plans:
        if plan.plan_id == plan_id:
            plan.state.conversation_by, plan.state.conversation_until = "Robin", a_text("").at + HOUR
    return sender


def test_what_one_client_writes_to_a_person_goes_to_that_plan_and_nothing_is_asked() -> None:
    sender = talked_with(one_client("confirm_appointment", "confirm_appointment"), "p1")
    assert list(replies(route(a_text("C"), sender))) == ["p1"]
    assert goes_to(route(a_text("where do I park?"), sender)) == ["p1"]


def test_two_clients_are_asked_once_which_of_them_it_was() -> None:
    taking = route(a_text("C"), a_couple("confirm_appointment", "confirm_appointment"))
    [(_, event)] = taking.events
    assert isinstance(event, ReplyUnclear)
    assert event.options == ["Anna, Tue Mar 3, 9:00 AM", "Ben, Tue Mar 3, 9:00 AM"]
    assert taking.asks is not None
    assert taking.asks.reply.text == "C"
    assert taking.tasks == []


def waiting(sender: Sender, *, waits: bool = True) -> Sender:
    """The same people after they were asked which of them it was."""
    question = route(a_text("C"), sender).asks
    return Sender(plans=sender.plans, question=question, waits=waits)


@pytest.mark.parametrize(
    "answer", ["2", "2.", "2)", "#2", "Ben", "it's Ben", "for ben please", "Ben's", "dos", "es Ben"]
)
def test_the_answer_sends_the_first_words_to_the_plan_that_was_meant(answer: str) -> None:
    sender = waiting(a_couple("confirm_appointment", "confirm_appointment"))
    taking = route(a_text(answer, "SM2"), sender)
    assert {plan_id: event.text for plan_id, event in replies(taking).items()} == {"ben": "C"}
    assert taking.settles is not None
    assert (taking.settles.provider_id, taking.settles.how) == ("SM1", "answered")
    assert taking.tasks == []


@pytest.mark.parametrize("answer", ["C", "yes", "3", "1 or 2", "both", "not Anna", "Carla", "thanks", "12", ""])
def test_any_other_answer_is_for_a_person_who_gets_both_texts(answer: str) -> None:
    taking = route(a_text(answer, "SM2"), waiting(a_couple("confirm_appointment", "confirm_appointment")))
    assert taking.events == []
    [task] = taking.tasks
    assert f'they answered: "{answer}"' in task.text
    assert 'They wrote: "C"' in task.text
    assert taking.settles is not None
    assert taking.settles.how == "given_up"


def test_nobody_is_asked_twice_within_a_day() -> None:
    sender = waiting(a_couple("confirm_appointment", "confirm_appointment"), waits=False)
    taking = route(a_text("C", "SM3"), sender)
    assert taking.events == []
    assert taking.asks is None
    [task] = taking.tasks
    assert task.text == (
        'This phone is shared by Anna and Ben, and it isn\'t clear who wrote: ask them. They wrote: "C"'
    )


def test_an_opt_out_counts_while_a_question_back_waits_and_the_first_words_go_to_a_person() -> None:
    taking = route(a_text("STOP", "SM2"), waiting(a_couple("confirm_appointment", "confirm_appointment")))
    assert goes_to(taking) == ["anna", "ben"]
    assert taking.suppress == [PHONE]
    [task] = taking.tasks
    assert 'They wrote: "C"' in task.text


@pytest.mark.parametrize("words", ["I'm running late", "can we reschedule?", "what is this about", "thanks"])
def test_what_answers_no_question_goes_to_a_person_where_two_clients_share_a_phone(words: str) -> None:
    taking = route(a_text(words), a_couple())
    assert taking.events == []
    assert "This phone is shared by Anna and Ben" in taking.tasks[0].text
    assert words in taking.tasks[0].text


def test_what_answers_no_question_goes_to_the_plan_last_written_to_where_it_is_one_client() -> None:
    sender = from_(("anna", a_state_of("p0")), ("anna", a_state_of("p1")))
    assert goes_to(route(a_text("I'm running late"), sender)) == ["p0"]


def test_help_is_answered_by_one_plan_even_where_two_clients_share_a_phone() -> None:
    assert goes_to(route(a_text("HELP"), a_couple())) == ["anna"]


@pytest.mark.parametrize("words", ["STOP", "stop texting me", "wrong number"])
def test_an_opt_out_reaches_all_plans_of_the_number_and_one_of_them_answers(words: str) -> None:
    taking = route(a_text(words), a_couple("confirm_appointment"))
    assert goes_to(taking) == ["anna", "ben"]
    assert taking.suppress == [PHONE]
    assert [event.answered_elsewhere for event in replies(taking).values()] == [False, True]


def test_no_plan_confirms_an_opt_out_of_a_number_that_had_opted_out_before() -> None:
    sender = a_couple()
    taking = route(a_text("stop texting me"), Sender(plans=sender.plans, suppressed=True))
    assert all(event.answered_elsewhere for event in replies(taking).values())


def test_an_emergency_on_a_shared_phone_holds_every_client_and_is_answered_once() -> None:
    taking = route(a_text("I have chest pain and can't breathe"), a_couple("confirm_appointment", "feedback_1_5"))
    events = replies(taking)
    assert list(events) == ["anna", "ben"]
    assert [event.shared for event in events.values()] == [True, True]
    assert [event.answered_elsewhere for event in events.values()] == [False, True]


def test_an_emergency_of_one_client_with_two_plans_holds_the_one_last_written_to() -> None:
    sender = from_(("anna", a_state_of("p0")), ("anna", a_state_of("p1")))
    taking = route(a_text("I have chest pain and can't breathe"), sender)
    assert goes_to(taking) == ["p0"]
    assert not replies(taking)["p0"].shared


def test_new_medicine_is_the_answer_of_the_one_who_was_asked_what_is_new() -> None:
    taking = route(a_text("I started blood thinners"), a_couple(None, "screening_yes_no"))
    assert goes_to(taking) == ["ben"]


def test_the_carriers_stop_counts_whatever_the_wording() -> None:
    taking = route(a_text("basta ya de todo", carrier_said="STOP", carrier_answered=True), a_couple())
    assert taking.suppress == [PHONE]
    assert all(event.carrier_said == "STOP" for event in replies(taking).values())


def test_a_yes_that_the_carrier_takes_for_start_still_answers_the_question() -> None:
    sender = from_(("anna", asked(a_state_of("p0"), "benchmark_yes_no")))
    taking = route(a_text("YES", carrier_said="START", carrier_answered=True), sender)
    assert not taking.lift
    assert replies(taking)["p0"].carrier_said is None


def test_a_yes_that_the_carrier_takes_for_start_brings_back_who_had_opted_out() -> None:
    sender = from_(("anna", a_state_of("p0")), suppressed=True)
    taking = route(a_text("YES", carrier_said="START", carrier_answered=True), sender)
    assert taking.lift
    assert replies(taking)["p0"].carrier_said == "START"


def test_start_lifts_nothing_without_consent_on_file() -> None:
    taking = route(a_text("START"), from_(("anna", a_state_of("p0", **by_email_only())), suppressed=True))
    assert not taking.lift
    assert goes_to(taking) == ["p0"]  # whose desk is told


def test_a_mail_that_may_be_from_somebody_else_is_only_read_by_a_person() -> None:
    sender = from_(("anna", asked(a_state_of("p0"), "confirm_appointment")))
    taking = route(a_mail("Yes, I confirm", trusted=False), sender)
    assert (taking.events, taking.suppress, taking.lift) == ([], [], False)
    [task] = taking.tasks
    assert task.plan_id == "p0"
    assert task.text == (
        "A mail came in that may not be from the client, so nothing was done about it: ask them. "
        'They wrote: "Yes, I confirm"'
    )


def test_an_opt_out_by_such_a_mail_is_obeyed_for_both_addresses() -> None:
    state = a_state_of("p0", email="anna@example.com")
    plan = OpenPlan("anna", state)
    sender = Sender(plans=[], named=plan, also=[plan])
    taking = route(a_mail("unsubscribe", from_address="else@example.com", trusted=False), sender)
    assert taking.suppress == ["else@example.com", "anna@example.com"]
    assert goes_to(taking) == ["p0"]


def test_an_emergency_in_such_a_mail_pages_and_a_start_does_nothing() -> None:
    sender = from_(("anna", a_state_of("p0")), suppressed=True)
    assert goes_to(route(a_mail("I have chest pain and can't breathe", trusted=False), sender)) == ["p0"]
    start = route(a_mail("START", trusted=False), sender)
    assert (start.events, start.lift, len(start.tasks)) == ([], False, 1)


def test_the_conversations_token_names_the_plan() -> None:
    sender = one_client("confirm_appointment", "confirm_appointment")
    named = Sender(plans=sender.plans, named=sender.plans[1])
    assert goes_to(route(a_mail("I confirm", plan_id="p1"), named)) == ["p1"]


def test_the_question_back_is_one_segment_in_both_languages() -> None:
    names = ("Maximiliana-Josephine Example", "Bartholomew-Alexander Example")
    states = [asked(a_state_of(f"p{nth}", name), "feedback_1_5") for nth, name in enumerate(names)]
    question = route(a_text("4"), from_(*((state.plan_id, state) for state in states))).asks
    assert isinstance(question, WhichOne)
    wording = Wording.load()
    for language in ("en", "es"):
        sent = wording.render(
            "which_one",
            language=language,
            channel="sms",
            facts={
                "practice": "P" * 40,
                "options": f"1) {question.labels[0]} or 2) {question.labels[1]}",
                "numbers": "1 or 2",
            },
            zone="America/Los_Angeles",
        )
        assert segments(sent.text) == 1
        assert question.labels[1] in sent.text


def test_no_question_goes_to_a_plan_that_is_on_hold() -> None:
    sender = a_couple("confirm_appointment", "confirm_appointment")
    for plan in sender.plans:
        plan.state.held = True
    taking = route(a_text("C"), sender)
    assert (taking.asks, taking.events) == (None, [])
    assert len(taking.tasks) == 1


def test_a_stranger_is_for_a_person_with_number_and_words() -> None:
    taking = route(a_text("hello?", from_address="+12065550177", at=START), Sender([]))
    [task] = taking.tasks
    assert task.text == (
        "A text came from somebody who has no open plan here: read it and answer. "
        'They wrote: "hello?" From: +12065550177.'
    )


# --- news, a death, a machine, a calendar -----------------------------------------------------------------------

MEDICINE = "I started taking blood thinners"
DIED = "Anna passed away last Sunday."


def with_a_visit(plan_id: str, name: str = "Anna Example", days: int = 1) -> PlanState:
    state = a_state_of(plan_id, name)
    at = START + days * DAY
    state.appointments["v"] = Appointment(appointment_id="v", starts_at=at, booked_at=START, as_of=START)
    return state


def test_news_reach_every_plan_with_a_visit_to_come_and_one_of_them_answers() -> None:
    sender = from_(("anna", with_a_visit("p0")), ("anna", a_state_of("p1")), ("anna", with_a_visit("p2")))
    events = replies(route(a_text(MEDICINE), sender))
    assert {plan_id: event.answered_elsewhere for plan_id, event in events.items()} == {"p0": False, "p2": True}


def test_news_on_a_shared_phone_hold_the_visits_of_everybody_who_may_have_written() -> None:
    sender = from_(("anna", with_a_visit("anna")), ("ben", with_a_visit("ben", "Ben Example")))
    events = replies(route(a_text(MEDICINE), sender))
    assert list(events) == ["anna", "ben"]
    assert all(event.shared for event in events.values())


def test_news_with_no_visit_to_come_reach_one_plan() -> None:
    sender = from_(("anna", a_state_of("p0")), ("anna", a_state_of("p1")))
    assert goes_to(route(a_text(MEDICINE), sender)) == ["p0"]


def test_news_in_a_mail_that_may_be_forged_are_read_by_a_person() -> None:
    taking = route(a_mail(MEDICINE, trusted=False), from_(("anna", with_a_visit("p0"))))
    assert taking.events == []
    assert MEDICINE in taking.tasks[0].text


@pytest.mark.parametrize("trusted", [True, False])
def test_a_death_stops_every_plan_of_everybody_who_may_have_died(trusted: bool) -> None:
    sender = from_(("anna", a_state_of("p0")), ("ben", a_state_of("p1")), ("anna", a_state_of("elsewhere")))
    taking = route(a_text(DIED, trusted=trusted), sender)
    assert goes_to(taking) == ["p0", "p1", "elsewhere"]
    assert taking.died == ["anna", "ben"]
    assert (taking.suppress, taking.asks) == ([], None)
    events = replies(taking)
    assert all(event.shared for event in events.values())
    assert {name: event.answered_elsewhere for name, event in events.items()} == {
        "p0": False,  # an emergency of whoever wrote is answered
        "p1": True,
        "elsewhere": True,
    }
    assert [name for name, event in events.items() if event.told_elsewhere] == ["elsewhere"]


def test_word_of_a_death_gives_the_words_that_waited_for_an_answer_to_a_person() -> None:
    taking = route(a_text(DIED, "SM2"), waiting(a_couple("confirm_appointment", "confirm_appointment")))
    assert 'They wrote: "C"' in taking.tasks[0].text


def test_what_a_machine_wrote_is_kept_with_one_plan_and_answers_no_question_back() -> None:
    sender = waiting(a_couple("confirm_appointment", "confirm_appointment"))
    taking = route(a_text("1", "SM2", automatic=True), sender)
    assert (len(taking.events), taking.settles, taking.suppress, taking.tasks) == (1, None, [], [])


def test_an_opt_out_or_an_emergency_in_a_machines_mail_is_for_a_person_and_acts_on_nothing() -> None:
    sender = waiting(a_couple("confirm_appointment", "confirm_appointment"))
    for text in ("1 STOP", "I'm away until Monday. I have chest pain and can't breathe."):
        taking = route(a_text(text, "SM2", automatic=True), sender)
        assert (taking.events, taking.settles, taking.suppress, taking.page) == ([], None, [], None)
        assert len(taking.tasks) == 1


def test_what_a_machine_wrote_to_a_plan_that_ended_is_kept_there_and_nobody_need_read_it() -> None:
    sender = Sender([], ended=[OpenPlan("anna", a_state_of("p0"))])
    taking = route(a_mail("out of office", automatic=True), sender)
    assert (taking.plan_id, taking.tasks, taking.events) == ("p0", [], [])


CALENDAR_WORDS = "Anna has accepted this invitation. To stop receiving these emails, please log in."


def test_a_calendars_answer_goes_to_the_plan_of_the_visit_and_opts_nobody_out() -> None:
    sender = from_(("anna", with_a_visit("p0")), ("anna", with_a_visit("p1", days=2)))
    answer = CalendarAnswer(answer="accepted", uid=visit_uid("p1", "v"))
    taking = route(a_mail(CALENDAR_WORDS, calendar=answer), sender)
    assert goes_to(taking) == ["p1"]
    assert taking.suppress == []
    assert replies(taking)["p1"].calendar == answer


def test_a_text_of_ours_that_comes_back_travels_with_the_reply() -> None:
    sender = replace(from_(("anna", a_state_of("p0"))), sent=["Hi Anna, ours"])
    assert replies(route(a_text("Liked “Hi Anna, ours”"), sender))["p0"].sent == ["Hi Anna, ours"]


# --- An opt-out beside other words closes as a plain one does ---


@pytest.mark.parametrize(
    "words",
    [
        "Zoe passed away yesterday. Please stop texting this number.",
        "She died last week, STOP",
        "My lawyer will hear of this. Stop texting me.",
        "Stop texting me. I have chest pain and can't breathe",
        "I started blood thinners. Please stop texting me.",
        "This is the wrong number, stop texting me",
        "I can't come on Tuesday and stop texting me",
        "stop texting me",
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_an_opt_out_beside_any_other_words_closes_the_number(words: str, *, ended: bool) -> None:
    couple = a_couple("screening_yes_no")
    taking = route(a_text(words), Sender(plans=[], ended=couple.plans) if ended else couple)
    assert taking.suppress == [PHONE]
    assert taking.opted_out == ["anna", "ben"]


def test_an_opt_out_closes_the_other_addresses_of_that_persons_plans() -> None:
    sender = from_(("anna", a_state_of("p0", email="anna@example.com")))
    assert route(a_text("STOP"), sender).closes == [("email", "anna@example.com")]
    assert route(a_text("STOP"), Sender(plans=[], ended=sender.plans)).closes == [("email", "anna@example.com")]
    assert route(a_mail("unsubscribe", from_address="anna@example.com"), sender).closes == [("sms", PHONE)]


def test_a_wrong_number_says_nothing_about_the_clients_own_address() -> None:
    taking = route(a_text("wrong number"), from_(("anna", a_state_of("p0", email="anna@example.com"))))
    assert (taking.suppress, taking.closes, taking.opted_out) == ([PHONE], [], [])


def test_nothing_is_closed_by_words_that_dont_ask_for_it() -> None:
    taking = route(a_text("Zoe passed away yesterday."), a_couple())
    assert (taking.suppress, taking.closes, taking.opted_out) == ([], [], [])


# --- after the end ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["No I am NOT dead", "how much was my last bill", "HELP", "call me please"])
def test_a_former_clients_words_are_kept_with_their_plan(text: str) -> None:
    state = a_state_of("p0")
    state.ended = state.death_reported = True
    taking = route(a_text(text), Sender([], ended=[OpenPlan("anna", state)]))
    [task] = taking.tasks
    assert (taking.plan_id, task.plan_id) == ("p0", "p0")
    assert "came from a former client, whose plan has ended" in task.text
    assert "if they live, start a new plan" in task.text


def test_a_former_client_whose_plan_was_completed_is_not_said_to_have_died() -> None:
    state = a_state_of("p0")
    state.ended = True
    [task] = route(a_text("hello?"), Sender([], ended=[OpenPlan("anna", state)])).tasks
    assert "died" not in task.text


def test_where_several_former_clients_share_a_phone_nobody_is_named() -> None:
    ended = [OpenPlan("anna", a_state_of("p0")), OpenPlan("ben", a_state_of("p1", "Ben Example"))]
    taking = route(a_text("hello?"), Sender([], ended=ended))
    assert (taking.plan_id, [task.plan_id for task in taking.tasks]) == (None, [""])


def test_a_former_clients_accusation_is_one_task() -> None:
    taking = route(a_text("I will sue you"), Sender([], ended=[OpenPlan("anna", a_state_of("p0"))]))
    assert [(task.kind, task.plan_id) for task in taking.tasks] == [("grave_words", "p0")]
