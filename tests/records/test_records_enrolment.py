"""Somebody who opted out and is enrolled anew: whatever address they give now, nothing goes out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from records_builder import NOON, TINA_EMAIL, TINA_PHONE, a_client, enrolled

from domain.client import Client, Consent
from domain.incoming import Incoming
from domain.route_reply import route
from domain.staff_events import ConsentWithdrawn
from records.database import Records

DAY = timedelta(days=1)
OTHER_PHONE = "+12065550188"


def writes(records: Records, text: str, at: datetime = NOON) -> None:
    """Tina writes from her phone, and it is taken in."""
    reply = Incoming(provider_id=f"SM{at}{text}", channel="sms", from_address=TINA_PHONE, text=text, at=at)
    found = records.look_up(reply)
    records.take_inbound(reply, route(reply, found.sender), at, at + DAY)


def agreed(on: date) -> dict[str, Any]:
    return {"consents": [Consent(channel="sms", date=on, source="intake form")]}


def anew(records: Records, **changes: Any) -> Client:
    """Tina with a new plan."""
    client = a_client(**changes)
    enrolled(records, "tina-2", client=client)
    return client


@pytest.mark.parametrize("said", ["STOP", "Tina passed away yesterday. Please stop texting this number."])
@pytest.mark.parametrize("phone", [None, TINA_PHONE, OTHER_PHONE])
def test_a_stop_by_text_closes_every_address_of_the_same_persons_next_plan(
    records: Records, said: str, phone: str | None
) -> None:
    enrolled(records, "tina-1")
    writes(records, said)
    client = anew(records, phone=phone)
    assert records.opted_out_of(client) == (["sms", "email"] if phone else ["email"])


def test_a_start_opens_the_way_that_it_came_by_and_leaves_the_other_closed(records: Records) -> None:
    enrolled(records, "tina-1")
    writes(records, "STOP")
    writes(records, "START", NOON + DAY)
    assert records.opted_out_of(anew(records, phone=OTHER_PHONE)) == ["email"]
    assert not records.is_suppressed("sms", TINA_PHONE)


@pytest.mark.parametrize(("later", "closed"), [(0, ["sms", "email"]), (1, ["email"])])
def test_a_consent_of_a_later_day_opens_a_number_that_is_new(records: Records, later: int, closed: list[str]) -> None:
    enrolled(records, "tina-1")
    writes(records, "STOP")
    client = anew(records, phone=OTHER_PHONE, **agreed((NOON + later * DAY).date()))
    assert records.opted_out_of(client) == closed


def test_a_wish_told_to_a_person_holds_for_a_number_that_is_new(records: Records) -> None:
    enrolled(records, "tina-1")
    event = ConsentWithdrawn(event_id="w1", occurred_at=NOON, by="Dele Okafor", said="no more")
    records.withdraw_consent("tina-1", event, NOON)
    assert records.opted_out_of(anew(records, phone=OTHER_PHONE)) == ["sms", "email"]


def test_somebody_else_with_an_address_of_their_own_is_written_to(records: Records) -> None:
    enrolled(records, "tina-1")
    writes(records, "STOP")
    tom = anew(records, name="Tom Wexford", phone=OTHER_PHONE, email="tom@example.com")
    assert records.opted_out_of(tom) == []


def test_a_mail_that_bounced_closes_no_phone(records: Records) -> None:
    enrolled(records, "tina-1")
    records.suppress("email", TINA_EMAIL, NOON, "it bounced", "bounce")
    assert records.opted_out_of(anew(records, phone=OTHER_PHONE)) == ["email"]
