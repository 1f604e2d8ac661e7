"""Refusals and what is done about them: each denial is numbered, advised on and appealed by that number."""

from collections.abc import Sequence
from datetime import date

from domain.adjustments import Adjustment
from domain.claim import Appeal, Denial, FromPayer, LetterDates
from domain.claim_deadlines import deadlines_of, right_of
from domain.claim_events import AppealDecided, AppealFiled, ClaimDenied, StatusAnswered
from domain.claim_judgement import ClaimJudgement
from domain.claim_standing import advice_for
from domain.deadlines import said
from domain.denials import Advice
from domain.packet_papers import packet_in_a_line
from domain.payers_in_turn import another_payer, whose_answer
from domain.taken_back import find_taken_back

SENT_ON = "The payer sent the claim on to another one, who answers next."
_LEVELS = {"internal": "An internal appeal", "external": "An external review", "dispute": "A provider's dispute"}
_ENDED = {"overturned": "in our favour", "partly": "partly in our favour", "upheld": "against us"}


def take_denial(sheet: ClaimJudgement, event: ClaimDenied, on: date) -> None:
    """A refusal of the whole claim."""
    for promise in sheet.state.promises:
        promise.kept = promise.kept or promise.made_on <= on
    sheet.write("denial", f"Denied on {said(on)}.", because=event.reason)
    whose = whose_answer(event)
    open_denial(sheet, event.adjustments, event.remarks, event.reason, event.dates, on, whose=whose)
    sheet.says(event, "denied")
    if whose.forwarded:
        sheet.write("denial", SENT_ON)


def take_refusal_by_status(sheet: ClaimJudgement, event: StatusAnswered, on: date) -> None:
    """A denial of which only the status tells: its letter is still to come, and the clock is taken to run."""
    open_denial(sheet, [], [], event.note, None, on)
    sheet.says(event, "denied")


def open_denial(
    sheet: ClaimJudgement,
    adjustments: Sequence[Adjustment],
    remarks: Sequence[str],
    reason: str,
    dates: LetterDates | None,
    on: date,
    *,
    partly: bool = False,
    whose: FromPayer | None = None,
) -> Denial:
    """The denial that this news is about: a new one, or the same told again, by remittance, letter or telephone."""
    state = sheet.state
    dates = dates or LetterDates()
    if dates.earliest() is None:
        dates = dates.model_copy(update={"denial": on})
    whose = whose or FromPayer()
    known = _same(sheet, adjustments, on, whose, partly=partly)
    if known is not None:
        known.order, known.payer_id = known.order or whose.order, known.payer_id or whose.payer_id
        known.payer_name = known.payer_name or whose.payer_name
        known.forwarded = known.forwarded or whose.forwarded
        known.again_on = sorted({*known.again_on, on})
        if on < known.first_on:  # the first word of it came later
            known.again_on, known.told_on = sorted({*known.again_on, known.first_on} - {on}), on
        find_taken_back(state)
        known.dates = _together(known.dates, dates)
        known.adjustments = known.adjustments or list(adjustments)
        known.remarks = list(dict.fromkeys([*known.remarks, *remarks]))
        known.reason = known.reason or reason
        _advise(sheet, advice_for(state, known), "the same denial, told again")
        return known
    denial = Denial(
        number=len(state.denials) + 1,
        dates=dates,
        adjustments=list(adjustments),
        remarks=list(remarks),
        reason=reason,
        partly=partly,
        told_on=on,
        **whose.model_dump(),
    )
    state.denials.append(denial)
    find_taken_back(state)
    _advise(sheet, advice_for(state, denial), "")
    tell_of_packet(sheet)
    return denial


def tell_of_packet(sheet: ClaimJudgement) -> None:
    """Say what the appeal's packet needs, where an appeal comes into question."""
    line = packet_in_a_line(sheet.state)
    if line:
        sheet.write("appeal", line)


