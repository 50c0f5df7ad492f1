"""What a mapping would give, row by row, while it is being made.

Each row is read for itself, so that one that cannot be read hides no other. What the whole file
gives, doubles and all, is said by the plan afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from aeapp.domain.records.observation import Observation
from aeapp.domain.rejection import ImportRejected, Problems
from aeapp.domain.vitals.intake.column_map import (
    OTHER_PATIENT,
    ColumnMap,
    MappedTable,
    mapped_table,
)
from aeapp.domain.vitals.intake.gathering import Terms
from aeapp.domain.vitals.intake.tabular import (
    TableReader,
    place_of,
    rows_of,
    whole_ones,
)
from aeapp.kernel.i18n import _

# Rows that are tried; the plan reads them all.
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TrialRow:
    """One row of the file.

    Attributes:
        line: Its number.
        cells: {name of a mapped column: what stands there}, to be shown and never logged.
        readings: What it gives.
        problems: What refuses the file, in sentences without values.
        notes: What was left out of it, and why.
    """

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Observation, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trial:
    """The first rows of a file as a mapping reads them.

    Attributes:
        problems: What refuses the file whatever its rows hold.
        whole: Every row was tried.
    """

    rows: tuple[TrialRow, ...]
    problems: tuple[str, ...]
    whole: bool

    @property
    def readings(self) -> int:
        """Return how many readings the rows give."""
        return sum(len(row.readings) for row in self.rows)

    @property
    def wrong(self) -> tuple[TrialRow, ...]:
        """Return the rows that cannot be read."""
        return tuple(row for row in self.rows if row.problems)


def try_mapped(
    source: str | bytes, terms: Terms, columns: ColumnMap, most: int = MOST_ROWS
) -> Trial:
    """Return what a mapping gives of the first ``most`` rows.

    Raises:
        ImportRejected: It is no text, or a mapped column is not there.
    """
    table = mapped_table(source, terms, columns)
    lines = table.sheet.lines[: most + 1]
    whole = len(lines) == len(table.sheet.lines)
    table = replace(table, sheet=replace(table.sheet, lines=lines))
    problems = Problems()
    rows = tuple(_rows(table, problems))
    try:
        problems.raise_if_any()
    except ImportRejected as refusal:
        return Trial(rows=rows, problems=refusal.lines(), whole=whole)
    return Trial(rows=rows, problems=(), whole=whole)


def _rows(table: MappedTable, problems: Problems) -> Iterator[TrialRow]:
    patients = dict(table.patients(Problems()))
    first = next(iter(patients.values()), "")
    quantities = whole_ones(table.plan.quantities, table.gathering())
    plan = replace(table.plan, quantities=quantities)
    sheet = table.sheet
    places = {name: sheet.names.index(name) for name in table.columns.needed}
    reader = TableReader(table.gathering(), table.terms.clock(), plan, sheet.names)
    for number, cells in rows_of(sheet.lines[1:], sheet.separator, problems, sheet.first + 1):
        reader.gathering = table.gathering()
        reader.row(number, cells)
        said = {name: cells[at] for name, at in places.items() if at < len(cells)}
        row = replace(_outcome(number, reader), cells=said)
        if patients.get(number, first) != first:
            row = replace(row, problems=(*row.problems, f"{place_of(number)}: {_(OTHER_PATIENT)}"))
        yield row


def _outcome(number: int, reader: TableReader) -> TrialRow:
    try:
        parsed = reader.gathering.result()
    except ImportRejected as refusal:
        return TrialRow(line=number, problems=refusal.lines())
    zeros = (_("{sign}: no signal").format(sign=kind) for kind in parsed.zeros)
    return TrialRow(line=number, readings=parsed.observations, notes=(*zeros, *parsed.notes))


__all__ = ["MOST_ROWS", "Trial", "TrialRow", "try_mapped"]
