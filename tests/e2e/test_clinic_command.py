"""The whole clinic on the command line: out, looked at, taken in, refused the second time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aeapp.commands.clinic_copy import _Percent
from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def test_a_clinic_goes_out_and_is_taken_into_an_empty_one_once(line: Line, tmp_path: Path) -> None:
    def of(name: str, *words: str) -> tuple[str, ...]:
        return (*words, "--clinic", str(tmp_path / f"{name}.aeclinic"), "--user", f"{name}.boss")

    for name in ("old", "new"):
        made = of(name, "new", "--name", name, "--person", f"Boss of {name}")
        assert line(*made, login=False).code == 0
    assert line(*of("old", "case", "import", str(CASES / "P1.json")), login=False).code == 0
    out = str(tmp_path / "whole.zip")

    done = line(*of("old", "clinic", "export", out), login=False)
    assert done.code == 0, done.err
    assert "not encrypted" in done.out
    assert line(*of("old", "clinic", "export", out), login=False).code == 3
    told = json.loads(
        line(*of("old", "clinic", "export", out, "--overwrite", "--json"), login=False).out
    )
    assert told["records"]["patient"] == 1

    would = line(*of("new", "clinic", "import", out), login=False)
    assert would.out.startswith("Given out ")
    assert "Would take in: " in would.out
    assert "Boss of old cannot log in here" in would.out
    took = json.loads(
        line(*of("new", "clinic", "import", out, "--apply", "--json"), login=False).out
    )
    assert (took["applied"], took["records"]) == (True, told["records"])
    refused = line(*of("new", "clinic", "import", out, "--apply"), login=False)
    assert refused.code == 1
    assert "has records already" in refused.err


def test_a_person_at_a_terminal_sees_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    progress = _Percent()
    for done in (0, 0, 1):
        progress.step(done, 2, "patient")

    assert capsys.readouterr().err.split("\r")[1:] == [
        f"  0 % {'patient':<24}",
        f" 50 % {'patient':<24}",
    ]
