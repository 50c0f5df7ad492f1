"""Score how much two cases look like one, and say by what; nothing is ever merged.

The points are the clinic's own, chosen so that what a ketamine clinic sees every day stays below
the line: the same patient with the same event after another session, and two patients with the
same event on one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product as pairs_of

from aeapp.domain.chair.palette import term_of
from aeapp.domain.codelists import CodeList
from aeapp.domain.items import as_text
from aeapp.domain.records import Event, Lot, Patient, Product, Reporter
from aeapp.domain.slips import folded
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

# From here on a person is asked to look.
POSSIBLE, LIKELY = 50, 80
NEAR_DAYS = 2
_LEAST_NUMBER, _LEAST_NAME = 7, 3
_UNKNOWN_LOT = {"unknown", "unk", "na", "none"}


class Field(CodeList):
    """What two cases may have in common, or tells them apart."""

    PATIENT = "patient", N_("same patient")
    CODE = "code", N_("patient code")
    OTHER_CODE = "other-code", N_("patient code differs")
    BIRTH = "birth", N_("date of birth")
    OTHER_BIRTH = "other-birth", N_("date of birth differs")
    SEX = "sex", N_("sex")
    OTHER_SEX = "other-sex", N_("sex differs")
    PRODUCT = "product", N_("product")
    LOT = "lot", N_("lot")
    ONSET = "onset", N_("day of onset")
    NEAR_ONSET = "near-onset", N_("onset within two days")
    MAYBE_ONSET = "maybe-onset", N_("onset may be the same day")
    OTHER_ONSET = "other-onset", N_("onset on another day")
    EVENT = "event", N_("event")
    REPORTER = "reporter", N_("reporter")


POINTS: dict[Field, int] = {
    Field.PATIENT: 30,
    Field.CODE: 25,
    Field.OTHER_CODE: -15,
    Field.BIRTH: 20,
    Field.OTHER_BIRTH: -40,
    Field.SEX: 3,
    Field.OTHER_SEX: -30,
    Field.PRODUCT: 7,
    Field.LOT: 12,
    Field.ONSET: 20,
    Field.NEAR_ONSET: 8,
    Field.MAYBE_ONSET: 2,
    Field.OTHER_ONSET: -50,
    Field.EVENT: 20,
    Field.REPORTER: 8,
}
# What a first look without products and reporters cannot know yet.
LATER = sum(POINTS[field] for field in (Field.PRODUCT, Field.LOT, Field.REPORTER))


@dataclass(frozen=True, slots=True, repr=False)
class Traits:
    """What of a case is compared.

    Attributes:
        events: Keys of each event, and its onset.
        products, lots, reporters: Keys; two that share one have the field in common.
    """

    patient_id: str = ""
    code: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    events: tuple[tuple[frozenset[str], PartialDate | None], ...] = ()
    products: frozenset[str] = frozenset()
    lots: frozenset[str] = frozenset()
    reporters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two cases look like one.

    Attributes:
        matched: Fields in common; ``differing`` those that tell the cases apart.
    """

    score: int
    matched: tuple[Field, ...]
    differing: tuple[Field, ...]

    @property
    def is_possible(self) -> bool:
        """Tell whether a person has to look."""
        return self.score >= POSSIBLE

    @property
    def is_likely(self) -> bool:
        """Tell whether it is more likely one case than two."""
        return self.score >= LIKELY


def traits_of(
    patient: Patient,
    events: Iterable[Event],
    products: Iterable[Product] = (),
    lots: Iterable[Lot] = (),
    reporters: Iterable[Reporter] = (),
) -> Traits:
    """Return what is compared of these records; unknown is no value here and matches nothing."""
    return Traits(
        patient_id=patient.id,
        code=folded(as_text(patient.code)),
        birth=patient.birth_date if isinstance(patient.birth_date, PartialDate) else None,
        sex=str(patient.sex) if isinstance(patient.sex, CodeList) else "",
        events=tuple((_event_keys(event), _onset(event)) for event in events if event.stands),
        products=frozenset(key for product in products for key in _product_keys(product)),
        lots=frozenset(key for lot in lots if (key := _lot_key(lot))),
        reporters=frozenset(key for one in reporters for key in _reporter_keys(one)),
    )


