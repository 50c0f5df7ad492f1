"""Take in tables of patients, sessions and scores: looked at first, then all rows or none.

What is wrong with a row stands beside it in a file that a person mends and loads again. A row of
what is here already, with the same facts, is counted and left alone; with other facts it is a
problem of the row, because nothing is merged without a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from aeapp.domain.codecs import show
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import Patient, Session
from aeapp.domain.rejection import ImportRejected, Problems
from aeapp.domain.tables.record_map import (
    PATIENT,
    PROBLEM,
    RECORD,
    SPECS,
    RecordMap,
    TableKind,
    record_map,
)
from aeapp.domain.tables.rows import RecordTable, TableRow, read_table
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.tabular import place_of
from aeapp.kernel.files import prepared, read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.numbers import SESSION, highest_of, may_stay, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

R = TypeVar("R", bound=Record)

LONGEST_MAP = 500_000
# Never the file's name, which may hold a patient's.
REASON = "import of a table"
_CHUNK = 500
_SHOWN = 8

ReadTable = Callable[[Path, str], str]
# What the columns of a table are: a file, its text, or nothing where they are called like items.
Mapped = Path | str | None
WriteMending = Callable[
    [Sequence[str], Sequence[str], Iterable[tuple[Sequence[str], str]], str], bytes
]


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """How tables are read, and written for a person to mend."""

    read: ReadTable
    mend: WriteMending


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What importing a table did, or would do.

    Attributes:
        taken: Rows that are new here.
        known: Rows of what is here already.
        wrong: Rows with a problem; with one of them nothing is taken.
        left_out: Columns that hold nothing this program takes.
        notes: Sentences on what was stored otherwise than it stands in the file.
    """

    kind: TableKind
    rows: int
    taken: int
    known: int
    wrong: int
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    applied: bool = False


@dataclass(slots=True, repr=False)
class TablePlan:
    """A table that was read and is not stored.

    Attributes:
        done: What would happen.
    """

    table: RecordTable
    keep_known: bool
    done: Imported

    def preview(self, most: int = _SHOWN) -> list[tuple[str, str]]:
        """Return item and value of each answer of the first rows, as they were understood."""
        found = []
        for row in self.table.rows[:most]:
            told = ", ".join(f"{name} {_told(value)}" for name, value in row.values.items())
            found.append((place_of(row.line), "; ".join([told, *row.problems])))
        return found


class TableImportService:
    """Tables of patients and of sessions in, and of what is wrong with them out."""

    def __init__(self, context: WorkContext, files: RecordFiles) -> None:
        self._context, self._files = context, files

    def plan(
        self, path: Path, kind: TableKind, mapping: Mapped = None, *, keep_known: bool = False
    ) -> TablePlan:
        """Read a table and say what would become of each row; nothing is changed.

        Args:
            path: A CSV or an XLSX workbook.
            kind: What its rows are.
            mapping: What its columns are, as a file or its text; None where they are called like
                the items.
            keep_known: Leave alone what is here with other facts, instead of naming the row.

        Raises:
            ImportRejected: The table or the mapping cannot be read at all.
        """
        columns = self.mapping(mapping, kind)
        separator = columns.separator if columns else ","
        text = self._files.read(path, separator)
        zone, today = self._context.clinic.time_zone, self._context.today()
        table = read_table(text, kind, columns, zone, today)
        with self._context.new_uow() as uow:
            done = _intake(uow, self._context, table, keep_known=keep_known).look()
        return TablePlan(table, keep_known, done)

    def mapping(self, mapping: Mapped, kind: TableKind) -> RecordMap | None:
        """Return the mapping in a file, or in its text.

        Raises:
            ImportRejected: It is none of such a table.
        """
        if isinstance(mapping, Path):
            return record_map(read_whole(mapping, LONGEST_MAP), kind)
        return None if mapping is None else record_map(mapping, kind)

    def apply(self, plan: TablePlan) -> Imported:
        """Store the rows of a plan, all or none.

        Raises:
            ImportRejected: A row has a problem.
        """
        refuse_wrong(plan.table)
        with self._context.new_uow() as uow:
            uow.lock()
            done = _intake(uow, self._context, plan.table, keep_known=plan.keep_known).store()
            uow.commit()
        return replace(done, applied=True)

    def write_problems(self, table: RecordTable, out: Path, *, overwrite: bool = False) -> None:
        """Write a table with the problem of each row beside it, to be mended and loaded again.

        Raises:
            FileThereError: A file has that name, and it is not to be replaced.
            FileTroubleError: It could not be written.
        """
        rows = ((row.cells, " ".join(row.problems)) for row in table.rows)
        names = (*table.names, PROBLEM)
        content = self._files.mend(table.before, names, rows, table.map.separator)
        with prepared(out, content, overwrite=overwrite) as file:
            file.finish()


