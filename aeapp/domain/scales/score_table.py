"""Read a table of filled scales: one row a filling, its columns known by their names.

A column of an item ends in the item's number, as ``phq9_3``, ``item 3`` or ``q3``; the names of
NHANES (``DPQ030``) are known too, where 7 is refused and 9 is not known. A column that is known by
no name is told and left out. Nothing is guessed: a row that cannot be read refuses the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from aeapp.domain.codelists.scales import TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.scale import Scale
from aeapp.domain.records.score import Score, ScoreItem
from aeapp.domain.rejection import MAX_PROBLEMS, Problems, printable
from aeapp.domain.scales.catalogue import PHQ_9
from aeapp.domain.scales.scoring import band_of, problem_of, problem_of_total
from aeapp.domain.scales.stated_total import Agreement, agreement
from aeapp.domain.tables.rows import plain
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.tabular import Sheet, place_of, repeated_in, rows_of
from aeapp.kernel.i18n import N_, _

PATIENT = frozenset({"patient", "patientcode", "patientid", "code", "id", "seqn"})
DATE = frozenset({"date", "day", "at", "time", "completed", "assessmentdate", "datecompleted"})
TOTAL = frozenset({"total", "totalscore", "score", "sum"})
_NHANES = re.compile(r"dpq(0[1-9]|10)0", re.ASCII)
_ITEM = re.compile(r"(.*?)0*([1-9][0-9]{0,2})", re.ASCII)
_BEFORE_NUMBER = frozenset({"", "item", "q", "question"})
_NOTHING = frozenset({"", "-", "missing"})
_REASONS = {
    "r": NullFlavor.ASKU,
    "refused": NullFlavor.ASKU,
    "n": NullFlavor.NASK,
    "not asked": NullFlavor.NASK,
    "/": NullFlavor.NA,
    "na": NullFlavor.NA,
    "n/a": NullFlavor.NA,
    "unknown": NullFlavor.UNK,
    "don't know": NullFlavor.UNK,
}
_NHANES_CODES = {"7": NullFlavor.ASKU, "9": NullFlavor.UNK}
_EXACT = Decimal("0.0001")
_NUMBER = re.compile(r"[0-9]{1,5}([.,][0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class ScoreRow:
    """One filled scale of a file.

    Attributes:
        line: Where it stands.
        at: None where the file has no date for it.
        not_taken: Whether a total is stated that nobody can hold against the answers.
    """

    line: int
    patient: str
    at: PartialDate | None
    items: tuple[ScoreItem, ...]
    total: Decimal | None
    not_taken: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ScoreTable:
    """What a file holds.

    Attributes:
        rows: The rows with an answer or a total.
        empty: How many rows have neither.
        left_out: Names of columns that are known by no name.
    """

    rows: tuple[ScoreRow, ...]
    empty: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what: places in the row.

    Attributes:
        nhanes: Items whose codes are those of NHANES.
    """

    patient: int | None = None
    date: int | None = None
    total: int | None = None
    items: Mapping[int, int] = field(default_factory=dict)
    nhanes: frozenset[int] = frozenset()
    left_out: tuple[str, ...] = ()


def is_known(name: str, scale: Scale) -> bool:
    """Tell whether a column of that name is read for a scale."""
    return bool(column_of(name, scale))


def column_of(name: str, scale: Scale) -> str:
    """Return what a column of that name holds, as a mapping names it; empty for nothing."""
    plain = _plain(name)
    number = _item_of(plain, scale)
    return _role(plain, scale) or ("" if number is None else f"item.{number}")


def read_scores(source: str | bytes, scale: Scale, most: int = MAX_PROBLEMS) -> ScoreTable:
    """Return the filled scales of a table.

    Args:
        source: The table.
        scale: What was filled in.
        most: How many problems are told.

    Raises:
        ImportRejected: It cannot be read; every problem has its line.
    """
    sheet = Sheet.of(source, lambda name: is_known(name, scale))
    problems = Problems(most)
    columns = _columns(sheet.names, scale, problems)
    problems.raise_if_any()
    rows, empty = [], 0
    for number, cells in rows_of(sheet.lines[1:], sheet.separator, problems, first=2):
        row = _Row(number, cells, columns, scale, problems).read(len(sheet.names))
        if row is not None and (row.total is not None or _is_answered(row.items)):
            rows.append(row)
        elif row is not None:
            empty += 1
    _refuse_twice(rows, problems)
    problems.raise_if_any()
    return ScoreTable(tuple(rows), empty, columns.left_out)


