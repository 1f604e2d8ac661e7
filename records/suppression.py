"""Who may not be written to. The authority: whatever a plan thinks, a suppressed address gets nothing.

Every word about it stays on record, as evidence of when an opt-out was heard. It outlives the erasure of a client.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from domain.client import Channel
from records.sql import insert_new
from records.store import Store
from records.tables import suppressions
from records.vault import PRACTICE

DIED = "somebody said that the client has died"
_Whose = Channel | Literal["person"]
_PERSON: Literal["person"] = "person"
"""In the column of channels: the word is about a person, wherever they are written to."""


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

    def stop_person(self, client_id: str, at: datetime) -> None:
        """Nothing goes to this person any more, on whatever number: somebody says that they have died."""
        self._add_word(_PERSON, client_id, at, DIED, lifted=False)

    def resume_person(self, client_id: str, at: datetime) -> None:
        """It was a misunderstanding. What the person themselves said about messages stands as before."""
        with self._writing() as connection:
            if person_stopped(connection, self._address_hmac(client_id)):
                self._add_word(_PERSON, client_id, at, "a misunderstanding", lifted=True)

    def _add_word(
        self, channel: Channel | Literal["person"], address: str, at: datetime, words: str, *, lifted: bool
    ) -> None:
        with self._writing() as connection:
            address_hmac = self._address_hmac(address)
            insert_new(
                connection,
                suppressions,
                channel=channel,
                address_hmac=address_hmac,
                lifted=lifted,
                at=at,
                sealed=self._nobody(connection, PRACTICE, at).key.seal(words, f"suppressions:{channel}:{address_hmac}"),
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
