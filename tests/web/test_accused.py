"""Words that accuse somebody of the practice: an owner reads them, and whoever is accused neither reads nor answers."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import httpx
import pytest

from activities.emergencies import Emergencies
from activities.judgement import DecideInput, Judge, NoticeInput
from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, OpenEscalation
from domain.client import Person
from domain.events import ClientReplied
from domain.state import new_state
from domain.wording import Wording
from tests.domain.reply_builder import a_text
from tests.web.reply_house import FakeStarter
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.test_emergencies_at_intake import Phone
from tests.web.web_builders import NOON, TINA_PHONE, House, a_house, a_plan, a_practice
from web.reply_intake import ReplyIntake

TESS, OTTO = "+12065550102", "+12065550103"
TOUCHED = "1 she touched my breast during the session"
DANGER = "Tess put her hand in my underwear last time. I want to die"
SAID = ("touched my breast", "misconduct", "underwear")


class Practice:
    """A house whose plan is Tess's, with Otto as backup person, and what goes out of it."""

    def __init__(self, house: House) -> None:
        self.house, self.records = house, house.records
        self.phone, self.mail = Phone(), Phone("email")
        self.judge = Judge(house.records, Wording.load(), "https://desk.example")
        self.starter = FakeStarter()
        starter = cast(WorkflowStarter, self.starter)
        sender = SendMessages(house.records, {"sms": self.phone, "email": self.mail})
        emergencies = Emergencies(house.records, starter, a_practice(), self.judge, sender)
        self.replies = ReplyIntake(house.records, starter, a_practice(), emergencies=emergencies)

    async def hears(self, text: str, provider_id: str = "SM1", **how: object) -> None:
        """What the client writes, taken in and judged by the plan."""
        for kept in await self.replies.store(a_text(text, provider_id, from_address=TINA_PHONE, at=NOON, **how), NOON):
            view = self.records.plan(kept.plan_id)
            assert view is not None
            assert isinstance(kept.event, ClientReplied)
            decision = self.judge.decide(DecideInput(state=view.state, fresh=[kept.event], now=NOON))
            for action in decision.actions:
                if isinstance(action, AddDeskTask):
                    self.records.add_desk_task(action)
                if isinstance(action, OpenEscalation):
                    self.records.add_escalation(action.escalation, NOON)

    def red_flags(self) -> list[str]:
        return [
            view.escalation.escalation_id for view in self.records.escalations() if view.escalation.kind == "red_flag"
        ]


@asynccontextmanager
async def a_practice_of_tess(folder: Path, *, owner: bool = True) -> AsyncGenerator[Practice]:
    async with a_house(folder, empty=True) as house:
        tess = Person(name="Tess Quill", phone=TESS, email="tess@example.com")
        plan = a_plan(therapist=tess, backup=Person(name="Otto Ray", phone=OTTO))
        assert house.records.add_plan(new_state("tina", plan, a_practice(), NOON), NOON)
        add(house, "therapist", "Tess Quill", "tess@example.com")
        add(house, "therapist", "Otto Ray", "otto@example.com")
        add(house, "front_desk", "Robin Fay", "robin@example.com")
        if owner:
            add(house, "owner", "Olga Lind", "olga@example.com")
        yield Practice(house)


@asynccontextmanager
async def logged_in(house: House, email: str) -> AsyncGenerator[httpx.AsyncClient]:
    member = house.records.staff_by_email(f"{email}@example.com")
    assert member is not None
    async with a_browser(house, member.staff_id) as browser:
        yield browser


PAGES = (
    "/",
    "/plans/tina?story=whole",
    "/plans/tina/conversation",
    "/escalations",
    "/escalations?all=true",
    "/clients",
)


async def read_everything(browser: httpx.AsyncClient) -> str:
    return "\n".join([await text_of(browser, page) for page in PAGES])


@pytest.mark.parametrize("who", ["tess", "otto", "robin"])
async def test_nobody_but_an_owner_is_shown_the_words_of_an_accusation(tmp_path: Path, who: str):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(TOUCHED)
        async with logged_in(practice.house, who) as browser:
            shown = await read_everything(browser)
        assert "Tina Ferris" in shown
        assert [word for word in SAID if word in shown] == []


