"""Detectors behind the guards of tests/conftest.py.

Each returns what it found, so that a test can see it find something.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
from collections.abc import Iterable

Address = tuple[object, ...] | str | bytes

# Stands in every name, narrative and note that tests invent; never belongs in a log.
SENTINEL = "Quokka-Zyx"

# A thread that is to end soon ends in an instant, unless the machine is busy with something else.
LEFTOVER_S = float(os.environ.get("AEAPP_TEST_PATIENCE_S", "20"))

LOOPBACK = ("127.", "::1", "localhost")


def leaks(records: Iterable[logging.LogRecord], sentinel: str = SENTINEL) -> list[str]:
    """Name the log records that hold the sentinel: in the message, the extras or the exception."""
    return [
        f"{record.name}:{record.lineno}"
        for record in records
        if sentinel in record.getMessage() or sentinel in repr(vars(record))
    ]


def refuse_other_machines(family: int, address: Address) -> None:
    """Raise for an address that is not this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(address[0])
    if not host.startswith(LOOPBACK):
        raise AssertionError(f"a test wants to connect to {host}: the program never does")


def open_windows() -> list[str]:
    """Name the windows that are still shown, and close them so that the next test is clean."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    shown = [w for w in widgets.QApplication.topLevelWidgets() if w.isVisible()]
    names = [f"{type(window).__name__} {window.objectName()!r}" for window in shown]
    for window in shown:
        window.hide()
        window.deleteLater()
    return names


def running_jobs() -> int:
    """Count the jobs of Qt's shared pool that do not end soon after the test."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return 0
    pool = core.QThreadPool.globalInstance()
    pool.waitForDone(round(LEFTOVER_S * 1000))
    return int(pool.activeThreadCount())


def living_threads() -> set[threading.Thread]:
    """Return the threads there are now."""
    return set(threading.enumerate())


def threads_since(before: set[threading.Thread]) -> list[str]:
    """Name the threads started since then that do not end soon after the test.

    Threads that Python did not start (Qt's pool keeps idle ones) and daemons are left alone.
    """
    new = [t for t in living_threads() - before if not t.daemon]
    for thread in new:
        thread.join(timeout=LEFTOVER_S)
    return [thread.name for thread in new if thread.is_alive()]


def layout_items() -> list[str]:
    """Name the Python objects for items of layouts, which Qt deletes without telling them.

    What gets the memory of such an item next would be taken for it, and the program crashes.
    """
    widgets, shiboken = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("shiboken6")
    if widgets is None or shiboken is None:
        return []
    return [
        type(one).__name__
        for one in shiboken.getAllValidWrappers()
        if isinstance(one, widgets.QLayoutItem) and not isinstance(one, widgets.QLayout)
    ]
