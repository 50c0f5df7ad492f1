"""Doses in words, in sum and as marks of a chart; what the package said is kept with each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aeapp.domain.chair import amounts
from aeapp.domain.chair.infusion import (
    IN_THE_MOUTH,
    Course,
    DoseState,
    course,
    instant,
    is_infusion,
)
from aeapp.domain.codecs import show
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.records.administration import SUSPECT_ROLES, Snapshot
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import DoseKind, DoseMark
from aeapp.kernel.i18n import _

MINUTE = dt.timedelta(minutes=1)
ESKETAMINE = "esketamine"
Products = Mapping[str, Product]


@dataclass(frozen=True, slots=True)
class Total:
    """What was given of one substance.

    Attributes:
        mg: Sum of what is known.
        unknown: How many doses are not in the sum, because their amount is not known in mg.
    """

    substance: str
    mg: Fraction
    doses: int
    unknown: int


def substance_of(product: Product | None) -> str:
    """Return what doses are added up by: the two substances a clinic gives, else the product.

    Esketamine holds the word ketamine; it is asked for first and never added to it.
    """
    name = as_text(product.name) if product is not None else ""
    folded = name.casefold()
    for substance, words in (
        (ESKETAMINE, ("esketamine", "spravato")),
        ("ketamine", ("ketamine", "ketalar")),
    ):
        if any(word in folded for word in words):
            return substance
    return name


def product_words(product: Product | None) -> str:
    """Return ``Ketamine HCl 50 mg/mL``."""
    if product is None:
        return ""
    unit = product.strength_unit.symbol if product.strength_unit else ""
    strength = show(product.strength)
    return " ".join(w for w in (show(product.name), strength, unit if strength else "") if w)


def told_apart(products: Sequence[Product]) -> tuple[str, ...]:
    """Return words for each product, no two alike: with maker, NDC or a number where they were."""
    found = [product_words(p) for p in products]
    for item in ("maker", "ndc"):
        counts = Counter(found)
        found = [
            ", ".join(part for part in (words, as_text(getattr(product, item))) if part)
            if counts[words] > 1
            else words
            for words, product in zip(found, products, strict=True)
        ]
    seen: Counter[str] = Counter()
    for n, words in enumerate(found):
        seen[words] += 1
        if seen[words] > 1:
            found[n] = f"{words} ({seen[words]})"
    return tuple(found)


def package_of(product: Product, lot: Lot | None) -> Snapshot:
    """Return what the package says now; a reason for nothing is nothing here."""
    expires = lot.expires if lot is not None else None
    return Snapshot(
        name=product_words(product) or None,
        ndc=as_text(product.ndc) or None,
        maker=as_text(product.maker) or None,
        lot=(as_text(lot.number) or None) if lot is not None else None,
        expires=expires if isinstance(expires, PartialDate) else None,
    )


def ordered_mg(giving: Administration) -> Decimal | None:
    """Return what an order by weight comes to, exactly; None where it was not by weight."""
    if giving.per_kg is None or giving.weight is None:
        return None
    return amounts.trimmed(amounts.times(giving.per_kg, giving.weight))


def order_words(giving: Administration) -> str:
    """Return ``0.5 mg/kg × 76.4 kg = 38.2 mg, given 38 mg``; empty where not by weight."""
    ordered = ordered_mg(giving)
    if ordered is None:
        return ""
    words = _("{share} mg/kg × {weight} kg = {ordered} mg").format(
        share=amounts.words(giving.per_kg or Decimal(0)),
        weight=amounts.words(giving.weight or Decimal(0)),
        ordered=amounts.words(ordered),
    )
    given = amounts.mg_of(giving, None)
    if given is None or given == ordered:
        return words
    return _("{order}, given {given} mg").format(order=words, given=amounts.words(given))


def went_in_words(giving: Administration) -> str:
    """Return ``19 of 38 mg went in``; empty where all did, and for one of several devices."""
    given, meant = giving.dose, giving.planned
    if meant is None or giving.device_number is not None:
        return ""
    if isinstance(given, NullFlavor):
        return _("amount given unknown")
    if not isinstance(given, Decimal) or given == meant:
        return ""
    unit = giving.dose_unit.symbol if giving.dose_unit else ""
    return _("{given} of {meant} {unit} went in").format(
        meant=amounts.words(meant), given=amounts.words(given), unit=unit
    )


def amount_words(giving: Administration) -> str:
    """Return ``38 mg``, ``3 × = 300 mg`` for pieces, or the dose in its own words."""
    unit = giving.dose_unit.symbol if giving.dose_unit else ""
    if isinstance(giving.dose, NullFlavor) and not giving.dose_text:
        if giving.planned is None:
            return _("unknown amount")
        planned = f"{amounts.words(giving.planned)} {unit}".strip()
        return _("unknown amount of {planned} planned").format(planned=planned)
    if not isinstance(giving.dose, Decimal):
        return giving.dose_text or ""
    amount = f"{amounts.words(giving.dose)} {unit}".strip()
    if giving.pieces is not None:
        return _("{pieces} pieces, {amount}").format(
            pieces=amounts.words(giving.pieces), amount=amount
        )
    return amount


def pace_words(giving: Administration) -> str:
    """Return ``0.95 mg/min``, ``over 40 min``, or nothing."""
    if giving.rate is not None and giving.rate_unit is not None:
        words = f"{amounts.words(giving.rate)} {giving.rate_unit.symbol}"
        if giving.volume is not None:
            words += " " + _("in {volume} mL").format(volume=amounts.words(giving.volume))
        return words
    if giving.over_minutes is None:
        return ""
    return _("over {minutes} min").format(minutes=amounts.words(giving.over_minutes))


def giving_words(giving: Administration, product: Product | None) -> str:
    """Return ``Ketamine HCl 38 mg, over 40 min`` or ``Spravato 28 mg, device 1``."""
    name = (show(product.name) if product is not None else "") or giving.package.name or ""
    amount = " ".join(w for w in (name, amount_words(giving)) if w)
    device = ""
    if giving.device_number is not None:
        device = _("device {number}").format(number=giving.device_number)
    return ", ".join(w for w in (amount, device, pace_words(giving)) if w)


def course_words(now: Course, giving: Administration, product: Product | None) -> str:
    """Return ``running, 19.95 of 38 mg``, ``paused, 12 mg``, ``ended``."""
    words = _(now.state.words)
    if now.delivered is None:
        unknown = _("{state}, amount not known in mg").format(state=words)
        return words if now.state in (DoseState.GIVEN, DoseState.ENDED) else unknown
    total = amounts.mg_of(giving, product)
    if now.state in (DoseState.RUNNING, DoseState.PAUSED) and total is not None:
        return _("{state}, {part} of {whole} mg").format(
            state=words, part=amounts.words(now.delivered), whole=amounts.words(total)
        )
    if now.state in (DoseState.RUNNING, DoseState.PAUSED):
        return _("{state}, {part} mg").format(state=words, part=amounts.words(now.delivered))
    return words


def delivered_words(giving: Administration, product: Product | None, at: dt.datetime | None) -> str:
    """Return ``38 mg``; of an infusion that was not stopped yet, ``running, 9.5 of 38 mg``.

    ``at`` is the moment it is told for; None where nobody said.
    """
    amount = amount_words(giving)
    if giving.ended is not None or not is_infusion(giving):
        return amount
    if at is None:
        return _("{amount} set, not stopped").format(amount=amount or _("amount"))
    now = course(giving, product, at)
    words = course_words(now, giving, product)
    if now.state is DoseState.COMPLETE:
        return ", ".join(part for part in (amount, words) if part)
    return words


def totals(
    givings: Iterable[Administration], products: Products, at: dt.datetime
) -> tuple[Total, ...]:
    """Return what was given up to ``at``, one line a substance; rescue medicine has its own."""
    found: dict[str, list[Fraction | None]] = {}
    for giving in (g for g in givings if g.stands):
        product = products.get(giving.product_id)
        amount = course(giving, product, at).delivered
        found.setdefault(substance_of(product), []).append(amount)
    return tuple(_total(substance, parts) for substance, parts in found.items())


def _total(substance: str, parts: list[Fraction | None]) -> Total:
    known = [p for p in parts if p is not None]
    return Total(substance, sum(known, Fraction(0)), len(parts), len(parts) - len(known))


def total_words(total: Total) -> str:
    """Return ``ketamine 57.5 mg``; doses of unknown amount are named, never left out."""
    words = f"{total.substance} {amounts.words(total.mg)} mg".strip()
    if not total.unknown:
        return words
    if total.unknown == total.doses:
        return _("{substance}: amount not known").format(substance=total.substance)
    return _("{sum} and {count} of unknown amount").format(sum=words, count=total.unknown)


def marks(
    givings: Iterable[Administration],
    products: Products,
    zero: PartialDate | None,
    at: dt.datetime,
) -> tuple[DoseMark, ...]:
    """Return the doses as marks of the chart; those without a time have no place on it."""
    origin = instant(zero)
    if origin is None:
        return ()
    found = []
    for giving in (g for g in givings if g.stands):
        begin = instant(giving.started)
        if begin is not None:
            found.append(_mark(giving, products.get(giving.product_id), (begin, origin), at))
    return tuple(sorted(found, key=lambda m: m.minute_from))


def _mark(
    giving: Administration,
    product: Product | None,
    times: tuple[dt.datetime, dt.datetime],
    at: dt.datetime,
) -> DoseMark:
    begin, origin = times
    kind, words = _kind(giving), giving_words(giving, product)
    if is_premedication(giving, origin):
        kind, words = DoseKind.PREMEDICATION, _("premedication: {dose}").format(dose=words)
    start = (begin - origin) / MINUTE
    end = None
    if kind is DoseKind.INFUSION and not is_infusion(giving):
        end = instant(giving.ended)
    elif kind is not DoseKind.DEVICE and is_infusion(giving):
        now = course(giving, product, at)
        # What is all in by time has ended then, whether or not somebody has said so.
        end = None if now.state in (DoseState.RUNNING, DoseState.PAUSED) else now.ends
    return DoseMark(start, None if end is None else (end - origin) / MINUTE, words, kind)


def is_premedication(giving: Administration, origin: dt.datetime | None) -> bool:
    """Tell whether a medicine beside the treatment came before its first dose.

    Nothing of the treatment had happened that it could have been given against.
    """
    begin = instant(giving.started)
    beside = giving.role not in {*SUSPECT_ROLES, DrugRole.NOT_GIVEN}
    return beside and begin is not None and origin is not None and begin < origin


def _kind(giving: Administration) -> DoseKind:
    """Return which shape a dose has on the chart."""
    if giving.role is DrugRole.TREATMENT:
        return DoseKind.RESCUE
    if giving.route is FormRoute.NASAL or giving.device_number is not None:
        return DoseKind.DEVICE
    begin, end = instant(giving.started), instant(giving.ended)
    lasts = begin is not None and end is not None and end > begin
    held = giving.route in IN_THE_MOUTH
    return DoseKind.INFUSION if is_infusion(giving) or (lasts and not held) else DoseKind.BOLUS


def planned_mark(giving: Administration, product: Product | None) -> DoseMark:
    """Return the dose that is filled in and not given yet, as if it began at the zero."""
    words = _("planned: {dose}").format(dose=giving_words(giving, product))
    minutes = giving.over_minutes if is_infusion(giving) else None
    end = None if minutes is None else float(minutes)
    return DoseMark(0.0, end, words, _kind(giving), planned=True)