def likeness(one: Traits, other: Traits) -> Likeness:
    """Return how much two cases look like one, and by what."""
    found = [
        *_of_patient(one, other),
        *_of_events(one, other),
        *(
            field
            for field, ours, theirs in (
                (Field.PRODUCT, one.products, other.products),
                (Field.LOT, one.lots, other.lots),
                (Field.REPORTER, one.reporters, other.reporters),
            )
            if ours & theirs
        ),
    ]
    return Likeness(
        sum(POINTS[field] for field in found),
        tuple(field for field in found if POINTS[field] > 0),
        tuple(field for field in found if POINTS[field] < 0),
    )


# --- what is compared


def _of_patient(one: Traits, other: Traits) -> Iterable[Field]:
    if one.patient_id and one.patient_id == other.patient_id:
        yield Field.PATIENT
        # The record's own facts say nothing more.
        return
    if one.code and other.code:
        yield Field.CODE if one.code == other.code else Field.OTHER_CODE
    if one.birth and other.birth and one.birth.is_full_day and other.birth.is_full_day:
        same = one.birth.date_part() == other.birth.date_part()
        yield Field.BIRTH if same else Field.OTHER_BIRTH
    if one.sex and other.sex:
        yield Field.SEX if one.sex == other.sex else Field.OTHER_SEX


def _of_events(one: Traits, other: Traits) -> Sequence[Field]:
    """Return what the two events have in common that are most alike."""
    best: list[Field] = []
    for n, (ours, theirs) in enumerate(pairs_of(one.events, other.events)):
        found = [Field.EVENT] if ours[0] & theirs[0] else []
        onset = _onsets(ours[1], theirs[1])
        found += [onset] if onset else []
        if n == 0 or _points(found) > _points(best):
            best = found
    return best


def _points(fields: Iterable[Field]) -> int:
    return sum(POINTS[field] for field in fields)


def _onsets(one: PartialDate | None, other: PartialDate | None) -> Field | None:
    if one is None or other is None:
        return None
    if one.is_full_day and other.is_full_day:
        apart = abs((one.first_day() - other.first_day()).days)
        if apart == 0:
            return Field.ONSET
        return Field.NEAR_ONSET if apart <= NEAR_DAYS else Field.OTHER_ONSET
    # The coarser one holds the finer one, or they are of different years or months.
    coarse, fine = sorted((one.date_part().iso(), other.date_part().iso()), key=len)
    return Field.MAYBE_ONSET if fine.startswith(coarse) else Field.OTHER_ONSET


def _event_keys(event: Event) -> frozenset[str]:
    words = as_text(event.verbatim)
    own = term_of(words)
    codes = {f"{c.terminology}:{c.code}" for c in event.codings if c.terminology and c.code}
    named = {f"words:{folded(words)}"} if folded(words) else set()
    return frozenset(codes | named | ({f"own:{own.code}"} if own else set()))


def _onset(event: Event) -> PartialDate | None:
    return event.onset if isinstance(event.onset, PartialDate) else None


def _product_keys(product: Product) -> Iterable[str]:
    """Yield the national code and the first word of the name: a salt may follow it."""
    first = folded(as_text(product.name)).partition(" ")[0]
    if len(first) >= _LEAST_NAME:
        yield f"name:{first}"
    if digits := _digits(product.ndc):
        yield f"ndc:{digits}"


def _lot_key(lot: Lot) -> str:
    number = re.sub(r"[^a-z0-9]", "", folded(as_text(lot.number)))
    return "" if number in _UNKNOWN_LOT else number


def _reporter_keys(reporter: Reporter) -> Iterable[str]:
    last, first = folded(as_text(reporter.last_name)), folded(as_text(reporter.first_name))
    if last and first:
        yield f"name:{last},{first}"
    if email := as_text(reporter.email).strip().casefold():
        yield f"email:{email}"
    if len(digits := _digits(reporter.phone)) >= _LEAST_NUMBER:
        yield f"phone:{digits[-10:]}"


def _digits(value: object) -> str:
    return re.sub(r"\D", "", as_text(value))
