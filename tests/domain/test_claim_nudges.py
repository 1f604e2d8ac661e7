"""When somebody is told what to do next about a claim. The visit of every claim here was on Monday March 2, 2026."""

from typing import Any

from domain.claim_nudges import nudges_of
from domain.wording import Wording
from tests.domain.claim_builder import (
    NOT_NECESSARY,
    WHOLE,
    PlayedClaim,
    a_claim,
    a_claim_practice,
    a_payer,
    at,
    days_after,
)

WORDING = Wording.load()


def accepted(**other: Any) -> PlayedClaim:
    """Sent on Tuesday March 3, acknowledged on March 4: asked about on the 17th, to be paid by April 3."""
    return PlayedClaim(a_claim(**other)).hear("claim_submitted", "2026-03-03").hear("claim_acknowledged", "2026-03-04")


def keys(played: PlayedClaim) -> list[str]:
    return [key for _, key in played.nudged()]


def test_an_unsent_claim_is_asked_for_at_a_third_two_thirds_and_on_our_own_day() -> None:
    played = PlayedClaim().until("2026-07-01")
    assert played.nudged() == [
        ("2026-04-01", "unsent:warn"),
        ("2026-05-01", "unsent:red"),
        ("2026-05-29", "unsent:act_by"),
    ]


def test_a_claim_opened_late_is_asked_for_once_and_not_three_times() -> None:
    assert keys(PlayedClaim().sleep_until("2026-05-05")) == ["unsent:red"]


def test_no_acknowledgement_is_looked_into_after_two_business_days() -> None:
    """Sent on Tuesday: Wednesday and Thursday pass, so on Friday; then every two weeks."""
    played = PlayedClaim().hear("claim_submitted", "2026-03-03").until("2026-03-21")
    assert played.nudged() == [("2026-03-06", "ack:1:2026-03-06"), ("2026-03-20", "ack:1:2026-03-20")]


def test_a_weekend_is_no_business_day() -> None:
    played = PlayedClaim().hear("claim_submitted", "2026-03-06").until("2026-03-12")
    assert played.nudged() == [("2026-03-11", "ack:1:2026-03-11")]


def test_a_claim_that_came_back_is_to_be_corrected_at_once() -> None:
    played = PlayedClaim().hear("claim_submitted", "2026-03-03").hear("claim_rejected", "2026-03-04", reason="no id")
    assert played.nudged() == [("2026-03-04", "rejected:1:2026-03-04")]
    played.hear("claim_submitted", "2026-03-05").hear("claim_acknowledged", "2026-03-05").until("2026-03-18")
    assert len(played.nudged()) == 1


def test_the_status_is_asked_on_the_payers_clock_and_every_two_weeks() -> None:
    assert accepted().until("2026-05-01").nudged() == [
        ("2026-03-17", "status:2026-03-17"),
        ("2026-03-31", "status:2026-03-31"),
        ("2026-04-04", "prompt_pay:1"),
        ("2026-04-14", "status:2026-04-14"),
        ("2026-04-20", "complaint:1"),
        ("2026-04-28", "status:2026-04-28"),
    ]


def test_paper_is_asked_about_a_week_later() -> None:
    """Twenty-one days after March 3; nobody acknowledges paper."""
    played = PlayedClaim().hear("claim_submitted", "2026-03-03", by="mail").until("2026-03-25")
    assert played.nudged() == [("2026-03-24", "status:2026-03-24")]


def test_nobody_asks_about_a_claim_that_was_never_accepted() -> None:
    played = PlayedClaim().hear("claim_submitted", "2026-03-03").until("2026-06-01")
    assert not [key for key in keys(played) if not key.startswith("ack:")]


def test_the_letter_is_due_the_day_after_the_limit() -> None:
    played = accepted().until("2026-04-04")
    (letter,) = [nudge for nudge in nudges_of(played.state) if nudge.letter]
    assert (letter.key, str(letter.due_on)) == ("prompt_pay:1", "2026-04-04")
    assert [message.template for _, message in played.sent if "prompt_pay" in message.message_key] == [
        "prompt_pay_letter_due"
    ]


