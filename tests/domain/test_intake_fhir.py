"""FHIR: pressures as components, what is withdrawn or absent by name, nothing of two patients."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.intake.fhir import read_fhir
from aeapp.domain.vitals.intake.gathering import Parsed
from tests.helpers.readings import REAL, all_said, sample, terms
from tests.helpers.tools import lacking

FHIR = REAL / "fhir"
HEART_RATE: dict[str, Any] = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
    "effectiveDateTime": "2026-11-23T14:40:00-05:00",
    "valueQuantity": {"value": 71, "code": "/min"},
}
UPPER = {
    "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
    "valueQuantity": {"value": 128, "code": "mm[Hg]"},
}
PANEL: dict[str, Any] = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
    "effectiveDateTime": "2026-11-23T14:40:00-05:00",
}


def read(resource: object, **changes: object) -> Parsed:
    return read_fhir(json.dumps(resource), terms(**changes))


def refused(resource: object) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        read(resource)
    return [problem.text for problem in refusal.value.problems]


def test_a_bundle_is_read_and_every_decision_told() -> None:
    parsed = read_fhir(sample("bundle.json"), terms())

    assert all_said(parsed) == [
        "bp outside 14:40:00-05:00 128/76 mmHg",
        "spo2 oximeter 19:40:00+00:00 97.50 %",
        "hr outside 14:41:00-05:00 71 /min",
        "temperature outside  37 Cel",
    ]
    warm = parsed.observations[3]
    assert (warm.raw_value, warm.raw_unit) == ("98.6", "[degF]")
    assert parsed.observations[0].note == "left arm"
    assert (parsed.rows, parsed.kept, parsed.skipped, parsed.converted) == (7, 4, 3, 1)
    assert parsed.notes == (
        "Left out, because they are no vital signs of this program: 718-7.",
        "entry[1]: There is no value (not-performed).",
        "entry[4]: The time of day is not known.",
        "entry[5]: Left out, because its status is entered-in-error.",
        "entry[6]: There is no value (unknown).",
    )
    assert parsed.questions() == (
        "entry[3], Heart rate (Outside record): Its sender has not confirmed it.",
    )


def test_of_a_long_history_only_the_days_of_the_session_are_taken() -> None:
    days = (dt.date(2026, 1, 1), dt.date(2026, 1, 2))
    parsed = read_fhir(sample("bundle.json"), terms(days=days))

    assert (parsed.kept, parsed.elsewhere, parsed.skipped) == (0, 4, 3)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "hr outside 14:40:00-05:00 71 /min"),
        ({"effectiveDateTime": "2026-11-23T14:40:00.5-05:00"}, "hr outside 14:40:00-05:00 71 /min"),
        (
            {"valueQuantity": {"value": 71.25, "unit": "beats/min"}},
            "hr outside 14:40:00-05:00 71.25 /min",
        ),
        ({"valueQuantity": {"value": 71}}, "hr outside 14:40:00-05:00 71 ?"),
    ],
)
def test_one_observation_is_read(changes: dict[str, Any], line: str) -> None:
    assert all_said(read(HEART_RATE | changes)) == [line]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valueQuantity": {"value": 71}}, "The file names no unit."),
        ({"valueQuantity": {"value": 71, "code": "/min", "comparator": ">"}}, "only a bound"),
        ({"status": "unknown"}, "has not confirmed"),
        ({"status": 7}, "has not confirmed"),
        ({"valueQuantity": {"value": -71, "code": "/min"}}, "Outside what is plausible"),
        ({"valueQuantity": {"value": 710, "code": "/min"}}, "Outside what is plausible"),
    ],
)
def test_what_is_doubtful_is_kept_and_asked_about(changes: dict[str, Any], reason: str) -> None:
    [question] = read(HEART_RATE | changes).questions()

    assert reason in question


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"effectiveDateTime": None}, "The observation has no time."),
        ({"effectiveDateTime": "yesterday"}, "The time is not written like"),
        ({"effectiveDateTime": "2026-02-31"}, "No calendar"),
        ({"valueQuantity": {"value": "71", "code": "/min"}}, "no number that a vital sign"),
        ({"valueQuantity": {"code": "/min"}}, "no number that a vital sign"),
        ({"valueQuantity": {"value": 1e30, "code": "/min"}}, "no number that a vital sign"),
        ({"valueQuantity": {"value": 71, "code": "kPa"}}, "The unit is none of this vital sign."),
        ({"valueQuantity": None, "valueString": "fast"}, "The value is no number with a unit."),
    ],
)
def test_a_vital_sign_that_cannot_be_read_refuses_the_file(
    changes: dict[str, Any], sentence: str
) -> None:
    [found] = refused(HEART_RATE | changes)

    assert found.startswith("Observation: ")
    assert sentence in found


def test_without_a_value_there_is_no_reading() -> None:
    bare = {k: v for k, v in HEART_RATE.items() if k != "valueQuantity"}

    assert read(bare).notes == ("Observation: There is no value (no reason given).",)
    assert read(PANEL).notes == ("Observation: The pressure has no parts, so it was left out.",)


def test_parts_of_a_pressure_are_put_together() -> None:
    height = {"code": {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]}}

    half = read(PANEL | {"component": [UPPER, height, 7]})
    assert half.observations == ()
    assert half.notes[-1] == (
        "Observation: No diastolic stands beside it at this time, so this pressure was left out."
    )
    assert refused(PANEL | {"component": [UPPER, UPPER]}) == [
        "Observation: A part of the pressure stands there twice."
    ]


def test_a_code_that_is_not_of_loinc_is_named_as_left_out() -> None:
    other = {"coding": [{"system": "urn:other", "code": "8867-4"}, 7]}
    parsed = read(HEART_RATE | {"code": other})

    assert (parsed.rows, parsed.skipped) == (1, 1)
    assert "one without a code of LOINC" in parsed.notes[0]


def test_two_patients_in_one_file_refuse_it() -> None:
    both = [HEART_RATE | {"subject": {"reference": f"Patient/{n}"}} for n in "ab"]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in both]}

    assert refused(bundle) == ["The file holds observations of more than one patient."]


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        ({"resourceType": "Patient"}, "is neither an Observation nor a Bundle"),
        ([], "is neither an Observation nor a Bundle"),
        ({"resourceType": "Bundle"}, "holds no Observation"),
        ({"resourceType": "Bundle", "entry": [7, {}, {"resource": 7}]}, "holds no Observation"),
    ],
)
def test_what_is_no_vital_sign_of_fhir_is_refused(tree: object, sentence: str) -> None:
    assert sentence in refused(tree)[0]


# ------------------------------------------------------------------ real files


@pytest.mark.parametrize(
    ("name", "line", "questioned"),
    [
        ("blood-pressure", "bp outside  109/44 mmHg", 0),
        ("heart-rate", "hr outside  44 /min", 0),
        ("oxygen-saturation", "spo2 oximeter  99 %", 0),
        ("respiratory-rate", "rr outside  26 /min", 0),
        ("temperature", "temperature outside  36.55556 Cel", 0),
        ("weight", "weight outside  20.09414 kg", 1),
    ],
)
def test_the_examples_of_us_core_are_read(name: str, line: str, questioned: int) -> None:
    path = FHIR / f"{name}.json"
    if not path.is_file():
        lacking("the examples of US Core are not beside the repository")
    parsed = read_fhir(path.read_bytes(), terms())

    assert all_said(parsed) == [line]
    assert parsed.questioned == questioned
    assert parsed.notes == ("Observation: The time of day is not known.",)


def test_the_simulated_patient_has_six_readings_among_much_else() -> None:
    path = FHIR / "synthea-bundle-1.json"
    if not path.is_file():
        lacking("the simulated patient is not beside the repository")
    parsed = read_fhir(path.read_bytes(), terms())

    assert (parsed.rows, parsed.kept, parsed.skipped, parsed.questioned) == (48, 6, 42, 0)
    assert all_said(parsed)[:2] == [
        "weight outside 15:29:24+00:00 77.97300748096048 kg",
        "bp outside 15:29:24+00:00 106.6797730199243/71.57727343548594 mmHg",
    ]
