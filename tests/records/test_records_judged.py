"""A judgement is saved once; what is older gets what is newer; what a lost one has heard is handed over again."""

from claims_builder import a_claim, sent
from records_builder import NOON, a_booking, a_journal_line, a_session, a_state, a_task, enrolled, minutes

from domain.kept import Kept
from records.comparing import Followed
from records.database import Records
from records.judged import HeardBefore, Newer, Saved
from tests.saving import judged

ACTION = a_task("to do")


def waiting(records: Records) -> list[str]:
    return [stored.event.event_id for stored in records.events_to_hand_over(NOON + minutes(60))]


def told(records: Records, *event_ids: str) -> None:
    """Events that were stored and that the plan says it has."""
    for event_id in event_ids:
        records.add_event("tina-1", a_booking(event_id), NOON)
        records.settle_event("tina-1", event_id, "recorded", "", NOON)


def test_an_older_state_gets_the_newer_one_back_with_what_was_to_be_done(records: Records) -> None:
    enrolled(records)
    told(records, "first")
    made = judged(a_state(revision=1, journal=[a_journal_line(1)]), NOON, [ACTION], before=a_state(), fresh=["first"])
    assert records.save_judgement(made) == Saved(1)
    again = records.save_judgement(judged(a_state(revision=1), before=a_state(), fresh=["first", "second"]))
    assert isinstance(again, Newer)
    assert (again.state.revision, again.state.kept, again.wake_at) == (1, Kept(token="r1", revision=1), NOON)
    assert (again.actions, again.over, again.journal_seq) == ([ACTION], False, 1)
    assert (again.heard, again.missed) == (frozenset({"first"}), [])


def test_what_the_older_state_alone_has_heard_is_named(records: Records) -> None:
    enrolled(records)
    told(records, "first", "second")
    records.save_judgement(judged(a_state(revision=3), before=a_state(revision=2), fresh=["first"]))
    lone = a_state(revision=1, kept=Kept(token="other", heard=("first", "second")))
    again = records.save_judgement(judged(a_state(revision=2), before=lone))
    assert isinstance(again, Newer)
    assert again.missed == ["second"]


def test_an_event_that_was_heard_before_is_not_heard_twice(records: Records) -> None:
    enrolled(records)
    told(records, "first", "second")
    records.save_judgement(judged(a_state(revision=1), before=a_state(), fresh=["first"]))
    known = a_state(revision=1, kept=Kept(token="r1", revision=1))
    both = judged(a_state(revision=2), before=known, fresh=["first", "second"])
    assert records.save_judgement(both) == HeardBefore(frozenset({"first"}))
    assert isinstance(records.save_judgement(judged(a_state(revision=2), before=known, fresh=["second"])), Saved)


def test_what_only_a_judgement_heard_that_another_took_the_place_of_is_handed_over_again(records: Records) -> None:
    enrolled(records)
    told(records, "first", "second")
    records.save_judgement(judged(a_state(revision=1), before=a_state(), fresh=["first", "second"]))
    other = a_state(revision=1, kept=Kept(token="other", revision=0, heard=("second",)))
    assert isinstance(records.save_judgement(judged(a_state(revision=2), before=other)), Saved)
    assert waiting(records) == ["first"]


def test_a_save_that_comes_late_overwrites_nothing(records: Records) -> None:
    enrolled(records)
    records.save_judgement(judged(a_state(revision=2, paused=True), before=a_state(revision=1)))
    assert isinstance(records.save_judgement(judged(a_state(revision=1), before=a_state())), Newer)
    late = judged(a_state(revision=2, kept=Kept(token="late")), before=a_state(revision=1))
    assert isinstance(records.save_judgement(late), Newer)
    view = records.plan("tina-1")
    assert view is not None
    assert (view.state.status, view.state.kept.token) == ("paused", "r2")


def test_records_that_went_back_take_the_newer_state_and_say_so(records: Records) -> None:
    enrolled(records)
    records.save_judgement(judged(a_state(revision=1), before=a_state()))
    ahead = a_state(revision=7, kept=Kept(token="r7", revision=7))
    assert records.save_judgement(judged(a_state(revision=8), before=ahead)) == Saved(0, older=True)
    assert [(each.kind, each.subject) for each in records.disagreements()] == [("older", "tina-1")]


def test_a_state_that_was_saved_late_is_no_sign_of_older_records(records: Records) -> None:
    enrolled(records)
    records.save_judgement(judged(a_state(revision=1), before=a_state()))
    unsaved = a_state(revision=4, kept=Kept(token="r4", revision=1))
    assert records.save_judgement(judged(a_state(revision=5), before=unsaved)) == Saved(0)
    assert records.disagreements() == []


def test_a_lost_workflow_starts_one_judgement_behind_and_hears_again_what_nobody_heard(records: Records) -> None:
    enrolled(records)
    told(records, "heard", "unheard")
    records.save_judgement(judged(a_state(revision=3), NOON, before=a_state(revision=2), fresh=["heard"]))
    start = records.plan_to_go_on("tina-1")
    assert start is not None
    assert (start.revision, start.kept) == (2, Kept(token="r3", revision=3))
    assert records.hand_over_again(NOON - minutes(1)) == 0
    assert records.hand_over_again(NOON + minutes(1), Followed("plan", "tina-1", True)) == 1
    assert waiting(records) == ["unheard"]
    assert [event.event_id for event in records.events_for_plan("tina-1")] == ["unheard"]


def test_a_plan_that_is_over_needs_no_workflow(records: Records) -> None:
    enrolled(records)
    records.plan_started("tina-1", NOON)
    assert [each.workflow_id for each in records.followed()] == ["plan-tina-1"]
    assert not records.is_over("plan", "tina-1")
    records.save_judgement(judged(a_state(revision=1, ended=True), before=a_state(), over=True))
    assert records.followed() == []
    assert records.is_over("plan", "tina-1")
    assert records.plan_to_go_on("tina-1") is None


def test_what_was_refused_because_a_plan_had_ended_that_has_not_is_handed_over_again(records: Records) -> None:
    enrolled(records)
    records.add_event("tina-1", a_booking(), NOON)
    records.settle_event("tina-1", "booking-1", "refused", "the plan has ended", NOON)
    records.add_event("tina-1", a_session(), NOON)
    records.settle_event("tina-1", "session-1", "refused", "it lies in the future", NOON)
    assert records.refused_untruly() == [("tina-1", "booking-1")]
    assert waiting(records) == ["booking-1"]
    assert records.refused_untruly() == []


def test_a_claim_is_kept_as_a_plan_is(records: Records) -> None:
    enrolled(records)
    records.add_claim(a_claim(), NOON)
    records.add_claim_event("tina-1-1", sent(), NOON)
    made = judged(a_claim(revision=1), NOON, [ACTION], before=a_claim(), fresh=["sent-1"])
    assert records.save_claim_judgement(made) == Saved(0)
    again = records.save_claim_judgement(judged(a_claim(revision=1), before=a_claim(), fresh=["sent-1"]))
    assert isinstance(again, Newer)
    assert (again.actions, again.heard) == ([ACTION], frozenset({"sent-1"}))
    start = records.claim_to_go_on("tina-1-1")
    assert start is not None
    assert (start.revision, start.kept.revision) == (0, 1)
    assert not records.is_over("claim", "tina-1-1")


def test_what_runs_is_known_by_its_workflows_id(records: Records) -> None:
    enrolled(records)
    found = records.known_workflows(["plan-tina-1", "plan-nobody", "claim-tina-1", "other"])
    assert found == {"plan-tina-1": Followed("plan", "tina-1", True)}
