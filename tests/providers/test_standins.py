import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from providers.base import Accepted, Cause, DeliveryError
from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.standin_builder import (
    ADDRESS,
    PUBLIC,
    QUICK,
    a_system,
    asking,
    events,
    mailing,
    patience,
    texting,
    the_vendors_client,
    what_goes_wrong,
)
from tests.standins import Behaviour, Timing, running_standin
from tests.today import this_moment

SPEC = Path(__file__).parents[3] / "shared" / "specs" / "twilio_messages.json"


# Sending


def test_a_text_is_accepted_once_with_our_callback_and_kept_as_it_was():
    with running_standin(timing=QUICK) as vendor:
        accepted = texting(vendor).send(an_outgoing())
        [text] = vendor.texts
    assert accepted == Accepted(text.sid)
    assert (text.to, text.body, text.from_) == (PHONE, TEXT, vendor.identity.from_number)
    assert text.callback_url == f"{PUBLIC}/webhooks/twilio/status/4f2a9c#rc=3&rp=all"
    assert this_moment() - text.accepted_at < timedelta(seconds=5)
    assert vendor.counts() == {(PHONE, TEXT): 1}


@pytest.mark.parametrize(
    ("behaviour", "cause", "code", "taken"),
    [
        ("accept_then_drop", "no_answer", None, 1),
        ("accept_then_500", "no_answer", 20500, 1),
        ("accept_then_hang", "no_answer", None, 1),
        ("accept_late", "no_answer", None, 1),
        ("drop", "no_answer", None, 0),
        ("error_500", "no_answer", 20500, 0),
        ("hang", "no_answer", None, 0),
        ("throttled", "busy", 20429, 0),
        ("opted_out", "opted_out", 21610, 0),
        ("unauthorized", "our_settings", 20003, 0),
    ],
)
def test_a_text_that_goes_wrong_is_told_from_one_that_only_seems_to(
    behaviour: Behaviour, cause: Cause, code: int | None, taken: int
):
    with running_standin(timing=QUICK) as vendor:
        vendor.behave(behaviour)
        error = what_goes_wrong(texting(vendor, timeout_seconds=patience(behaviour)))
        vendor.settle()
        assert (error.cause, error.code) == (cause, code)
        assert vendor.counts()[PHONE, TEXT] == taken
        texting(vendor).send(an_outgoing())
        assert vendor.counts()[PHONE, TEXT] == taken + 1


@pytest.mark.parametrize(
    ("behaviour", "cause", "taken"),
    [
        ("accept_then_drop", "no_answer", 1),
        ("accept_then_500", "no_answer", 1),
        ("accept_then_hang", "no_answer", 1),
        ("accept_late", "no_answer", 1),
        ("drop", "no_answer", 0),
        ("error_500", "no_answer", 0),
        ("hang", "no_answer", 0),
        ("throttled", "busy", 0),
        ("unauthorized", "our_settings", 0),
    ],
)
def test_a_mail_that_goes_wrong_is_told_from_one_that_only_seems_to(behaviour: Behaviour, cause: Cause, taken: int):
    with running_standin(timing=QUICK) as vendor:
        vendor.behave(behaviour, on="mails")
        error = what_goes_wrong(mailing(vendor, timeout_seconds=patience(behaviour)), address=ADDRESS)
        vendor.settle()
    assert error.cause == cause
    assert [mail.custom_args for mail in vendor.mails] == [{"message_id": "4f2a9c"}] * taken


def test_a_late_acceptance_is_not_there_yet_when_the_caller_gives_up():
    with running_standin(timing=Timing(pace=0.01, late=0.3)) as vendor:
        vendor.behave("accept_late")
        what_goes_wrong(texting(vendor, timeout_seconds=0.1))
        assert vendor.texts == []
        vendor.settle()
        assert len(vendor.texts) == 1


def test_a_slow_answer_is_still_an_answer():
    with running_standin(timing=QUICK) as vendor:
        vendor.behave("slow")
        vendor.behave("slow", on="mails")
        assert texting(vendor).send(an_outgoing()).provider_id == vendor.texts[0].sid
        assert mailing(vendor).send(an_outgoing(address=ADDRESS)).provider_id == vendor.mails[0].sid


def test_a_mail_is_accepted_with_our_id_and_says_what_it_said():
    with running_standin() as vendor:
        accepted = mailing(vendor).send(an_outgoing(address=ADDRESS))
        [mail] = vendor.mails
    assert accepted == Accepted(mail.sid)
    assert (mail.to, mail.from_, mail.custom_args) == (ADDRESS, "hello@practice.example", {"message_id": "4f2a9c"})
    assert mail.subject == "You have a message from Harbor Massage"
    assert vendor.counts() == {(ADDRESS, f"{mail.subject}. To hear it, please call (206) 555-0100."): 1}


def test_a_mail_to_somebody_who_has_opted_out_is_taken_and_then_dropped():
    with a_system() as system, running_standin(webhooks=system.url, timing=QUICK) as vendor:
        vendor.behave("opted_out", on="mails")
        mailing(vendor).send(an_outgoing(address=ADDRESS))
        vendor.settle()
    assert [(event["event"], event["reason"]) for event in events(system)] == [("dropped", "Unsubscribed Address")]


def test_both_accounts_can_be_checked_and_a_failing_look_up_is_seen_as_one():
    with running_standin() as vendor:
        texting(vendor).check()
        mailing(vendor).check()
        vendor.behave("error_500", "throttled", on="lookups")
        for check, cause in ((texting(vendor).check, "no_answer"), (mailing(vendor).check, "busy")):
            with pytest.raises(DeliveryError) as caught:
                check()
            assert caught.value.cause == cause