def refuse_wrong(table: RecordTable) -> None:
    """Refuse a table of which a row has a problem; the first 50 are named.

    Raises:
        ImportRejected: One has.
    """
    problems = Problems()
    for row in table.bad:
        for sentence in row.problems:
            problems.add(place_of(row.line), sentence)
    problems.raise_if_any()


def _intake(
    uow: UnitOfWork, context: WorkContext, table: RecordTable, *, keep_known: bool
) -> _Intake:
    kinds = {TableKind.PATIENTS: _Patients, TableKind.SESSIONS: _Sessions}
    return kinds[table.map.kind](uow, context, table, keep_known=keep_known)


class _Intake:
    """Judges the rows of one table, and stores them, inside a unit of work."""

    def __init__(
        self, uow: UnitOfWork, context: WorkContext, table: RecordTable, *, keep_known: bool
    ) -> None:
        self._uow, self._context, self._table = uow, context, table
        self._keep_known = keep_known
        self._known = 0
        self._notes: dict[str, int] = {}

    def look(self) -> Imported:
        """Judge every row; what is wrong is noted with it."""
        fresh = self._fresh()
        wrong = len(self._table.bad)
        return Imported(
            kind=self._table.map.kind,
            rows=len(self._table.rows),
            taken=0 if wrong else len(fresh),
            known=self._known,
            wrong=wrong,
            left_out=self._table.left_out,
            notes=tuple(f"{n} {sentence}" for sentence, n in self._notes.items()),
        )

    def store(self) -> Imported:
        """Store what is new.

        Raises:
            ImportRejected: Somebody changed the clinic so that a row has a problem now.
        """
        done = self.look()
        refuse_wrong(self._table)
        fresh = self._numbered(self._fresh())
        self._uow.save_bulk(fresh, who=self._context.who, reason=REASON)
        return done

    def _fresh(self) -> list[Record]:
        self._known, self._notes = 0, {}
        return self._judged([row for row in self._table.rows if not row.problems])

    def _judged(self, rows: Sequence[TableRow]) -> list[Record]:
        raise NotImplementedError

    def _numbered(self, records: list[Record]) -> list[Record]:
        return records

    def _note(self, sentence: str) -> None:
        self._notes[_(sentence)] = self._notes.get(_(sentence), 0) + 1

    def _is_known(self, row: TableRow, stored: Record, told: dict[str, Any]) -> bool:
        """Tell whether a row says what is stored; other facts are a problem of the row."""
        kind = self._table.map.kind
        other = [name for name, value in told.items() if getattr(stored, name) != value]
        if other and not self._keep_known:
            labels = ", ".join(_(SPECS[kind][name].item.label) for name in other)
            text = _(N_("It is known here with other facts: {items}."))
            row.wrong(text.format(items=labels))
            return False
        if other:
            self._note(N_("rows are known here with other facts, which stay as they are"))
        self._known += 1
        return True


class _Patients(_Intake):
    """A row a patient, told by the number of the chart and by the code for reports."""

    def _judged(self, rows: Sequence[TableRow]) -> list[Record]:
        here = {name: _stored(self._uow, name, rows, name) for name in ("record_number", "code")}
        fresh: list[Record] = []
        for row in rows:
            keys = [(name, row.values[name]) for name in here if _is_key(row.values.get(name))]
            if not keys:
                row.wrong(_(N_("The row names neither the code nor the record number.")))
                continue
            found = {p.id: p for name, key in keys for p in here[name].get(key, ())}
            if len(found) > 1:
                row.wrong(_(N_("Several patients here have the code or the record number.")))
            elif found:
                (stored,) = found.values()
                if stored.version:
                    self._is_known(row, stored, row.values)
                else:
                    row.wrong(_(N_("Another row of the table has the same code or number.")))
            else:
                patient = Patient(id=f"row-{row.line}", **row.values)
                for name, key in keys:
                    here[name].setdefault(key, []).append(patient)
                if not patient.code:
                    self._note(N_("patients have no code for reports; give each of them one"))
                fresh.append(replace(patient, id=""))
        return fresh


