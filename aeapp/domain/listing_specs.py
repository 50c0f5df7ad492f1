"""The columns of each line listing: items of records by path, and what is worked out from them.

A column names an item where it is declared, so that its head, its codes and what becomes of it in a
de-identified listing are those of the item. Without a chosen reason an empty cell is unassessed; a
reason stands in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.chair import amounts
from aeapp.domain.chair.palette import term_of
from aeapp.domain.codelists import CodeList
from aeapp.domain.items import NULL_LABELS, NullFlavor, Record, spec_at
from aeapp.domain.listings import Cell, ListingKind
from aeapp.domain.records import BY_KIND, Administration, Event, Product, Score
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _

Joined = Mapping[str, Record | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        kind: The record it is of: that of the row, or one that it links to.
        path: Path of an item in it; empty for a worked-out one.
        head: Its words where the item's own would not do, or it is worked out.
        work: How it is worked out, from the records as they are on file.
    """

    kind: str
    path: str = ""
    head: str = ""
    work: Callable[[Joined], Cell] | None = None

    @property
    def words(self) -> str:
        """Return the head in words, in English; translate with ``_`` where shown."""
        return self.head or spec_at(BY_KIND[self.kind], self.path).item.label


@dataclass(frozen=True, slots=True)
class ListingSpec:
    """One listing.

    Attributes:
        kind: Kind of record that makes a row.
        date: Path of the date by which a row is in the period; empty for rows of no day.
        links: Other kinds that its columns are of, each with the link of the row to it.
        columns: In order.
    """

    kind: str
    date: str
    links: Mapping[str, str]
    columns: tuple[Column, ...]


_AS_CELLS: tuple[tuple[type, Callable[[Any], Cell]], ...] = (
    (bool, lambda value: _("Yes") if value else _("No")),
    (NullFlavor, lambda value: _(NULL_LABELS[value])),
    (PartialDate, lambda value: value.iso().replace("T", " ")),
    (frozenset, lambda value: "; ".join(sorted(map(_text_of, value))) or _("None of them")),
    (CodeList, lambda value: _(value.words)),
    (StrEnum, lambda value: value.value),
)


def cell_of(value: Any) -> Cell:
    """Return a value as a cell: codes in words, dates so that they sort, reasons in words."""
    for kind, written in _AS_CELLS:
        if isinstance(value, kind):
            return written(value)
    return value if value is None or isinstance(value, int | Decimal) else str(value)


def _text_of(member: Any) -> str:
    return str(cell_of(member))


def row_of(spec: ListingSpec, shown: Joined, stored: Joined) -> tuple[Cell, ...]:
    """Return the cells of one row.

    Args:
        spec: The listing.
        shown: The records as they may be shown, by kind.
        stored: The same as they are on file; a worked-out cell tells nothing that identifies.
    """
    return tuple(_cell(column, shown, stored) for column in spec.columns)


def _cell(column: Column, shown: Joined, stored: Joined) -> Cell:
    if column.work is not None:
        return column.work(stored)
    record = shown.get(column.kind)
    return None if record is None else cell_of(lens.get(record, column.path))


# --- what is worked out


def told_term(event: Event) -> str | None:
    """Return the coded term of an event, else our own word for it; None where it has neither."""
    coded = next((coding.term for coding in event.codings if coding.term), None)
    own = term_of(event.verbatim)
    return coded or (_(own.words) if own is not None else None)


def _event_term(joined: Joined) -> Cell:
    event = joined["event"]
    assert isinstance(event, Event)  # noqa: S101 - the kind says so
    return told_term(event)


def _terminology(joined: Joined) -> Cell:
    event = joined["event"]
    assert isinstance(event, Event)  # noqa: S101 - the kind says so
    coding = next((c for c in event.codings if c.term), None)
    if coding is None or coding.terminology is None:
        return None
    return f"{_(coding.terminology.words)} {coding.edition or ''}".strip()


def _serious(joined: Joined) -> Cell:
    event = joined["event"]
    assert isinstance(event, Event)  # noqa: S101 - the kind says so
    if isinstance(event.seriousness, frozenset):
        return _("Yes") if event.seriousness else _("No")
    return cell_of(event.seriousness)


def _milligrams(joined: Joined) -> Cell:
    giving, product = joined["administration"], joined.get("product")
    assert isinstance(giving, Administration)  # noqa: S101 - the kind says so
    return amounts.mg_of(giving, product if isinstance(product, Product) else None)


