"""What every group of queries stands on: short transactions, sealed columns, keyed look-ups.

A method of the records opens one transaction and ends it before it returns; none is open across calls. Nothing reads
the clock: the time comes as an argument.
"""

import hashlib
import hmac
import secrets as random
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, select

from domain.client import normal_phone
from records.keyring import KEY_BYTES, KeyRing
from records.sql import insert_new, writing_engine
from records.tables import plans, secrets
from records.vault import ClientKey, Owner, Vault

_LOOKUP = "lookup"


class NoSuchPlan(LookupError):
    """The records hold no plan of that id."""

    def __init__(self, plan_id: str) -> None:
        """`plan_id` is opaque and may be shown."""
        super().__init__(f"there is no plan {plan_id}")


class Store:
    """An engine, a ring of keys, and the look-up secret once it was read."""

    def __init__(self, engine: Engine, keys: KeyRing) -> None:
        """Nothing connects yet."""
        self._engine = engine
        self._writing_engine = writing_engine(engine)
        self._ring = keys
        self._vault = Vault(keys)
        self._lookup_key: bytes | None = None

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        self._lookup_secret()
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        self._lookup_secret()
        with self._writing_engine.begin() as connection:
            yield connection

    # look-ups

    def _lookup_secret(self) -> bytes:
        """The key of all look-ups; random, made once, and never changed, or nothing would be found again."""
        if self._lookup_key is None:
            with self._writing_engine.begin() as connection:
                wrapped = self._ring.encrypt(random.token_bytes(KEY_BYTES), _LOOKUP.encode())
                insert_new(connection, secrets, name=_LOOKUP, wrapped=wrapped)
                stored = connection.execute(select(secrets.c.wrapped).where(secrets.c.name == _LOOKUP)).scalar_one()
            self._lookup_key = self._ring.decrypt(stored, _LOOKUP.encode())
        return self._lookup_key

    def _hmac(self, kind: str, value: str) -> str:
        """What stands in the database instead of `value`; the same value gives the same look-up."""
        return hmac.new(self._lookup_secret(), f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()

    def _address_hmac(self, address: str) -> str:
        return self._hmac("address", normal_address(address))

    # keys

    def _owner_of_plan(self, connection: Connection, plan_id: str) -> Owner:
        """The plan's client, for reading and writing. Raises NoSuchPlan, ClientErased."""
        client_id = connection.execute(select(plans.c.client_id).where(plans.c.plan_id == plan_id)).scalar()
        if client_id is None:
            raise NoSuchPlan(plan_id)
        return Owner(client_id, self._vault.key(connection, client_id))

    def _nobody(self, connection: Connection, owner_id: Literal["practice", "unknown"], at: datetime) -> Owner:
        """The owner of what belongs to no client; their key is made when first needed."""
        return Owner(owner_id, self._vault.new_key(connection, owner_id, at))

    def _readable(self, connection: Connection, rows: list[Row[Any]]) -> list[tuple[Row[Any], ClientKey]]:
        """The rows (each with `owner_id`) whose owner wasn't erased, with the key that opens them."""
        keys = self._vault.keys(connection, {row.owner_id for row in rows})
        return [(row, keys[row.owner_id]) for row in rows if row.owner_id in keys]


def normal_address(address: str) -> str:
    """The form in which an address is looked up: E.164 for a number, lower case for an email or anything else."""
    if "@" not in address:
        try:
            return normal_phone(address)
        except ValueError:
            # A short code or a sender's name: no number of a client, but it still must be found again.
            pass
    return address.strip().lower()
