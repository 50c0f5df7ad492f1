"""Studies in a real clinic: the blinded drug in every output, the opened blind seen by few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Role, SessionRoute
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Event, Patient, Study
from aeapp.kernel.errors import AppError
from aeapp.services.app import App
from aeapp.services.dosing import NewDose
from aeapp.services.studies import (
    MayNotUnblindError,
    ProtocolTakenError,
    UnblindingIncompleteError,
    blinded_name,
)
from tests.exports.reading import page_texts, squeezed
from tests.helpers.clinic import PASSWORD, practice_app

SECRET = "Esketamine arm 84 mg"
NAME = "Study drug K-101, blinded"


def clinic_of(folder: Path, role: Role) -> App:
    return practice_app(folder, role=role)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = clinic_of(tmp_path, Role.PRESCRIBER)
    yield app
    app.close()


def a_study(app: App) -> Study:
    return app.studies.save(
        Study(title="Ketamine for pain", protocol="K-101", sponsor="Invented Sponsor Inc.",
              protocol_hours=24, blinded=True)
    )  # fmt: skip


def an_event(app: App, study: Study) -> Event:
    """Store a session in which the study drug was given, with a serious event."""
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    drug = next(s.product for s in app.stock.shelves() if s.product.study_id == study.id)
    giving = Administration(dose=Decimal(1), dose_unit=DoseUnit.ML, started=app.context.minute())
    app.dosing.give(session, NewDose(product=drug, lot=None, giving=giving))
    event = app.sessions.catch_event(session, "Syncope", None)
    return app.events.add(event, seriousness=frozenset({Seriousness.OTHER}))


def test_a_blinded_study_has_its_drug_in_the_library_once(app: App) -> None:
    study = a_study(app)
    app.studies.save(study)
    (shelf,) = app.stock.shelves()
    assert (shelf.product.name, shelf.product.maker) == (NAME, "Invented Sponsor Inc.")
    app.studies.save(Study(title="Open", blinded=False))
    assert [s.title for s in app.studies.studies()] == ["Ketamine for pain", "Open"]
    assert len(app.stock.shelves()) == 1
    assert blinded_name(Study()) == "Study drug, blinded"


def test_a_protocol_number_belongs_to_one_study(app: App) -> None:
    study = a_study(app)
    with pytest.raises(ProtocolTakenError):
        app.studies.save(Study(title="Another", protocol="K-101"))
    other = app.studies.save(Study(title="Another", protocol="K-102"))
    with pytest.raises(ProtocolTakenError):
        app.studies.save(replace(other, protocol="K-101"))
    # What has no number yet, and what keeps its own, is taken.
    app.studies.save(Study(title="A third"))
    app.studies.save(Study(title="A fourth"))
    assert app.studies.save(replace(study, title="Renamed")).title == "Renamed"


def test_the_blind_holds_on_every_output_although_it_was_opened(app: App, tmp_path: Path) -> None:
    study = a_study(app)
    event = an_event(app, study)
    report = app.cases.open_for_event(event)
    app.studies.unblind(
        study, event.patient_id, shown=SECRET, reason="airway at risk", password=PASSWORD,
        case_id=report.case_id,
    )  # fmt: skip

    case = app.cases.gather(report.case_id, report.id)
    assert case.case.study_id == study.id
    assert case.suspects[0].product.name == NAME
    assert not [f for f in app.cases.check(case) if f.code == "V29"]

    form = app.documents.render(case).content
    assert squeezed(NAME) in squeezed("".join(page_texts(form)))
    papers = [form]
    from aeapp.services.session_documents import Paper  # noqa: PLC0415 - only here

    papers += [app.papers.render(event.session_id, paper).content for paper in Paper]
    for content in papers:
        assert squeezed("Esketamine arm") not in squeezed("".join(page_texts(content)))
    exported = app.importing.export_case(report.case_id)
    assert NAME in exported
    assert "Esketamine arm" not in exported


def test_the_clock_of_a_study_runs_to_the_sponsor_by_the_hour(app: App) -> None:
    event = an_event(app, a_study(app))
    (need,) = app.worklist.needs()
    assert need.target == event.id
    assert need.due_at is not None
    assert need.due_at.iso() == "2026-11-24T14:40-05:00"
    app.cases.open_for_event(event)
    due = [n for n in app.worklist.needs() if n.due_at is not None]
    assert "the sponsor or partner" in due[0].rule


def test_opening_the_blind_takes_a_role_a_reason_and_the_password(app: App) -> None:
    study = a_study(app)
    patient = app.patients.save(Patient(code="P-1"))
    with pytest.raises(UnblindingIncompleteError):
        app.studies.unblind(study, patient.id, shown=" ", reason="r", password=PASSWORD)
    with pytest.raises(UnblindingIncompleteError):
        app.studies.unblind(study, patient.id, shown=SECRET, reason="", password=PASSWORD)
    with pytest.raises(AppError):
        app.studies.unblind(study, patient.id, shown=SECRET, reason="r", password="wrong one here")
    assert app.studies.openings(patient.id) == ()
    opening = app.studies.unblind(
        study, patient.id, shown=SECRET, reason="airway at risk", password=PASSWORD
    )
    (told,) = app.studies.openings(patient.id)
    assert told == opening
    assert (told.by, told.reason, told.at) == (
        "Dana Reyes",
        "airway at risk",
        app.context.minute(),
    )
    assert SECRET not in repr(told)


def test_what_the_blind_showed_is_seen_with_the_password_and_the_look_is_in_the_trail(
    app: App,
) -> None:
    study = a_study(app)
    patient = app.patients.save(Patient(code="P-1"))
    opening = app.studies.unblind(
        study, patient.id, shown=SECRET, reason="airway at risk", password=PASSWORD
    )
    with pytest.raises(AppError):
        app.studies.shown(opening.id, "wrong one here")
    before = app.head().seq
    assert app.studies.shown(opening.id, PASSWORD) == SECRET
    assert app.head().seq == before + 1
    with app.context.new_uow() as uow:
        (look,) = uow.trail.by_action("look")
    assert look.content["entity_id"] == opening.id


def test_a_nurse_neither_opens_the_blind_nor_sees_what_it_showed(tmp_path: Path) -> None:
    app = clinic_of(tmp_path, Role.NURSE)
    study = a_study(app)
    patient = app.patients.save(Patient(code="P-1"))
    assert not app.studies.may_unblind
    with pytest.raises(MayNotUnblindError):
        app.studies.unblind(study, patient.id, shown=SECRET, reason="r", password=PASSWORD)
    with pytest.raises(MayNotUnblindError):
        app.studies.shown("any", PASSWORD)
    app.close()
