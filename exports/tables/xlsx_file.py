"""A listing as XLSX: text stays text, and a text longer than a cell goes on in further rows.

Source:
    ECMA-376 Part 1, 18.3.1.4 (cells); Excel holds 32,767 characters in a cell.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

from aeapp.domain.listings import Cell, Listing
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from exports.tables.cells import shown

LONGEST = 32_767
_CONTINUED = N_("(continued) ")
_EVERY = 500


def xlsx_of(listing: Listing, progress: Progress) -> bytes:
    """Return the file: the rows on the first sheet, the notes on the second.

    Raises:
        CancelledError: The person stopped the work.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - 0.2 s that a start need not pay

    book = Workbook(write_only=True)
    # Closed when the person stops the work too: an open sheet leaves its file half written.
    with closing(book.create_sheet(_name_of(listing.title))) as sheet:
        long_texts = _write_rows(sheet, listing, progress)
    _write_notes(book, listing, long_texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_rows(sheet: Any, listing: Listing, progress: Progress) -> int:
    """Write the heads and the rows; return how many rows have a text that goes on."""
    sheet.freeze_panes = "A2"
    sheet.append([_written(sheet, head) for head in listing.columns])
    long_texts = 0
    for done, row in enumerate(listing.rows):
        if done % _EVERY == 0:
            progress.step(done, max(listing.expected, done + 1), listing.title)
        parts = list(_parts(row))
        long_texts += len(parts) > 1
        for part in parts:
            sheet.append([_written(sheet, cell) for cell in part])
    return long_texts


def _write_notes(book: Any, listing: Listing, long_texts: int) -> None:
    notes = book.create_sheet(_("Notes"))
    lines = [listing.title, *listing.notes]
    if long_texts:
        lines.append(
            _("{count} rows have a text longer than a cell holds; it goes on in the rows below.")
            .format(count=long_texts)
        )  # fmt: skip
    for line in lines:
        notes.append([_written(notes, line)])


def _parts(row: tuple[Cell, ...]) -> Iterator[list[Cell]]:
    """Yield the row, and further rows for what does not fit into its cells."""
    texts = [shown(cell) if isinstance(cell, str) else cell for cell in row]
    yield [cell[:LONGEST] if isinstance(cell, str) else cell for cell in texts]
    rest: list[Cell] = [cell[LONGEST:] or None if isinstance(cell, str) else None for cell in texts]
    room = LONGEST - len(_(_CONTINUED))
    while any(rest):
        yield [_(_CONTINUED) + cell[:room] if isinstance(cell, str) else None for cell in rest]
        rest = [cell[room:] or None if isinstance(cell, str) else None for cell in rest]


def _written(sheet: Any, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if isinstance(cell, Decimal) and Decimal(str(float(cell))) != cell:
        cell = str(cell)  # a spreadsheet would round it
    made = WriteOnlyCell(sheet, value=None)
    if isinstance(cell, str):
        # Given as a value, "=1+1" would become a formula.
        made._value, made.data_type = cell, "s"  # noqa: SLF001 - the only way to say so
    else:
        made.value = cell
    return made


def _name_of(title: str) -> str:
    """Return ``title`` as the name of a sheet, which has 31 characters and not every one."""
    return "".join(c for c in title if c not in r"[]:*?/\ "[:-1])[:31] or _("Listing")
