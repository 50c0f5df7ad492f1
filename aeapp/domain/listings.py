"""Line listings: one row a record, as plain cells, ready for a table of any format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from aeapp.kernel.i18n import N_

Cell = str | int | Decimal | None


class ListingKind(StrEnum):
    """What can be listed."""

    EVENTS = "events"
    SESSIONS = "sessions"
    REPORTS = "reports"
    EXPOSURE = "exposure"
    LOTS = "lots"
    STOCK = "stock"
    DECISIONS = "decisions"
    CONTACTS = "contacts"
    TERMS = "terms"
    GIVEN = "given"
    SCORES = "scores"

    @property
    def words(self) -> str:
        """Return the listing in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS = {
    ListingKind.EVENTS: N_("Adverse events"),
    ListingKind.SESSIONS: N_("Sessions"),
    ListingKind.REPORTS: N_("Reports"),
    ListingKind.EXPOSURE: N_("Exposure"),
    ListingKind.LOTS: N_("Lots"),
    ListingKind.STOCK: N_("Stock movements"),
    ListingKind.DECISIONS: N_("Decisions on events"),
    ListingKind.CONTACTS: N_("Calls and tries"),
    ListingKind.TERMS: N_("Events by class and term"),
    ListingKind.GIVEN: N_("Exposure by product and route"),
    ListingKind.SCORES: N_("Filled scales"),
}


class TableFormat(StrEnum):
    """Formats of a listing."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with its title and what has to be known to read it.

    Attributes:
        title: What it is.
        columns: Heads, in order.
        rows: As many cells each as there are columns; read once.
        expected: About how many rows come, for a progress bar.
        notes: Period, who is in it, what was left out; one sentence each.
    """

    title: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    expected: int
    notes: tuple[str, ...] = ()
