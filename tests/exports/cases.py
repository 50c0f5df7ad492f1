"""Invented cases for documents: one with every item filled, one with nothing, and builders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import (
    DurationUnit,
    MedicineRole,
    ObservationKind,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    AlsoReportedTo,
    Availability,
    Challenge,
    DeviceOperator,
    Frequency,
    Occupation,
    ProductType,
    Race,
    ReportType,
    Seriousness,
    Sex,
    YesNoUnknown,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Lot,
    Observation,
    Patient,
    Product,
    Report,
    Reporter,
    Session,
)
from aeapp.domain.records.device import Device
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from exports.pdf.facsimile import Stamp

STAMP = Stamp(
    report_number="KC-2026-000031/3500/1",
    version=3,
    head_seq=412,
    head_hash="9f2c71d0a4b85e36" * 4,
    exported_on="23-Nov-2026 10:44",
    time_zone="America/New_York",
    program_version="0.1.0",
)

NARRATIVE = (
    "A 41-year-old woman with treatment-resistant depression was given ketamine 37.5 mg by "
    "intravenous drip over 40 minutes for the fourth time. Twelve minutes after the start her "
    "blood pressure rose to 192/118 mmHg with severe headache; SpO₂ stayed ≥ 95 %. The drip was "
    "stopped at 10:58; labetalol 10 mg was given at 11:04. "
)


def pressure(n: int, systolic: int, diastolic: int) -> Observation:
    """Return a reading of the session's minute ``5 * n``."""
    return Observation(
        id=f"o{n}",
        kind=ObservationKind.BLOOD_PRESSURE,
        at=PartialDate(2026, 11, 16, 10 + (40 + 5 * n) // 60, (40 + 5 * n) % 60, offset=-300),
        systolic=Decimal(systolic),
        diastolic=Decimal(diastolic),
        unit=ReadingUnit.MMHG,
        status=ObservationStatus.VALID,
    )


def readings() -> tuple[Observation, ...]:
    """Return vital signs of one session, a weight and two laboratory rows."""
    systolic = (128, 134, 151, 192, 188, 171, 160, 149, 141, 138, 135, 133)
    signs = tuple(pressure(n, s, s - 60) for n, s in enumerate(systolic))
    weight = Observation(
        id="w",
        kind=ObservationKind.WEIGHT,
        at=PartialDate(2026, 11, 16),
        value=Decimal("61.5"),
        unit=ReadingUnit.KILOGRAM,
    )
    laboratory = Observation(
        id="lab1",
        kind=ObservationKind.LABORATORY,
        at=PartialDate(2026, 11),
        test_name="Alanine aminotransferase in serum, fasting sample",
        result="38 U/L",
        low="7 U/L",
        high="56 U/L",
    )
    return (*signs, weight, laboratory)


def product(n: int) -> tuple[Product, Lot, Administration]:
    """Return the ``n``-th suspect product with its lot and giving."""
    return (
        Product(
            id=f"p{n}",
            name=f"Ketamine hydrochloride injection, product {n}",
            strength="50",
            strength_unit=DoseUnit.MG_ML,
            ndc="00143-9508-10",
            maker="Invented Compounding and Infusion Pharmacy of the Northern Region, Inc.",
            types=frozenset(ProductType),
        ),
        Lot(
            id=f"l{n}",
            product_id=f"p{n}",
            number=f"LOT-2026-{n:04d}",
            expires=PartialDate(2027, 8),
            bought_from="Invented Wholesale Supply",
            bought_address="1200 Example Parkway, Suite 400",
            bought_city="Springfield",
            bought_state="Illinois",
            bought_postal_code="62701-0001",
            bought_country=Country.UNITED_STATES,
            bought_website="example.com/orders/ketamine",
            bought_on=PartialDate(2026, 9),
        ),
        Administration(
            id=f"a{n}",
            product_id=f"p{n}",
            lot_id=f"l{n}",
            dose=Decimal("37.5"),
            dose_unit=DoseUnit.MG,
            dose_text="0.5 mg/kg of ideal weight",
            route=FormRoute.INTRAVENOUS,
            frequency=Frequency.OTHER,
            frequency_text="2 x/week, fourth of six",
            route_text="through a port",
            started=PartialDate(2026, 11, 16, 10, 40, offset=-300),
            ended=PartialDate(2026, 11, 16, 10, 58, offset=-300),
            reduced_on=PartialDate(2026, 11),
            duration=Decimal("18.5"),
            duration_unit=DurationUnit.MINUTE,
            ongoing=False,
            indication="Treatment-resistant depression with anxious distress, recurrent, severe",
        ),
    )


def filer() -> Reporter:
    """Return the person in section G."""
    return Reporter(
        id="r",
        files=True,
        last_name="Example-Longname",
        first_name="Maria Invented",
        address="1 Invented Square",
        city="Springfield",
        state="Illinois",
        postal_code="62701",
        country=Country.UNITED_STATES,
        phone="+1 217 555 0100",
        email="reporter@clinic.example",
        health_professional=True,
        occupation=Occupation.NURSE_PRACTITIONER,
        withhold_identity=True,
    )


def medicines(count: int) -> tuple[Medicine, ...]:
    """Return medicines taken at the time."""
    return tuple(
        Medicine(
            name=f"Invented medicine {n} 20 mg tablet",
            started=PartialDate(2025, 1 + n % 12),
            ended=PartialDate(2026, 10, 1 + n % 31),
            role=MedicineRole.CONCOMITANT,
        )
        for n in range(count)
    )


def device() -> Device:
    """Return a device with every item."""
    return Device(
        brand="Invented Infusion Pump 3000",
        procode="FRN",
        common_name="Pump, infusion",
        maker="Invented Devices, Springfield, Illinois",
        model="IP-3000",
        lot="D-77",
        catalog="CAT-3000-US",
        expires=PartialDate(2030, 12, 31),
        serial="SN 00012345",
        udi="(01)00643169001763(17)301231(10)D-77(21)00012345",
        operator=DeviceOperator.PROFESSIONAL,
        implanted=PartialDate(2026, 1, 2),
        explanted=PartialDate(2026, 3),
        reprocessed=True,
        reprocessor="Invented Reprocessing\n77 Sample Road\nSpringfield",
        serviced=YesNoUnknown.UNKNOWN,
    )


def full(*, narrative: str = NARRATIVE * 6, suspects: int = 2, concomitants: int = 10) -> Case:
    """Return a case with every item of the form filled."""
    goods = [product(n) for n in range(1, suspects + 1)]
    return settle(
        Case(
            case=CaseFile(
                id="c",
                types=frozenset(ReportType),
                narrative=narrative,
                test_comments="All pressures were read with the same cuff.\n" + "Calibrated. " * 30,
                more_history="No known liver or kidney disease; never smoked.",
                availability=Availability.RETURNED,
                returned_on=PartialDate(2026, 11, 20),
                pictures=True,
                device=device(),
            ),
            report=Report(
                id="rep",
                number=STAMP.report_number,
                reported_on=PartialDate(2026, 11, 23),
                also_reported_to=frozenset(AlsoReportedTo),
            ),
            patient=Patient(
                id="pat",
                code="KC-0031",
                birth_date=PartialDate(1985, 2, 3),
                sex=Sex.FEMALE,
                race=frozenset(Race),
                history="Migraine since 2010.",
                allergies="Penicillin: rash.",
                deceased_on=PartialDate(2026, 11, 17),
                medicines=medicines(concomitants),
            ),
            events=(
                Event(
                    id="e",
                    onset=PartialDate(2026, 11, 16, 10, 52, offset=-300),
                    seriousness=frozenset(Seriousness),
                    dechallenge=Challenge.YES,
                    rechallenge=Challenge.NOT_APPLICABLE,
                ),
            ),
            sessions=(Session(id="s"),),
            observations=readings(),
            products=tuple(p for p, _, _ in goods),
            lots=tuple(lot for _, lot, _ in goods),
            administrations=tuple(giving for _, _, giving in goods),
            reporters=(filer(),),
        )
    )


def empty() -> Case:
    """Return a case of which nothing is known."""
    return settle(Case())


def unknowns() -> Case:
    """Return a case whose answers are reasons."""
    return settle(
        Case(
            case=CaseFile(id="c", availability=NullFlavor.UNK, types=frozenset()),
            patient=Patient(id="p", sex=NullFlavor.MSK, race=NullFlavor.ASKU),
        )
    )


def with_narrative(text: str) -> Case:
    """Return an otherwise empty case with a description."""
    return settle(Case(case=CaseFile(id="c", narrative=text)))


def draft(**changes: object) -> Stamp:
    """Return the stamp with some parts changed."""
    return replace(STAMP, **changes)
