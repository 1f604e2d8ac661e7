"""A client is never billed twice, and by nobody before the last payer has answered: the share lived through streams."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from domain.actions import AddDeskTask, CloseDeskTask
from domain.claim import ClaimState, Denial, LetterDates, Payment, ShareAsked
from domain.claim_events import OutsideClaimEvent
from domain.claim_standing import advice_for
from domain.client_share import share_of_client
from domain.decide_claim import decide_claim
from domain.posting import events_of
from domain.receipt import owed_by_client
from domain.remittance import read_835
from tests.domain.claim_builder import WHOLE, PlayedClaim, a_claim, at
from tests.domain.x12_builder import Adjusted, Claim, Line, a_file, a_remittance, needs_the_real_files, real

READ_AT = datetime(2026, 8, 1, 9, tzinfo=UTC)
NO_TASK: list[str] = []
ASKS = "Was it paid at the visit? Does another payer come after this one? Bill only what is then still open."
LEFT_20 = f"The payer leaves 20.00 to the client (PR). {ASKS}"
NEVER_BOTH = " Before, 20.00 was asked for: it is the same share, never both."
WAITS = (
    "The claim went on to another payer: nobody bills the client before it has answered. "
    "If nothing comes within a month, send it there yourselves."
)
BLUE, GREEN, VIOLET = "1000000001", "1000000002", "1000000003"
NAMES = {GREEN: "GREEN SUPPLEMENT", VIOLET: "VIOLET FUND"}


def says(
    status: str = "1",
    paid: str = "80.00",
    *adjusted: Adjusted,
    payer: str = BLUE,
    on: str = "20260504",
    trace: str = "EFT-1",
    charge: str = "120.00",
) -> list[OutsideClaimEvent]:
    """What one remittance says about FT-1001; without codes: 20.00 by contract and 20.00 to the client."""
    codes = adjusted or (("CO", "45", "20.00"), ("PR", "2", "20.00"))
    line = Line("97124", charge, paid, "4", codes)
    text = a_file(a_remittance(Claim("FT-1001", status, charge, paid, lines=[line]), trace=trace))
    text = text.replace("N1*PR*BLUE EXAMPLE", f"N1*PR*{NAMES.get(payer, 'BLUE EXAMPLE')}")
    text = text.replace("*20260504~\nTRN", f"*{on}~\nTRN").replace(f"{trace}*1234567890", f"{trace}*{payer}")
    return [posted.event for posted in events_of(read_835(text), READ_AT)]


def back(paid: str = "-80.00", *adjusted: Adjusted, **more: str) -> list[OutsideClaimEvent]:
    """The same taken back (CLP02 22)."""
    codes = adjusted or (("CO", "45", "-20.00"), ("PR", "2", "-20.00"))
    return says("22", paid, *codes, **({"charge": "-120.00", "trace": "EFT-9", "on": "20260601"} | more))


def after(*news: Sequence[OutsideClaimEvent], state: ClaimState | None = None) -> PlayedClaim:
    """A claim that heard all of it, one after the other."""
    played = PlayedClaim(state).hear("claim_submitted", "2026-03-03")
    for event in (event for each in news for event in each):
        played.take(event, checked=False)
    return played


def billed(played: PlayedClaim) -> list[str]:
    """The open tasks about the client's share."""
    return [task.text for task in played.tasks if ":client-share:" in task.key and task.key not in played.closed]


# --- Who answers last ---


@pytest.mark.parametrize("status", ["1", "2", "3"])
def test_what_the_only_payer_leaves_is_asked_about_and_never_asserted(status: str) -> None:
    assert billed(after(says(status))) == [LEFT_20]


@pytest.mark.parametrize("status", ["19", "20"])
def test_nobody_is_billed_while_a_payer_to_whom_it_was_sent_on_owes_an_answer(status: str) -> None:
    played = after(says(status))
    assert billed(played) == [WAITS]
    assert "The payer sent the claim on to another one, who answers next." in played.story("payment")
    played.until("2026-12-31")
    assert not [task.text for task in played.tasks if "to the client (PR)" in task.text]


def test_two_payers_that_repeat_the_same_share_leave_it_once() -> None:
    second = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G")
    played = after(says("19"), second)
    assert billed(played) == [LEFT_20]
    assert share_of_client(played.state).amount == 20
    assert owed_by_client(played.state) == (owed_by_client(after(says("1")).state))


