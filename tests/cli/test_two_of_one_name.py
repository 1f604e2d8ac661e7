"""Two plans of one name and phone: two people for `export` and `erase`, until somebody says that they are one."""

import asyncio
import json
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.actions import AddDeskTask
from domain.client import Client, Consent
from domain.state import new_state
from programs.clear_runs import Cleared
from programs.erase_client import erase_client
from records.database import Records
from records.keyring import KeyRing
from records.unplaced import Address
from tests.cli.commands import Here
from tests.domain.claim_builder import a_claim_practice
from tests.domain.plan_builder import a_plan
from tests.today import this_moment

AT = datetime(2026, 5, 6, 9, tzinfo=UTC)
PHONE, MAIL = "+12535550171", "quillon@canary-mail.example.com"
FIRST, SECOND, RELATIVE = "plan-a1", "plan-a2", "plan-b1"
EARLY = "who sends me this quince"
FORM = (
    '--x\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{"from": "bounces@example.net"}\r\n'
    '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
    "Subject: hello\r\nFrom: Quillon\r\n <%s>\r\n\r\n%s\r\n--x--\r\n"
)


def a_client(name: str = "Quillon Zabriskie", email: str | None = MAIL, its_id: str | None = None) -> Client:
    consent = Consent(channel="sms", date=date(2020, 1, 1), source="intake form")
    fields: dict[str, Any] = {"name": name, "phone": PHONE, "email": email, "id": its_id}
    return Client(time_zone="America/Los_Angeles", consents=[consent], **fields)


def add(records: Records, plan_id: str, client: Client) -> None:
    assert records.add_plan(new_state(plan_id, a_plan(client=client), a_claim_practice(), AT), AT)


def a_text_of_before(records: Records) -> None:
    """As it lies where nobody knows who wrote: under nobody's key, with a task that tells it."""
    records.add_inbound("SM-early", "sms", PHONE, EARLY, AT, None)
    task = AddDeskTask(key="unknown-sender:SM-early", plan_id="", kind="reply", text=f'They wrote: "{EARLY}"', at=AT)
    records.add_desk_task(task)


def a_kept_mail(records: Records, mail_id: str, sender: str, words: str) -> None:
    form = (FORM % (sender, words)).encode()
    assert records.add_small_raw_mail(mail_id, "multipart/form-data; boundary=x", form)
    task = AddDeskTask(key=f"raw-mail:{mail_id}", plan_id="", kind="reply", text=words, at=AT, raw_mail=mail_id)
    records.keep_raw_mail(mail_id, task)


@pytest.fixture
def house(here: Here) -> Generator[tuple[Here, Records]]:
    """An empty folder with records, in which Temporal doesn't answer."""
    keys = KeyRing.generate()
    url = f"sqlite:///{here.folder}/records.db"
    here.set(TEMPORAL_ADDRESS="127.0.0.1:1", DATABASE_URL=url, PAYLOAD_KEYS=keys.dump())
    records = Records.open(url, keys)
    records.migrate()
    yield here, records
    records.close()