def _is_answered(items: Iterable[ScoreItem]) -> bool:
    return any(item.points is not None for item in items)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _is_total(plain: str, scale: Scale) -> bool:
    own = _plain(scale.code or "")
    return plain in TOTAL or plain in {own + word for word in TOTAL} or plain == own


def _item_of(plain: str, scale: Scale) -> int | None:
    numbers = {i.number for i in scale.items}
    match = _NHANES.fullmatch(plain)
    if match is not None and scale.code == PHQ_9:
        return int(match.group(1))
    code = _plain(scale.code or "")
    # The code of a scale may itself end in a digit: phq91 is item 1 of phq-9.
    if code and plain.startswith(code) and plain != code:
        plain = plain.removeprefix(code)
    match = _ITEM.fullmatch(plain)
    if match is None or match.group(1) not in _BEFORE_NUMBER:
        return None
    number = int(match.group(2))
    return number if number in numbers else None


def _columns(names: Sequence[str], scale: Scale, problems: Problems) -> _Columns:
    places: dict[str, int] = {}
    items: dict[int, int] = {}
    nhanes, left_out = set(), []
    for place, name in enumerate(names):
        plain = _plain(name)
        role = _role(plain, scale)
        number = None if role else _item_of(plain, scale)
        if role:
            _once(role, place, places, name, problems)
        elif number is None:
            left_out.append(name)
        elif number in items:
            _twice(name, problems)
        else:
            items[number] = place
            if _NHANES.fullmatch(plain):
                nhanes.add(number)
    for name in repeated_in(names):
        _twice(name, problems)
    _refuse_useless(places, items, problems)
    return _Columns(**places, items=items, nhanes=frozenset(nhanes), left_out=tuple(left_out))


def _refuse_useless(
    places: Mapping[str, int], items: Mapping[int, int], problems: Problems
) -> None:
    if "patient" not in places:
        problems.add(place_of(1), N_("No column names the patient; call it patient."))
    if not items and "total" not in places:
        problems.add(place_of(1), N_("No column is an item or a total of this scale."))


def _role(plain: str, scale: Scale) -> str:
    known = {"patient": PATIENT, "date": DATE}
    role = next((role for role, names in known.items() if plain in names), "")
    return role or ("total" if _is_total(plain, scale) else "")


def _once(role: str, place: int, places: dict[str, int], name: str, problems: Problems) -> None:
    if role in places:
        _twice(name, problems)
    places.setdefault(role, place)


def _twice(name: str, problems: Problems) -> None:
    text = _(N_("The column {name} stands there twice, or says what another column says."))
    problems.add(place_of(1), text.format(name=f'"{printable(name)}"'))


