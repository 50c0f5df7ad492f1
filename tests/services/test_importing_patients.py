"""Whose file it is: the code of a patient is a hint, a person's answer decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.codelists.safety import AgeUnit, Sex
from aeapp.domain.records import Patient
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.importing import PatientConflictError, SeveralPatientsError
from tests.helpers.case_files import case_of, take_in
from tests.helpers.clinic import practice_app
from tests.helpers.guards import SENTINEL

OURS = Patient(
    code="P-1",
    name=f"{SENTINEL} Sample",
    record_number="778812",
    birth_date=PartialDate.parse("1990-03-14"),
    sex=Sex.FEMALE,
    history="Hypertension",
    allergies="penicillin",
    medicines=(Medicine(name="lisinopril"), Medicine(name="escitalopram")),
)
OUR_CLINIC = {"clinic": {"id": "k", "name": "Larkspur Ketamine Clinic"}}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def ours(app: App) -> Patient:
    return app.patients.save(OURS)


def of(facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"case": {"id": "c"}, "patient": {"id": "p", "code": "P-1"} | facts} | more


def test_a_code_alone_does_not_say_who_it_is(app: App, ours: Patient, tmp_path: Path) -> None:
    for facts in ({}, {"sex": "2"}, {"name": {"unknown": "MSK"}}, {"birth_date": "1990"}):
        with pytest.raises(PatientConflictError):
            take_in(app, tmp_path, of(facts))
    with pytest.raises(PatientConflictError) as refused:
        take_in(app, tmp_path, of({}, clinic={"id": "k", "name": "Another Clinic"}))

    assert refused.value.items == ()
    assert "nothing in the file shows" in refused.value.message
    assert app.cases.report_ids() == []


@pytest.mark.parametrize("nothing", [{"unknown": "MSK"}, {"unknown": "UNK"}])
def test_equal_reasons_for_no_name_do_not_say_who_it_is(
    app: App, tmp_path: Path, nothing: dict[str, str]
) -> None:
    take_in(app, tmp_path, of({"name": nothing}))

    with pytest.raises(PatientConflictError) as refused:
        take_in(app, tmp_path, of({"name": nothing}))

    assert refused.value.items == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"name": f"{SENTINEL} Sample"},
        {"record_number": "778812"},
        {"birth_date": "1990-03-14", "sex": "2"},
        {"birth_date": "1990-03-14", "medicines": [{"name": "escitalopram"}]},
    ],
)
def test_the_same_person_with_the_same_facts_is_no_question(
    app: App, ours: Patient, tmp_path: Path, facts: dict[str, Any]
) -> None:
    done = take_in(app, tmp_path, of(facts))

    assert done.patient == "known"
    assert case_of(app, done.case_number).patient == ours


def test_a_file_of_this_clinic_needs_no_proof(app: App, ours: Patient, tmp_path: Path) -> None:
    done = take_in(app, tmp_path, of({"sex": "2"}, **OUR_CLINIC))

    assert case_of(app, done.case_number).patient == ours


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"sex": "1"}, ("sex",)),
        ({"phone": "555 0100"}, ("phone",)),
        ({"medicines": [{"name": "clonidine"}]}, ("medicines",)),
        ({"conditions": [{"name": "gout", "icd10cm": "M10.9"}]}, ("conditions",)),
        ({"sex": "1", "history": {"unknown": "UNK"}}, ("sex", "history")),
    ],
)
def test_what_differs_is_named_without_its_value(
    app: App, ours: Patient, tmp_path: Path, facts: dict[str, Any], named: tuple[str, ...]
) -> None:
    with pytest.raises(PatientConflictError) as refused:
        take_in(app, tmp_path, of(facts, **OUR_CLINIC))

    assert refused.value.items == named
    assert ", ".join(named) in refused.value.message
    assert app.patients.get(ours.id) == ours


def test_our_facts_stay_where_the_answer_is_known(app: App, ours: Patient, tmp_path: Path) -> None:
    done = take_in(app, tmp_path, of({"sex": "1"}), patient="known")

    assert done.patient == "known, answered known"
    assert case_of(app, done.case_number).patient == ours


def test_only_what_the_file_answers_is_taken(app: App, ours: Patient, tmp_path: Path) -> None:
    done = take_in(app, tmp_path, of({"sex": "1", "phone": "555 0100"}), patient="file")

    merged = case_of(app, done.case_number).patient
    expected = replace(ours, sex=Sex.MALE, phone="555 0100", version=ours.version + 1)
    assert merged == expected


def test_the_medicines_of_the_file_are_taken_if_it_has_some(
    app: App, ours: Patient, tmp_path: Path
) -> None:
    take_in(app, tmp_path, of({"medicines": [{"name": "clonidine"}]}), patient="file")

    merged = app.patients.get(ours.id)
    assert [m.name for m in merged.medicines] == ["clonidine"]
    assert merged.allergies == ours.allergies


def test_an_age_is_taken_with_its_unit_and_its_day(app: App, tmp_path: Path) -> None:
    told = PartialDate.parse("2019-01-01")
    ours = app.patients.save(
        Patient(code="P-1", age=Decimal(9), age_unit=AgeUnit.MONTH, age_on=told, history="HT")
    )

    take_in(app, tmp_path, of({"age": "36", "age_unit": AgeUnit.YEAR.value}), patient="file")

    merged = app.patients.get(ours.id)
    assert (merged.age, merged.age_unit, merged.age_on) == (Decimal(36), AgeUnit.YEAR, None)
    assert merged.history == "HT"


def test_another_person_of_the_same_code_is_stored_beside(
    app: App, ours: Patient, tmp_path: Path
) -> None:
    done = take_in(app, tmp_path, of({"sex": "1"}), patient="new")

    assert done.patient == "new"
    assert case_of(app, done.case_number).patient.id != ours.id
    assert app.patients.get(ours.id) == ours


@pytest.mark.parametrize("answer", ["", "known", "file"])
def test_a_code_of_several_patients_is_refused(
    app: App, ours: Patient, tmp_path: Path, answer: str
) -> None:
    app.patients.save(replace(OURS, sex=Sex.MALE))

    with pytest.raises(SeveralPatientsError):
        take_in(app, tmp_path, of({"sex": "1"}), patient=answer)

    assert take_in(app, tmp_path, of({"sex": "1"}), patient="new").patient == "new"


def test_a_file_without_a_code_is_of_somebody_new(app: App, ours: Patient, tmp_path: Path) -> None:
    app.patients.save(Patient(name="Nobody"))

    done = take_in(app, tmp_path, {"case": {"id": "c"}, "patient": {"id": "p", "code": " "}})

    assert done.patient == "new"
    assert len(app.patients.ids()) == 3