def take_filed(sheet: ClaimJudgement, event: AppealFiled, on: date) -> None:
    """An appeal is under way. Filed after its last day it still counts, and the story says that it was late."""
    state = sheet.state
    if not state.denials:
        sheet.write("appeal", "An appeal was reported, but no denial is known.", because="report the denial too")
        return
    whose = "provider" if event.level == "dispute" else event.whose
    appeal = Appeal(denial=0, level=event.level, whose=whose, filed_on=on, by=event.by, reference=event.reference)
    appeal.denial = _appealed(sheet, appeal)
    same = [
        each
        for each in state.appeals
        if (each.denial, right_of(each), each.filed_on) == (appeal.denial, right_of(appeal), on)
    ]
    if same:
        sheet.write("appeal", "It was already known that this was filed that day.")
        return
    last = [each for each in deadlines_of(state) if each.denial == appeal.denial and each.about == right_of(appeal)]
    late = any(on > each.day.legal for each in last)
    state.appeals.append(appeal)
    because = f"late: the last day was {said(last[0].day.legal)}" if late else ""
    sheet.write("appeal", f"{_LEVELS[event.level]} was filed on {said(on)}.", because=because)
    sheet.says(event, "external_review" if event.level == "external" else "appealed")


def take_decision(sheet: ClaimJudgement, event: AppealDecided, on: date) -> None:
    """An appeal was answered."""
    state = sheet.state
    waiting = [each for each in state.appeals if each.decided_on is None]
    if not waiting:
        sheet.write("appeal", "A decision was reported, but no appeal waits for one.")
        return
    appeal = max(reversed(waiting), key=lambda each: (each.level == "external", each.filed_on))
    appeal.decided_on, appeal.outcome, appeal.dates = on, event.outcome, event.dates
    if appeal.dates.earliest() is None:
        appeal.dates = appeal.dates.model_copy(update={"denial": on})
    for denial in state.denials:
        if denial.number == appeal.denial and event.outcome == "overturned":
            denial.settled = True
    for promise in state.promises:
        promise.kept = promise.kept or promise.made_on <= on
    sheet.write("appeal", f"Decided on {said(on)}: {_ENDED[event.outcome]}.")
    sheet.says(event, "upheld" if event.outcome == "upheld" else "overturned")


def _appealed(sheet: ClaimJudgement, appeal: Appeal) -> int:
    """The number of the denial that is meant: the latest on which this right is still open."""
    open_ones = [each.denial for each in deadlines_of(sheet.state) if each.open and each.about == right_of(appeal)]
    numbers = [number for number in open_ones if number is not None]
    unsettled = [denial.number for denial in sheet.state.denials if not denial.settled]
    return max(numbers or unsettled or [sheet.state.denials[-1].number])


def _same(
    sheet: ClaimJudgement, adjustments: Sequence[Adjustment], on: date, whose: FromPayer, *, partly: bool
) -> Denial | None:
    """An open denial with the same codes, or with none yet, not of another payer, and nothing done about it since."""
    state = sheet.state
    codes = {(each.group, each.reason) for each in adjustments}
    for denial in reversed(state.denials):
        known = {(each.group, each.reason) for each in denial.adjustments}
        acted = any(each.denial == denial.number for each in state.appeals) or any(
            (denial.told_on or each.on) < each.on <= on for each in state.submissions
        )
        agree = codes == known or (not (codes and known) and denial.partly == partly)
        if not denial.settled and not acted and agree and not another_payer(denial, whose):
            return denial
    return None


def _together(known: LetterDates, told: LetterDates) -> LetterDates:
    """The earlier of each date; the letter's own last day, once it is known, stays the letter's."""
    fields = ("denial", "letter", "mailing", "receipt", "stated_deadline")
    found = {name: [day for dates in (known, told) if (day := getattr(dates, name)) is not None] for name in fields}
    return LetterDates.model_validate({name: min(days) for name, days in found.items() if days})


def _advise(sheet: ClaimJudgement, advice: Advice, why: str) -> None:
    sheet.write("denial", f"Next step: {advice.what}", because=f"{why}. {advice.because}" if why else advice.because)