@dataclass(slots=True)
class _Row:
    """Reads one row; what is wrong with it is noted."""

    number: int
    cells: Sequence[str]
    columns: _Columns
    scale: Scale
    problems: Problems
    bad: bool = False

    def read(self, width: int) -> ScoreRow | None:
        """Return the row; None where it cannot be read."""
        if len(self.cells) != width:
            text = _(N_("The row has {found} cells, the header has {expected}."))
            self._wrong(text.format(found=len(self.cells), expected=width))
            return None
        patient = self._cell(self.columns.patient)
        if not patient:
            self._wrong(_(N_("The row names no patient.")))
        items = self._items()
        answered = _is_answered(items)
        row = ScoreRow(
            line=self.number,
            patient=patient,
            at=self._date(),
            items=items if answered else (),
            total=None if answered else self._total(),
        )
        problem = problem_of(self.scale, row.items)
        if problem:
            self._wrong(problem)
        elif answered and not self.bad:
            row = replace(row, not_taken=self._is_not_taken(row.items))
        return None if self.bad else row

    def _is_not_taken(self, items: Sequence[ScoreItem]) -> bool:
        """Hold a total that is stated beside the answers against them; one that differs is wrong.

        Returns:
            Whether it is not taken, because answers are missing.
        """
        text = self._cell(self.columns.total).casefold()
        if text in _NOTHING or text in _REASONS:
            return False
        if not _NUMBER.fullmatch(text):
            self._wrong(_(N_("The total is no number.")))
            return False
        found = agreement(self.scale, items, Decimal(text.replace(",", ".")))
        if found is Agreement.DIFFERS:
            self._wrong(_(N_("The total is not the one that the answers make.")))
        return found is Agreement.NOT_TAKEN

    def _wrong(self, sentence: str) -> None:
        self.bad = True
        self.problems.add(place_of(self.number), sentence)

    def _cell(self, place: int | None) -> str:
        # What was written to be mended has an apostrophe before a dash, too.
        return "" if place is None else plain(self.cells[place])

    def _date(self) -> PartialDate | None:
        text = self._cell(self.columns.date)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            self._wrong(_(N_("The date cannot be read; write it like 2026-11-23.")))
            return None

    def _items(self) -> tuple[ScoreItem, ...]:
        return tuple(
            ScoreItem(number=number, points=self._points(number, place))
            for number, place in sorted(self.columns.items.items())
        )

    def _points(self, number: int, place: int) -> int | NullFlavor | None:
        text = self._cell(place).casefold()
        if number in self.columns.nhanes and text in _NHANES_CODES:
            return _NHANES_CODES[text]
        if text in _NOTHING:
            return None
        if text in _REASONS:
            return _REASONS[text]
        # Programs of statistics write whole numbers with a point.
        whole = text.removesuffix(".0")
        if whole.isascii() and whole.isdigit() and len(whole) < 4:  # noqa: PLR2004 - no item has thousands
            return int(whole)
        self._wrong(_(N_("Item {n} holds no number.")).format(n=number))
        return None

    def _total(self) -> Decimal | None:
        text = self._cell(self.columns.total).removesuffix(".0")
        if text.casefold() in _NOTHING:
            return None
        if not (text.isascii() and text.isdigit()):
            self._wrong(_(N_("The total is no number.")))
            return None
        total = Decimal(text)
        problem = problem_of_total(self.scale, total)
        if problem:
            self._wrong(problem)
        return total


def _refuse_twice(rows: Sequence[ScoreRow], problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.patient, row.at.iso() if row.at else "")
        if key in seen:
            problems.add(place_of(row.line), N_("The patient has another row of the same moment."))
        seen.add(key)


@dataclass(frozen=True, slots=True)
class Tally:
    """What scores say together, so that a person can hold it against the source of the file.

    Attributes:
        complete: How many have every item answered.
        filled: How many have a total by the published rule for missing items.
        stated: How many have only the total.
        without: How many have no total.
        mean: Of the complete ones, to four decimals; None without one.
        bands: How many of the complete ones are in each band.
        alerts: How many answers ask for safety, by item.
    """

    complete: int
    filled: int
    stated: int
    without: int
    mean: Decimal | None
    bands: dict[str, int]
    alerts: dict[int, int]


def tally_of(scale: Scale, scores: Iterable[Score]) -> Tally:
    """Return what ``scores`` of one scale say together."""
    by_basis: Counter[TotalBasis | None] = Counter()
    bands: dict[str, int] = {band.name or "": 0 for band in scale.bands}
    alerts = {i.number or 0: 0 for i in scale.items if i.alert_from is not None}
    least = {i.number or 0: i.alert_from for i in scale.items}
    total = Decimal()
    for score in scores:
        by_basis[score.basis] += 1
        for item in score.items:
            limit = least.get(item.number or 0)
            if limit is not None and type(item.points) is int and item.points >= limit:
                alerts[item.number or 0] += 1
        if score.basis is TotalBasis.ITEMS and score.total is not None:
            total += score.total
            band = band_of(scale, score.total)
            if band is not None:
                bands[band.name or ""] += 1
    complete = by_basis[TotalBasis.ITEMS]
    return Tally(
        complete=complete,
        filled=by_basis[TotalBasis.MEAN],
        stated=by_basis[TotalBasis.STATED],
        without=by_basis[TotalBasis.MISSING] + by_basis[TotalBasis.UNSCORED],
        mean=(total / complete).quantize(_EXACT, ROUND_HALF_UP) if complete else None,
        bands=bands,
        alerts=alerts,
    )