def _points(joined: Joined) -> Cell:
    score = joined["score"]
    assert isinstance(score, Score)  # noqa: S101 - the kind says so
    told = (f"{item.number}: {_text_of(item.points)}" for item in score.items)
    return "; ".join(told) or None


# --- the listings


def _of(kind: str, *paths: str) -> tuple[Column, ...]:
    return tuple(Column(kind, path) for path in paths)


_PATIENT = Column("patient", "code", N_("Patient"))
_SESSION = Column("session", "number", N_("Session"))

SPECS: Mapping[ListingKind, ListingSpec] = {
    ListingKind.EVENTS: ListingSpec(
        "event",
        "onset",
        {"patient": "patient_id", "session": "session_id", "case": "case_id"},
        (
            _PATIENT, Column("patient", "sex"), _SESSION, Column("case", "number", N_("Case")),
            Column("event", head=N_("Term"), work=_event_term),
            Column("event", head=N_("Terminology"), work=_terminology),
            Column("event", "verbatim", N_("Event as told")),
            *_of("event", "onset", "ended", "severity"),
            Column("event", head=N_("Serious"), work=_serious),
            *_of("event", "seriousness", "outcome", "action_taken", "dechallenge", "rechallenge",
                 "situations", "treatment", "stated_causality", "note", "struck_reason"),
        ),
    ),
    ListingKind.SESSIONS: ListingSpec(
        "session",
        "started",
        {"patient": "patient_id"},
        (
            Column("session", "number"), _PATIENT,
            *_of("session", "setting", "route", "indication", "protocol", "prescriber", "started",
                 "ended", "ending", "ending_reason", "override_reason", "ready_minute", "note"),
        ),
    ),
    ListingKind.REPORTS: ListingSpec(
        "report",
        "",
        {"case": "case_id"},
        (
            Column("report", "number"), Column("case", "number", N_("Case")),
            *_of("report", "form", "destination", "state", "nature", "owner", "locked",
                 "lock_reason", "reported_on"),
        ),
    ),
    ListingKind.EXPOSURE: ListingSpec(
        "administration",
        "started",
        {"patient": "patient_id", "session": "session_id", "product": "product_id",
         "lot": "lot_id"},
        (
            _PATIENT, _SESSION, Column("product", "name", N_("Product")),
            Column("lot", "number", N_("Lot")),
            *_of("administration", "role", "dose", "dose_unit"),
            Column("administration", head=N_("Milligrams"), work=_milligrams),
            *_of("administration", "route", "started", "ended", "struck_reason"),
        ),
    ),
    ListingKind.LOTS: ListingSpec(
        "lot",
        "",
        {"product": "product_id"},
        (
            Column("product", "name", N_("Product")), Column("product", "maker"),
            *_of("lot", "number", "expires", "bought_from", "bought_on"),
        ),
    ),
    ListingKind.STOCK: ListingSpec(
        "stock_movement",
        "at",
        {"product": "product_id", "lot": "lot_id", "session": "session_id"},
        (
            Column("product", "name", N_("Product")), Column("lot", "number", N_("Lot")), _SESSION,
            *_of("stock_movement", "kind", "amount", "unit", "vial", "at", "by", "witness",
                 "reason", "significant_loss", "discovered_on", "notice_on", "form_106_on"),
        ),
    ),
    ListingKind.DECISIONS: ListingSpec(
        "decision",
        "at",
        {"event": "event_id", "case": "case_id"},
        (
            Column("case", "number", N_("Case")), Column("event", "verbatim", N_("Event as told")),
            *_of("decision", "answer", "destinations", "obligation", "reason", "decided_by", "at"),
        ),
    ),
    ListingKind.SCORES: ListingSpec(
        "score",
        "at",
        {"patient": "patient_id", "session": "session_id"},
        (
            _PATIENT, _SESSION,
            *_of("score", "scale", "edition", "at", "phase", "mode", "informant"),
            Column("score", head=N_("Points by item"), work=_points),
            *_of("score", "total", "basis", "by", "typed_by", "struck_reason"),
        ),
    ),
    ListingKind.CONTACTS: ListingSpec(
        "call",
        "at",
        {"patient": "patient_id", "session": "session_id"},
        (
            _PATIENT, _SESSION,
            *_of("call", "at", "reached", "spoke_with", "well", "slept", "nothing_new", "words",
                 "by"),
        ),
    ),
}  # fmt: skip
