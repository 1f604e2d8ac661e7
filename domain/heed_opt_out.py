"""What an opt-out closes, whatever else the same words say: where it came from, and the person's other addresses."""

from domain.client import Channel
from domain.incoming import Incoming, Sender, Taking
from domain.replies import Intent

BOTH: tuple[Channel, ...] = ("sms", "email")


def closed_to(taking: Taking, reply: Incoming, sender: Sender, said: list[Intent]) -> Taking:
    """The same, with the addresses that get nothing from now on.

    An opt-out is a person's: it also closes the other number or address of every plan that it is about. Whoever says
    that this is the wrong number says nothing about the client's own other ones.
    """
    update: dict[str, object] = {"suppress": _where_it_came_from(reply, sender)}
    if "stop" in said:
        about = sender.everyone() or sender.ended
        closes = [
            (channel, address)
            for plan in about
            for channel in BOTH
            if (address := plan.state.plan.client.address(channel)) and (channel, address) != _of(reply)
        ]
        update["closes"] = list(dict.fromkeys(closes))
        update["opted_out"] = people(sender)
    return taking.model_copy(update=update)


def people(sender: Sender) -> list[str]:
    """Whom an opt-out or a START of this sender is about, by the opaque ids of clients."""
    return list(dict.fromkeys(plan.client_id for plan in sender.everyone() or sender.ended))


def _of(reply: Incoming) -> tuple[Channel, str]:
    return reply.channel, reply.from_address


def _where_it_came_from(reply: Incoming, sender: Sender) -> list[str]:
    """Where the words came from and, where the token names a client, that client's own address too."""
    named = sender.named.state.plan.client.address(reply.channel) if sender.named else None
    return list(dict.fromkeys(address for address in (reply.from_address, named) if address))