async def test_an_owner_reads_them_and_says_it_done(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(TOUCHED)
        async with logged_in(practice.house, "olga") as browser:
            for page in ("/", "/plans/tina", "/plans/tina/conversation"):
                assert "touched my breast" in await text_of(browser, page), page
            (task,) = [view.task for view in practice.records.desk_tasks() if view.task.kind == "grave_words"]
            form = {"csrf": await csrf_of(browser), "key": task.key, "back": "tina"}
            assert (await browser.post("/tasks/close", data=form)).status_code == 303
            done = await text_of(browser, "/plans/tina")
        assert "Olga Lind said it done" in done
        (row,) = [row for row in practice.records.audit(20) if row.what.startswith("closed task")]
        assert (row.what, row.subject) == ("closed task: grave words", "tina")


@pytest.mark.parametrize("who", ["tess", "otto", "robin"])
async def test_nobody_but_an_owner_says_it_done(tmp_path: Path, who: str):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(TOUCHED)
        (task,) = [view.task for view in practice.records.desk_tasks() if view.task.kind == "grave_words"]
        async with logged_in(practice.house, who) as browser:
            form = {"csrf": await csrf_of(browser), "key": task.key, "back": "tina"}
            assert (await browser.post("/tasks/close", data=form)).status_code == 403
        assert task in [view.task for view in practice.records.desk_tasks()]


async def test_the_owner_is_told_at_once_without_the_words_and_the_therapist_is_not(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(TOUCHED)
        ((address, text),) = practice.mail.sent
        assert address == "olga@example.com"
        assert text == "Harbor Massage: an owner must read this today https://desk.example/plans/tina"
        assert practice.phone.to(TESS) == practice.phone.to(OTTO) == []
        await practice.hears(TOUCHED)
        assert len(practice.mail.sent) == 1, "the same text again"


async def test_where_no_owner_can_be_told_the_backup_person_is(tmp_path: Path):
    async with a_practice_of_tess(tmp_path, owner=False) as practice:
        await practice.hears(TOUCHED)
        assert len(practice.phone.to(OTTO)) == 1
        assert practice.phone.to(TESS) == practice.mail.sent == []


async def test_where_no_owner_has_a_login_the_front_desk_reads_it_and_health_says_so(tmp_path: Path):
    async with a_practice_of_tess(tmp_path, owner=False) as practice:
        await practice.hears(TOUCHED)
        async with logged_in(practice.house, "robin") as browser:
            assert "touched my breast" in await text_of(browser, "/")
        async with logged_in(practice.house, "tess") as browser:
            assert "touched my breast" not in await read_everything(browser)
        await practice.house.log_in()
        assert "No owner has a login of their own" in await text_of(practice.house.browser, "/health")


async def test_an_owner_who_is_the_plans_therapist_is_not_shown_what_may_be_about_them(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        tess = practice.records.staff_by_email("tess@example.com")
        assert tess is not None
        practice.records.set_role(tess.staff_id, "owner", NOON)
        await practice.hears(TOUCHED)
        assert [address for address, _ in practice.mail.sent] == ["olga@example.com"]
        async with logged_in(practice.house, "tess") as browser:
            shown = await read_everything(browser)
        assert [word for word in SAID if word in shown] == []


async def test_a_lawyer_is_the_owners_where_the_therapist_is_named_and_the_desks_otherwise(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears("My lawyer will call you about Tess")
        await practice.hears("My lawyer will call you about the parking lot", "SM2")
        async with logged_in(practice.house, "robin") as browser:
            shown = await read_everything(browser)
        assert "about Tess" not in shown
        assert "parking lot" in shown


async def test_an_opt_out_beside_an_accusation_is_told_without_the_words(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears("Stop texting me. He touched me inappropriately")
        for who in ("robin", "tess"):
            async with logged_in(practice.house, who) as browser:
                shown = await read_everything(browser)
            assert "inappropriately" not in shown
            assert "asked for no more" in shown


async def test_an_accuser_in_danger_pages_the_backup_and_the_owner_and_never_the_therapist(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(DANGER)
        (page,) = practice.phone.to(OTTO)
        assert page.startswith("Harbor Massage: someone needs you now")
        assert practice.phone.to(TESS) == []
        assert {address for address, _ in practice.mail.sent} == {"olga@example.com"}
        assert len(practice.phone.to(TINA_PHONE)) == 1, "the fixed answer"
        (asked,) = practice.starter.asked
        told = [
            practice.judge.next_notice(NoticeInput(escalation=asked.escalation, nth=nth, practice=a_practice()))
            for nth in range(8)
        ]
        assert {message.address for message in told} == {OTTO, "olga@example.com"}


async def test_the_accused_neither_opens_nor_answers_the_question_nor_finds_its_link(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(DANGER)
        (asked,) = practice.red_flags()
        link = practice.records.link_to_decision(asked, "therapist", practice.records.now().replace(year=2100))
        assert (await practice.house.browser.get(f"/d/{link}")).status_code == 410
        async with logged_in(practice.house, "tess") as browser:
            shown = await read_everything(browser)
            assert (await browser.get(f"/escalations/{asked}")).status_code == 403
            form = {"csrf": await csrf_of(browser), "choice": "continue"}
            assert (await browser.post(f"/escalations/{asked}", data=form)).status_code == 403
        assert asked not in shown
        assert "/d/" not in shown.replace("/d/…", "")
        assert [word for word in (*SAID, "emergency", "red flag", "want to die") if word in shown] == []
        assert practice.house.intake.decisions == []


async def test_the_backup_and_the_owner_answer_it_and_the_front_desk_hears_that_somebody_must_phone(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(DANGER)
        (asked,) = practice.red_flags()
        async with logged_in(practice.house, "robin") as browser:
            shown = await text_of(browser, "/") + await text_of(browser, f"/escalations/{asked}")
        assert "phone them now" in shown
        assert "underwear" not in shown
        async with logged_in(practice.house, "olga") as browser:
            assert "underwear" in await text_of(browser, f"/escalations/{asked}")
        async with logged_in(practice.house, "otto") as browser:
            form = {"csrf": await csrf_of(browser), "choice": "refer_out", "reason": "She is safe now."}
            assert (await browser.post(f"/escalations/{asked}", data=form)).status_code == 303
        assert [body.by for body in practice.house.intake.decisions] == ["Otto Ray"]


async def test_an_emergency_after_an_accusation_isnt_the_therapists_either(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears(TOUCHED)
        await practice.hears("I want to die", "SM2")
        assert practice.phone.to(TESS) == []
        assert len(practice.phone.to(OTTO)) == 1


async def test_an_emergency_alone_is_the_therapists_as_before(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears("I want to die")
        assert len(practice.phone.to(TESS)) == 1
        (asked,) = practice.red_flags()
        async with logged_in(practice.house, "tess") as browser:
            assert "I want to die" in await text_of(browser, f"/escalations/{asked}")


def lets_in_no_more(practice: Practice, email: str) -> None:
    member = practice.records.staff_by_email(f"{email}@example.com")
    assert member is not None
    assert practice.records.disable_staff(member.staff_id, NOON)


async def test_who_is_let_in_no_more_decides_nothing_by_an_old_link(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.hears("I took all my pills, I want to die")
        (asked,) = practice.red_flags()
        far = practice.records.now().replace(year=2100)
        link = f"/d/{practice.records.link_to_decision(asked, 'therapist', far)}"
        other = f"/d/{practice.records.link_to_decision(asked, 'backup', far)}"
        page = await practice.house.browser.get(link)
        assert page.status_code == 200
        csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
        lets_in_no_more(practice, "tess")
        form = {"choice": "continue", "csrf": csrf, "reason": "It is safe."}
        assert (await practice.house.browser.post(link, data=form)).status_code == 410
        assert (await practice.house.browser.get(link)).status_code == 410
        assert (await practice.house.browser.get(other)).status_code == 200
        assert practice.house.intake.decisions == []


async def test_the_pages_of_who_is_let_in_no_more_go_to_the_backup_and_the_owner(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        lets_in_no_more(practice, "tess")
        await practice.hears("I want to die")
        assert practice.phone.to(TESS) == []
        assert len(practice.phone.to(OTTO)) == 1
        assert [address for address, _ in practice.mail.sent] == ["olga@example.com"]


async def test_an_owners_link_opens_the_question_until_they_are_let_in_no_more(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        lets_in_no_more(practice, "tess")
        await practice.hears("I want to die")
        ((_, text),) = practice.mail.sent
        link = text.partition("https://desk.example")[2].strip()
        assert "/d/" in link
        (asked,) = practice.red_flags()
        far = practice.records.now().replace(year=2100)
        link = f"/d/{practice.records.link_to_decision(asked, 'owner', far, 'Olga Lind')}"
        assert (await practice.house.browser.get(link)).status_code == 200
        add(practice.house, "owner", "Second Owner", "second@example.com")
        lets_in_no_more(practice, "olga")
        assert (await practice.house.browser.get(link)).status_code == 404


@pytest.mark.parametrize("page", ["/people", "/health", "/plans/tina"])
async def test_pages_say_which_plans_still_name_somebody_who_is_let_in_no_more(tmp_path: Path, page: str):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.house.log_in()
        assert "goes to the backup person or an owner" not in await text_of(practice.house.browser, page)
        lets_in_no_more(practice, "tess")
        shown = await text_of(practice.house.browser, page)
        assert "goes to the backup person or an owner" in shown
        assert 'href="/plans/tina' in shown
