"""One key per client: what is sealed under it can be read while the key exists, and by nobody once it is destroyed.

The keys lie in `client_keys`, wrapped by the ring of PAYLOAD_KEYS. Nothing here remembers a client's key between calls:
an erasure in another process takes effect at once.
"""

import secrets as random
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Connection, select, update

from records.keyring import KEY_BYTES, NONCE_BYTES, DecryptionFailed, KeyRing
from records.sql import insert_new
from records.tables import client_keys

PRACTICE: Literal["practice"] = "practice"
"""Owner of what belongs to no client: names and addresses of staff, the wording of an opt-out."""
UNKNOWN: Literal["unknown"] = "unknown"
"""Owner of what was written to us by somebody that we can't place."""


class ClientErased(LookupError):
    """The client's key was destroyed on purpose: nothing can be read or added under it."""


def readable(owner_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the rows of this owner can be read still: a condition for queries."""
    return owner_id.in_(select(client_keys.c.owner_id).where(client_keys.c.wrapped.is_not(None)))


class ClientKey:
    """Seals and opens texts of one owner. `place` says where the text stands; it opens there and nowhere else."""

    def __init__(self, key: bytes) -> None:
        """`key` has 32 bytes."""
        self._cipher = AESGCM(key)

    def seal(self, text: str, place: str) -> bytes:
        """Nonce and ciphertext of `text`."""
        return self.seal_bytes(text.encode(), place)

    def seal_bytes(self, data: bytes, place: str) -> bytes:
        """As `seal`, for what isn't text."""
        nonce = random.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """The text again. Raises DecryptionFailed where it was sealed by another key or for another place."""
        return self.open_bytes(sealed, place).decode()

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """As `open`, for what isn't text."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except InvalidTag as error:
            raise DecryptionFailed(f"a row of {place.split(':')[0]} is damaged or was moved") from error


class Owner(NamedTuple):
    """A client, or who stands for one, with the key that their rows are sealed under."""

    owner_id: str
    key: ClientKey


class Vault:
    """The owners' keys in the database."""

    def __init__(self, ring: KeyRing) -> None:
        """`ring` wraps the keys."""
        self._ring = ring

    def new_key(self, connection: Connection, owner_id: str, at: datetime) -> ClientKey:
        """The owner's key, made now if there is none. Raises ClientErased."""
        wrapped = self._ring.encrypt(random.token_bytes(KEY_BYTES), _wrap_context(owner_id))
        insert_new(connection, client_keys, owner_id=owner_id, wrapped=wrapped, created_at=at)
        return self.key(connection, owner_id)

    def key(self, connection: Connection, owner_id: str) -> ClientKey:
        """The owner's key. Raises ClientErased where it was destroyed."""
        keys = self.keys(connection, [owner_id])
        if owner_id not in keys:
            raise ClientErased("this client was erased")
        return keys[owner_id]

    def keys(self, connection: Connection, owner_ids: Iterable[str]) -> dict[str, ClientKey]:
        """The keys of these owners, without those that were destroyed."""
        rows = connection.execute(
            select(client_keys.c.owner_id, client_keys.c.wrapped).where(
                client_keys.c.owner_id.in_(set(owner_ids)), client_keys.c.wrapped.is_not(None)
            )
        )
        return {row.owner_id: ClientKey(self._ring.decrypt(row.wrapped, _wrap_context(row.owner_id))) for row in rows}

    def destroy(self, connection: Connection, owner_id: str, at: datetime) -> bool:
        """Overwrite the owner's key with nothing. False where there was none."""
        done = connection.execute(
            update(client_keys)
            .where(client_keys.c.owner_id == owner_id, client_keys.c.wrapped.is_not(None))
            .values(wrapped=None, destroyed_at=at)
        )
        return done.rowcount == 1

    def rewrap(self, connection: Connection) -> int:
        """Wrap every key by the ring's active key. Returns how many."""
        rows = connection.execute(select(client_keys).where(client_keys.c.wrapped.is_not(None)).with_for_update()).all()
        for row in rows:
            context = _wrap_context(row.owner_id)
            wrapped = self._ring.encrypt(self._ring.decrypt(row.wrapped, context), context)
            connection.execute(
                update(client_keys).where(client_keys.c.owner_id == row.owner_id).values(wrapped=wrapped)
            )
        return len(rows)


def _wrap_context(owner_id: str) -> bytes:
    return b"client-key:" + owner_id.encode()
