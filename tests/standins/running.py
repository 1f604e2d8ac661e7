"""Starts a stand-in and stops it again."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime

from tests.standins.book import MailSent, Text
from tests.standins.identity import Identity, made_up
from tests.standins.standin import Standin, now, say_nothing
from tests.standins.timing import Timing


@contextmanager
def running_standin(
    *,
    webhooks: str | None = None,
    public_url: str | None = None,
    identity: Identity | None = None,
    timing: Timing | None = None,
    port: int = 0,
    advanced_opt_out: bool = False,
    shared_key: bool = False,
    inbound_fragment: str = "",
    clock: Callable[[], datetime] = now,
    on_arrival: Callable[[Text | MailSent], None] = say_nothing,
) -> Generator[Standin]:
    """A stand-in that runs until the block ends, on a free port unless one is given.

    webhooks, public_url: as in `webhooks_at`. shared_key: sign with a SharedKey and HMAC_SHA256 in place of the auth
    token. inbound_fragment: what stands behind # in the URL for inbound texts, such as rc=3&rp=all. advanced_opt_out:
    say OptOutType in inbound texts. clock: aware times for everything that the vendor dates. Raises OSError where the
    port is taken.
    """
    vendor = Standin(
        identity or made_up(),
        timing or Timing(),
        port=port,
        advanced_opt_out=advanced_opt_out,
        shared_key=shared_key,
        inbound_fragment=inbound_fragment,
        clock=clock,
        on_arrival=on_arrival,
    )
    vendor.webhooks_at(webhooks, public_url)
    try:
        yield vendor
    finally:
        vendor.close()
