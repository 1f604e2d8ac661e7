"""Messages as Twilio lists them, newest first, on pages."""

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.scripted_vendor import Answer

ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "1" * 32
OUR_NUMBER = "+12065550199"
SINCE = an_outgoing().at


def a_listed(sid: str | None = "SM1", created_at: datetime = SINCE, **changes: Any) -> dict[str, Any]:
    """The text of `an_outgoing`, sent from our number, as long as nothing is changed."""
    return {
        "sid": sid,
        "body": TEXT,
        "from": OUR_NUMBER,
        "to": PHONE,
        "messaging_service_sid": None,
        "direction": "outbound-api",
        "status": "queued",
        "date_created": format_datetime(created_at),
        "date_sent": None,
    } | changes


def a_received(sid: str, created_at: datetime, **changes: Any) -> dict[str, Any]:
    """A text from Tina's phone to our number."""
    about = {"from": PHONE, "to": OUR_NUMBER, "direction": "inbound", "status": "received", "body": "C"}
    return a_listed(sid, created_at) | about | {"date_sent": format_datetime(created_at)} | changes


def pages(*listed: list[dict[str, Any]]) -> Callable[[str], Answer]:
    """A list on these pages, each of which names the next."""
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"

    def turn(asked: str) -> Answer:
        number = int(parse_qs(urlsplit(asked).query).get("Page", ["0"])[0])
        following = f"{path}?Page={number + 1}&PageToken=PA{number}" if number + 1 < len(listed) else None
        return Answer(200, json.dumps({"messages": listed[number], "next_page_uri": following}))

    return turn
