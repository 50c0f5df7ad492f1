"""What an assessment rests on: the whole course of the patient, and labels that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.archive import Bundle, dumps, loads
from aeapp.domain.assessment.challenges import rechallenge
from aeapp.domain.assessment.recording import argument_of, pairs_of, record
from aeapp.domain.case import write
from aeapp.domain.codelists.assessment import Causality, NaranjoAnswer
from aeapp.domain.codelists.safety import Challenge, DrugRole
from aeapp.domain.records import Administration, CaseFile, LabelList, Patient, Product
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.assessing import EmptyLabelError, NewLabel
from tests.helpers.clinic import practice_app
from tests.helpers.report_case import a_report, at


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


LABEL = NewLabel(
    product_id="",
    name=" US prescribing information ",
    reactions="Nausea\n\n Blood pressure increased ; transient\n;lost\n",
    label_version="14",
    dated=PartialDate(2025, 1),
)


def test_the_course_has_doses_and_events_of_sessions_that_the_case_does_not_hold(app: App) -> None:
    report = a_report(app)
    case = app.cases.gather(report.case_id)
    product_id = case.products[0].id
    later = app.sessions.start(case.patient.id)
    app.sessions.give(
        later,
        Administration(product_id=product_id, started=at("20:00"), role=DrugRole.SUSPECT),
    )
    app.sessions.give(later, Administration(product_id=app.sessions.save(Product()).id))
    other = app.sessions.start(app.patients.save(Patient(code="P-2")).id)
    app.sessions.give(other, Administration(product_id=product_id, started=at("20:30")))
    case = write(case, "events[0].ended", at("14:50"))

    course = app.assessing.course(case, product_id)

    assert [g.started for g in course.givings] == [at("13:50"), at("20:00")]
    assert course.events[0].ended == at("14:50"), "what is being edited counts"
    assert rechallenge(case.events[0], course).answer is Challenge.NO
    assert len(app.cases.gather(report.case_id).administrations) == 1


def test_a_case_without_a_patient_has_the_course_it_holds(app: App) -> None:
    report = a_report(app)
    case = app.cases.gather(report.case_id)
    nobody = replace(case, patient=Patient())

    course = app.assessing.course(nobody, case.products[0].id)
    assert len(course.givings) == 1


def test_a_label_keeps_its_reactions_with_who_entered_them(app: App) -> None:
    product = app.sessions.save(Product(name="Spravato"))
    stored = app.assessing.enter_label(replace(LABEL, product_id=product.id))

    assert [(t.term, t.qualifier) for t in stored.terms] == [
        ("Nausea", None),
        ("Blood pressure increased", "transient"),
    ]
    assert (stored.name, stored.label_version) == ("US prescribing information", "14")
    assert stored.entered_by == app.who.name
    assert stored.entered_at == app.context.minute()


def test_a_newer_label_leaves_the_older_one_as_it_was(app: App) -> None:
    product = app.sessions.save(Product(name="Spravato"))
    first = app.assessing.enter_label(replace(LABEL, product_id=product.id))
    second = app.assessing.enter_label(
        replace(LABEL, product_id=product.id, reactions="Vertigo", label_version="")
    )

    assert app.assessing.labels(product.id) == (first, second)
    assert app.assessing.labels("") == ()


@pytest.mark.parametrize(
    "new",
    [
        LABEL,
        replace(LABEL, product_id="p", name=" "),
        replace(LABEL, product_id="p", reactions="\n;x"),
    ],
)
def test_a_label_without_product_name_or_reactions_is_refused(app: App, new: NewLabel) -> None:
    with pytest.raises(EmptyLabelError):
        app.assessing.enter_label(new)


def test_an_opinion_is_stored_with_the_case_and_gathered_again(app: App) -> None:
    report = a_report(app)
    before = app.cases.gather(report.case_id)
    app.assessing.enter_label(replace(LABEL, product_id=before.products[0].id))
    changes = {"category": Causality.PROBABLE, "naranjo.q5": NaranjoAnswer.NO}
    argument = argument_of(pairs_of(before)[0].own(""), "a-1", changes)

    app.cases.save(before, record(before, argument))

    case = app.cases.gather(report.case_id)
    (opinion,) = case.assessments
    assert (opinion.category, opinion.version) == (Causality.PROBABLE, 1)
    assert opinion.naranjo.q5 is NaranjoAnswer.NO
    assert pairs_of(case)[0].opinions == (opinion,)
    assert [label.label_version for label in case.labels] == ["14"]


def test_a_case_file_carries_the_opinion_and_the_label_once(app: App, tmp_path: Path) -> None:
    report = a_report(app)
    case = app.cases.gather(report.case_id)
    product = case.products[0]
    label = LabelList(id="l", product_id="p", name="A label", label_version="1")
    argument = argument_of(pairs_of(case)[0].own(""), "a", {"category": Causality.UNLIKELY})
    opinion = replace(
        record(case, argument).assessments[0], product_id="p", case_id="c", event_id="e"
    )
    bundle = Bundle(
        case=CaseFile(id="c"),
        products=(replace(product, id="p"),),
        events=(replace(case.events[0], id="e", case_id="c", session_id="", patient_id=""),),
        administrations=(Administration(id="g", case_id="c", product_id="p"),),
        labels=(label,),
        assessments=(opinion,),
    )
    assert loads(dumps(bundle)).assessments[0].category is Causality.UNLIKELY

    for _again in range(2):
        file = tmp_path / "case.json"
        file.write_text(dumps(bundle), encoding="utf-8")
        done = app.importing.import_case(file)

    imported = app.cases.report_by_number(done.report_number)
    gathered = app.cases.gather(imported.case_id)
    assert gathered.assessments[0].category is Causality.UNLIKELY
    assert gathered.assessments[0].event_id == gathered.events[0].id
    assert len(gathered.labels) == 1, "the very same label is here once"
