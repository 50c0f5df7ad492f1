"""A table with what is wrong with each row beside it, for a person to mend and to load again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from exports.tables.csv_file import inert


def mending_of(
    before: Sequence[str],
    names: Sequence[str],
    rows: Iterable[tuple[Sequence[str], str]],
    separator: str,
) -> bytes:
    """Return the table, every row of it, with a last column of problems; no cell is a formula.

    Args:
        before: Lines above the names, which a mapping counts.
        names: Of the columns; the last is that of the problems.
        rows: Cells and problem of each row; an empty problem where nothing is wrong.
        separator: Between two cells, as in the table that was read.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for line in before:
        writer.writerow(map(inert, next(csv.reader([line], delimiter=separator), [])))
    writer.writerow(map(inert, names))
    width = len(names) - 1
    for cells, problem in rows:
        # A row that has too few or too many cells stands so that its problem is still the last.
        padded = [*cells, *[""] * (width - len(cells))]
        writer.writerow([inert(cell) for cell in (*padded, problem)])
    return out.getvalue().encode("utf-8-sig")