def test_two_payers_that_repeat_the_same_share_leave_it_once_also_without_a_crossover() -> None:
    second = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G")
    played = after(says("1"), second)
    assert [task.text for task in played.tasks if ":client-share:" in task.key] == [LEFT_20]


def test_what_the_second_payer_pays_isnt_the_clients_any_more() -> None:
    second = says("2", "20.00", ("OA", "23", "100.00"), payer=GREEN, on="20260601", trace="G")
    assert billed(after(says("19"), second)) == NO_TASK
    assert billed(after(says("1"), second)) == [
        "By the last payer's answer the client owes nothing: check the 20.00 asked for before, "
        "and give back what was paid of it."
    ]


def test_the_answers_of_two_payers_end_the_same_in_whatever_order_they_come() -> None:
    second = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G")
    third = says("3", "15.00", ("OA", "23", "100.00"), ("PR", "2", "5.00"), payer=VIOLET, on="20260701", trace="T")
    ends = {share_of_client(after(*order).state) for order in permutations([says("19"), second, third])}
    assert {(end.stands, end.amount) for end in ends} == {("left", Decimal(5))}


def test_a_third_payer_is_waited_for_too() -> None:
    second = says("20", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G")
    assert billed(after(says("19"), second)) == [WAITS]


def test_what_another_payer_takes_back_leaves_the_first_ones_answer_and_its_crossover() -> None:
    assert billed(after(says("19"), back(payer=GREEN))) != [LEFT_20]
    first = after(says("19"), back(payer=GREEN)).state.payments[0]
    assert first.reversed_on is None


def test_one_insurer_under_two_plans_is_two_payers() -> None:
    second = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), on="20260601", trace="G")
    assert billed(after(says("19"), second)) == [LEFT_20]


def test_a_refusal_by_the_second_payer_is_settled_before_the_first_ones_share_is_anybodys() -> None:
    second = says("4", "0.00", ("CO", "50", "120.00"), payer=GREEN, on="20260601", trace="G")
    assert billed(after(says("19"), second)) == [
        "An earlier payer left 20.00 to the client, and the last one refuses. Settle the refusal first; "
        "then see what is the client's."
    ]


def test_an_answer_by_hand_that_doesnt_say_whose_it_is_is_asked_about() -> None:
    played = after(says("19")).hear("claim_paid", "2026-08-02", paid="0", adjustments=[("PR", "2", "20")])
    assert billed(played) == [
        "The claim went on to another payer, and the answer that came since doesn't say whose it is. "
        "Find out: only what the last payer leaves to the client is theirs, 20.00 as it stands. "
        "Was it paid at the visit?"
    ]
    played = after(says("19")).hear("claim_paid", "2026-08-02", paid="0", order=2, adjustments=[("PR", "2", "20")])
    assert billed(played) == [LEFT_20]


def test_a_claim_that_isnt_this_payers_and_was_sent_on_holds_the_share_that_was_left_before() -> None:
    not_theirs = says("23", "0.00", ("OA", "109", "120.00"), payer=GREEN, on="20260601", trace="G")
    assert billed(after(says("1"), not_theirs)) == [WAITS + NEVER_BOTH]
    theirs = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=VIOLET, on="20260701", trace="T")
    assert billed(after(says("1"), not_theirs, theirs)) == [LEFT_20 + NEVER_BOTH]


def test_the_advice_on_a_refusal_bills_nobody_while_another_payer_owes_an_answer() -> None:
    played = after().hear("claim_denied", "2026-05-04", forwarded=True, adjustments=[("PR", "204", "120")])
    (denial,) = played.state.denials
    advice = advice_for(played.state, denial)
    assert (advice.action, advice.may_bill_client, advice.deadline) == ("hold", 0, "internal_appeal")
    said = [advice.what, *advice.steps, *played.story("denial"), *billed(played)]
    assert not [text for text in said if "statement" in text or "bill the client only" in text]


def test_before_the_last_payer_has_answered_the_receipt_leaves_the_balance_blank() -> None:
    assert owed_by_client(after(says("19")).state) is None


# --- The same thing again, taken back, corrected, split ---


def test_the_same_remittance_again_asks_nothing_again() -> None:
    played = after(says("1"), says("1"), says("1"))
    assert [task.text for task in played.tasks if ":client-share:" in task.key] == [LEFT_20]


