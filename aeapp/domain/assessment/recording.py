"""Record an opinion as one step: the answer, who gave it and when stand or fall together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.items import as_text, spec_at
from aeapp.domain.records import Assessment, Event, Product
from aeapp.kernel.errors import BadInputError

_HEAD = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """One event and one suspect product, with what was said of them.

    Attributes:
        place: Of the event in the case.
        opinions: One for each person who assessed the two, in the order in which they were made.
    """

    place: int
    event: Event
    product: Product
    opinions: tuple[Assessment, ...] = ()

    def own(self, who: str) -> Assessment:
        """Return the opinion of a person, or one that nobody's name stands under yet.

        Nobody answers in the name of another: a second person begins an opinion of their own.
        """
        mine = [o for o in self.opinions if not o.assessor or o.assessor == who]
        blank = Assessment(event_id=self.event.id, product_id=self.product.id)
        return mine[-1] if mine else blank

    def others(self, who: str) -> tuple[Assessment, ...]:
        """Return what other people hold of the two."""
        return tuple(o for o in self.opinions if o.assessor and o.assessor != who)

    @property
    def is_judged(self) -> bool:
        """Tell whether somebody gave the causality."""
        return any(o.category is not None for o in self.opinions)


def pairs_of(case: Case) -> tuple[Pair, ...]:
    """Return each event of the case with each suspect product; a product of two lots is one."""
    products = {s.product.id: s.product for s in case.suspects if s.is_given}
    return tuple(
        Pair(place, event, product, _opinions(case, event.id, product.id))
        for place, event in enumerate(case.events)
        for product in products.values()
    )


def _opinions(case: Case, event_id: str, product_id: str) -> tuple[Assessment, ...]:
    wanted = (event_id, product_id)
    return tuple(a for a in case.assessments if (a.event_id, a.product_id) == wanted)


def product_name(product: Product) -> str:
    """Return the name of the product; empty where nobody named it."""
    return as_text(product.name)


def argument_of(opinion: Assessment, new_id: str, changes: Mapping[str, Any]) -> list[str]:
    """Return what the step is made of: ids, then name, before and after of each item.

    Args:
        opinion: What is changed; without an id it is made by the step.
        new_id: Its id then.
        changes: Items of the assessment by their path in it.
    """
    argument = [opinion.id or new_id, opinion.event_id, opinion.product_id]
    for name, value in changes.items():
        argument += [name, _text(lens.get(opinion, name)), _text(value)]
    return argument


def _text(value: Any) -> str:
    return "" if value is None else str(to_json(value))


def _changes(argument: Sequence[str]) -> Iterator[tuple[str, Any, Any]]:
    for n in range(_HEAD, len(argument), _HEAD):
        name, before, after = argument[n : n + _HEAD]
        spec = spec_at(Assessment, name)
        try:
            yield name, from_json(spec, before or None), from_json(spec, after or None)
        except BadInputError as error:
            # A draft that another version of the program kept: the rest of it still counts.
            raise KeyError(name) from error


def record(case: Case, argument: Sequence[str]) -> Case:
    """Return ``case`` with the opinion entered, in a record of its own if there was none."""
    made, event_id, product_id = argument[:_HEAD]
    known = next((a for a in case.assessments if a.id == made), None)
    opinion = known or Assessment(
        id=made, case_id=case.case.id, event_id=event_id, product_id=product_id
    )
    for name, _before, after in _changes(argument):
        opinion = lens.put(opinion, name, after)
    others = tuple(a for a in case.assessments if a.id != made)
    if known is None:
        return replace(case, assessments=(*others, opinion))
    return replace(case, assessments=tuple(opinion if a is known else a for a in case.assessments))


def take_back(case: Case, argument: Sequence[str]) -> Case:
    """Return ``case`` as it was before ``record``; a record never stored goes once it is empty."""
    made = argument[0]
    kept = []
    for opinion in case.assessments:
        if opinion.id == made:
            for name, before, _after in _changes(argument):
                opinion = lens.put(opinion, name, before)  # noqa: PLW2901 - changed item by item
            if not opinion.version and not lens.diff(_blank(opinion), opinion):
                continue
        kept.append(opinion)
    return replace(case, assessments=tuple(kept))


def _blank(opinion: Assessment) -> Assessment:
    return Assessment(
        id=opinion.id,
        case_id=opinion.case_id,
        event_id=opinion.event_id,
        product_id=opinion.product_id,
    )
