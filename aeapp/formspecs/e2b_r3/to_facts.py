"""What a message tells of a product as a whole, as items of its first giving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from aeapp.domain.assessment.until_onset import mg_until_onset
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.safety import DrugInformation
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Administration, Event, Product
from aeapp.formspecs.e2b_r3.taking import Taking, read_as
from aeapp.formspecs.e2b_r3.to_doses import UNITS

_SITUATIONS = {
    DrugInformation.OVERDOSE: SpecialSituation.OVERDOSE,
    DrugInformation.ERROR: SpecialSituation.MEDICATION_ERROR,
    DrugInformation.MISUSE: SpecialSituation.MISUSE,
    DrugInformation.ABUSE: SpecialSituation.ABUSE,
    DrugInformation.OCCUPATIONAL: SpecialSituation.OCCUPATIONAL,
    DrugInformation.OFF_LABEL: SpecialSituation.OFF_LABEL,
}
_CODES = {answer.value: answer for answer in DrugInformation}
_Answers = frozenset[DrugInformation]


def with_situations(
    events: tuple[Event, ...], suspects: Sequence[Taking]
) -> tuple[tuple[Event, ...], list[_Answers]]:
    """Return the reactions with what they came with, and what stays with each product.

    What our events have a word for is theirs where all products agree in it.
    """
    members = [one.members("G.k.10.r") for one in suspects]
    said = [
        frozenset(_CODES[code] for one in some if (code := one.text("G.k.10.r")) in _CODES)
        for some in members
    ]
    for member in (m for some in members for m in some):
        member.take_if("G.k.10.r", *_CODES)
    shared = {one & frozenset(_SITUATIONS) for one in said}
    if not events or len(shared) != 1 or not (common := shared.pop()):
        return events, said
    found = frozenset(_SITUATIONS[answer] for answer in common)
    return tuple(replace(e, situations=found) for e in events), [one - common for one in said]


def with_facts(
    one: Taking,
    givings: Sequence[Administration],
    product: Product,
    events: Sequence[Event],
    information: _Answers,
) -> list[Administration]:
    """Return the givings of a product with what is told of all of them, at the first.

    Args:
        one: The product in the message.
        givings: Its doses, at least one.
        product: As a record.
        events: The reactions, up to the first of which an amount is told.
        information: What else is known of it.
    """
    # That none of FDA's kinds applies says as much as silence.
    one.take_if("FDA.G.k.10a", NullFlavor.NA)
    told = {
        **_cumulative(one, givings, product, events),
        **_gestation(one),
        **_answer(one, "fda_information", "FDA.G.k.10a"),
        **_answer(one, "remarks", "G.k.11"),
    }
    if information:
        told["information"] = information
    return [replace(givings[0], **told), *givings[1:]]


def _answer(one: Taking, name: str, number: str) -> dict[str, Any]:
    value, _whole = read_as(spec_at(Administration, name), one.value(number))
    if value is None:
        return {}
    one.take(number)
    return {name: value}


def _cumulative(
    one: Taking, givings: Sequence[Administration], product: Product, events: Sequence[Event]
) -> dict[str, Any]:
    """Return the amount as stated, where it does not follow from the doses."""
    number, _whole = read_as(spec_at(Administration, "cumulative"), one.text("G.k.5a") or None)
    unit = UNITS.get(one.text("G.k.5b"))
    if not isinstance(number, Decimal) or unit is None:
        return {}
    one.take("G.k.5a", "G.k.5b")
    if unit is UNITS["mg"] and mg_until_onset(givings, events, product, None) == number:
        return {}
    return {"cumulative": number, "cumulative_unit": unit}


def _gestation(one: Taking) -> dict[str, Any]:
    number, _whole = read_as(spec_at(Administration, "gestation"), one.text("G.k.6a") or None)
    # FDA's table writes the trimester with a capital letter, ICH's text without.
    told = one.text("G.k.6b").lower() or None
    unit, _whole = read_as(spec_at(Administration, "gestation_unit"), told)
    if number is None or unit is None:
        return {}
    one.take("G.k.6a", "G.k.6b")
    return {"gestation": number, "gestation_unit": unit}
