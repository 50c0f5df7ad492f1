"""The inspection pack on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def test_a_pack_is_written_counted_and_known_to_the_trail(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    out = tmp_path / "pack.pdf"
    words = ("inspection-pack", "--from", "2026-01-01", "--to", "2026-12-31", "--out", str(out))
    done = line(*words)
    assert done.code == 0, done.err
    assert "1 pages" in done.out or "2 pages" in done.out
    assert "without a decision" in done.out
    told = json.loads(line(*words, "--overwrite", "--json").out)
    assert (told["events"], told["undecided"]) == (3, 0)
    assert line("verify", str(out)).code == 0
    assert line(*words).code == 3  # the file is there
    copy = line(*words, "--overwrite", "--copy", "deidentified")
    assert (copy.code, "Left out: " in copy.out) == (0, True), copy.err
    assert "de-identified copy" in line("report", "register").out.casefold()
    bundle = line(*words[:-1], str(tmp_path / "pack.zip"), "--copy", "deidentified")
    assert (bundle.code, "holds the trail" in bundle.err) == (2, True)


def test_days_that_make_no_period_are_refused(line: Line, clinic: Path) -> None:
    wrong = line("inspection-pack", "--from", "today", "--to", "2026-12-31", "--out", "x.pdf")
    assert (wrong.code, "'today' is not a day." in wrong.err) == (2, True)
    turned = line("inspection-pack", "--from", "2026-12-31", "--to", "2026-01-01", "--out", "x.pdf")
    assert (turned.code, "ends before it begins" in turned.err) == (2, True)
