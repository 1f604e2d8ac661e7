"""Holds every call of a provider against the rules, with code of its own: what may never happen, and did."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from domain.plan import TreatmentPlan
from tests.sending.clocks import as_written, is_inside, local_day
from tests.sending.ledger import Call, Ledger
from tests.sending.truth import is_ended, is_held, is_in_conversation, is_paused, known, standing

SAFETY = {"emergency_911", "emergency_988", "urgent_care", "hold_notice"}
OPT_OUT = "opt_out_confirmed"
ANSWERS = {
    *("ack_confirmed", "ack_reschedule", "ack_late", "ack_book", "ack_low_feedback"),
    *("help", "which_one", "screening_hold", OPT_OUT, "staff_message"),
}
"""Templates that answer what a client wrote, and a person's own words: at any hour, and while the plan is paused."""
CARE = {
    *("check_in", "feedback", "homework", "measure_request", "benchmark_question"),
    *("benchmark_met", "benchmark_met_next", "review_request", "review_request_no_link"),
}
"""Templates that are neither about a visit nor an answer: the capped ones."""
ABOUT_A_VISIT = {"reminder", "reminder_confirmed", "screening"}
LAST_WORDS = {"discharge", "plan_closed", "refer_out"}
NOT_TAKEN_FOR_SURE = {"busy", "not_connected", "our_settings"}
ABSENCE_PROVES_AFTER = timedelta(minutes=3)

Rule = Callable[["Ledger", Call, TreatmentPlan, str], str | None]


def faults(ledger: Ledger, plans: dict[str, TreatmentPlan], practice_zone: str) -> list[str]:
    """Every broken rule, with the call that broke it."""
    return [
        f"{rule.__name__}: {call.message.message_key} at {call.at} ({fault})"
        for call in ledger.calls
        for rule in RULES
        if (fault := rule(ledger, call, plans[call.message.plan_id], practice_zone)) is not None
    ]


def outside_the_window(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """On the reader's clock, but for answers and emergencies."""
    message = call.message
    if message.template in SAFETY | ANSWERS:
        return None
    zone = plan.client.time_zone if message.audience == "client" else practice_zone
    return None if is_inside(call.at, plan.follow_up.send_window, zone) else f"the window is closed in {zone}"


def over_the_cap(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """What this address got before, of all plans, as far as it arrived: today, and in seven local days."""
    if not _is_care(call):
        return None
    zone, caps = plan.client.time_zone, plan.follow_up.caps
    today = local_day(call.at, zone)
    days = [today, *(local_day(earlier.at, zone) for earlier in _arrived_before(ledger, call) if _is_care(earlier))]
    that_week = sum(today - day < timedelta(days=7) for day in days)
    if caps.per_day is not None and days.count(today) > caps.per_day:
        return f"number {days.count(today)} of a day"
    if caps.per_week is not None and that_week > caps.per_week:
        return f"number {that_week} of a week"
    return None


def after_an_opt_out(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """Nothing to an address whose last word was to stop."""
    message = call.message
    if message.audience != "client" or message.template in SAFETY | {OPT_OUT}:
        return None
    said = [word for word in ledger.words if word.order < call.order]
    here = [word for word in said if (word.channel, word.address) == (message.channel, call.outgoing.address)]
    return "the address is opted out" if here and here[-1].word == "stop" else None


def confirmed_an_opt_out_twice(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """One confirmation, and none where the carrier has answered."""
    if call.message.template != OPT_OUT:
        return None
    said = [word for word in ledger.words if word.order < call.order and word.address == call.outgoing.address]
    started = max((word.order for word in said if word.word == "start"), default=0)
    if not any(word.order > started and word.word == "stop" and not word.carrier_answered for word in said):
        return "nobody waits for one"
    earlier = _arrived_before(ledger, call)
    return "a second one" if any(c.message.template == OPT_OUT and c.order > started for c in earlier) else None


def untrue(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """A visit that doesn't stand, or not at that time, or is past."""
    message = call.message
    if message.template not in ABOUT_A_VISIT:
        return None
    visit = message.touchpoint_key.removeprefix("second:").split(":")[1]
    starts_at = standing(known(ledger, call), visit)
    if starts_at is None:
        return "the visit is not booked"
    if starts_at <= call.at:
        return f"the visit began at {starts_at}"
    return None if as_written(starts_at, plan.client.time_zone) in call.outgoing.text else f"it is at {starts_at}"


def confirmed_what_does_not_stand(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """ "You are confirmed" names the time of a visit that is booked."""
    if call.message.template not in ("ack_confirmed", "screening_clear"):
        return None
    stand = [standing(known(ledger, call), visit) for visit in "ab"]
    times = [as_written(at, plan.client.time_zone) for at in stand if at is not None]
    return None if any(time in call.outgoing.text for time in times) else "no visit stands at that time"


def after_a_pause_or_the_end(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """A paused plan only answers; one on hold for an emergency says nothing else; an ended one says goodbye."""
    message = call.message
    if message.audience != "client" or message.template in SAFETY:
        return None
    events = known(ledger, call)
    if is_ended(events):
        return None if message.template in LAST_WORDS | ANSWERS else "the plan has ended"
    if is_held(events) and message.template not in ANSWERS:
        return "the plan is on hold"
    return "the plan is paused" if is_paused(events) and message.template not in ANSWERS else None


def into_a_conversation(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """While a person talks with the client, the robot is silent."""
    message = call.message
    if message.audience != "client" or message.template in SAFETY | {OPT_OUT, "staff_message"}:
        return None
    return "a person is in the conversation" if is_in_conversation(ledger, call) else None


def too_late(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """Neither sent nor left with the provider after it has lost its use."""
    if call.at >= call.message.expires_at:
        return f"useless since {call.message.expires_at}"
    if call.outgoing.valid_for <= timedelta(0) or call.at + call.outgoing.valid_for > call.message.expires_at:
        return f"valid for {call.outgoing.valid_for}"
    return None


def twice(ledger: Ledger, call: Call, plan: TreatmentPlan, practice_zone: str) -> str | None:
    """The same message is handed over again only where the provider had provably not taken it."""
    for earlier in ledger.calls:
        if earlier.order >= call.order or earlier.message.message_key != call.message.message_key:
            continue
        if earlier.taken:
            return f"it was taken at {earlier.at}"
        absent = earlier.answer.endswith("before") and call.at - earlier.at >= ABSENCE_PROVES_AFTER
        if earlier.answer not in NOT_TAKEN_FOR_SURE and not absent:
            return f"it was {earlier.answer} at {earlier.at}"
    return None


RULES: list[Rule] = [
    outside_the_window,
    over_the_cap,
    after_an_opt_out,
    confirmed_an_opt_out_twice,
    untrue,
    confirmed_what_does_not_stand,
    after_a_pause_or_the_end,
    into_a_conversation,
    too_late,
    twice,
]


def _is_care(call: Call) -> bool:
    return call.message.audience == "client" and call.message.template in CARE


def _arrived_before(ledger: Ledger, call: Call) -> Iterator[Call]:
    """Calls to the same address that the provider took and hadn't given up by then."""
    for earlier in ledger.calls:
        same = (earlier.message.channel, earlier.outgoing.address) == (call.message.channel, call.outgoing.address)
        stayed = earlier.taken and (earlier.failed is None or earlier.failed > call.order)
        if same and stayed and earlier.order < call.order:
            yield earlier
