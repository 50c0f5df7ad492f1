"""Make connections whose settings keep an acknowledged save, and refuse any other.

SQLite is always SQLCipher with a raw key. The key is in no URL and in no ``repr``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from aeapp.persistence import guard, schema
from aeapp.persistence.errors import (
    DanglingLinkError,
    NotAClinicError,
    UnsafeServerError,
    UnsafeSettingsError,
    translated,
)
from aeapp.trail import chain

DATABASE = "clinic.db"
BUSY_TIMEOUT_S = 5.0
_WRITE = "aeapp_write"

# Read back after they were set; what SQLite did not take is a refusal to start.
_SETTINGS: dict[str, str] = {
    "cipher_memory_security": "1",
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "temp_store": "2",
}
_MAC_SETTINGS = {"fullfsync": "1", "checkpoint_fullfsync": "1"}
_SERVER_SETTINGS = {"fsync": "on", "full_page_writes": "on"}


def settings_to_keep() -> dict[str, str]:
    """Return the pragmas that must read so on this system."""
    patience = {"busy_timeout": str(int(BUSY_TIMEOUT_S * 1000))}
    return _SETTINGS | patience | (_MAC_SETTINGS if sys.platform == "darwin" else {})


def open_sqlcipher(file: Path, key: str, authorizer: guard.Authorizer) -> Any:
    """Return a driver connection with key, settings, functions and authorizer in place.

    Args:
        file: Must exist; an empty file becomes an encrypted database.
        key: 96 hexadecimal digits: the key and the salt.
        authorizer: Asked before every statement from here on.
    """
    connection = sqlcipher.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    connection.set_authorizer(authorizer)
    return connection


def _prepare(connection: Any, key: str) -> None:
    # The order matters: memory security after the key would miss the key.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_memory_security = ON")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if names and not names >= {"audit", "meta"}:
        # Before the journal mode is set: nothing is written to a file that is not ours.
        raise NotAClinicError
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
    _assert_settings(connection)
    for name, arguments, function in _FUNCTIONS:
        connection.create_function(name, arguments, function, deterministic=True)


def _assert_settings(connection: Any) -> None:
    for name, wanted in settings_to_keep().items():
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or str(found[0]).lower() != wanted:
            raise UnsafeSettingsError(name)
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise UnsafeSettingsError("cipher_version")


def fold(text: str | None) -> str | None:
    """Return ``text`` as searches compare it: without regard to case."""
    return None if text is None else text.casefold()


_FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("aeapp_sha256", 1, chain.sha256),
    ("aeapp_link", 3, chain.link_hash),
    ("aeapp_genesis", 1, chain.genesis),
    ("aeapp_fold", 1, fold),
)


def sqlite_engine(file: Path, key: Callable[[], str], authorizer: guard.Authorizer) -> sa.Engine:
    """Return an engine whose connections are opened by ``open_sqlcipher``."""
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: open_sqlcipher(file, key(), authorizer),
        poolclass=sa.pool.QueuePool,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    sa.event.listen(engine, "begin", _begin)
    guard.watch(engine)
    return engine


def _begin(connection: sa.Connection) -> None:
    # Readers that begin immediate would block each other; writers that do not would fail late.
    write = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def begin_write(connection: sa.Connection) -> None:
    """Begin the transaction of ``connection`` as the one writer."""
    if connection.dialect.name == "sqlite":
        connection.rollback()
        connection.execution_options(**{_WRITE: True})
        connection.begin()
        return
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({schema.CHAIN_LOCK})")


def end_write(connection: sa.Connection) -> None:
    """Let later transactions of ``connection`` begin as readers again."""
    connection.execution_options(**{_WRITE: False})


def postgresql_engine(url: str) -> sa.Engine:
    """Return an engine for a server that keeps what it acknowledged.

    Raises:
        UnsafeServerError: A line over the network without verified TLS.
    """
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    _assert_protected(address)
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 5, "options": "-c statement_timeout=30s "
                      "-c idle_in_transaction_session_timeout=60s"},
    )  # fmt: skip
    sa.event.listen(engine, "connect", _assert_server)
    guard.watch(engine)
    return engine


def _assert_protected(address: sa.URL) -> None:
    host = address.host or str(address.query.get("host", ""))
    local = not host or host.startswith("/")
    if not local and address.query.get("sslmode") != "verify-full":
        raise UnsafeServerError


def _assert_server(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for name, wanted in _SERVER_SETTINGS.items():
        if cursor.execute(f"SHOW {name}").fetchone()[0] != wanted:
            raise UnsafeSettingsError(name)
    if cursor.execute("SHOW synchronous_commit").fetchone()[0] == "off":
        raise UnsafeSettingsError("synchronous_commit")
    cursor.close()
    connection.rollback()


def driver_of(connection: sa.Connection) -> Any:
    """Return the driver's connection, outside any transaction."""
    connection.rollback()
    return connection.connection.driver_connection


def damaged_pages(connection: sa.Connection) -> int | None:
    """Count the pages that do not authenticate; None while another program is writing.

    The check reads the main file behind the log's back: without the checkpoint it cries wolf. So
    it might while somebody else moves the log into the file, which is why a page counts only when
    it is bad each time.
    """
    driver = driver_of(connection)
    bad: set[str] | None = None
    for _look in range(_LOOKS):
        if driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return None
        found = {words for (words,) in driver.execute("PRAGMA cipher_integrity_check")}
        bad = found if bad is None else bad & found
        if not bad:
            break
    return len(bad or ())


_LOOKS = 3


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection for reading, errors translated."""
    with translated(), engine.connect() as connection:
        yield connection


@contextmanager
def structure(engine: sa.Engine, authorizer: guard.Authorizer) -> Iterator[sa.Connection]:
    """Give the one connection that may change tables, inside one transaction.

    Links are checked at its end instead of row by row: a table that is rebuilt is for a moment
    not there. The switch works outside a transaction only, and dies with the connection.
    """
    authorizer.lifted = True
    try:
        with translated(), engine.connect() as connection:
            connection.execution_options(**{guard.UNIT_KEY: guard.MIGRATION, _WRITE: True})
            if engine.dialect.name == "sqlite":
                driver_of(connection).execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                yield connection
                if engine.dialect.name == "sqlite":
                    _assert_links(connection)
    finally:
        authorizer.lifted = False
        engine.dispose()


def _assert_links(connection: sa.Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DanglingLinkError
