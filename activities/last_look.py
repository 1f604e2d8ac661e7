"""The last look before a message leaves: whether its reader has said stop meanwhile, and whether we were too slow.

Between the transaction that begins a send and the first byte lie a connection and, where the process was stopped, any
time. A STOP that was acknowledged meanwhile wins. And what began too long ago may have been found absent and sent by
another worker, so it doesn't go any more: whoever asks next looks for it at the provider.
"""

from collections.abc import Callable
from datetime import timedelta

from activities import attempt_time
from activities.sending_rules import heeds_opt_outs
from activities.sending_words import OPTED_OUT, TOO_SLOW
from domain.policy import Sending
from providers.base import Withheld
from records.database import Records
from records.views import MessageRow

SAFE_SHARE = 4
"""A send leaves within this part of `absent_after`: the rest is for the call itself and for the provider's list."""


def last_look(records: Records, row: MessageRow, sending: Sending) -> Callable[[], None]:
    """The look, for a send that is about to begin: its time counts from now. Raises Withheld."""
    began, patience = attempt_time.steady(), sending.absent_after / SAFE_SHARE
    written = row.message

    def look() -> None:
        if heeds_opt_outs(written) and records.is_suppressed(written.channel, written.address or ""):
            raise Withheld(OPTED_OUT)
        if timedelta(seconds=attempt_time.steady() - began) > patience:  # last, for the look itself may have waited
            raise Withheld(TOO_SLOW)

    return look
