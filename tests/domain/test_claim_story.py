"""What becomes of a claim, as a biller would tell it. Dates and texts are worked out by hand."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.actions import SendMessage, SendOutcome
from domain.claim_acceptance import check_claim_event
from domain.claim_words import STATUS, next_action
from domain.errors import EventRefused
from domain.wording import LANGUAGES, Wording
from tests.domain.claim_builder import (
    NOT_NECESSARY,
    WHOLE,
    PlayedClaim,
    a_claim,
    a_claim_practice,
    a_payer,
    at,
    outcome_of,
)
from tests.domain.plan_builder import HOUR

WORDING = Wording.load()
LEFT_20 = (
    "The payer leaves 20.00 to the client (PR). Was it paid at the visit? "
    "Does another payer come after this one? Bill only what is then still open."
)
WINDOW_OPEN = {"opens": "09:00", "closes": "20:00"}


def an_accepted_claim(**other: Any) -> PlayedClaim:
    """Sent on Tuesday March 3, acknowledged on the day after."""
    played = PlayedClaim(a_claim(**other)).hear("claim_submitted", "2026-03-03", reference="CH-77")
    return played.hear("claim_acknowledged", "2026-03-04")


def a_denied_claim(**other: Any) -> PlayedClaim:
    letter = {"letter": "2026-05-27"}
    return an_accepted_claim(**other).hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates=letter)


def text_of(message: SendMessage) -> str:
    facts = {"url": "https://example.com/claims/plan-1-1", **message.facts}
    words = WORDING.render(
        message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
    )
    return words.text


def test_a_denial_for_medical_necessity_is_followed_to_its_payment() -> None:
    played = a_denied_claim().until("2026-11-10")
    assert played.state.status == "denied"
    assert ("2026-05-27", "denial:1") in played.nudged()
    played.hear("appeal_filed", "2026-11-10", reference="AP-5")
    assert played.state.status == "appealed"
    assert played.open_deadlines() == ["dispute:1"]
    played.hear("appeal_decided", "2026-12-18", outcome="overturned")
    assert (played.state.status, played.open_deadlines(), played.open_tasks()) == ("overturned", [], [])
    played.hear("claim_paid", "2027-01-05", paid="80", adjustments=WHOLE)
    assert (played.state.status, played.state.paid) == ("paid", Decimal(80))
    assert played.open_tasks() == [LEFT_20]
    assert played.until("2027-06-01").over


def test_the_story_is_told_in_plain_words() -> None:
    played = a_denied_claim()
    assert played.story("event") == [
        "The claim of the visit on Mon Mar 2, 2026 is followed from now on.",
        "It was sent on Tue Mar 3, 2026 (electronic). reference CH-77",
        "It was acknowledged on Wed Mar 4, 2026.",
    ]
    assert played.story("denial") == [
        "Denied on Wed May 27, 2026.",
        "Next step: Appeal with the plan, the order and measured progress. "
        "CO 50: not medically necessary. Without group PR nothing may be billed to the client.",
    ]


def test_the_board_says_what_comes_next() -> None:
    played = PlayedClaim()
    assert next_action(played.state) == (
        "Send the claim: it hasn't gone out yet. Act by Fri May 29, 2026; the last day is Sun May 31, 2026."
    )
    played = a_denied_claim()
    assert next_action(played.state) == (
        "Appeal with the plan, the order and measured progress. "
        "Act by Thu Jul 16, 2026; the last day is Sun Jul 26, 2026."
    )
    assert STATUS[played.state.status] == "denied"


def test_a_claim_paid_in_full_owes_nobody_anything() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-03-20", paid="80", adjustments=WHOLE)
    assert played.until("2027-03-20").nudged() == [("2026-03-17", "status:2026-03-17")]
    assert played.over
    assert next_action(played.state) == "Nothing is owed."


def test_money_that_no_code_explains_is_asked_for() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-03-10", paid="50", adjustments=WHOLE).until("2026-03-25")
    assert played.state.status == "partly_paid"
    assert "30.00 is neither paid nor explained." in played.story("payment")
    assert played.nudged() == [("2026-03-10", "balance:2026-03-10"), ("2026-03-24", "balance:2026-03-24")]


def test_a_payment_that_refuses_a_part_opens_a_denial_whatever_it_was_called() -> None:
    some = [("CO", "45", "20"), ("PR", "3", "20"), ("CO", "50", "40")]
    for kind in ("claim_paid", "claim_partly_paid"):
        played = an_accepted_claim().hear(kind, "2026-03-10", paid="40", adjustments=some)
        assert played.state.status == "partly_paid"
        (denial,) = played.state.denials
        assert [each.reason for each in denial.adjustments] == ["50"]
        assert played.open_deadlines() == ["dispute:1", "internal_appeal:1"]


def test_the_rest_after_a_won_appeal_makes_the_claim_paid() -> None:
    some = [("CO", "45", "20"), ("PR", "3", "20"), ("CO", "50", "40")]
    played = an_accepted_claim().hear("claim_partly_paid", "2026-03-10", paid="40", adjustments=some)
    played.hear("appeal_filed", "2026-04-01").hear("appeal_decided", "2026-05-01", outcome="overturned")
    played.hear("claim_paid", "2026-05-10", paid="40")
    assert (played.state.status, played.open_deadlines()) == ("paid", [])


def test_nothing_that_group_co_refuses_is_ever_billed_to_the_client() -> None:
    played = an_accepted_claim().hear("claim_denied", "2026-04-01", adjustments=[("CO", "119", "80")])
    played.until("2027-04-01")
    assert not [task.text for task in played.tasks if "the client" in task.text]


def test_a_contracts_write_off_bills_nobody() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-03-10", paid="100", adjustments=[("CO", "45", "20")])
    assert (played.state.status, played.tasks) == ("paid", [])


def test_a_client_is_billed_once_for_what_the_payer_puts_on_them() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-03-10", paid="80", adjustments=WHOLE)
    played.hear("claim_acknowledged", "2026-03-11").until("2026-05-01")
    assert played.open_tasks() == [LEFT_20]


def test_an_injured_client_is_never_billed() -> None:
    played = an_accepted_claim(payer=a_payer(type="workers_comp", state="OR"))
    played.hear("claim_denied", "2026-04-01", adjustments=[("PR", "1", "120")])
    assert not [task.key for task in played.tasks if "client-share" in task.key]


def test_a_reversal_reopens_a_paid_claim_and_questions_the_clients_bill() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-03-10", paid="80", adjustments=WHOLE)
    played.hear("payment_reversed", "2026-06-01", amount="80")
    assert (played.state.status, played.state.paid) == ("pending", Decimal(0))
    assert "The claim is open again. this came after its end" in played.story("event")
    assert played.tasks[-1].text == "The payer took its decision back: check the 20.00 that the client was to pay."


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("claim_paid", {"paid": "80", "adjustments": WHOLE}, "paid"),
        ("claim_denied", {"adjustments": NOT_NECESSARY}, "denied"),
        ("payment_reversed", {"amount": "80"}, "pending"),
        ("contact_logged", {"channel": "phone"}, "closed"),
        ("status_answered", {"status": "pending"}, "closed"),
        ("claim_acknowledged", {}, "closed"),
    ],
)
def test_after_the_end_only_money_or_a_refusal_reopens_a_claim(kind: str, fields: Any, status: str) -> None:
    played = an_accepted_claim().hear("claim_closed", "2026-04-01", because="the client moved away", by="Bo")
    lines = played.state.journal_seq
    played.hear(kind, "2026-04-10", **fields)
    assert played.state.status == status
    assert played.state.journal_seq > lines


def test_an_older_word_never_undoes_a_newer_one() -> None:
    played = an_accepted_claim().hear("claim_paid", "2026-04-10", paid="80", adjustments=WHOLE)
    late: list[tuple[str, dict[str, Any]]] = [
        ("status_answered", {"status": "pending"}),
        ("claim_rejected", {"reason": "unknown member"}),
        ("claim_denied", {"adjustments": NOT_NECESSARY}),
    ]
    for kind, fields in late:
        played.hear(kind, on="2026-03-20", **fields)
        assert played.state.status == "paid"


def test_a_denial_told_by_remittance_and_by_letter_is_one_denial() -> None:
    played = an_accepted_claim().hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY)
    letter = {"letter": "2026-05-27", "receipt": "2026-06-02", "stated_deadline": "2026-11-20"}
    played.hear("claim_denied", "2026-06-02", reason="not medically necessary", dates=letter)
    assert len(played.state.denials) == 1
    assert str(played.deadline("internal_appeal:1").day.legal) == "2026-11-20"


def test_a_second_denial_after_a_corrected_claim_is_another_one() -> None:
    played = an_accepted_claim().hear("claim_denied", "2026-04-01", adjustments=[("CO", "4", "80")])
    assert "corrected_claim:1" in played.open_deadlines()
    played.hear("claim_corrected", "2026-04-03")
    assert (played.state.status, "corrected_claim:1" in played.open_deadlines()) == ("corrected", False)
    played.hear("claim_denied", "2026-04-20", adjustments=[("CO", "4", "80")])
    assert [denial.number for denial in played.state.denials] == [1, 2]


def test_a_denial_known_by_telephone_only_already_has_its_deadlines() -> None:
    played = an_accepted_claim().hear("status_answered", "2026-04-01", status="denied", note="letter follows")
    assert played.state.status == "denied"
    assert str(played.deadline("internal_appeal:1").day.legal) == "2026-09-28"


def test_a_lost_appeal_opens_the_external_review() -> None:
    """Four months after October 30 is February 30, so the first of March, a Monday."""
    played = a_denied_claim().hear("appeal_filed", "2026-09-01")
    played.hear("appeal_decided", "2026-10-30", outcome="upheld", dates={"receipt": "2026-10-30"})
    assert played.state.status == "upheld"
    assert str(played.deadline("external_review:1").day.legal) == "2027-03-01"
    played.hear("appeal_filed", "2027-01-15", level="external")
    assert (played.state.status, "external_review:1" in played.open_deadlines()) == ("external_review", False)


def test_the_members_appeal_and_the_providers_dispute_are_two_rights() -> None:
    played = a_denied_claim().hear("appeal_filed", "2026-06-10", level="dispute")
    assert played.open_deadlines() == ["internal_appeal:1"]
    played.hear("appeal_filed", "2026-06-11", level="internal")
    assert played.open_deadlines() == []


def test_an_appeal_filed_late_is_noted_and_still_ends_the_alerts() -> None:
    played = a_denied_claim().hear("appeal_filed", "2026-12-01")
    assert "An internal appeal was filed on Tue Dec 1, 2026. late: the last day was Mon Nov 23, 2026" in played.story(
        "appeal"
    )
    assert "internal_appeal:1" not in played.open_deadlines()


def test_news_that_comes_twice_counts_once() -> None:
    played = an_accepted_claim()
    paid = played.event("claim_paid", "2026-04-01", paid="40", adjustments=WHOLE)
    played.take(paid).take(paid)
    assert played.state.paid == Decimal(40)
    assert played.story("event")[-1] == "The same news came again; it counts once."


# --- what is refused


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("appeal_filed", {}, "report the denial first"),
        ("appeal_decided", {"outcome": "upheld"}, "report that it was filed first"),
        ("nudge_answered", {"nudge": "nonsense", "answer": "done", "by": "Bo"}, "take the key that the claim's page"),
        ("nudge_answered", {"nudge": "status:2026-03-17", "answer": "snooze", "by": "Bo"}, "until is missing"),
        (
            "nudge_answered",
            {"nudge": "status:2026-03-17", "answer": "promised", "until": "2026-03-03", "by": "Bo"},
            "until lies in the past",
        ),
        ("deadline_let_go", {"deadline": "dispute:1", "because": "too small", "by": "Bo"}, "take the key"),
        ("deadline_let_go", {"deadline": "timely_filing", "because": "too small", "by": "Bo"}, "has ended already"),
        ("claim_submitted", {"on": "2026-03-06"}, "lies in the future"),
        ("claim_paid", {"paid": "1", "on": "2026-03-12"}, "lies in the future"),
        ("claim_denied", {"dates": {"letter": "2026-03-06"}}, "dates.letter lies in the future"),
        ("claim_denied", {"dates": {"letter": "2026-03-04", "stated_deadline": "2026-03-03"}}, "before the letter"),
        ("claim_denied", {"on": "2026-03-01"}, "lies before the visit of 2026-03-02"),
        ("payment_promised", {"until": "2026-03-01", "by": "Sam"}, "until lies before"),
        ("information_requested", {"wanted": "notes", "due": "2026-03-01"}, "due lies before"),
        ("payment_reversed", {"amount": "0"}, "amount is zero"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_fix(kind: str, fields: Any, said: str) -> None:
    played = an_accepted_claim()
    event = played.event(kind, **fields)
    with pytest.raises(EventRefused, match=said):
        check_claim_event(played.state, event, played.now)


def test_a_remittance_may_name_the_day_on_which_its_money_will_move() -> None:
    played = an_accepted_claim().hear("claim_paid", paid="80", adjustments=WHOLE, on="2026-03-09")
    assert played.state.status == "paid"


def test_a_call_before_the_visit_may_be_logged() -> None:
    played = an_accepted_claim()
    played.hear("contact_logged", channel="phone", person="Sam", on="2026-02-20")
    assert played.state.contacts[-1].person == "Sam"


# --- what people read, and what becomes of a message


def test_no_word_to_staff_names_a_client_or_a_payer() -> None:
    played = a_denied_claim().until("2026-12-15")
    texts = {text_of(message) for _, message in played.sent}
    assert not [text for text in texts for word in ("Tina", "Example", "Blue", "120", "80") if word in text]
    assert (
        "Cedar Hill: deadline, internal appeal: last day Mon Nov 23, 2026, act by Fri Nov 13, 2026. "
        "https://example.com/claims/plan-1-1" in texts
    )
    assert (
        "Cedar Hill: PASSED: internal appeal, last day was Mon Nov 23, 2026. "
        "Say if it was filed, or let it go: https://example.com/claims/plan-1-1" in texts
    )
    assert (
        "Cedar Hill: Appeal with the plan, the order and measured progress. Act by Fri Nov 13, 2026, "
        "last day Mon Nov 23, 2026. Ref. CH-77 https://example.com/claims/plan-1-1" in texts
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_of_a_nudge_has_action_checklist_and_reference(language: Any) -> None:
    biller = {"name": "Bo", "email": "bo@example.com", "language": language}
    practice = a_claim_practice()
    practice = practice.model_validate(practice.model_dump() | {"biller": biller})
    played = an_accepted_claim(practice=practice).until("2026-03-18")
    text = text_of(played.sent[-1][1])
    if language == "en":
        assert "Next: Ask where the claim stands.\nReference: CH-77\nChecklist: 1) Ask for its status" in text
    else:
        assert "Siguiente paso: Pregunte en qué punto está la reclamación.\nReferencia: CH-77\nLista: 1) " in text


def test_a_message_that_fails_goes_by_mail_and_then_to_the_desk() -> None:
    biller = {"name": "Bo", "phone": "+12065550121", "email": "bo@example.com"}
    practice = a_claim_practice()
    practice = practice.model_validate(practice.model_dump() | {"biller": biller})
    tried: list[str] = []

    def refused(message: SendMessage, now: datetime) -> SendOutcome:
        tried.append(message.message_key)
        return outcome_of(message, now, "refused", because="unreachable")

    played = PlayedClaim(a_claim(practice=practice), refused).hear("claim_submitted", "2026-03-03").until("2026-03-10")
    key = "claim:plan-1-1:nudge:ack:1:2026-03-06"
    assert tried == [f"{key}:sms", f"{key}:email"]
    assert [task.text for task in played.tasks] == ["A message did not reach the biller (claim nudge): unreachable"]


def test_a_message_that_is_put_off_goes_later() -> None:
    later = at("2026-03-06", 15)

    def put_off(message: SendMessage, now: datetime) -> SendOutcome:
        return outcome_of(message, now, "accepted" if now >= later else "deferred", until=later)

    played = PlayedClaim(a_claim(), put_off).hear("claim_submitted", "2026-03-03").until("2026-03-10")
    assert played.went() == [("2026-03-06 15", "nudge:ack:1:2026-03-06", "biller")]


def test_a_message_of_unknown_fate_is_asked_about_by_the_same_key() -> None:
    keys: list[tuple[str, bool]] = []

    def unclear(message: SendMessage, now: datetime) -> SendOutcome:
        keys.append((message.message_key, message.only_find))
        return outcome_of(message, now, "accepted" if len(keys) > 1 else "unclear", until=now + HOUR)

    played = PlayedClaim(a_claim(), unclear).hear("claim_submitted", "2026-03-03").until("2026-03-10")
    assert keys == [("claim:plan-1-1:nudge:ack:1:2026-03-06:sms", False)] * 2
    assert played.went() == [("2026-03-06 10", "nudge:ack:1:2026-03-06", "biller")]


def test_what_is_no_longer_true_is_only_looked_for() -> None:
    keys: list[bool] = []

    def unclear(message: SendMessage, now: datetime) -> SendOutcome:
        keys.append(message.only_find)
        return outcome_of(message, now, "accepted" if len(keys) > 1 else "unclear", until=now + 8 * HOUR)

    played = PlayedClaim(a_claim(), unclear).hear("claim_submitted", "2026-03-03").until("2026-03-06")
    played.hear("claim_paid", "2026-03-06", paid="80", adjustments=WHOLE)
    assert not played.over
    played.until("2026-03-10")
    assert keys == [False, True]
    assert played.over


def test_nobody_is_written_to_outside_the_practices_hours() -> None:
    practice = a_claim_practice()
    hours = practice.follow_up.model_copy(update={"send_window": practice.follow_up.send_window.model_copy(update={})})
    late = hours.model_validate(hours.model_dump() | {"send_window": {"opens": "11:00", "closes": "20:00"}})
    played = PlayedClaim(a_claim(practice=practice.model_copy(update={"follow_up": late})))
    played.hear("claim_submitted", "2026-03-03").until("2026-03-10")
    assert played.went() == [("2026-03-06 11", "nudge:ack:1:2026-03-06", "biller")]
