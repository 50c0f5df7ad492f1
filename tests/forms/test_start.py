"""The first window comes before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "reportlab", "pikepdf", "lxml", "alembic", "qtawesome", "platformdirs")

PROGRAM = """
import sys
from forms import ask, errors, jobs, login, palette, progress, remembered, shell, theme
from forms.models import paged
from forms.widgets import cards, registry, tables, why
from PySide6.QtWidgets import QApplication

app = QApplication([])
look = theme.Theme(app)
page = login.LoginPage(None)
page.show()
app.processEvents()
print(*sorted(name for name in sys.modules if "." not in name))
"""


def test_the_login_shows_without_database_and_documents() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert loaded & set(HEAVY) == set()
