"""Line listings and their files: de-identified unless somebody asks for the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.copies import Deidentifier
from aeapp.domain.items import Record
from aeapp.domain.listing_specs import SPECS, ListingSpec, row_of
from aeapp.domain.listings import Cell, Listing, ListingKind, TableFormat
from aeapp.domain.outcomes.exposure_table import COLUMNS as EXPOSURE_COLUMNS
from aeapp.domain.outcomes.exposure_table import exposure_table
from aeapp.domain.outcomes.tabulation import COLUMNS, tabulate
from aeapp.domain.records import CaseFile, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.documents import Export
from aeapp.services.ports import UnitOfWork
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.tabulating import given, sessions_with_dose, tabulated
from aeapp.services.writing_out import write_out

TableWriter = Callable[[Listing, Progress], bytes]
_CHUNK = 500
_SMALL = N_("Groups of one to four people are not told, nor is what they could be worked out from.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be listed.

    Attributes:
        kind: Which listing.
        first: First day of the period; None for from the beginning.
        last: Last day of it; None for up to now.
        identified: Whether names, numbers, whole dates and free texts stand in it.
    """

    kind: ListingKind
    first: dt.date | None = None
    last: dt.date | None = None
    identified: bool = False


class ListingService:
    """Make listings."""

    def __init__(self, context: WorkContext, writers: Mapping[TableFormat, TableWriter]) -> None:
        self._context, self._writers = context, writers

    def export(
        self,
        wanted: Wanted,
        table: TableFormat,
        out: Path,
        *,
        given: Given = NOT_TOLD,
        progress: Progress | None = None,
        overwrite: bool = False,
    ) -> Export:
        """Write a listing to ``out`` and enter it in the trail and the register.

        Raises:
            CancelledError: The person stopped the work; nothing was written.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        with self._context.new_uow() as uow:
            listing = self._listing(uow, wanted)
            content = self._writers[table](listing, progress or NoProgress())
            head = uow.trail.head().seq
        copy = CopyKind.FULL if wanted.identified else CopyKind.DEIDENTIFIED
        data = {"head": head, "kind": f"listing-{wanted.kind}", "format": table.value}
        what = RegisterLine(Subject(number="", what=f"listing-{wanted.kind}", copy=copy), given)
        digest, entry = write_out(
            self._context, content, out, ("clinic", self._context.clinic.id), data,
            overwrite=overwrite, line=what,
        )  # fmt: skip
        return Export(out, 0, len(content), digest, entry)

    def _listing(self, uow: UnitOfWork, wanted: Wanted) -> Listing:
        if wanted.kind is ListingKind.TERMS:
            return self._terms(uow, wanted)
        if wanted.kind is ListingKind.GIVEN:
            return self._given(uow, wanted)
        spec = SPECS[wanted.kind]
        ids = _ids(uow, spec, wanted)
        return Listing(
            _(wanted.kind.words),
            tuple(_(column.words) for column in spec.columns),
            _rows(uow, spec, ids, identified=wanted.identified),
            len(ids),
            self._notes(wanted, spec, len(ids)),
        )

    def _terms(self, uow: UnitOfWork, wanted: Wanted) -> Listing:
        last = wanted.last or self._context.today()
        sessions = sessions_with_dose(uow, wanted.first, last)
        rows = tabulate(tabulated(uow, wanted.first, last), sessions)
        counted = _("{sessions} sessions with a dose in the period.").format(sessions=len(sessions))
        return Listing(
            _(wanted.kind.words),
            tuple(map(_, COLUMNS)),
            rows,
            len(rows),
            (
                self._period(wanted),
                counted,
                _(
                    "A session counts once for a term, and once for a class. Events without a day"
                    " are in every period. Cumulative: since the beginning, up to the last day."
                ),
                _("Struck-through events are not counted."),
            ),
        )

    def _given(self, uow: UnitOfWork, wanted: Wanted) -> Listing:
        last = wanted.last or self._context.today()
        doses = given(uow, wanted.first, last)
        rows = exposure_table(doses, shared=not wanted.identified)
        return Listing(
            _(wanted.kind.words),
            tuple(map(_, EXPOSURE_COLUMNS)),
            rows,
            len(rows),
            (
                self._period(wanted),
                _("Suspect doses that stand; a session and a person count once in each row."),
                _("Doses without a day are in every period. Amounts unknown in mg are in no sum."),
                "" if wanted.identified else _(_SMALL),
            ),
        )

    def _period(self, wanted: Wanted) -> str:
        return _("From {first} to {last}.").format(
            first=wanted.first or _("the beginning"), last=wanted.last or self._context.today()
        )

    def _notes(self, wanted: Wanted, spec: ListingSpec, rows: int) -> tuple[str, ...]:
        undated = _("Records without a day are in every period.") if spec.date else ""
        return tuple(
            line
            for line in (
                _("{rows} records.").format(rows=rows),
                self._period(wanted) if spec.date else "",
                undated,
                _("An empty cell was not assessed; a reason stands in words."),
                _("Struck-through records are listed with their reason and count nowhere."),
                "" if wanted.identified else _(_DEIDENTIFIED),
            )
            if line
        )


_DEIDENTIFIED = N_(
    "De-identified: codes and numbers are replaced by running ones, dates by their year, and free"
    " texts, which nobody read for identifiers, are withheld."
)


def _ids(uow: UnitOfWork, spec: ListingSpec, wanted: Wanted) -> Sequence[str]:
    """Return the rows of the period, those without a day among them, by day."""
    if not spec.date:
        return uow.records.ids(spec.kind)
    found: list[tuple[str, str]] = []
    for record, at in uow.records.cells(spec.kind, (spec.date,)):
        if isinstance(at, PartialDate):
            if wanted.first is not None and at.last_day() < wanted.first:
                continue
            if wanted.last is not None and at.first_day() > wanted.last:
                continue
        found.append((at.sort_key() if isinstance(at, PartialDate) else "", record))
    return [record for _key, record in sorted(found)]


def _rows(
    uow: UnitOfWork, spec: ListingSpec, ids: Sequence[str], *, identified: bool
) -> Iterator[tuple[Cell, ...]]:
    shown = _AsStored() if identified else _Deidentified()
    for start in range(0, len(ids), _CHUNK):
        records = uow.records.many(spec.kind, ids[start : start + _CHUNK])
        linked = {kind: _linked(uow, kind, link, records) for kind, link in spec.links.items()}
        for record in records:
            joined: dict[str, Record | None] = {spec.kind: record}
            for kind, link in spec.links.items():
                joined[kind] = linked[kind].get(getattr(record, link))
            yield row_of(spec, {k: shown.of(r) for k, r in joined.items()}, joined)


def _linked(uow: UnitOfWork, kind: str, link: str, records: Sequence[Record]) -> dict[str, Record]:
    wanted = sorted({getattr(record, link) for record in records} - {""})
    return {record.id: record for record in uow.records.many(kind, wanted)}


class _AsStored:
    def of(self, record: Record | None) -> Record | None:
        """Return the record as it is."""
        return record


@dataclass(slots=True)
class _Deidentified:
    """Takes identifiers out and gives running numbers, the same for the same record."""

    _maker: Deidentifier = field(default_factory=lambda: Deidentifier((), texts_read=False))
    _numbers: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def of(self, record: Record | None) -> Record | None:
        """Return a copy of the record without what identifies."""
        if record is None:
            return None
        copy = self._maker.copy(record)
        number = self._number(record)
        if isinstance(copy, Patient):
            return replace(copy, code=number)
        if isinstance(copy, Session | CaseFile):
            return replace(copy, number=number)
        return copy

    def _number(self, record: Record) -> str:
        if record.id not in self._numbers:
            count = self._counts[record.KIND] = self._counts.get(record.KIND, 0) + 1
            self._numbers[record.id] = str(count)
        return self._numbers[record.id]
