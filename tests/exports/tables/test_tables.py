"""Listings read back by the readers of other programs: nothing runs, nothing is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from aeapp.domain.listings import Cell, Listing, ListingKind
from aeapp.domain.tables.rows import plain
from aeapp.kernel.progress import CancelledError, NoProgress
from exports.bundle import BundleFiles
from exports.tables.csv_file import csv_of, inert
from exports.tables.xlsx_file import LONGEST, xlsx_of

LONG = "".join(f"word{n} " for n in range(12_000))  # 103 thousand characters
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\n=1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    "a\x07b",
    "né ≥ 漢 😀",
    'q"q',
    "a\nb",
)


def listing(*rows: tuple[Cell, ...], columns: tuple[str, ...] = ("A", "B")) -> Listing:
    return Listing("Events: a [b]", columns, iter(rows), len(rows), ("Read by nobody.",))


def sheet_of(found: Listing):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(found, NoProgress())))
    return book.worksheets


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text_in_xlsx(text: str) -> None:
    first, _notes = sheet_of(listing((text, 1)))
    cell = first["A2"]

    assert cell.data_type == "s"
    assert cell.value == text.replace("\x07", "[U+0007]")


def test_the_reader_would_have_seen_a_formula() -> None:
    """The negative control: given as a plain value the same text is one."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"

    assert book.active["A1"].data_type == "f"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_in_csv(text: str) -> None:
    content = csv_of(listing((text, None)), NoProgress())
    assert content.startswith(b"\xef\xbb\xbf")
    (head, row) = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))

    assert head == ["A", "B"]
    assert row[0].lstrip("'") == text.replace("\x07", "[U+0007]")
    assert row[0][0] not in "=+-@\t\r\n\uff1d"


def test_the_tables_of_a_bundle_are_written_by_the_same_writer() -> None:
    whole = csv_of(listing(("=1+1", 2), (None, "b")), NoProgress())
    assert b"".join(BundleFiles().table(("A", "B"), [("=1+1", 2), (None, "b")])) == whole


def test_numbers_are_numbers_unless_a_spreadsheet_would_round_them() -> None:
    first, _notes = sheet_of(
        listing((Decimal("0.5"), Decimal("0.12345678901234567891")), (7, None))
    )

    assert [cell.value for cell in first[2]] == [0.5, "0.12345678901234567891"]
    assert [cell.value for cell in first[3]] == [7, None]
    assert csv_of(listing((Decimal("-0.50"), 7)), NoProgress()).endswith(b"-0.50,7\r\n")


def test_a_long_text_goes_on_in_further_rows_and_none_of_it_is_lost() -> None:
    first, notes = sheet_of(listing(("E-1", LONG), ("E-2", "short")))
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=2)]

    parts = [row for row in rows if row[0] != "E-2"]
    assert [row[0] for row in rows] == ["E-1", None, None, None, "E-2"]
    assert max(len(row[1]) for row in rows) == LONGEST
    assert parts[0][1] + "".join(row[1].removeprefix("(continued) ") for row in parts[1:]) == LONG
    assert [row[0].value for row in notes.iter_rows()] == [
        "Events: a [b]", "Read by nobody.",
        "1 rows have a text longer than a cell holds; it goes on in the rows below.",
    ]  # fmt: skip
    assert LONG in csv_of(listing(("E-1", LONG)), NoProgress()).decode()


def test_an_empty_listing_has_its_heads_and_notes() -> None:
    first, notes = sheet_of(listing())

    assert [cell.value for cell in first[1]] == ["A", "B"]
    assert first.max_row == 1
    assert notes["A2"].value == "Read by nobody."


def test_a_listing_stops_when_nobody_wants_it() -> None:
    class Stopped:
        def step(self, _done: int, _total: int, _note: str) -> None:
            raise CancelledError

    for write in (csv_of, xlsx_of):
        with pytest.raises(CancelledError):
            write(listing(("a", "b")), Stopped())


def test_every_listing_has_words() -> None:
    assert all(kind.words for kind in ListingKind)


@pytest.mark.parametrize("text", ["=1+1", "-5", "\uff0b1", "\uff20x"])
def test_the_apostrophe_of_a_harmless_formula_is_taken_off_again(text: str) -> None:
    assert plain(inert(text)) == text
    assert plain("'tis") == "'tis"
