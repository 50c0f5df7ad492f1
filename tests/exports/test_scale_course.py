"""The paper of a patient's course on a scale: what the window shows, told apart without colour."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from aeapp.domain.records import Administration, Event, Patient
from aeapp.domain.scales.typing import read_typed
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.scales import Filled, UnknownScaleError
from tests.exports.reading import page_texts
from tests.helpers.clinic import practice_app


def filled(app: App, patient: Patient, signs: str, at: str, code: str = "phq-9") -> None:
    scale = app.scales.named(code)
    typed = read_typed(scale, signs)
    app.scales.fill(
        Filled(
            scale=scale,
            patient_id=patient.id,
            items=typed.items,
            total=typed.total,
            at=PartialDate.parse(at),
        )
    )


def test_the_paper_of_a_course_holds_scores_events_and_the_sources_of_its_rules(
    tmp_path: Path,
) -> None:
    app = practice_app(tmp_path)
    try:
        patient = app.patients.save(Patient(code="P-7"))
        filled(app, patient, "333222222", "2026-10-01")
        session = app.sessions.start(patient.id, started=PartialDate(2026, 10, 5))
        at = PartialDate.parse("2026-10-05T14:00-04:00")
        app.sessions.give(session, Administration(started=at, dose=Decimal(40)))
        app.sessions.save(
            Event(patient_id=patient.id, session_id=session.id, verbatim="Nausea", onset=at)
        )
        filled(app, patient, "t9", "2026-10-20")
        filled(app, patient, "11-111110", "2026-11-10")
        out = tmp_path / "course.pdf"
        export = app.course_papers.export(patient.id, "phq-9", out)
        (text,) = page_texts(out.read_bytes())
        assert export.pages == 1
        for wanted in (
            "PHQ-9 of P-7",
            "first 21, last 7.88",
            "-12 from 21, response",
            "Only the total was",
            "Nausea",
            "no diagnosis",
            "Kroenke",
            "baseline",
            "open",
        ):
            assert wanted in text, wanted
        again = app.course_papers.render(patient.id, "phq-9")
        assert again.pages == 1
        empty = app.patients.save(Patient(code="P-8"))
        nothing = app.course_papers.render(empty.id, "gad-7")
        assert "None recorded." in page_texts(nothing.content)[0]
        try:
            app.course_papers.render(patient.id, "hamilton")
        except UnknownScaleError as error:
            assert "scale" in error.message  # noqa: PT017 - the refusal is what is asked for
        with app.context.new_uow() as uow:
            assert len(uow.trail.by_action("export")) == 1
    finally:
        app.close()


def test_the_versions_of_each_scale_are_counted_by_themselves(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    try:
        patient = app.patients.save(Patient(code="P-7"))
        filled(app, patient, "333222222", "2026-10-01")
        app.course_papers.export(patient.id, "phq-9", tmp_path / "1.pdf")
        filled(app, patient, "2222222", "2026-10-20", "gad-7")
        app.course_papers.export(patient.id, "gad-7", tmp_path / "2.pdf")
        app.course_papers.export(patient.id, "phq-9", tmp_path / "3.pdf")
        with app.context.new_uow() as uow:
            told = [entry.content["data"] for entry in uow.trail.by_action("export")]
        assert [(one["kind"], one["version"]) for one in told] == [
            ("course phq-9", 1), ("course gad-7", 1), ("course phq-9", 2)
        ]  # fmt: skip
    finally:
        app.close()
