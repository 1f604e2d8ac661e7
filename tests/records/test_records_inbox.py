"""The inbox's order and its pages, on both databases: as somebody would sort it by hand, whoever looks."""

import random
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest
from claims_builder import a_claim
from records_builder import NOON, a_task, an_escalation, enrolled
from sqlalchemy import null, update

from domain.actions import AddDeskTask
from domain.client import Person
from domain.escalation import EscalationKind
from domain.inbox_order import ORDER, of_question, of_task
from records.database import Records
from records.inbox import Reader, Waiting
from records.sql import engine_of
from records.tables import claims, desk_tasks, escalations
from records.views import DeskTaskView, EscalationView

OWNER = Reader("", decides=True, does_tasks=True, follows_claims=True)
ALEX = Reader("Alex@Example.com", decides=True, does_tasks=True, follows_claims=True)
TODAY = date(2026, 3, 2)
KINDS: tuple[EscalationKind, ...] = get_args(EscalationKind)


def name_of(view: Waiting) -> str:
    if isinstance(view, EscalationView):
        return view.escalation.escalation_id
    return view.task.key if isinstance(view, DeskTaskView) else view.state.claim_id


def listed(records: Records, reader: Reader, size: int = 500) -> list[str]:
    """The whole inbox, read page by page."""
    found: list[str] = []
    while True:
        page = records.inbox_page(reader, TODAY, size, len(found))
        found += [name_of(view) for view in page.waiting]
        if not page.more:
            return found


def hours_ago(hours: float) -> datetime:
    return NOON - timedelta(hours=hours)


def a_claim_that_presses(records: Records, url: str, claim_id: str, last_day: date) -> None:
    records.add_claim(a_claim(claim_id), NOON)
    engine = engine_of(url)
    with engine.begin() as connection:
        connection.execute(update(claims).where(claims.c.claim_id == claim_id).values(presses_on=last_day))
    engine.dispose()


@pytest.mark.parametrize("reader", [OWNER, ALEX], ids=["owner", "alex"])
@pytest.mark.parametrize("seed", range(3))
def test_the_order_is_the_one_that_somebody_would_sort_by_hand(
    records: Records, database_url: str, reader: Reader, seed: int
) -> None:
    enrolled(records)
    chance = random.Random(seed)  # noqa: S311 - an order to sort, no secret
    expected: list[tuple[Any, ...]] = []
    for number in range(40):
        since = hours_ago(chance.uniform(0, 900))
        what = chance.choice(("question", "task", "claim"))
        name = f"{what}-{number}"
        if what == "question":
            kind, mine = chance.choice(KINDS), chance.random() < 0.3
            person = Person(name="Alex", email="alex@example.com" if mine else None, phone="+12065550111")
            records.add_escalation(an_escalation(name, kind=kind, opened_at=since, responsible=person), NOON)
            urgency, last_day = of_question(kind), date.max
        elif what == "task":
            words = chance.choice(("Read this.", "It may be an emergency."))
            task = a_task(name, kind=chance.choice(("reply", "undeliverable", "coverage")), text=words, at=since)
            records.add_desk_task(task)
            urgency, last_day, mine = of_task(task), date.max, False
        else:
            last_day = TODAY - timedelta(days=chance.randrange(-2, 20) + number / 100)
            a_claim_that_presses(records, database_url, name, last_day)
            urgency, mine, since = "deadline", False, NOON
            if last_day > TODAY:
                continue
        calm = urgency != "red_flag"
        foreign = calm and not (mine and reader is ALEX)
        expected.append((calm, foreign, ORDER.index(urgency), last_day, since, name))
    assert listed(records, reader) == [place[-1] for place in sorted(expected)]
    assert listed(records, reader, size=7) == listed(records, reader)


def test_of_two_equally_urgent_ones_the_older_comes_first_and_a_passed_deadline_before_the_next(
    records: Records, database_url: str
) -> None:
    enrolled(records)
    records.add_escalation(an_escalation("new", opened_at=hours_ago(2)), NOON)
    records.add_escalation(an_escalation("old", opened_at=hours_ago(30)), NOON)
    a_claim_that_presses(records, database_url, "today", TODAY)
    a_claim_that_presses(records, database_url, "passed", TODAY - timedelta(days=1))
    a_claim_that_presses(records, database_url, "later", TODAY + timedelta(days=1))
    assert listed(records, OWNER) == ["passed", "today", "old", "new"]


def test_what_was_answered_or_done_waits_no_more(records: Records) -> None:
    enrolled(records)
    records.add_escalation(an_escalation("asked"), NOON)
    records.add_desk_task(a_task("done"))
    assert listed(records, OWNER) == ["asked", "done"]
    records.settle_escalation("asked", None, NOON)
    records.close_desk_task("done", "Robin", NOON)
    assert listed(records, OWNER) == []


def test_who_may_not_decide_sees_emergencies_and_who_does_no_tasks_sees_none(
    records: Records, database_url: str
) -> None:
    enrolled(records)
    records.add_escalation(an_escalation("halt"), NOON)
    records.add_escalation(an_escalation("flag", kind="red_flag"), NOON)
    records.add_desk_task(a_task("read"))
    a_claim_that_presses(records, database_url, "claim", TODAY)
    assert listed(records, Reader("", decides=False, does_tasks=True, follows_claims=True)) == ["flag", "claim", "read"]
    assert listed(records, Reader("", decides=True, does_tasks=False, follows_claims=False)) == ["flag", "halt"]


def test_a_page_goes_on_over_what_is_about_an_erased_client(records: Records) -> None:
    enrolled(records)
    records.add_escalation(an_escalation("halt"), NOON)
    client_id = records.client_of_plan("tina-1")
    assert client_id is not None
    records.add_desk_task(a_task("unknown", plan_id=""))
    records.destroy_client_key(client_id, NOON)
    assert listed(records, OWNER) == ["unknown"]


def test_what_was_stored_before_there_was_an_order_is_ranked_when_the_records_are_opened(
    records: Records, database_url: str
) -> None:
    enrolled(records)
    asked = Person(name="Alex", email="alex@example.com")
    records.add_escalation(an_escalation("flag", kind="red_flag", opened_at=hours_ago(1)), NOON)
    records.add_escalation(an_escalation("own", responsible=asked, opened_at=hours_ago(1)), NOON)
    records.add_escalation(an_escalation("other", kind="worsening"), NOON)
    records.add_desk_task(AddDeskTask(key="phone", plan_id="", kind="reply", text="An emergency?", at=hours_ago(2)))
    engine = engine_of(database_url)
    with engine.begin() as connection:
        connection.execute(update(escalations).values(rank=null(), asked_hmac=null()))
        connection.execute(update(desk_tasks).values(rank=null()))
    engine.dispose()
    records.migrate()
    assert listed(records, ALEX) == ["phone", "flag", "own", "other"]
    assert records.rank_what_is_unranked() == 0
