"""A session with an event and its report, entered through the services of a real clinic."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.codelists.clinic import (
    MedicineRole,
    ObservationKind,
    ReadingUnit,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Seriousness, Severity, Sex
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import (
    Administration,
    Event,
    Lot,
    Observation,
    Patient,
    Product,
    Report,
)
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from tests.helpers.guards import SENTINEL

DAY = "2026-11-23"
NARRATIVE = (
    "A 36-year-old man with recurrent depression received his third ketamine treatment. He was "
    "given ketamine hydrochloride 38 mg (0.5 mg/kg) as an intravenous drip over 40 minutes. "
    "Forty-two minutes after the start he stood up, fainted and was unresponsive for 40 seconds; "
    "blood pressure was 84/52 mmHg and heart rate 48 per minute. He was laid flat and given "
    "500 mL of fluid; at 53 minutes he was awake with 112/70 mmHg."
)


def at(clock: str) -> PartialDate:
    """Return a minute of the day of the session."""
    return PartialDate.parse(f"{DAY}T{clock}-05:00")


def a_patient(app: App) -> Patient:
    """Store a patient whose identifying items hold the sentinel."""
    return app.patients.save(
        Patient(
            code="P-0398",
            name=f"{SENTINEL} Sample",
            birth_date=PartialDate.parse("1990-03-14"),
            sex=Sex.MALE,
            history="Recurrent depressive disorder; hypertension, treated.",
            medicines=(
                Medicine(name="Escitalopram 20 mg", role=MedicineRole.CONCOMITANT),
                Medicine(
                    name="Lisinopril 10 mg",
                    role=MedicineRole.CONCOMITANT,
                    started=PartialDate.parse("2024-05"),
                ),
            ),
        )
    )


def a_report(app: App, *, verbatim: str = "Syncope") -> Report:
    """Store patient, session, dose, readings and one event; return the report of the event."""
    patient = a_patient(app)
    session = app.sessions.start(
        patient.id, route=SessionRoute.IV_INFUSION, indication="Major depressive disorder"
    )
    product = app.sessions.save(
        Product(
            name="Ketamine hydrochloride injection",
            strength="50",
            strength_unit=DoseUnit.MG,
            maker="Invented Pharma Inc.",
        )
    )
    lot = app.sessions.save(
        Lot(product_id=product.id, number="KT6B0417", expires=PartialDate.parse("2028-03"))
    )
    app.sessions.give(
        session,
        Administration(
            product_id=product.id,
            lot_id=lot.id,
            dose=Decimal(38),
            dose_unit=DoseUnit.MG,
            route=FormRoute.INTRAVENOUS_DRIP,
            role=DrugRole.SUSPECT,
            started=at("13:50"),
            ended=at("14:30"),
        ),
    )
    _readings(app, session)
    event = app.sessions.catch_event(session, verbatim, Severity.MODERATE, at("14:32"))
    return app.cases.open_for_event(event)


def _readings(app: App, session: object) -> None:
    rows = (("13:45", 128, 78, 72), ("14:20", 142, 88, 80), ("14:33", 84, 52, 48))
    kind = ObservationKind
    for clock, high, low, rate in rows:
        pressure = Observation(
            kind=kind.BLOOD_PRESSURE,
            systolic=Decimal(high),
            diastolic=Decimal(low),
            unit=ReadingUnit.MMHG,
        )
        pulse = Observation(kind=kind.HEART_RATE, value=Decimal(rate), unit=ReadingUnit.PER_MINUTE)
        app.sessions.log_readings(session, (pressure, pulse), at(clock))  # type: ignore[arg-type]
    weight = Observation(kind=kind.WEIGHT, value=Decimal("76.4"), unit=ReadingUnit.KILOGRAM)
    app.sessions.log_readings(session, (weight,), at("13:40"))  # type: ignore[arg-type]


def a_serious_report(app: App) -> Report:
    """Store a report whose event is assessed and described."""
    report = a_report(app)
    before = app.cases.gather(report.case_id)
    from aeapp.domain.case import write  # noqa: PLC0415 - only this helper edits a case

    after = write(before, "case.narrative", NARRATIVE)
    after = write(after, "case.title", "Syncope after ketamine")
    after = write(after, "events[0].seriousness", frozenset({Seriousness.OTHER}))
    after = write(after, "events[0].assessed_by", app.who.name)
    app.cases.save(before, after)
    return report


def second_event(app: App, report: Report, verbatim: str) -> Event:
    """Store a further event in the case of ``report``."""
    case = app.cases.gather(report.case_id)
    return app.sessions.save(
        Event(patient_id=case.patient.id, case_id=report.case_id, verbatim=verbatim)
    )
