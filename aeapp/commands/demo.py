"""``demo``: a practice clinic, made and used through the same services as a real one."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, WrongUseError, must_have, needed, say, say_json
from aeapp.domain.case import Case, settle, write
from aeapp.domain.chair.rems import under_rems
from aeapp.domain.codelists.clinic import (
    Destination,
    Obligation,
    ObservationKind,
    ReadingUnit,
    ReportDecision,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    Outcome,
    ProductType,
    Race,
    Seriousness,
    Severity,
    Sex,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.narrative import step
from aeapp.domain.narrative.keeping import made_anew
from aeapp.domain.records import (
    Administration,
    Decision,
    Lot,
    Observation,
    Patient,
    Product,
    Session,
)
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.kernel.files import trouble, write_whole
from aeapp.services.app import App, Clinics, NewClinic
from aeapp.services.pages import Copy
from aeapp.services.practice import FOLDER, PASSWORD, USER, practice_clinic
from aeapp.services.session_documents import PAPERS, Paper, file_name

MOST_PATIENTS = 500
_FIRST = ("Avery", "Blake", "Casey", "Devon", "Emery", "Finley", "Harper", "Jordan")
_LAST = ("Sample", "Example", "Practice", "Specimen", "Model", "Pattern")


@dataclass(frozen=True, slots=True)
class Made:
    """One line of the manifest."""

    file: str
    kind: str
    sha256: str
    pages: int


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``demo``."""
    demo = commands.add_parser(
        "demo", parents=[common], help="make a practice clinic and export every document"
    )
    must_have(demo, ("--out", "DIR", "folder to write to"))
    demo.add_argument(
        "--patients", type=int, default=3, metavar="N", help="how many invented people"
    )
    demo.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another number, other people"
    )
    demo.set_defaults(run=run)