@pytest.fixture
def empty_temporal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Temporal that has nothing of anybody: what it has is `test_erased_everywhere.py`."""

    async def nothing(*_: Any) -> Cleared:
        return Cleared()

    monkeypatch.setattr("programs.erase_client.clear_runs", nothing)


def erased(records: Records, plan_id: str) -> tuple[int, str]:
    said: list[str] = []
    nowhere: Any = None
    at = this_moment() - timedelta(hours=1)
    code = asyncio.run(erase_client(records, nowhere, plan_id, at, said.append))
    return code, "\n".join(said)


def texts_under_nobodys_key(records: Records) -> int:
    number_hmac = records._address_hmac(PHONE)  # pyright: ignore[reportPrivateUsage]
    return len(records.unplaced_of([Address("sms", PHONE, number_hmac, False)]).texts)


def exported(here: Here, plan_id: str, out: str) -> dict[str, Any]:
    answer = here.run("export", plan_id, "--out", out)
    assert answer.code == 0
    return json.loads(Path(here.folder / out).read_text("utf-8"))


def test_an_export_of_one_names_the_other_and_holds_nothing_of_them(house: tuple[Here, Records]) -> None:
    here, records = house
    add(records, FIRST, a_client())
    add(records, SECOND, a_client())
    answer = here.run("export", FIRST, "--out", "a.json")
    assert answer.code == 0
    assert f"followthrough same-person {FIRST} {SECOND}" in answer.err
    assert SECOND not in (here.folder / "a.json").read_text("utf-8")


def test_once_somebody_says_so_they_are_one(house: tuple[Here, Records]) -> None:
    here, records = house
    add(records, FIRST, a_client())
    add(records, SECOND, a_client())
    answer = here.run("same-person", FIRST, SECOND)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"One person: {FIRST}, {SECOND}.")
    for number, plan_id in enumerate((FIRST, SECOND)):
        told = exported(here, plan_id, f"{number}.json")
        assert [plan["plan_id"] for plan in told["plans"]] == [FIRST, SECOND]
        assert len(told["addresses"]) == 2
    assert [row.what for row in records.audit()].count("said who is one person") == 2


@pytest.mark.parametrize(("plan_id", "says"), [("nobody", "no plan has the id nobody"), (SECOND, "was erased")])
def test_nobody_is_joined_with_who_was_erased_or_never_was(
    house: tuple[Here, Records], plan_id: str, says: str
) -> None:
    here, records = house
    add(records, FIRST, a_client())
    add(records, SECOND, a_client())
    records.destroy_client_key(records.client_of_plan(SECOND) or "", AT)
    answer = here.run("same-person", FIRST, plan_id)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_erasing_one_leaves_the_other_and_says_so(house: tuple[Here, Records], empty_temporal: None) -> None:
    _, records = house
    add(records, FIRST, a_client())
    add(records, SECOND, a_client())
    code, said = erased(records, FIRST)
    assert code == 0
    assert f"followthrough same-person {FIRST} {SECOND}" in said
    assert records.plan(FIRST) is None
    assert records.plan(SECOND) is not None


def test_of_one_id_all_plans_go_at_once(house: tuple[Here, Records], empty_temporal: None) -> None:
    _, records = house
    add(records, FIRST, a_client(its_id="C-1"))
    add(records, SECOND, a_client(its_id="C-1", name="Quillon Moss"))
    code, said = erased(records, SECOND)
    assert (code, "Left" in said) == (0, False)
    assert [records.plan(each) for each in (FIRST, SECOND)] == [None, None]


def test_a_text_of_before_any_plan_is_exported_and_erased(house: tuple[Here, Records], empty_temporal: None) -> None:
    here, records = house
    a_text_of_before(records)
    a_kept_mail(records, "theirs", MAIL.upper(), "a letter with cardamom")
    a_kept_mail(records, "strangers", "someone@else.example.com", f"forwarded: {MAIL} wrote")
    add(records, FIRST, a_client())
    told = exported(here, FIRST, "a.json")
    assert [reply["text"] for reply in told["replies"]] == [EARLY]
    assert ["cardamom" in mail["as_it_came"] for mail in told["mails_kept_as_they_came"]] == [True]
    assert len(told["tasks"]) == 2
    code, _ = erased(records, FIRST)
    assert code == 0
    assert texts_under_nobodys_key(records) == 0
    assert records.raw_mail("theirs") is None
    assert records.raw_mail("strangers") is not None
    assert [view.task.key for view in records.desk_tasks()] == ["raw-mail:strangers"]


def test_what_may_be_a_relatives_is_neither_handed_out_nor_erased_before_they_are_too(
    house: tuple[Here, Records], empty_temporal: None
) -> None:
    here, records = house
    a_text_of_before(records)
    add(records, FIRST, a_client())
    add(records, RELATIVE, a_client("Ben Zabriskie", None))
    answer = here.run("export", FIRST, "--out", "a.json")
    assert "Left alone: 1 texts or mails" in answer.err
    assert EARLY not in (here.folder / "a.json").read_text("utf-8")
    code, said = erased(records, FIRST)
    assert (code, "Left alone: 1 texts or mails" in said) == (1, True)
    assert texts_under_nobodys_key(records) == 1
    code, said = erased(records, RELATIVE)
    assert (code, "Left" in said) == (0, False)
    assert texts_under_nobodys_key(records) == 0
    assert records.desk_tasks() == []


def test_an_erased_text_that_the_provider_lists_again_stays_erased(
    house: tuple[Here, Records], empty_temporal: None
) -> None:
    _, records = house
    a_text_of_before(records)
    add(records, FIRST, a_client())
    assert erased(records, FIRST)[0] == 0
    assert records.has_inbound("SM-early")
    assert records.inbound_to_take(this_moment()) == []
    assert not records.add_inbound("SM-early", "sms", PHONE, EARLY, AT, None).new
    assert texts_under_nobodys_key(records) == 0


def test_an_export_says_that_somebody_wrote_of_their_death_and_what_was_opted_out_of(
    house: tuple[Here, Records],
) -> None:
    here, records = house
    add(records, FIRST, a_client())
    records.suppress("email", MAIL, AT, "STOP", "the client's own words")
    records.person_died(records.client_of_plan(FIRST) or "", AT + timedelta(days=1))
    told = exported(here, FIRST, "a.json")
    assert [(word["channel"], word["opted_out"]) for word in told["opt_outs"]] == [("email", True), ("person", True)]
