"""The first window comes before anything heavy is loaded, and what opening needs comes after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
# A second together; opening a clinic needs them, a window does not.
HEAVY = {"alembic", "argon2", "cryptography", "lxml", "pikepdf", "pypdfium2", "qtawesome"}
HEAVY |= {"reportlab", "sqlalchemy", "sqlcipher3", "zxcvbn"}
OURS = {"aeapp.bootstrap", "aeapp.domain.records", "aeapp.persistence", "aeapp.services", "exports"}
OURS |= {"forms.first_run", "forms.palette", "forms.patients", "forms.report_room"}

# The program as it starts, told from outside of its first paint and of the end of its loading.
PROGRAM = """
import json
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from forms import application
import main

event_loop = QApplication.exec
loaded = {}

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            loaded.setdefault("painted", sorted(sys.modules))
        return False

class Program(application.Program):
    def start(self, folder=None):
        super().start(folder)
        self.warmed_up.connect(self.end)

    def end(self):
        loaded["warm"] = sorted(sys.modules)
        self.shell.close()

def until_warm(*_words):
    (window,) = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    watch = Watch(window)
    window.installEventFilter(watch)
    code = event_loop()
    print(json.dumps(loaded))
    return code

application.Program = Program
QApplication.exec = until_warm
sys.exit(main.main([]))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = str(tmp_path_factory.mktemp("start"))
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA")
    env = os.environ | dict.fromkeys(names, home) | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=REPOSITORY,
        env=env,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_first_window_comes_without_database_documents_and_keys(loaded) -> None:
    at_first = set(loaded["painted"])
    assert "PySide6.QtWidgets" in at_first
    assert "forms.login" in at_first
    assert at_first & HEAVY == set()


def test_the_first_window_comes_without_services_and_places(loaded) -> None:
    assert set(loaded["painted"]) & OURS == set()


def test_what_opening_a_clinic_needs_is_loaded_while_somebody_types(loaded) -> None:
    needed = {"sqlalchemy", "sqlcipher3", "argon2", "cryptography", "aeapp.bootstrap"}
    needed |= {"aeapp.persistence.database", "forms.patients", "forms.session_room"}
    assert needed <= set(loaded["warm"])
