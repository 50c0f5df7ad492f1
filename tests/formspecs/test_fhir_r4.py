"""FHIR R4: valid by an independent package, read back equal, nothing invented, nothing named."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle as FhirBundle

from aeapp.domain.archive import case_from, loads
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.assessment import Causality, CausalityMethod
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    PatientInvolvement,
    RateUnit,
    ReadingUnit,
)
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Outcome, ReportType, Seriousness, Severity
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.copies import WITHHELD, deidentified, since
from aeapp.domain.items import NullFlavor, specs_of
from aeapp.domain.records import (
    ALL_RECORDS,
    Administration,
    Assessment,
    Event,
    Observation,
    Patient,
    Score,
)
from aeapp.domain.records.administration import Snapshot
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.fhir import read_fhir
from aeapp.formspecs.fhir_r4.left_out import HELD
from aeapp.formspecs.fhir_r4.of_case import bundle_of
from aeapp.formspecs.fhir_r4.parts import REASONS, json_text
from aeapp.services.fhir import first_dose
from tests.factories import complete_case, day
from tests.helpers.guards import SENTINEL
from tests.helpers.readings import said, terms

CASES = sorted((Path(__file__).parent.parent / "data" / "cases").glob("*.json"))
DOSE = day("2026-11-16T10:00-06:00")


def tree_of(case: Case) -> dict[str, Any]:
    """Return the Bundle of a case, after the independent package took it."""
    text = bundle_of(case, "key").text
    FhirBundle.model_validate_json(text)
    tree: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return tree


def resources(case: Case, kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in tree_of(case)["entry"])
    return [one for one in found if one["resourceType"] == kind]


def one_of(case: Case, kind: str) -> dict[str, Any]:
    (found,) = resources(case, kind)
    return found


def with_event(**changes: Any) -> Case:
    case = complete_case()
    return settle(replace(case, events=(replace(case.events[0], **changes),)))


def with_dose(**changes: Any) -> Case:
    case = complete_case()
    return settle(replace(case, administrations=(replace(case.administrations[0], **changes),)))


def reading(kind: ObservationKind, **changes: Any) -> Observation:
    facts: dict[str, Any] = {"id": "o", "kind": kind, "at": DOSE, "source": ObservationSource.CUFF}
    return Observation(**(facts | changes))


def with_readings(*readings: Observation) -> Case:
    told = tuple(replace(one, id=f"o{n}") for n, one in enumerate(readings))
    return settle(replace(complete_case(), observations=told))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_sample_is_valid_whole_and_without_what_identifies(path: Path) -> None:
    case = case_from(loads(path.read_bytes()))
    move = since(first_dose(case))

    for one in (case, *(deidentified(case, texts_read=r, move=move)[0] for r in (True, False))):
        tree = tree_of(one)
        urls = [entry["fullUrl"] for entry in tree["entry"]]
        assert len(set(urls)) == len(urls)
        links = set(_references(tree))
        assert {link for link in links if not link.startswith("#")} <= set(urls)


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [link for member in node for link in _references(member)]
    if isinstance(node, dict):
        own = [node["reference"]] if "reference" in node else []
        return own + [link for member in node.values() for link in _references(member)]
    return []


VITALS = (
    reading(
        ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(142),
        diastolic=Decimal("88.50"),
        mean=Decimal(106),
        unit=ReadingUnit.MMHG,
    ),
    reading(ObservationKind.HEART_RATE, value=Decimal(96), unit=ReadingUnit.PER_MINUTE),
    reading(ObservationKind.RESPIRATORY_RATE, value=Decimal(16), unit=ReadingUnit.PER_MINUTE),
    reading(
        ObservationKind.OXYGEN_SATURATION,
        value=Decimal("97.50"),
        unit=ReadingUnit.PERCENT,
        source=ObservationSource.OXIMETER,
    ),
    reading(ObservationKind.TEMPERATURE, value=Decimal("36.60"), unit=ReadingUnit.CELSIUS),
    reading(ObservationKind.END_TIDAL_CO2, value=Decimal(38), unit=ReadingUnit.MMHG),
    reading(ObservationKind.WEIGHT, value=Decimal("70.0"), unit=ReadingUnit.KILOGRAM),
)


def test_vital_signs_are_read_back_with_their_digits_and_their_instants() -> None:
    case = with_readings(*VITALS)
    parsed = read_fhir(bundle_of(case, "key").text, terms())

    assert parsed.kept == len(VITALS)
    for back, told in zip(parsed.observations, case.observations, strict=True):
        assert back.kind is told.kind
        assert _figures(back) == _figures(told)
        assert back.unit is told.unit
        assert isinstance(back.at, PartialDate)
        assert back.at.utc() == DOSE.utc()


def _figures(one: Observation) -> list[str]:
    return [str(v) for v in (one.systolic, one.diastolic, one.mean, one.value)]


def test_readings_of_a_deidentified_copy_are_read_back_with_their_values() -> None:
    case = with_readings(*VITALS, replace(VITALS[1], at=day("2026-11-16T10:40:30-06:00")))
    copy, _left = deidentified(case, texts_read=False, move=since(first_dose(case)))
    parsed = read_fhir(bundle_of(copy, "key").text, terms())

    assert said(parsed.observations[1]) == "hr outside 12:00:00+00:00 96 /min"
    assert said(parsed.observations[-1]) == "hr outside 12:40:30+00:00 96 /min"
    assert [_figures(one) for one in parsed.observations[:7]] == [_figures(o) for o in VITALS]


def test_what_was_struck_or_questioned_or_has_no_time_is_read_back_so() -> None:
    heart = VITALS[1]
    case = with_readings(
        heart,
        replace(heart, status=ObservationStatus.STRUCK),
        replace(heart, status=ObservationStatus.ARTEFACT),
        replace(heart, status=ObservationStatus.QUESTIONED, value=Decimal(180)),
        replace(heart, at=NullFlavor.ASKU),
        replace(heart, value=NullFlavor.NASK),
    )
    parsed = read_fhir(bundle_of(case, "key").text, terms())

    assert [str(one.value) for one in parsed.observations] == ["96", "180"]
    assert "entry[8]: There is no value (not-asked)." in parsed.notes
    assert "entry[7]: Left out, because its time is not known (asked-unknown)." in parsed.notes
    assert any("has not confirmed" in question for question in parsed.questions())


def test_other_readings_are_written_in_words() -> None:
    case = with_readings(
        reading(ObservationKind.PAIN, value=Decimal(3), unit=ReadingUnit.SCORE),
        reading(ObservationKind.LABORATORY, test_name="Creatinine", result="0.9 mg/dL", low="0.6"),
        reading(ObservationKind.LABORATORY, result=WITHHELD, note="at home"),
        Observation(id="x", value=Decimal(1)),
        reading(ObservationKind.BLOOD_PRESSURE, systolic=Decimal(120), diastolic=NullFlavor.ASKU),
        reading(ObservationKind.BLOOD_PRESSURE, systolic=Decimal(120)),
    )
    pain, lab, held, bare, half, lone = resources(case, "Observation")[1:]

    assert pain["code"]["coding"][0]["code"] == "72514-3"
    assert "category" not in pain
    assert lab["code"] == {"text": "Creatinine"}
    assert (lab["valueString"], lab["referenceRange"]) == ("0.9 mg/dL", [{"text": "0.6"}])
    assert held["dataAbsentReason"]["coding"][0]["code"] == "masked"
    assert held["note"] == [{"text": "at home"}]
    assert bare["code"]["extension"][0]["valueCode"] == "unknown"
    assert bare["valueQuantity"] == {"value": 1}
    assert half["component"][1]["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"
    assert lone["component"][1]["dataAbsentReason"]["coding"][0]["code"] == "unknown"


@pytest.mark.parametrize(
    ("at", "zone", "written"),
    [
        ("2026", None, "2026"),
        ("2026-11", None, "2026-11"),
        ("2026-11-16", None, "2026-11-16"),
        ("2026-11-16T10:00-06:00", None, "2026-11-16T10:00:00-06:00"),
        ("2026-11-16T10:00:07Z", None, "2026-11-16T10:00:07+00:00"),
        ("2026-11-16T10:00", "America/New_York", "2026-11-16T15:00:00Z"),
        ("2026-11-16T10:00", None, "2026-11-16"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(at: str, zone: str | None, written: str) -> None:
    case = with_event(onset=day(at))
    case = replace(case, clinic=replace(case.clinic, time_zone=zone))

    assert one_of(case, "AdverseEvent")["date"] == written
    told = [i["details"]["text"] for i in one_of(case, "OperationOutcome")["issue"]]
    assert any("without the offset" in text for text in told) == (
        at == "2026-11-16T10:00" and zone is None
    )


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_each_reason_for_having_no_value_has_its_code(reason: NullFlavor) -> None:
    event = one_of(with_event(onset=reason, verbatim="dizzy"), "AdverseEvent")

    (extension,) = event["_date"]["extension"]
    assert extension["valueCode"] == REASONS[reason]


def test_the_four_states_of_seriousness_stay_apart() -> None:
    def told(value: Any) -> Any:
        return one_of(with_event(seriousness=value), "AdverseEvent").get("seriousness")

    assert told(None) is None
    assert told(NullFlavor.NASK)["extension"][0]["valueCode"] == "not-asked"
    assert told(frozenset())["coding"][0]["code"] == "Non-serious"
    both = told(frozenset({Seriousness.DEATH, Seriousness.OTHER}))
    assert [c["code"] for c in both["coding"]] == ["SeriousResultsInDeath", "Serious"]


def test_a_grade_above_severe_is_listed_and_no_number_becomes_seriousness() -> None:
    case = with_event(severity=Severity.DEATH, seriousness=None, outcome=NullFlavor.UNK)
    event = one_of(case, "AdverseEvent")

    assert "severity" not in event
    assert "seriousness" not in event
    assert event["outcome"]["coding"][0]["code"] == "unknown"
    told = [i["details"]["text"] for i in one_of(case, "OperationOutcome")["issue"]]
    assert any("mild, moderate and severe" in text for text in told)

    mild = one_of(with_event(severity=Severity.MILD, outcome=None), "AdverseEvent")
    assert mild["severity"]["coding"][0]["code"] == "mild"
    assert "outcome" not in mild
    asked = one_of(with_event(severity=NullFlavor.ASKU, outcome=Outcome.FATAL), "AdverseEvent")
    assert asked["severity"]["extension"][0]["valueCode"] == "asked-unknown"
    assert asked["outcome"]["coding"][0]["code"] == "fatal"
    assert "severity" not in one_of(with_event(severity=None), "AdverseEvent")


def test_causes_codes_and_kinds_are_written_as_a_person_chose_them() -> None:
    case = with_event(
        verbatim=None,
        codings=(
            Coding(terminology=TerminologyName.MEDDRA, code="10013573", term="Dizziness",
                   edition="29.1"),
            Coding(terminology=TerminologyName.MEDDRA, code="10013573"),
            Coding(terminology=TerminologyName.CTCAE, code="Dizziness"),
        ),
    )  # fmt: skip
    opinions = (
        Assessment(id="a", event_id="event", product_id="product", category=Causality.PROBABLE,
                   method=CausalityMethod.NARANJO),
        Assessment(id="b", event_id="event", product_id="product", category=Causality.CERTAIN,
                   method=CausalityMethod.WHO_UMC),
        Assessment(id="c", event_id="event", product_id="product", category=Causality.POSSIBLE),
        Assessment(id="d", event_id="event", product_id="product"),
    )  # fmt: skip
    kinds = frozenset({ReportType.ERROR, ReportType.ADVERSE_EVENT})
    file = replace(case.case, number="KC-1", types=kinds)
    event = one_of(settle(replace(case, assessments=opinions, case=file)), "AdverseEvent")

    assert event["event"] == {
        "coding": [
            {"system": "https://www.meddra.org", "code": "10013573", "display": "Dizziness",
             "version": "29.1"},
            {"system": "https://www.meddra.org", "code": "10013573"},
        ]
    }  # fmt: skip
    assert event["identifier"] == {"value": "KC-1"}
    assert [c["coding"][0]["code"] for c in event["category"]] == ["product-use-error"]
    first, second, third = event["suspectEntity"][0]["causality"]
    assert first["assessment"]["coding"][0]["code"] == "Probably-Likely"
    assert first["method"]["coding"][0]["code"] == "ProbabilityScale"
    assert second["method"] == {"text": "WHO-UMC"}
    assert "method" not in third


def test_codes_and_judgements_that_have_no_place_are_told() -> None:
    case = with_event(
        codings=(
            Coding(terminology=TerminologyName.CTCAE, code="10013573", term="Dizziness"),
            Coding(terminology=TerminologyName.MEDDRA, term="Dizziness"),
        )
    )
    opinions = (
        Assessment(id="a", event_id="event", product_id="other", category=Causality.PROBABLE),
        Assessment(id="b", event_id="event", product_id="product", category=Causality.PROBABLE),
    )
    told = bundle_of(settle(replace(case, assessments=opinions)), "key").left_out

    assert "A code of another terminology than MedDRA was left out. (1)" in told
    assert [line[-3:] for line in told if line.startswith("A judgement of cause")] == ["(1)"]


def test_a_dose_has_its_package_its_route_and_its_time() -> None:
    case = with_dose(package=Snapshot(ndc="0409-2051-05", lot="L9", expires=day("2028-01")))
    given = one_of(case, "MedicationAdministration")

    assert given["status"] == "completed"
    assert given["medicationReference"] == {"reference": "#package"}
    (package,) = given["contained"]
    assert package["batch"] == {"lotNumber": "L9", "expirationDate": "2028-01"}
    assert package["code"]["coding"][0]["code"] == "0409-2051-05"
    assert given["dosage"]["dose"]["code"] == "mg"
    assert given["dosage"]["route"]["text"] == "Intramuscular"
    assert given["effectiveDateTime"] == "2026-11-16T10:00:00-06:00"
    assert given["reasonCode"] == [{"text": "depression"}]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "completed"),
        ({"struck_reason": "wrong chart"}, ""),
        ({"ongoing": True}, "in-progress"),
        ({"rate": Decimal(1), "rate_unit": RateUnit.MG_PER_MIN}, "unknown"),
        ({"rate": Decimal(1), "ended": day("2026-11-16T10:40-06:00")}, "completed"),
        ({"rate": Decimal(1), "ongoing": False}, "completed"),
        ({"over_minutes": Decimal(40)}, "unknown"),
        ({"started": None}, "unknown"),
        ({"role": DrugRole.NOT_GIVEN}, "not-done"),
    ],
)
def test_a_dose_is_over_when_somebody_said_so(changes: dict[str, Any], status: str) -> None:
    found = resources(with_dose(**changes), "MedicationAdministration")

    assert [one["status"] for one in found] == ([status] if status else ["entered-in-error"])


def test_a_dose_of_which_little_is_known_says_so() -> None:
    bare = Administration(id="giving")
    case = replace(complete_case(), administrations=(bare,), products=(), lots=())
    given = one_of(settle(case), "MedicationAdministration")
    assert given["medicationCodeableConcept"]["extension"][0]["valueCode"] == "unknown"
    assert given["effectivePeriod"]["extension"][0]["valueCode"] == "unknown"
    assert "dosage" not in given

    told = replace(bare, route=NullFlavor.ASKU, started=NullFlavor.ASKU, dose_text="a little")
    given = one_of(settle(replace(case, administrations=(told,))), "MedicationAdministration")
    assert given["effectivePeriod"]["extension"][0]["valueCode"] == "asked-unknown"
    assert given["dosage"]["text"] == "a little"
    assert given["dosage"]["dose"]["extension"][0]["valueCode"] == "unknown"

    spray = replace(bare, dose=Decimal(2), dose_unit=DoseUnit.DF, route_text="by spray")
    given = one_of(settle(replace(case, administrations=(spray,))), "MedicationAdministration")
    assert given["dosage"]["dose"] == {"value": 2, "unit": "DOSAGE FORM - DF"}
    assert given["dosage"]["route"] == {"text": "by spray"}

    odd = replace(bare, dose=Decimal(2), ended=day("2026-11-16"), route=FormRoute.NASAL)
    given = one_of(settle(replace(case, administrations=(odd,))), "MedicationAdministration")
    assert given["dosage"]["dose"] == {"value": 2}
    assert given["effectivePeriod"] == {"end": "2026-11-16"}
    running = replace(bare, rate=Decimal("0.5"))
    given = one_of(settle(replace(case, administrations=(running,))), "MedicationAdministration")
    assert given["dosage"] == {"rateQuantity": {"value": Decimal("0.5")}}
    masked = replace(bare, dose=NullFlavor.ASKU)
    given = one_of(settle(replace(case, administrations=(masked,))), "MedicationAdministration")
    assert given["dosage"]["dose"]["extension"][0]["valueCode"] == "asked-unknown"


def test_scales_go_out_by_number_with_total_and_refusals() -> None:
    filled = Score(
        id="s",
        scale="phq-9",
        edition="1",
        at=DOSE,
        total=Decimal(7),
        items=(
            ScoreItem(number=1, points=2),
            ScoreItem(number=2, points=NullFlavor.ASKU),
            ScoreItem(number=3),
        ),
    )
    struck = Score(id="t", struck_reason="other patient")
    case = replace(complete_case(), scores=(filled, struck))
    first, second = resources(case, "QuestionnaireResponse")

    assert first["_questionnaire"]["extension"][0]["valueString"] == "phq-9 1"
    one, two, three, total = first["item"]
    assert one == {"linkId": "1", "answer": [{"valueInteger": 2}]}
    assert two["answer"][0]["_valueInteger"]["extension"][0]["valueCode"] == "asked-unknown"
    assert three == {"linkId": "3"}
    assert total["answer"] == [{"valueDecimal": 7}]
    assert second["status"] == "entered-in-error"
    assert "item" not in second


def test_the_whole_patient_goes_out_only_in_a_whole_copy() -> None:
    case = complete_case()
    patient = replace(
        case.patient, name=f"{SENTINEL} Sample", record_number="MRN-77", phone="555 0100",
        address="1 Street", birth_date=day("1986-02-03"), deceased_on=day("2026-11-20"),
    )  # fmt: skip
    case = settle(replace(case, patient=patient))
    told = one_of(case, "Patient")
    assert told["name"] == [{"text": f"{SENTINEL} Sample"}]
    assert told["telecom"] == [{"system": "phone", "value": "555 0100"}]
    assert [i["value"] for i in told["identifier"]] == ["MRN-77", "P-0001"]
    assert (told["birthDate"], told["deceasedDateTime"]) == ("1986-02-03", "2026-11-20")
    assert resources(case, "Observation")[0]["subject"]["identifier"] == {"value": "MRN-77"}

    copy, _left = deidentified(case, texts_read=True, move=since(first_dose(case)))
    text = bundle_of(copy, "key").text
    masked = one_of(copy, "Patient")
    assert "identifier" not in masked
    assert masked["_birthDate"]["extension"][0]["valueCode"] == "masked"
    for name in (SENTINEL, "MRN-77", "555 0100", "1 Street", "1986", "P-0001", "11-16", "patient"):
        assert f'"{name}' not in text


def test_reasons_in_the_place_of_a_patients_facts_are_kept() -> None:
    case = complete_case()
    asked = NullFlavor.ASKU
    patient = Patient(id="patient", name=asked, phone=asked, sex=NullFlavor.UNK, deceased_on=asked)
    told = one_of(replace(case, patient=patient), "Patient")
    assert told["gender"] == "unknown"
    assert "value" not in told["telecom"][0]
    assert told["_deceasedDateTime"]["extension"][0]["valueCode"] == "asked-unknown"

    alive = replace(patient, sex=NullFlavor.ASKU, deceased_on=NullFlavor.NA)
    told = one_of(replace(case, patient=alive), "Patient")
    assert "gender" not in told
    assert "_deceasedDateTime" not in told
    bare = one_of(replace(case, patient=Patient(id="patient")), "Patient")
    assert bare == {"resourceType": "Patient"}


def test_an_age_over_89_is_told_as_no_more_than_that() -> None:
    case = complete_case()
    old = settle(replace(case, patient=replace(case.patient, age=Decimal(93))))
    whole = resources(old, "Observation")[0]
    assert whole["valueQuantity"]["value"] == 93
    copy, _left = deidentified(old, texts_read=False)
    assert resources(copy, "Observation")[0]["valueQuantity"] == {
        "value": 89, "unit": "a", "system": "http://unitsofmeasure.org", "code": "a",
        "comparator": ">",
    }  # fmt: skip


def test_a_near_miss_reached_nobody() -> None:
    case = complete_case()
    file = replace(case.case, patient_id="", involvement=PatientInvolvement.NONE)
    nobody = replace(case, case=file, patient=Patient())
    subject = one_of(nobody, "AdverseEvent")["subject"]
    assert subject["extension"][0]["valueCode"] == "not-applicable"
    assert not resources(nobody, "Patient")

    unknown = replace(nobody, case=replace(file, involvement=None))
    subject = one_of(unknown, "AdverseEvent")["subject"]
    assert subject["extension"][0]["valueCode"] == "unknown"


def test_what_r4_has_no_place_for_is_listed_in_the_file_itself() -> None:
    case = with_event(note="She sat down.")
    told = [i["details"]["text"] for i in one_of(case, "OperationOutcome")["issue"]]

    assert "Event, Description: 1" in told
    assert bundle_of(case, "key").left_out == tuple(told)
    assert "She sat down" not in bundle_of(case, "key").text
    # Nothing is on record, so nothing is left out.
    assert not resources(Case(), "OperationOutcome")


def test_the_list_of_what_is_held_names_items_that_are_there() -> None:
    known = {
        f"{cls.__name__}.{name.rpartition('.')[2]}" for cls in ALL_RECORDS for name in specs_of(cls)
    }
    sections = {"Snapshot": Administration, "ScoreItem": Score, "Coding": Event}
    parts = {
        f"{part}.{name.rpartition('.')[2]}"
        for part, cls in sections.items()
        for name in specs_of(cls)
    }

    assert known | parts >= HELD


def test_the_same_case_gives_the_same_bytes_and_another_key_other_urns() -> None:
    case = complete_case()

    assert bundle_of(case, "a").text == bundle_of(case, "a").text
    assert bundle_of(case, "a").text != bundle_of(case, "b").text


def test_decimals_keep_their_digits_in_json() -> None:
    assert json_text({"a": [Decimal("97.50"), True, None, 1, 'q"é'], "b": {"c": []}}) == (
        '{\n  "a": [\n    97.50,\n    true,\n    null,\n    1,\n    "q\\"é"\n  ],\n'
        '  "b": {\n    "c": []\n  }\n}'
    )