def test_wrong_credentials_are_refused_and_use_up_no_behaviour():
    with running_standin() as vendor:
        vendor.behave("accept_then_500")
        assert what_goes_wrong(texting(vendor, auth_token="wrong")).code == 20003
        assert what_goes_wrong(mailing(vendor, api_key="SG.wrong"), address=ADDRESS).code == 401
        assert what_goes_wrong(texting(vendor)).code == 20500


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"address": "banana"}, 21211),
        ({"address": "+12065550199"}, 21266),
        ({"text": "a" * 1601}, 21617),
        ({"text": " "}, 21602),
    ],
)
def test_a_text_that_the_vendor_would_refuse_is_refused(changes: dict[str, Any], code: int):
    with running_standin() as vendor:
        error = what_goes_wrong(texting(vendor), **changes)
    assert (error.permanent, error.code, vendor.texts) == (True, code, [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"personalizations": [{"to": [{"email": "banana"}]}]}, "personalizations.0.to.0.email"),
        ({"personalizations": []}, "personalizations"),
        ({"content": [{"type": "text/plain", "value": ""}]}, "content.0.value"),
        ({"from": {}}, "from.email"),
    ],
)
def test_a_mail_that_the_vendor_would_refuse_is_refused(changes: dict[str, Any], field: str):
    mail = {
        "from": {"email": "hello@practice.example"},
        "personalizations": [{"to": [{"email": ADDRESS}]}],
        "subject": "Hello",
        "content": [{"type": "text/plain", "value": "Hello"}],
    }
    with running_standin() as vendor:
        headers = {"Authorization": f"Bearer {vendor.identity.api_key}"}
        with asking(vendor, headers=headers) as there:
            good, bad = (there.post("/v3/mail/send", json=body) for body in (mail, mail | changes))
    assert (good.status_code, good.content, len(vendor.mails)) == (202, b"", 1)
    assert (bad.status_code, bad.json()["errors"][0]["field"]) == (400, field)


def test_a_mix_drawn_from_the_same_seed_is_the_same_again():
    def drawn(seed: int) -> list[int]:
        with running_standin(timing=QUICK) as vendor:
            vendor.behave("slow", mix={"ok": 2, "error_500": 1, "throttled": 1}, seed=seed, on="lookups")
            own = vendor.identity
            with asking(vendor, auth=(own.account_sid, own.auth_token)) as there:
                return [there.get(f"/2010-04-01/Accounts/{own.account_sid}.json").status_code for _ in range(9)]

    first = drawn(3)
    assert set(first) == {200, 500, 429}
    assert drawn(3) == first
    assert drawn(4) != first


# Looking up


def test_the_list_shows_an_accepted_text_whose_answer_was_lost_newest_first_and_in_pages():
    with running_standin() as vendor:
        vendor.behave("accept_then_drop")
        what_goes_wrong(texting(vendor), text="text 0")
        for number in range(1, 5):
            texting(vendor).send(an_outgoing(text=f"text {number}"))
        texting(vendor).send(an_outgoing(address="+12065550102"))
        found = the_vendors_client(vendor).messages.list(to=PHONE, page_size=2)
    assert [message.body for message in found] == ["text 4", "text 3", "text 2", "text 1", "text 0"]
    assert (found[0].from_, found[0].direction) == (vendor.identity.from_number, "outbound-api")


def test_a_new_text_does_not_push_an_old_one_onto_the_next_page():
    with running_standin() as vendor:
        for number in range(3):
            texting(vendor).send(an_outgoing(text=f"text {number}"))
        pages = the_vendors_client(vendor).messages.stream(page_size=2)
        first = [next(pages).body, next(pages).body]
        texting(vendor).send(an_outgoing(text="text 3"))
        assert [*first, *(message.body for message in pages)] == ["text 2", "text 1", "text 0"]


def test_no_date_filter_finds_a_text_that_has_not_been_sent_yet():
    with running_standin(timing=Timing(pace=0.1)) as vendor:
        texting(vendor).send(an_outgoing())
        client, day = the_vendors_client(vendor), this_moment() - timedelta(days=1)
        assert client.messages.list(date_sent_after=day) == []
        assert [message.date_sent for message in client.messages.list(to=PHONE)] == [None]
        vendor.settle()
        assert [message.status for message in client.messages.list(date_sent_after=day)] == ["delivered"]
        assert client.messages.list(date_sent_before=day) == []


def test_the_list_can_lag_behind_while_the_message_itself_is_there():
    with running_standin(timing=Timing(list_delay=30)) as vendor:
        sid = texting(vendor).send(an_outgoing()).provider_id
        client = the_vendors_client(vendor)
        assert client.messages.list(to=PHONE) == []
        assert client.messages(sid).fetch().body == TEXT


def test_a_message_has_the_fields_of_the_vendors_own_api_description():
    if not SPEC.exists():
        pytest.skip("the vendor's API description is not beside this repository")
    described = json.loads(SPEC.read_text())["components"]["schemas"]["api.v2010.account.message"]["properties"]
    with running_standin() as vendor:
        texting(vendor).send(an_outgoing())
        own = vendor.identity
        with asking(vendor, auth=(own.account_sid, own.auth_token)) as there:
            page = there.get(f"/2010-04-01/Accounts/{own.account_sid}/Messages.json").json()
    assert set(page["messages"][0]) == set(described)
