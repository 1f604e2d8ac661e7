"""Which deadlines a claim has, when they end, and who is alerted on which day. Dates are worked out by hand."""

from datetime import date
from typing import Any

import pytest

from domain.client import Person
from domain.payer import Rule
from tests.domain.claim_builder import (
    NOT_NECESSARY,
    THERAPIST,
    WHOLE,
    PlayedClaim,
    a_claim,
    a_claim_practice,
    a_payer,
    at,
)

LETTER = {"letter": "2026-05-27"}
ALL = ("biller", "owner", "therapist")


def sent(**other: Any) -> PlayedClaim:
    """Sent on March 3, acknowledged on March 4."""
    return PlayedClaim(a_claim(**other)).hear("claim_submitted", "2026-03-03").hear("claim_acknowledged", "2026-03-04")


def denied(dates: dict[str, str] | None = None, **other: Any) -> PlayedClaim:
    """Denied on Wednesday May 27: the member's last day is Monday November 23, ours is Friday November 13."""
    played = sent(**other).hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates=dates or LETTER)
    return played.hear("deadline_let_go", deadline="dispute:1", because="we appeal instead", by="Bo")


def on(day: str, mark: str, *audiences: str) -> list[tuple[str, str, str]]:
    return [(day, mark, audience) for audience in audiences]


WHOLE_COURSE = [
    *on("2026-10-24", "30", "biller"),
    *on("2026-11-09", "14", "biller"),
    *on("2026-11-13", "act_by", "biller", "therapist"),
    *on("2026-11-16", "7", "biller", "therapist"),
    *on("2026-11-20", "3", "biller", "therapist"),
    *on("2026-11-22", "1", *ALL),
    *on("2026-11-23", "0", *ALL),
    *on("2026-11-24", "+1", *ALL),
    *on("2026-12-01", "+8", *ALL),
]


def rule(**other: Any) -> Rule:
    row: dict[str, Any] = {
        "id": "own-appeal",
        "about": "internal_appeal",
        "payer": "blue",
        "whose": "member",
        "days": 60,
        "counts_from": "letter",
        "source": "the payer's manual, page 12",
        "as_of": "2026-01-01",
        "sure": "V",
    }
    return Rule.model_validate(row | other)


# --- when alerts go, and to whom


def test_the_whole_course_of_alerts() -> None:
    played = denied().until("2026-12-01")
    assert played.alerted("internal_appeal:1") == WHOLE_COURSE
    assert {when[11:] for when, _, _ in played.went("deadline_alert")} == {"09"}


def test_alerts_never_stop_by_themselves() -> None:
    played = denied().until("2027-02-01")
    last = [day for day, _, _ in played.alerted("internal_appeal:1")][-15:]
    assert sorted(set(last)) == ["2026-12-29", "2027-01-05", "2027-01-12", "2027-01-19", "2027-01-26"]


@pytest.mark.parametrize("ends", ["filed", "let go", "paid", "written off"])
def test_alerts_end_when_it_is_filed_let_go_or_over(ends: str) -> None:
    played = denied().until("2026-11-14")
    match ends:
        case "filed":
            played.hear("appeal_filed", "2026-11-15")
        case "let go":
            played.hear("deadline_let_go", "2026-11-15", deadline="internal_appeal:1", because="too small", by="Olga")
        case "paid":
            played.hear("claim_paid", "2026-11-15", paid="80", adjustments=WHOLE)
        case _:
            played.hear("claim_written_off", "2026-11-15", because="too small", by="Olga")
    assert not [task for task in played.open_tasks() if "last day" in task]
    played.until("2027-03-01")
    assert played.alerted("internal_appeal:1") == WHOLE_COURSE[:4]


def test_a_dispute_doesnt_end_the_alerts_about_the_members_appeal() -> None:
    played = denied().hear("appeal_filed", "2026-06-01", level="dispute").until("2026-12-01")
    assert played.alerted("internal_appeal:1") == WHOLE_COURSE


def test_the_desk_has_a_task_from_the_first_alert_until_the_end() -> None:
    played = denied().until("2026-10-23")
    assert played.open_tasks() == []
    played.until("2026-11-20")
    text = "Claim FT-1001, internal appeal: the last day is Mon Nov 23, 2026; act by Fri Nov 13, 2026."
    assert played.open_tasks() == [text]
    played.hear("appeal_filed", "2026-11-21")
    assert played.open_tasks() == []


