"""Find the tables of a form page: which printed words head which column, which cells are a row.

The forms print the heads once and the cells below them; who does not see the page has to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from aeapp.formspecs.model import BOXED, Box, Cell, Section, Words, plain
from exports.pdf.pen import Pen
from exports.pdf.tagging import Path, Step

_ITEM = re.compile(r"^\d+\.\s*")
_ROW_NUMBER = re.compile(r"^(\d+\.|#\d+)$")


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of one page.

    Attributes:
        numbers: Printed number of each row; empty where the form prints none.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[Words | None, ...]
    numbers: tuple[Words | None, ...]

    def outline(self, at: Path) -> Iterator[Path]:
        """Yield the place of every head and cell, in the order of reading."""
        numbered = any(self.numbers)
        if numbered:
            yield (*at, Step("TR", "head"), Step("TD", "number"))
        for n, _head in enumerate(self.heads):
            yield (*at, Step("TR", "head"), Step("TH", n))
        for k, row in enumerate(self.rows):
            if numbered:
                yield (*at, Step("TR", k), Step("TH", "number", "row"))
            for n, _cell in enumerate(row):
                yield (*at, Step("TR", k), Step("TD", n))


class Places:
    """Where words and boxes of one section stand in its tables."""

    def __init__(self, tables: tuple[FormTable, ...]) -> None:
        self._tables = tables
        self._found: dict[Words | Box, tuple[int, Path]] = {}
        for t, table in enumerate(tables):
            at = (Step("Table", t),)
            self._found |= {w: (t, path) for w, path in _word_places(table, at)}
            self._found |= {
                cell.box: (t, (*at, Step("TR", k), Step("TD", n)))
                for k, row in enumerate(table.rows)
                for n, cell in enumerate(row)
                if cell.box is not None
            }

    @contextmanager
    def said(self, pen: Pen, piece: Words | Box, role: str = "P") -> Iterator[None]:
        """Draw words or a box where they stand in their table; else as an element of their own."""
        found = self._found.get(piece)
        if found is None or pen.tags is None:
            with pen.part(role):
                yield
            return
        table, path = found
        whole = Step("Table", table)
        pen.tags.lay(whole, self._tables[table].outline((whole,)))
        with pen.inside(path):
            yield

    def row_of(self, words: Words) -> tuple[Cell, ...]:
        """Return the cells of the row that printed words number; none for other words."""
        for table in self._tables:
            for number, row in zip(table.numbers, table.rows, strict=True):
                if number == words:
                    return row
        return ()


def _word_places(table: FormTable, at: Path) -> Iterator[tuple[Words, Path]]:
    for n, head in enumerate(table.heads):
        if head is not None:
            yield head, (*at, Step("TR", "head"), Step("TH", n))
    for k, number in enumerate(table.numbers):
        if number is not None:
            yield number, (*at, Step("TR", k), Step("TH", "number", "row"))


NO_TABLES = Places(())


@lru_cache(maxsize=256)
def places_in(section: Section, page: int) -> Places:
    """Return where words and boxes of a section stand in the tables of a page."""
    return Places(tuple(_tables(section, page)))


def _tables(section: Section, page: int) -> Iterator[FormTable]:
    lists: dict[str, dict[int, list[Cell]]] = {}
    for cell in section.cells:
        # A row of a table prints no captions of its own.
        if cell.row and cell.printed is None and cell.page == page and cell.kind not in BOXED:
            rows = lists.setdefault(cell.path.partition("[")[0], {})
            rows.setdefault(cell.row, []).append(cell)
    words = [w for w in section.words if w.page == page]
    for rows in lists.values():
        banded = [_bands(row) for row in rows.values()]
        if len({len(bands) for bands in banded}) == 1:
            for n in range(len(banded[0])):
                table = _table([bands[n] for bands in banded], words)
                if table is not None:
                    yield table


def _bands(row: list[Cell]) -> list[tuple[Cell, ...]]:
    """Return the cells of a member that stand beside each other, band by band."""
    found: dict[float, list[Cell]] = {}
    for cell in row:
        if cell.box is not None:
            found.setdefault(cell.box.y, []).append(cell)
    return [tuple(cells) for cells in found.values()]


def _table(rows: list[tuple[Cell, ...]], words: list[Words]) -> FormTable | None:
    """Return a table of rows that are equally long; None where they are no grid."""
    numbers = tuple(_number(row[0], words) for row in rows)
    wide = len(rows[0]) > 1
    if len({len(row) for row in rows}) > 1 or not (wide or (len(rows) > 1 and all(numbers))):
        return None
    return FormTable(tuple(rows), tuple(_head(cell, words) for cell in rows[0]), numbers)


def _head(cell: Cell, words: list[Words]) -> Words | None:
    """Return the printed words above a column: the shortest that begin with its caption."""
    caption = cell.caption.casefold()
    found = [w for w in words if _ITEM.sub("", plain(w.text)).casefold().startswith(caption)]
    return min(found, key=lambda w: len(w.text), default=None)


def _number(cell: Cell, words: list[Words]) -> Words | None:
    box = cell.box
    if box is None:
        return None
    beside = (w for w in words if w.x < box.x and box.y - 1 <= w.y <= box.y + box.h)
    return next((w for w in beside if _ROW_NUMBER.match(plain(w.text))), None)
