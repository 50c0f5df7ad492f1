"""Form FDA 3500A by commands: a report is opened on it, drawn, filled, and proven."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf

from aeapp.formspecs import form
from tests.e2e.conftest import Line
from tests.exports.official_blank import blank
from tests.exports.reading import field_values, page_texts
from tests.helpers.life import a_life

FORM = form("fda3500a")


def test_a_case_is_written_on_the_form_of_those_who_owe_a_report(
    line: Line, tmp_path: Path
) -> None:
    life = a_life(tmp_path)
    life.app.close()
    number, own = str(life.report.number), tmp_path / "own.pdf"
    case = number.partition("/")[0]
    early = line("report", "export", case, "--as", "fda3500a", "--out", str(own))
    assert (early.code, "report open CASE" in early.err, own.exists()) == (1, True, False)

    wrong = line("report", "open", case, "--for", "fda3500b")
    assert (wrong.code, "fda3500a-facility" in wrong.err) == (2, True)
    opened = line("report", "open", case, "--for", "fda3500a-facility", "--json")
    assert json.loads(opened.out)["report"] == f"{case}/3500A/2"
    assert "is the report on" in line("report", "open", case, "--for", "fda3500a-facility").out

    assert line("report", "export", case, "--as", "fda3500a", "--out", str(own)).code == 0
    assert "Content for Form FDA 3500A (09/2025): cover" in page_texts(own.read_bytes())[0]
    assert line("verify", str(own)).code == 0

    file, filled = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    file.write_bytes(blank(FORM, password=""))
    assert "Kept Form FDA 3500A (09/2025)" in line("form", "add", str(file)).out
    words = ("report", "export", case, "--as", "fda3500a-official", "--out", str(filled))
    done = line(*words)
    assert (done.code, done.err) == (0, "")
    held = field_values(filled.read_bytes(), FORM)
    assert held["facility.number"] == "0000000000-2026-0001"
    with pikepdf.open(filled) as pdf:
        assert len(pdf.pages) >= FORM.pages
    # Without --as a report goes on the form that it is on.
    again = tmp_path / "again.pdf"
    assert line("report", "export", f"{case}/3500A/2", "--out", str(again)).code == 0
    assert page_texts(again.read_bytes())[0] == page_texts(own.read_bytes())[0]