@pytest.mark.parametrize("share", ["20.00", "30.00"])
def test_a_reversal_and_its_correction_name_the_share_that_was_asked_for_before(share: str) -> None:
    paid = str(Decimal("100.00") - Decimal(share))
    new = says("1", paid, ("CO", "45", "20.00"), ("PR", "2", share), on="20260601", trace="EFT-9")
    played = after(says("1"), back())
    assert billed(played) == ["The payer took its decision back: check the 20.00 that the client was to pay."]
    played = after(says("1"), back(), new)
    assert billed(played) == [f"{LEFT_20.replace('20.00', share)}{NEVER_BOTH}"]
    assert (share_of_client(played.state).amount, played.state.paid) == (Decimal(share), Decimal(paid))


def test_a_reversal_that_comes_before_what_it_takes_back_ends_the_same() -> None:
    new = says("1", "70.00", ("CO", "45", "20.00"), ("PR", "2", "30.00"), on="20260601", trace="EFT-9")
    for order in permutations([says("1"), back(), new]):
        played = after(*order)
        assert played.state.paid == 70
        assert share_of_client(played.state)[:2] == ("left", 30)
        assert "30.00" in billed(played)[0]


def test_a_deductible_without_money_is_taken_back_and_decided_anew() -> None:
    whole = [("CO", "45", "20.00"), ("PR", "1", "100.00")]
    old = says("1", "0.00", *whole)
    undone = back("0.00", ("CO", "45", "-20.00"), ("PR", "1", "-100.00"))
    new = says("1", "50.00", ("CO", "45", "20.00"), ("PR", "1", "50.00"), on="20260601", trace="EFT-9")
    assert share_of_client(after(old, undone).state).stands == "undecided"
    assert share_of_client(after(old, undone, new).state)[:2] == ("left", 50)


def test_a_refusal_that_is_taken_back_puts_nothing_on_the_client_until_it_is_said_anew() -> None:
    refused = says("4", "0.00", ("PR", "204", "120.00"))
    undone = back("0.00", ("PR", "204", "-120.00"))
    played = after(refused, undone)
    assert billed(played) == ["The payer took its decision back: check the 120.00 that the client was to pay."]
    again = says("4", "0.00", ("PR", "204", "120.00"), on="20260702", trace="EFT-10")
    assert share_of_client(after(refused, undone, again).state)[:2] == ("left", 120)


def test_a_refusal_is_replaced_by_the_payment_that_follows_it() -> None:
    played = after(says("4", "0.00", ("PR", "204", "120.00")), says("1", on="20260601", trace="EFT-2"))
    assert billed(played)[0].startswith("The payer leaves 20.00 to the client (PR).")


@pytest.mark.parametrize("first", ["10.00", "20.00"])
def test_two_answers_of_one_payer_are_read_by_a_person_before_anything_more_is_billed(first: str) -> None:
    half = says("1", str(Decimal("60.00") - Decimal(first)), ("PR", "2", first), charge="60.00")
    rest = says("1", "40.00", ("PR", "2", "20.00"), on="20260601", trace="EFT-2", charge="60.00")
    assert billed(after(half, rest)) == [
        f"Two answers put an amount on the client, {first} and then 20.00, and neither takes the other back. "
        "Read both before anything is billed: the same share is never billed twice."
    ]


def test_money_that_comes_later_without_a_code_leaves_the_share_as_it_was() -> None:
    played = after(says("1", "40.00", ("CO", "45", "20.00"), ("PR", "2", "20.00"), ("CO", "50", "40.00")))
    played.hear("claim_paid", "2026-08-02", paid="40")
    assert [task.text for task in played.tasks if ":client-share:" in task.key] == [LEFT_20]


def test_a_take_back_of_which_nobody_knows_which_payment_it_is_questions_the_share() -> None:
    played = after(says("1")).hear("payment_reversed", "2026-08-03", amount="30")
    assert billed(played) == ["The payer took its decision back: check the 20.00 that the client was to pay."]


def test_a_take_back_of_the_second_payer_leaves_the_first_ones_money_of_the_same_amount() -> None:
    second = says("2", "80.00", ("OA", "23", "40.00"), payer=GREEN, on="20260504", trace="EFT-1")
    played = after(says("19"), second, back("-80.00", ("OA", "23", "-40.00"), payer=GREEN))
    assert [each.payer_id for each in played.state.payments if each.reversed_on is None] == [BLUE]
    assert billed(played) == [WAITS]


