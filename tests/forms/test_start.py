"""The first window comes before anything heavy is loaded, and what opening needs comes after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import main
from aeapp.services.app import Clinics

REPOSITORY = Path(__file__).resolve().parents[2]
# A second together; opening a clinic needs them, a window does not.
HEAVY = {
    "alembic",
    "argon2",
    "cryptography",
    "holidays",
    "lxml",
    "pikepdf",
    "pypdfium2",
    "qtawesome",
}
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
            loaded.setdefault("classes", sorted(vars(sys.modules["PySide6.QtWidgets"])))
        return False

class Program(application.Program):
    def start(self, folder=None):
        super().start(folder)
        self.warmed_up.connect(self.end)

    def end(self):
        loaded["warm"] = sorted(sys.modules)
        import linecache
        loaded["read"] = sorted(file for file in linecache.cache if "site-packages" in file)
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
        timeout=600,
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


def test_the_first_window_does_not_make_all_classes_of_qt(loaded) -> None:
    """Showing an object of Qt's own to Python makes every class it could be."""
    assert "QLineEdit" in loaded["classes"]
    assert set(loaded["classes"]) & {"QWizard", "QMdiArea", "QStyle", "QFileDialog"} == set()


def test_no_import_has_its_source_read_by_the_binding_of_qt(loaded) -> None:
    """Which it would for each module, and keep the text: a tenth of a second and thirty MB."""
    assert len(loaded["warm"]) > 500
    assert len(loaded["read"]) < 20


def test_what_opening_a_clinic_needs_is_loaded_while_somebody_types(loaded) -> None:
    needed = {"sqlalchemy", "sqlcipher3", "argon2", "cryptography", "aeapp.bootstrap"}
    needed |= {
        "holidays.countries.united_states",
        "aeapp.persistence.database",
        "forms.patients",
        "forms.session_room",
    }
    assert needed <= set(loaded["warm"])


def test_the_program_hands_on_whatever_may_be_asked_of_the_clinics() -> None:
    asked = {name for name in vars(Clinics) if not name.startswith("_")}
    assert {"look_into", "check_message"} <= asked
    assert asked <= vars(vars(main)["_Clinics"]).keys()
