"""The one writer of CSV: UTF-8 with a mark for spreadsheets, and no text that one would compute.

Source:
    RFC 4180; OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from aeapp.domain.listings import Cell, Listing
from aeapp.kernel.progress import Progress
from exports.tables.cells import shown

# A spreadsheet takes a text that begins so for a formula, some also by the wide forms.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = b"\xef\xbb\xbf"
_EVERY = 500


def csv_of(listing: Listing, progress: Progress) -> bytes:
    """Return the file of a listing.

    Raises:
        CancelledError: The person stopped the work.
    """
    return b"".join(csv_lines(listing.columns, _counted(listing, progress)))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table line by line, the byte order mark first; nothing is held whole."""
    yield _MARK
    yield _line(head)
    for row in rows:
        yield _line(row)


def inert(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet computes: an apostrophe before a formula."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = shown(cell)
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def _counted(listing: Listing, progress: Progress) -> Iterator[tuple[Cell, ...]]:
    for done, row in enumerate(listing.rows):
        if done % _EVERY == 0:
            progress.step(done, max(listing.expected, done + 1), listing.title)
        yield row


def _line(row: Sequence[Cell]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(map(inert, row))
    return out.getvalue().encode()
