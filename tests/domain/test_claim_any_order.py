"""Whatever happens to a claim, and in whatever order the news arrives: no crash, no double, no silence, no loop."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.claim import ClaimState
from domain.claim_agenda import claim_agenda
from domain.claim_deadlines import deadlines_of
from domain.claim_events import CLAIM_EVENT_TYPES, OutsideClaimEvent, parse_claim_event
from domain.claim_words import STATUS, next_action
from domain.decide_claim import decide_claim
from tests.domain.claim_builder import HERE, NOT_NECESSARY, OPENED, WHOLE, PlayedClaim, a_claim, at
from tests.domain.search import stories

DAY = timedelta(days=1)
CODES: list[Any] = [[], NOT_NECESSARY, WHOLE, [("CO", "16", "80")], [("CO", "252", "80")], [("CO", "4", "9")]]
SIMPLE = ("claim_submitted", "claim_acknowledged", "claim_rejected", "status_answered", "claim_paid", "claim_closed")
"""What no other news is about, so that its order of arrival can't matter."""


def fields(draw: st.DrawFn, kind: str, moment: datetime) -> dict[str, Any]:
    """What an event of that kind needs."""
    later = (moment + draw(st.integers(0, 40)) * DAY).date()
    codes = draw(st.sampled_from(CODES))
    paid = draw(st.sampled_from(["0", "20", "80", "120"]))
    needs: dict[str, dict[str, Any]] = {
        "claim_opened": {"plan_id": "plan-1", "number": "FT-1001", "service_date": "2026-03-02"},
        "status_answered": {"status": draw(st.sampled_from(["received", "pending", "rejected", "paid", "not_found"]))},
        "information_requested": {"wanted": draw(st.sampled_from(["notes", "order"])), "due": later},
        "payment_promised": {"until": later, "by": "Sam"},
        "claim_paid": {"paid": paid, "adjustments": codes},
        "claim_partly_paid": {"paid": paid, "adjustments": codes},
        "claim_denied": {"adjustments": codes},
        "payment_reversed": {"amount": "80"},
        "appeal_filed": {
            "level": draw(st.sampled_from(["internal", "external", "dispute"])),
            "whose": draw(st.sampled_from(["member", "provider"])),
        },
        "appeal_decided": {"outcome": draw(st.sampled_from(["overturned", "partly", "upheld"]))},
        "contact_logged": {"channel": "phone"},
        "nudge_answered": {
            "nudge": draw(st.sampled_from(["status:2026-03-17", "unsent:warn", "denial:1", "prompt_pay:1", "x"])),
            "answer": draw(st.sampled_from(["done", "snooze", "promised"])),
            "until": later + DAY,
            "by": "Bo",
        },
        "deadline_let_go": {
            "deadline": draw(st.sampled_from(["timely_filing", "internal_appeal:1", "dispute:1", "x"])),
            "because": "too small",
            "by": "Bo",
        },
        "paper_added": {"paper": "denial_letter", "where": "folder"},
        "claim_written_off": {"because": "too small", "by": "Olga"},
        "claim_closed": {"because": "it is settled", "by": "Olga"},
    }
    return needs.get(kind, {})


@st.composite
def news(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(sorted(CLAIM_EVENT_TYPES))) -> list[OutsideClaimEvent]:
    """Events over half a year, in the order in which they happen."""
    found: list[OutsideClaimEvent] = []
    moment = at("2026-03-03")
    for number in range(draw(st.integers(1, 9))):
        moment += draw(st.integers(0, 18)) * DAY + timedelta(minutes=7)
        kind = draw(st.sampled_from(kinds))
        event = {"type": kind, "event_id": f"e{number}", "occurred_at": moment} | fields(draw, kind, moment)
        found.append(parse_claim_event(event))
    return found


def outcome(state: ClaimState) -> tuple[Any, ...]:
    """What matters of a claim."""
    deadlines = [(each.key, each.day.legal, each.open) for each in deadlines_of(state)]
    books = (len(state.submissions), len(state.denials), len(state.appeals), len(state.payments), len(state.promises))
    return (state.status, state.paid, books, deadlines)


def lived(events: list[OutsideClaimEvent], end: str = "2026-08-15") -> PlayedClaim:
    """The events as they arrive, unchecked, and the time after them."""
    played = PlayedClaim(a_claim())
    for event in events:
        played.take(event, checked=False)
    return played.until(end)


@stories(40)
@given(st.data())
def test_any_news_in_any_order_makes_sense(data: st.DataObject) -> None:
    events = data.draw(news().flatmap(st.permutations))
    state, now = a_claim(), max(event.occurred_at for event in events)
    for event in events:
        lines = state.journal_seq
        decision = decide_claim(state, [event], now)
        state = decision.state
        assert state.journal_seq > lines
        assert state.status in STATUS
        assert next_action(state).endswith((".", ")"))
        assert decision.wake_at is None or decision.wake_at > now


@stories(40)
@given(news())
def test_the_same_news_twice_changes_nothing_that_matters(events: list[OutsideClaimEvent]) -> None:
    now = events[-1].occurred_at
    once = decide_claim(a_claim(), [*events], now).state
    twice = decide_claim(a_claim(), [*events, *events], now).state
    again = decide_claim(once, [*events], now).state
    assert outcome(once) == outcome(twice) == outcome(again)


@stories(40)
@given(st.data())
def test_simple_news_leaves_the_claim_where_its_days_say_however_it_arrives(data: st.DataObject) -> None:
    events = data.draw(news(SIMPLE))
    mixed = data.draw(st.permutations(events))
    now = events[-1].occurred_at
    one, other = decide_claim(a_claim(), [*events], now).state, decide_claim(a_claim(), [*mixed], now).state
    assert (one.status, one.paid) == (other.status, other.paid)


@stories(12)
@given(news())
def test_nothing_is_sent_twice_and_a_claim_owes_until_it_is_over(events: list[OutsideClaimEvent]) -> None:
    played = lived(events)
    keys = [message.message_key for _, message in played.sent]
    assert len(keys) == len(set(keys))
    assert played.state.over or played.wake_at is not None
    if played.state.over:
        assert claim_agenda(played.state) == []
        assert played.over
        assert not [task for task in played.open_tasks() if "last day" in task]


@stories(12)
@given(news(), st.integers(1, 120))
def test_no_deadline_passes_in_silence_even_after_an_outage(events: list[OutsideClaimEvent], days: int) -> None:
    """Every open deadline whose last day has passed was told to all three, and every one within its last day."""
    played = PlayedClaim(a_claim())
    for event in events:
        played.take(event, checked=False)
    played.sleep_until(played.now + days * DAY)
    played.until(played.now + 8 * DAY)
    today = played.now.astimezone(HERE).date()
    for each in deadlines_of(played.state):
        told = {who for _, _, who in played.alerted(each.key)}
        if each.open and each.day.legal < today:
            assert told == {"biller", "therapist", "owner"}, each.key


def test_the_first_judgement_wakes_for_the_first_thing_owed() -> None:
    assert decide_claim(a_claim(), [], OPENED).wake_at == at("2026-04-01", 9)
