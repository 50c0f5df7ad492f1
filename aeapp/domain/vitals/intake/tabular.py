"""Read tables, one row a time: separators, quotation marks, missing cells, columns to readings."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import Problems, printable, rejected, text_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Figure, Gathering, Parsed
from aeapp.domain.vitals.intake.measures import DIASTOLIC, SYSTOLIC, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.numbers import plain_number
from aeapp.domain.vitals.intake.units import Unit, own_unit
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

MAX_CELLS = 1_000_000
MAX_LINE = 100_000
SEPARATORS = ",;\t"
# What programs write where there is no value, without regard to case.
NOTHING = frozenset({"", "nan"})
NO_ROWS = N_("{path} holds no rows below its header.")
_LONGEST_REMARK = 500
_MOST_NAMES = 8

ReadTime = Callable[[DeviceClock, str, int], tuple[PartialDate, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of figures.

    Attributes:
        name: Its name in the header.
        unit: Its unit.
        spelt: That unit as the file or the layout writes it.
    """

    name: str
    unit: Unit
    spelt: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a table: item of the reading -> column."""

    kind: ObservationKind
    source: ObservationSource
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """How a table is read.

    Attributes:
        time: Columns of the time; their cells are joined by a blank.
        read_time: What turns them into a time.
        remark: Column with words of the patient or nurse, kept beside the reading.
        missing: Cells that mean no value.
    """

    quantities: Sequence[Quantity]
    time: Sequence[str]
    read_time: ReadTime
    remark: str | None = None
    missing: frozenset[str] = NOTHING
    decimal_comma: bool = False


def single(name: str, measure: Measure, unit: Unit | None = None, spelt: str = "") -> Quantity:
    """Return the quantity of one column, in the reading's own unit unless another is given."""
    cell = Cell(name, unit or own_unit(measure.kind), spelt)
    return Quantity(measure.kind, measure.source, {measure.item: cell})


def grouped(cells: Iterable[tuple[Cell, Measure, str]]) -> list[Quantity]:
    """Return the quantities of columns; parts of one pressure share their group, their device."""
    found: dict[tuple[str, ObservationKind, ObservationSource], dict[str, Cell]] = {}
    for cell, measure, group in cells:
        parts = found.setdefault((group, measure.kind, measure.source), {})
        parts[measure.item] = cell
    return [Quantity(kind, source, parts) for (_g, kind, source), parts in found.items()]


def place_of(number: int) -> str:
    """Return ``line 12``."""
    return _("line {number}").format(number=number)


