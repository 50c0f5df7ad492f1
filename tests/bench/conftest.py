"""The table of a run: rows come from the tests, one after the other, and are printed at the end."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.bench import measuring, timing
from tests.bench.measuring import REPOSITORY, Plan, Row

ROWS: list[Row] = []
TABLE = REPOSITORY / "build" / "bench" / "table.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick", action="store_true", help="few rounds and smaller clinics: a look, no figures"
    )
    parser.addoption(
        "--tenfold",
        action="store_true",
        help="search in 500,000 sessions beside 50,000: a quarter of an hour to make them",
    )
    parser.addoption(
        "--processor",
        action="store_true",
        help="milliseconds of the processor, for work that waits for nothing on a busy machine",
    )
    parser.addoption(
        "--peers",
        default=sys.executable,
        help="a Python that has fpdf2 and weasyprint, which are no part of the lock",
    )


@pytest.fixture
def peers(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what skips a row whose library is not there."""
    measuring.interpreters["peers"] = str(request.config.getoption("--peers"))

    def need(library: str) -> None:
        if not measuring.has(library):
            pytest.skip(f"{library} is not installed: --peers names a Python that has it")

    return need


@pytest.fixture(scope="session")
def tenfold(request: pytest.FixtureRequest) -> bool:
    """Tell whether search is measured in ten times what a clinic has."""
    return bool(request.config.getoption("--tenfold"))


@pytest.fixture(scope="session", autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Say by which clock the sides measure."""
    with pytest.MonkeyPatch.context() as patch:
        if request.config.getoption("--processor"):
            patch.setenv(timing.CLOCK, timing.PROCESSOR)
        yield


@pytest.fixture(scope="session")
def quick(request: pytest.FixtureRequest) -> bool:
    """Tell whether a look is enough."""
    return bool(request.config.getoption("--quick"))


@pytest.fixture
def plan(quick: bool) -> Callable[..., Plan]:
    """Return how often to measure."""

    def of(rounds: int, acts: int = 1) -> Plan:
        return Plan(rounds=3 if quick else rounds, acts=min(acts, 3) if quick else acts)

    return of


@pytest.fixture
def enter() -> Callable[..., Row]:
    """Enter a row into the table and show it."""

    def add(name: str, aim: str, sides: Any, note: str) -> Row:
        ours, floor = sides
        row = Row(name=name, aim=aim, ours=ours, floor=floor, note=note)
        ROWS.append(row)
        return row

    return add


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """Return a folder on the disk that the repository lies on; a folder in memory syncs nothing."""
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TABLE.parent) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def made(place: Path) -> Callable[..., tuple[Path, dict[str, Any]]]:
    """Make a clinic in a process of its own, once in a run; return its folder and what is in it."""

    @cache
    def make(what: str, *words: int) -> tuple[Path, dict[str, Any]]:
        folder = place / "-".join([what, *map(str, words)])
        folder.mkdir()
        return folder, measuring.run("tests.bench.stored", what, folder, *map(str, words))

    return make


def machine() -> str:
    """Return what the figures were taken on, and how busy it was."""
    cpu = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (cpu.read_text().splitlines() if cpu.is_file() else [])
        if line.startswith("model name")
    ]
    name = models[0] if models else platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} x {name}, {platform.system()}, Python {version}{load}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not ROWS:
        return
    by = ", milliseconds of the processor" * bool(terminalreporter.config.option.processor)
    lines = [*measuring.table(ROWS), "", machine() + by]
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    terminalreporter.section("bench")
    for line in lines:
        terminalreporter.write_line(line)
