"""Published and practice cases: imported although incomplete, and what is missing named exactly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.archive import Bundle, case_from, loads
from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import (
    Asker,
    ObservationStatus,
    RequestAnswer,
    SessionEnd,
)
from aeapp.domain.findings import Context, blocks, find_problems
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from tests.factories import TODAY

CASES = Path(__file__).parent.parent / "data" / "cases"


def bundle(name: str) -> Bundle:
    return loads((CASES / f"{name}.json").read_bytes())


def sample(name: str) -> Case:
    return case_from(bundle(name))


def missing(name: str) -> set[str]:
    """Return what the check of a case says, as ``code item path``."""
    found = find_problems(sample(name), "fda3500", Context(today=TODAY))
    lines = [f"{f.code} {f.item or '-'} {f.path}" for f in found]
    assert len(set(lines)) == len(lines), "the same thing is said twice"
    return set(lines)


NO_FILER = {
    "V4 G1 filer.last_name",
    "V4 G1 filer.phone",
    "open G2 filer.health_professional",
    "open G3 filer.occupation",
}
NO_REPORT_DATE = {"open B4 report.reported_on"}
NO_AWARENESS = {"V27 - case.title"}
NO_AVAILABILITY = {"open C1 case.availability"}
NO_RACE = {"open A5 patient.race"}
NO_WEIGHT = {"open A4 subject.weight"}
NO_HISTORY = {"open B7 happening.history"}
NO_PATIENT_CODE = {"V5 A1 subject.identifier"}
NO_CHALLENGES = {"open D7 suspects[0].abated", "open D8 suspects[0].reappeared"}
NO_PRODUCT_DETAILS = {
    "open D1 suspects[0].product.strength",
    "open D1 suspects[0].product.ndc",
    "open D1 suspects[0].product.maker",
    "open D6 suspects[0].lot.expires",
}
NO_LOT = {"open D1 suspects[0].lot.number"}
NO_TYPE = {"open D5 suspects[0].product.types"}
NO_ROUTE = {"open D2 suspects[0].giving.route"}
NO_INDICATION = {"open D4 suspects[0].indication"}
NO_COURSE_OF_THERAPY = {
    "open D2 suspects[0].giving.dose",
    "open D2 suspects[0].giving.frequency",
    "open D3 suspects[0].giving.started",
}
LITERATURE = (
    NO_FILER
    | NO_REPORT_DATE
    | NO_AWARENESS
    | NO_AVAILABILITY
    | NO_PATIENT_CODE
    | NO_RACE
    | NO_WEIGHT
    | NO_CHALLENGES
    | NO_PRODUCT_DETAILS
    | NO_LOT
    | NO_COURSE_OF_THERAPY
    | {
        "V16 B2 events[0].seriousness",
        "V25 - events[0].verbatim",
        "open B3 happening.onset",
        "open B5 events[0].outcome",
        "open B5 events[0].action_taken",
    }
)
EXPECTED: dict[str, set[str]] = {
    "BUILD-1": LITERATURE | NO_HISTORY | {"open A2 subject.age", "open A3 patient.sex"},
    "BUILD-2": LITERATURE | NO_HISTORY | NO_TYPE | NO_ROUTE,
    "BUILD-3": LITERATURE | NO_TYPE,
    "BUILD-4": LITERATURE | NO_TYPE | NO_ROUTE,
    "P1": NO_FILER
    | NO_REPORT_DATE
    | NO_AWARENESS
    | NO_AVAILABILITY
    | NO_RACE
    | NO_HISTORY
    | NO_CHALLENGES
    | NO_PRODUCT_DETAILS
    | NO_TYPE
    | {f"V16 B2 events[{n}].assessed_by" for n in range(3)}
    | {f"open B5 events[{n}].action_taken" for n in range(3)}
    | {f"V25 - decisions[{n}].{name}" for n in range(3) for name in ("decided_by", "at")},
    "P2": NO_FILER
    | NO_REPORT_DATE
    | NO_AWARENESS
    | NO_RACE
    | NO_WEIGHT
    | NO_HISTORY
    | NO_PRODUCT_DETAILS
    | NO_TYPE
    | NO_INDICATION,
    "P3": NO_REPORT_DATE
    | NO_AVAILABILITY
    | NO_RACE
    | NO_HISTORY
    | NO_CHALLENGES
    | NO_TYPE
    | NO_INDICATION
    | (NO_PRODUCT_DETAILS - {"open D1 suspects[0].product.strength"})
    | (NO_FILER - {"V4 G1 filer.last_name"})
    | {
        "V23 G5 filer.withhold_identity",
        "V27 - awareness[0].who",
        *(f"AS1 - events[{n}].stated_causality" for n in range(2)),
        *(f"V16 B2 events[{n}].assessed_by" for n in range(2)),
        *(f"V25 - events[{n}].verbatim" for n in range(2)),
        *(f"open B5 events[{n}].{name}" for n in range(2) for name in ("outcome", "action_taken")),
    },
    # Nothing reached a patient, so that nothing of a giving is asked.
    "P4": NO_FILER | NO_REPORT_DATE | NO_AWARENESS | NO_PRODUCT_DETAILS | NO_TYPE,
    "P5": NO_FILER
    | NO_REPORT_DATE
    | NO_AWARENESS
    | NO_AVAILABILITY
    | NO_RACE
    | NO_WEIGHT
    | NO_HISTORY
    | {
        "open E2a case.device.procode",
        "open E4 case.device.catalog",
        "open E4 case.device.expires",
        "open E4 case.device.udi",
        "open E5 case.device.operator",
        "open E7a case.device.reprocessed",
        "open E8 case.device.serviced",
    },
    "P6": NO_FILER
    | NO_REPORT_DATE
    | NO_AVAILABILITY
    | NO_RACE
    | NO_WEIGHT
    | NO_HISTORY
    | NO_CHALLENGES
    | NO_PRODUCT_DETAILS
    | NO_LOT
    | NO_TYPE
    | NO_INDICATION
    | {
        "AS1 - events[0].stated_causality",
        "V16 B2 events[0].assessed_by",
        "V25 - events[0].verbatim",
        "V27 - awareness[0].who",
        "V27 - awareness[0].at",
        "open B5 events[0].action_taken",
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_check_names_exactly_what_is_missing(name: str) -> None:
    assert missing(name) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_an_incomplete_case_is_a_case_that_is_not_ready(name: str) -> None:
    found = find_problems(sample(name), "fda3500", Context(today=TODAY))

    # The staff member of P3 has a name; everything else that blocks is answered there, too.
    assert blocks(found) is (name != "P3")


def b1(case: Case) -> list[str]:
    return sorted(label(kind) for kind in case.case.types or ())


def shown_tests(case: Case) -> list[str]:
    return [row.text or "" for row in case.tests if row.shown]


# ------------------------------------------------------------------ published cases


def test_build_1_gives_no_age_sex_dose_or_outcome() -> None:
    case = sample("BUILD-1")

    assert (case.subject.age, case.patient.sex) == (None, None)
    assert case.suspects[0].giving.dose is None
    assert case.events[0].outcome is None
    assert case.happening.seriousness is None
    assert case.suspects[0].indication == "post-traumatic stress disorder"
    assert shown_tests(case) == ["Ketamine blood level about twice the level usual for anaesthesia"]


def test_build_2_lists_what_was_taken_besides_ketamine() -> None:
    case = sample("BUILD-2")

    assert [m.name for m in case.concomitants] == [
        "vortioxetine",
        "levothyroxine",
        "lithium",
        "valproate",
        "quetiapine",
    ]
    assert case.suspects[0].giving.route is None


def test_build_3_keeps_the_beta_blocker_out_of_the_other_products() -> None:
    case = sample("BUILD-3")

    assert [m.name for m in case.concomitants] == ["sertraline", "lithium", "quetiapine"]
    assert case.events[0].treatment is not None
    assert shown_tests(case) == ["BP systolic 140 to 150 mmHg"]


def test_build_4_shows_two_givings_of_one_product_as_one_suspect() -> None:
    case = sample("BUILD-4")

    assert len(case.administrations) == 2
    assert len(case.suspects) == 1
    assert case.suspects[0].giving.dose is None
    assert case.events[0].stated_causality == "Naranjo scale: probable"


# ------------------------------------------------------------------ practice cases


def test_p1_is_assessed_and_not_serious() -> None:
    case = sample("P1")

    assert [e.verbatim for e in case.events] == ["dissociation", "nausea", "vomiting"]
    assert case.happening.seriousness == frozenset()
    assert case.case.device.brand is None


def test_p1_sums_the_devices_and_keeps_the_antiemetic_out_of_f1() -> None:
    case = sample("P1")

    assert [s.product.name for s in case.suspects] == ["esketamine nasal spray"]
    assert case.suspects[0].giving.dose == Decimal(84)
    assert [m.name for m in case.concomitants] == ["sertraline"]
    assert case.subject.weight == Decimal(68)


def test_p1_shows_its_three_readings_in_order_each_with_when_it_was() -> None:
    assert shown_tests(sample("P1")) == [
        "before the dose: BP 118/74, HR 70, SpO2 98 %",
        "40 min: BP 142/88, HR 82, SpO2 98 %",
        "before leaving: BP 120/76, HR 72, SpO2 99 %",
        "10:18 CADSS-6 total 9",
    ]


def test_p2_is_a_product_problem_of_a_drug_whose_dose_is_not_known() -> None:
    case = sample("P2")

    assert b1(case) == ["Product Problem (e.g., defects/malfunctions)"]
    assert case.happening.seriousness is None
    assert case.events == ()
    assert len(case.suspects) == 1
    assert case.suspects[0].giving.dose is NullFlavor.UNK
    assert case.suspects[0].giving.dose_text is None
    assert "between 28 and 56 mg" in (case.case.narrative or "")
    assert (case.case.availability, case.case.pictures) == ("yes", True)
    assert case.happening.onset == PartialDate(2026, 8, 18)


def test_p3_was_told_by_the_wife_and_is_filed_by_the_staff() -> None:
    case = sample("P3")
    wife, staff = case.reporters

    assert label(wife.relation) == "Relative or friend"
    assert wife.files is False
    assert case.filer == staff
    assert case.awareness[0].at == PartialDate.parse("2026-04-24T09:20-05:00")
    assert case.happening.onset == PartialDate(2026, 4, 22)
    assert case.happening.seriousness == {"hospitalization"}
    assert case.sessions[0].ending is SessionEnd.AGAINST_ADVICE
    assert case.suspects[0].reappeared is None
    assert not any("lcohol" in (row.text or "") for row in case.tests)
    assert "Alcohol: not known." in (case.case.narrative or "")


def test_p4_has_no_patient_and_asks_for_none() -> None:
    case = sample("P4")

    assert b1(case) == ["Product Use/Medication Error"]
    assert case.subject.identifier == "none"
    assert case.patient.id == ""
    assert case.happening.seriousness is None
    assert "did not reach a patient" in (case.case.narrative or "")
    assert not any(line.split()[1] in ("A2", "A3", "A4", "A5", "B7") for line in missing("P4"))


def test_p5_suspects_the_device_and_no_drug() -> None:
    case = sample("P5")

    assert b1(case) == ["Product Problem (e.g., defects/malfunctions)"]
    assert case.suspects == ()
    assert case.case.device.serial is NullFlavor.UNK
    assert case.concomitants == ()
    struck = case.observations[0]
    assert (struck.value, struck.status) == (Decimal(99), ObservationStatus.ARTEFACT)
    assert struck.status_reason == "The probe lay on the table."
    assert shown_tests(case) == ["second oximeter: SpO2 97 %"]


def test_p6_keeps_the_first_report_and_the_makers_number() -> None:
    case = sample("P6")

    assert case.happening.seriousness == {"hospitalization"}
    assert case.filer.withhold_identity is True
    assert case.report.id == "follow-up"
    assert case.report.reported_on is None
    assert [told.teller for told in case.awareness] == ["the hospital"]
    [creatinine] = [row for row in case.tests if "Creatinine" in (row.text or "")]
    assert (creatinine.text, creatinine.low, creatinine.high) == (
        "Creatinine 0.9 mg/dL",
        "0.6",
        "1.1",
    )
    assert creatinine.at == PartialDate(2026, 7, 31)


def test_p6_keeps_what_the_maker_asks_as_a_request_with_its_wish_and_what_is_open() -> None:
    [asked] = bundle("P6").requests

    assert (asked.asker, asked.number, asked.report_id) == (Asker.MAKER, "US-JX-2026-0099", "first")
    assert (asked.received, asked.wished) == (PartialDate(2026, 8, 10), PartialDate(2026, 8, 25))
    assert [(q.question, q.answer) for q in asked.questions] == [
        ("Outcome", RequestAnswer.ANSWERED),
        ("Discharge summary", None),
        ("Renal function", RequestAnswer.ANSWERED),
    ]
    assert asked.is_open
