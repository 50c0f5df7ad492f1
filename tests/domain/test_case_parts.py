from __future__ import annotations

import json
from dataclasses import replace

import pytest

from aeapp.domain import device_parts
from aeapp.domain.case import Case, settle, source_of, split_by_record, write
from aeapp.domain.case_parts import (
    ASSESSED,
    AWARENESS,
    CAUSE,
    DECISION,
    DEVICE,
    DEVICE_OFF,
    DIAGNOSIS,
    NARRATIVE,
    OTHER_NUMBER,
    PAPER,
    PAPER_OUT,
    PARTS,
    SET_ASIDE,
    SUMMARY,
    SUSPECT,
    WARN_AGAIN,
    add_awareness,
    add_concomitant,
    add_decision,
    add_suspect,
    paper_told,
)
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import DrugRole, RemedialAction
from aeapp.domain.items import NullFlavor
from aeapp.domain.narrative import step
from aeapp.domain.narrative.keeping import made_anew
from aeapp.domain.records import Administration, CaseFile, Event, Patient
from aeapp.domain.records.case import Aside, Device
from aeapp.domain.records.literature import Paper
from aeapp.domain.values import PartialDate


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


def test_a_further_device_is_empty_and_can_be_taken_away_until_something_is_said(
    case: Case,
) -> None:
    part = PARTS[DEVICE]
    added = part.add(case, [])

    assert added.case.devices == {}
    assert part.remove(added, []) == case
    named = write(added, "case.further_devices[0].brand", "Second pump")
    assert list(named.case.devices) == ["case.further_devices[0]"]
    assert part.remove(named, []) is None
    assert part.remove(case, []) is None


def test_a_paper_is_taken_out_of_the_middle_and_brought_back_whole(case: Case) -> None:
    added = PARTS[PAPER].add(case, [])
    assert PARTS[PAPER].remove(added, []) == case
    assert PARTS[PAPER].remove(case, []) is None
    papers = (Paper(reference="A"), Paper(reference=NullFlavor.ASKU, sha256="7" * 64), Paper())
    three = settle(replace(case, case=replace(case.case, literature=papers)))
    told_of = settle(replace(case, case=replace(case.case, literature=papers[:2])))
    assert PARTS[PAPER].remove(told_of, []) is None

    for place in range(3):
        # As the journal keeps it: text that JSON holds.
        told = json.loads(json.dumps(paper_told(three, place)))
        out = PARTS[PAPER_OUT].add(three, told)
        assert out.case.literature == papers[:place] + papers[place + 1 :]
        assert PARTS[PAPER_OUT].remove(out, told) == three


@pytest.mark.parametrize(
    ("kind", "name", "item"),
    [
        (OTHER_NUMBER, "other_numbers", "number"),
        (DIAGNOSIS, "diagnoses", "code"),
        (SUMMARY, "summaries", "text"),
        (PAPER, "literature", "reference"),
        (CAUSE, "causes", "meddra_code"),
    ],
)
def test_what_a_message_asks_several_of_is_added_and_taken_away_while_it_is_blank(
    case: Case, kind: str, name: str, item: str
) -> None:
    part = PARTS[kind]
    added = part.add(case, [])

    owner = "patient" if kind == CAUSE else "case"
    assert len(getattr(getattr(added, owner), name)) == 1
    assert part.remove(added, []) == case
    assert part.remove(write(added, f"{owner}.{name}[0].{item}", "10012174"), []) is None
    assert part.remove(case, []) is None


def test_a_device_is_taken_off_with_its_asides_and_comes_back_as_it_was(case: Case) -> None:
    devices = (
        Device(brand="Pump", expires=PartialDate(2027, 1), lot=NullFlavor.ASKU),
        Device(brand="Third", remedial=frozenset({RemedialAction.RECALL}), failed=False),
    )
    asides = tuple(
        Aside(rule="V20", path=path, value="x", reason="told", at=PartialDate(2026, 11, 24))
        for path in ("case.further_devices[0].procode", "case.further_devices[1].procode",
                     "case.narrative", None)
    )  # fmt: skip
    file = replace(case.case, further_devices=devices, asides=asides)
    full = settle(replace(case, case=file))
    part, argument = PARTS[DEVICE_OFF], device_parts.taking_off(full, 0)

    off = part.add(full, argument)
    assert [d.brand for d in off.case.further_devices] == ["Third"]
    assert [a.path for a in off.case.asides] == [
        "case.further_devices[0].procode", "case.narrative", None,
    ]  # fmt: skip
    assert part.remove(off, argument) == full
    last = part.add(full, device_parts.taking_off(full, 1))
    assert [d.brand for d in last.case.further_devices] == ["Pump"]
    assert [a.path for a in last.case.asides] == [asides[0].path, "case.narrative", None]


@pytest.mark.parametrize("kept", ["", "[]", '{"devices": [{"brand": 3}], "asides": []}'])
def test_a_step_of_devices_that_another_version_kept_is_told(case: Case, kept: str) -> None:
    with pytest.raises(KeyError):
        PARTS[DEVICE_OFF].add(case, ["", kept])


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
        about = {
            PARTS[DECISION]: ["e-1", *given],
            PARTS[ASSESSED]: [*given, "e-1", "p-1"],
            PARTS[PAPER_OUT]: ["0", "", ""],
            PARTS[SET_ASIDE]: [
                "V2",
                "case.narrative",
                "",
                "told by phone",
                "Dana Reyes",
                "2026-11-24",
            ],
            PARTS[WARN_AGAIN]: [
                "V2",
                "case.narrative",
                "",
                "told by phone",
                "Dana Reyes",
                "2026-11-24",
            ],
            PARTS[NARRATIVE]: step.argument_of(case, made_anew(case)),
            PARTS[DEVICE_OFF]: device_parts.taking_off(case, 0),
        }
        part.add(case, about.get(part, given))
