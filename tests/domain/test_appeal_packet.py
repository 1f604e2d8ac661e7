"""The papers of an appeal: what is needed, what is there, and what the letters and the receipt say, and don't."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from papers_builder import TODAY, a_billed, a_denied, a_motion_goal, a_payer, add, lived, refused, terms
from plan_builder import a_pain_goal, a_plan

from domain.adjustments import Adjustment
from domain.appeal_packet import Packet, appeal_packet
from domain.billed import ServiceLine
from domain.claim import Appeal, ClaimState, Contact, InformationAsked, LetterDates, Payment, Promise, Submission
from domain.papers import Heading, Listing, Paper, Paragraph, Table
from domain.plan import TreatmentPlan
from domain.prompt_pay_letter import prompt_pay_letter
from domain.receipt import owed_by_client, receipt
from domain.state import PayerAnswer, PlanState

DRAFT = "DRAFT for the signer to read: check every fact, fill in the blanks, and take out this part before sending."
LETTER = """\
Appeal of a denied claim
========================

Cedar Hill, Apr 20, 2026

DRAFT for the signer to read: check every fact, fill in the blanks, and take
out this part before sending.

- Internal appeal: the last day is Oct 10, 2026; act by Sep 30, 2026.
- Say what the client couldn't do before and needs this treatment for, as the
  chart has it.

To Example Mutual
-----------------

Box 12, Salem

Claim number       PLAN-1-2
Your claim number  ________
Member             Tina Example
Member id          XM-7
Date of service    Mar 9, 2026
Billed             97124 x 4
Charge             $120.00
Denied on          Apr 10, 2026

Cedar Hill appeals for the member your decision to deny this claim. The
member's signed authorization is enclosed. The reason given: not medically
necessary (CO 50).

What is asked
-------------

- Please look at this decision again and process the claim for payment.
- Please have it reviewed by a professional who knows this kind of treatment
  and took no part in the decision.
- Please speak with Maya before you decide.
- If the decision stands, please send the criteria that it rests on.

What the records show
---------------------

- Less pain (pain from 0 to 10): 7 points at the start, 4 points at session 3
  (Mar 16, 2026); the goal is 3 points. It changed by 3 points for the better,
  more than the 2 points that the measure can tell apart (MDC), and more than
  the 2 points that people notice on average (MCID).
- Treatment as planned: Swedish, 60 minutes, every week, 8 sessions.
- The client attended 3 sessions and missed none: Mar 2, 2026; Mar 9, 2026;
  Mar 16, 2026.
- The treatment was ordered: rx-1, by Dr. Lee, until Jun 1, 2026, for 12
  visits.
- Why this treatment is needed, as the chart has it: ________

Enclosures
----------

- Denial letter
- Progress report
- Itemized receipt
- Prescription or order
- Client's authorization of a representative
- Treatment notes


________________________________________  ______________
Maya, Cedar Hill, (206) 555-0100          Date
"""
RECEIPT = """\
Itemized receipt
================

Cedar Hill, Apr 20, 2026

Client            Tina Example
Payer             Example Mutual
Member id         XM-7
Claim number      PLAN-1-2
Therapist         Maya
Practice          Cedar Hill, (206) 555-0100
Date of service   Mar 9, 2026
Place of service  11 (office)

Diagnosis codes (ICD-10)  ________
Therapist's NPI           ________
Therapist's license       ________
Practice's tax id         ________
Referring prescriber      ________

Services
--------

Code   Service         Minutes  Units  Charge
-----  --------------  -------  -----  ------
97124  massage              30      2  $80.00
97140  manual therapy       15      1  $40.00

Payments and adjustments
------------------------

Paid by the payer on  Reference  Amount
--------------------  ---------  ------
Apr 3, 2026           EFT-1      $80.00

Code   Adjusted because      Borne by      Amount
-----  --------------------  ------------  ------
CO 45  above the agreed fee  the practice  $15.00
PR 3   copay                 the client    $25.00

Totals
------

Charged                        $120.00
Paid by the payer               $80.00
Adjusted                        $40.00
Neither paid nor adjusted        $0.00
Balance that the client owes    $25.00
Paid by the client            ________

The client owes only what the payer's decision puts on them (group PR), less
what they have paid already.

To fill in or check before use
------------------------------

- Diagnosis codes (ICD-10)
- Therapist's NPI
- Therapist's license
- Practice's tax id
- Referring prescriber
- What the client has paid: it is not kept here
- Place of service: 11 (office) is taken; change it for a visit elsewhere


