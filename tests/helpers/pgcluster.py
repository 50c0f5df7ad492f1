"""A throw-away PostgreSQL server for tests: TEST_PG_URL, else Debian's programs, else a skip.

Started once a run, each test in a database of its own. Nothing listens on the network.
"""

from __future__ import annotations

import getpass
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.helpers.tools import lacking, require_tool

_SERVER_USER = "postgres"


@dataclass
class Cluster:
    """A running server.

    Attributes:
        url: Address of its maintenance database.
        folder: Data folder, or None where the server is not ours.
    """

    url: str
    folder: Path | None = None
    _count: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self, like: str = "") -> str:
        """Make an empty database, or a copy of the one at ``like``; return its address."""
        name = f"aeapp_{os.getpid()}_{next(self._count)}"
        template = _name_of(like) if like else "template0"
        with psycopg.connect(self.url, autocommit=True) as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return _with_database(self.url, name)

    def drop(self, url: str) -> None:
        """Throw a database away."""
        name = _name_of(url)
        with psycopg.connect(self.url, autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))


def _name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _with_database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server, or use the one of TEST_PG_URL."""
    given = os.environ.get("TEST_PG_URL")
    if given:
        yield Cluster(given)
        return
    programs = {name: require_tool(name) for name in ("initdb", "pg_ctl", "postgres")}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_memory()))
    try:
        yield from _running(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> str:
    """Return a folder in memory where there is one: its syncs cost nothing, and stay on."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return str(shared) if os.access(shared, os.W_OK) else "/tmp"  # noqa: S108


def _running(programs: dict[str, str], folder: Path) -> Iterator[Cluster]:
    user = _SERVER_USER if os.geteuid() == 0 else getpass.getuser()
    if os.geteuid() == 0:
        require_tool("runuser")
        shutil.chown(folder, user)
    data = folder / "data"
    _as(user, programs["initdb"], "-D", str(data), "--no-sync", "--locale=C", "-E", "UTF8",
        "--auth=trust", "--username=aeapp")  # fmt: skip
    # Durable settings stay on: the program refuses a server without them.
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    log = str(folder / "log")
    _as(
        user,
        programs["pg_ctl"],
        "-D",
        str(data),
        "-o",
        options,
        "-l",
        log,
        "-w",
        "-t",
        "300",
        "start",
    )
    try:
        yield Cluster(f"postgresql://aeapp@/postgres?host={folder}", data)
    finally:
        _as(user, programs["pg_ctl"], "-D", str(data), "-m", "immediate", "stop")


def _as(user: str, *command: str) -> None:
    prefix = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd="/",
        check=False,
        timeout=600,
    )
    if done.returncode:
        lacking(f"{Path(command[0]).name} failed: {done.stderr.decode()[-300:]}")
