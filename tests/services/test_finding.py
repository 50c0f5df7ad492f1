"""A few of each kind for the palette, all of them for the page, and searches kept by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists import label
from aeapp.domain.codelists.finding import FoundKind, FoundState
from aeapp.domain.finding.question import Question
from aeapp.domain.records import Event, Patient, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.finding import EACH, NamelessSearchError, question_of
from tests.helpers.clinic import practice_app
from tests.helpers.life import a_life


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    with app.context.new_uow() as uow:
        for n in range(EACH + 2):
            uow.save(Patient(id=f"p{n}", name="Avery Sample", code=f"P-{n:04}"), who=app.who)
        uow.save(Session(id="s", patient_id="p1", number="KS-2026-0001"), who=app.who)
        uow.save(Event(id="e", patient_id="p1", verbatim="Dizziness"), who=app.who)
        uow.save(Product(id="k", name="Ketamine"), who=app.who)
        uow.commit()
    yield app
    app.close()


def test_the_palette_gets_a_few_of_each_kind(app: App) -> None:
    found = app.finding.few("avery")
    kinds = [hit.kind for hit in found.hits]
    assert kinds == ["patient"] * EACH + ["session", "event"]
    assert app.finding.few("p-0001").hits[0].id == "p1"
    assert app.finding.few("a").hits == ()
    assert app.finding.few("averi").instead == (("averi", "avery"),)


def test_the_page_gets_them_all(app: App) -> None:
    assert len(app.finding.find(Question(words="avery")).hits) == EACH + 4
    assert ("k", "Ketamine") in app.finding.products()


def test_a_search_is_kept_asked_again_changed_and_dropped(app: App) -> None:
    question = Question(
        words="dizzy",
        kinds=("event",),
        since=PartialDate(2026),
        until=PartialDate(2026, 11),
        states=("stands",),
        serious=("serious", "unassessed"),
        products=("k",),
    )
    app.finding.keep(" Serious dizziness ", question)
    (kept,) = app.finding.kept()
    assert kept.name == "Serious dizziness"
    assert kept.kinds == {FoundKind.EVENT}
    assert question_of(kept) == question
    app.finding.keep("Serious dizziness", Question(words="dizzy"))
    (kept,) = app.finding.kept()
    assert question_of(kept) == Question(words="dizzy")
    app.finding.drop(kept)
    assert app.finding.kept() == []


def test_a_kept_search_needs_a_name(app: App) -> None:
    with pytest.raises(NamelessSearchError):
        app.finding.keep("  ", Question(words="dizzy"))


def test_a_report_that_changed_since_it_was_approved_is_found_as_that(tmp_path: Path) -> None:
    life = a_life(tmp_path / "life")
    finding, number = life.app.finding, str(life.report.number)
    life.approve()
    reports = Question(words=number, kinds=("report",))
    assert [hit.state for hit in finding.find(reports).hits] == ["ready"]

    patient = life.app.cases.gather(life.report.case_id).patient
    life.app.patients.save(replace(patient, history="Told again."))

    answer = finding.find(reports)
    assert [hit.state for hit in answer.hits] == ["changed"]
    assert answer.counts["states"] == {"changed": 1}
    assert [h.state for h in finding.few(number).hits if h.kind == "report"] == ["changed"]
    assert finding.find(replace(reports, states=("ready",))).hits == ()
    assert len(finding.find(replace(reports, states=("changed",))).hits) == 1
    # The words are those of the list.
    (line,) = life.app.cases.report_lines([life.report.id])
    assert line.state == label(FoundState.CHANGED)
    life.app.close()
