"""What every group of queries stands on: short transactions, sealed columns, keyed look-ups.

A method of the records opens one transaction and ends it before it returns; a method that calls others puts all of
them into its own. None is open across calls from outside. Nothing reads the clock: the time comes as an argument.
"""

import hashlib
import hmac
import secrets as random
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, select

from domain.client import normal_phone
from records.keyring import KEY_BYTES, KeyRing
from records.sql import insert_new, writing_engine
from records.tables import plans, secrets
from records.vault import ClientKey, Owner, Vault

_LOOKUP = "lookup"
_NO_TURN = nullcontext()


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
        self._under_way = threading.local()
        # SQLite has one writer at a time, and one that waits for its lock sleeps longer and longer between two looks:
        # under load some would sleep for seconds. Here the threads of a process take turns without sleeping.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else _NO_TURN

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        """A transaction that reads, or the one that this thread is in already."""
        self._lookup_secret()
        with self._joined(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        """A transaction that writes, or the one that this thread is in already: then all of it counts or nothing."""
        self._lookup_secret()
        with self._joined(self._writing_engine, self._turn) as connection:
            yield connection

    @contextmanager
    def _joined(self, engine: Engine, turn: AbstractContextManager[object] = _NO_TURN) -> Generator[Connection]:
        open_one: Connection | None = getattr(self._under_way, "connection", None)
        if open_one is not None:
            yield open_one
            return
        with turn, engine.begin() as connection:
            self._under_way.connection = connection
            try:
                yield connection
            finally:
                self._under_way.connection = None

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
