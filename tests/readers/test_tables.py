"""Tables of records as text: a CSV as it stands, a workbook as the CSV of its one table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from aeapp.domain.rejection import ImportRejected
from aeapp.readers.tables import table_text


def book(path: Path, **tables: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in tables.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_text_stands_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes("\ufeffcode;born\nP-1;1980\n".encode())
    assert table_text(path, ",") == "code;born\nP-1;1980\n"


def test_a_workbook_is_the_csv_of_its_one_table(tmp_path: Path) -> None:
    born = dt.datetime.fromisoformat("1980-04-12")
    seen = dt.datetime.fromisoformat("2026-11-23T14:40")
    rows = [
        ["code", "born", "at", "note"],
        ["P-1", born, None, "two\nlines"],
        ["P-2", None, seen],
    ]
    path = book(tmp_path / "p.xlsx", Patients=rows, Empty=[])
    assert table_text(path, ";").splitlines() == [
        "code;born;at;note",
        "P-1;1980-04-12;;two lines",
        "P-2;;2026-11-23 14:40:00;",
    ]


@pytest.mark.parametrize("tables", [{"A": []}, {"A": [["x"]], "B": [["y"]]}])
def test_no_table_and_two_are_refused(
    tmp_path: Path, tables: dict[str, list[list[object]]]
) -> None:
    with pytest.raises(ImportRejected, match="one table with rows"):
        table_text(book(tmp_path / "p.xlsx", **tables), ",")
