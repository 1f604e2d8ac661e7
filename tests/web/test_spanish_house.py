"""The Spanish that a walk over the pages can't see: refused forms, problems, faults, words of the trail."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from activities import sending_words
from domain.actions import AddDeskTask
from domain.remedies import REMEDIES, remedy
from domain.roles import RIGHTS, ROLE_NAMES, Right, who_may
from providers.base import BECAUSE
from records.audit import Entry
from records.senders import stopped_task_key
from tests.today import this_moment
from tests.web.english_left import english_left
from tests.web.staff_builder import a_browser, add, csrf_of
from tests.web.test_web_stories import STORY, Theatre, a_theatre, begin, until
from tests.web.web_builders import NOON, House, a_house, a_message, sent
from web import audit, languages, passwords
from web.audit import API, LINK
from web.audit_page import said
from web.languages import told
from web.rights import needed_by
from web.stories import plays_of
from web.story_told import Told

WEB = Path(__file__).parents[2] / "web"
SPANISH = {"accept-language": "es-MX,es;q=0.9"}
BASE_WORDS = {"Skip to the content", "Clients", "Claims", "Log out"}
"""Words around every page; they have a catalogue of their own."""
FOR_PROGRAMS = {"api.py", "app.py", "codec.py", "webhooks.py", "safe_answers.py"}
"""What these say goes out as JSON, in English."""


@pytest.fixture
def _in_spanish() -> Iterator[None]:
    before = languages._current.set("es")  # pyright: ignore[reportPrivateUsage] - as the middleware does
    yield
    languages._current.reset(before)  # pyright: ignore[reportPrivateUsage]


in_spanish = pytest.mark.usefixtures("_in_spanish")


def left(page: str) -> list[str]:
    return [text for text in english_left(page) if text not in BASE_WORDS]


def stays_english(text: str) -> bool:
    return told(text) == text or bool(english_left(told(text)))


@in_spanish
def test_every_detail_of_a_problem_that_a_page_can_show_has_its_spanish():
    details: set[str] = set()
    for file in WEB.glob("*.py"):
        if file.name not in FOR_PROGRAMS:
            details |= set(re.findall(r'ProblemError\([^"()]*"([A-Z][^"]+)"', file.read_text("utf-8")))
    details -= {"Send the API token as 'Authorization: Bearer …'."}  # for programs
    assert len(details) > 15
    assert {text for text in details if "{" not in text and stays_english(text)} == set()


@in_spanish
def test_every_title_of_a_problem_has_its_spanish():
    for status in (400, 401, 403, 404, 405, 409, 410, 411, 412, 413, 415, 422, 429, 500, 503):
        assert told(HTTPStatus(status).phrase) != HTTPStatus(status).phrase


@in_spanish
@pytest.mark.parametrize("right", RIGHTS)
def test_a_refused_right_says_in_spanish_whom_to_ask(right: Right):
    whom = " or ".join(name.lower() for name in who_may(right))
    refusal = told(f"Your login is not allowed to do this. It is for: {whom}.")
    assert refusal.startswith("Su acceso no permite hacer esto. Es para: ")
    assert " or " not in refusal
    assert "owner" not in refusal


@in_spanish
def test_roles_have_spanish_names():
    assert {told(name) for name in ROLE_NAMES.values()} == {"Terapeuta", "Recepción", "Titular"}


@in_spanish
def test_every_cause_and_every_remedy_has_its_spanish():
    words = [text for name, text in vars(sending_words).items() if name.isupper() and isinstance(text, str)]
    causes = {*words, *BECAUSE.values(), "not delivered (code 30003)"}
    assert {cause for cause in causes if stays_english(cause)} == set()
    assert {fix for fix in map(remedy, REMEDIES) if stays_english(fix)} == set()


@in_spanish
async def test_every_word_of_the_trail_has_its_spanish(tmp_path: Path):
    did = set(audit._DID.values()) | {"erased client", "exported client", "said who is one person"}  # pyright: ignore[reportPrivateUsage]
    assert {what for what in did if said(what) == what} == set()
    async with a_house(tmp_path) as house:
        seen = {f"saw {audit._words(name)}" for name in _pages_with_a_row(house)}  # pyright: ignore[reportPrivateUsage]
    assert len(seen) > 15
    assert {what for what in seen if "«" in said(what) or said(what) == what} == set()


def _pages_with_a_row(house: House) -> Iterator[str]:
    """The names of the functions behind the pages that need a login and a right."""
    for context in iter_route_contexts(house.app.routes):
        needed = getattr(getattr(context, "dependant", None), "dependencies", ())
        if "GET" in (context.methods or ()) and any(each.call is not None and needed_by(each.call) for each in needed):
            yield str(getattr(context.original_route, "name", ""))


async def test_a_wrong_login_and_a_dead_link_are_told_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house) as browser:
        browser.headers.update(SPANISH)
        wrong = await browser.post("/login", data={"email": "who@example.com", "password": "wrong, wrong"})
        assert "no corresponden" in wrong.text
        answers = [wrong, await browser.post("/login", data={"token": "wrong"})]
        answers += [await browser.post("/login/link", data={"email": "who@example.com"})]
        answers += [await browser.get("/login/link/none"), await browser.get("/d/none")]
        for _ in range(6):
            answers.append(await browser.post("/login", data={"email": "who@example.com", "password": "wrong, wrong"}))
        assert answers[-1].status_code == 429
        assert [text for answer in answers for text in left(answer.text)] == []


async def test_refused_forms_of_the_staff_pages_are_told_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.house_owner(NOON)
        boss = add(house, "owner", "Alex Boss", "boss@example.com")
        async with a_browser(house, boss) as browser:
            browser.headers.update(SPANISH)
            csrf = await csrf_of(browser)
            forms: list[tuple[str, dict[str, str], int]] = [
                ("/people", {"role": "owner"}, 422),
                ("/people", {"role": "owner", "name": "Again", "email": "boss@example.com"}, 422),
                ("/people", {"role": "none", "name": "Who"}, 422),
                (f"/people/{boss}/disable", {}, 409),
                ("/people/owner/disable", {}, 409),
                ("/people/nobody/disable", {}, 404),
                ("/account/password", {"password": "short"}, 422),
                ("/account/password", {"password": "x" * 300}, 422),
                ("/account/password", {"password": "a" * 30}, 422),
            ]
            for path, form, status in forms:
                answer = await browser.post(path, data=form | {"csrf": csrf})
                assert (answer.status_code, left(answer.text)) == (status, []), path
            answer = await browser.post("/people", data={"csrf": "another"})
            assert (answer.status_code, left(answer.text)) == (403, [])
            for path in ("/nowhere", "/plans/nobody", "/stories/none", "/audit?before=x"):
                answer = await browser.get(path)
                assert (answer.status_code in (404, 422), left(answer.text)) == (True, []), path


async def test_somebody_elses_form_is_refused_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        browser.headers.update(SPANISH)
        for path, data in (("/account/password", {"csrf": "another"}), ("/people", {})):
            answer = await browser.post(path, data=data)
            assert (answer.status_code, left(answer.text)) == (403, [])
        elsewhere = await browser.post("/logout", headers={"origin": "https://elsewhere.example"})
        assert (elsewhere.status_code, left(elsewhere.text)) == (403, [])


async def test_a_house_in_trouble_says_so_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house:
        now = this_moment()
        task = AddDeskTask(
            key=stopped_task_key("sms", NOON), plan_id="", kind="sender_stopped", text="stopped", at=NOON
        )
        house.records.stop_sender("sms", 20003, NOON, task)
        house.records.take_lease("sweep", "worker-1", now - timedelta(hours=1), timedelta(minutes=1))
        house.app.state.refused_webhooks = Counter({"twilio": 2})
        message = a_message("See you.").model_copy(update={"decided_at": now})
        message_id = sent(house.records, message)
        house.records.delivery(message_id, "undelivered", now, BECAUSE["bad_address"])
        async with a_browser(house, add(house, "owner")) as browser:
            browser.headers.update(SPANISH)
            page = (await browser.get("/health")).text
        assert "están detenidos desde" in page
        assert "Algo necesita su atención" in page
        assert left(page) == []


async def test_a_changed_trail_says_so_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house:
        names = (API, LINK, "text", "command")
        house.records.add_audit([Entry(NOON, name, "erased client", "c1") for name in names])
        async with a_browser(house, add(house, "owner")) as browser:
            browser.headers.update(SPANISH)
            pages = [(await browser.get(path)).text for path in ("/audit", "/audit?whole=true")]
        assert "borró los datos de un cliente" in pages[0]
        assert [text for page in pages for text in left(page)] == []


async def test_a_story_is_told_in_spanish_and_its_texts_stay_as_they_were_sent(tmp_path: Path):
    theatre = Theatre(story=[*STORY[:3], Told(share=0.9, trouble="The story was cut short.")])
    async with a_theatre(tmp_path, theatre) as house:
        house.browser.headers.update(SPANISH)
        before = (await house.browser.get("/stories/sarah")).text
        address = await begin(house)
        await until(lambda: is_over(house, address))
        page = (await house.browser.get(address)).text
        news = (await house.browser.get(f"{address}/news")).text
        forgotten = (await house.browser.get("/stories/sarah/none")).text
    assert "La historia se interrumpió." in page
    assert "Cedar Hill: see you tomorrow." in page
    assert "jue 26 nov 2026" in news
    assert [text for shown in (before, page, forgotten) for text in left(shown) if "a visit is near" not in text] == []


def is_over(house: House, address: str) -> bool:
    play = plays_of(house.app.state).find(address.rpartition("/")[2])
    return play is not None and play.over


@in_spanish
def test_faults_of_a_password_are_told_in_spanish():
    for password in ("short", "x" * 300, "a" * 30):
        assert english_left(passwords.fault_of(password)) == []
