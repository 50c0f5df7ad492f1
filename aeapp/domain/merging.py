"""Show several givings of one product as one, as sections D2 and D3 of a report take it.

What they share is kept; what they do not share is added up, worded, or left open: never dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from aeapp.domain import lens
from aeapp.domain.codecs import show, show_date
from aeapp.domain.codelists import label
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Administration
from aeapp.domain.values import PartialDate

Order = Callable[[PartialDate], str]
_KEPT_WHERE_SHARED = (
    "patient_id",
    "session_id",
    "product_id",
    "lot_id",
    "route",
    "route_text",
    "frequency",
    "frequency_text",
    "ongoing",
    "indication",
    "reduced_on",
    "role",
    "dose_form",
)


def merged(givings: list[Administration], order: Order) -> Administration:
    """Return ``givings`` as one, first to last time in ``order``, the doses added or worded."""
    kept: tuple[str, ...] = _KEPT_WHERE_SHARED
    if _same(givings, "duration") and _same(givings, "duration_unit"):
        kept = (*kept, "duration", "duration_unit")
    shared = {name: getattr(givings[0], name) for name in kept if _same(givings, name)}
    total, unit = _total(givings)
    starts = [g.started for g in givings if isinstance(g.started, PartialDate)]
    words = _doses_in_words(givings, summed=total is not None) + _rest_in_words(givings, shared)
    return Administration(
        **shared,
        dose=total,
        dose_unit=unit,
        dose_text="; ".join(words) or None,
        started=min(starts, key=order) if starts else givings[0].started,
        ended=_last_end(givings, order),
    )


def _same(givings: list[Administration], name: str) -> bool:
    first = getattr(givings[0], name)
    return not any(lens.differs(first, getattr(g, name)) for g in givings)


def _last_end(givings: list[Administration], order: Order) -> PartialDate | NullFlavor | None:
    ends = [g.ended for g in givings if isinstance(g.ended, PartialDate)]
    if len(ends) == len(givings):
        return max(ends, key=order)
    # One that is not known may be the last.
    return givings[0].ended if _same(givings, "ended") else None


def _occasion(giving: Administration) -> str:
    day = giving.started.date_part().iso() if isinstance(giving.started, PartialDate) else ""
    return giving.session_id or day


def _total(
    givings: list[Administration],
) -> tuple[Decimal | NullFlavor | None, DoseUnit | None]:
    doses = [g.dose for g in givings]
    if isinstance(doses[0], NullFlavor) and all(d is doses[0] for d in doses):
        return doses[0], None
    known = [d for d in doses if isinstance(d, Decimal)]
    together = _same(givings, "dose_unit") and len({_occasion(g) for g in givings}) == 1
    if not together or len(known) < len(doses):
        return None, None
    return sum(known, Decimal(0)), givings[0].dose_unit


def _doses_in_words(givings: list[Administration], *, summed: bool) -> list[str]:
    if summed or all(g.dose is None for g in givings):
        return [g.dose_text for g in givings if g.dose_text]
    return [_dose_in_words(g) for g in givings]


def _dose_in_words(giving: Administration) -> str:
    if isinstance(giving.dose, Decimal):
        unit = giving.dose_unit.symbol if giving.dose_unit else ""
        note = f"({giving.dose_text})" if giving.dose_text else ""
        return " ".join(part for part in (show(giving.dose), unit, note) if part)
    # Nobody answered is not the answer that it is unknown.
    return giving.dose_text or ("unknown" if giving.dose else "not stated")


def _rest_in_words(givings: list[Administration], shared: dict[str, Any]) -> list[str]:
    words = []
    if "duration" not in shared:
        words += [_duration_in_words(g) for g in givings if isinstance(g.duration, Decimal)]
    if "dose_form" not in shared:
        words += [f"as {g.dose_form}" for g in givings if as_text(g.dose_form)]
    if "reduced_on" not in shared:
        reduced = [g.reduced_on for g in givings if isinstance(g.reduced_on, PartialDate)]
        words += [f"reduced on {show_date(day)}" for day in reduced]
    return words


def _duration_in_words(giving: Administration) -> str:
    unit = label(giving.duration_unit).lower() if giving.duration_unit else ""
    return f"lasted {show(giving.duration)} {unit}".strip()
