"""Claims in Spanish beyond what the walk over all pages sees: every form's words, refusals, advice, and stories."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.adjustments import Adjustment
from domain.appeal_packet import appeal_packet
from domain.call_script import QUESTIONS
from domain.claim import ClaimState, LetterDates
from domain.claim_acceptance import check_claim_event
from domain.claim_events import (
    AppealDecided,
    AppealFiled,
    ClaimClosed,
    ClaimCorrected,
    ClaimDenied,
    ClaimPaid,
    ClaimPartlyPaid,
    ClaimRejected,
    ClaimWrittenOff,
    ContactLogged,
    DeadlineLetGo,
    InformationRequested,
    InformationSent,
    NudgeAnswered,
    OutsideClaimEvent,
    PaperAdded,
    PaymentPromised,
    PaymentReversed,
    StatusAnswered,
)
from domain.claim_nudges import nudges_of
from domain.claim_phrases import NUDGES
from domain.claim_rules import packaged_rules
from domain.claim_words import STATUS, next_action
from domain.coverage_panel import panel
from domain.coverage_terms import Authorization, Coverage, HsaLetter, Pool, WorkersComp
from domain.deadlines import deadline
from domain.decide_claim import decide_claim
from domain.denial_rows import NOT_THE_CLIENT, REVERSED, UNKNOWN, meanings, until_answered, without_amount
from domain.denials import advise, denial_rows, meaning
from domain.errors import EventRefused, Refused
from domain.payer import PayerType
from domain.remedies import REMEDIES
from domain.state import PlanState, Session
from domain.touchpoint import Kind
from tests.web.claim_pages_builder import (
    TODAY,
    a_claim,
    a_claims_house,
    a_denied_claim,
    a_filled_form,
    a_late_claim,
    a_settled_claim,
    a_waiting_claim,
    after,
    day,
    was_acknowledged,
    was_denied,
    was_paid,
    was_sent,
)
from tests.web.english_left import english_left
from tests.web.web_builders import NOON, a_state
from web.claim_form_table import FORMS, FieldKind
from web.claim_forms import event_of, refused
from web.claim_views import GROUP_TITLES, adjustment_lines, days_left, deadline_lines, denials_shown
from web.coverage_form import verified
from web.languages import _current, told  # pyright: ignore[reportPrivateUsage] - a test has no request

SPANISH = {"accept-language": "es"}


@pytest.fixture
def spanish() -> Iterator[None]:
    token = _current.set("es")
    yield
    _current.reset(token)


def untold(*texts: str) -> list[str]:
    """Those of the texts that still have English in them once they are told."""
    return [text for text in texts if english_left(f"<p>{told(text).replace('<', '&lt;')}</p>")]


def unchanged(*texts: str) -> list[str]:
    """Those that no message fits."""
    return [text for text in texts if text and told(text) == text]


THE_SAME = {"fax", "portal", "no"}


def words_of(field: FieldKind) -> list[str]:
    return [field.label, field.fix, field.hint, *field.choices.values()]


@pytest.mark.usefixtures("spanish")
def test_every_word_of_every_form_is_in_the_catalogue():
    words = [word for form in FORMS.values() for word in (form.title, form.button)]
    words += [word for form in FORMS.values() for field in form.fields for word in words_of(field)]
    assert [word for word in unchanged(*words, *GROUP_TITLES.values(), *STATUS.values()) if word not in THE_SAME] == []


@pytest.mark.usefixtures("spanish")
def test_every_row_and_meaning_of_a_denial_is_in_the_catalogue():
    rows = [*denial_rows(), UNKNOWN, REVERSED, NOT_THE_CLIENT]
    rows += [other(row) for row in rows for other in (without_amount, until_answered)]
    words = [word for row in rows for word in (row.meaning, row.what, *row.steps, row.source)]
    assert unchanged(*words, *meanings().values()) == []


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("payer_type", [None, "workers_comp"])
@pytest.mark.parametrize("amount", [Decimal(80), Decimal(-80), Decimal(0)])
def test_why_the_advice_is_so_is_told_for_every_code(amount: Decimal, payer_type: PayerType | None):
    for row in denial_rows():
        for reason in row.reasons or ["999"]:
            found = [Adjustment(group, reason, amount) for group in row.groups]
            advice = advise(found, row.remarks, payer_type=payer_type)
            assert untold(advice.because, advice.what, *advice.steps) == []
            assert untold(*(f"{line.what}; {line.who}" for line in adjustment_lines(found))) == []
    assert untold(advise([]).because, advise([], ["MA130"]).because, meaning("CO 999")) == []


@pytest.mark.usefixtures("spanish")
def test_the_days_of_every_packaged_rule_are_told():
    letters = [
        LetterDates(letter=day(-10)),
        LetterDates(denial=day(-12)),
        LetterDates(mailing=day(-8)),
        LetterDates(receipt=day(-4)),
        LetterDates(letter=day(-30), receipt=day(-4)),
        LetterDates(stated_deadline=day(13)),
    ]
    lengths = [timedelta(days=days) for days in range(0, 160, 31)]
    for rule in packaged_rules():
        for dates in letters:
            for back in lengths:
                at = TODAY - back
                found = deadline(rule, dates, service=at, submitted=at, received=at, filed=at, asked=at)
                assert found is not None
                assert untold(found.why_legal, found.why_act_by, rule.source) == []


@pytest.mark.usefixtures("spanish")
def test_how_much_time_is_left_is_told():
    assert [told(days_left(day(days), TODAY)) for days in (0, 1, 12, -1, -3)] == [
        "el último día es hoy",
        "queda 1 día",
        "quedan 12 días",
        "1 día de retraso",
        "3 días de retraso",
    ]


def happened(kind: type[Any], number: int, **fields: Any) -> OutsideClaimEvent:
    return kind(event_id=f"e{number}", occurred_at=NOON, **fields)


def answered(number: int, *codes: str, group: str = "PR", **fields: Any) -> OutsideClaimEvent:
    """A payment with 20.00 for each of these codes."""
    adjusted = [Adjustment(group, code, Decimal(20)) for code in codes]
    return happened(ClaimPaid, number, on=day(number - 9), paid=Decimal(0), adjustments=adjusted, **fields)


STORIES: list[list[OutsideClaimEvent]] = [
    [was_sent(-20), happened(ClaimRejected, 1, on=day(-19), reference="R1"), happened(ClaimCorrected, 2, on=day(-18))],
    [was_sent(-20), *(happened(StatusAnswered, n, on=day(-9), status=status) for n, status in enumerate(
        ("received", "pending", "information", "error", "paid", "not_found", "rejected", "denied")
    ))],
    [was_sent(-20), was_acknowledged(-19), happened(InformationRequested, 1, wanted="Notes", on=day(-8), due=day(5)),
     happened(InformationSent, 2, on=day(-5))],
    [was_sent(-20), happened(PaymentPromised, 1, until=day(9), by="Lee", on=day(-3))],
    [was_sent(-20), happened(PaymentPromised, 1, until=day(-3), by="Lee", on=day(-9))],
    [was_sent(-20), happened(ContactLogged, 1, channel="in_person", person="Lee", on=day(-3), reference="R4"),
     happened(ContactLogged, 2, channel="phone", on=day(-3))],
    [was_sent(-58), was_denied(-10), was_denied(-10),
     happened(PaperAdded, 1, paper="denial_letter", where="Akte"),
     happened(AppealFiled, 2, level="internal", on=day(-3)), happened(AppealFiled, 3, level="internal", on=day(-3)),
     happened(AppealDecided, 4, outcome="upheld", on=day(-2)), happened(AppealFiled, 5, level="external", on=day(-1)),
     happened(AppealDecided, 6, outcome="partly", on=day(-1))],
    [was_sent(-58), was_denied(-10, reason="29"), happened(AppealFiled, 2, level="dispute", on=day(-3))],
    [was_sent(-58), was_denied(-10), happened(AppealFiled, 2, on=day(-3)),
     happened(AppealDecided, 6, outcome="overturned", on=day(-1)), was_paid("20.00")],
    [was_sent(-28), was_paid("60.00", Adjustment("PR", "2", Decimal(20)), Adjustment("CO", "45", Decimal(10))),
     happened(PaymentReversed, 3, amount=Decimal("60.00"), on=day(-1))],
    [was_sent(-28), happened(ClaimPartlyPaid, 1, paid=Decimal(30), on=day(-4), reference="R7",
                             adjustments=[Adjustment("PR", "96", Decimal("90.00"))])],
    [was_sent(-28), answered(1, "2", forwarded=True, order=1), answered(2, "2"), answered(3, "2", order=2),
     answered(4, order=3), answered(5, "50", group="CO", order=3)],
    [was_sent(-28), answered(1, "2"), answered(2, "2"), happened(StatusAnswered, 3, status="pending", forwarded=True)],
    [was_sent(-28), answered(1, "2", order=1), answered(2, "50", group="CO", order=2)],
    [was_sent(-28), answered(1, "27")],
    [was_sent(-28), answered(1, "204"), happened(StatusAnswered, 2, status="pending", on=day(-1), taken_back=[
        Adjustment("PR", "204", Decimal(-20))])],
    [was_sent(-58), was_denied(-10), happened(ClaimDenied, 7, on=day(-9), forwarded=True, adjustments=[
        Adjustment("PR", "204", Decimal(120))])],
    [happened(ClaimWrittenOff, 1, because="klein", by="Ana"), was_sent(-2)],
    [happened(ClaimClosed, 1, because="klein", by="Ana")],
    [happened(DeadlineLetGo, 1, deadline="timely_filing", because="klein", by="Ana")],
    [was_sent(-58), was_denied(-10),
     happened(NudgeAnswered, 1, nudge="denial:1", answer="snooze", until=day(4), by="Ana"),
     happened(NudgeAnswered, 2, nudge="denial:1", answer="promised", until=day(4), by="Ana"),
     happened(NudgeAnswered, 3, nudge="denial:1", answer="done", by="Ana")],
]  # fmt: skip


def a_told_claim(events: list[OutsideClaimEvent], now: datetime) -> ClaimState:
    state = after(a_claim(service=-60), *events)
    return decide_claim(state, [], now).state


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("events", STORIES)
@pytest.mark.parametrize("days", [0, 40, 200])
def test_the_story_of_a_claim_and_its_next_step_are_told(events: list[OutsideClaimEvent], days: int):
    state = a_told_claim(events, NOON + timedelta(days=days))
    lines = [text for line in state.journal for text in (line.text, line.because, f"Claim c1: {line.text}")]
    assert untold(*lines, next_action(state)) == []
    nudges = nudges_of(state)
    assert untold(*(text for nudge in nudges for text in (nudge.action, *nudge.checklist))) == []
    due = [touch for line in deadline_lines(state, TODAY) for touch in (line.name, line.ended_because, line.why_legal)]
    assert untold(*due, *(shown.dates for shown in denials_shown(state))) == []


@pytest.mark.usefixtures("spanish")
def test_every_nudge_is_told_with_its_day():
    for phrase in (both["en"] for both in NUDGES.values()):
        assert unchanged(phrase.action, *phrase.checklist) == []
        assert untold(f"{phrase.action} Act by Mon Jan 5, 2026; the last day is Tue Jan 6, 2026.") == []


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("reason", ["50", "150", "119", "197", "29", "22"])
def test_the_papers_of_an_appeal_are_told(reason: str):
    state = after(a_claim(service=-60), was_sent(-58), was_denied(-10, reason=reason))
    packet = appeal_packet(state, a_state(), 1, TODAY)
    assert unchanged(*(word for need in packet.needs for word in (need.name, need.where, need.fix))) == []
    assert unchanged(*(line.text for line in state.journal)) == []


@pytest.mark.usefixtures("spanish")
def test_what_became_of_a_message_is_told_with_what_to_do_about_it():
    causes = [cause for cause in REMEDIES if cause not in ("too late", "the provider never got it")]
    causes = [cause for cause in causes if cause != "something happened since"]
    assert unchanged(*causes, *REMEDIES.values()) == []
    assert told("not delivered (code 30005)") == "no entregado (código 30005)"


@pytest.mark.usefixtures("spanish")
def test_what_a_line_of_a_story_is_about_is_told():
    kinds = [kind.replace("_", " ") for kind in Kind.__args__]
    assert unchanged(*kinds) == []


REFUSED: list[OutsideClaimEvent] = [
    happened(AppealFiled, 1),
    happened(AppealDecided, 1, outcome="upheld"),
    happened(NudgeAnswered, 1, nudge="x", answer="done", by="Ana"),
    happened(NudgeAnswered, 1, nudge="unsent:warn", answer="snooze", by="Ana"),
    happened(NudgeAnswered, 1, nudge="unsent:warn", answer="snooze", until=day(-1), by="Ana"),
    happened(DeadlineLetGo, 1, deadline="x", because="klein", by="Ana"),
    happened(PaymentPromised, 1, until=day(-5), by="Lee", on=day(-3)),
    happened(InformationRequested, 1, wanted="Notes", on=day(-3), due=day(-5)),
    happened(PaymentReversed, 1, amount=Decimal(0), on=day(-1)),
    was_sent(-90),
    was_sent(3),
    was_denied(20),
    was_denied(-40),
    was_denied(-10, stated=-20),
]


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("event", REFUSED)
def test_what_a_claim_refuses_is_told(event: OutsideClaimEvent):
    with pytest.raises(EventRefused) as refusal:
        check_claim_event(a_claim(), event, NOON)
    mistake = refused({"type": event.type}, str(refusal.value))
    assert unchanged(*mistake.wrong.values()) == []
    assert untold(*mistake.wrong.values()) == []


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("kind", FORMS)
def test_what_is_wrong_in_a_form_is_told(kind: str):
    typed = a_filled_form(kind, group_1="XX", reason_1="?", amount_1="?", remarks="?!", on="2030-01-01", paid="?")
    for form in (typed, {"type": kind}):
        with pytest.raises(Refused) as error:
            event_of(form, NOON, TODAY)
        assert unchanged(*(problem.fix for problem in error.value.problems)) == []


async def test_a_form_that_was_sent_empty_comes_back_in_spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        claims.house.browser.headers.update(SPANISH)
        answer = await claims.post("/claims/c1/events", a_filled_form("claim_written_off"))
        assert answer.status_code == 422
        assert own(english_left(answer.text)) == []
        recorded = await claims.house.browser.get("/claims/c1?recorded=claim_denied")
        assert "Registrado: se negaron a pagar." in recorded.text
        for nowhere in ("/claims/none", "/claims/c1/packet.pdf?denial=9"):
            assert "recha" in (gone := (await claims.house.browser.get(nowhere)).text) or "reclamación" in gone


def own(left: list[str]) -> list[str]:
    """Without the words around every page, which have their own test."""
    return [text for text in left if text not in ("Skip to the content", "Clients", "Claims", "Log out")]


async def test_the_pages_of_claims_in_every_state_have_no_english_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told_claims = [
        after(a_claim(f"s{number}", f"S-{number}", service=-60), *events) for number, events in enumerate(STORIES)
    ]
    states = [a_denied_claim(), a_waiting_claim("c2", "A-2"), a_late_claim("c3", "A-3"), a_settled_claim("c4", "A-4")]
    async with a_claims_house(tmp_path, monkeypatch, *states, *told_claims) as claims:
        claims.house.browser.headers.update(SPANISH)
        pages = ["/claims", "/deadlines", "/claims?number=2", "/deadlines?number=2"]
        pages += [f"/claims/{state.claim_id}" for state in (*states, *told_claims)]
        for page in pages:
            answer = await claims.house.browser.get(page)
            assert (page, own(english_left(answer.text))) == (page, [])


def a_covered_plan(coverage: Coverage, sessions: int = 3, **of_plan: Any) -> PlanState:
    state = a_state()
    days = [NOON - timedelta(days=14 * (sessions - n)) for n in range(sessions)]
    return state.model_copy(
        update={
            "plan": state.plan.model_copy(update={"coverage": coverage, **of_plan}),
            "sessions": [
                Session(appointment_id=f"s{n}", starts_at=at, ends_at=at + timedelta(hours=1))
                for n, at in enumerate(days)
            ],
        }
    )


POOL = Pool(id="quiro", visits=12, minutes_per_visit=30, shared_with=["chiro"], used_elsewhere=2)
ORDER = Authorization.model_validate(
    {
        "id": "auth-1",
        "visits": 6,
        "from": date(2026, 3, 1),
        "until": date(2026, 5, 1),
        "by": "Dr. Lee",
        "codes": ["97124"],
    }
)
COVERAGES = [
    Coverage(payer="Mutua", pools=[POOL]),
    Coverage(payer="Mutua", pools=[POOL], authorizations=[ORDER], codes=["97140"], network="out", follow_claims=True),
    Coverage(payer="Mutua", visits_authorized=2, valid_until=date(2026, 1, 20), network="in", member_id="M1"),
    Coverage(authorizations=[Authorization(id="order-1", kind="prescription")]),
    Coverage(hsa_letter=HsaLetter(dated=date(2024, 5, 1))),
    Coverage(payer="Mutua", workers_comp=WorkersComp(state="OR", claim_number="W1")),
    Coverage(payer="Mutua", workers_comp=WorkersComp(state="WA"), files="client", follow_claims=True),
]


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("coverage", COVERAGES)
@pytest.mark.parametrize("sessions", [0, 1, 7])
def test_the_coverage_panel_is_told(coverage: Coverage, sessions: int):
    found = panel(a_covered_plan(coverage, sessions), TODAY)
    assert found is not None
    rows = [word for row in found.rows for word in (row.label, row.value, row.note)]
    assert untold(found.forecast, f"Coverage: {found.forecast}", *rows) == []
    assert unchanged(*(row.label for row in found.rows)) == []


@pytest.mark.usefixtures("spanish")
def test_what_to_ask_the_payer_is_told_and_so_is_what_is_wrong_in_the_answers():
    assert unchanged(*(word for question in QUESTIONS for word in (question.question, question.why))) == []
    state = a_covered_plan(Coverage(payer="Mutua", pools=[POOL]))
    sent = {"event_id": "page-" + "0" * 24, "on": "2030-01-01", "used-quiro": "x", "answer-copay": "x" * 501}
    for typed in (sent, {"event_id": "page-" + "0" * 24}, {}):
        with pytest.raises(Refused) as error:
            verified(typed, state, NOON, TODAY)
        assert unchanged(*(problem.fix for problem in error.value.problems)) == []