def run(args: argparse.Namespace, clinics: Clinics) -> int:
    """Make the practice clinic, use it, export, and print what was made."""
    out = Path(needed(args, "out"))
    if not 1 <= args.patients <= MOST_PATIENTS:
        raise WrongUseError(
            f"--patients takes 1 to {MOST_PATIENTS}.", remedy="Choose a number in that range."
        )
    folder = out / FOLDER
    app = clinics.create(_practice(folder))
    try:
        made = _use(app, out, args.patients, random.Random(args.seed))  # noqa: S311 - invented data
    finally:
        app.close()
    manifest = {
        "clinic": {"folder": folder.name, "user": USER, "password": PASSWORD},
        "files": [{s: getattr(m, s) for s in Made.__slots__} for m in made],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    write_whole(out / "manifest.json", text.encode())
    if args.json:
        say_json(manifest)
        return DONE
    say(f"Practice clinic {folder}, name '{USER}', password '{PASSWORD}'")
    for m in made:
        say(f"  {m.file}  {m.kind}, {m.pages} pages, SHA-256 {m.sha256[:16]}…")
    return DONE


def _practice(folder: Path) -> NewClinic:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble(error) from None
    return practice_clinic(folder, "America/New_York")


def _use(app: App, out: Path, patients: int, rng: random.Random) -> list[Made]:
    product = app.sessions.save(
        Product(
            name="Ketamine hydrochloride injection",
            strength="50",
            strength_unit=DoseUnit.MG_ML,
            ndc=NullFlavor.NI,
            maker="Invented Pharma, Inc.",
            types=frozenset({ProductType.GENERIC}),
            controlled=True,
        )
    )
    lot = app.sessions.save(
        Lot(product_id=product.id, number="PRAC-001", expires=PartialDate(2027, 6))
    )
    sessions = [_session(app, n, lot, rng) for n in range(patients)]
    return _documents(app, out, sessions[0])


def _session(app: App, n: int, lot: Lot, rng: random.Random) -> Session:
    patient = app.patients.save(
        Patient(
            code=f"P-{1001 + n}",
            name=f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
            birth_date=PartialDate(rng.randint(1955, 2002), rng.randint(1, 12), rng.randint(1, 28)),
            sex=rng.choice(list(Sex)),
            race=frozenset({rng.choice(list(Race))}),
            history="Recurrent depression. No liver or kidney disease. No tobacco use.",
            allergies="None known.",
            medicines=(Medicine(name="sertraline 100 mg", dose="once daily", ongoing=True),),
        )
    )
    session = app.sessions.start(
        patient.id,
        route=SessionRoute.IV_INFUSION,
        indication="Treatment-resistant depression",
        chair=f"Chair {n + 1}",
        started=PartialDate.of(_begin(app)),
    )
    weight = Decimal(rng.randint(560, 980)) / 10
    baseline = [
        Observation(kind=ObservationKind.WEIGHT, value=weight, unit=ReadingUnit.KILOGRAM),
        *_row(rng, 0),
    ]
    app.sessions.log_readings(session, baseline, _after(session, 0))
    app.sessions.give(
        session,
        Administration(
            product_id=lot.product_id,
            lot_id=lot.id,
            dose=(weight / 2).quantize(Decimal("0.1")),
            dose_unit=DoseUnit.MG,
            started=_after(session, 5),
            ended=_after(session, 45),
        ),
    )
    for minute in (20, 35, 50, 65, 95):
        app.sessions.log_readings(session, _row(rng, minute), _after(session, minute))
    app.sessions.catch_event(session, "Nausea", Severity.MODERATE, _after(session, 30))
    return app.sessions.end(session, SessionEnd.DISCHARGED, at=_after(session, 130))


def _begin(app: App) -> dt.datetime:
    # Three hours ago, so that nothing of the practice session lies in the future.
    now = app.context.now().replace(second=0, microsecond=0)
    return now - dt.timedelta(hours=3)


def _row(rng: random.Random, minute: int) -> list[Observation]:
    rise = 60 if minute in (35, 50) else 0
    return [
        Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(rng.randint(112, 132) + rise),
            diastolic=Decimal(rng.randint(68, 82) + rise // 2),
            unit=ReadingUnit.MMHG,
        ),
        Observation(
            kind=ObservationKind.HEART_RATE,
            value=Decimal(rng.randint(62, 90) + rise // 3),
            unit=ReadingUnit.PER_MINUTE,
        ),
        Observation(
            kind=ObservationKind.OXYGEN_SATURATION,
            value=Decimal(rng.randint(95, 99)),
            unit=ReadingUnit.PERCENT,
        ),
        Observation(
            kind=ObservationKind.RESPIRATORY_RATE,
            value=Decimal(rng.randint(12, 18)),
            unit=ReadingUnit.PER_MINUTE,
        ),
    ]


def _after(session: Session, minutes: int) -> PartialDate:
    started = session.started
    assert isinstance(started, PartialDate)  # noqa: S101 - set by start()
    assert started.offset is not None  # noqa: S101
    begun = started.utc()
    assert begun is not None  # noqa: S101
    zone = dt.timezone(dt.timedelta(minutes=started.offset))
    return PartialDate.of((begun + dt.timedelta(minutes=minutes)).astimezone(zone))


def _documents(app: App, out: Path, session: Session) -> list[Made]:
    event = app.sessions.room(session.id).events[0]
    report = app.cases.open_for_event(event)
    before = app.cases.gather(report.case_id, report.id)
    app.cases.save(before, _assessed(before, app), reason="practice")
    number = (report.number or "").replace("/", "-")
    pdf = app.documents.export(report.case_id, report.id, out / f"{number}.pdf", overwrite=True)
    archived = app.documents.export(
        report.case_id,
        report.id,
        out / f"{number}-archive.pdf",
        overwrite=True,
        copy=Copy.ARCHIVE,
    )
    text = app.importing.export_case(report.case_id).encode()
    json_path = out / f"{before.case.number}.json"
    write_whole(json_path, text)
    return [
        Made(pdf.path.name, "fda3500", pdf.sha256, pdf.pages),
        Made(archived.path.name, "archive", archived.sha256, archived.pages),
        Made(json_path.name, "case", hashlib.sha256(text).hexdigest(), 0),
        *_papers(app, out, session),
    ]


def _papers(app: App, out: Path, session: Session) -> list[Made]:
    made = []
    for kind, paper in PAPERS.items():
        if paper is Paper.REMS and not under_rems(session):
            continue
        done = app.papers.export(session.id, paper, out / file_name(session, paper), overwrite=True)
        made.append(Made(done.path.name, kind, done.sha256, done.pages))
    return made


def _assessed(case: Case, app: App) -> Case:
    answers: tuple[tuple[str, Any], ...] = (
        ("events[0].seriousness", frozenset({Seriousness.OTHER})),
        ("events[0].assessed_by", app.who.name),
        ("events[0].outcome", Outcome.RECOVERED),
        ("events[0].action_taken", ActionTaken.UNCHANGED),
        ("events[0].dechallenge", Challenge.NOT_APPLICABLE),
        ("events[0].rechallenge", Challenge.NOT_APPLICABLE),
        ("awareness[0].teller", "the patient"),
        ("case.availability", NullFlavor.UNK),
        ("case.narrative", _narrative(case)),
    )
    for path, value in answers:
        case = write(case, path, value)
    decision = Decision(
        case_id=case.case.id,
        event_id=case.events[0].id,
        answer=ReportDecision.REPORT,
        destinations=frozenset({Destination.FDA}),
        obligation=Obligation.CHOICE,
        reason="Practice of a voluntary report.",
        decided_by=app.who.name,
        at=app.context.minute(),
    )
    case = settle(replace(case, decisions=(*case.decisions, decision)))
    return step.STEP.done(case, step.argument_of(case, made_anew(case)))


def _narrative(case: Case) -> str:
    giving = case.suspects[0].giving
    return (
        "This is a practice report about an invented person. During an intravenous drip of "
        f"ketamine {giving.dose} mg over 40 minutes the patient felt sick 25 minutes after the "
        "start. Blood pressure rose during the drip and returned to its first values within the "
        "session. The patient was observed, was given nothing, and was well on leaving."
    )
