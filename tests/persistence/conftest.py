"""Databases for tests: a file in a temporary folder, or a database on a throw-away server."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aeapp.persistence.database import Database, create_database, open_database
from aeapp.trail.entry import Actor
from tests.helpers.pgcluster import Cluster, cluster

KEY = secrets.token_hex(48)
NURSE = Actor(
    user_id="u-0007", user_name="jane", name="Jane Doe, RN", role="nurse", workstation="ws-3"
)
START = dt.datetime(2026, 11, 23, 2, 30, 0, 123456, tzinfo=dt.UTC)


class HeldClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.time, self.steady = START, 1000.0

    def now(self) -> dt.datetime:
        return self.time

    def monotonic(self) -> float:
        return self.steady

    def wait(self, seconds: float) -> None:
        """Let time pass, as a clock that is right does."""
        self.time += dt.timedelta(seconds=seconds)
        self.steady += seconds

    def put(self, seconds: float) -> None:
        """Let somebody change the time of day."""
        self.time += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


MakeDatabase = Callable[..., Database]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "test.aeclinic"


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a clinic once, for tests to copy."""
    folder = tmp_path_factory.mktemp("empty") / "empty.aeclinic"
    create_database(folder, KEY, clock=HeldClock()).abandon()
    return folder


@pytest.fixture
def sqlite(empty_folder: Path, folder: Path, clock: HeldClock) -> Iterator[Database]:
    shutil.copytree(empty_folder, folder)
    database = open_database(folder, KEY, clock=clock)
    yield database
    database.close()


@pytest.fixture(scope="session")
def empty_clinic(server: Cluster) -> str:
    """Make a clinic once, for tests to copy."""
    url = server.new_database()
    create_database(url, clock=HeldClock()).close()
    return url


@pytest.fixture
def server_url(server: Cluster, empty_clinic: str) -> Iterator[str]:
    url = server.new_database(like=empty_clinic)
    yield url
    server.drop(url)


@pytest.fixture
def postgres(server_url: str, clock: HeldClock) -> Iterator[Database]:
    database = open_database(server_url, clock=clock)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Give the same test both databases."""
    found: Database = request.getfixturevalue(request.param)
    return found
