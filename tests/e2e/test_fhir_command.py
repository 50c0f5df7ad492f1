"""FHIR on the command line: de-identified unless asked otherwise, read back, in the register."""

from __future__ import annotations

import json
from pathlib import Path

from fhir.resources.R4B.bundle import Bundle

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def test_a_case_goes_out_as_fhir_and_says_what_it_does_not_hold(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    number, out, whole = "KC-2026-000001", tmp_path / "case.fhir.json", tmp_path / "whole.json"

    assert line("case", "export", number, "--as", "fhir").code == 2
    done = line("case", "export", number, "--as", "fhir", "--out", str(out))
    assert done.code == 0
    assert "AdverseEvent 3" in done.out
    assert "  not in it: Left out of a de-identified copy, dates: " in done.out
    assert "  not in it: Session, Route: 1" in done.out
    text = out.read_text(encoding="utf-8")
    Bundle.model_validate_json(text)
    assert "P-1001" not in text
    assert "2026-09-03" not in text

    told = json.loads(
        line(
            "case", "export", number, "--as", "fhir", "--identified", "--out", str(whole), "--json"
        ).out
    )
    assert told["resources"]["Patient"] == 1
    assert "P-1001" in whole.read_text(encoding="utf-8")
    register = line("report", "register").out
    assert "fhir" in register
    missing = line("case", "export", "KC-1", "--as", "fhir", "--out", str(out), "--overwrite")
    assert missing.code == 1
