"""Tables on the command line: looked at, refused with a file to mend, taken in; scores, too."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

MAP = {
    "format": "aeapp-columns/1",
    "name": "Record system",
    "table": "patients",
    "separator": "semicolon",
    "columns": [
        {"column": "Short", "item": "code"},
        {"column": "Born", "item": "birth_date", "format": "%m/%d/%Y"},
    ],
}


def test_a_table_is_refused_mended_and_taken(line: Line, clinic: Path, tmp_path: Path) -> None:
    table, mapping, mend = tmp_path / "t.csv", tmp_path / "m.json", tmp_path / "mend.csv"
    rows = "".join(f"T-{n};13/13/1990;4{n}\n" for n in range(1, 23))
    table.write_text(f"Short;Born;Shoe\nT-0;02/03/1986;44\n{rows}")
    mapping.write_text(json.dumps(MAP))
    words = ("import", "patients", str(table), "--map", str(mapping))

    refused = line(*words, "--errors", str(mend), "--apply")
    assert refused.code == 2
    assert "22 of 23 rows have a problem, so nothing was taken." in refused.out
    assert "  line 3: Born: No calendar and no clock has this time." in refused.err
    assert json.loads(line(*words, "--json").out)["wrong"] == 22
    assert line(*words, "--errors", str(mend)).code == 3

    mend.write_text(mend.read_text(encoding="utf-8-sig").replace("13/13", "12/13"))
    words = ("import", "patients", str(mend), "--columns", str(mapping))
    looked = line(*words, "--preview")
    assert "Would import 23 patients from 23 rows." in looked.out
    assert "  line 2: code T-0, birth_date 03-Feb-1986" in looked.out
    assert "  columns left out: Shoe" in looked.out
    assert "Add --apply" in looked.out
    assert json.loads(line(*words, "--apply", "--json").out)["taken"] == 23
    assert "23 were here already" in line(*words, "--apply").out

    scores = tmp_path / "scores.csv"
    scores.write_text("patient,date,total\nT-1,2026-10-01,7\nT-99,2026-10-01,7\n")
    words = ("import", "scales", str(scores), "--scale", "gad-7", "--apply")
    refused = line(*words, "--errors", str(mend), "--overwrite")
    assert refused.code == 2
    assert "line 3: No patient here has the code of this row." in refused.err
    mend.write_text(mend.read_text(encoding="utf-8-sig").replace("T-99", "T-2"))
    done = line("import", "scales", str(mend), "--scale", "gad-7", "--apply")
    assert "Imported 2 scores of gad-7 from 2 rows." in done.out
