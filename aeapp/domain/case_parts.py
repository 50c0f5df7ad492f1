"""Add what a case has several of: suspect products, further medicines, decisions, awareness.

A new part is made of records with ids given from outside, linked and otherwise empty. It can be
taken away again until it is stored; a stored record is never removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case, settle, source_of
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.records import Administration, Awareness, Decision, Lot, Product
from aeapp.domain.records.patient import Medicine

NewId = Callable[[], str]


def answered_at(case: Case, path: str) -> Any:
    """Return what a person answered at ``path``: the record's value, or what was stated.

    None where the view shows a computed value that nobody entered.
    """
    target = source_of(case, path)
    if target is None:
        stated = any(s.path == path for s in case.case.stated)
        return lens.get(case, path) if stated else None
    try:
        return lens.get(case, target)
    except KeyError:
        # The record is made by the first entry, such as the reporter who files.
        return None


SUSPECT, CONCOMITANT = "+suspect", "+concomitant"
DECISION, AWARENESS = "+decision", "+awareness"


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of part.

    Attributes:
        ids: How many ids a new one takes.
        add: Returns the case with the part; its records get the ids in turn.
        remove: Returns the case without it; None where it must stay.
    """

    ids: int
    add: Callable[[Case, Sequence[str]], Case]
    remove: Callable[[Case, Sequence[str]], Case | None]


def add_suspect(case: Case, new_id: NewId) -> Case:
    """Return ``case`` with one more suspect product: product, lot and a giving that links them."""
    product = Product(id=new_id())
    lot = Lot(id=new_id(), product_id=product.id)
    giving = Administration(
        id=new_id(),
        case_id=case.case.id,
        patient_id=case.patient.id,
        product_id=product.id,
        lot_id=lot.id,
        role=DrugRole.SUSPECT,
    )
    return settle(
        replace(
            case,
            products=(*case.products, product),
            lots=(*case.lots, lot),
            administrations=(*case.administrations, giving),
        )
    )


_BLANK = Medicine(role=MedicineRole.CONCOMITANT)


def add_concomitant(case: Case) -> Case:
    """Return ``case`` with one more medicine of the patient, taken at the time of the event."""
    patient = replace(case.patient, medicines=(*case.patient.medicines, _BLANK))
    return settle(replace(case, patient=patient))


def add_decision(case: Case, event_id: str, new_id: NewId) -> Case:
    """Return ``case`` with a decision on the event, still to be taken."""
    decision = Decision(id=new_id(), case_id=case.case.id, event_id=event_id)
    return settle(replace(case, decisions=(*case.decisions, decision)))


def add_awareness(case: Case, new_id: NewId) -> Case:
    """Return ``case`` with one more moment at which the clinic learnt something."""
    fact = Awareness(id=new_id(), case_id=case.case.id)
    return settle(replace(case, awareness=(*case.awareness, fact)))


def _giver(ids: Sequence[str]) -> NewId:
    return iter(ids).__next__


def _without(case: Case, ids: Sequence[str], *names: str) -> Case | None:
    """Return ``case`` without the records of these ids, none of which may be stored."""
    changes: dict[str, Any] = {}
    for name in names:
        records = getattr(case, name)
        if any(r.id in ids and r.version for r in records):
            return None
        changes[name] = tuple(r for r in records if r.id not in ids)
    return settle(replace(case, **changes))


def _without_last_medicine(case: Case) -> Case | None:
    medicines = case.patient.medicines
    if medicines[-1:] != (_BLANK,):
        return None
    return settle(replace(case, patient=replace(case.patient, medicines=medicines[:-1])))


PARTS: dict[str, Part] = {
    SUSPECT: Part(
        3,
        lambda case, ids: add_suspect(case, _giver(ids)),
        lambda case, ids: _without(case, ids, "administrations", "lots", "products"),
    ),
    CONCOMITANT: Part(
        0,
        lambda case, _: add_concomitant(case),
        lambda case, _: _without_last_medicine(case),
    ),
    # The first id is that of the event.
    DECISION: Part(
        1,
        lambda case, ids: add_decision(case, ids[0], _giver(ids[1:])),
        lambda case, ids: _without(case, ids[1:], "decisions"),
    ),
    AWARENESS: Part(
        1,
        lambda case, ids: add_awareness(case, _giver(ids)),
        lambda case, ids: _without(case, ids, "awareness"),
    ),
}
