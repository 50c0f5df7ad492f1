"""Read the tables of an XLSX workbook with openpyxl, under guard, as plain texts."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook

from aeapp.domain.coding.ctcae import Row, Sheet
from aeapp.domain.rejection import printable, rejected
from aeapp.kernel.i18n import N_, _
from aeapp.readers.archives import MAX_RATIO, checked
from aeapp.readers.guard import guarded

MAX_PACKED, MAX_UNPACKED = 20_000_000, 60_000_000
MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 50, 20_000, 100
_SMALL = 1_000_000
_PIECE = 65_536
# What could make an XML parser expand or fetch; no workbook has it.
_GRAMMAR = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = max(map(len, _GRAMMAR)) - 1
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def sheets_of(path: Path) -> list[Sheet]:
    """Return the tables of a workbook, formulas as the values that were stored with them.

    Raises:
        ImportRejected: It is broken, larger than this program takes, or holds an XML grammar.
        FileTroubleError: It cannot be opened.
    """
    where = _("The file")
    with checked(path, MAX_PACKED) as file:
        with guarded(where), zipfile.ZipFile(file) as archive:
            _refuse_hostile(archive)
        with guarded(where), warnings.catch_warnings():
            # It warns of styles and extensions that it leaves out; we want the cells.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            if len(book.worksheets) > MAX_SHEETS:
                raise rejected(where, N_("{path} holds more than 50 tables."))
            return [Sheet(sheet.title, _rows(sheet)) for sheet in book.worksheets]


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    where, whole = _("The file"), 0
    for info in archive.infolist():
        whole += info.file_size
        if whole > MAX_UNPACKED or info.file_size > max(info.compress_size * MAX_RATIO, _SMALL):
            raise rejected(where, N_("{path} unpacks to more than this program takes."))
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels")) and _has_grammar(archive, info):
            raise rejected(where, N_("{path} holds an XML grammar, which no workbook needs."))


def _has_grammar(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(info) as member:
        while piece := member.read(_PIECE):
            # Text of two bytes a letter would hide the words looked for.
            if not tail and piece.startswith(_WIDE):
                return True
            if any(word in tail + piece for word in _GRAMMAR):
                return True
            tail = piece[-_OVERLAP:]
    return False


def _rows(sheet: object) -> list[Row]:
    title = printable(str(getattr(sheet, "title", "")))
    rows: list[Row] = []
    cells = sheet.iter_rows(  # type: ignore[attr-defined] # the library has no types
        max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True
    )
    for number, values in enumerate(cells, start=1):
        where = _("{title} row {number}").format(title=title, number=number)
        if number > MAX_ROWS:
            raise rejected(where, N_("The table holds more than 20,000 rows."))
        rows.append((where, _texts(values)))
    return rows


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    """Return the cells as texts, without the empty ones behind the last."""
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object) -> str:
    """Return a cell as text; a workbook has days as midnights."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return "" if value is None else str(value)
