"""The doctor's look at the database: there, at the newest schema, writable, and locked with our keys. Nothing stays."""

import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from programs.findings import Finding
from records import schema
from records.keyring import DecryptionFailed, KeyRing
from records.sql import engine_of, writing_engine
from records.tables import claims, plans, secrets
from settings import VAR, Settings

PLACE = "database"


def check_database(settings: Settings, keys: KeyRing | None) -> list[Finding]:
    """What is wrong with it, or that nothing is. An embedded database that isn't there yet is left for the start."""
    url = settings.database_url or f"sqlite:///{VAR / 'records.db'}"
    try:
        missing = _not_there_yet(url)
        if missing is not None:
            return [missing]
        engine = engine_of(url)
    except (ValueError, ImportError, SQLAlchemyError) as error:
        said = str(error) if isinstance(error, ValueError) else "write sqlite:///… or postgresql://…"
        return [Finding(PLACE, "DATABASE_URL can't be used", said)]
    try:
        return list(_findings(engine, keys))
    except SQLAlchemyError as error:
        fix = "start the server, or mend DATABASE_URL (host, port, name, user, password)"
        if engine.dialect.name == "sqlite":
            fix = "let this program's user write the file and its folder, or bring back a copy of it"
        return [Finding(PLACE, f"can't be used ({type(error).__name__})", fix)]
    finally:
        engine.dispose()


def _not_there_yet(url: str) -> Finding | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or Path(parsed.database).exists():
        return None
    folder = next(parent for parent in Path(parsed.database).absolute().parents if parent.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(PLACE, f"{parsed.database} can't be made", f"let this program's user write to {folder}")
    return Finding(PLACE, f"none yet; the first start makes {parsed.database}")


def _findings(engine: Engine, keys: KeyRing | None) -> Iterator[Finding]:
    revision, newest = schema.current(engine), schema.newest()
    _try_to_write(engine)
    if revision is None:
        yield Finding(PLACE, f"{engine.dialect.name}, writable and empty; the first start lays it out")
        return
    if not schema.is_known(revision):
        yield Finding(PLACE, f"its schema {revision} is of a newer version of this program", schema.NEWER)
        return
    if revision != newest:
        fix = "start the newest version of this program once; it brings the schema up by itself"
        yield Finding(PLACE, f"its schema is {revision}, this program's is {newest}", fix)
        return
    yield Finding(PLACE, f"{engine.dialect.name}, writable, schema {revision}")
    if not _opens(engine, keys):
        yield Finding("keys", "what the database holds can't be opened with them", "bring back the keys of before")
    yield from _failing(engine)


def _failing(engine: Engine) -> Iterator[Finding]:
    """Plans and claims that nobody can judge, by their ids."""
    with engine.begin() as connection:
        for kind, ids, since in (
            ("plan", plans.c.plan_id, plans.c.failing_since),
            ("claim", claims.c.claim_id, claims.c.failing_since),
        ):
            found = list(connection.execute(select(ids).where(since.is_not(None)).order_by(since)).scalars())
            if found:
                some = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
                fix = "look after these clients yourselves, and for the cause in the worker's log; Health has the links"
                yield Finding(f"{kind}s", f"{len(found)} can't be followed, for judging fails: {some}", fix)


def _try_to_write(engine: Engine) -> None:
    """Make a table and take it back."""
    with writing_engine(engine).connect() as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TABLE followthrough_doctor (id INTEGER)"))
        transaction.rollback()


def _opens(engine: Engine, keys: KeyRing | None) -> bool:
    """Whether the keys open what the database wrapped with them. True where there is nothing yet."""
    with engine.begin() as connection:
        rows = connection.execute(select(secrets.c.name, secrets.c.wrapped)).all()
    if keys is None:
        return not rows
    try:
        for row in rows:
            keys.decrypt(row.wrapped, row.name.encode())
    except DecryptionFailed:
        return False
    return True