def lines_of(text: str) -> list[str]:
    """Return the lines of a table within what this program takes.

    Raises:
        ImportRejected: A line is too long.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise rejected(place_of(number), N_("The line is longer than 100,000 characters."))
    return lines


def refuse_too_many(lines: Sequence[str], separator: str) -> None:
    """Refuse a table of more than a million cells.

    Raises:
        ImportRejected: It has them.
    """
    if sum(line.count(separator) for line in lines) + len(lines) > MAX_CELLS:
        raise rejected(_("The file"), N_("{path} holds more than a million cells."))


def names_in(header: str, separator: str) -> list[str]:
    """Return the names in a header, without blanks and quotation marks."""
    return [cell.strip(' "') for cell in header.split(separator)]


def separator_of(header: str, known: Callable[[str], bool]) -> str:
    """Return the sign that cuts the header into the most names that ``known`` accepts."""
    return max(SEPARATORS, key=lambda sign: len({n for n in names_in(header, sign) if known(n)}))


def rows_of(
    lines: Sequence[str], separator: str, problems: Problems, first: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each line that is not blank; ``first`` is the number of line 0."""
    # With its line feed, so that the words of a cell of two lines do not run together.
    whole = (f"{line}\n" for line in lines)
    reader = csv.reader(whole, delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num + first - 1, cells
    except csv.Error:
        where = place_of(reader.line_num + first - 1)
        problems.add(where, N_("The quotation marks do not match."))


def repeated_in(names: Sequence[str]) -> list[str]:
    """Return the names that stand there more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: its lines from the header on, and what they are cut by.

    Attributes:
        first: Number of the header's line.
    """

    lines: Sequence[str]
    separator: str
    names: Sequence[str]
    first: int = 1

    @classmethod
    def of(cls, source: str | bytes, known: Callable[[str], bool]) -> Sheet:
        """Take a file whose first line is its header; ``known`` accepts names of the layout.

        Raises:
            ImportRejected: It is no text, or too large.
        """
        lines = lines_of(text_of(source))
        separator = separator_of(lines[0], known)
        refuse_too_many(lines, separator)
        return cls(lines, separator, names_in(lines[0], separator))

    def first_cell(self, name: str) -> str:
        """Return what stands below ``name`` in the first row that is not blank."""
        row = next((line for line in self.lines[1:] if line.strip()), "")
        cells = names_in(row, self.separator)
        at = self.names.index(name)
        return cells[at] if at < len(cells) else ""

    def read(self, gathering: Gathering, clock: DeviceClock, plan: TablePlan) -> Parsed:
        """Return the readings below the header.

        Raises:
            ImportRejected: A name stands there twice, or a row cannot be read.
        """
        self.gather(gathering, clock, plan)
        return gathering.result(nothing=NO_ROWS)

    def gather(self, gathering: Gathering, clock: DeviceClock, plan: TablePlan) -> None:
        """Take the readings below the header; what is wrong becomes a problem of the file."""
        for name in repeated_in(self.names):
            text = _(N_("The column {name} stands there twice."))
            gathering.problems.add(place_of(self.first), text.format(name=shown(name)))
        plan = replace(plan, quantities=whole_ones(plan.quantities, gathering))
        reader = TableReader(gathering, clock, plan, self.names)
        for number, cells in rows_of(
            self.lines[1:], self.separator, gathering.problems, first=self.first + 1
        ):
            reader.row(number, cells)
        if clock.cut:
            gathering.remark(_(N_("Times are kept to the second; fractions were cut off.")))


def whole_ones(quantities: Sequence[Quantity], gathering: Gathering) -> list[Quantity]:
    """Return the quantities that can be read; a pressure needs its upper and its lower part."""
    halves = [quantity for quantity in quantities if _is_half(quantity)]
    if halves:
        names = [cell.name for quantity in halves for cell in quantity.cells.values()]
        text = _(N_("A part of a pressure alone is no reading, so these were left out: {names}."))
        gathering.remark(text.format(names=_some(names)))
    return [quantity for quantity in quantities if not _is_half(quantity)]


def _is_half(quantity: Quantity) -> bool:
    pressure = quantity.kind is ObservationKind.BLOOD_PRESSURE
    return pressure and not {SYSTOLIC, DIASTOLIC} <= quantity.cells.keys()


def left_out(gathering: Gathering, names: Sequence[str]) -> None:
    """Say which columns, tracks or codes of a file are no vital sign of this program."""
    if not names:
        return
    text = _(N_("Left out, because they are no vital signs of this program: {names}."))
    gathering.remark(text.format(names=_some(names)))


def _some(names: Sequence[str]) -> str:
    shown_names = ", ".join(printable(name) for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return shown_names + (_(" and {n} more").format(n=rest) if rest > 0 else "")


def shown(name: str) -> str:
    """Return a name of a file in quotation marks, so that it can be told."""
    return f'"{printable(name)}"'


@dataclass(slots=True)
class TableReader:
    """Reads the rows of one table into a gathering."""

    gathering: Gathering
    clock: DeviceClock
    plan: TablePlan
    header: Sequence[str]
    # Cells repeat: a monitor's numbers are few.
    _known: dict[tuple[str, str], Figure | None] = field(default_factory=dict, init=False)
    _at: dict[str, int] = field(default_factory=dict, init=False)
    _names: list[dict[str, str]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._at = {name: n for n, name in enumerate(self.header)}
        self._names = [
            {item: cell.name for item, cell in quantity.cells.items()}
            for quantity in self.plan.quantities
        ]

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Take one row; what is wrong with it is noted as a problem."""
        gathering = self.gathering
        gathering.begin(place_of(number))
        if len(cells) != len(self.header):
            text = _(N_("The row has {found} cells, the header has {expected}."))
            gathering.problem(text.format(found=len(cells), expected=len(self.header)))
        else:
            at = self._time(number, cells)
            read = [self._figures(quantity, cells) for quantity in self.plan.quantities]
            if at is not None:
                self._take(read, at, self._remark(cells))
        gathering.end()

    def _take(
        self,
        read: Sequence[dict[str, Figure]],
        at: PartialDate,
        remark: str | None,
    ) -> None:
        for quantity, names, figures in zip(self.plan.quantities, self._names, read, strict=True):
            if figures:
                self.gathering.take(
                    quantity.kind, quantity.source, at, figures, names=names, remark=remark
                )

    def _time(self, number: int, cells: Sequence[str]) -> PartialDate | None:
        text = " ".join(cells[self._at[name]].strip() for name in self.plan.time)
        try:
            at, remark = self.plan.read_time(self.clock, text, number)
        except ClockError as error:
            self.gathering.problem(str(error))
            return None
        if remark:
            self.gathering.note(remark)
        return at

    def _figures(self, quantity: Quantity, cells: Sequence[str]) -> dict[str, Figure]:
        out = {}
        for item, cell in quantity.cells.items():
            figure = self._figure(cell, cells[self._at[cell.name]])
            if figure is not None:
                out[item] = figure
        return out

    def _figure(self, cell: Cell, content: str) -> Figure | None:
        """Return the figure in a cell; None where it is empty or no number."""
        key = (cell.name, content)
        if key in self._known:
            return self._known[key]
        text = content.strip()
        if text.casefold() in self.plan.missing:
            self._known[key] = None
            return None
        number = plain_number(text.replace(",", ".", 1) if self.plan.decimal_comma else text)
        if number is None:
            sentence = N_("The cell of {name} holds no number from 0 to 999999.")
            self.gathering.problem(_(sentence).format(name=printable(cell.name)))
            return None
        self._known[key] = found = Figure(number, text, cell.unit, cell.spelt)
        return found

    def _remark(self, cells: Sequence[str]) -> str | None:
        if self.plan.remark is None:
            return None
        text = cells[self._at[self.plan.remark]].strip()
        if text.casefold() in self.plan.missing:
            return None
        whole = "".join(c if c.isprintable() else " " for c in text)
        if len(whole) > _LONGEST_REMARK:
            self.gathering.note(_(N_("The remark is longer than 500 characters and was cut.")))
        return whole[:_LONGEST_REMARK]
