"""Make the clinics that the rows work in, before anything is measured.

``python -m tests.bench.stored WHAT FOLDER`` makes one and says what is in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from aeapp.bootstrap import LocalClinics
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    PatientInvolvement,
    ReadingUnit,
    ReportState,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.records import CaseFile, Event, Observation, Patient, Report, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.cases import FDA3500
from tests.bench.child import say
from tests.exports.cases import full
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, practice_app

FOLDER = "larkspur.aeclinic"
FACTS = "facts.json"
AN_HOUR = 60
ICU_MINUTES = 1500
SESSIONS_A_DAY = 20
# Four suspect products bring the form to 200 fields.
SUSPECTS = 4


def open_stored(folder: Path, clinics: LocalClinics | None = None) -> App:
    """Log in to a clinic that was made here."""
    return (clinics or cheap_clinics()).open(str(folder / FOLDER), USER, PASSWORD)


def facts_of(folder: Path) -> dict[str, Any]:
    """Return the ids that were kept when the clinic was made."""
    facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return facts


# ------------------------------------------------------------------ one case, every item filled


def store_case(app: App) -> dict[str, str]:
    """Store a case with every item of the form; return the ids to find it by."""
    case = _linked(full(suspects=SUSPECTS))
    kinds = ("patient", "products", "lots", "sessions", "case", "administrations", "observations")
    kinds += ("events", "reporters", "report")
    with app.context.new_uow() as uow:
        for name in kinds:
            branch = getattr(case, name)
            for record in branch if isinstance(branch, tuple) else (branch,):
                uow.save(record, who=app.who)
        uow.commit()
    return {"case": case.case.id, "report": case.report.id, "session": case.sessions[0].id}


def _linked(case: Case) -> Case:
    """Return ``case`` with every link set that reading it back follows."""
    links = {"case_id": case.case.id, "patient_id": case.patient.id}
    links["session_id"] = case.sessions[0].id

    def tied(record: Record) -> Record:
        wanted = {a.name for a in attributes_of(type(record)) if a.link} & links.keys()
        return replace(record, **{name: links[name] for name in wanted})

    changed: dict[str, Any] = {}
    for name in BRANCHES:
        branch = getattr(case, name)
        changed[name] = tuple(map(tied, branch)) if isinstance(branch, tuple) else tied(branch)
    file: CaseFile = changed["case"]
    report: Report = changed["report"]
    session: Session = changed["sessions"][0]
    number = "KC-2026-000031"
    return replace(
        case,
        **changed
        | {
            "case": replace(file, number=number, involvement=PatientInvolvement.PATIENT),
            "report": replace(report, form=FDA3500, state=ReportState.DRAFT),
            "sessions": (replace(session, number="KS-2026-0001", started=_minute(0)),),
        },
    )


def _minute(n: int) -> PartialDate:
    hour, minute = divmod(n, AN_HOUR)
    day, hour = divmod(hour, 24)
    return PartialDate(2026, 11, 16 + day, hour, minute, offset=-300)


def icu_readings(patient_id: str, session_id: str) -> Iterator[Observation]:
    """Yield four readings a minute, as a monitor gives them."""
    kind = ObservationKind
    for n in range(ICU_MINUTES):
        shared: dict[str, Any] = {
            "patient_id": patient_id,
            "session_id": session_id,
            "at": _minute(n),
            "status": ObservationStatus.VALID,
            "source": ObservationSource.ECG,
        }
        yield Observation(
            kind=kind.BLOOD_PRESSURE,
            systolic=Decimal(100 + n * 7 % 60),
            diastolic=Decimal(60 + n * 3 % 30),
            unit=ReadingUnit.MMHG,
            **shared,
        )
        for what, value, unit in (
            (kind.HEART_RATE, 60 + n * 5 % 50, ReadingUnit.PER_MINUTE),
            (kind.OXYGEN_SATURATION, 92 + n % 8, ReadingUnit.PERCENT),
            (kind.RESPIRATORY_RATE, 10 + n % 12, ReadingUnit.PER_MINUTE),
        ):
            yield Observation(kind=what, value=Decimal(value), unit=unit, **shared)


def make_case(folder: Path) -> dict[str, Any]:
    """Make a clinic with one case whose every item is filled."""
    app = practice_app(folder)
    facts = store_case(app)
    app.close()
    return facts


def make_icu(folder: Path) -> dict[str, Any]:
    """Make the same with 6,000 readings in its session."""
    app = practice_app(folder)
    facts = store_case(app)
    patient_id = app.cases.gather(facts["case"]).patient.id
    readings = list(icu_readings(patient_id, facts["session"]))
    with app.context.new_uow() as uow:
        uow.save_bulk(readings, who=app.who, reason="import")
        uow.commit()
    app.close()
    return facts | {"readings": len(readings)}


# ------------------------------------------------------------------ many sessions


def make_many(folder: Path, sessions: int) -> dict[str, Any]:
    """Make a clinic of so many sessions with patients, readings, events, cases and reports."""
    clock = StillClock()
    app = practice_app(folder, clock)
    patients = max(250, sessions // 10)
    reports = max(250, sessions // 20)
    records: list[Record] = [_patient(n) for n in range(patients)]
    for n in range(sessions):
        records += _session(n, n % patients)
    for n in range(reports):
        records += _report(n, n % sessions, n % sessions % patients)
    step = 20_000
    with app.context.new_uow() as uow:
        for start in range(0, len(records), step):
            uow.save_bulk(records[start : start + step], who=app.who, reason="import")
        uow.commit()
    app.close()
    size = sum(f.stat().st_size for f in (folder / FOLDER).iterdir())
    return {
        "sessions": sessions,
        "patients": patients,
        "reports": reports,
        "readings": sessions * 2,
        "megabytes": round(size / 2**20),
    }


def _patient(n: int) -> Patient:
    return Patient(
        id=f"patient-{n}",
        code=f"P-{n:06}",
        name=f"Invented Person {n}",
        birth_date=PartialDate(1950 + n % 50, 1 + n % 12, 1 + n % 28),
    )


def _session(n: int, patient: int) -> list[Record]:
    day = n // SESSIONS_A_DAY
    started = PartialDate(
        2018 + day // 336, 1 + day // 28 % 12, 1 + day % 28, 8 + n % 10, n % 60, offset=-300
    )
    session = Session(
        id=f"session-{n}",
        patient_id=f"patient-{patient}",
        number=f"KS-{started.year}-{n:06}",
        route=SessionRoute.IV_INFUSION,
        started=started,
        ended=started,
        ending=SessionEnd.DISCHARGED,
    )
    readings = [
        Observation(
            id=f"reading-{n}-{k}",
            patient_id=session.patient_id,
            session_id=session.id,
            kind=ObservationKind.HEART_RATE,
            value=Decimal(60 + n % 40 + k),
            unit=ReadingUnit.PER_MINUTE,
            status=ObservationStatus.VALID,
            at=started,
        )
        for k in range(2)
    ]
    return [session, *readings]


def _report(n: int, session: int, patient: int) -> list[Record]:
    ids = {"session_id": f"session-{session}", "patient_id": f"patient-{patient}"}
    case = CaseFile(id=f"case-{n}", number=f"KC-2026-{n:06}", title="Dizziness", **ids)
    return [
        case,
        Event(id=f"event-{n}", case_id=case.id, verbatim="Dizziness", **ids),
        Report(
            id=f"report-{n}",
            case_id=case.id,
            number=f"{case.number}/3500/1",
            form=FDA3500,
            state=ReportState.DRAFT,
        ),
    ]


def main(what: str, place: str, *words: str) -> None:
    """Make one and write down what is in it."""
    makers = {"case": make_case, "icu": make_icu, "many": make_many}
    folder = Path(place)
    facts = makers[what](folder, *(int(word) for word in words))  # type: ignore[operator]
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    say(**facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
