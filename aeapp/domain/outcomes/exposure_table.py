"""Exposure in numbers: what was given to how many, in the period and since the beginning.

Sessions and people are counted once in each row, so that the row of all is not the sum of the
others. An amount nobody knows in mg is counted and never guessed.

Source:
    ICH E2F 2.7 and E2C(R2) 3.5 (cumulative and interval exposure).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.listings import Cell
from aeapp.domain.outcomes.small_groups import held_back, is_small
from aeapp.domain.outcomes.words import NOT_TOLD, hidden_words
from aeapp.kernel.i18n import N_, _

COLUMNS = (
    N_("Product"), N_("Route"),
    N_("Doses in the period"), N_("Sessions in the period"), N_("People in the period"),
    N_("Milligrams in the period"), N_("Doses of unknown amount in the period"),
    N_("Doses since the beginning"), N_("Sessions since the beginning"),
    N_("People since the beginning"), N_("Milligrams since the beginning"),
    N_("Doses of unknown amount since the beginning"),
)  # fmt: skip
ALL_ROUTES, ALL_PRODUCTS = N_("all routes"), N_("all products")
NOT_RECORDED = N_("not recorded")


@dataclass(frozen=True, slots=True)
class Given:
    """One suspect dose as it is counted.

    Attributes:
        product: What doses are added up by; empty where it is not recorded.
        route: In words; empty where it is not recorded.
        milligrams: None where the amount is not known in mg.
        within: Whether it is of the period; all count since the beginning.
    """

    product: str
    route: str
    patient_id: str
    session_id: str
    milligrams: Decimal | None
    within: bool


# Product and route of a row; None for all of them.
_Place = tuple[str | None, str | None]
_Products = dict[str, dict[str, list[Given]]]


def exposure_table(given: Iterable[Given], *, shared: bool) -> list[tuple[Cell, ...]]:
    """Return a row a product and route, one a product, and one of all.

    Args:
        given: All up to the end of the period.
        shared: People from one to four are not told, nor is what they could be worked out from.
    """
    products: _Products = {}
    for dose in given:
        products.setdefault(dose.product, {}).setdefault(dose.route, []).append(dose)
    places = _places(products)
    doses = {place: _doses(products, place) for place in places}
    within = {place: [d for d in found if d.within] for place, found in doses.items()}
    then, ever = (_people(products, found, shared=shared) for found in (within, doses))
    return [
        (*_name(place), *_sums(within[place], then[place]), *_sums(doses[place], ever[place]))
        for place in places
    ]


def _in_order(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda one: (not one, one.casefold()))


def _places(products: _Products) -> list[_Place]:
    """Return the rows: what was not recorded stands last, and what is the same stands once."""
    places: list[_Place] = []
    for product in _in_order(products):
        places += [(product, route) for route in _in_order(products[product])]
        if len(products[product]) > 1:
            places.append((product, None))
    if len(products) > 1:
        places.append((None, None))
    return places


def _name(place: _Place) -> tuple[str, str]:
    product, route = place
    return (
        _(ALL_PRODUCTS) if product is None else product or _(NOT_RECORDED),
        _(ALL_ROUTES) if route is None else route or _(NOT_RECORDED),
    )


def _doses(products: _Products, place: _Place) -> list[Given]:
    return [
        dose
        for product, routes in products.items()
        for route, found in routes.items()
        if place[0] in (None, product) and place[1] in (None, route)
        for dose in found
    ]


def _people(
    products: _Products, doses: Mapping[_Place, Collection[Given]], *, shared: bool
) -> dict[_Place, Cell]:
    """Return how many people each row tells."""
    counts = {place: len({d.patient_id for d in found}) for place, found in doses.items()}
    held = _held(products, counts) if shared else set()
    # A word that says "few" of some alone would say of the others that they are not.
    few = all(is_small(counts[place]) for place in held)
    words = hidden_words() if few else _(NOT_TOLD)
    return {place: words if place in held else count for place, count in counts.items()}


def _held(products: _Products, counts: Mapping[_Place, int]) -> set[_Place]:
    """Return the rows whose people are held back: small ones, and those that would tell them."""
    wholes: dict[str, _Place] = {}
    held: set[_Place] = set()
    for product, routes in products.items():
        parts: list[_Place] = [(product, route) for route in routes]
        wholes[product] = (product, None) if len(parts) > 1 else parts[0]
        held |= _held_of(parts, wholes[product], counts)
    if len(products) > 1:
        held |= _held_of(list(wholes.values()), (None, None), counts, held)
    # What is held back of a product must not stand in its routes.
    return held | {
        (product, route)
        for product, whole in wholes.items()
        if whole in held
        for route in products[product]
        if counts[product, route]
    }


def _held_of(
    parts: Sequence[_Place],
    whole: _Place,
    counts: Mapping[_Place, int],
    held: Collection[_Place] = (),
) -> set[_Place]:
    """Return what is held back of the parts of a whole, and the whole where they do not hide."""
    told = [place for place in parts if counts[place]]
    small = [n for n, place in enumerate(told) if is_small(counts[place]) or place in held]
    found = held_back([counts[place] for place in told], small)
    together = found.with_sum and whole not in parts
    return {told[n] for n in found.parts} | (
        {whole} if together or is_small(counts[whole]) else set()
    )


def _sums(doses: Collection[Given], people: Cell) -> tuple[Cell, ...]:
    known = [dose.milligrams for dose in doses if dose.milligrams is not None]
    return (
        len(doses),
        len({dose.session_id for dose in doses} - {""}),
        people,
        sum(known, Decimal(0)),
        len(doses) - len(known),
    )
