"""Read a table of published figures, so that each is worked out again before it is quoted.

Columns: ``study``, ``measure``, ``value``, ``unit``, ``n``, ``numerator``; others are left alone. A
figure is a share where its unit is %; others cannot be worked out from counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.outcomes.published import PublishedFigure
from aeapp.domain.rejection import Problems
from aeapp.domain.vitals.intake.tabular import Sheet, place_of, rows_of
from aeapp.kernel.i18n import N_

_NEEDED = ("study", "measure", "value", "unit", "n")
# The shared name of the column of counts, and the plain one.
_COUNTS = ("numerator_or_comparator", "numerator")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
# No study has a thousand million people; a number of thousands of digits is none.
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """What a file holds.

    Attributes:
        figures: The shares, each with the number of its line.
        others: How many figures are no share, or are not printed as one number.
    """

    figures: tuple[tuple[int, PublishedFigure], ...]
    others: int


def read_published(source: str | bytes) -> PublishedTable:
    """Return the shares of a table.

    Raises:
        ImportRejected: It cannot be read; every problem has its line.
    """
    sheet = Sheet.of(source, lambda name: name in _NEEDED)
    problems = Problems()
    for column in _NEEDED:
        if column not in sheet.names:
            problems.add(column, N_("The file has no column {path}."))
    problems.raise_if_any()
    names, found, others = list(sheet.names), [], 0
    for number, cells in rows_of(sheet.lines[1:], sheet.separator, problems, first=2):
        if len(cells) != len(names):
            problems.add(place_of(number), N_("{path} has another number of cells."))
            continue
        figure = _figure(dict(zip(names, cells, strict=True)))
        if figure is None:
            others += 1
        else:
            found.append((number, figure))
    problems.raise_if_any()
    return PublishedTable(tuple(found), others)


def _figure(row: dict[str, str]) -> PublishedFigure | None:
    counts = next((row[name] for name in _COUNTS if name in row), "")
    if row["unit"] != "%" or not _NUMBER.fullmatch(row["value"]):
        return None
    return PublishedFigure(
        study=row["study"],
        source=row.get("citation", ""),
        population=row.get("population", ""),
        measure=row["measure"],
        percent=Decimal(row["value"]),
        people=_whole(row["n"]) or None,
        count=_whole(counts),
    )


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None
