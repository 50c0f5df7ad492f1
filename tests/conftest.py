"""Guards that every test runs under, and what a whole run shares.

A guard fails a test that leaks a patient's data into a log, leaves a window or a thread behind,
touches the user's own folders or talks to the network. The detectors are in tests/helpers/guards.py
and are themselves tested.
"""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ.setdefault("QT_ACCESSIBILITY", "1")
# Vaults made by tests may have cheap passwords: see aeapp/vault/parameters.py.
os.environ["AEAPP_TEST_KDF"] = "1"

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import collecting, guards, walked

REPOSITORY = Path(__file__).resolve().parent.parent
GOLDEN = REPOSITORY / "tests" / "golden"

# Fixtures that a property test may share between its examples; machines are slow and noisy.
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=RELAXED)
# The examples of "ci" are the same in every run: a branch that luck alone reaches is not covered.
# What nobody has seen yet is looked for by "dev", and for long by "gauntlet".
BLOBS = settings(settings.get_profile("dev"), print_blob=True)
settings.register_profile("ci", BLOBS, max_examples=150, derandomize=True)
settings.register_profile("gauntlet", BLOBS, max_examples=2000)
settings.load_profile(os.environ.get("AEAPP_HYPOTHESIS", "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the expected documents of tests/golden anew",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Measure the tests' own processes only: a program killed by a test leaves half a file."""
    divided = config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput")
    if not divided:
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Save what a worker measured now: one that takes long to end is killed before it would.

    The process that divides the tests reaches nothing itself. Coverage warns of that, and here,
    where warnings are errors, the warning would end the whole run.
    """
    measured = coverage.Coverage.current()
    if measured and hasattr(session.config, "workerinput"):
        measured.stop()
        measured.save()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the journeys that were walked: keys, clicks, each beside its bar."""
    reports = [r for outcome in ("passed", "failed") for r in terminalreporter.getreports(outcome)]
    walks = [walk for report in reports for walk in walked.walks_of(report.user_properties)]
    if walks:
        terminalreporter.section("journeys")
        for line in walked.table(walks):
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own and none of the user's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    monkeypatch.delenv("AEAPP_PASSWORD", raising=False)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to other machines: the program makes none."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: guards.Address) -> None:
        try:
            guards.refuse_other_machines(self.family, address)
        except AssertionError:
            self.close()
            raise
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def no_patient_data_in_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test whose log holds the sentinel: tests name their patients with it."""
    caplog.set_level(logging.NOTSET)
    yield
    assert guards.leaks(caplog.get_records("call")) == []


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a window open, a job running or a thread alive."""
    before = guards.living_threads()
    yield
    assert guards.open_windows() == []
    assert guards.running_jobs() == 0
    assert guards.threads_since(before) == []
    assert guards.layout_items() == []


@pytest.fixture(autouse=True)
def garbage_on_the_main_thread() -> Iterator[None]:
    """Collect between tests: the thread of one would destroy the widgets of another."""
    collecting.take_over()
    yield
    collecting.take_over()
    collecting.collect_what_is_due()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> object:
    """Drive windows, and wait for them as long as a busy machine needs."""
    from tests.helpers.patience import PatientBot  # noqa: PLC0415 - tests without windows have no Qt

    return PatientBot(request)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with a file of tests/golden, or rewrite it when asked to."""

    def compare(name: str, text: str) -> None:
        expected = GOLDEN / name
        if request.config.getoption("--rewrite-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert expected.is_file(), f"tests/golden/{name} is not there yet: run make golden"
        assert text == expected.read_text(encoding="utf-8")

    return compare
