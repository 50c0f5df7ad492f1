"""Sentences on what was given, why, when, and what was changed while it ran."""

from __future__ import annotations

from typing import Any

from aeapp.domain.chair import amounts
from aeapp.domain.chair.doses import amount_words, pace_words
from aeapp.domain.codecs import show
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import NullFlavor, Record, as_text
from aeapp.domain.narrative.reading import Reader
from aeapp.domain.narrative.template import ZONE, Template, reads
from aeapp.domain.narrative.words import later, on, one_line, reason_of, sentence, small
from aeapp.domain.values import PartialDate

_PRODUCT = ("name", "strength", "strength_unit")
_AMOUNT = ("dose", "dose_unit", "dose_text", "pieces")
_PACE = ("rate", "rate_unit", "volume", "over_minutes")
_OTHER = ("per_kg", "route", "route_text", "role", "struck_reason")
NO_NAME = "a product that is not named"


def place_of(records: tuple[Record, ...], wanted: str) -> int | None:
    """Return where the record of an id stands; None for nowhere."""
    return next((n for n, r in enumerate(records) if wanted and r.id == wanted), None)


def product_at(reader: Reader, n: int | None) -> str:
    """Return name and strength of a product."""
    if n is None:
        return NO_NAME
    name, strength, unit = (reader.get(f"products[{n}].{item}") for item in _PRODUCT)
    if not one_line(name):
        return NO_NAME
    words = " ".join(w for w in (show(strength), unit.symbol if unit else "") if w)
    return f"{one_line(name)} {words}" if show(strength) else one_line(name)


def _given(reader: Reader, head: str) -> Any:
    reader.several(head, (*_AMOUNT, *_PACE, *_OTHER))
    n = int(head.partition("[")[2].rstrip("]"))
    return reader.case.administrations[n]


def dose(reader: Reader, head: str) -> str | None:
    """Tell one giving: product, exact amount, begin, route, pace, end, lot."""
    giving = _given(reader, head)
    product = product_at(reader, place_of(reader.case.products, giving.product_id))
    amount = amount_words(giving) or "an amount"
    if isinstance(giving.dose, NullFlavor) and not giving.dose_text:
        amount = f"an amount that is {reason_of(giving.dose) or 'not told'}"
    if giving.per_kg is not None:
        amount += f" ({amounts.words(giving.per_kg)} mg/kg)"
    begun, ended = reader.moment(f"{head}.started"), reader.moment(f"{head}.ended")
    route = _route(giving) or _route_as_shown(reader, giving)
    parts = [f"{product}: {amount} was given {_when(begun)}".rstrip(), route, pace_words(giving)]
    parts += [f"ended {later(ended, begun)}"] if isinstance(ended, PartialDate) else []
    parts += [_lot(reader, giving.lot_id)]
    return sentence(", ".join(p for p in parts if p))


def _when(begun: Any) -> str:
    why = reason_of(begun)
    return (
        on(begun) if isinstance(begun, PartialDate) else f"at a time that is {why}" if why else ""
    )


def _route(giving: Any) -> str:
    """Return the route; nothing where nobody told it, or where it does not apply."""
    if isinstance(giving.route, NullFlavor):
        why = reason_of(giving.route)
        return f"route {why}" if why else ""
    words = one_line(giving.route_text) or small(giving.route)
    return f"route {words}" if words else ""


def _route_as_shown(reader: Reader, giving: Any) -> str:
    """Return the route that the form shows for the product, which its session may say."""
    for k, suspect in enumerate(reader.case.suspects):
        if (suspect.product.id, suspect.lot.id) == (giving.product_id, giving.lot_id):
            reader.several(f"suspects[{k}].giving", ("route", "route_text"))
            return _route(suspect.giving)
    return ""


def _lot(reader: Reader, lot_id: str) -> str:
    n = place_of(reader.case.lots, lot_id)
    if n is None:
        return ""
    number = reader.get(f"lots[{n}].number")
    words = one_line(number) or reason_of(number)
    return f"lot {words}" if words else ""


def rescue(reader: Reader, head: str) -> str | None:
    """Tell what was given to treat the event."""
    giving = _given(reader, head)
    product = product_at(reader, place_of(reader.case.products, giving.product_id))
    begun = reader.moment(f"{head}.started")
    words = f"To treat the event, {product} {amount_words(giving)}".rstrip()
    parts = [f"{words} was given {_when(begun)}".rstrip(), _route(giving), pace_words(giving)]
    return sentence(", ".join(p for p in parts if p))


_CHANGES = {
    InfusionChange.RATE: "the rate was changed",
    InfusionChange.PAUSE: "it was paused",
    InfusionChange.RESUME: "it was resumed",
}


def changes(reader: Reader, head: str) -> str | None:
    """Tell what was changed while an infusion ran."""
    n = int(head.partition("[")[2].rstrip("]"))
    giving = reader.case.administrations[n]
    begun = reader.moment(f"{head}.started") if giving.changes else None
    unit = reader.get(f"{head}.rate_unit") if giving.changes else None
    told = []
    for k in range(len(giving.changes)):
        place = f"{head}.changes[{k}]"
        at, change = reader.moment(f"{place}.at"), reader.get(f"{place}.change")
        rate, why = reader.get(f"{place}.rate"), one_line(reader.get(f"{place}.reason"))
        if change is None:
            continue
        words = f"{later(at, begun)} " if isinstance(at, PartialDate) else ""
        words += _CHANGES[change]
        if rate is not None:
            words += f" to {amounts.words(rate)} {unit.symbol if unit else ''}".rstrip()
        told.append(f"{words} ({why})" if why else words)
    return sentence("While it ran, " + "; ".join(told)) if told else None


def indication(reader: Reader, head: str) -> str | None:
    """Tell what a suspect product was given for."""
    product = one_line(reader.get(f"{head}.product.name")) or NO_NAME
    value = reader.get(f"{head}.indication")
    if as_text(value):
        return sentence(f"{product} was given for {one_line(value)}")
    why = reason_of(value)
    return sentence(f"The diagnosis for use of {product} is {why}") if why else None


_GIVEN = reads("administrations[]", *_AMOUNT, *_PACE, *_OTHER, "started", "ended") | {ZONE}
_GIVEN |= reads("products[]", *_PRODUCT) | reads("lots[]", "number")
_OF_CHANGE = ("at", "change", "rate", "reason")

DOSE = Template("dose", _GIVEN | reads("suspects[].giving", "route", "route_text"), dose)
RESCUE = Template("rescue", _GIVEN, rescue)
CHANGES = Template(
    "changes",
    reads("administrations[].changes[]", *_OF_CHANGE)
    | reads("administrations[]", "started", "rate_unit")
    | {ZONE},
    changes,
)
INDICATION = Template(
    "indication", frozenset({"suspects[].product.name", "suspects[].indication"}), indication
)