def test_two_weeks_without_anything_running_lose_no_alert() -> None:
    played = denied().until("2026-11-12").sleep_until("2026-11-26")
    assert [(mark, who) for _, mark, who in played.alerted("internal_appeal:1")] == [
        (mark, who) for _, mark, who in WHOLE_COURSE[:-3]
    ]
    assert {day for day, _, _ in played.alerted("internal_appeal:1")[2:]} == {"2026-11-26"}
    keys = [message.message_key for _, message in played.sent]
    assert len(keys) == len(set(keys))
    late = [message.template for when, message in played.sent if when == at("2026-11-26")]
    assert set(late) == {"deadline_passed"}
    played.until("2026-12-01")
    assert played.alerted("internal_appeal:1")[-3:] == WHOLE_COURSE[-3:]


def test_a_deadline_known_late_alerts_at_once_for_the_nearest_threshold_only() -> None:
    """Denied on May 1, so the last day is October 28; it is known on October 24, four days before."""
    played = sent().until("2026-10-24")
    played.hear("claim_denied", adjustments=NOT_NECESSARY, dates={"letter": "2026-05-01"}).until("2026-10-28")
    assert played.alerted("internal_appeal:1") == [
        *on("2026-10-24", "7", "biller", "therapist"),
        *on("2026-10-25", "3", "biller", "therapist"),
        *on("2026-10-27", "1", *ALL),
        *on("2026-10-28", "0", *ALL),
    ]


def test_a_deadline_known_only_after_its_last_day_alerts_at_once_and_every_week() -> None:
    played = sent().until("2026-11-01")
    played.hear("claim_denied", adjustments=NOT_NECESSARY, dates={"letter": "2026-05-01"}).until("2026-11-12")
    assert played.alerted("internal_appeal:1") == [
        *on("2026-11-01", "+1", *ALL),
        *on("2026-11-05", "+8", *ALL),
        *on("2026-11-12", "+15", *ALL),
    ]


def test_a_deadline_whose_day_moves_begins_its_alerts_anew() -> None:
    """The letter names June 30; half of its thresholds have passed by the time that it is told."""
    played = denied().until("2026-06-10")
    played.hear("claim_denied", adjustments=NOT_NECESSARY, dates=LETTER | {"stated_deadline": "2026-06-30"})
    played.until("2026-06-24")
    assert played.alerted("internal_appeal:1") == [
        *on("2026-06-10", "30", "biller"),
        *on("2026-06-16", "14", "biller"),
        *on("2026-06-18", "act_by", "biller", "therapist"),
        *on("2026-06-23", "7", "biller", "therapist"),
    ]


def test_who_fills_two_places_is_told_once() -> None:
    played = denied(practice=a_claim_practice(biller=None, owner=None)).until("2026-11-23")
    assert [who for _, mark, who in played.alerted("internal_appeal:1") if mark == "0"] == ["biller", "therapist"]
    alone = Person(name="Maya", phone=THERAPIST.phone)
    played = denied(practice=a_claim_practice(biller=alone, owner=alone)).until("2026-11-23")
    assert [who for _, mark, who in played.alerted("internal_appeal:1") if mark == "0"] == ["biller"]


@pytest.mark.parametrize(
    ("lead", "day", "marks"),
    [
        (14, "2026-07-12", [("14", "biller")]),
        (7, "2026-07-17", [("act_by", "biller"), ("act_by", "therapist")]),
        (13, "2026-07-13", [("act_by", "biller"), ("act_by", "therapist")]),
    ],
)
def test_our_own_day_has_its_own_alert(lead: int, day: str, marks: list[tuple[str, str]]) -> None:
    """Sixty days after May 27 is Sunday July 26; our day rolls back to a business day."""
    played = denied(practice=a_claim_practice([rule(lead_days=lead)])).until("2026-07-26")
    assert [(mark, who) for when, mark, who in played.alerted("internal_appeal:1") if when == day] == marks