def test_cover_that_may_lie_elsewhere_is_looked_for_before_anybody_is_billed() -> None:
    assert billed(after(says("4", "0.00", ("PR", "27", "120.00")))) == [
        "The payer names the client for 120.00 (PR), but another step comes before any bill. "
        "Check the coverage and correct the member id; only if there was none, bill the client."
    ]


def test_what_needs_a_notice_before_the_visit_says_so() -> None:
    assert billed(after(says("1", "0.00", ("PR", "204", "120.00"))))[0].endswith(
        "Bill only what is then still open. Only if the client was told before the visit."
    )


# --- Claims that were followed before there was one task at a time ---


def an_older_claim(**books: object) -> ClaimState:
    return a_claim().model_copy(update={"revision": 3, "status": "paid", **books})


def an_older_payment(**more: object) -> Payment:
    usual = {"on": "2026-05-04", "paid": "80", "client_owes": "20", "adjustments": WHOLE}
    return Payment.model_validate(usual | more)


def test_an_older_claim_takes_its_tasks_over_and_asks_nothing_again() -> None:
    older = PlayedClaim(an_older_claim(payments=[an_older_payment()])).hear("contact_logged", channel="phone")
    assert older.state.share_asked == ShareAsked(
        stands="left", amount=Decimal(20), asked=Decimal(20), tasks=["claim:plan-1-1:bill:payment:1"]
    )
    assert older.tasks == []
    older.hear("claim_paid", "2026-08-02", paid="0", order=2, adjustments=[("PR", "2", "20")])
    assert older.closed == ["claim:plan-1-1:bill:payment:1"]
    assert "20.00 and then 20.00" in billed(older)[0]


def test_an_older_claim_that_was_taken_back_remembers_what_was_asked_for() -> None:
    older = PlayedClaim(an_older_claim(payments=[an_older_payment(reversed_on="2026-06-01")]))
    older.take(says("1", on="20260601", trace="EFT-9")[0], checked=False)
    assert billed(older) == [f"{LEFT_20}{NEVER_BOTH}"]
    assert older.closed == ["claim:plan-1-1:bill:payment:1", "claim:plan-1-1:check-bill:payment:1"]


def test_an_older_refusals_task_is_taken_over_too() -> None:
    refused = Denial(
        number=1,
        dates=LetterDates(denial=date(2026, 5, 4)),
        adjustments=[WHOLE[1]],
        told_on=date(2026, 5, 4),
    )
    older = PlayedClaim(an_older_claim(denials=[refused], status="denied"))
    older.take(says("1", on="20260601")[0], checked=False)
    assert "claim:plan-1-1:bill:denial:1" not in older.closed
    assert share_of_client(older.state).amount == 20
    assert billed(older) == NO_TASK


def test_a_stored_state_without_the_new_books_still_loads() -> None:
    stored = after(says("1")).state.model_dump(mode="json", exclude={"share_asked", "passed_on"})
    for each in stored["payments"]:
        for name in ("order", "payer_id", "forwarded"):
            del each[name]
    loaded = ClaimState.model_validate(stored)
    assert (loaded.share_asked, share_of_client(loaded).amount) == (None, 20)


# --- Whatever comes ---

STREAM = {
    "first": says("1"),
    "sent on": says("19", trace="EFT-3", on="20260511"),
    "second": says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G"),
    "second pays": says("2", "20.00", ("OA", "23", "100.00"), payer=GREEN, on="20260608", trace="H"),
    "back": back(on="20260615"),
    "anew": says("1", on="20260615", trace="EFT-9"),
    "refused": says("4", "0.00", ("PR", "204", "120.00"), on="20260622", trace="EFT-11"),
    "undone": back("0.00", ("PR", "204", "-120.00"), on="20260629", trace="EFT-12"),
}


def the_stream(*names: str) -> Iterator[tuple[ClaimState, list[str], list[str]]]:
    """After each piece of news: the claim, the open tasks about the share, and all that were ever opened."""
    state, ever, open_tasks = a_claim(), list[str](), dict[str, str]()
    for event in [event for name in names for event in STREAM[name]]:
        decision = decide_claim(state, [event], READ_AT)
        state = decision.state
        for action in decision.actions:
            if isinstance(action, AddDeskTask) and ":client-share:" in action.key:
                open_tasks[action.key] = action.text
                ever.append(action.text)
            elif isinstance(action, CloseDeskTask):
                open_tasks.pop(action.key, None)
        yield state, list(open_tasks.values()), ever


