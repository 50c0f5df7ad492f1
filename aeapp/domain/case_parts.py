"""Add what a case has several of: suspect products, devices, papers, decisions and the like.

A new part is made of records with ids given from outside, linked and otherwise empty. It can be
taken away again until it is stored; a stored record is never removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aeapp.domain import asides, device_parts, lens
from aeapp.domain.assessment.recording import record, take_back
from aeapp.domain.case import Case, settle, source_of
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.items import Section, spec_at
from aeapp.domain.narrative import step
from aeapp.domain.records import Administration, Awareness, Decision, Lot, Product
from aeapp.domain.records.beyond_forms import Diagnosis, OtherNumber, Summary
from aeapp.domain.records.death import CauseOfDeath
from aeapp.domain.records.device import Device
from aeapp.domain.records.literature import Paper
from aeapp.domain.records.patient import Medicine
from aeapp.domain.stating import is_stated, place_of

NewId = Callable[[], str]


def answered_at(case: Case, path: str) -> Any:
    """Return what a person answered at ``path``: the record's value, or what was stated.

    None where the view shows a computed value that nobody entered.
    """
    target = source_of(case, path)
    if target is None:
        return lens.get(case, path) if is_stated(case, path) else None
    try:
        return lens.get(case, target)
    except KeyError:
        # The record is made by the first entry, such as the reporter who files.
        return None


def name_of(case: Case, path: str) -> str:
    """Return ``path`` by the records it is about where it is a place of a view that may shift."""
    head, bracket, rest = path.partition("]")
    return case.keys.get(head + bracket, head + bracket) + rest


def path_of(case: Case, name: str) -> str:
    """Return the path of what ``name_of`` named.

    Raises:
        KeyError: Its records are no longer in the case.
    """
    path = place_of(case, name) if "[@" in name else name
    if path is None:
        raise KeyError(name)
    return path


SUSPECT, CONCOMITANT, DEVICE = "+suspect", "+concomitant", "+device"
PAPER, PAPER_OUT = "+paper", "-paper"
DEVICE_OFF = "-device"
DECISION, AWARENESS = "+decision", "+awareness"
OTHER_NUMBER, DIAGNOSIS, SUMMARY = "+number", "+diagnosis", "+summary"
CAUSE = "+cause"
ASSESSED = "+assessed"
SET_ASIDE, WARN_AGAIN = "+aside", "-aside"
NARRATIVE = "+narrative"


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


# What a case or its patient has several of, each blank: by the part that adds one.
_LISTS: dict[str, tuple[str, str, Section]] = {
    # The first device stands in every case.
    DEVICE: ("case", "further_devices", Device()),
    OTHER_NUMBER: ("case", "other_numbers", OtherNumber()),
    DIAGNOSIS: ("case", "diagnoses", Diagnosis()),
    SUMMARY: ("case", "summaries", Summary()),
    CAUSE: ("patient", "causes", CauseOfDeath()),
    PAPER: ("case", "literature", Paper()),
}


def _with_one_more(part: str, case: Case, _ids: Sequence[str]) -> Case:
    owner, name, blank = _LISTS[part]
    return _with_list(case, owner, name, (*getattr(getattr(case, owner), name), blank))


def _without_last(part: str, case: Case, _ids: Sequence[str]) -> Case | None:
    """Return ``case`` without the last of a list; None where something is said of it."""
    owner, name, blank = _LISTS[part]
    members = getattr(getattr(case, owner), name)
    return _with_list(case, owner, name, members[:-1]) if members[-1:] == (blank,) else None


def _with_list(case: Case, owner: str, name: str, members: tuple[Section, ...]) -> Case:
    return settle(lens.put(case, f"{owner}.{name}", members))


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


def paper_told(case: Case, place: int) -> list[str]:
    """Return what taking a paper out is told: its place, and what it says, to bring it back."""
    paper = case.case.literature[place]
    return [str(place), *(to_json(getattr(paper, name)) or "" for name in _OF_A_PAPER)]


def _take_paper_out(case: Case, told: Sequence[str]) -> Case:
    place = int(told[0])
    papers = case.case.literature
    return _with_list(case, "case", "literature", papers[:place] + papers[place + 1 :])


def _put_paper_back(case: Case, told: Sequence[str]) -> Case:
    place = int(told[0])
    values = zip(_OF_A_PAPER, told[1:], strict=True)
    facts = {name: from_json(spec_at(Paper, name), text) for name, text in values if text}
    papers = case.case.literature
    back = (*papers[:place], Paper(**facts), *papers[place:])
    return _with_list(case, "case", "literature", back)


_OF_A_PAPER = ("reference", "sha256")
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
    **{
        name: Part(0, partial(_with_one_more, name), partial(_without_last, name))
        for name in _LISTS
    },
    # What the paper says, so that Undo brings it back whole.
    PAPER_OUT: Part(0, _take_paper_out, _put_paper_back),
    # The further devices before and after, each as it is written down.
    DEVICE_OFF: Part(0, device_parts.STEP.done, device_parts.STEP.undone),
    # The first id is that of the event.
    DECISION: Part(
        1,
        lambda case, ids: add_decision(case, ids[0], _giver(ids[1:])),
        lambda case, ids: _without(case, ids[1:], "decisions"),
    ),
    # The new id, if it is needed, then what was answered.
    ASSESSED: Part(1, record, take_back),
    SET_ASIDE: Part(0, asides.add, asides.remove),
    WARN_AGAIN: Part(0, asides.remove, asides.add),
    # The narrative before and after, each as it is written down.
    NARRATIVE: Part(0, step.STEP.done, step.STEP.undone),
    AWARENESS: Part(
        1,
        lambda case, ids: add_awareness(case, _giver(ids)),
        lambda case, ids: _without(case, ids, "awareness"),
    ),
}
