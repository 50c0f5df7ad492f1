"""The worklist and its kept filters on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def test_the_worklist_is_filtered_and_filters_are_kept_by_name(line: Line, clinic: Path) -> None:
    assert line("report", "waiting").out == "Nothing waits.\n"
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    every = json.loads(line("report", "waiting", "--json").out)
    kinds = {need["kind"] for need in every}
    assert "report" in kinds

    kept = line("report", "waiting", "--kind", "report", "--words", "p-1001", "--keep", "Ours")
    assert kept.code == 0, kept.err
    assert len(kept.out.splitlines()) == sum(need["kind"] == "report" for need in every)
    assert line("report", "waiting", "--filter", "ours").out == kept.out
    assert line("report", "waiting", "--filters").out == "Ours: kind report; words p-1001\n"
    assert json.loads(line("report", "waiting", "--filters", "--json").out)[0]["name"] == "Ours"
    nothing = line("report", "waiting", "--words", "nobody")
    assert nothing.out == "Nothing that waits passes this filter.\n"

    assert line("report", "waiting", "--forget", "Ours").code == 0
    assert line("report", "waiting", "--filters").out == "You keep no filter.\n"
    gone = line("report", "waiting", "--filter", "Ours")
    assert (gone.code, "You keep no filter of that name." in gone.err) == (1, True)
