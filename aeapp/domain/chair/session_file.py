"""Everything on record about one session, as its papers read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aeapp.domain.chair.entries import Written
from aeapp.domain.chair.phases import begun_at
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.items import PLAIN, NullFlavor, Section, as_text
from aeapp.domain.records import (
    Administration,
    Call,
    Check,
    Clinic,
    Consent,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    SafetyReview,
    Score,
    Session,
    Staff,
    StockMovement,
)
from aeapp.domain.values import PartialDate, in_zone, zone_named
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.table import is_evidence

# What stands among the treatment doses of a session was given, and not to treat an event.
_NO_DOSES = frozenset({DrugRole.TREATMENT, DrugRole.NOT_GIVEN})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SessionFile(Section):
    """One session with its patient, its clinic and what was logged in it.

    Attributes:
        earlier: How many nasal sessions with a dose of the same substance the patient had before.
        as_of: When it was read: what runs has delivered so much by then; None where not told.
        staff: The accounts of the people who are named in it.
        entries: Who entered what and when; empty where nobody asked the trail.
    """

    clinic: Clinic = field(default_factory=Clinic)
    patient: Patient = field(default_factory=Patient)
    session: Session = field(default_factory=Session)
    administrations: tuple[Administration, ...] = ()
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    observations: tuple[Observation, ...] = ()
    events: tuple[Event, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[Note, ...] = ()
    scores: tuple[Score, ...] = ()
    reviews: tuple[SafetyReview, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    movements: tuple[StockMovement, ...] = ()
    calls: tuple[Call, ...] = ()
    consents: tuple[Consent, ...] = ()
    staff: tuple[Staff, ...] = ()
    entries: tuple[Written, ...] = field(default=(), metadata=PLAIN)
    earlier: int = 0
    as_of: PartialDate | None = None

    @property
    def zero(self) -> PartialDate | None:
        """Return the begin of the first treatment dose; a rescue medicine starts no clock."""
        return begun_at(self.administrations)

    @property
    def doses(self) -> tuple[Administration, ...]:
        """Return the treatment doses that stand, in the order of their begin."""
        return self._given(lambda g: g.stands and g.role not in _NO_DOSES)

    @property
    def rescue(self) -> tuple[Administration, ...]:
        """Return what was given to treat an event, in the order of its begin."""
        return self._given(lambda g: g.stands and g.role is DrugRole.TREATMENT)

    @property
    def struck_doses(self) -> tuple[Administration, ...]:
        """Return what was entered as given and struck through."""
        return self._given(lambda g: not g.stands)

    def _given(self, wanted: Callable[[Administration], bool]) -> tuple[Administration, ...]:
        return tuple(sorted(filter(wanted, self.administrations), key=lambda g: when(g.started)))

    def readings(self, kind: ObservationKind) -> tuple[Observation, ...]:
        """Return the readings of one quantity that count and have a time, in time order."""
        found = [
            o
            for o in self.observations
            if o.kind is kind and is_evidence(o) and isinstance(o.at, PartialDate)
        ]
        return tuple(sorted(found, key=lambda o: when(o.at)))

    def product_name(self, giving: Administration) -> str:
        """Return what was given: as the package said that day, else as it is known now."""
        product = next((p for p in self.products if p.id == giving.product_id), None)
        return giving.package.name or (product.name if product else None) or ""

    def lot_number(self, giving: Administration) -> str:
        """Return the lot: as the package said that day, else as it is known now."""
        lot = next((one for one in self.lots if one.id == giving.lot_id), None)
        return giving.package.lot or as_text(lot.number if lot else None)

    def minute(self, at: PartialDate | NullFlavor | None) -> int | None:
        """Return the minute after the first dose; None where it cannot be said."""
        zero = self.zero
        if zero is None or not isinstance(at, PartialDate):
            return None
        return minutes_between(zero, at)

    def on_clock(self, at: PartialDate) -> PartialDate:
        """Return the time on the clinic's clocks."""
        return in_zone(at, zone_named(self.clinic.time_zone))


def when(at: PartialDate | NullFlavor | None) -> str:
    """Return a text that sorts in time order; what has no time comes first."""
    return at.sort_key() if isinstance(at, PartialDate) else ""
