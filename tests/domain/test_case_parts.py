from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.case import Case, settle, source_of, split_by_record, write
from aeapp.domain.case_parts import (
    AWARENESS,
    DECISION,
    PARTS,
    SUSPECT,
    add_awareness,
    add_concomitant,
    add_decision,
    add_suspect,
)
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.records import Administration, CaseFile, Event, Patient


@pytest.fixture
def case() -> Case:
    return settle(
        Case(
            case=CaseFile(id="c-1", version=1),
            patient=Patient(id="x-1", version=2),
            events=(Event(id="e-1", version=1),),
            administrations=(Administration(id="a-0", version=1, role=DrugRole.SUSPECT),),
        )
    )


def ids(*names: str):
    return iter(names).__next__


def test_a_new_product_is_a_suspect_of_its_own(case: Case) -> None:
    added = add_suspect(case, ids("p-1", "l-1", "a-1"))

    giving = added.administrations[-1]
    assert (giving.case_id, giving.patient_id) == ("c-1", "x-1")
    assert (giving.product_id, giving.lot_id) == ("p-1", "l-1")
    assert len(added.suspects) == 2


def test_what_is_typed_of_a_new_product_goes_to_its_records(case: Case) -> None:
    added = add_suspect(case, ids("p-1", "l-1", "a-1"))

    for path in ("product.name", "lot.number", "giving.dose"):
        assert source_of(added, f"suspects[1].{path}") is not None
    assert write(added, "suspects[1].lot.number", "KT6B").lots[0].number == "KT6B"


def test_a_new_product_is_stored_even_while_nothing_is_written_in_it(case: Case) -> None:
    added = add_suspect(case, ids("p-1", "l-1", "a-1"))

    assert {after.id for _, after in split_by_record(case, added)} == {"p-1", "l-1", "a-1"}


def test_a_new_medicine_is_one_the_patient_took_at_the_time(case: Case) -> None:
    added = add_concomitant(case)

    assert added.concomitants[-1].role is MedicineRole.CONCOMITANT
    assert write(added, "concomitants[0].name", "Zolpidem").patient.medicines[0].name == "Zolpidem"


def test_a_new_decision_belongs_to_its_event(case: Case) -> None:
    (decision,) = add_decision(case, "e-1", ids("d-1")).decisions

    assert (decision.id, decision.case_id, decision.event_id) == ("d-1", "c-1", "e-1")


def test_a_new_moment_of_awareness_belongs_to_the_case(case: Case) -> None:
    (fact,) = add_awareness(case, ids("w-1")).awareness

    assert (fact.id, fact.case_id) == ("w-1", "c-1")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (SUSPECT, ["p-1", "l-1", "a-1"]),
        (DECISION, ["e-1", "d-1"]),
        (AWARENESS, ["w-1"]),
    ],
)
def test_a_part_is_taken_away_until_it_is_stored(case: Case, name: str, given: list[str]) -> None:
    part = PARTS[name]
    added = part.add(case, given)
    branches = ("products", "lots", "administrations", "decisions", "awareness")
    kept = {b: tuple(replace(r, version=1) for r in getattr(added, b)) for b in branches}

    assert part.remove(added, given) == case
    assert part.remove(replace(added, **kept), given) is None


def test_a_part_takes_as_many_ids_as_it_says(case: Case) -> None:
    for part in PARTS.values():
        given = [f"id-{n}" for n in range(part.ids)]
        part.add(case, ["e-1", *given] if part is PARTS[DECISION] else given)
