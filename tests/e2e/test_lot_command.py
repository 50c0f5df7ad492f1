"""The lot on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def test_a_lot_is_listed_held_released_and_printed(
    line: Line, prescribers_clinic: Path, tmp_path: Path
) -> None:
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    number = json.loads((CASES / "P1.json").read_text(encoding="utf-8"))["lots"][0]["number"]

    told = line("lot", "events", number)
    assert told.code == 0, told.err
    assert "not on hold" in told.out
    assert "Rule of the clinic: 3 events" in told.out
    events = json.loads(line("lot", "events", number, "--json").out)
    assert {e["patient"] for e in events} == {"P-1001"}
    assert {e["seriousness"] for e in events} == {"not serious"}

    assert line("lot", "hold", number, "--reason", "particles").code == 0
    assert "on hold: particles" in line("lot", "events", number).out
    again = line("lot", "hold", number, "--reason", "particles")
    assert "on hold already" in again.err
    assert again.code != 0
    assert line("lot", "release", number, "--reason", "nothing found").code == 0

    out = tmp_path / "lot.pdf"
    done = line("lot", "export", number, "--out", str(out), "--json")
    assert json.loads(done.out)["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF-1.")
    assert "Wrote" in line("lot", "export", number, "--out", str(out), "--overwrite").out
    copy = line(
        *("lot", "export", number, "--out", str(tmp_path / "copy.pdf"), "--copy", "deidentified"),
        *("--to", "manufacturer", "--purpose", "public-health"),
    )
    assert copy.code == 0, copy.err
    assert "lot, de-identified copy  by" in line("report", "register").out


def test_an_unknown_lot_is_named(line: Line, clinic: Path) -> None:
    answer = line("lot", "events", "NOPE")
    assert answer.code != 0
    assert "no entry with that number" in answer.err
