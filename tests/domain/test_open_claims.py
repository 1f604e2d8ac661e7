"""A completed session opens one claim where the plan follows claims, and nothing changes where it doesn't."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.actions import OpenClaim
from domain.billed import ServiceLine
from domain.coverage_terms import Coverage
from domain.decide import decide
from domain.events import SessionCompleted
from domain.open_claims import lines_of, minutes_of, number_of
from domain.payer import Payer
from domain.state import PlanState
from tests.domain.plan_builder import DAY, START, Played, a_plan, a_practice, a_state

MUTUAL = Payer(id="mutual", name="Example Mutual")


def followed(**coverage: Any) -> PlanState:
    terms = Coverage.model_validate({"payer": "mutual", "follow_claims": True} | coverage)
    return a_state(a_plan(coverage=terms), a_practice().model_copy(update={"payers": [MUTUAL]}))


def completed(visit: str, days: int) -> SessionCompleted:
    return SessionCompleted(event_id=f"c-{visit}", occurred_at=START + days * DAY, appointment_id=visit)


def opened(state: PlanState, *events: SessionCompleted) -> tuple[PlanState, list[OpenClaim]]:
    """The state, and the claims that are opened, when each event is judged by itself."""
    claims: list[OpenClaim] = []
    for event in events:
        decision = decide(state, [event], event.occurred_at)
        state = decision.state
        claims += [action for action in decision.actions if isinstance(action, OpenClaim)]
    return state, claims


def test_a_completed_session_opens_a_claim_with_what_is_billed() -> None:
    state, claims = opened(followed(charge="95.00"), completed("v1", 1))
    claim = claims[0].claim
    assert (claim.claim_id, claim.number, claim.payer_id, claim.session) == ("plan-1-1", "PLAN-1-1", "mutual", 1)
    assert (claim.service_date, claim.charge, claim.filed_by) == (date(2026, 3, 3), Decimal("95.00"), "practice")
    assert claim.lines == [ServiceLine(code="97124", minutes=60, units=4, charge=Decimal("95.00"))]
    assert (claims[0].payer, claims[0].client, claims[0].therapist) == (MUTUAL, state.plan.client, state.plan.therapist)
    assert "A claim was opened for session 1." in [line.text for line in state.journal if line.kind == "event"]


def test_the_service_date_is_the_clients_day() -> None:
    """Half past midnight in London is still the evening before in Los Angeles."""
    ended = SessionCompleted(event_id="c", occurred_at=START.replace(day=4, hour=1, minute=30), appointment_id="v1")
    _, claims = opened(followed(), ended)
    assert claims[0].claim.service_date == date(2026, 3, 3)


def test_the_same_visit_opens_one_claim_only_however_often_it_is_told() -> None:
    again = completed("v1", 1).model_copy(update={"event_id": "told-again"})
    state, claims = opened(followed(), completed("v1", 1), again, completed("v2", 8))
    assert [one.claim.claim_id for one in claims] == ["plan-1-1", "plan-1-2"]
    assert [session.claim for session in state.sessions] == [1, 2]


def test_a_session_that_is_reported_late_gets_the_next_number_and_leaves_the_others_theirs() -> None:
    state, claims = opened(followed(), completed("v2", 8), completed("v1", 1))
    assert [(one.claim.claim_id, one.claim.session) for one in claims] == [("plan-1-1", 1), ("plan-1-2", 1)]
    assert [(session.appointment_id, session.claim) for session in state.sessions] == [("v1", 2), ("v2", 1)]


def test_no_claim_is_opened_where_the_plan_follows_none_or_its_payer_is_unknown() -> None:
    assert opened(followed(follow_claims=False), completed("v1", 1))[1] == []
    state, claims = opened(followed(payer="Somebody Else"), completed("v1", 1))
    assert (claims, state.claims_opened) == ([], 0)
    assert any("isn't among the payers of the practice file" in line.text for line in state.journal)


def test_the_minutes_of_a_session_go_to_the_code_that_names_none() -> None:
    bill = [{"code": 97140, "minutes": 23}, {"code": 97124}, {"code": 97010}]
    terms = Coverage.model_validate({"bill": bill[:2]})
    assert minutes_of(terms, 60) == {"97140": 23, "97124": 37}
    assert lines_of(terms, 60, MUTUAL) == [
        ServiceLine(code="97140", minutes=23, units=2),
        ServiceLine(code="97124", minutes=37, units=2),
    ]
    packs = Coverage.model_validate({"bill": [{"code": 97124}, {"code": 97010, "minutes": 15}]})
    assert lines_of(packs, 30, MUTUAL) == [
        ServiceLine(code="97124", minutes=30, units=2),
        ServiceLine(code="97010", units=1),
    ]


def test_a_code_that_comes_to_no_unit_is_not_billed() -> None:
    by_midpoint = MUTUAL.model_copy(update={"units": "midpoint"})
    terms = Coverage.model_validate({"bill": [{"code": 97140, "minutes": 7}, {"code": 97124, "minutes": 8}]})
    assert [line.code for line in lines_of(terms, 60, by_midpoint)] == ["97124"]
    assert lines_of(Coverage.model_validate({"bill": [{"code": 97140, "minutes": 5}]}), 60, MUTUAL) == []


def test_a_long_plan_id_still_gives_each_claim_a_number_of_its_own() -> None:
    numbers = {number_of(f"{'a' * 40}-{count}") for count in range(1, 50)} | {number_of(f"{'a' * 39}b-1")}
    assert len(numbers) == 50
    assert max(len(number) for number in numbers) <= 38


def test_a_plan_without_coverage_lives_as_before() -> None:
    played = Played(a_state()).session().session()
    assert played.state.claims_opened == 0
    assert [task for task in played.tasks if task.kind in ("coverage", "claim")] == []
    assert [line for line in played.state.journal if line.kind == "coverage"] == []
