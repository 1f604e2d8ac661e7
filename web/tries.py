"""How often somebody may be wrong before they wait: by the address they name, and by where they come from."""

import ipaddress
from datetime import datetime

from fastapi import Request

from records.database import Records

TRIES_PER_ADDRESS = 5
"""Within fifteen minutes; then that address waits. A link by e-mail still lets its owner in."""
TRIES_PER_VISITOR = 20
"""More for a network address: everybody of a practice may share one."""


def may_try(records: Records, request: Request, address: str, now: datetime) -> bool:
    """Whether a password for this address (or, with an empty one, the token) may be tried now. It counts already."""
    if not records.begin_try("visitor", place_of(request), now, TRIES_PER_VISITOR):
        return False
    return not address or records.begin_try("address", address, now, TRIES_PER_ADDRESS)


def forget_try(records: Records, request: Request, address: str, now: datetime) -> None:
    """The try that began at `now` was right."""
    records.forget_try("visitor", place_of(request), now)
    if address:
        records.forget_try("address", address, now)


def may_ask(records: Records, request: Request, address: str, now: datetime) -> bool:
    """Whether a link may be mailed now: nobody's mailbox is filled by a stranger. Counts apart from passwords."""
    if not records.begin_try("link visitor", place_of(request), now, TRIES_PER_VISITOR):
        return False
    return records.begin_try("link address", address, now, TRIES_PER_ADDRESS)


def place_of(request: Request) -> str:
    """The visitor's address; of an IPv6 address the network, because one household has very many."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address) or address.ipv4_mapped is not None:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False))
