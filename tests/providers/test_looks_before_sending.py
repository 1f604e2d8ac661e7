"""Each sender of ours looks once more when its connection stands, and lets nothing leave that may not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from providers.base import Accepted, DeliveryError, Withheld
from providers.local import LocalProvider
from providers.retry_after import retry_after
from tests.providers.outgoing_builder import an_outgoing
from tests.providers.scripted_vendor import a_url_where_nobody_listens
from tests.providers.standin_builder import ADDRESS, QUICK, mailing, texting
from tests.standins import Standin, Timing, running_standin

SENDERS: dict[str, Callable[..., Any]] = {"texts": texting, "mails": mailing}
TO = {"texts": {}, "mails": {"channel": "email", "address": ADDRESS}}


def no() -> None:
    raise Withheld("opted out")


def taken(vendor: Standin) -> int:
    return len(vendor.texts) + len(vendor.mails)


@pytest.mark.parametrize("door", ["texts", "mails"])
def test_nothing_reaches_the_vendor_where_the_last_look_says_no(door: str):
    with running_standin(timing=QUICK) as vendor:
        sender = SENDERS[door](vendor)
        with pytest.raises(Withheld):
            sender.send(replace(an_outgoing(**TO[door]), last_look=no))
        assert taken(vendor) == 0
        sender.send(an_outgoing(**TO[door]))
        assert taken(vendor) == 1, "the one after it goes, and nobody looks with the eyes of the first"


@pytest.mark.parametrize("door", ["texts", "mails"])
def test_it_looks_once_after_the_connection_was_made_and_before_the_vendor_has_anything(door: str):
    with running_standin(timing=QUICK) as vendor:
        seen: list[int] = []
        SENDERS[door](vendor).send(replace(an_outgoing(**TO[door]), last_look=lambda: seen.append(taken(vendor))))
        assert (seen, taken(vendor)) == ([0], 1)


@pytest.mark.parametrize("door", ["texts", "mails"])
def test_it_does_not_look_where_no_connection_was_made(door: str):
    looked: list[bool] = []
    with running_standin(timing=QUICK) as vendor:
        sender = SENDERS[door](vendor, api_base=a_url_where_nobody_listens())
        with pytest.raises(DeliveryError) as caught:
            sender.send(replace(an_outgoing(**TO[door]), last_look=lambda: looked.append(True)))
    assert (caught.value.cause, looked) == ("not_connected", [])


def test_the_local_phone_looks_too():
    with pytest.raises(Withheld):
        LocalProvider("sms").send(replace(an_outgoing(), last_look=no))
    assert isinstance(LocalProvider("sms").send(an_outgoing()), Accepted)


@pytest.mark.parametrize("door", ["texts", "mails"])
def test_a_vendor_that_is_busy_says_how_long_it_wants_to_be_left_alone(door: Any):
    with running_standin(timing=Timing(retry_after=37)) as vendor:
        vendor.behave("throttled", on=door)
        with pytest.raises(DeliveryError) as caught:
            SENDERS[door](vendor).send(an_outgoing(**TO[door]))
    assert (caught.value.cause, caught.value.retry_after) == ("busy", timedelta(seconds=37))


DATE = "Mon, 02 Mar 2026 18:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "0"}, timedelta(0)),
        ({"Retry-After": " 90 "}, timedelta(seconds=90)),
        ({"Retry-After": "99999999999"}, timedelta(hours=1)),
        ({"Retry-After": "Mon, 02 Mar 2026 18:05:00 GMT", "Date": DATE}, timedelta(minutes=5)),
        ({"Retry-After": "Mon, 02 Mar 2026 17:05:00 GMT", "Date": DATE}, timedelta(0)),
        ({"Retry-After": "Mon, 02 Mar 2026 18:05:00 GMT"}, None),
        ({"X-RateLimit-Reset": "1772474460", "Date": DATE}, timedelta(minutes=1)),
        ({"X-RateLimit-Reset": "soon", "Date": DATE}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "²"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_how_long_to_wait_is_read_by_the_vendors_own_clock(headers: dict[str, str] | None, wait: timedelta | None):
    assert retry_after(headers) == wait
