"""Whole cases to which no rule of a destination objects, made from the one of Form FDA 3500."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.assessment import Expectedness
from aeapp.domain.codelists.clinic import (
    ClinicDuty,
    FacilityType,
    ObservationKind,
    ObservationStatus,
    ReadingUnit,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import DeviceOperator, Seriousness, YesNoUnknown
from aeapp.domain.destinations import CIOMS, DRUG, FACILITY, FDA3500, IND, MESSAGE, REMS
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Clinic, Observation, Session
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.device import Device
from aeapp.domain.values import PartialDate
from tests.factories import complete_case, day
from tests.helpers.guards import SENTINEL

DEVICE = Device(
    brand="Pump",
    procode="FRN",
    common_name="infusion pump",
    maker="Maker, Town, IL",
    model="P1",
    lot="D1",
    catalog="C1",
    expires=NullFlavor.NA,
    serial="S1",
    udi=NullFlavor.UNK,
    operator=DeviceOperator.PROFESSIONAL,
    reprocessed=False,
    serviced=YesNoUnknown.NO,
)


def _of_clinic(kind: FacilityType, *duties: ClinicDuty) -> Clinic:
    return Clinic(
        id="clinic",
        name="Larkspur",
        address="1 Street",
        phone="555 0199",
        country=next(c for c in Country if c.words == "UNITED STATES"),
        facility=kind,
        duties=frozenset(duties),
    )


def _with_clinic(kind: FacilityType, *duties: ClinicDuty) -> Case:
    case = complete_case()
    (opinion,) = case.assessments
    compared = replace(opinion, expectedness=Expectedness.NO_LABEL)
    return settle(replace(case, clinic=_of_clinic(kind, *duties), assessments=(compared,)))


def of_device() -> Case:
    """Return the case of a user facility with a suspect device."""
    case = _with_clinic(FacilityType.USER_FACILITY)
    (event,) = case.events
    hurt = replace(event, seriousness=frozenset({Seriousness.INTERVENTION}))
    return settle(replace(case, case=replace(case.case, device=DEVICE), events=(hurt,)))


def _pressure(name: str, at: str) -> Observation:
    return Observation(
        id=name,
        session_id="session",
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(120),
        diastolic=Decimal(80),
        unit=ReadingUnit.MMHG,
        status=ObservationStatus.VALID,
        at=PartialDate.parse(at),
    )


def of_session() -> Case:
    """Return the case of a nasal session with everything the REMS asks."""
    case = _with_clinic(FacilityType.PHYSICIAN_OFFICE, ClinicDuty.REMS_SITE)
    (giving,) = case.administrations
    session = Session(
        id="session",
        number="S-2026-000001",
        route=SessionRoute.NASAL,
        setting=Setting.CLINIC,
        started=day("2026-11-16T09:50-06:00"),
        ended=day("2026-11-16T12:05-06:00"),
        ready_minute=95,
        rems_completed=day("2026-11-16T12:10-06:00"),
    )
    return settle(
        replace(
            case,
            patient=replace(case.patient, name=SENTINEL, birth_date=day("1986-02-03")),
            sessions=(session,),
            administrations=(replace(giving, session_id="session", pieces=Decimal(2)),),
            observations=(
                *case.observations,
                _pressure("before", "2026-11-16T09:55-06:00"),
                _pressure("at40", "2026-11-16T10:40-06:00"),
                _pressure("last", "2026-11-16T12:00-06:00"),
            ),
        )
    )


def of_message() -> Case:
    """Return the case of a clinic that sends electronic messages, its events coded."""
    case = _with_clinic(FacilityType.PHYSICIAN_OFFICE, ClinicDuty.PARTNER)
    codings = (Coding(terminology=TerminologyName.MEDDRA, edition="28.1", code="10013457"),)
    clinic = replace(case.clinic, sender_id="LARKSPUR", receiver_id="CENTRE")
    events = tuple(replace(event, codings=codings) for event in case.events)
    return settle(replace(case, clinic=clinic, events=events))


def ready_case(destination: str) -> Case:
    """Return a case to which no rule of the destination objects."""
    made = {
        FDA3500: lambda: _with_clinic(FacilityType.PHYSICIAN_OFFICE),
        DRUG: lambda: _with_clinic(FacilityType.OUTSOURCING),
        FACILITY: of_device,
        IND: lambda: _with_clinic(
            FacilityType.PHYSICIAN_OFFICE, ClinicDuty.SPONSOR_INVESTIGATOR, ClinicDuty.PARTNER
        ),
        CIOMS: lambda: _with_clinic(FacilityType.PHYSICIAN_OFFICE, ClinicDuty.PARTNER),
        REMS: of_session,
        MESSAGE: of_message,
    }
    return made[destination]()
