"""Each rule of each destination has a case that passes and one that fails, and says where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain import lens
from aeapp.domain.case import Case, TestRow, settle
from aeapp.domain.codelists.assessment import Expectedness
from aeapp.domain.codelists.clinic import (
    DeathSource,
    Destination,
    FacilityType,
    GestationUnit,
    MedicineRole,
    Setting,
    TimeUnit,
)
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity, EventPlace
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    Occupation,
    Outcome,
    ReportType,
    Seriousness,
)
from aeapp.domain.destinations import (
    CIOMS,
    DESTINATIONS,
    DRUG,
    FACILITY,
    FDA3500,
    IND,
    MESSAGE,
    REMS,
)
from aeapp.domain.findings import Context, Finding, find_problems
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Product, Study
from aeapp.domain.records.beyond_forms import Diagnosis, OtherNumber, Summary
from aeapp.domain.records.death import CauseOfDeath
from aeapp.domain.records.device import Device
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.domain.rules import (
    ALL_RULES,
    NOT_HERE,
    assessing,
    fda3500,
    fda3500_dates,
    narrative,
    study,
)
from tests.domain import test_rules_fda3500 as form_cases
from tests.factories import TODAY, day
from tests.helpers.ready_case import DEVICE, ready_case

Changes = dict[str, Any]
READY = {key: ready_case(key) for key in DESTINATIONS}
DEAD = frozenset({Seriousness.DEATH})
UNKNOWN = NullFlavor.UNK


_CODED = READY[MESSAGE].events[0]
_OLDER = tuple(replace(coding, edition="27.0") for coding in _CODED.codings)
TWO_VERSIONS: Changes = {"events": (_CODED, replace(_CODED, id="older", codings=_OLDER))}


def changed(destination: str, changes: Changes) -> Case:
    """Return the whole case of a destination with these items of its records changed."""
    case = READY[destination]
    for path, value in changes.items():
        case = lens.put(case, path, value)
    return settle(case)


def found_in(destination: str, case: Case) -> tuple[Finding, ...]:
    """Return what a check finds."""
    return find_problems(case, destination, Context(today=TODAY))


def said(code: str, destination: str, changes: Changes) -> list[str]:
    """Return severity, number on the form and path of each finding with this code."""
    found = found_in(destination, changed(destination, changes))
    return [f"{f.severity.value} {f.shown or '-'} {f.path}" for f in found if f.code == code]


def _medicines(*rows: Medicine) -> Changes:
    return {"patient.medicines": rows}


_VERSION = _CODED.codings[0].edition


def _coded(edition: str | None) -> Changes:
    condition = Condition(name="migraine", meddra_code="10027599", meddra_edition=edition)
    return {"patient.conditions": (condition,)}


def _many(count: int) -> Changes:
    ids = range(count)
    return {
        "products": tuple(Product(id=f"p{n}", name=f"drug {n}") for n in ids),
        "lots": tuple(Lot(id=f"l{n}", product_id=f"p{n}") for n in ids),
        "administrations": tuple(
            Administration(id=f"a{n}", product_id=f"p{n}", lot_id=f"l{n}") for n in ids
        ),
    }


FOR_REMS = {"report.destination": Destination.REMS, "report.form": "fda3500-2025-09"}
G5 = {"reporters[0].withhold_identity": True}
CI = {"events[0].dechallenge": Challenge.NO, "events[0].rechallenge": Challenge.YES}
NOBODY = {
    "reporters[0].last_name": None,
    "reporters[0].phone": None,
    "reporters[0].occupation": None,
    "reporters[0].health_professional": UNKNOWN,
}
NO_PATIENT = {
    "patient.code": None,
    "patient.age": UNKNOWN,
    "patient.age_unit": None,
    "patient.sex": UNKNOWN,
}
OPINION = "blocks - events[0].stated_causality"

STUDY = {
    "studies": (Study(id="study", title="K-101", blinded=True),),
    "case.study_id": "study",
}
STUDY_DRUG = {
    **STUDY,
    "products": (Product(id="product", study_id="study", name="Study drug, blinded"),),
    "decisions[0].destinations": frozenset({Destination.SPONSOR}),
}

FAILING: list[tuple[str, str, Changes, list[str]]] = [
    (
        "V29",
        FDA3500,
        STUDY,
        ["blocks - decisions[0].destinations", "blocks D1 suspects[0].product.name"],
    ),
    # Of all destinations that share them: numbers of the other form, and what blocks there.
    ("V2", DRUG, {"case.narrative": None}, ["blocks B5 case.narrative"]),
    ("V16", DRUG, {"events[0].seriousness": None}, ["blocks B2 events[0].seriousness"]),
    ("V16", FDA3500, {"events[0].seriousness": None}, ["warns B2 events[0].seriousness"]),
    ("open", DRUG, {"lots[0].number": None}, ["warns C1 suspects[0].lot.number"]),
    ("open", FACILITY, {"case.device.model": None}, ["warns D4 case.device.model"]),
    ("open", CIOMS, {"products[0].name": None}, ["warns 14 suspects[0].product.name"]),
    (
        "open",
        CIOMS,
        {"administrations[0].route": None},
        ["warns 16 suspects[0].giving.route"],
    ),
    ("open", FDA3500, {"patient.sex": None}, ["warns A3 patient.sex"]),
    ("V4", DRUG, {"reporters[0].phone": None}, ["warns E1 filer.phone"]),
    # Room.
    ("V13", FDA3500, {"case.narrative": "x" * 4001}, ["warns B5 case.narrative"]),
    ("V13", FDA3500, {"case.narrative": "😀" * 2001}, ["warns B5 case.narrative"]),
    ("V13", DRUG, {"case.narrative": "x" * 10_001}, ["warns B5 case.narrative"]),
    ("V13", FDA3500, {"case.test_comments": "x" * 2001}, ["warns B6 case.test_comments"]),
    ("V13", FDA3500, {"patient.history": "x" * 2001}, ["warns B7 happening.history"]),
    (
        "V13",
        DRUG,
        {"administrations[0].indication": "x" * 61},
        ["warns C4 suspects[0].indication"],
    ),
    ("V14", FDA3500, _many(3), ["informs D1 suspects[2].product.name"]),
    ("V14", DRUG, _many(3), ["informs C1 suspects[2].product.name"]),
    (
        "V15",
        FDA3500,
        _medicines(*[Medicine(name=f"m{n}") for n in range(11)]),
        ["informs F1 concomitants[10].name"],
    ),
    ("V20", FDA3500, {"case.device": Device(procode="F1")}, ["warns E2a case.device.procode"]),
    ("V20", FACILITY, {"case.device.procode": "F1N"}, ["warns D2a case.device.procode"]),
    # Reporter, death, other products, doses.
    (
        "V23",
        FDA3500,
        {"reporters[0].withhold_identity": None},
        ["informs G5 filer.withhold_identity"],
    ),
    (
        "V26",
        FDA3500,
        {**G5, "case.narrative": "Told by nurse Reporter."},
        ["blocks B5 case.narrative"],
    ),
    (
        "V26",
        FDA3500,
        {**G5, "case.test_comments": "Call (555) 0100. "},
        ["blocks B6 case.test_comments"],
    ),
    (
        "V26",
        FDA3500,
        {**G5, "reporters[0].email": "r@clinic.org", "patient.history": "by R@clinic.org"},
        ["blocks B7 happening.history"],
    ),
    ("V26", IND, {**G5, "case.narrative": "At Larkspur."}, ["blocks B5 case.narrative"]),
    (
        "V28",
        FDA3500,
        _medicines(Medicine(name="Ketamine ")),
        ["warns F1 concomitants[0].name"],
    ),
    (
        "V28",
        CIOMS,
        _medicines(
            Medicine(name="ondansetron"),
            Medicine(name="Ondansetron", role=MedicineRole.EVENT_TREATMENT),
        ),
        ["warns 22 concomitants[0].name"],
    ),
    ("V24", FDA3500, FOR_REMS, ["blocks - report.destination"]),
    ("V24", IND, FOR_REMS, ["blocks - report.destination"]),
    ("V31", FDA3500, {"report.nature": VersionNature.FOLLOW_UP}, ["warns - report.news"]),
    (
        "V31",
        CIOMS,
        {"report.nature": VersionNature.NULLIFICATION, "report.news": "  "},
        ["warns - report.news"],
    ),
    (
        "V30",
        FDA3500,
        {"events[0].seriousness": DEAD},
        ["warns B2 patient.death_source", "warns B2 patient.death_cause"],
    ),
    (
        "V33",
        FDA3500,
        {"administrations[0].planned": Decimal(50)},
        ["warns D2 administrations[0].dose_text"],
    ),
    # The four elements.
    ("MC1", IND, NO_PATIENT, ["blocks A1 subject.identifier"]),
    ("MC1", DRUG, NO_PATIENT, ["warns A1 subject.identifier"]),
    ("MC2", CIOMS, NOBODY, ["blocks 26 filer.last_name"]),
    ("MC2", IND, NOBODY, ["blocks E1 filer.last_name"]),
    ("MC2", DRUG, NOBODY, ["warns E1 filer.last_name"]),
    ("MC3", IND, {"products[0].name": UNKNOWN}, ["blocks C1 suspects[0].product.name"]),
    ("MC3", DRUG, {"administrations": ()}, ["blocks C1 suspects"]),
    ("MC4", CIOMS, {"events[0].verbatim": None}, ["blocks 7+13 events[0].verbatim"]),
    ("MC4", IND, {"events": ()}, ["blocks B5 case.types"]),
    # User facility.
    ("V17", FACILITY, {"clinic.facility": None}, ["blocks - clinic.facility"]),
    (
        "V17",
        FACILITY,
        {"clinic.facility": FacilityType.PHYSICIAN_OFFICE},
        ["blocks - clinic.facility"],
    ),
    ("UF1", FACILITY, {"case.device": Device(model="P1")}, ["blocks D1 case.device.brand"]),
    # Each further device as the first; an empty one asks nothing.
    (
        "UF1",
        FACILITY,
        {"case.further_devices": (Device(), Device(model="P2"))},
        ["blocks D1 case.further_devices[1].brand"],
    ),
    (
        "UF5",
        FACILITY,
        {"case.further_devices": (Device(brand="Second"),)},
        ["warns D3 case.further_devices[0].maker"],
    ),
    (
        "V14",
        FACILITY,
        {"case.further_devices": (Device(), Device(brand="Second"), Device(brand="Third"))},
        ["informs D1 case.further_devices[1].brand"],
    ),
    (
        "V20",
        FDA3500,
        {"case.further_devices": (Device(procode="F1"),)},
        ["warns E2a case.further_devices[0].procode"],
    ),
    (
        "CX1",
        FACILITY,
        {
            "case.further_devices": (
                Device(implanted=day("2026-02-01"), explanted=day("2026-01-01")),
            )
        },
        ["blocks D6b case.further_devices[0].explanted"],
    ),
    (
        "CX2",
        FACILITY,
        {"case.further_devices": (Device(reprocessed=True),)},
        ["warns D7b case.further_devices[0].reprocessor"],
    ),
    (
        "V10",
        FDA3500,
        {"case.further_devices": (Device(implanted=day("2026-02")),)},
        ["warns E6a case.further_devices[0].implanted"],
    ),
    ("UF2", FACILITY, {"awareness[0].at": UNKNOWN}, ["blocks - awareness[0].at"]),
    ("UF2", FACILITY, {"awareness": ()}, ["blocks - case.title"]),
    (
        "UF3",
        FACILITY,
        {"events[0].seriousness": frozenset({Seriousness.HOSPITALIZATION})},
        ["warns B2 happening.seriousness"],
    ),
    (
        "UF4",
        FACILITY,
        {"clinic.name": None, "clinic.address": None, "clinic.phone": None},
        ["warns - clinic.name", "warns - clinic.address", "warns - clinic.phone"],
    ),
    ("UF5", FACILITY, {"case.device.maker": UNKNOWN}, ["warns D3 case.device.maker"]),
    ("V18", FACILITY, {"report.facility_number": "123"}, ["blocks F2 report.facility_number"]),
    (
        "V18",
        FACILITY,
        {"report.capacity": Capacity.USER_FACILITY},
        ["warns F2 report.facility_number"],
    ),
    (
        "UF6",
        FACILITY,
        {"report.capacity": Capacity.USER_FACILITY, "case.device.age_months": UNKNOWN},
        [
            "warns F10 report.sent_to_fda",
            "warns F11 case.place",
            "warns F12 report.sent_to_maker",
            "warns F4 facility.contact",
            "warns F9 case.device.problem_code",
        ],
    ),
    (
        "UF6",
        FACILITY,
        {
            "report.capacity": Capacity.USER_FACILITY,
            "clinic.contact": "Robin",
            "case.device.problem_code": "A0402",
            "report.sent_to_fda": False,
            "case.place": EventPlace.HOME,
            "report.sent_to_maker": True,
        },
        ["warns F8 case.device.age_years"],
    ),
    # Studies and partners.
    ("IN1", IND, {"assessments": ()}, [OPINION]),
    (
        "IN2",
        IND,
        {"events[0].seriousness": frozenset()},
        ["warns B2 happening.seriousness"],
    ),
    ("IN3", IND, {"awareness": ()}, ["blocks - case.title"]),
    ("IN3", DRUG, {"awareness[0].at": None}, ["blocks - awareness[0].at"]),
    (
        "IN4",
        IND,
        {"assessments[0].expectedness": None},
        ["warns - events[0].stated_causality"],
    ),
    ("CI1", CIOMS, {"clinic.country": None}, ["warns - clinic.country"]),
    # REMS.
    ("RM1", REMS, {"sessions": ()}, ["blocks - case.title"]),
    ("RM1", REMS, {"sessions[0].setting": Setting.HOME}, ["blocks - case.title"]),
    ("RM1", REMS, {"patient.name": None}, ["blocks - patient.name"]),
    ("RM1", REMS, {"sessions[0].ready_minute": None}, ["blocks - sessions[0].number"]),
    (
        "RM2",
        REMS,
        {"sessions[0].ended": day("2026-11-16T11:00-06:00")},
        ["warns - sessions[0].override_reason"],
    ),
    ("RM3", REMS, {"sessions[0].rems_completed": None}, ["warns - sessions[0].rems_completed"]),
    # Contradictions.
    (
        "CX1",
        FACILITY,
        {"case.device.implanted": day("2026-02"), "case.device.explanted": day("2026-01")},
        ["blocks D6b case.device.explanted"],
    ),
    (
        "CX2",
        FACILITY,
        {"case.device.reprocessed": True},
        ["warns D7b case.device.reprocessor"],
    ),
    (
        "CX2",
        FDA3500,
        {"case.device": Device(reprocessor="Somebody")},
        ["blocks E7b case.device.reprocessor"],
    ),
    (
        "CX3",
        FDA3500,
        {
            "administrations[0].ended": day("2026-11-15"),
            "administrations[0].reduced_on": day("2026-11-14"),
        },
        ["blocks D3 suspects[0].giving.ended", "blocks D3 suspects[0].giving.reduced_on"],
    ),
    (
        "CX4",
        FDA3500,
        {"administrations[0].ongoing": True, "administrations[0].ended": day("2026-11-16")},
        ["blocks D3 suspects[0].giving.ongoing"],
    ),
    (
        "CX5",
        FDA3500,
        {
            "administrations[0].duration": Decimal(1),
            "administrations[0].ended": day("2026-11-16"),
        },
        ["warns D3 suspects[0].giving.duration"],
    ),
    (
        "CX6",
        FDA3500,
        {"events[0].seriousness": frozenset({Seriousness.INTERVENTION})},
        ["warns B2 happening.seriousness"],
    ),
    ("CX7", CIOMS, {"events[0].ended": day("2026-11-15")}, ["blocks - events[0].ended"]),
    (
        "CX8",
        CIOMS,
        {"events[0].dechallenge": Challenge.YES},
        ["warns 20 events[0].dechallenge"],
    ),
    (
        "CX9",
        DRUG,
        {**CI, "events[0].outcome": Outcome.NOT_RECOVERED},
        ["warns C8 events[0].rechallenge"],
    ),
    (
        "CX10",
        FDA3500,
        _medicines(
            Medicine(
                name="x",
                started=day("2026-02"),
                ended=day("2026-01"),
                role=MedicineRole.CONCOMITANT,
            )
        ),
        ["blocks F1 concomitants[0].ended"],
    ),
    (
        "CX10",
        FDA3500,
        _medicines(Medicine(name="x", started=day("2020-02"), ended=day("2020-01"))),
        ["blocks B7 patient.medicines[0].ended"],
    ),
    ("CX11", FDA3500, {"lots[0].expires": day("2026-10")}, ["warns D6 suspects[0].lot.expires"]),
    (
        "CX12",
        FDA3500,
        {"reporters[0].health_professional": False},
        ["warns G2 filer.health_professional"],
    ),
    (
        "CX12",
        DRUG,
        {"reporters[0].occupation": Occupation.NON_PROFESSIONAL},
        ["warns E2 filer.health_professional"],
    ),
    (
        "CX13",
        FDA3500,
        {"products[0].strength_unit": None},
        ["warns D1 suspects[0].product.strength_unit"],
    ),
    ("EM1", MESSAGE, {"events[0].codings": ()}, ["blocks - events[0].verbatim"]),
    ("EM2", MESSAGE, {"awareness": ()}, ["blocks - case.title"]),
    ("EM2", MESSAGE, {"awareness[0].at": day("2026-11")}, ["blocks - awareness[0].at"]),
    ("EM3", MESSAGE, {"clinic.sender_id": None}, ["blocks - clinic.sender_id"]),
    (
        "EM4",
        MESSAGE,
        {"reporters[0].country": None, "clinic.country": None},
        ["blocks C.2.1 filer.country"],
    ),
    ("EM5", MESSAGE, TWO_VERSIONS, ["blocks - events[0].verbatim"]),
    ("EM10", MESSAGE, {"events[0].language": "fra"}, ["warns - events[0].translation"]),
    ("EM11", MESSAGE, {"events[0].duration": Decimal(3)}, ["blocks - events[0].duration_unit"]),
    (
        "EM11",
        MESSAGE,
        {"administrations[0].gestation_unit": GestationUnit.WEEK},
        ["blocks - administrations[0].gestation"],
    ),
    ("EM5", MESSAGE, _coded("27.0"), ["blocks - patient.conditions[0].meddra_edition"]),
    ("EM6", MESSAGE, _coded(None), ["blocks - patient.conditions[0].meddra_edition"]),
    ("EM6", MESSAGE, {"case.diagnoses": (Diagnosis(edition=_VERSION),)},
     ["warns - case.diagnoses[0].edition"]),
    ("EM6", MESSAGE, _medicines(Medicine(name="m", role=MedicineRole.PAST,
                                         reaction_code="10012174")),
     ["blocks - patient.medicines[0].meddra_edition"]),
    ("EM6", MESSAGE, {"patient.causes": (CauseOfDeath(meddra_code="10040047"),)},
     ["blocks - patient.causes[0].meddra_edition"]),
    ("EM7", MESSAGE, {"case.other_numbers": (OtherNumber(source="Maker"),)},
     ["blocks - case.other_numbers[0].number"]),
    ("EM7", MESSAGE, {"case.other_numbers": (OtherNumber(number="7"),)},
     ["blocks - case.other_numbers[0].source"]),
    ("EM8", MESSAGE, {"case.summaries": (Summary(text="Se desmayó."),)},
     ["blocks - case.summaries[0].language"]),
    ("EM9", MESSAGE, _medicines(Medicine(name="m", meddra_edition=_VERSION,
                                         indication_code="10012174")),
     ["warns - patient.medicines[0].role"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "destination", "changes", "expected"), FAILING)
def test_a_broken_rule_says_how_grave_it_is_and_where(
    code: str, destination: str, changes: Changes, expected: list[str]
) -> None:
    assert said(code, destination, changes) == expected


PASSING: list[tuple[str, str, Changes]] = [
    ("V29", FDA3500, STUDY_DRUG),
    ("V13", FDA3500, {"case.narrative": "x" * 4000}),
    ("V13", DRUG, {"case.narrative": "x" * 10_000}),
    ("V14", FDA3500, _many(2)),
    ("V15", FDA3500, _medicines(*[Medicine(name=f"m{n}") for n in range(10)])),
    ("V17", FACILITY, {"clinic.facility": FacilityType.OUTPATIENT}),
    ("V20", FDA3500, {"case.device": Device(procode="FRN")}),
    ("V20", FDA3500, {"case.device": Device(procode=UNKNOWN)}),
    ("V23", FDA3500, {"reporters[0].withhold_identity": None, "reporters[0].last_name": None}),
    ("V26", FDA3500, {"case.narrative": "Told by nurse Reporter."}),
    ("V26", FDA3500, {**G5, "case.narrative": "The reporters agree; 555 in 0100."}),
    ("V26", FDA3500, {**G5, "reporters[0].last_name": "Li", "case.narrative": "Li."}),
    ("V28", FDA3500, _medicines(Medicine(name="ondansetron"), Medicine())),
    ("V24", FDA3500, {**FOR_REMS, "report.destination": Destination.FDA}),
    ("V24", FDA3500, {**FOR_REMS, "report.form": None}),
    ("V31", FDA3500, {"report.nature": VersionNature.INITIAL}),
    ("V31", FDA3500, {"report.nature": VersionNature.AMENDMENT, "report.news": "The lot."}),
    (
        "V30",
        FDA3500,
        {
            "events[0].seriousness": DEAD,
            "patient.death_source": DeathSource.TOLD,
            "patient.death_cause": UNKNOWN,
        },
    ),
    ("V30", FDA3500, {"events[0].seriousness": UNKNOWN}),
    ("V33", FDA3500, {"administrations[0].planned": Decimal(40)}),
    (
        "V33",
        FDA3500,
        {"administrations[0].planned": Decimal(50), "administrations[0].dose_text": "Spilled."},
    ),
    ("MC1", IND, {**NO_PATIENT, "patient.age": Decimal(40)}),
    ("MC2", IND, {**NOBODY, "reporters[0].occupation": Occupation.NURSE}),
    ("MC3", IND, {"products[0].name": "ketamine"}),
    ("MC4", IND, {"events[0].verbatim": "fainted"}),
    ("UF1", FACILITY, {"case.device": Device(common_name="pump")}),
    ("UF1", FACILITY, {"case.further_devices": (Device(),)}),
    ("V14", FACILITY, {"case.further_devices": (Device(),)}),
    ("V3", FDA3500, {"products[0].name": None, "case.further_devices": (Device(brand="Pump"),)}),
    ("UF2", FACILITY, {"awareness[0].at": day("2026-11-16")}),
    ("UF3", FACILITY, {"events[0].seriousness": DEAD}),
    ("UF3", FACILITY, {"events[0].seriousness": None}),
    ("UF4", FACILITY, {"clinic.email": None}),
    ("UF5", FACILITY, {"case.device.maker": "Maker"}),
    ("V18", FACILITY, {"report.facility_number": "0000000000-2026-0001"}),
    ("V18", FACILITY, {"report.capacity": Capacity.INVESTIGATOR}),
    ("UF6", FACILITY, {"report.capacity": Capacity.INVESTIGATOR}),
    ("IN1", IND, {"events[0].seriousness": frozenset(), "assessments": ()}),
    ("IN2", IND, {"events[0].seriousness": None}),
    ("IN3", IND, {"awareness[0].at": day("2026-11-16")}),
    ("IN4", CIOMS, {"assessments[0].expectedness": None}),
    ("IN4", IND, {"assessments[0].expectedness": Expectedness.LISTED}),
    ("IN4", IND, {"clinic.duties": frozenset(), "assessments[0].expectedness": None}),
    ("CI1", CIOMS, {"clinic.country": next(iter(Country))}),
    ("CI1", CIOMS, {"clinic.country": None, "events[0].country": Country.CANADA}),
    ("RM1", REMS, {"patient.name": UNKNOWN}),
    (
        "RM2",
        REMS,
        {
            "sessions[0].ended": day("2026-11-16T11:00-06:00"),
            "sessions[0].override_reason": "Left with the ambulance.",
        },
    ),
    ("RM2", REMS, {"sessions[0].ended": None}),
    ("RM3", REMS, {"sessions[0].rems_completed": day("2026-11-17T09:00-06:00")}),
    (
        "CX1",
        FACILITY,
        {"case.device.implanted": day("2026-02"), "case.device.explanted": day("2026-02")},
    ),
    ("CX2", FACILITY, {"case.device.reprocessed": True, "case.device.reprocessor": UNKNOWN}),
    ("CX3", FDA3500, {"administrations[0].ended": day("2026-11-16")}),
    ("CX4", FDA3500, {"administrations[0].ongoing": True}),
    ("CX5", FDA3500, {"administrations[0].ended": day("2026-11-16")}),
    (
        "CX6",
        FDA3500,
        {"events[0].seriousness": frozenset({Seriousness.INTERVENTION}), "case.device": DEVICE},
    ),
    ("CX7", CIOMS, {"events[0].ended": day("2026-11-16")}),
    (
        "CX8",
        CIOMS,
        {"events[0].dechallenge": Challenge.YES, "events[0].action_taken": ActionTaken.REDUCED},
    ),
    ("CX9", DRUG, CI),
    ("CX10", FDA3500, _medicines(Medicine(started=day("2026-02"), ended=UNKNOWN))),
    ("CX11", FDA3500, {"lots[0].expires": day("2026-11")}),
    (
        "CX12",
        FDA3500,
        {
            "reporters[0].health_professional": False,
            "reporters[0].occupation": Occupation.NON_PROFESSIONAL,
        },
    ),
    ("CX13", FDA3500, {"products[0].strength": "50 mg", "products[0].strength_unit": None}),
    ("EM1", MESSAGE, {}),
    ("EM2", MESSAGE, {}),
    ("EM3", MESSAGE, {}),
    ("EM4", MESSAGE, {"reporters[0].country": None}),
    ("EM10", MESSAGE, {"events[0].language": "eng"}),
    ("EM10", MESSAGE, {"events[0].language": "fra", "events[0].translation": "nausea"}),
    ("EM11", MESSAGE, {"events[0].duration": Decimal(3), "events[0].duration_unit": TimeUnit.HOUR}),
    ("EM5", MESSAGE, _coded(_VERSION)),
    ("EM6", MESSAGE, {**_coded(_VERSION), "case.diagnoses": (Diagnosis(),)}),
    ("EM7", MESSAGE, {"case.other_numbers": (OtherNumber(source="Maker", number="7"),)}),
    ("EM8", MESSAGE, {"case.summaries": (Summary(text="Se desmayó.", language="spa"), Summary())}),
    (
        "EM9",
        MESSAGE,
        _medicines(
            Medicine(
                name="m", role=MedicineRole.PAST, meddra_edition=_VERSION, reaction_code="10012174"
            ),
            Medicine(name="other"),
        ),
    ),
]


@pytest.mark.parametrize(("code", "destination", "changes"), PASSING)
def test_what_a_rule_has_nothing_against_is_not_mentioned(
    code: str, destination: str, changes: Changes
) -> None:
    assert said(code, destination, changes) == []


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_whole_case_has_no_findings_for_its_destination(destination: str) -> None:
    assert found_in(destination, READY[destination]) == ()


def test_every_rule_has_a_case_that_fails_and_one_that_passes() -> None:
    # Those have cases of their own beside their tests.
    books = (*fda3500.RULES, *fda3500_dates.RULES, *assessing.RULES, *study.RULES, *narrative.RULES)
    elsewhere = {rule.code for rule in books} | {"open", "stated"}
    codes = {rule.code for rule in ALL_RULES} - elsewhere

    assert {code for code, *_ in FAILING} - elsewhere == codes
    assert {code for code, *_ in PASSING} - elsewhere == codes


def test_every_number_of_the_list_is_a_rule_or_says_why_not() -> None:
    numbers = {f"V{n}" for n in range(1, 34)}
    held = {rule.code for rule in ALL_RULES if rule.code in numbers}

    assert held | NOT_HERE.keys() == numbers
    assert not held & NOT_HERE.keys()
    assert all(reason.endswith(".") for reason in NOT_HERE.values())


@pytest.mark.parametrize("number", [f"V{n}" for n in range(1, 34)])
def test_every_number_has_a_case_that_fails_and_one_that_passes_or_says_why_not(
    number: str,
) -> None:
    failing = {code for code, *_ in (*FAILING, *form_cases.FAILING)}
    passing = {code for code, *_ in (*PASSING, *form_cases.PASSING)} | {"V2"}
    if number in NOT_HERE:
        assert number not in failing | passing
    else:
        assert number in failing
        # The whole case is what passes for V2; it has the description that the rule asks for.
        assert number in passing


def test_every_rule_says_what_holds_where_it_comes_from_and_whom_it_is_for() -> None:
    for rule in ALL_RULES:
        assert rule.says.endswith("."), rule.code
        assert rule.source, rule.code
        assert rule.destinations, rule.code
        assert rule.destinations <= DESTINATIONS.keys(), rule.code
        assert rule.harder <= rule.destinations, rule.code


def test_a_rule_that_makes_up_a_minimum_blocks_in_some_case() -> None:
    blocking = {(code, to) for code, to, _c, some in FAILING for s in some if s[0] == "b"}
    # The others of the minimum are those of the voluntary form, tested with it.
    for key in (IND, FACILITY, REMS):
        needed = DESTINATIONS[key].needed - {"V2"}
        assert needed <= {code for code, _to in blocking}, key


def test_a_country_can_only_be_one_of_the_list_of_the_form() -> None:
    # V19: no rule, because nothing else can be entered.
    assert len(Country) == len({c.words for c in Country})
    assert all(c.words == c.words.upper() for c in Country)


def test_no_destination_asks_for_what_no_rule_finds() -> None:
    known = {rule.code for rule in ALL_RULES}
    for destination in DESTINATIONS.values():
        assert destination.needed <= known


def test_the_type_of_report_is_no_item_of_cioms() -> None:
    case = changed(CIOMS, {"case.types": None, "patient.race": None})

    assert found_in(CIOMS, case) == ()
    assert ReportType.ADVERSE_EVENT in (READY[CIOMS].case.types or ())


def test_more_rows_of_tests_than_the_form_has_are_told() -> None:
    rows = tuple(TestRow(text="heart rate 70") for _n in range(9))

    found = found_in(FDA3500, replace(READY[FDA3500], tests=rows))
    hidden = tuple(replace(row, shown=False) for row in rows)

    assert [(f.code, f.path) for f in found] == [("V15", "tests[8].text")]
    assert found_in(FDA3500, replace(READY[FDA3500], tests=hidden)) == ()
