"""Case files as another program would write them, and what this clinic makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aeapp.domain.archive import FORMAT
from aeapp.domain.case import Case
from aeapp.services.app import App
from aeapp.services.importing_cases import ImportedCase


def take_in(app: App, folder: Path, tree: dict[str, Any], *, patient: str = "") -> ImportedCase:
    """Import a file that holds ``tree``."""
    path = folder / "case.json"
    path.write_text(json.dumps({"format": FORMAT} | tree), encoding="utf-8")
    return app.importing.import_case(path, patient=patient)


def case_of(app: App, number: str) -> Case:
    """Return the gathered case of ``number``."""
    file = app.importing.case_by_number(number)
    assert file is not None
    return app.cases.gather(file.id)


def given_out(app: App, number: str) -> dict[str, Any]:
    """Return the exported case as plain JSON."""
    tree: dict[str, Any] = json.loads(app.importing.export_case(case_of(app, number).case.id))
    return tree
