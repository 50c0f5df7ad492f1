"""The guards that every test runs under are seen to object."""

import logging
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import REPOSITORY
from tests.helpers import guards, tools

OFFENDERS = f"""
import logging, socket, threading, time

SENTINEL = "{guards.SENTINEL}"

def test_log_message(): logging.getLogger("aeapp").info("saved %s", SENTINEL)
def test_log_extra(): logging.getLogger("aeapp").debug("saved", extra={{"who": SENTINEL}})
def test_log_exception():
    try: raise ValueError(SENTINEL)
    except ValueError: logging.getLogger("aeapp").exception("failed")
def test_network(): socket.create_connection(("192.0.2.1", 80), timeout=1)
def test_window(qapp):
    from PySide6.QtWidgets import QWidget
    global kept
    kept = QWidget()
    kept.show()
def test_thread():
    threading.Thread(target=lambda: time.sleep(3)).start()
def test_innocent(): logging.getLogger("aeapp").info("saved %s", "record 1")
"""


def test_each_offence_fails_its_test_and_the_innocent_passes(tmp_path: Path) -> None:
    (tmp_path / "test_offenders.py").write_text(OFFENDERS)
    command = ["-m", "pytest", "-p", "tests.conftest", "-p", "no:randomly", "-q", "-rA"]
    settings = ["-c", str(REPOSITORY / "pyproject.toml"), "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *command, *settings, str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "AEAPP_TEST_PATIENCE_S": "0.5"},
        capture_output=True,
        text=True,
        check=False,
    )
    offending = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE))
    everything = {line.split("(")[0][4:] for line in OFFENDERS.splitlines() if "def test" in line}

    assert offending == everything - {"test_innocent"}, done.stdout


def test_a_window_on_screen_is_named(qtbot: QtBot) -> None:
    window = QWidget()
    window.setObjectName("session")
    qtbot.addWidget(window)
    window.show()

    assert guards.open_windows() == ["QWidget 'session'"]


def test_a_thread_that_ends_in_time_is_no_offence() -> None:
    before = guards.living_threads()
    threading.Thread(target=lambda: None).start()

    assert guards.threads_since(before) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_may_be_reached(host: str) -> None:
    guards.refuse_other_machines(socket.AF_INET, (host, 5432))


def test_the_sentinel_is_found_in_arguments() -> None:
    record = logging.LogRecord("aeapp", 20, "x.py", 7, "%s", (guards.SENTINEL,), None)

    assert guards.leaks([record]) == ["aeapp:7"]


def test_a_missing_tool_skips_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AEAPP_REQUIRE_TOOLS", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        tools.require_tool("no-such-program")


def test_a_missing_tool_fails_where_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEAPP_REQUIRE_TOOLS", "1")

    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        tools.require_tool("no-such-program")
