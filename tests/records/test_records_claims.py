"""Claims: opened once, found by every number they carried, and told each thing once."""

import pytest
from claims_builder import a_claim, money, sent
from records_builder import NOON, a_journal_line, at_once, enrolled, minutes

from domain.actions import AddDeskTask
from records.claims import NoSuchClaim
from records.database import Records
from records.store import NoSuchPlan
from tests.saving import save_claim


def opened(records: Records, claim_id: str = "tina-1-1", number: str = "TINA-1-1") -> None:
    if records.plan("tina-1") is None:
        enrolled(records)
    assert records.add_claim(a_claim(claim_id, number), NOON)


def a_task(key: str = "era:1") -> AddDeskTask:
    return AddDeskTask(key=key, plan_id="", kind="claim", text="No claim has this number.", at=NOON)


def test_a_claim_is_opened_once_from_eight_threads(records: Records) -> None:
    enrolled(records)
    assert sorted(at_once(lambda: records.add_claim(a_claim(), NOON))) == [False] * 7 + [True]
    assert [view.state.claim_id for view in records.claims()] == ["tina-1-1"]


def test_a_claim_of_an_unknown_plan_isnt_opened(records: Records) -> None:
    with pytest.raises(NoSuchPlan):
        records.add_claim(a_claim(), NOON)


def test_a_claim_waits_for_its_workflow_until_that_has_started(records: Records) -> None:
    opened(records)
    assert [state.claim_id for state in records.claims_to_start()] == ["tina-1-1"]
    records.claim_started("tina-1-1", NOON)
    assert records.claims_to_start() == []


def test_an_older_judgement_never_overwrites_a_newer_one(records: Records) -> None:
    opened(records)
    save_claim(records, a_claim(status="submitted", revision=2), NOON)
    save_claim(records, a_claim(status="unsent", revision=1), None)
    view = records.claim("tina-1-1")
    assert view is not None
    assert (view.state.status, view.wake_at) == ("submitted", NOON)


def test_lines_that_are_saved_stay_and_lost_ones_are_written_anew(records: Records) -> None:
    opened(records)
    first, second = a_journal_line(1), a_journal_line(2)
    assert save_claim(records, a_claim(revision=1, journal=[first, second]), None) == 2
    other = second.model_copy(update={"text": "Another judgement took its place."})
    assert save_claim(records, a_claim(revision=2, journal=[other]), None) == 2
    assert [line.text for line in records.claim_story("tina-1-1")] == [first.text, other.text]
    assert [line.text for line in records.timeline("tina-1")] == [
        f"Claim tina-1-1: {line.text}" for line in (first, other)
    ]


def test_a_claim_is_found_by_every_number_that_it_ever_carried(records: Records) -> None:
    opened(records)
    save_claim(records, a_claim(number="NEW 77", revision=1), None)
    assert records.claims_of_number("tina-1-1 ") == records.claims_of_number("new 77") == ["tina-1-1"]
    assert records.claims_of_number("NEW") == []


def test_two_claims_with_one_number_are_both_found(records: Records) -> None:
    opened(records)
    opened(records, "tina-1-2")
    assert records.claims_of_number("TINA-1-1") == ["tina-1-1", "tina-1-2"]


def test_claims_that_are_over_leave_the_open_ones(records: Records) -> None:
    opened(records)
    opened(records, "tina-1-2", "TINA-1-2")
    save_claim(records, a_claim(status="paid", revision=1), None)
    assert [view.state.claim_id for view in records.claims(open_only=True)] == ["tina-1-2"]
    assert len(records.claims()) == 2
    assert [view.state.claim_id for view in records.claims_of_plan("tina-1")] == ["tina-1-1", "tina-1-2"]


def test_an_event_is_new_once_and_then_the_first_one_is_returned(records: Records) -> None:
    opened(records)
    first = records.add_claim_event("tina-1-1", sent(), NOON)
    again = records.add_claim_event("tina-1-1", sent(reference="other"), NOON + minutes(1))
    assert (first.new, again.new, again.event) == (True, False, sent())


def test_an_event_of_an_unknown_claim_isnt_stored(records: Records) -> None:
    with pytest.raises(NoSuchClaim):
        records.add_claim_event("nobody", sent(), NOON)


def test_what_a_claim_has_answered_is_not_handed_over_again(records: Records) -> None:
    opened(records)
    records.add_claim_event("tina-1-1", sent(), NOON)
    assert [one.event for one in records.claim_events_to_hand_over(NOON + minutes(1))] == [sent()]
    records.settle_claim_event("tina-1-1", "sent-1", "refused", "not like that", NOON)
    records.settle_claim_event("tina-1-1", "sent-1", "recorded", "", NOON)
    assert records.claim_events_to_hand_over(NOON + minutes(1)) == []
    again = records.add_claim_event("tina-1-1", sent(), NOON)
    assert (again.outcome, again.because) == ("refused", "not like that")


def test_a_remittance_counts_once_however_often_it_comes(records: Records) -> None:
    opened(records)
    taken = at_once(lambda: records.import_remittance("a", [("tina-1-1", money())], [a_task()], NOON))
    assert sorted(taken) == [False] * 7 + [True]
    assert len(records.claim_events_to_hand_over(NOON + minutes(1))) == 1
    assert [view.task.key for view in records.desk_tasks()] == ["era:1"]


def test_the_events_of_a_remittance_are_handed_over_in_its_order(records: Records) -> None:
    opened(records)
    ids = [f"line-{number}" for number in (5, 3, 9, 1, 7)]
    assert records.import_remittance("a", [("tina-1-1", money(each)) for each in ids], [], NOON)
    assert [one.event.event_id for one in records.claim_events_to_hand_over(NOON + minutes(1))] == ids


def test_a_remittance_that_fails_in_the_middle_leaves_nothing_behind(records: Records) -> None:
    opened(records)
    with pytest.raises(NoSuchClaim):
        records.import_remittance("a", [("tina-1-1", money()), ("nobody", money())], [a_task()], NOON)
    assert records.claim_events_to_hand_over(NOON + minutes(1)) == []
    assert records.desk_tasks() == []
    assert not records.remittance_imported("a")
    assert records.import_remittance("a", [("tina-1-1", money())], [], NOON)
    assert records.remittance_imported("a")


def test_of_an_erased_client_nothing_is_read_or_added(records: Records) -> None:
    opened(records)
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    assert records.claim("tina-1-1") is None
    assert records.claims() == records.claims_to_start() == []
    assert records.claim_story("tina-1-1") == []
    assert records.import_remittance("a", [("tina-1-1", money())], [], NOON)
    assert records.claim_events_to_hand_over(NOON + minutes(1)) == []
