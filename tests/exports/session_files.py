"""An invented session with every part filled, and one with nothing in it."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    RateUnit,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Seriousness, Severity, Sex
from aeapp.domain.codelists.scales import Informant, ScoreMode, ScorePhase, TotalBasis
from aeapp.domain.codelists.session import (
    Amount,
    Answer,
    CheckKind,
    InfusionChange,
    MovementKind,
    NotAnEvent,
    NoteKind,
    ProposalState,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Call,
    Check,
    Clinic,
    Consent,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Proposal,
    SafetyReview,
    Score,
    Session,
    Staff,
    StockMovement,
)
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.records.patient import Medicine
from aeapp.domain.records.proposal import Witness
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from exports.pdf.cover import Stamp

STAMP = Stamp(
    report_number="S-2026-000412",
    version=2,
    head_seq=412,
    head_hash="9f2c71d0a4b85e36" * 4,
    exported_on="23-Nov-2026 16:10",
    time_zone="America/New_York",
    program_version="0.1.0",
    record="4d09be7712c5f0a3" * 4,
)
BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
SPO2, RR = ObservationKind.OXYGEN_SATURATION, ObservationKind.RESPIRATORY_RATE


def at(minute: int) -> PartialDate:
    """Return the time that lies so many minutes after the first dose, which is at 13:50."""
    day, total = divmod(13 * 60 + 50 + minute, 24 * 60)
    return PartialDate(2026, 11, 23 + day, total // 60, total % 60, None, -300)


def row(minute: int, upper: int, lower: int, *others: int) -> tuple[Observation, ...]:
    """Return the readings of one time."""
    units = (ReadingUnit.PER_MINUTE, ReadingUnit.PERCENT, ReadingUnit.PER_MINUTE)
    found = [
        Observation(
            id=f"bp{minute}",
            kind=BP,
            systolic=Decimal(upper),
            diastolic=Decimal(lower),
            unit=ReadingUnit.MMHG,
            at=at(minute),
            status=ObservationStatus.VALID,
            source=ObservationSource.STAFF,
        )
    ]
    for kind, value, unit in zip((HR, SPO2, RR), others, units, strict=False):
        found.append(
            Observation(
                id=f"{kind.value}{minute}",
                kind=kind,
                value=Decimal(value),
                unit=unit,
                at=at(minute),
                status=ObservationStatus.VALID,
                source=ObservationSource.STAFF,
            )
        )
    return tuple(found)


def full_file() -> SessionFile:
    """Return a nasal session with a rescue medicine, a transfer and everything that can be."""
    return SessionFile(
        clinic=Clinic(
            name="Larkspur Ketamine Clinic",
            address="12 Invented Street",
            city="Albany",
            state="NY",
            postal_code="12207",
            phone="+1 555 0100",
            time_zone="America/New_York",
        ),
        patient=Patient(
            id="p",
            code="P-0412",
            name="Avery Sample",
            record_number="MR-0099",
            phone="+1 555 0142",
            birth_date=PartialDate(1980, 4, 12),
            sex=Sex.FEMALE,
            history="Recurrent depression since 2009.",
            allergies="Sulfonamides: rash in 2014.",
            medicines=(
                Medicine(name="sertraline 100 mg", dose="once daily", ongoing=True),
                Medicine(name="lorazepam 1 mg", dose="at night", ongoing=False),
            ),
        ),
        session=Session(
            id="s",
            patient_id="p",
            number="S-2026-000412",
            setting=Setting.CLINIC,
            route=SessionRoute.NASAL,
            indication="Treatment-resistant depression",
            chair="Chair 2",
            prescriber="Dr I. Okafor",
            started=at(-10),
            ended=at(96),
            ending=SessionEnd.TRANSFERRED,
            ending_reason="Chest pain that did not settle",
            ready_minute=110,
            ems_called=at(60),
            ems_arrived=at(71),
            rems_completed=at(98),
            rems_completed_by="Dana Reyes, RN",
            note="14:33 as told by the import",
        ),
        products=(
            Product(id="k", name="SPRAVATO 28 mg"),
            Product(id="o", name="Labetalol 5 mg/mL"),
        ),
        lots=(Lot(id="l", product_id="k", number="KT6B0417"), Lot(id="m", number=NullFlavor.UNK)),
        administrations=(
            Administration(
                id="g1",
                product_id="k",
                lot_id="l",
                dose=Decimal(28),
                dose_unit=DoseUnit.MG,
                route=FormRoute.NASAL,
                started=at(0),
                device_number=1,
                given_by="Dana Reyes, RN",
            ),
            Administration(
                id="g2",
                product_id="k",
                lot_id="l",
                dose=Decimal(28),
                dose_unit=DoseUnit.MG,
                route=FormRoute.NASAL,
                started=at(5),
                ended=at(6),
                device_number=2,
                per_kg=Decimal("0.37"),
                rate=Decimal("0.95"),
                rate_unit=RateUnit.MG_PER_MIN,
                changes=(
                    DoseChange(at=at(6), change=InfusionChange.PAUSE, reason="patient sneezed"),
                ),
            ),
            Administration(
                id="g3",
                product_id="o",
                lot_id="m",
                dose=Decimal(10),
                dose_unit=DoseUnit.MG,
                route=FormRoute.INTRAVENOUS,
                started=at(52),
                role=DrugRole.TREATMENT,
            ),
        ),
        observations=(
            Observation(
                id="w",
                kind=ObservationKind.WEIGHT,
                value=Decimal("76.4"),
                unit=ReadingUnit.KILOGRAM,
                at=at(-8),
            ),
            *row(-5, 128, 78, 72, 98, 14),
            *row(15, 141, 86, 84, 98, 14),
            *row(45, 182, 106, 101, 96, 16),
            *row(50, 184, 108, 104, 95, 18),
            *row(90, 150, 92, 88, 97, 15),
            Observation(
                id="slip",
                kind=HR,
                value=Decimal(9),
                unit=ReadingUnit.PER_MINUTE,
                at=at(31),
                status=ObservationStatus.STRUCK,
                status_reason="typing slip",
            ),
            Observation(
                id="moved",
                kind=SPO2,
                value=Decimal(71),
                unit=ReadingUnit.PERCENT,
                at=at(33),
                status=ObservationStatus.ARTEFACT,
                status_reason="probe came off",
                source=ObservationSource.MONITOR,
                device="Monitor 4",
            ),
            Observation(
                id="moaas",
                kind=ObservationKind.MOAA_S,
                value=Decimal(4),
                unit=ReadingUnit.SCORE,
                at=at(45),
            ),
            Observation(id="odd", note="kind not said", at=at(46)),
        ),
        events=(
            Event(
                id="e1",
                verbatim="Dissociation",
                severity=Severity.MILD,
                onset=at(12),
                ended=at(55),
                seriousness=frozenset(),
                assessed_by="Dr I. Okafor",
            ),
            Event(
                id="e2",
                verbatim="Chest pain",
                severity=Severity.SEVERE,
                onset=at(48),
                seriousness=frozenset({Seriousness.HOSPITALIZATION}),
                treatment="Labetalol 10 mg IV, oxygen 2 L/min",
            ),
            Event(id="e3", verbatim="Headache", onset=at(20), struck_reason="undone"),
        ),
        checks=(
            Check(
                id="c1",
                list=CheckKind.GATE,
                code="sedatives",
                words="No sedative or stimulant today?",
                answer=Answer.NO,
                told="lorazepam 1 mg at 22:00",
                reason="Prescriber was asked and agreed",
                at=at(-7),
            ),
            Check(
                id="c2",
                list=CheckKind.GATE,
                code="pressure",
                words="Pressure under the ceiling?",
                answer=Answer.YES,
                at=at(-4),
            ),
            Check(
                id="c3",
                list=CheckKind.DISCHARGE,
                code="escort",
                words="Escort present?",
                answer=NullFlavor.NA,
            ),
            Check(id="c4", code="fasting", answer=Answer.YES),
        ),
        notes=(
            Note(
                id="n1",
                kind=NoteKind.INTERVENTION,
                at=at(49),
                words="Oxygen given, 2 L/min by nasal prongs",
                by="Dana Reyes, RN",
            ),
            Note(
                id="n2", kind=NoteKind.NOTE, at=at(50), words="Wrong line", struck_reason="undone"
            ),
            Note(
                id="n3",
                kind=NoteKind.AMENDMENT,
                at=at(200),
                words="Hospital called: no infarction.",
                by="Dr I. Okafor",
            ),
        ),
        scores=(
            Score(
                id="sc1",
                scale="Modified Aldrete",
                at=at(90),
                items=(ScoreItem(number=1, points=2), ScoreItem(number=2, points=1)),
                by="Dana Reyes, RN",
            ),
            Score(
                id="sc3",
                scale="phq-9",
                edition="1",
                at=at(95),
                phase=ScorePhase.DURING,
                mode=ScoreMode.PAPER,
                informant=Informant.PATIENT,
                items=(ScoreItem(number=9, points=2),),
                total=Decimal(14),
                basis=TotalBasis.MEAN,
                typed_by="Dana Reyes, RN",
                struck_reason="paper of another patient",
            ),
            Score(id="sc2", scale="CADSS-6", items=(ScoreItem(number=1, points=NullFlavor.NASK),)),
        ),
        reviews=(
            SafetyReview(
                id="sr1",
                score_id="sc3",
                cause="PHQ-9 item 9: 2 (asks from 1)",
                opened_at=at(95),
                told="Dr R. Lindqvist",
                asked="plan, means, intent: none",
                plan="goes home with the escort",
                at=at(97),
                by="Dana Reyes, RN",
                handed_to="Dr I. Okafor",
                handed_at=at(96),
                handed_by="Dana Reyes, RN",
                done=True,
            ),
            SafetyReview(id="sr2", void_reason="score struck through"),
            SafetyReview(id="sr3", cause="C-SSRS level 4"),
        ),
        proposals=(
            Proposal(
                id="pr",
                rule="bp-high",
                term="Blood pressure increased",
                basis="two readings above 180/110, clinic default",
                first=at(45),
                last=at(50),
                readings=(Witness(observation_id="bp45"), Witness(observation_id="bp50")),
                state=ProposalState.DISMISSED,
                reason=NotAnEvent.CUFF,
                decided_by="Dana Reyes, RN",
                decided_at=at(51),
            ),
        ),
        movements=(
            StockMovement(
                id="m1",
                product_id="k",
                lot_id="l",
                kind=MovementKind.WASTED,
                amount=Decimal(28),
                unit=Amount.MG,
                at=at(8),
                by="Dana Reyes, RN",
                witness="J. Kim",
                reason="second spray lost",
            ),
        ),
        calls=(
            Call(
                id="call",
                patient_id="p",
                session_id="s",
                at=PartialDate(2026, 11, 24, 10, 5, None, -300),
                reached=Answer.YES,
                spoke_with="her sister",
                words="still on the ward",
                by="Dana Reyes, RN",
            ),
        ),
        consents=(
            Consent(
                id="con",
                kind=ConsentKind.REMS,
                given=True,
                on=PartialDate(2026, 9, 1),
                patient_id="p",
            ),
        ),
        staff=(
            Staff(
                id="st",
                name="Dana Reyes, RN",
                phone="+1 555 0101",
                email="dana@clinic.invalid",
                active=True,
            ),
        ),
        earlier=6,
    )
