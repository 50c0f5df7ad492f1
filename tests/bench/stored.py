"""Make the clinics that the rows work in, before anything is measured.

``python -m tests.bench.stored WHAT FOLDER`` makes one and says what is in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
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
    Role,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.session import Answer
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.records import (
    Administration,
    Awareness,
    Call,
    CaseFile,
    Event,
    Observation,
    Patient,
    Product,
    Report,
    Score,
    Session,
)
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.report_forms import FDA3500
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
    app = practice_app(folder, role=Role.PRESCRIBER)
    facts = store_case(app)
    app.close()
    return facts


def make_icu(folder: Path) -> dict[str, Any]:
    """Make the same with 6,000 readings in its session."""
    app = practice_app(folder, role=Role.PRESCRIBER)
    facts = store_case(app)
    patient_id = app.cases.gather(facts["case"]).patient.id
    readings = list(icu_readings(patient_id, facts["session"]))
    with app.context.new_uow() as uow:
        uow.save_bulk(readings, who=app.who, reason="import")
        uow.commit()
    app.close()
    return facts | {"readings": len(readings)}


# ------------------------------------------------------------------ one patient of many years


def make_patient(folder: Path, sessions: int, events: int) -> dict[str, Any]:
    """Make a clinic with one patient of so many sessions, with doses, calls and events."""
    app = practice_app(folder, StillClock())
    product = Product(id="product-0", name="Ketamine hydrochloride")
    records: list[Record] = [_patient(0), product]
    for n in range(sessions):
        session, *readings = _session(n * SESSIONS_A_DAY, 0)
        ids = {"patient_id": "patient-0", "session_id": session.id}
        dose = Administration(
            id=f"dose-{n}", product_id=product.id, dose=Decimal(38), dose_unit=DoseUnit.MG, **ids
        )
        call = Call(id=f"call-{n}", reached=Answer.YES, words="Slept well.", **ids)
        records += [session, *readings, dose, call]
    for n in range(events):
        ids = {"patient_id": "patient-0", "session_id": f"session-{n * SESSIONS_A_DAY}"}
        words = f"{_WORDS[n % len(_WORDS)]} after {n % 90} minutes"
        event = Event(id=f"event-{n}", verbatim=words, onset=_minute(n), **ids)
        told = Awareness(id=f"told-{n}", event_id=event.id, at=_minute(n), who="J. Kim")
        records += [event, told]
    with app.context.new_uow() as uow:
        uow.save_bulk(records, who=app.who, reason="import")
        uow.commit()
    app.close()
    return {"patient": "patient-0", "sessions": sessions, "events": events}


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


_FIRST = (
    "Avery",
    "Blake",
    "Casey",
    "Devon",
    "Ellis",
    "Frankie",
    "Gray",
    "Harper",
    "Indigo",
    "Jules",
)
_LAST = ("Sample", "Tester", "Muster", "Example", "Doe", "Roe", "Person", "Nobody", "Placeholder")
_WORDS = ("Dizziness", "Vomited twice", "Headache", "Blood pressure rose", "Felt far away", "Rash")


def make_places(folder: Path, sessions: int) -> dict[str, Any]:
    """Make a clinic to search in: a tenth as many patients and events as sessions."""
    app = practice_app(folder, StillClock())
    counts = {"patients": sessions // 10, "sessions": sessions, "events": sessions // 10}
    makers: tuple[tuple[int, Callable[[int], Record]], ...] = (
        (counts["patients"], _named),
        (
            sessions,
            lambda n: replace(_session(n, n % counts["patients"])[0], indication="Depression"),
        ),
        (counts["events"], _told),
    )
    step = 20_000
    for count, make in makers:
        for start in range(0, count, step):
            with app.context.new_uow() as uow:
                some = [make(n) for n in range(start, min(start + step, count))]
                uow.save_bulk(some, who=app.who, reason="import")
                uow.commit()
    app.close()
    size = sum(f.stat().st_size for f in (folder / FOLDER).iterdir())
    return counts | {"megabytes": round(size / 2**20)}


def _named(n: int) -> Patient:
    name = f"{_FIRST[n % len(_FIRST)]} {_LAST[n // 7 % len(_LAST)]}{n // 97}"
    return replace(_patient(n), name=name)


def _told(n: int) -> Event:
    words = f"{_WORDS[n % len(_WORDS)]} after {n % 90} minutes"
    return Event(id=f"event-{n}", patient_id=f"patient-{n}", verbatim=words)


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


SCORES_EACH = 100


def make_cohort(folder: Path, scores: int) -> dict[str, Any]:
    """Make a clinic of people with a session and a hundred filled PHQ-9 each."""
    clock = StillClock()
    app = practice_app(folder, clock)
    people = scores // SCORES_EACH
    records: list[Record] = [_patient(n) for n in range(people)]
    for n in range(people):
        ids = {"session_id": f"session-{n}", "patient_id": f"patient-{n}"}
        begun = PartialDate(2026, 7, 1 + n % 28)
        dose = {"dose": Decimal(40), "dose_unit": DoseUnit.MG, "started": begun}
        records += [
            Session(id=f"session-{n}", patient_id=f"patient-{n}", route=SessionRoute.IV_INFUSION,
                    number=f"KS-{n:06}", started=begun),
            Administration(id=f"administration-{n}", **ids, **dose),
            Event(id=f"event-{n}", verbatim="Dizziness", onset=begun, **ids),
        ]  # fmt: skip
    records += [_score(n, people) for n in range(scores)]
    step = 20_000
    with app.context.new_uow() as uow:
        for start in range(0, len(records), step):
            uow.save_bulk(records[start : start + step], who=app.who, reason="import")
        uow.commit()
    app.close()
    return {"scores": scores, "patients": people}


def _score(n: int, people: int) -> Score:
    """Return a PHQ-9 of one of the people, three days after the one before."""
    person, turn = n % people, n // people
    day = date(2026, 7, 1 + person % 28) + timedelta(days=3 * turn)
    return Score(
        id=f"score-{n}", patient_id=f"patient-{person}", scale="phq-9", edition="1",
        at=PartialDate.of(day), total=Decimal((20 + n) % 28),
        items=(ScoreItem(number=9, points=n % 4),),
    )  # fmt: skip


def main(what: str, place: str, *words: str) -> None:
    """Make one and write down what is in it."""
    makers = {"case": make_case, "icu": make_icu, "many": make_many, "places": make_places}
    makers |= {"patient": make_patient, "cohort": make_cohort}
    folder = Path(place)
    facts = makers[what](folder, *(int(word) for word in words))  # type: ignore[operator]
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    say(**facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
