"""What only the form for mandatory reporters shows: computed from the records, by capacity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aeapp.domain.case import Case, settle, source_of, write
from aeapp.domain.codelists.clinic import FacilityType
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity, FacilityRole, MarketStatus, Round
from aeapp.domain.codelists.safety import DrugRole, ProductType
from aeapp.domain.items import NullFlavor
from aeapp.domain.mandatory import FacilityPart, MakerPart
from aeapp.domain.records import (
    Administration,
    Awareness,
    CaseFile,
    Clinic,
    Event,
    Patient,
    Product,
    Report,
    Reporter,
    Study,
)
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.device import Device
from aeapp.domain.records.patient import Medicine
from tests.factories import day

CLINIC = Clinic(
    id="k",
    name="Larkspur",
    address="12 Invented Street",
    city="Albany",
    state="NY",
    postal_code="12207",
    country=Country.UNITED_STATES,
    phone="555 0100",
    email="safety@clinic.example",
    facility=FacilityType.OUTSOURCING,
    contact="Robin",
)


def case_of(capacity: Capacity | None, **changes: Any) -> Case:
    """Return the case of a clinic that reports in a capacity."""
    made = Case(
        case=CaseFile(id="c", device=Device(maker="Maker, Albany")),
        report=Report(id="r", number="KC-1/3500A/1", capacity=capacity, facility_number="1"),
        clinic=CLINIC,
        awareness=(Awareness(id="w", at=day("2026-11-18")),),
    )
    return settle(replace(made, **changes))


@pytest.mark.parametrize("capacity", [None, Capacity.OUTSOURCING, Capacity.SPONSOR])
def test_section_f_is_empty_for_whoever_is_no_user_facility(capacity: Capacity | None) -> None:
    assert case_of(capacity).facility == FacilityPart()


def test_section_f_shows_the_clinic_and_leads_to_its_records() -> None:
    case = case_of(Capacity.USER_FACILITY)
    part = case.facility
    assert (part.role, part.round) == (FacilityRole.USER_FACILITY, Round.INITIAL)
    assert part.name_and_address == (
        "Larkspur\n12 Invented Street, Albany, NY 12207, UNITED STATES\nsafety@clinic.example"
    )
    assert (part.contact, part.phone, part.maker) == ("Robin", "555 0100", "Maker, Albany")
    assert part.learnt_on == day("2026-11-18")
    assert source_of(case, "facility.number") == "report.facility_number"
    assert source_of(case, "facility.learnt_on") == "awareness[0].at"
    assert source_of(case, "facility.phone") is None
    assert case.maker == MakerPart()


def test_what_is_typed_in_section_f_goes_to_its_record_or_is_stated() -> None:
    case = write(case_of(Capacity.USER_FACILITY), "facility.number", "2")
    assert case.report.facility_number == "2"
    stated = write(case, "facility.phone", "555 0199")
    assert (stated.facility.phone, stated.clinic.phone) == ("555 0199", "555 0100")


def test_an_empty_clinic_leaves_section_f_without_an_address() -> None:
    part = case_of(Capacity.USER_FACILITY, clinic=Clinic()).facility
    assert part.name_and_address is None


@pytest.mark.parametrize(
    ("told", "shown", "leads"),
    [
        ((), None, None),
        ((None,), None, "awareness[0].at"),
        ((NullFlavor.UNK, None), NullFlavor.UNK, None),
        ((day("2026-11-18"), NullFlavor.UNK, day("2026-11-17")), day("2026-11-17"), None),
    ],
)
def test_the_earliest_moment_counts(told: tuple[Any, ...], shown: Any, leads: str | None) -> None:
    facts = tuple(Awareness(id=f"w{n}", at=at) for n, at in enumerate(told))
    case = case_of(Capacity.USER_FACILITY, awareness=facts)
    assert case.facility.learnt_on == shown
    assert source_of(case, "facility.learnt_on") == leads


@pytest.mark.parametrize("nature", [VersionNature.FOLLOW_UP, VersionNature.AMENDMENT])
def test_a_version_after_the_first_is_a_follow_up(nature: VersionNature) -> None:
    report = Report(id="r", capacity=Capacity.OUTSOURCING, nature=nature, follow_up=2)
    part = case_of(None, report=report).maker
    assert (part.round, part.follow_up) == (Round.FOLLOW_UP, 2)


def test_section_g_shows_an_outsourcing_facility_and_its_product() -> None:
    types = frozenset({ProductType.COMPOUNDED, ProductType.GENERIC})
    case = case_of(
        Capacity.OUTSOURCING,
        products=(Product(id="p", name="ketamine", types=types),),
        administrations=(Administration(id="a", product_id="p", role=DrugRole.SUSPECT),),
        events=(
            Event(id="e1", verbatim="fainted"),
            Event(id="e2", verbatim="threw up", codings=(Coding(), Coding(term="Vomiting"))),
            Event(id="e3"),
            Event(id="e4", verbatim="nausée", language="fra", translation="nausea"),
        ),
        studies=(Study(id="s", ind="12", protocol="P1"),),
    )
    part = case.maker
    assert (part.name, part.outsourcing, part.outsourcing_name) == (
        "Robin, Larkspur",
        True,
        "Larkspur",
    )
    assert part.address == "12 Invented Street, Albany, NY 12207, UNITED STATES"
    assert part.status == frozenset({MarketStatus.COMPOUNDED})
    assert (part.terms, part.number) == ("fainted; Vomiting; nausea", "KC-1/3500A/1")
    assert (part.received_on, part.ind) == (day("2026-11-18"), None)


def test_a_study_gives_its_numbers_and_a_product_without_types_no_status() -> None:
    study = Study(id="s", ind="12", protocol="P1")
    sponsor = case_of(Capacity.SPONSOR, clinic=Clinic(), studies=(study,)).maker
    assert (sponsor.ind, sponsor.protocol, sponsor.outsourcing) == ("12", "P1", None)
    assert (sponsor.name, sponsor.address, sponsor.status, sponsor.terms) == (None,) * 4
    asking = case_of(Capacity.INVESTIGATOR, studies=(study,)).maker
    assert asking == MakerPart(ind="12", protocol="P1")
    assert case_of(Capacity.INVESTIGATOR).maker == MakerPart()


def test_the_initial_reporter_is_who_told_it_and_else_who_files() -> None:
    files, told = Reporter(id="f", files=True, last_name="Reyes"), Reporter(id="t", last_name="Li")
    both = case_of(None, reporters=(files, told))
    assert (both.teller, source_of(both, "teller.phone")) == (told, "reporters[1].phone")
    nameless = case_of(None, reporters=(files, replace(told, last_name=NullFlavor.MSK)))
    assert (nameless.teller, nameless.filer) == (files, files)
    nobody = case_of(None)
    assert nobody.teller == Reporter()
    assert write(nobody, "teller.last_name", "Li").filer.last_name == "Li"


def test_what_was_taken_stands_beside_a_device_as_well_and_leads_to_the_same_record() -> None:
    patient = Patient(id="p", medicines=(Medicine(name="lithium"),))
    given = Administration(id="a", role=DrugRole.CONCOMITANT)
    case = case_of(None, patient=patient, administrations=(given,))
    assert case.companions == case.concomitants
    assert source_of(case, "companions[0].name") == "patient.medicines[0].name"
    assert source_of(case, "companions[1].name") is None
    without = case_of(None, patient=patient, case=CaseFile(id="c"))
    assert (without.companions, len(without.concomitants)) == ((), 1)
