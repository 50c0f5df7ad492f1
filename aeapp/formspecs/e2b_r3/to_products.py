"""Products of a message as records: product, lot, giving, opinions, and medicines beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.chair.doses import substance_of
from aeapp.domain.codelists.assessment import Causality, CausalityMethod
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import ActionTaken, Challenge, DrugRole
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Administration, Assessment, Event, Lot, Product
from aeapp.domain.records.patient import Medicine
from aeapp.formspecs.e2b_r3.taking import Taking, coded, fits, held, read_as, texts
from aeapp.formspecs.e2b_r3.to_doses import DATES, OWN_ROUTE, PARENT_ROUTE, UNITS, giving_of
from aeapp.formspecs.e2b_r3.to_facts import with_facts, with_situations
from aeapp.formspecs.e2b_r3.to_parent import has_mother

_CONCOMITANT = DrugRole.CONCOMITANT.value
_ROLES = {
    role.value: role
    for role in (DrugRole.SUSPECT, DrugRole.INTERACTING, DrugRole.NOT_GIVEN)
}  # fmt: skip
_ACTIONS: dict[str, ActionTaken | NullFlavor] = {
    **{action.value: action for action in ActionTaken}, "0": NullFlavor.UNK, "9": NullFlavor.NA,
}  # fmt: skip
_AGAIN: dict[str, Challenge | NullFlavor] = {
    "1": Challenge.YES, "2": Challenge.NO, "3": NullFlavor.UNK, "4": Challenge.NOT_APPLICABLE,
}  # fmt: skip
_NDC = re.compile(r"\d{4,5}-\d{3,4}(-\d{1,2})?", re.ASCII)
_OWN_SOURCE = "reporter"
# FDA's numbers are of the United States.
_HOME = "US"
# By reaction: the words of an opinion, and where they stand.
_Said = dict[str, dict[str, list[Taking]]]
_ROWS = (("name", "G.k.2.2"), ("maker", "G.k.3.3"), ("category", "FDA.G.k.10.1"))


@dataclass(frozen=True, slots=True, repr=False)
class Products:
    """What the products of a message become.

    Attributes:
        events: The reactions with what was done with the products, and whether it came again.
    """

    events: tuple[Event, ...]
    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    givings: tuple[Administration, ...] = ()
    opinions: tuple[Assessment, ...] = ()
    medicines: tuple[Medicine, ...] = ()


def products_of(top: Taking, events: tuple[Event, ...]) -> Products:
    """Return the records of every product."""
    keys = {r.part.key: e.id for r, e in zip(top.members("E.i"), events, strict=True)}
    members = top.members("G.k")
    suspects = [one for one in members if one.text("G.k.1") != _CONCOMITANT]
    medicines = [_medicine(one) for one in members if one.text("G.k.1") == _CONCOMITANT]
    products: list[Product] = []
    lots: list[Lot] = []
    givings: list[Administration] = []
    opinions: list[Assessment] = []
    said: _Said = {}
    route = PARENT_ROUTE if has_mother(top) else OWN_ROUTE
    told = _with_actions(_with_again(events, suspects, keys), suspects)
    told, information = with_situations(told, suspects)
    for n, one in enumerate(suspects, start=1):
        product = _product(one, n)
        products.append(product)
        given, packages = _givings(one, product, route)
        givings += with_facts(one, given, product, told, information[n - 1])
        lots += packages
        opinions += _opinions(one, product, keys, said)
    products = _with_combination(top, products, suspects)
    return Products(
        tuple(_with_words(event, said.get(event.id, {})) for event in told),
        tuple(products), tuple(lots), tuple(givings), tuple(opinions), tuple(medicines),
    )  # fmt: skip


def _product(one: Taking, n: int) -> Product:
    one.take_if("G.k.1", *_ROLES)
    given: dict[str, Any] = {"id": f"product-{n}"}
    if _NDC.fullmatch(one.text("G.k.2.1.1b")):
        given["ndc"] = one.taken("G.k.2.1.1b")
    substances = one.members("G.k.2.3.r")
    unit = UNITS.get(substances[0].text("G.k.2.3.r.3b")) if len(substances) == 1 else None
    strength = unit and fits(Product, "strength", substances[0].text("G.k.2.3.r.3a"))
    if strength:
        substances[0].take("G.k.2.3.r.3a", "G.k.2.3.r.3b")
        given |= {"strength": strength, "strength_unit": unit}
    # An approval of another country has no item.
    rows = (("application", "G.k.3.1"),) if one.text("G.k.3.2") == _HOME else ()
    one.take_if("G.k.3.2", _HOME if one.text("G.k.3.1") else None)
    product = held(Product, one, _ROWS + rows, **given)
    for substance in substances:
        # What is told by the name of the product is not told twice.
        substance.take_if("G.k.2.3.r.1", substance_of(product).capitalize())
    for substance in substances if product.name is None else ():
        product = held(Product, substance, (("name", "G.k.2.3.r.1"),), **_told(product))
    return product


def _told(product: Product) -> dict[str, Any]:
    names = ("id", "ndc", "strength", "strength_unit", "maker", "name", "application",
             "category")  # fmt: skip
    values = {name: getattr(product, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


# --- doses


def _givings(one: Taking, product: Product, route: str) -> tuple[list[Administration], list[Lot]]:
    """Return a giving for each dosage, one where there is none, and the lots they name."""
    lots: dict[str, Lot] = {}
    role = _ROLES.get(one.text("G.k.1"))
    base: dict[str, Any] = {
        "patient_id": "patient", "case_id": "case", "product_id": product.id, "role": role,
        "indication": _indication(one),
    }  # fmt: skip
    found = []
    for n, dose in enumerate(one.members("G.k.4.r"), start=1):
        number = fits(Lot, "number", dose.text("G.k.4.r.7"))
        if number:
            dose.take("G.k.4.r.7")
            lot_id = f"{product.id}-lot-{len(lots) + 1}"
            lot = lots.setdefault(number, Lot(id=lot_id, product_id=product.id, number=number))
            found.append(
                giving_of(dose, base | {"id": f"{product.id}-{n}", "lot_id": lot.id}, route)
            )
        else:
            found.append(giving_of(dose, base | {"id": f"{product.id}-{n}"}, route))
    return found or [Administration(id=f"{product.id}-1", **base)], list(lots.values())


def _indication(one: Taking) -> str | NullFlavor | None:
    members = one.members("G.k.7.r")
    told = list(texts(members, "G.k.7.r.1"))
    joined = fits(Administration, "indication", "; ".join(text for _one, text in told))
    if joined:
        for member, _text in told:
            member.take("G.k.7.r.1")
        return joined
    for member in members:
        value = member.value("G.k.7.r.1")
        reason, _whole = read_as(spec_at(Administration, "indication"), value)
        if isinstance(reason, NullFlavor):
            member.take("G.k.7.r.1")
            return reason
        if value is None and (code := coded(member, "G.k.7.r.2a", "G.k.7.r.2b")):
            return code
    return None


def _medicine(one: Taking) -> Medicine:
    """Return what was taken at the time: name, the first dosage in words, its dates."""
    one.take("G.k.1")
    one.take_if("FDA.G.k.10a", NullFlavor.NA)
    given: dict[str, Any] = {"role": MedicineRole.CONCOMITANT}
    for dose in one.members("G.k.4.r")[:1]:
        parts = (f"{dose.text('G.k.4.r.1a')} {dose.text('G.k.4.r.1b')}".strip(),
                 dose.text("G.k.4.r.8"))  # fmt: skip
        told = fits(Medicine, "dose", "; ".join(part for part in parts if part))
        if told:
            dose.take("G.k.4.r.1a", "G.k.4.r.1b", "G.k.4.r.8")
        dates = held(Medicine, dose, DATES)
        given |= {"dose": told, "started": dates.started, "ended": dates.ended}
    return held(Medicine, one, (("name", "G.k.2.2"),), **given)


# --- product and reaction


def _given_of(suspects: Sequence[Taking]) -> list[Taking]:
    return [one for one in suspects if one.text("G.k.1") != DrugRole.NOT_GIVEN.value]


def _with_actions(events: tuple[Event, ...], suspects: Sequence[Taking]) -> tuple[Event, ...]:
    """Return the reactions with what was done; where the products differ, it is left.

    One of which nothing is told differs, too: an event has one answer for all of them.
    """
    given = _given_of(suspects)
    codes = {one.text("G.k.8") for one in given}
    if len(codes) != 1 or not codes <= _ACTIONS.keys() or not events:
        return events
    (code,) = codes
    for one in given:
        one.take_if("G.k.8", code)
    return tuple(replace(event, action_taken=_ACTIONS[code]) for event in events)


def _with_combination(
    top: Taking, products: list[Product], suspects: Sequence[Taking]
) -> list[Product]:
    """Return the products with whether they come with a device: those that have one, or the one."""
    said = top.text("FDA.C.1.12")
    if said == "false":
        top.take("FDA.C.1.12")
        return [replace(product, combination=False) for product in products]
    parts = [bool(one.members("FDA.G.k.12.r")) or len(suspects) == 1 for one in suspects]
    if said != "true" or not any(parts):
        return products
    top.take("FDA.C.1.12")
    return [
        replace(product, combination=True) if has_part else product
        for product, has_part in zip(products, parts, strict=True)
    ]


def _with_again(
    events: tuple[Event, ...], suspects: Sequence[Taking], keys: Mapping[str, str]
) -> tuple[Event, ...]:
    """Return the reactions with whether they came again; where the products differ, it is left."""
    pairs: dict[str, list[Taking]] = {}
    given = _given_of(suspects)
    for one in suspects:
        for pair in one.members("G.k.9.i"):
            if event_id := keys.get(pair.text("G.k.9.i.1")):
                pair.take("G.k.9.i.1")
                pairs.setdefault(event_id, []).extend([pair] if one in given else [])
    told = []
    for event in events:
        said = [pair.text("G.k.9.i.4") for pair in pairs.get(event.id, [])]
        codes = set(said)
        # A product of which nothing is told differs from those of which something is.
        if len(said) == len(given) and len(codes) == 1 and codes <= _AGAIN.keys():
            (code,) = codes
            for pair in pairs[event.id]:
                pair.take_if("G.k.9.i.4", code)
            told.append(replace(event, rechallenge=_AGAIN[code]))
        else:
            told.append(event)
    return tuple(told)


def _opinions(
    one: Taking, product: Product, keys: Mapping[str, str], said: _Said
) -> list[Assessment]:
    """Return opinions by a category of ours; those in other words are gathered by reaction."""
    found: list[Assessment] = []
    for pair in one.members("G.k.9.i"):
        event_id = keys.get(pair.text("G.k.9.i.1"), "")
        for opinion in pair.members("G.k.9.i.2.r") if event_id else ():
            numbers = [f"G.k.9.i.2.r.{n}" for n in "123"]
            source, method, result = (opinion.text(number) for number in numbers)
            category = _named(Causality, result)
            if category is None:
                words = "; ".join(part for part in (source, method, result) if part)
                told = said.setdefault(event_id, {})
                told.setdefault(f"{product.name or '-'}: {words}", []).append(opinion)
                continue
            how = _named(CausalityMethod, method)
            opinion.take(*(n for n, v in zip(numbers, (source, method, result), strict=True) if v))
            found.append(
                Assessment(
                    id=f"{product.id}-{event_id}-{len(found) + 1}", case_id="case",
                    event_id=event_id, product_id=product.id, category=category,  # type: ignore[arg-type]
                    method=how,  # type: ignore[arg-type]
                    assessor=source if source.casefold() != _OWN_SOURCE else None,
                    comment=f"Method: {method}" if method and how is None else None,
                )
            )  # fmt: skip
    return found


def _named(codes: Any, words: str) -> object:
    return next((c for c in codes if c.words.casefold() == words.strip().casefold()), None)


def _with_words(event: Event, said: Mapping[str, Sequence[Taking]]) -> Event:
    """Return a reaction with opinions in other words, as many as its item holds."""
    told: list[str] = []
    for words, opinions in said.items():
        if fits(Event, "stated_causality", "; ".join((*told, words))):
            told.append(words)
            for opinion in opinions:
                opinion.take(*(f"G.k.9.i.2.r.{n}" for n in "123"))
    return replace(event, stated_causality="; ".join(told) or None)
