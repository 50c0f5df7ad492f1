"""The two lists of the column mapper: the columns of the file, and the readings they would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from aeapp.domain.codecs import show
from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.column_map import QUANTITIES
from aeapp.domain.vitals.intake.mapping_draft import NOT_TAKEN, PATIENT, TIME, MappingDraft, Use
from aeapp.domain.vitals.intake.mapping_trial import Trial, TrialRow
from aeapp.domain.vitals.intake.table_look import TableLook
from aeapp.domain.vitals.typing import COLUMNS, shown
from aeapp.kernel.i18n import N_, _
from forms.library.lists import TextTable
from forms.models.vitals import time_words

# Letter -> what a column is; U and G are taken by unit and source.
LETTERS: dict[str, str] = {
    "T": TIME,
    "H": "hr",
    "O": "spo2",
    "R": "rr",
    "S": "bp.systolic",
    "D": "bp.diastolic",
    "M": "bp.mean",
    "E": "etco2",
    "C": "temperature",
    "W": "weight",
    "P": PATIENT,
    "X": NOT_TAKEN,
}
_PLAIN = {
    TIME: N_("Time or day"),
    PATIENT: N_("Patient number"),
    NOT_TAKEN: N_("not taken"),
}
_PARTS = {
    "bp.systolic": N_("BP systolic"),
    "bp.diastolic": N_("BP diastolic"),
    "bp.mean": N_("BP mean"),
}
_HEADS = {column.kind: column.head for column in COLUMNS}
# More rows than anybody looks at while a mapping is made; those with a problem come first.
_MOST_SHOWN = 300


def use_words(what: str) -> str:
    """Return what a column is, as short as a list has room for."""
    if what in _PLAIN:
        return _(_PLAIN[what])
    if what in _PARTS:
        return _(_PARTS[what])
    return _(words_of(QUANTITIES[what][0]))


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file."""

    name: str
    cells: tuple[str, ...]
    use: Use


class ColumnLines(TextTable):
    """Name and first values of each column, and what it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Column"), _("Taken as"))

    def show_columns(self, look: TableLook, draft: MappingDraft) -> None:
        """Show the columns that have a name of their own, in the order of the file."""
        self.show([ColumnLine(n, look.cells_of(n), draft.use_of(n)) for n in look.usable])

    def use(self, row: int, use: Use) -> None:
        """Show another use of one column."""
        line: ColumnLine = self.rows[row]
        self.rows[row] = ColumnLine(line.name, line.cells, use)
        self.dataChanged.emit(self.index(row, 0), self.index(row, 1))

    def cell(self, row: ColumnLine, column: int) -> str:
        if not column:
            return f"{row.name}\n{' · '.join(cell or '–' for cell in row.cells)}"
        words = use_words(row.use.what)
        if not row.use.is_sign:
            return words
        return f"{words}\n{row.use.unit}, {_(words_of(row.use.source))}"


class TrialLines(TextTable):
    """What each row gives; rows that cannot be read come first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Readings it would give"),)

    def show_trial(self, trial: Trial) -> None:
        """Show the rows of a trial."""
        right = [row for row in trial.rows if not row.problems]
        self.show([*trial.wrong, *right][:_MOST_SHOWN])

    def whole(self, row: TrialRow) -> str:
        """Return all that is said of a row; of one that cannot be read, what stands in it, too."""
        said = self.cell(row, 0).partition("\n")[2]
        if not row.problems:
            return said
        cells = ", ".join(f"{name}: {text.strip() or '–'}" for name, text in row.cells.items())
        return f"{said} ({cells})"

    def cell(self, row: TrialRow, _column: int) -> str:
        if row.problems:
            words = _("Line {n} cannot be read").format(n=row.line)
            return f"{words}\n{_without_place(row.problems)}"
        head = [_("Line {n}").format(n=row.line)]
        head += [_moment(row.readings[0].at)] if row.readings else [_("no reading")]
        if any(one.status is ObservationStatus.QUESTIONED for one in row.readings):
            head.append(_("to be looked at"))
        said = (*(reading_words(reading) for reading in row.readings), *row.notes)
        return f"{' · '.join(head)}\n{'  '.join(said)}"


def _moment(at: object) -> str:
    if not isinstance(at, PartialDate):
        return ""
    second = f":{at.second:02d}" if at.second is not None else ""
    return f"{show(at.date_part())} {time_words(at)}{second}"


def _without_place(problems: Sequence[str]) -> str:
    return " ".join(text.partition(": ")[2] or text for text in problems)


def reading_words(reading: Observation) -> str:
    """Return ``HR 72``, with the figure of the file where it was converted."""
    kind = reading.kind or ObservationKind.LABORATORY
    head = _HEADS.get(kind)
    words = f"{_(head) if head else _(words_of(kind))} {shown(reading)}"
    return f"{words} ({reading.raw_value} {reading.raw_unit})" if reading.raw_value else words


__all__ = ["LETTERS", "ColumnLines", "TrialLines", "reading_words", "use_words"]
