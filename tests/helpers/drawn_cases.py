"""Whole cases of any content by a seed: every declared item may be filled, and records belong.

Hypothesis finds a small case that breaks something, and takes a second for ten of them; these are
for runs of thousands.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from aeapp.domain.archive import Bundle, case_from
from aeapp.domain.case import Case
from aeapp.domain.codecs import clean_text
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.findings import item_problem
from aeapp.domain.items import Attribute, FieldSpec, Item, NullFlavor, Section, attributes_of
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    CaseFile,
    Clinic,
    Event,
    Lot,
    Observation,
    Patient,
    Pregnancy,
    Product,
    Report,
    Reporter,
    Score,
    Session,
    Study,
)
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.putting import Around, HeldFile
from tests.factories import AWKWARD

S = TypeVar("S", bound=Section)
_WORDS = (
    "ketamine", "vertigo", "50", "2.5", "every week", "None of note", "A. Person", "L-1", "C62897",
    "0409-2051-05", "NDA021", "IND 12-345", "3.3 mmol/L", "<5 mg/L", "positive", "Sponsor", "eng",
    "  two  blanks ", "a\u00a0b", "Ånström", "x" * 300, "ü" * 20_100, "10.a", "true", "NI", "-",
)  # fmt: skip
_ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Auckland", "UTC")
_UNLINKED = {"asides", "sentences", "left_in", "stated", "further_devices"}


def _text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(_WORDS)
    if kind < 0.8:
        return chance.choice(AWKWARD)
    spread = (0x20, 0x7F) if kind < 0.9 else (0xA0, 0x2FFF)
    signs = (chr(chance.randrange(*spread)) for _ in range(chance.randint(1, 40)))
    return "".join(sign for sign in signs if sign.isprintable())


def _date(chance: random.Random) -> PartialDate:
    known = chance.randint(1, 6)
    timed = known > 3
    return PartialDate(
        chance.randint(2019, 2025) if chance.random() < 0.9 else chance.randint(1910, 2018),
        chance.randint(1, 12) if known > 1 else None,
        chance.randint(1, 28) if known > 2 else None,
        chance.randint(0, 23) if timed else None,
        chance.randint(0, 59) if timed else None,
        chance.randint(0, 59) if known > 4 else None,
        chance.choice((-720, -480, -210, 0, 330, 345, 840)) if timed and known > 5 else None,
    )


def _number(chance: random.Random) -> Decimal:
    whole = chance.choice((chance.randint(0, 9), chance.randint(0, 200), chance.randint(0, 10**9)))
    places = chance.choice((0, 0, 1, 2, 6))
    return Decimal(whole).scaleb(-places)


_SIMPLE: dict[type, Callable[[random.Random], Any]] = {
    str: _text,
    bool: lambda chance: chance.random() < 0.5,
    int: lambda chance: chance.randint(0, 100),
    Decimal: _number,
    PartialDate: _date,
}


def value_of(chance: random.Random, spec: FieldSpec) -> Any:
    """Draw what an item takes: a value, a reason, or nothing."""
    nulls = spec.item.nulls
    if nulls and chance.random() < 0.15:
        return chance.choice(nulls)
    if spec.type is frozenset:
        members = list(spec.element)
        return frozenset(chance.sample(members, chance.randint(0, min(3, len(members)))))
    draw = _SIMPLE.get(spec.type) or (lambda chance: chance.choice(list(spec.type)))
    value = draw(chance)
    if spec.type is str:
        value = clean_text(value)[: spec.item.max_len].strip() or None
    return None if item_problem(spec, value) else value


def drawn(chance: random.Random, cls: type[S], share: float = 0.6, **given: Any) -> S:
    """Draw a section: about a share of its items filled, its links as given."""
    values: dict[str, Any] = {}
    for a in attributes_of(cls):
        if a.name not in given and a.name not in _UNLINKED and chance.random() < share:
            values |= _drawn(chance, a, share)
    return cls(**values | given)


def _drawn(chance: random.Random, a: Attribute, share: float) -> dict[str, Any]:
    if isinstance(a.item, Item):
        return {a.name: value_of(chance, FieldSpec(a.name, a.type, a.element, a.item))}
    if a.link is not None:
        return {}
    if a.repeated:
        count = chance.choice((0, 1, 1, 2))
        return {a.name: tuple(drawn(chance, a.type, share) for _ in range(count))}
    return {a.name: drawn(chance, a.type, share)}


def drawn_case(seed: int) -> Case:
    """Return any whole case: records of one patient that link each other."""
    chance = random.Random(seed)
    share = chance.choice((0.2, 0.5, 0.8, 1.0))
    case_id = f"case-{seed}"
    own: dict[str, Any] = {"patient_id": "patient", "case_id": case_id}
    studies = _some(chance, Study, share, 0, 1)
    products = tuple(
        replace(one, study_id=studies[0].id if studies and chance.random() < 0.5 else "")
        for one in _some(chance, Product, share, 0, 3)
    )
    lots = tuple(
        replace(lot, product_id=chance.choice(products).id)
        for lot in (_some(chance, Lot, share, 0, 3) if products else ())
    )
    events = tuple(
        replace(one, codings=_codings(chance), struck_reason=None)
        for one in _some(chance, Event, share, 0, 3, **own)
    )
    bundle = Bundle(
        clinic=drawn(
            chance, Clinic, share, id="clinic", time_zone=chance.choice((*_ZONES, None)),
            practice=chance.random() < 0.2,
        ),
        patient=drawn(chance, Patient, share, id="patient"),
        studies=studies, products=products, lots=lots, events=events,
        sessions=_some(chance, Session, share, 0, 1, patient_id="patient"),
        administrations=tuple(_giving(chance, share, own, products, lots) for _ in range(
            chance.randint(0, 4) if products else 0)),
        observations=tuple(_reading(chance, share, own, n) for n in range(chance.randint(0, 6))),
        scores=_some(chance, Score, share, 0, 2, patient_id="patient"),
        case=drawn(
            chance, CaseFile, share, id=case_id, patient_id="patient",
            study_id=studies[0].id if studies else "", number=f"KC-2026-{seed:06}",
        ),
        reporters=_some(chance, Reporter, share, 0, 3, case_id=case_id),
        awareness=_some(chance, Awareness, share, 0, 2, case_id=case_id),
        assessments=tuple(
            drawn(chance, Assessment, share, id=f"assessment-{n}", case_id=case_id,
                  event_id=chance.choice(events).id, product_id=chance.choice(products).id)
            for n in range(chance.randint(0, 3) if events and products else 0)
        ),
        reports=_some(chance, Report, share, 0, 1, case_id=case_id),
    )  # fmt: skip
    return case_from(bundle)


def _some(
    chance: random.Random, cls: type[S], share: float, least: int, most: int, **given: Any
) -> tuple[S, ...]:
    name = cls.__name__.lower()
    count = chance.randint(least, most)
    return tuple(drawn(chance, cls, share, id=f"{name}-{n}", **given) for n in range(count))


def _giving(
    chance: random.Random,
    share: float,
    own: dict[str, Any],
    products: tuple[Product, ...],
    lots: tuple[Lot, ...],
) -> Administration:
    product = chance.choice(products)
    ours = ["", *(lot.id for lot in lots if lot.product_id == product.id)]
    return drawn(
        chance, Administration, share, id=f"giving-{chance.getrandbits(40)}", **own,
        product_id=product.id, lot_id=chance.choice(ours), struck_reason=None,
        role=chance.choice((None, DrugRole.SUSPECT, DrugRole.SUSPECT, *DrugRole)),
    )  # fmt: skip


def _reading(chance: random.Random, share: float, own: dict[str, Any], n: int) -> Observation:
    kind = chance.choice((*ObservationKind, ObservationKind.LABORATORY))
    return drawn(
        chance, Observation, share, id=f"reading-{n}", **own, kind=kind,
        unit=chance.choice((*ReadingUnit, None)),
    )  # fmt: skip


def _codings(chance: random.Random) -> tuple[Coding, ...]:
    if chance.random() < 0.4:
        return ()
    code = f"{10000000 + chance.randrange(90000)}"
    return (Coding(terminology=TerminologyName.MEDDRA, edition="28.1", code=code),)


def drawn_around(seed: int) -> Around:
    """Return any surroundings of a case: files, other reports, a pregnancy, a mother."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return Around()
    carried = chance.random() < 0.6
    return Around(
        number=chance.choice(("", "US-OWN-7")),
        files=tuple(HeldFile(f"file-{n}.pdf", chance.choice(("JVBERi0xLjc=", "iVBORw0KGgo=")))
                    for n in range(chance.randint(0, 2))),
        linked=tuple(f"US-OTHER-{n}" for n in range(chance.randint(0, 2))),
        pregnancy=drawn(chance, Pregnancy, 0.7, id="pregnancy") if carried else None,
        mother=drawn(chance, Patient, 0.7, id="mother") if carried and chance.random() < 0.5
        else None,
    )  # fmt: skip


__all__ = ["NullFlavor", "drawn", "drawn_around", "drawn_case", "value_of"]
