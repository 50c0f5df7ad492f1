"""Invented cases for the form of those who owe a report: rich ones in each capacity."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import FacilityType
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity, EventPlace, ReportSource, TimeLimit
from aeapp.domain.codelists.safety import DeviceOperator, Occupation, YesNoUnknown
from aeapp.domain.records import Awareness, Clinic, Reporter, Study
from aeapp.domain.records.device import Device
from aeapp.domain.values import PartialDate
from tests.exports import cases

CLINIC = Clinic(
    id="k",
    name="Invented Ketamine Clinic",
    address="5 Invented Avenue",
    city="Springfield",
    state="Illinois",
    postal_code="62701",
    country=Country.UNITED_STATES,
    phone="+1 217 555 0111",
    email="safety@clinic.example",
    facility=FacilityType.OUTPATIENT,
    contact="Robin Invented",
    cms_number="123456",
    exemption="E2026001",
)


def teller() -> Reporter:
    """Return who told it to the clinic."""
    return Reporter(
        id="t",
        last_name="Invented-Teller",
        first_name="Alex",
        address="77 Sample Street",
        city="Springfield",
        state="Illinois",
        postal_code="62702",
        country=Country.UNITED_STATES,
        phone="+1 217 555 0122",
        email="teller@elsewhere.example",
        health_professional=False,
        occupation=Occupation.NON_PROFESSIONAL,
        told_fda=YesNoUnknown.NO,
    )


def further_devices(first: Device, devices: int) -> tuple[Device, ...]:
    """Return devices 2 and on, each called by its number and otherwise like the first."""
    return tuple(
        replace(
            first,
            brand=f"InfuPump device {n}",
            serial=f"SN-{n:04d}",
            maker=f"Maker {n}, Sampletown, Illinois",
            operator=DeviceOperator.PROFESSIONAL,
            operator_text=None,
            reprocessed=False,
            reprocessor=None,
            age_years=None,
        )
        for n in range(2, devices + 1)
    )


def full(
    capacity: Capacity = Capacity.USER_FACILITY,
    *,
    suspects: int = 2,
    concomitants: int = 10,
    devices: int = 1,
    narrative: str = cases.NARRATIVE * 6,
) -> Case:
    """Return a case with every item that the clinic has in a capacity."""
    case = cases.full(suspects=suspects, concomitants=concomitants, narrative=narrative)
    device = replace(
        case.case.device,
        operator=DeviceOperator.OTHER,
        operator_text="Perfusion trainee",
        age_years=Decimal(3),
        age_months=Decimal(4),
        clinical_code="E2339",
        impact_code="F26",
        problem_code="A0402",
        component_code="G04035",
    )
    file = replace(
        case.case,
        device=device,
        further_devices=further_devices(device, devices),
        place=EventPlace.OTHER,
        place_text="Mobile infusion unit",
    )
    report = replace(
        case.report,
        capacity=capacity,
        number="KC-2026-000031/3500A/2",
        nature=VersionNature.FOLLOW_UP,
        follow_up=2,
        facility_number="1234560000-2026-0001",
        sent_to_fda=True,
        sent_to_fda_on=PartialDate(2026, 11, 24),
        sent_to_maker=True,
        sent_to_maker_on=PartialDate(2026, 11, 25),
        sources=frozenset(ReportSource),
        source_text="Poison center",
        time_limit=frozenset(TimeLimit),
    )
    outsourcing = capacity is Capacity.OUTSOURCING
    facility = FacilityType.OUTSOURCING if outsourcing else FacilityType.OUTPATIENT
    return settle(
        replace(
            case,
            case=file,
            report=report,
            clinic=replace(CLINIC, facility=facility),
            events=tuple(replace(e, verbatim="blood pressure rose") for e in case.events),
            awareness=(
                Awareness(id="w1", at=PartialDate(2026, 11, 18)),
                Awareness(id="w2", at=PartialDate(2026, 11, 17)),
            ),
            reporters=(*case.reporters, teller()),
            studies=(Study(id="st", ind="123456", protocol="KET-2026-01"),),
        )
    )


def without_capacity() -> Case:
    """Return the case of a clinic that has not said as what it reports."""
    case = full()
    return settle(replace(case, report=replace(case.report, capacity=None)))


def drug_alone() -> Case:
    """Return a case in which no device is suspected."""
    case = full(Capacity.OUTSOURCING)
    return settle(replace(case, case=replace(case.case, device=Device())))


def device_alone() -> Case:
    """Return a case in which a device and no product is suspected."""
    case = full()
    return settle(replace(case, administrations=(), products=(), lots=()))
