"""The import contracts hold, and each of them is seen to break when it is violated.

The violations are made in a small tree that has every layer and nothing else, under the same
contracts as ours.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LAYERS = "Layers point one way"
PLACES = "Every package of aeapp has a layer"
QT = "Qt only in forms"
SQL = "SQL only in persistence"
PAPER = "PDF only in exports, XML there and in readers"
STRANGERS = "Files of strangers only in readers"
HOLIDAYS = "Holidays only in work days"
CONTRACTS = [LAYERS, PLACES, QT, SQL, PAPER, STRANGERS, HOLIDAYS]

PACKAGES = [
    "aeapp",
    "aeapp/kernel",
    "aeapp/domain",
    "aeapp/formspecs",
    "aeapp/editing",
    "aeapp/settings",
    "aeapp/trail",
    "aeapp/vault",
    "aeapp/services",
    "aeapp/commands",
    "aeapp/persistence",
    "aeapp/persistence/migrations",
    "aeapp/readers",
    "exports",
    "exports/pdf",
    "forms",
    "forms/widgets",
]

ALLOWED = {
    "aeapp/bootstrap.py": "import exports.pdf.pages, aeapp.persistence.store, sqlalchemy",
    "aeapp/wiring.py": "import exports.pdf.pages, aeapp.services.ports",
    "aeapp/domain/workdays.py": "import holidays.countries.united_states",
    "aeapp/persistence/store.py": "import sqlalchemy, alembic, sqlcipher3, aeapp.services.ports",
    "aeapp/services/ports.py": "import aeapp.editing, aeapp.trail, aeapp.domain",
    "aeapp/readers/messages.py": "import hl7, lxml, aeapp.services.ports, aeapp.domain",
    "aeapp/commands/report.py": "import aeapp.services.ports",
    "exports/pdf/pages.py": "import reportlab, pikepdf, lxml, pypdfium2, aeapp.formspecs",
    "forms/widgets/line.py": "import PySide6.QtWidgets, aeapp.services.ports",
}

# The contract that must break, the module at fault, what it imports.
VIOLATIONS = [
    (LAYERS, "aeapp/domain/case.py", "import aeapp.services.ports"),
    (LAYERS, "aeapp/services/cases.py", "import aeapp.persistence.store"),
    (LAYERS, "aeapp/trail/chain.py", "import aeapp.vault"),
    (LAYERS, "aeapp/commands/demo.py", "import aeapp.bootstrap"),
    (LAYERS, "forms/preview.py", "import exports.pdf.pages"),
    (LAYERS, "exports/tables.py", "import aeapp.persistence.store"),
    (LAYERS, "aeapp/services/importing.py", "import aeapp.readers.messages"),
    (LAYERS, "aeapp/readers/tables.py", "import aeapp.persistence.store"),
    (LAYERS, "aeapp/commands/vitals.py", "import aeapp.readers.messages"),
    (PLACES, "aeapp/helpers.py", "import aeapp.domain"),
    (PLACES, "aeapp/kernel/log.py", "import aeapp.domain"),
    (QT, "exports/picture.py", "import PySide6.QtGui"),
    (QT, "aeapp/services/jobs.py", "from PySide6 import QtCore"),
    (QT, "aeapp/editing/icons.py", "import qtawesome"),
    (SQL, "aeapp/services/search.py", "import sqlalchemy"),
    (SQL, "aeapp/commands/doctor.py", "import sqlcipher3"),
    (SQL, "forms/lists.py", "import sqlite3"),
    (SQL, "exports/rows.py", "from psycopg import connect"),
    (PAPER, "forms/preview.py", "import pypdfium2"),
    (PAPER, "aeapp/formspecs/measure.py", "from reportlab.pdfbase import pdfmetrics"),
    (PAPER, "aeapp/persistence/messages.py", "from lxml import etree"),
    (PAPER, "aeapp/domain/markup.py", "from lxml import etree"),
    (PAPER, "aeapp/readers/pages.py", "import reportlab"),
    (STRANGERS, "aeapp/domain/messages.py", "import hl7"),
    (STRANGERS, "exports/messages.py", "import hl7"),
    (STRANGERS, "aeapp/readers/trees.py", "from xml.etree import ElementTree"),
    (HOLIDAYS, "aeapp/domain/clocks.py", "import holidays"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in PACKAGES:
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    for name, line in ALLOWED.items():
        (tmp_path / name).write_text(line + "\n")
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(root: Path) -> list[str]:
    command = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = {name: f"{name} KEPT" in done.stdout for name in CONTRACTS}
    broken = [name for name in CONTRACTS if f"{name} BROKEN" in done.stdout]
    assert all(kept or name in broken for name, kept in verdicts.items()), done.stdout + done.stderr
    assert (done.returncode == 0) is (broken == []), done.stdout + done.stderr
    return broken


def test_the_contracts_hold_here() -> None:
    assert broken_contracts(REPOSITORY) == []


def test_what_the_architecture_allows_passes(tree: Path) -> None:
    assert broken_contracts(tree) == []


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS, ids=lambda word: word)
def test_a_violation_breaks_its_contract(tree: Path, contract: str, module: str, line: str) -> None:
    (tree / module).write_text(line + "\n")

    assert contract in broken_contracts(tree)
