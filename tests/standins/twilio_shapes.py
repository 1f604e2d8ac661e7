"""The JSON that Twilio answers with: a message, a page of the list, the account, an error."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from tests.standins.book import Text
from tests.standins.doors import Answer, answer_json

API = "/2010-04-01/Accounts"

MESSAGES = {
    20001: "A query parameter can't be read",
    20003: "Authenticate",
    20004: "Method not allowed",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid From Number (caller ID)",
    21266: "'To' and 'From' number cannot be the same",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21609: "Invalid 'StatusCallback' URL",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit.",
    21701: "The Messaging Service resource does not exist",
}
STATUSES = {20003: 401, 20004: 405, 20404: 404, 20429: 429, 20500: 500}
"""HTTP statuses of the codes above; 400 where none is given."""

DELIVERY_ERRORS = {30003: "Unreachable destination handset", 30008: "Unknown error"}


def refusal(code: int, headers: dict[str, str] | None = None) -> Answer:
    """An error as the vendor words it."""
    status = STATUSES.get(code, 400)
    more = f"https://www.twilio.com/docs/errors/{code}"
    return answer_json(status, {"code": code, "message": MESSAGES[code], "more_info": more, "status": status}, headers)


def message(account_sid: str, text: Text) -> dict[str, Any]:
    """The full message resource."""
    uri = f"{API}/{account_sid}/Messages/{text.sid}"
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": _rfc2822(text.accepted_at),
        "date_sent": _rfc2822(text.sent_at),
        "date_updated": _rfc2822(text.updated_at),
        "direction": text.direction,
        "error_code": text.error_code,
        "error_message": DELIVERY_ERRORS.get(text.error_code, "Not delivered") if text.error_code else None,
        "from": text.from_,
        "messaging_service_sid": text.service_sid,
        "num_media": "0",
        "num_segments": segments(text.body) if text.from_ else "0",
        "price": None,
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": text.to,
        "uri": f"{uri}.json",
    }


def page(account_sid: str, shown: list[Text], asked: dict[str, str]) -> dict[str, Any]:
    """The asked page of what is shown, with the addresses of the pages around it."""
    size = min(max(int(asked.get("PageSize", "50")), 1), 1000)
    number = max(int(asked.get("Page", "0")), 0)
    start = number * size
    rows = shown[start : start + size]

    def uri(at: int) -> str:
        kept = {name: value for name, value in asked.items() if name not in ("Page", "PageSize", "PageToken")}
        # The vendor's pages are anchored at a message, so that new ones don't push rows onto the next page.
        anchor = {"PageToken": f"PA{shown[0].sid}"} if at and shown else {}
        return f"{API}/{account_sid}/Messages.json?{urlencode({**kept, 'PageSize': size, 'Page': at, **anchor})}"

    return {
        "end": max(start + len(rows) - 1, 0),
        "first_page_uri": uri(0),
        "messages": [message(account_sid, text) for text in rows],
        "next_page_uri": uri(number + 1) if start + size < len(shown) else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": uri(number - 1) if number else None,
        "start": start,
        "uri": uri(number),
    }


def account(account_sid: str, since: datetime) -> dict[str, Any]:
    """The account resource, without the secret that the vendor repeats in it."""
    return {
        "sid": account_sid,
        "owner_account_sid": account_sid,
        "friendly_name": "A stand-in",
        "status": "active",
        "type": "Full",
        "date_created": _rfc2822(since),
        "date_updated": _rfc2822(since),
        "subresource_uris": {"messages": f"{API}/{account_sid}/Messages.json"},
        "uri": f"{API}/{account_sid}.json",
    }


def segments(body: str) -> str:
    """How many parts the carrier makes of it, near enough: plain letters go 160 to one part, others 70."""
    alone, joined = (160, 153) if body.isascii() else (70, 67)
    return "1" if len(body) <= alone else str(-(-len(body) // joined))


def _rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at) if at else None
