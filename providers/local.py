"""The local phone and mailbox: an ordinary provider whose messages are read at /phone instead of on a phone."""

from domain.client import Channel
from providers.base import Accepted, Outgoing


class LocalProvider:
    """Delivers by doing nothing: the messages table of the records is what the page shows."""

    def __init__(self, channel: Channel) -> None:
        """`channel` is the one that this instance stands in for."""
        self.channel: Channel = channel

    def send(self, outgoing: Outgoing) -> Accepted:
        """Accept the message. The same message gets the same id, however often it is sent."""
        return Accepted(_local_id(outgoing.message_id))

    def find(self, message_id: str) -> Accepted | None:
        """Every message that we began to send has arrived: there is no step left in which it could get lost."""
        return Accepted(_local_id(message_id))


def _local_id(message_id: str) -> str:
    return f"local-{message_id}"
