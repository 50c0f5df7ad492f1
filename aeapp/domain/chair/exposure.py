"""How much of a substance a person has had so far: sessions, days, mg; unknown stays unknown.

Esketamine and ketamine are never added; medicine given to treat an event is no exposure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from aeapp.domain.chair import amounts
from aeapp.domain.chair.doses import substance_of
from aeapp.domain.codecs import show_date
from aeapp.domain.records import Administration, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a person has had of one substance.

    Attributes:
        sessions: How many sessions had a dose of it.
        mg: Sum of the amounts known in mg.
        unknown: How many doses are not in that sum.
        days: How many days had a dose, of those whose day is known.
        undated: How many doses have no known day.
        first, last: As exactly as known.
    """

    substance: str
    sessions: int
    doses: int
    mg: Fraction
    unknown: int
    days: int
    undated: int
    first: PartialDate | None
    last: PartialDate | None


def exposure(
    givings: Iterable[Administration], products: Mapping[str, Product]
) -> tuple[Exposure, ...]:
    """Return the exposure by substance, the one given most often first."""
    grouped: dict[str, list[Administration]] = {}
    for giving in givings:
        if giving.is_suspect:
            key = substance_of(products.get(giving.product_id))
            grouped.setdefault(key, []).append(giving)
    found = [_of(substance, parts, products) for substance, parts in grouped.items()]
    return tuple(sorted(found, key=lambda e: (-e.doses, e.substance)))


def _of(substance: str, givings: list[Administration], products: Mapping[str, Product]) -> Exposure:
    known = [
        amount
        for g in givings
        if (amount := amounts.mg_of(g, products.get(g.product_id))) is not None
    ]
    starts = sorted(g.started for g in givings if isinstance(g.started, PartialDate))
    days = {day for s in starts if (day := _day(s)) is not None}
    dated = sum(1 for s in starts if s.is_full_day)
    return Exposure(
        substance=substance,
        sessions=len({g.session_id for g in givings if g.session_id}),
        doses=len(givings),
        mg=sum((Fraction(k) for k in known), Fraction(0)),
        unknown=len(givings) - len(known),
        days=len(days),
        undated=len(givings) - dated,
        first=starts[0].date_part() if starts else None,
        last=starts[-1].date_part() if starts else None,
    )


def _day(at: PartialDate) -> dt.date | None:
    return at.first_day() if at.is_full_day else None


def exposure_words(one: Exposure) -> str:
    """Return ``ketamine: 7 sessions, 266 mg on 7 days, 12-Oct-2026 to 21-Nov-2026``."""
    name = one.substance or _("product not named")
    parts = [_count(one.sessions, _("1 session"), _("{count} sessions")), _mg_words(one)]
    words = _("{name}: {parts}").format(name=name, parts=", ".join(p for p in parts if p))
    if one.days:
        words += " " + _count(one.days, _("on 1 day"), _("on {count} days"))
    return ", ".join(w for w in (words, _span_words(one), _undated_words(one)) if w)


def _count(number: int, single: str, several: str) -> str:
    return single if number == 1 else several.format(count=number)


def _mg_words(one: Exposure) -> str:
    known = _("{mg} mg").format(mg=amounts.words(one.mg)) if one.doses > one.unknown else ""
    if not one.unknown:
        return known
    unknown = _count(
        one.unknown, _("1 dose of unknown amount"), _("{count} doses of unknown amount")
    )
    return _("{known} and {unknown}").format(known=known, unknown=unknown) if known else unknown


def _span_words(one: Exposure) -> str:
    if one.first is None or one.last is None:
        return ""
    first, last = show_date(one.first), show_date(one.last)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _undated_words(one: Exposure) -> str:
    return _count(one.undated, _("1 without a day"), _("{count} without a day")) * bool(one.undated)
