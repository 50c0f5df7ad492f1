"""Pregnancies in a real clinic: followed on Today, the report of a child beside the mother's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.clinic import PregnancyOutcome
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Patient, Pregnancy, Product
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.pregnancies import ChildNotAffectedError, ChildReportedError
from tests.helpers.clinic import practice_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def mother(app: App) -> Patient:
    return app.patients.save(Patient(code="P-1"))


def test_a_pregnancy_is_asked_about_on_today_until_its_outcome(app: App, mother: Patient) -> None:
    pregnancy = app.pregnancies.save(Pregnancy(patient_id=mother.id, exposed=Answer.YES))
    assert (pregnancy.by, pregnancy.learnt) == ("Dana Reyes", app.context.minute())
    (need,) = app.board.day().needs
    assert (need.kind, need.patient, need.due) == (NeedKind.PREGNANCY, "P-1", None)
    assert need.opens == ("patient", mother.id)
    assert need.detail == "exposure in pregnancy"

    later = app.pregnancies.save(replace(pregnancy, due_on=PartialDate(2027, 6)))
    assert app.board.day().needs == ()
    soon = app.pregnancies.save(replace(later, ask_on=PartialDate(2026, 12, 1)))
    (need,) = app.board.day().needs
    assert (str(need.due), need.rule) == ("2026-12-01", "day set by the clinic")
    app.pregnancies.save(replace(soon, outcome=PregnancyOutcome.LIVE_BIRTH), "told by the mother")
    assert app.board.day().needs == ()
    assert [p.outcome for p in app.pregnancies.of_patient(mother.id)] == [
        PregnancyOutcome.LIVE_BIRTH
    ]


def test_an_exposure_nobody_asked_about_is_asked_for(app: App, mother: Patient) -> None:
    app.pregnancies.save(Pregnancy(patient_id=mother.id, exposed=NullFlavor.NASK))
    (need,) = app.board.day().needs
    assert need.detail == "exposure not answered"


def test_a_child_with_an_event_has_a_report_of_its_own(app: App, mother: Patient) -> None:
    pregnancy = app.pregnancies.save(Pregnancy(patient_id=mother.id, exposed=Answer.YES))
    with pytest.raises(ChildNotAffectedError):
        app.pregnancies.open_child_report(pregnancy.id, "Low birth weight")
    born = app.pregnancies.save(
        replace(pregnancy, outcome=PregnancyOutcome.LIVE_BIRTH, child_affected=Answer.YES)
    )
    with pytest.raises(ChildNotAffectedError):
        app.pregnancies.open_child_report(born.id, " ")
    report = app.pregnancies.open_child_report(born.id, "Low birth weight")
    case = app.cases.gather(report.case_id, report.id)
    assert (case.patient.code, case.case.pregnancy_id) == ("P-1-C1", born.id)
    assert case.case.more_history is not None
    assert case.case.more_history.startswith("Mother P-1: given in it: Yes")
    # Nothing is serious, and nothing a birth defect, because it is a child.
    assert case.events[0].seriousness is None
    with pytest.raises(ChildReportedError):
        app.pregnancies.open_child_report(born.id, "Low birth weight")


def test_a_report_of_the_mother_names_her_pregnancy(app: App, mother: Patient) -> None:
    told = Event(
        patient_id=mother.id,
        verbatim="Exposure during pregnancy",
        situations=frozenset({SpecialSituation.PREGNANCY}),
    )
    none = app.cases.open_for_event(app.sessions.save(told))
    assert app.cases.gather(none.case_id).case.pregnancy_id == ""
    pregnancy = app.pregnancies.save(Pregnancy(patient_id=mother.id))
    linked = app.cases.open_for_event(app.sessions.save(told))
    assert app.cases.gather(linked.case_id).case.pregnancy_id == pregnancy.id


@pytest.mark.parametrize(("name", "named"), [("Esketamine", True), ("Ketamine HCl", False)])
def test_a_registry_is_named_for_esketamine_alone(
    app: App, mother: Patient, name: str, named: bool
) -> None:
    assert app.pregnancies.registry_of(mother.id) == ""
    product = app.stock.save(Product(name=name))
    session = app.sessions.start(mother.id)
    giving = Administration(
        product_id=product.id, session_id=session.id, patient_id=mother.id,
        started=app.context.minute(),
    )  # fmt: skip
    app.sessions.save(giving)
    assert bool(app.pregnancies.registry_of(mother.id)) is named
