"""A first look at a table that no layout knows: what parts it, where its names stand, first rows.

Nothing is decided here: each finding is shown to a person, who may say otherwise.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aeapp.domain.rejection import rejected, text_of
from aeapp.domain.vitals.intake.column_map import header_names
from aeapp.domain.vitals.intake.mapping import LONGEST_NAME, MAX_HEADER_LINE, SEPARATOR_NAMES
from aeapp.domain.vitals.intake.tabular import NOTHING, lines_of, place_of
from aeapp.kernel.i18n import N_, _

FIRST_ROWS = 8
# Lines in which the header and what parts it are looked for, and cells for signs of no value.
_LOOKED_AT = 200
_COMMA_FIGURE, _POINT_FIGURE = re.compile(r"[0-9]+,[0-9]+"), re.compile(r"[0-9]+\.[0-9]+")
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
# What devices write where they have no figure; any other word stays a question.
_NO_VALUE = re.compile(r"[-–—?*._/]+|n/?a|none|null|off", re.IGNORECASE)
_LONGEST_SIGN = 10


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TableLook:
    """What a table looks like.

    Attributes:
        separator: Name of the sign that parts its columns.
        header_line: Number of the line with their names, from 1.
        names: The names in it, in order; some may be empty, or the same.
        rows: The first rows below it, cut into cells.
        decimal: Sign of its decimals.
        missing: Cells that mean no value, as far as they are known signs.
    """

    separator: str
    header_line: int
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    decimal: str
    missing: tuple[str, ...]

    @property
    def print_of_header(self) -> str:
        """Return by what a file with the same header is known again."""
        return print_of(self.separator, self.names)

    @property
    def usable(self) -> tuple[str, ...]:
        """Return the names by which a column can be meant: not empty, and there once."""
        times = Counter(self.names)
        return tuple(n for n in self.names if _is_name(n) and times[n] == 1)

    def cells_of(self, name: str) -> tuple[str, ...]:
        """Return the first cells of a column."""
        at = self.names.index(name)
        return tuple(row[at].strip() for row in self.rows if at < len(row))


def _is_name(name: str) -> bool:
    return bool(name) and len(name) <= LONGEST_NAME and name.isprintable()


def print_of(separator: str, names: Sequence[str]) -> str:
    """Return a hash of a header; the names themselves are kept nowhere."""
    return hashlib.sha256("\x1f".join((separator, *names)).encode()).hexdigest()


def look_at(source: str | bytes, separator: str = "", header_line: int = 0) -> TableLook:
    """Return what a table looks like.

    Args:
        source: The file.
        separator: Name of what parts its columns; empty to find it.
        header_line: Number of the line with the names; 0 to find it.

    Raises:
        ImportRejected: It is no table: no text, or nothing parts its lines.
    """
    lines = lines_of(text_of(source))
    if any("\0" in line for line in lines[:_LOOKED_AT]):
        raise rejected(_("The file"), N_("{path} is no text."))
    head = lines[: MAX_HEADER_LINE + _LOOKED_AT]
    separator = separator or _separator_of(head[:_LOOKED_AT])
    sign = SEPARATOR_NAMES[separator]
    header_line = header_line or _header_of(head[:_LOOKED_AT], sign)
    names = header_names(head[header_line - 1] if header_line <= len(head) else "", sign)
    if len(names) < 2:  # noqa: PLR2004 - a time and a figure
        text = N_("In this line neither comma, semicolon nor tab parts columns.")
        raise rejected(place_of(header_line), text)
    below = [row for row in (_cells(line, sign) for line in head[header_line:]) if any(row)]
    cells = [cell for row in below[:_LOOKED_AT] for cell in row]
    return TableLook(
        separator=separator,
        header_line=header_line,
        names=tuple(names),
        rows=tuple(below[:FIRST_ROWS]),
        decimal="," if sign != "," and _has_commas(cells) else ".",
        missing=tuple(_no_values(cells)),
    )


def _cells(line: str, sign: str) -> tuple[str, ...]:
    """Return the cells of a line, as the readings will be cut, without blanks."""
    return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=sign), []))


def _separator_of(lines: Sequence[str]) -> str:
    """Return what cuts the most lines into the same number of columns."""

    def weight(name: str) -> tuple[int, int]:
        counts = Counter(line.count(SEPARATOR_NAMES[name]) for line in lines if line.strip())
        del counts[0]
        width, times = max(counts.items(), key=lambda one: one[::-1], default=(0, 0))
        return times, width

    return max(SEPARATOR_NAMES, key=weight)


def _header_of(lines: Sequence[str], sign: str) -> int:
    """Return the number of the first line that is as wide as most, and holds no figure."""
    rows = [_cells(line, sign) for line in lines]
    widths = Counter(len(row) for row in rows if any(row))
    width = max(widths, key=lambda one: (widths[one], one), default=1)
    for number, row in enumerate(rows, start=1):
        if len(row) == width and not any(_FIGURE.fullmatch(cell) for cell in row):
            return number
    return 1


def _has_commas(cells: Iterable[str]) -> bool:
    found = list(cells)
    return any(_COMMA_FIGURE.fullmatch(c) for c in found) and not any(
        _POINT_FIGURE.fullmatch(c) for c in found
    )


def _no_values(cells: Iterable[str]) -> list[str]:
    found = dict.fromkeys(c for c in cells if len(c) <= _LONGEST_SIGN and _NO_VALUE.fullmatch(c))
    return [cell for cell in found if cell.casefold() not in NOTHING]


__all__ = ["FIRST_ROWS", "TableLook", "look_at", "print_of"]
