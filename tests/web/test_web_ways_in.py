"""The ways in for people of the staff: a password, a link by e-mail, the link printed at start."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher

from providers.base import DeliveryError
from tests.today import this_moment
from tests.web.staff_builder import (
    PASSWORD,
    WORKS_NO_MORE,
    a_browser,
    a_link,
    a_mailbox,
    add,
    csrf_of,
    text_of,
    turn_the_clock,
)
from tests.web.web_builders import HOME, House, a_house
from web import passwords
from web.login import owner_link

WRONG = "This e-mail address and password don't go together."
WAIT = "There were too many wrong tries."
SENT = "If this address belongs to somebody of the staff, a link is on its way."
DANA = {"email": "Dana@example.com", "password": PASSWORD}


async def dana(house: House) -> str:
    """A therapist with a password."""
    staff_id = add(house)
    house.records.set_password_hash(staff_id, await passwords.hashed(PASSWORD), this_moment())
    return staff_id


# a password


async def test_a_person_logs_in_with_address_and_password(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await dana(house)
        answer = await house.browser.post("/login", data=DANA | {"next": "/escalations"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/escalations")
        assert "Dana Quill" in await text_of(house.browser, "/account")


async def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await dana(house)
        add(house, name="No Password", email="none@example.com")
        pages: list[str] = []
        for email in ("dana@example.com", "none@example.com", "who@example.com"):
            answer = await house.browser.post("/login", data={"email": email, "password": "wrong, wrong, wrong"})
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers
            pages.append(answer.text.replace(email, "…"))
        assert "don&#39;t go together" in pages[0]
        assert pages == [pages[0]] * 3


async def test_an_unknown_address_costs_as_much_work_as_a_known_one(monkeypatch: pytest.MonkeyPatch):
    checked: list[str] = []
    kept = await passwords.hashed(PASSWORD)

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert not await passwords.is_right("wrong", kept)
    assert not await passwords.is_right(PASSWORD, None)
    assert not await passwords.is_right("nobody has this password", None)
    assert len(checked) == 3
    assert [hash.rpartition("$")[0].rpartition("$")[0] for hash in checked] == ["$argon2id$v=19$m=65536,t=3,p=4"] * 3


async def test_who_was_let_go_isnt_let_in_by_their_password(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.disable_staff(await dana(house), this_moment())
        assert (await house.browser.post("/login", data=DANA)).status_code == 403


async def test_after_five_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with a_house(tmp_path) as house:
        await dana(house)
        for _ in range(5):
            assert (await house.browser.post("/login", data=DANA | {"password": "wrong"})).status_code == 403
        answer = await house.browser.post("/login", data=DANA)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
        assert WAIT in answer.text
        turn_the_clock(monkeypatch, timedelta(minutes=15, seconds=1))
        assert (await house.browser.post("/login", data=DANA)).status_code == 303


async def test_somebody_elses_wrong_tries_dont_keep_a_person_from_their_link(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await dana(house)
        mailbox = a_mailbox(house)
        async with a_browser(house, client="203.0.113.9") as stranger:
            for _ in range(5):
                await stranger.post("/login", data=DANA | {"password": "wrong"})
            assert (await stranger.post("/login", data=DANA | {"password": "wrong"})).status_code == 429
        await house.browser.post("/login/link", data={"email": "dana@example.com"})
        assert (await house.browser.post(mailbox.mails[0][1].removeprefix(HOME))).status_code == 303


async def test_one_visitor_who_tries_many_addresses_waits_too(tmp_path: Path):
    async with a_house(tmp_path) as house:
        async with a_browser(house, client="2001:db8::1") as stranger:
            for number in range(20):
                form = {"email": f"p{number}@example.com", "password": "x"} if number < 3 else {"token": "x"}
                assert (await stranger.post("/login", data=form)).status_code == 403
            assert (await stranger.post("/login", data={"token": "x"})).status_code == 429
        async with a_browser(house, client="2001:db8::ffff") as neighbour:
            assert (await neighbour.post("/login", data={"token": "x"})).status_code == 429
        async with a_browser(house, client="203.0.113.9") as other:
            assert (await other.post("/login", data={"token": "x"})).status_code == 403


async def test_right_tries_are_never_too_many(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await dana(house)
        for _ in range(7):
            assert (await house.browser.post("/login", data=DANA)).status_code == 303


async def test_a_password_is_hashed_anew_when_the_parameters_have_changed(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = await dana(house)
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        house.records.set_password_hash(staff_id, weak, this_moment())
        assert (await house.browser.post("/login", data=DANA)).status_code == 303
        kept = house.records.password_hash(staff_id) or ""
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert (await house.browser.post("/login", data=DANA)).status_code == 303
        assert house.records.password_hash(staff_id) == kept


# one's own password


async def test_a_person_sets_a_password_and_is_logged_out_everywhere_else(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = add(house)
        async with a_browser(house, staff_id) as here, a_browser(house, staff_id) as there:
            form = {"password": PASSWORD, "csrf": await csrf_of(here)}
            answer = await here.post("/account/password", data=form)
            assert answer.headers["location"] == "/account?done=true"
            assert (await here.get("/account")).status_code == 200
            assert (await there.get("/account")).status_code == 303
        assert (await house.browser.post("/login", data=DANA)).status_code == 303


async def test_who_came_in_by_password_must_know_it_to_change_it(tmp_path: Path):
    new = "a quite different sentence"
    async with a_house(tmp_path) as house:
        staff_id = await dana(house)
        await house.browser.post("/login", data=DANA)
        form = {"password": new, "csrf": await csrf_of(house.browser)}
        answer = await house.browser.post("/account/password", data=form | {"current": "wrong"})
        assert [row.what for row in house.records.audit(1)] == ["gave a wrong password"]
        assert answer.status_code == 422
        assert "This is not your password." in answer.text
        assert (await house.browser.post("/account/password", data=form | {"current": PASSWORD})).status_code == 303
        assert await passwords.is_right(new, house.records.password_hash(staff_id))


async def test_whoever_found_an_open_browser_cant_guess_the_password_for_long(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = await dana(house)
        await house.browser.post("/login", data=DANA)
        form = {"password": "a quite different sentence", "csrf": await csrf_of(house.browser)}
        for _ in range(5):
            assert house.records.begin_try("own password", staff_id, this_moment(), 5)
        answer = await house.browser.post("/account/password", data=form | {"current": PASSWORD})
        assert "There were too many wrong tries." in answer.text
        assert await passwords.is_right(PASSWORD, house.records.password_hash(staff_id))


async def test_who_came_in_by_a_link_may_have_forgotten_the_old_password(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = await dana(house)
        async with a_browser(house, staff_id) as browser:
            form = {"password": "a quite different sentence", "csrf": await csrf_of(browser)}
            assert (await browser.post("/account/password", data=form)).status_code == 303


@pytest.mark.parametrize("bad", ["short", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", "x y z " * 40])
async def test_a_password_that_is_easily_guessed_or_too_long_isnt_taken(tmp_path: Path, bad: str):
    async with a_house(tmp_path) as house:
        staff_id = add(house)
        async with a_browser(house, staff_id) as browser:
            form = {"password": bad, "csrf": await csrf_of(browser)}
            assert (await browser.post("/account/password", data=form)).status_code == 422
        assert house.records.password_hash(staff_id) is None


async def test_the_same_password_from_another_keyboard_is_the_same():
    composed, decomposed = "contraseña muy larga", "contrasen\u0303a muy larga"
    assert await passwords.is_right(decomposed, await passwords.hashed(composed))


# a link by e-mail


async def test_a_link_by_mail_lets_its_reader_in_and_to_where_they_wanted(tmp_path: Path):
    async with a_house(tmp_path) as house:
        add(house)
        mailbox = a_mailbox(house)
        answer = await house.browser.post("/login/link", data={"email": "DANA@example.com", "next": "/escalations/e1"})
        assert SENT in answer.text
        [(address, link)] = mailbox.mails
        assert address == "dana@example.com"
        path = link.removeprefix(HOME)
        assert "Dana Quill" in await text_of(house.browser, path)
        answer = await house.browser.post(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/escalations/e1")
        assert (await house.browser.get("/escalations/e1")).status_code == 200


async def test_the_answer_is_the_same_for_an_address_that_nobody_has(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.disable_staff(add(house, name="Gone", email="gone@example.com"), this_moment())
        add(house)
        mailbox = a_mailbox(house)
        answers = [
            await house.browser.post("/login/link", data={"email": email})
            for email in ("dana@example.com", "who@example.com", "gone@example.com", "")
        ]
        assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}
        assert [address for address, _ in mailbox.mails] == ["dana@example.com"]


async def test_nobodys_mailbox_is_filled_by_a_stranger(tmp_path: Path):
    async with a_house(tmp_path) as house:
        add(house)
        mailbox = a_mailbox(house)
        answers = [await house.browser.post("/login/link", data={"email": "dana@example.com"}) for _ in range(8)]
        assert {answer.status_code for answer in answers} == {200}
        assert len(mailbox.mails) == 5


async def test_a_scanner_that_opens_the_link_and_runs_scripts_uses_nothing_up(tmp_path: Path):
    async with a_house(tmp_path) as house:
        path = a_link(house, add(house))
        for _ in range(3):
            answer = await house.browser.get(path)
            assert answer.status_code == 200
            assert "set-cookie" not in answer.headers
            assert "<script" not in answer.text
            await house.browser.head(path)
        assert (await house.browser.post(path)).status_code == 303


async def test_a_used_an_expired_and_a_forged_link_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_house(tmp_path) as house:
        staff_id = add(house)
        used, forged = a_link(house, staff_id), "/login/link/made-up"
        assert (await house.browser.post(used)).status_code == 303
        expired = a_link(house, staff_id)
        turn_the_clock(monkeypatch, timedelta(minutes=15, seconds=1))
        async with a_browser(house) as browser:
            for path in (used, expired, forged):
                for answer in (await browser.get(path), await browser.post(path)):
                    assert answer.status_code == 410
                    assert WORKS_NO_MORE in answer.text
                    assert "set-cookie" not in answer.headers


async def test_a_link_is_taken_from_no_other_site_and_names_none(tmp_path: Path):
    async with a_house(tmp_path, public_url="https://plans.example.com") as house:
        add(house)
        mailbox = a_mailbox(house)
        form = {"email": "dana@example.com", "next": "https://evil.example/"}
        rebound = await house.browser.post("/login/link", data=form, headers={"Host": "evil.example"})
        assert (rebound.status_code, mailbox.mails) == (403, [])
        await house.browser.post("/login/link", data=form)
        [(_, link)] = mailbox.mails
        assert link.startswith("https://plans.example.com/login/link/")
        assert "evil" not in link
        path = link.removeprefix("https://plans.example.com")
        assert (await house.browser.post(path, headers={"Origin": "https://evil.example"})).status_code == 403
        assert (await house.browser.post(f"{path}?next=//evil.example")).headers["location"] == "/"


async def test_a_mail_that_cant_be_sent_is_logged_without_the_address(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    def refuse(address: str, link: str) -> None:
        raise DeliveryError.of("bad_address", 400)

    async with a_house(tmp_path) as house:
        add(house)
        house.app.state.wiring = replace(house.app.state.wiring, send_login_mail=refuse)
        answer = await house.browser.post("/login/link", data={"email": "dana@example.com"})
        assert SENT in answer.text
    assert "login link not mailed" in caplog.text
    assert "dana" not in "".join(str(record.__dict__) for record in caplog.records).lower().replace("test_", "")


async def test_without_mail_a_link_is_shown_to_nobody(tmp_path: Path):
    """Whoever comes through a proxy on this machine seems to sit at it, so that no page shows what lets somebody in."""
    async with a_house(tmp_path) as house:
        add(house)
        assert "/login/link/" not in (await house.browser.post("/login/link", data={"email": "dana@example.com"})).text
        assert "Send me a link" not in (await house.browser.get("/login")).text


# the link printed at start


async def test_the_printed_link_lets_the_owner_in_once_within_the_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_house(tmp_path) as house:
        path = owner_link(house.records, HOME, this_moment()).removeprefix(HOME)
        turn_the_clock(monkeypatch, timedelta(minutes=59))
        assert (await house.browser.post(path)).status_code == 303
        assert (await house.browser.get("/people")).status_code == 200
        assert (await house.browser.post(path)).status_code == 410


async def test_a_new_start_prints_a_new_link_and_the_earlier_one_is_dead(tmp_path: Path):
    async with a_house(tmp_path) as house:
        first, second = (owner_link(house.records, HOME, this_moment()).removeprefix(HOME) for _ in range(2))
        assert (await house.browser.post(first)).status_code == 410
        assert (await house.browser.post(second)).status_code == 303
        assert len(house.records.staff()) == 1
