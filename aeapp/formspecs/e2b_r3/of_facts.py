"""What is told of a product as a whole: amount up to the event, gestation, further answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aeapp.domain.assessment.until_onset import mg_until_onset
from aeapp.domain.case import Case
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.safety import DrugInformation
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.domain.values import PartialDate, zone_named
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.of_doses import UCUM
from aeapp.formspecs.e2b_r3.putting import Around, put

_SITUATIONS = {  # C17
    SpecialSituation.OVERDOSE: DrugInformation.OVERDOSE,
    SpecialSituation.MEDICATION_ERROR: DrugInformation.ERROR,
    SpecialSituation.WRONG_ROUTE: DrugInformation.ERROR,
    SpecialSituation.MISUSE: DrugInformation.MISUSE,
    SpecialSituation.ABUSE: DrugInformation.ABUSE,
    SpecialSituation.OCCUPATIONAL: DrugInformation.OCCUPATIONAL,
    SpecialSituation.OFF_LABEL: DrugInformation.OFF_LABEL,
}
_WEEK, _TERM_WEEKS = 7, 45


def facts_of(
    part: Part, givings: Sequence[Administration], case: Case, product: Product, around: Around
) -> None:
    """Put what is told of a product: as stated, else as the records say it."""
    _cumulative(part, givings, case, product)
    _gestation(part, givings, around)
    for code in _information(givings, case):
        part.add("G.k.10.r").put("G.k.10.r", code.value)
    kind = _said(givings, "fda_information")
    if kind is None and any(study.pre_anda for study in case.studies):
        kind = NullFlavor.NA
    put(part, "FDA.G.k.10a", kind)
    put(part, "G.k.11", _said(givings, "remarks"))


def _said(givings: Iterable[Administration], name: str) -> Any:
    return next((v for g in givings if (v := getattr(g, name)) is not None), None)


def _cumulative(
    part: Part, givings: Sequence[Administration], case: Case, product: Product
) -> None:
    stated, unit = _said(givings, "cumulative"), _said(givings, "cumulative_unit")
    if stated is not None:
        amount, in_unit = stated, UCUM.get(unit, "")
    else:
        zone = zone_named(case.clinic.time_zone)
        amount, in_unit = mg_until_onset(givings, case.events, product, zone), "mg"
    words = "" if amount is None else format(amount, "f")
    if in_unit and 0 < len(words) <= elements()["G.k.5a"].longest:
        part.put("G.k.5a", words)
        part.put("G.k.5b", in_unit)


def _gestation(part: Part, givings: Sequence[Administration], around: Around) -> None:
    stated, unit = _said(givings, "gestation"), _said(givings, "gestation_unit")
    if stated is not None and unit is not None:
        put(part, "G.k.6a", stated)
        put(part, "G.k.6b", unit)
    elif (weeks := _weeks_pregnant(givings, around)) is not None:
        part.put("G.k.6a", str(weeks))
        part.put("G.k.6b", "wk")


def _weeks_pregnant(givings: Sequence[Administration], around: Around) -> int | None:
    """Return full weeks from the last period to the first dose; None where a day is unknown."""
    period = around.pregnancy.last_period if around.pregnancy is not None else None
    if not isinstance(period, PartialDate) or not period.is_full_day:
        return None
    starts = [g.started for g in givings if isinstance(g.started, PartialDate)]
    if not starts or not all(start.is_full_day for start in starts):
        return None
    weeks = (min(s.first_day() for s in starts) - period.first_day()).days // _WEEK
    return weeks if 0 <= weeks <= _TERM_WEEKS else None


def _information(givings: Iterable[Administration], case: Case) -> Iterator[DrugInformation]:
    """Yield the answers of every event, and those of the product itself."""
    said = [e.situations for e in case.events if isinstance(e.situations, frozenset)]
    found = {_SITUATIONS[s] for some in said for s in some if s in _SITUATIONS}
    found |= {answer for giving in givings for answer in giving.information or ()}
    yield from sorted(found, key=lambda one: int(one.value))
