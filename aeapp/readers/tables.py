"""Tables of records as text: a CSV as it stands, a workbook as the CSV of its one table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from aeapp.domain.rejection import MAX_BYTES, rejected, text_of
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.readers.archives import BEGIN
from aeapp.readers.workbook import sheets_of


def table_text(path: Path, separator: str) -> str:
    """Return the text of a table.

    Args:
        path: A CSV or an XLSX workbook, known by its content.
        separator: What the CSV of a workbook is cut by.

    Raises:
        ImportRejected: It is no text and no workbook, or a workbook of several tables.
        FileTroubleError: It cannot be opened.
    """
    content = read_whole(path, MAX_BYTES)
    if not content.startswith(BEGIN):
        return text_of(content)
    filled = [sheet for sheet in sheets_of(path) if any(any(cells) for _w, cells in sheet.rows)]
    if len(filled) != 1:
        raise rejected(_("The file"), N_("{path} has to hold one table with rows, and no more."))
    rows = [cells for _where, cells in filled[0].rows]
    width = max(map(len, rows))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for cells in rows:
        # Cells at the end that are empty are not there; a line break would be another row.
        padded = [*cells, *[""] * (width - len(cells))]
        writer.writerow([" ".join(cell.splitlines()) for cell in padded])
    return out.getvalue()
