"""Who may not be written to. The authority: whatever a plan thinks, a suppressed address gets nothing.

Every word about it stays on record, as evidence of when an opt-out was heard. It outlives the erasure of a client.
"""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, update

from domain.client import Channel, Client
from records import clock
from records.people import alike
from records.sql import insert_new, one_at_a_time
from records.store import Store
from records.tables import messages, suppressions
from records.vault import PRACTICE

DIED = "somebody said that the client has died"
_Whose = Channel | Literal["person", "wishes"]
_PERSON: Literal["person"] = "person"
"""In the column of channels: the word is about a person, wherever they are written to."""
_WISHES: Literal["wishes"] = "wishes"
"""The same, for what a person wants themselves: it closes the addresses that they give later."""


class SuppressionRecords(Store):
    """Queries about opt-outs."""

    def suppress(self, channel: Channel, address: str, at: datetime, wording: str, source: str) -> None:
        """Nothing goes to this address from now on. `wording` is what was said, `source` where we heard it."""
        self._add_word(channel, address, at, f"{source}\n{wording}", lifted=False)

    def lift_suppression(self, channel: Channel, address: str, at: datetime, wording: str) -> None:
        """The person agreed to messages again."""
        self._add_word(channel, address, at, wording, lifted=True)

    def is_suppressed(self, channel: Channel, address: str) -> bool:
        """Whether the latest word is an opt-out. Of two words at the same moment the opt-out counts."""
        with self._reading() as connection:
            return opted_out(connection, channel, self._address_hmac(address))

    def opted_out_of(self, client: Client) -> list[Channel]:
        """On which channels nothing may go to this client's number or address, whoever said so."""
        both: list[Channel] = ["sms", "email"]
        with self._reading():
            return [each for each in both if (address := client.address(each)) and self.is_suppressed(each, address)]

    def stop_person(self, client_id: str, at: datetime) -> None:
        """Nothing goes to this person any more, on whatever number: somebody says that they have died."""
        self._add_word(_PERSON, client_id, at, DIED, lifted=False)

    def is_person_stopped(self, client_id: str) -> bool:
        """Whether somebody says that this person has died, and nobody that it was an error."""
        with self._reading() as connection:
            return person_stopped(connection, self._address_hmac(client_id))

    def resume_person(self, client_id: str, at: datetime) -> None:
        """It was a misunderstanding. What the person themselves said about messages stands as before."""
        with self._writing() as connection:
            if person_stopped(connection, self._address_hmac(client_id)):
                self._add_word(_PERSON, client_id, at, "a misunderstanding", lifted=True)

    def person_opted_out(self, client_id: str, at: datetime) -> None:
        """This person wants no messages. Their addresses have words of their own; this one is for those to come."""
        self._add_word(_WISHES, client_id, at, "the client opted out", lifted=False)

    def person_is_back(self, client_id: str, at: datetime) -> None:
        """This person wants messages again: an address that they give later is as open as their consent says."""
        if self._opted_out_since(client_id) is not None:
            self._add_word(_WISHES, client_id, at, "the client wants messages again", lifted=True)

    def close_new_ways(self, client_id: str, client: Client, time_zone: str, at: datetime) -> None:
        """Nobody who opted out is written to on an address that they gave since, but for a consent of a later day."""
        since = self._opted_out_since(client_id)
        if since is None:
            return
        day = since.astimezone(ZoneInfo(time_zone)).date()
        both: list[Channel] = ["sms", "email"]
        for channel in both:
            address = client.address(channel)
            agreed = [word.date for word in client.consents if word.channel == channel and word.given]
            if address and not self.is_suppressed(channel, address) and max(agreed, default=day) <= day:
                self.suppress(channel, address, at, "", "the client opted out before, on another address")

    def _opted_out_since(self, client_id: str) -> datetime | None:
        """By the last word of theirs, or of whom messages take for the same recipient."""
        with self._reading() as connection:
            theirs = [self._address_hmac(each) for each in connection.execute(alike(client_id)).scalars()]
            query = (
                select(suppressions.c.lifted, suppressions.c.at)
                .where(suppressions.c.channel == _WISHES, suppressions.c.address_hmac.in_(theirs))
                .order_by(suppressions.c.at.desc(), suppressions.c.lifted)
                .limit(1)
            )
            row = connection.execute(query).first()
            return None if row is None or row.lifted else row.at

    def _add_word(self, channel: _Whose, address: str, at: datetime, words: str, *, lifted: bool) -> None:
        with self._writing() as connection:
            address_hmac = self._address_hmac(address)
            # Sends to this address and words about it follow each other: each send comes before the word or after it.
            one_at_a_time(connection, subject_of(address_hmac))
            at = _after_the_others(connection, channel, address_hmac, at)
            if not lifted:
                _mark_what_is_under_way(connection, address_hmac, at)
            insert_new(
                connection,
                suppressions,
                channel=channel,
                address_hmac=address_hmac,
                lifted=lifted,
                at=at,
                sealed=self._nobody(connection, PRACTICE, at).key.seal(words, f"suppressions:{channel}:{address_hmac}"),
            )


def subject_of(address_hmac: str) -> int:
    """What transactions about this address take turns on."""
    return int(address_hmac[:15], 16)


def _after_the_others(connection: Connection, channel: _Whose, address_hmac: str, at: datetime) -> datetime:
    """The time of a word. One stored with a time that is still to come was stamped by a clock that was ahead.

    The word that follows it is the later one all the same, or a STOP would not count until that time.
    """
    ahead = connection.execute(
        select(func.max(suppressions.c.at)).where(
            suppressions.c.channel == channel, suppressions.c.address_hmac == address_hmac, suppressions.c.at > at
        )
    ).scalar()
    if ahead is None or ahead <= clock.database_time(connection):
        return at
    return ahead + timedelta(microseconds=1)


def _mark_what_is_under_way(connection: Connection, address_hmac: str, at: datetime) -> None:
    """A call of the provider that has begun may be past recall: such a message is on record, whatever comes of it."""
    connection.execute(
        update(messages)
        .where(
            messages.c.address_hmac == address_hmac,
            messages.c.status == "sending",
            messages.c.audience == "client",
            messages.c.stop_came_at.is_(None),
        )
        .values(stop_came_at=at)
    )


def person_stopped(connection: Connection, client_hmac: str) -> bool:
    """Whether this person gets nothing any more, within a transaction; by the keyed hash of the client's id."""
    return opted_out(connection, _PERSON, client_hmac)


def opted_out(connection: Connection, channel: _Whose, address_hmac: str) -> bool:
    """Whether the latest word about this address is an opt-out, within a transaction."""
    query = (
        select(suppressions.c.lifted)
        .where(suppressions.c.channel == channel, suppressions.c.address_hmac == address_hmac)
        .order_by(suppressions.c.at.desc(), suppressions.c.lifted)
        .limit(1)
    )
    return connection.execute(query).scalar() is False