def test_a_plan_that_no_state_watches_has_no_complaint() -> None:
    assert "complaint:1" not in keys(accepted(payer=a_payer(type="erisa")).until("2026-06-01"))


def test_an_answer_of_the_payer_moves_the_next_question_on() -> None:
    played = accepted().hear("status_answered", "2026-03-20", status="pending", person="Sam", reference="77")
    assert [key for key in keys(played.until("2026-04-03")) if "status" in key] == [
        "status:2026-03-17",
        "status:2026-04-03",
    ]


def test_a_question_marked_done_counts_from_that_day() -> None:
    played = accepted().until("2026-03-17")
    played.hear("nudge_answered", "2026-03-18", nudge="status:2026-03-17", answer="done", by="Bo").until("2026-04-02")
    assert [key for key in keys(played) if "status" in key] == ["status:2026-03-17", "status:2026-04-01"]


def test_a_nudge_sleeps_until_the_day_that_was_named() -> None:
    played = accepted().until("2026-03-17")
    played.hear("nudge_answered", nudge="status:2026-03-17", answer="snooze", until="2026-03-25", by="Bo")
    assert played.until("2026-04-09").nudged() == [
        ("2026-03-17", "status:2026-03-17"),
        ("2026-03-25", "status:2026-03-25"),
        ("2026-04-04", "prompt_pay:1"),
        ("2026-04-08", "status:2026-04-08"),
    ]


def test_a_letter_can_sleep_and_be_done() -> None:
    played = accepted().until("2026-04-04")
    played.hear("nudge_answered", nudge="prompt_pay:1", answer="snooze", until="2026-04-07", by="Bo")
    played.until("2026-04-07")
    assert played.nudged()[-1] == ("2026-04-07", "prompt_pay:1~2026-04-07")
    played.hear("nudge_answered", nudge="prompt_pay:1~2026-04-07", answer="done", by="Bo").until("2026-05-01")
    assert len([key for key in keys(played) if "prompt_pay" in key]) == 2
    assert not [nudge for nudge in nudges_of(played.state) if nudge.letter]


def test_a_promise_is_a_timer_and_silences_all_other_questions_until_then() -> None:
    """Promised by April 10: nothing on March 31 nor on April 4; the day after, what was put off; then two weeks."""
    played = accepted().until("2026-03-17")
    played.hear("nudge_answered", nudge="status:2026-03-17", answer="promised", until="2026-04-10", by="Bo")
    assert played.until("2026-04-26").nudged() == [
        ("2026-03-17", "status:2026-03-17"),
        ("2026-04-11", "promise:1"),
        ("2026-04-11", "prompt_pay:1"),
        ("2026-04-20", "complaint:1"),
        ("2026-04-25", "status:2026-04-25"),
    ]


def test_a_promise_that_was_kept_asks_nobody() -> None:
    played = accepted().hear("payment_promised", "2026-03-10", until="2026-03-20", by="Sam", what="payment")
    played.hear("claim_paid", "2026-03-19", paid="80", adjustments=WHOLE).until("2026-06-01")
    assert played.nudged() == []


def test_the_last_promise_counts() -> None:
    played = accepted().hear("payment_promised", "2026-03-10", until="2026-03-20", by="Sam")
    played.hear("payment_promised", "2026-03-19", until="2026-03-30", by="Sam").until("2026-03-31")
    assert played.nudged() == [("2026-03-31", "promise:2")]


def test_records_that_are_asked_for_are_nudged_at_once_until_sent() -> None:
    played = accepted().hear("information_requested", "2026-03-10", wanted="visit notes", due="2026-04-10")
    assert played.nudged() == [("2026-03-10", "information:1")]
    played.until("2026-03-20")
    assert keys(played) == ["information:1"]
    played.hear("information_sent", "2026-03-20")
    assert "information:1" not in [nudge.key for nudge in nudges_of(played.state)]