class _Sessions(_Intake):
    """A row a session of a patient who is here."""

    def _judged(self, rows: Sequence[TableRow]) -> list[Record]:
        by_code = _stored(self._uow, "code", rows, PATIENT)
        by_number = _stored(self._uow, "record_number", rows, RECORD)
        numbers = [n for row in rows if (n := row.values.get("number"))]
        named = {s.number: s for s in _of(self._uow, Session, "number", numbers)}
        owners = {p.id for found in (by_code, by_number) for some in found.values() for p in some}
        begun: dict[tuple[str, str], Session] = {}
        for one in _of(self._uow, Session, "patient_id", sorted(owners)):
            begun.setdefault(_moment(one), one)
        fresh: list[Record] = []
        for row in rows:
            session = self._session(row, by_code, by_number)
            if session is None:
                continue
            stored = named.get(session.number) if session.number else None
            stored = stored or begun.get(_moment(session))
            if stored is None:
                fresh.append(session)
                begun[_moment(session)] = session
                if session.number:
                    named[session.number] = session
            elif not stored.version:
                row.wrong(_(N_("Another row of the table is the same session.")))
            elif stored.patient_id != session.patient_id:
                row.wrong(_(N_("Another patient has a session of this number.")))
            else:
                self._is_known(row, stored, _facts(row))
        return fresh

    def _session(
        self,
        row: TableRow,
        by_code: dict[str, list[Patient]],
        by_number: dict[str, list[Patient]],
    ) -> Session | None:
        named = [(PATIENT, by_code), (RECORD, by_number)]
        keys = [(row.values[name], people) for name, people in named if name in row.values]
        if not keys:
            row.wrong(_(N_("The row names no patient.")))
            return None
        found = [{p.id for p in people.get(key, ())} for key, people in keys]
        both = set.intersection(*found)
        if len(both) != 1:
            row.wrong(
                _(N_("Several patients here have the code of this row."))
                if both
                else _(N_("No patient here has the code of this row."))
            )
            return None
        return self._timed(row, Session(patient_id=both.pop(), **_facts(row)))

    def _timed(self, row: TableRow, session: Session) -> Session | None:
        """Return a session with its end, which a past one without it would go on for ever."""
        started = session.started
        placed = isinstance(started, PartialDate) or session.planned is not None
        # Without a moment only a number tells it from another one, or from itself next time.
        if not placed and (started is None or not session.number):
            row.wrong(_(N_("The row says neither when it began nor when it is planned.")))
            return None
        if session.number and not may_stay(SESSION, session.number):
            row.wrong(
                _(N_("Its number begins like those of this clinic and is none; leave it out."))
            )
            return None
        past = isinstance(started, PartialDate) and started.last_day() < self._context.today()
        if session.ended is None and (past or isinstance(started, NullFlavor)):
            self._note(N_("sessions have no end in the table; it is stored as unknown"))
            return replace(session, ended=NullFlavor.UNK)
        return session

    def _numbered(self, records: list[Record]) -> list[Record]:
        """Give each session its number, in the order of the rows."""
        numbered: list[Record] = []
        last: dict[int, int] = {}
        sessions = of_kind(Session, records)
        told = [one.number for one in sessions if one.number]
        for one in sessions:
            day = _day(one, self._context.today())
            if one.number:
                numbered.append(one)
                continue
            if day.year not in last:
                prefix, _dash, count = next_number(self._uow, SESSION, day).rpartition("-")
                # A row may bring the very number that would come next.
                last[day.year] = max(int(count) - 1, highest_of(SESSION, day.year, told))
            last[day.year] += 1
            prefix = f"{SESSION[1]}-{day.year}"
            numbered.append(replace(one, number=f"{prefix}-{last[day.year]:06d}"))
        return numbered


def _facts(row: TableRow) -> dict[str, Any]:
    specs = SPECS[TableKind.SESSIONS]
    return {name: value for name, value in row.values.items() if name in specs}


def _moment(session: Session) -> tuple[str, str]:
    """Return what tells a session of a patient from another one: its begin, or its plan."""
    at = session.started if isinstance(session.started, PartialDate) else session.planned
    return session.patient_id, at.iso() if isinstance(at, PartialDate) else f"row {id(session)}"


def _day(session: Session, today: dt.date) -> dt.date:
    at = session.started if isinstance(session.started, PartialDate) else session.planned
    return at.first_day() if isinstance(at, PartialDate) else today


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, NullFlavor)


def _stored(
    uow: UnitOfWork, item: str, rows: Sequence[TableRow], column: str
) -> dict[str, list[Patient]]:
    """Return the patients here by an item, of those that the rows name in a column."""
    keys = [row.values[column] for row in rows if _is_key(row.values.get(column))]
    found: dict[str, list[Patient]] = {}
    for one in _of(uow, Patient, item, keys):
        found.setdefault(str(getattr(one, item)), []).append(one)
    return found


def _of(uow: UnitOfWork, cls: type[R], item: str, keys: Iterable[str]) -> list[R]:
    wanted = list(dict.fromkeys(keys))
    found: list[R] = []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        found += of_kind(cls, uow.records.find(cls.KIND, **{item: part}))
    return found


def _told(value: Any) -> str:
    return f"[{value.value}]" if isinstance(value, NullFlavor) else show(value)


__all__ = [
    "ImportRejected",
    "Imported",
    "RecordFiles",
    "TableImportService",
    "TablePlan",
    "refuse_wrong",
]