________________________________________  ______________
Maya, Cedar Hill                          Date
"""
REQUEST = """\
Request for a decision on a claim
=================================

Cedar Hill, Apr 20, 2026

DRAFT for the signer to read: check every fact, fill in the blanks, and take
out this part before sending.

- A state's limit doesn't reach a plan that an employer funds itself: ask
  which kind this is.
- The insurer may ask for more within the 30 days, and then has 30 from the
  day it has it. 12 % simple interest.

To Example Mutual
-----------------

Address for claims: ________

Claim number        PLAN-1-2
Your claim number   ________
Member              Tina Example
Date of service     Mar 9, 2026
Charge              $120.00
Sent on             Mar 10, 2026 (electronic)
Received by you on  Mar 11, 2026
Reference           CH-1

The claim was received on Mar 11, 2026. The time for a decision is 30 days
(ORS 743B.450) and ended on Apr 10, 2026. That was 10 days ago.

What is asked
-------------

- Please pay the claim, or send a written decision with its reason.
- If something is missing, please name it, and the day on which you asked for
  it.
- Please confirm the day on which you received the claim, and your claim
  number.
- Please answer by ________ and name the person who works on it.

Contacts about this claim
-------------------------

Date         How    With  Reference
-----------  -----  ----  ---------
Apr 1, 2026  phone  Dana  CALL-7

- On Apr 1, 2026 Dana told us that it would be done by Apr 8, 2026.