def test_a_denial_tells_the_next_step_and_its_days() -> None:
    played = accepted().hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates={"letter": "2026-05-27"})
    message = played.sent[-1][1]
    assert (message.template, message.facts["act_by"]) == ("claim_denied_notice", "Fri Nov 13, 2026")
    (nudge,) = nudges_of(played.state)
    assert nudge.action == "Appeal with the plan, the order and measured progress."
    assert len(nudge.checklist) >= 3


def test_an_appeal_without_a_decision_is_asked_about() -> None:
    """Sixty days after June 1 is July 31; the day after, then every two weeks."""
    played = accepted().hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY)
    played.hear("appeal_filed", "2026-06-01").until("2026-08-16")
    assert [key for key in keys(played) if "decision" in key] == ["decision:1:2026-08-01", "decision:1:2026-08-15"]


def test_money_won_on_appeal_is_asked_for_until_it_comes() -> None:
    played = accepted().hear("claim_denied", "2026-04-01", adjustments=NOT_NECESSARY)
    played.hear("appeal_filed", "2026-04-02").hear("appeal_decided", "2026-05-01", outcome="overturned")
    assert [day for day, _ in played.until("2026-05-30").nudged() if day > "2026-05-01"] == [
        "2026-05-15",
        "2026-05-29",
    ]


def test_a_claim_for_which_nothing_can_be_done_waits_for_a_decision() -> None:
    played = accepted().hear("claim_denied", "2026-04-01", adjustments=NOT_NECESSARY)
    for deadline in ("dispute:1", "internal_appeal:1"):
        played.hear("deadline_let_go", "2026-04-02", deadline=deadline, because="too small", by="Olga")
    assert played.until("2026-06-01").nudged()[-2:] == [
        ("2026-05-01", "settle:2026-05-01"),
        ("2026-05-31", "settle:2026-05-31"),
    ]


def test_two_months_without_anything_running_end_with_one_nudge_of_a_kind() -> None:
    played = accepted().until("2026-03-18").sleep_until("2026-05-20")
    assert keys(played)[1:] == ["prompt_pay:1", "complaint:1", "status:2026-05-12"]


def test_a_client_who_files_for_himself_is_nudged_without_payer_or_amount() -> None:
    played = PlayedClaim(a_claim(filed_by="client")).until("2026-04-01")
    ((_, message),) = played.sent
    assert (message.audience, message.category, message.to) == ("client", "care", "client")
    words = WORDING.render(message.template, language="en", channel="sms", facts=message.facts, zone=message.time_zone)
    assert words.text == (
        "Cedar Hill: about your claim for a visit: Send the claim: it hasn't gone out yet. Ref. FT-1001. "
        "Questions? Call (206) 555-0100."
    )


def test_a_client_without_consent_is_left_to_the_biller() -> None:
    played = PlayedClaim(a_claim(filed_by="client", client={"consents": []})).until("2026-04-01")
    assert [who for _, _, who in played.went()] == ["biller"]


def test_without_a_biller_the_front_desk_is_nudged() -> None:
    played = PlayedClaim(a_claim(practice=a_claim_practice(biller=None))).until("2026-04-01")
    assert [message.address for _, message in played.sent] == ["+12065550111"]


def test_a_corrected_claim_starts_the_payers_clock_anew() -> None:
    played = accepted().hear("claim_denied", "2026-03-16", adjustments=[("CO", "4", "80")])
    played.hear("claim_corrected", "2026-03-20").hear("claim_acknowledged", "2026-03-21").until("2026-04-21")
    waited = [(day, key) for day, key in played.nudged() if day > "2026-03-21"]
    assert waited == [
        (days_after("2026-03-20", 14), "status:2026-04-03"),
        (days_after("2026-04-03", 14), "status:2026-04-17"),
        (days_after("2026-03-21", 31), "prompt_pay:2"),
    ]


def test_a_claim_whose_news_came_in_an_odd_order_is_asked_about_once_a_month() -> None:
    claim = PlayedClaim(a_claim())
    claim.take(claim.event("payment_reversed", "2026-03-03", amount="80"), checked=False)
    claim.take(claim.event("claim_submitted", "2026-03-03"), checked=False)
    assert claim.state.status == "pending"
    assert claim.wake_at == at("2026-04-02", 9)