@pytest.mark.parametrize("first", STREAM)
def test_in_any_order_and_twice_one_task_stands_at_most_and_no_second_bill_hides_the_first(first: str) -> None:
    for others in permutations(STREAM.keys() - {first}, 2):
        names = (first, *others)
        for state, now_open, ever in the_stream(*names, *names):
            share = share_of_client(state)
            assert len(now_open) <= 1, names
            assert share.amount in (0, 20, 120), names
            assert share.stands != "waits" or not any("(PR)" in text for text in now_open), names
            bills = [text for text in ever if text.startswith("The payer leaves")]
            assert all("never both" in text for text in bills[1:]), names
            assert not any("40.00" in text or "140.00" in text for text in ever), names


# --- Real remittances ---


def of_a_file(name: str, number: str) -> list[OutsideClaimEvent]:
    return [each.event for each in events_of(read_835(real(name)), at("2026-08-01")) if each.number == number]


STUPIDEDI = "more/stupidedi__005010__X221A1_HP835_Health_Care_Claim_Payment_Advice__pass__"
REAL = [
    ("linuxforhealth/835_005010X221A1__secondary-payment.835", "L0004828311", 2, "0"),
    ("linuxforhealth/835_005010X221A1__secondary-payment.835", "0001000053", 2, "220"),
    ("linuxforhealth/835_005010X221A1__tertiary-payment.835", "0001000054", 3, "0"),
    ("linuxforhealth/835_005010X221A1__cob-contractural-adjustment.835", "0001000055", 2, "0"),
    (f"{STUPIDEDI}secondary-payments.edi", "0001000053", 2, "220"),
    (f"{STUPIDEDI}tertiary-payments.edi", "0001000054", 3, "0"),
]


@needs_the_real_files
@pytest.mark.parametrize(("name", "number", "order", "left"), REAL)
def test_real_answers_of_later_payers_leave_what_they_say_in_place_of_the_first_ones(
    name: str, number: str, order: int, left: str
) -> None:
    later = of_a_file(name, number)
    first = says("19", "300.00", ("PR", "2", "700.00"), charge="1000.00")
    played = after(first, later)
    assert getattr(later[0], "order", None) == order
    share = share_of_client(played.state)
    assert share.amount == Decimal(left)
    assert [text for text in billed(played) if "700.00" in text] == (
        [] if share.stands == "left" else [text for text in billed(played) if "last one refuses" in text]
    )


@needs_the_real_files
def test_a_real_reversal_with_its_correction_pays_once() -> None:
    # Derived: the sample's payment is more than its claims, so that the sum is mended; the claims are as they are.
    text = real("more/pyx12__835id_reversal.txt").replace("*5950.21*", "*467.69*")
    played = after([each.event for each in events_of(read_835(text), READ_AT) if each.number == "123839-24635"])
    assert played.state.paid == -10  # the first payment of 210.00 was never heard of
    assert share_of_client(played.state).amount == 0


def passed_over(played: PlayedClaim) -> list[str]:
    return [task.text for task in played.tasks if ":passed-over:" in task.key and task.key not in played.closed]


def test_a_later_payer_that_answers_before_an_earlier_one_is_known_has_the_desk_look_for_it() -> None:
    third = says("3", "15.00", ("OA", "23", "100.00"), ("PR", "2", "5.00"), payer=VIOLET, on="20260701", trace="T")
    played = after(says("1"), third)
    [task] = passed_over(played)
    assert task.startswith("A later payer has answered, and of payer 2 nothing is known.")
    second = says("2", "0.00", ("OA", "23", "100.00"), ("PR", "2", "20.00"), payer=GREEN, on="20260601", trace="G")
    assert passed_over(after(says("1"), third, second)) == []


def test_an_answer_that_doesnt_say_whose_it_is_may_be_the_missing_one() -> None:
    third = says("3", "15.00", ("OA", "23", "100.00"), ("PR", "2", "5.00"), payer=VIOLET, on="20260701", trace="T")
    played = after(says("1"), third).hear("claim_paid", "2026-08-02", paid="0", adjustments=[("PR", "2", "20")])
    assert passed_over(played) == []