________________________________________  ______________
Robin, Cedar Hill, (206) 555-0100         Date
"""
ORDER = {"id": "rx-1", "kind": "prescription", "by": "Dr. Lee", "until": "2026-06-01", "visits": 12}
KEPT = dict.fromkeys(("denial_letter", "prescription", "representative", "treatment_notes"), "folder Example")


def a_pain_plan(**written: Any) -> TreatmentPlan:
    return a_plan(a_pain_goal(), sessions=8, coverage=terms(**written))


def packet_of(claim: ClaimState, plan: PlanState | None = None, **more: Any) -> Packet:
    return appeal_packet(claim, plan or lived(), 1, TODAY, **more)


def needed(packet: Packet) -> dict[str, bool]:
    return {need.id: need.there for need in packet.needs}


def fix_of(packet: Packet, paper: str) -> str:
    return next(need.fix for need in packet.needs if need.id == paper)


def items(paper: Paper, heading: str) -> list[str]:
    """The list under a heading."""
    place = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.text == heading)
    listing = paper.blocks[place + 1]
    assert isinstance(listing, Listing)
    return listing.items


def notes(paper: Paper) -> list[str]:
    """What the signer is told at the head of a draft."""
    listing = paper.blocks[1]
    assert isinstance(listing, Listing)
    return listing.items


def test_an_appeal_for_necessity_states_the_records_and_leaves_the_rest_blank() -> None:
    claim = a_denied(payer=a_payer(appeals_to="Box 12, Salem"), papers=KEPT)
    packet = packet_of(claim, lived(a_pain_plan(authorizations=[ORDER])))
    assert packet.papers[0].as_text() == LETTER
    assert packet.complete


def test_every_draft_says_first_that_it_is_one() -> None:
    for code in ("50", "150", "119", "197", "29", "96", "16", "999"):
        letter = packet_of(a_denied(refused(code))).papers[0]
        assert letter.blocks[0] == Paragraph(text=DRAFT)
    assert prompt_pay_letter(a_denied(), TODAY).blocks[0] == Paragraph(text=DRAFT)


def test_a_members_appeal_by_the_practice_needs_the_clients_authorization() -> None:
    packet = packet_of(a_denied())
    assert needed(packet)["representative"] is False
    assert fix_of(packet, "representative") == (
        "Ask the client to sign the payer's form that names the practice as their representative."
    )
    letter = packet.papers[0]
    assert "The client's signed authorization is missing: without it the practice can't appeal for them." in notes(
        letter
    )
    assert "is enclosed" not in letter.as_text()
    assert "Client's authorization of a representative (still missing)" in items(letter, "Enclosures")


def test_a_providers_dispute_needs_no_authorization_of_the_client() -> None:
    packet = packet_of(a_denied(), whose="provider")
    assert "representative" not in needed(packet)
    assert packet.papers[0].title == "Provider's dispute of a denied claim"
    assert "Cedar Hill disputes your decision to deny this claim." in packet.papers[0].as_text()


def test_a_client_who_files_alone_signs_alone() -> None:
    packet = packet_of(a_denied(claim=a_billed(filed_by="client")))
    assert "representative" not in needed(packet)
    text = packet.papers[0].as_text()
    assert "This is a member's appeal of your decision" in text
    assert "Tina Example                              Date" in text


def test_the_right_of_an_appeal_under_way_is_kept() -> None:
    filed = Appeal(denial=1, level="dispute", whose="provider", filed_on=date(2026, 4, 15))
    packet = packet_of(a_denied(appeals=[filed]))
    assert "representative" not in needed(packet)
    assert "A dispute was filed on Apr 15, 2026." in items(packet.papers[0], "What the records show")


def test_papers_that_are_there_are_named_with_their_place_and_the_others_with_what_to_do() -> None:
    packet = packet_of(a_denied(papers={"denial_letter": "folder Example"}))
    assert needed(packet) == {
        "appeal_letter": True,
        "denial_letter": True,
        "progress_report": True,
        "itemized_receipt": True,
        "prescription": False,
        "representative": False,
        "treatment_notes": False,
    }
    assert packet.needs[1].where == "folder Example"
    assert fix_of(packet, "prescription") == "Get the signed order that covered the visit; none is in the plan."
    assert not packet.complete
    assert [paper.title for paper in packet.papers] == [
        "Appeal of a denied claim",
        "Progress report",
        "Itemized receipt",
    ]


def test_an_order_that_the_plan_knows_still_has_to_be_found_on_paper() -> None:
    packet = packet_of(a_denied(), lived(a_pain_plan(authorizations=[ORDER])))
    assert needed(packet)["prescription"] is False
    assert fix_of(packet, "prescription") == (
        "The plan names an order by Dr. Lee that covers the visit: say where the paper is kept."
    )


def test_an_order_that_had_run_out_is_not_named_in_the_letter() -> None:
    packet = packet_of(a_denied(), lived(a_pain_plan(authorizations=[ORDER | {"until": "2026-03-01"}])))
    assert "Dr. Lee" not in packet.papers[0].as_text()
    assert "No prescriber's order that covers the visit is on record; the letter names none." in notes(packet.papers[0])


def test_without_a_measured_value_the_report_counts_as_missing() -> None:
    packet = packet_of(a_denied(), lived(pain=()))
    assert needed(packet)["progress_report"] is False
    assert fix_of(packet, "progress_report").startswith("Nothing has been measured since the baseline")


def test_a_signer_is_warned_where_no_measure_shows_a_real_change() -> None:
    warning = "No measure shows a change for the better beyond its error: don't write that it does."
    assert warning in notes(packet_of(a_denied(), lived(pain=(7, 6))).papers[0])
    assert warning not in notes(packet_of(a_denied(), lived(pain=(7, 4))).papers[0])


def test_a_late_filing_is_disputed_with_the_payers_acceptance_or_not_at_all() -> None:
    packet = packet_of(a_denied(refused("29")))
    assert needed(packet) == {
        "appeal_letter": True,
        "denial_letter": False,
        "progress_report": True,
        "itemized_receipt": True,
        "timely_filing": False,
    }
    assert fix_of(packet, "timely_filing") == (
        "The claim was accepted on Mar 11, 2026: print that report from the clearing house."
    )
    assert items(packet.papers[0], "What the records show") == [
        "The visit was on Mar 9, 2026.",
        "It was sent on Mar 10, 2026 (electronic) and accepted on Mar 11, 2026, reference CH-1.",
        "Limit by the contract or manual: ________",
    ]


def test_a_claim_that_was_sent_back_has_no_proof_of_timely_filing() -> None:
    sent = [Submission(on=date(2026, 3, 10), acknowledged_on=date(2026, 3, 11), rejected_on=date(2026, 3, 12))]
    packet = packet_of(a_denied(refused("29"), submissions=sent))
    assert fix_of(packet, "timely_filing") == (
        "Ask the clearing house for its acceptance report with the date; our own log is no proof."
    )
    letter = packet.papers[0]
    assert "It was sent on Mar 10, 2026 (electronic)." in items(letter, "What the records show")
    assert any(note.startswith("No acceptance is on record.") for note in notes(letter))


def test_an_appeal_about_the_maximum_counts_visits_as_the_pool_does() -> None:
    pool = {"id": "rehab", "visits": 20, "minutes_per_visit": 30, "shared_with": ["chiropractic"], "used_elsewhere": 4}
    letter = packet_of(a_denied(refused("119")), lived(a_pain_plan(pools=[pool | {"used_before": 3}]))).papers[0]
    assert items(letter, "What the records show") == [
        "The plan allows 20 visits from Jan 1, 2026 to Dec 31, 2026, shared with chiropractic.",
        "Visits here from Jan 1, 2026 to Dec 31, 2026, up to the one billed: 2, which count as 4 visits of 30 minutes: "
        "Mar 2, 2026; Mar 9, 2026.",
        "Before this plan 3 visits of that period were used here.",
        "As far as we were told, 4 visits were used elsewhere.",
    ]


def test_an_appeal_about_the_maximum_without_a_known_limit_leaves_it_blank() -> None:
    letter = packet_of(a_denied(refused("45", remarks=["N435"]))).papers[0]
    assert items(letter, "What the records show") == [
        "Visits here in 2026, up to the one billed: 2: Mar 2, 2026; Mar 9, 2026.",
        "Visits that the plan allows: ________",
    ]


def test_an_appeal_about_an_authorization_names_the_one_that_covers_the_visit() -> None:
    held = {"id": "pa-1", "by": "Dana", "until": "2026-06-30", "visits": 6, "codes": ["97124"]}
    plan = lived(a_pain_plan(authorizations=[held], verified={"on": "2026-02-20", "by": "Dana", "reference": "B-9"}))
    plan.payer_answers["authorization"] = PayerAnswer(text="None needed.", on=date(2026, 2, 20), by="Dana")
    packet = packet_of(a_denied(refused("197")), plan)
    assert items(packet.papers[0], "What the records show") == [
        "The visit lies within the dates of an authorization (pa-1, by Dana, until Jun 30, 2026, for 6 visits): "
        "________",
        "Benefits were verified on Feb 20, 2026 with Dana, reference B-9.",
        'Asked "Is prior authorization needed? Its number, visits and dates?" we were told on Feb 20, 2026 by Dana: '
        "None needed.",
    ]
    assert "Check that the authorization's visits weren't used up before this one." in notes(packet.papers[0])


def test_an_authorization_for_another_code_or_time_is_not_claimed() -> None:
    for other in ({"codes": ["97140"]}, {"until": "2026-03-08"}):
        plan = lived(a_pain_plan(authorizations=[{"id": "pa-1", "visits": 6} | other]))
        packet = packet_of(a_denied(refused("197")), plan)
        assert "pa-1" not in packet.papers[0].as_text()
        assert fix_of(packet, "authorization") == (
            "Ask the payer today for a late authorization; none that covers the visit is in the plan."
        )


def test_an_appeal_about_the_level_of_care_tells_the_length_of_the_visit() -> None:
    letter = packet_of(a_denied(refused("151")), lived(a_pain_plan())).papers[0]
    shown = items(letter, "What the records show")
    assert shown[0] == "Treatment as planned: Swedish, 60 minutes, every week, 8 sessions."
    assert "The visit on Mar 9, 2026 took 60 minutes." in shown
    assert shown[-1] == "Why this length and frequency, by the plan's goals: ________"


def test_any_other_denial_leaves_the_argument_to_the_signer() -> None:
    letter = packet_of(a_denied(refused("96"))).papers[0]
    assert items(letter, "What the records show") == [
        "Why the decision should change, in the signer's own words: ________"
    ]


def test_a_denial_without_codes_or_dates_has_them_filled_in_by_hand() -> None:
    denial = refused().model_copy(update={"adjustments": [], "dates": LetterDates()})
    letter = packet_of(a_denied(denial)).papers[0]
    text = " ".join(letter.as_text().split())
    assert "Denied on ________" in text
    assert "The reason given: ________" in text
    assert "The date of the denial isn't on record: take it from the letter." in notes(letter)


def test_a_code_that_only_lowers_the_fee_is_no_reason_for_the_denial() -> None:
    denial = refused()
    denial.adjustments.append(Adjustment("CO", "45", Decimal("10.00")))
    assert "The reason given: not medically necessary (CO 50)." in " ".join(
        packet_of(a_denied(denial)).papers[0].as_text().split()
    )


def test_a_denial_that_cant_be_appealed_is_said_to_be_so() -> None:
    packet = packet_of(a_denied(refused("16", remarks=["MA130"])), whose="member")
    assert (
        "By its codes this denial can't be appealed. Send a new, complete claim; this one can't be appealed."
        in notes(packet.papers[0])
    )


def test_a_work_injury_needs_the_prescribers_order_whatever_the_reason() -> None:
    work = a_payer(type="workers_comp")
    assert "prescription" in needed(packet_of(a_denied(refused("96"), payer=work)))
    assert "prescription" not in needed(packet_of(a_denied(refused("96"))))


def test_numbers_of_a_measure_that_nobody_checked_are_pointed_out_to_the_signer() -> None:
    goal = a_motion_goal(measure="rom_knee_flex", side=None)
    plan = lived(a_plan(goal, coverage=terms()), pain=())
    add(plan, "turning", 1, 60)
    assert "Check the MDC and MCID of bending the knee in the source before sending." in notes(
        packet_of(a_denied(), plan).papers[0]
    )


def test_an_unknown_denial_is_refused() -> None:
    with pytest.raises(ValueError, match="no denial 7"):
        appeal_packet(a_denied(), lived(), 7, TODAY)


def a_paid(*payments: Payment, **changes: Any) -> ClaimState:
    return a_denied(status="paid", denials=[], payments=list(payments), **changes)


def a_payment(paid: str = "80.00", *adjustments: tuple[str, str, str], **more: Any) -> Payment:
    taken = [Adjustment(group, reason, Decimal(amount)) for group, reason, amount in adjustments]
    return Payment(on=date(2026, 4, 3), paid=Decimal(paid), adjustments=taken, **more)


def test_the_receipt_names_every_line_payment_and_adjustment_and_what_has_to_be_filled_in() -> None:
    lines = [
        ServiceLine(code="97124", minutes=30, units=2, charge=Decimal("80.00")),
        ServiceLine(code="97140", minutes=15, units=1, charge=Decimal("40.00")),
    ]
    payment = a_payment("80.00", ("CO", "45", "15.00"), ("PR", "3", "25.00"), reference="EFT-1")
    assert receipt(a_paid(payment, claim=a_billed(lines=lines)), lived(), TODAY).as_text() == RECEIPT


def test_only_what_the_payer_puts_on_the_client_is_their_balance() -> None:
    claim = a_paid(a_payment("60.00", ("CO", "45", "15.00"), ("PR", "3", "25.00"), ("OA", "23", "20.00")))
    assert owed_by_client(claim) is not None
    assert ["Balance that the client owes", "$25.00"] in totals(claim)


def totals(claim: ClaimState) -> list[list[str]]:
    tables = [block for block in receipt(claim, None, TODAY).blocks if isinstance(block, Table)]
    return tables[-1].rows


def test_a_payment_that_was_taken_back_counts_no_more() -> None:
    back = a_payment("80.00", ("PR", "3", "40.00"), reversed_on=date(2026, 4, 9), reference="EFT-1")
    claim = a_paid(back, a_payment("95.00", ("PR", "3", "25.00")))
    assert totals(claim)[1] == ["Paid by the payer", "$95.00"]
    assert ["Balance that the client owes", "$25.00"] in totals(claim)
    assert "EFT-1, taken back on Apr 9, 2026" in receipt(claim, None, TODAY).as_text()


def test_a_client_of_a_work_injury_owes_nothing_whatever_the_code_says() -> None:
    claim = a_paid(a_payment("80.00", ("PR", "3", "40.00")), payer=a_payer(type="workers_comp"))
    assert ["Balance that the client owes", "$0.00"] in totals(claim)


def test_before_the_payer_decides_the_balance_stays_blank() -> None:
    claim = a_denied(denials=[], status="pending")
    assert owed_by_client(claim) is None
    assert ["Balance that the client owes", "________"] in totals(claim)
    assert "The payer has not decided yet" in receipt(claim, None, TODAY).as_text()


def test_a_denial_by_exclusion_is_billed_only_to_a_client_who_was_told() -> None:
    claim = a_denied(refused("96", group="PR"))
    assert ["Balance that the client owes", "$120.00"] in totals(claim)
    assert "only if the client was told before the visit" in receipt(claim, None, TODAY).as_text()


def test_a_denial_that_was_overturned_puts_nothing_on_the_client_any_more() -> None:
    claim = a_denied(
        refused("96", group="PR", settled=True), payments=[a_payment("95.00", ("PR", "3", "25.00"))], status="paid"
    )
    assert ["Balance that the client owes", "$25.00"] in totals(claim)


def test_a_payment_after_a_denial_decides_alone_what_the_client_owes() -> None:
    claim = a_denied(
        refused("96", group="PR", told_on=date(2026, 4, 2)), payments=[a_payment("95.00", ("PR", "3", "25.00"))]
    )
    assert ["Balance that the client owes", "$25.00"] in totals(claim)
    before = claim.model_copy(update={"payments": [a_payment("0.00").model_copy(update={"on": date(2026, 4, 1)})]})
    assert ["Balance that the client owes", "$120.00"] in totals(before)


def test_the_part_that_was_denied_is_not_counted_beside_its_payment() -> None:
    part = ("PR", "96", "40.00")
    claim = a_denied(
        refused("96", group="PR", amount="40.00", partly=True, told_on=date(2026, 4, 4)),
        payments=[a_payment("80.00", part)],
    )
    assert ["Balance that the client owes", "$40.00"] in totals(claim)
    assert ["Adjusted", "$40.00"] in totals(claim)


def test_a_receipt_without_lines_or_charge_asks_for_them() -> None:
    paper = receipt(a_denied(claim=a_billed(lines=[], charge=None)), None, TODAY)
    assert "No service line is recorded. Codes, units and charges: ________" in paper.as_text()
    missing = items(paper, "To fill in or check before use")
    assert {"Codes, units and charges of the visit", "Total charge", "Member id"} <= set(missing)
    assert totals(a_denied(claim=a_billed(lines=[], charge=None)))[0] == ["Charged", "________"]


def test_a_prompt_pay_letter_says_when_it_was_received_what_the_limit_is_and_where_it_is_written() -> None:
    claim = a_denied(
        denials=[],
        status="pending",
        contacts=[Contact(on=date(2026, 4, 1), channel="phone", person="Dana", reference="CALL-7", note="private")],
        promises=[Promise(made_on=date(2026, 4, 1), until=date(2026, 4, 8), by="Dana")],
    )
    assert prompt_pay_letter(claim, TODAY).as_text() == REQUEST


def waiting(**changes: Any) -> ClaimState:
    usual: dict[str, Any] = {"denials": [], "status": "submitted"}
    return a_denied(**(usual | changes))


def test_a_prompt_pay_letter_too_early_says_until_when_the_payer_has() -> None:
    letter = prompt_pay_letter(waiting(), date(2026, 4, 10))
    assert "The time isn't over: the last day is Apr 10, 2026." in notes(letter)
    assert "ends on Apr 10, 2026." in " ".join(letter.as_text().split())
    assert not any("isn't over" in note for note in notes(prompt_pay_letter(waiting(), date(2026, 4, 11))))


def test_a_prompt_pay_letter_without_an_acceptance_claims_no_receipt() -> None:
    letter = prompt_pay_letter(waiting(submissions=[Submission(on=date(2026, 3, 10))]), TODAY)
    text = " ".join(letter.as_text().split())
    assert "The claim was sent on Mar 10, 2026." in text
    assert "Received by you on ________" in text
    assert any(note.startswith("No acceptance is on record.") for note in notes(letter))


def test_a_prompt_pay_letter_warns_of_everything_that_stands_against_it() -> None:
    unsent = prompt_pay_letter(waiting(submissions=[], status="unsent"), TODAY)
    assert "The claim isn't on record as sent: there is nothing to ask for yet." in notes(unsent)
    back = [Submission(on=date(2026, 3, 10), rejected_on=date(2026, 3, 12))]
    rejected = prompt_pay_letter(waiting(submissions=back, status="rejected"), TODAY)
    assert "The claim was sent back on Mar 12, 2026: send it again instead." in notes(rejected)
    asked = waiting(asked=[InformationAsked(on=date(2026, 3, 20), wanted="notes")])
    assert any("its clock may have stopped" in note for note in notes(prompt_pay_letter(asked, TODAY)))
    denied = prompt_pay_letter(a_denied(), TODAY)
    assert "The claim stands at 'denied': ask for a decision only if one is still owed." in notes(denied)


def test_a_limit_that_nobody_checked_is_to_be_checked_and_an_unknown_one_is_left_blank() -> None:
    florida = prompt_pay_letter(waiting(payer=a_payer(state="FL")), TODAY)
    assert "The limit is likely right, but nobody has checked it since Nov 23, 2026: check it first." in notes(florida)
    unknown = prompt_pay_letter(waiting(payer=a_payer(type="other", state=None)), TODAY)
    assert "The time for a decision: ________" in unknown.as_text()
    assert any(note.startswith("No limit for Example Mutual is in the table") for note in notes(unknown))