def test_our_own_day_on_a_thresholds_day_tells_nobody_twice() -> None:
    """Sixty days after May 25 is Friday July 24; fourteen days before is a Friday too."""
    played = denied({"letter": "2026-05-25"}, practice=a_claim_practice([rule(lead_days=14)])).until("2026-07-15")
    same_day = [(mark, who) for when, mark, who in played.alerted("internal_appeal:1") if when == "2026-07-10"]
    assert same_day == [("14", "biller"), ("act_by", "therapist")]


# --- which deadlines there are


def test_an_unsent_claim_has_its_filing_limit_alerted_until_it_is_sent() -> None:
    """Ninety days after March 2 is Sunday May 31; the business day before is Friday May 29."""
    played = PlayedClaim().until("2026-06-09")
    assert played.alerted("timely_filing") == [
        *on("2026-05-01", "30", "biller"),
        *on("2026-05-17", "14", "biller"),
        *on("2026-05-24", "7", "biller", "therapist"),
        *on("2026-05-28", "3", "biller", "therapist"),
        *on("2026-05-29", "act_by", "biller", "therapist"),
        *on("2026-05-30", "1", *ALL),
        *on("2026-05-31", "0", *ALL),
        *on("2026-06-01", "+1", *ALL),
        *on("2026-06-08", "+8", *ALL),
    ]
    played.hear("claim_submitted", "2026-06-10")
    assert (played.open_deadlines(), played.open_tasks()) == ([], [])


def test_a_claim_that_came_back_unread_was_never_filed() -> None:
    played = PlayedClaim().hear("claim_submitted", "2026-03-03").hear("claim_rejected", "2026-03-04", reason="no id")
    assert played.open_deadlines() == ["timely_filing"]
    played.hear("claim_submitted", "2026-03-10")
    assert played.open_deadlines() == []


def test_the_letters_own_last_day_is_about_the_appeal_and_not_the_dispute() -> None:
    played = sent().hear(
        "claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates=LETTER | {"stated_deadline": "2026-12-15"}
    )
    assert played.deadline("internal_appeal:1").day.legal == date(2026, 12, 15)
    assert played.deadline("dispute:1").day.legal == date(2026, 7, 26)
    assert (played.deadline("internal_appeal:1").whose, played.deadline("dispute:1").whose) == ("member", "provider")


def test_a_claim_without_appeal_right_has_only_its_filing_limit() -> None:
    played = sent().hear("claim_denied", "2026-04-01", adjustments=[("CO", "16", "80")], remarks=["MA130"])
    assert played.open_deadlines() == ["corrected_claim:1"]
    assert played.deadline("corrected_claim:1").day.legal == date(2026, 5, 31)
    played.hear("claim_corrected", "2026-04-02")
    assert played.open_deadlines() == []


def test_records_have_the_day_that_the_letter_names_and_end_when_sent() -> None:
    played = sent().hear("information_requested", "2026-04-01", wanted="visit notes", due="2026-04-30")
    assert played.deadline("information:1").day.legal == date(2026, 4, 30)
    assert played.state.status == "information_requested"
    played.hear("information_sent", "2026-04-10")
    assert (played.open_deadlines(), played.state.status) == ([], "pending")


def test_records_wanted_by_a_denial_end_when_sent() -> None:
    played = sent().hear(
        "claim_denied", "2026-04-01", adjustments=[("CO", "252", "80")], dates={"letter": "2026-04-01"}
    )
    assert "records:1" in played.open_deadlines()
    played.hear("information_sent", "2026-04-10")
    assert "records:1" not in played.open_deadlines()


def test_who_files_for_himself_has_no_contract_to_dispute_by() -> None:
    played = sent(filed_by="client").hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates=LETTER)
    assert played.open_deadlines() == ["internal_appeal:1"]


def test_a_payer_has_its_own_days() -> None:
    """Medicare Advantage: sixty-five days from the letter of May 27, so Friday July 31."""
    played = sent(payer=a_payer(type="medicare_advantage"))
    played.hear("claim_denied", "2026-05-27", adjustments=NOT_NECESSARY, dates=LETTER)
    assert played.deadline("internal_appeal:1").day.legal == date(2026, 7, 31)


def test_a_deadline_let_go_says_why() -> None:
    assert denied().deadline("dispute:1").ended_because == "let go: we appeal instead"
