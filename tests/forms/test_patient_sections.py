"""Sections of the chart: events told outside, pregnancies, the blind of a study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import PregnancyOutcome, Role, SessionEnd
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Call,
    Event,
    Patient,
    Pregnancy,
    Session,
    Study,
)
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import NewDose
from aeapp.services.telling import Teller, Told
from forms.clinic.studies import studies_page
from forms.errors import Errors
from forms.jobs import Runners
from forms.patient_card import PatientCard
from forms.widgets.history_table import HistoryTable
from tests.helpers.clinic import PASSWORD, StillClock, practice_app
from tests.helpers.desk import Bench, Keyboard, a_patient

ENTER, ESC, F4 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F4


@pytest.fixture(params=[Role.PRESCRIBER])
def bench(qapp: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    clock = StillClock()
    app = practice_app(tmp_path, clock, request.param)
    made = Bench(app, clock, Runners(), Errors(None))
    yield made
    made.close()


def open_card(qtbot: QtBot, bench: Bench, patient: Patient) -> PatientCard:
    card = PatientCard(bench.desk())
    qtbot.addWidget(card)
    card.resize(760, 1400)
    card.show()
    qtbot.waitActive(card).__enter__()
    card.show_patient(patient, bench.app.sessions.of_patient(patient.id))
    for _turn in range(3):
        bench.settle(qtbot)
        qtbot.wait(1)  # what a thread answered is shown in a turn of the loop
    return card


def words_in(widget: QWidget) -> str:
    return "\n".join(w.text() for w in widget.findChildren(QLabel) if w.isVisible())


def cells(history: HistoryTable[Any]) -> str:
    model = history.model
    rows = range(model.rowCount())
    lines = [[model.index(r, c).data() for c in range(model.columnCount())] for r in rows]
    return "\n".join(", ".join(str(cell) for cell in line) for line in lines)


def button(widget: QWidget, words: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == words)


# --- events told outside


def test_an_event_from_outside_is_taken_and_shown(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    card = open_card(qtbot, bench, patient)
    keys = Keyboard()
    keys.press(card, F4, ENTER)
    told = card.events.card
    told.save.click()
    assert told.note.text == "Say what happened."
    keys.press(card, "hea", ENTER)
    told.save.click()
    assert told.note.text == "Who told it? A digit says it."
    keys.press(card, "3", "y", "y", "n", ENTER)
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert bench.toasts == ["Event recorded; it waits for a decision."]
    (line,) = bench.app.telling.of_patient(patient.id)
    assert line.event.verbatim == "Headache"
    words = "onset not asked, Headache, no session, told by An emergency department"
    qtbot.waitUntil(lambda: words in cells(card.events.list))


def test_esc_leaves_an_event_from_outside(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    card = open_card(qtbot, bench, patient)
    keys = Keyboard()
    keys.press(card, F4, ESC)
    assert card.events.card.isHidden()
    card.events.ask()
    card.events.card.board.setFocus()
    keys.press(card, "x", ESC)
    assert card.events.card.isHidden()
    assert bench.app.telling.of_patient(patient.id) == ()


def test_a_time_still_to_come_is_refused_and_nothing_is_stored(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    card = open_card(qtbot, bench, patient)
    told = card.events.card
    card.events.ask()
    told.finder.picked.emit("Headache")
    told.board.who.picked.emit(Teller.OTHER)
    told.learnt.show_value(PartialDate(2027, 1, 1))
    told.save.click()
    bench.settle(qtbot)
    assert told.note.text == "The clinic cannot have learnt of it later than now."
    assert bench.app.telling.of_patient(patient.id) == ()
    assert not told.isHidden()


def test_an_event_is_linked_to_a_session_with_a_reason(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    session = bench.app.sessions.start(patient.id)
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    bench.app.telling.tell(Told(patient_id=patient.id, event="Headache", teller=Teller.PATIENT))
    card = open_card(qtbot, bench, patient)
    button(card.events, "To a session…").click()
    keys = Keyboard()
    keys.press(card, "x-1", ENTER)
    assert bench.toasts == ["This patient has no session of that number."]
    button(card.events, "To a session…").click()
    keys.press(card, "1", "2")
    bench.settle(qtbot)
    bench.settle(qtbot)
    (line,) = bench.app.telling.of_patient(patient.id)
    assert line.session is not None
    assert bench.app.sessions.room(session.id).notes[-1].words == "Headache: By its date"


def test_an_event_of_a_session_opens_it_and_one_without_asks_for_one(
    qtbot: QtBot, bench: Bench
) -> None:
    patient = a_patient(bench.app)
    session = bench.app.sessions.start(patient.id)
    bench.app.telling.tell(Told(patient_id=patient.id, event="Headache", teller=Teller.PATIENT))
    bench.app.sessions.catch_event(session, "Rash", None)
    events = open_card(qtbot, bench, patient).events
    assert "Rash, S-2026-000001" in cells(events.list)
    assert events.link.isHidden()
    events.list.table.opened.emit(0)
    assert bench.sessions == [session.id]
    events.list.table.selectRow(1)
    assert events.link.accessibleName() == "Headache belongs to a session"
    events.list.table.opened.emit(1)
    assert events.strip.isVisible()


def test_a_chart_of_many_years_makes_no_more_widgets_than_a_new_one(
    qtbot: QtBot, bench: Bench
) -> None:
    patient = a_patient(bench.app)
    counts = []
    for sessions, events in ((1, 1), (200, 60)):
        with bench.app.context.new_uow() as uow:
            rooms = [Session(patient_id=patient.id, number=f"S-{n}") for n in range(sessions)]
            told = [Event(patient_id=patient.id, verbatim="Rash") for _ in range(events)]
            calls = [Call(patient_id=patient.id, words="Slept.") for _ in range(sessions)]
            uow.save_bulk([*rooms, *told, *calls], who=bench.app.who, reason="import")
            uow.commit()
        card = open_card(qtbot, bench, patient)
        bench.settle(qtbot)
        counts.append(len(card.findChildren(QWidget)))
    assert card.sessions.model.rowCount() == 201
    assert card.events.list.model.rowCount() == 61
    qtbot.waitUntil(lambda: card.calls.list.model.rowCount() == 201)
    assert counts[0] == counts[1]


# --- pregnancies


def test_a_pregnancy_is_written_down_and_followed(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    card = open_card(qtbot, bench, patient)
    keys = Keyboard()
    keys.press(card, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_G))
    form = card.pregnancies.form
    form.editor.set("exposed", NullFlavor.NASK)
    form.editor.set("last_period", PartialDate(2026, 10))
    form.save()
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert bench.toasts == ["Pregnancy saved."]
    qtbot.waitUntil(lambda: "given in it" in words_in(card.pregnancies))
    shown = words_in(card.pregnancies)
    assert "given in it: Not asked, last period Oct-2026, expected not answered" in shown
    assert "to be asked 07-Aug-2027, 280 days after the last period" in shown
    # What is typed is stored on leaving the patient.
    button(card.pregnancies, "Change…").click()
    form.editor.set("exposed", Answer.YES)
    card.show_patient(Patient(), ())
    bench.settle(qtbot)
    (stored,) = bench.app.pregnancies.of_patient(patient.id)
    assert (stored.exposed, stored.version) == (Answer.YES, 2)


def test_a_child_with_an_event_gets_its_report(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    bench.app.pregnancies.save(
        Pregnancy(
            patient_id=patient.id,
            outcome=PregnancyOutcome.LIVE_BIRTH,
            child_affected=Answer.YES,
        )
    )
    bench.app.pregnancies.save(Pregnancy(patient_id=patient.id))
    card = open_card(qtbot, bench, patient)
    assert "to be asked, no date known" in words_in(card.pregnancies)
    button(card.pregnancies, "Report of the child…").click()
    Keyboard().press(card, "low weight", ENTER)
    bench.settle(qtbot)
    assert len(bench.reports) == 1


def test_nobody_asks_a_man_of_a_pregnancy(qtbot: QtBot, bench: Bench) -> None:
    patient = bench.app.patients.save(replace(a_patient(bench.app), sex=Sex.MALE))
    assert open_card(qtbot, bench, patient).pregnancies.isHidden()


# --- the blind


def a_patient_of_a_study(bench: Bench) -> tuple[Patient, Study]:
    study = bench.app.studies.save(
        Study(protocol="K-101", sponsor="Invented Sponsor", protocol_hours=24, blinded=True)
    )
    patient = a_patient(bench.app)
    session = bench.app.sessions.start(patient.id)
    (shelf,) = bench.app.stock.shelves()
    giving = Administration(
        dose=Decimal(1), dose_unit=DoseUnit.ML, started=bench.app.context.minute()
    )
    bench.app.dosing.give(session, NewDose(product=shelf.product, lot=None, giving=giving))
    return patient, study


def test_the_blind_is_opened_and_seen_with_the_password(qtbot: QtBot, bench: Bench) -> None:
    patient, _study = a_patient_of_a_study(bench)
    card = open_card(qtbot, bench, patient)
    assert card.blind.isVisible()
    assert "Study drug K-101, blinded, Invented Sponsor, told within 24 hours" in words_in(
        card.blind
    )
    card.blind.start.click()
    keys = Keyboard()
    keys.press(card, ENTER, "airway", ENTER, "esketamine", ENTER, PASSWORD, ENTER)
    # What was stored is read again after the write was told.
    qtbot.waitUntil(lambda: "by Dana Reyes: airway" in words_in(card.blind), timeout=10_000)
    assert "esketamine" not in words_in(card.blind)
    button(card.blind, "What it was…").click()
    keys.press(card, PASSWORD, ENTER)
    bench.settle(qtbot)
    assert card.blind.seen.text() == "It was: esketamine"
    card.show_patient(patient, ())
    assert card.blind.seen.text() == ""


@pytest.mark.parametrize("bench", [Role.NURSE], indirect=True)
def test_a_nurse_is_not_offered_to_open_the_blind(qtbot: QtBot, bench: Bench) -> None:
    patient, _study = a_patient_of_a_study(bench)
    card = open_card(qtbot, bench, patient)
    assert card.blind.isVisible()
    assert card.blind.start.isHidden()


def test_a_patient_without_a_study_has_no_such_section(qtbot: QtBot, bench: Bench) -> None:
    assert open_card(qtbot, bench, a_patient(bench.app)).blind.isHidden()


def test_studies_are_listed_with_a_line_for_a_new_one(qtbot: QtBot, bench: Bench) -> None:
    bench.app.studies.save(Study(title="Ketamine for pain", protocol="K-1", protocol_hours=24))
    bench.app.studies.save(Study(protocol="K-2", blinded=False))
    page = studies_page(bench.desk())
    qtbot.addWidget(page)
    bench.settle(qtbot)
    rows = [
        [str(page.model.index(n, column).data() or "") for column in (0, 3, 4)]
        for n in range(page.model.rowCount())
    ]
    assert rows == [
        ["Ketamine for pain", "24 hours", "not answered"],
        ["K-2", "", "open"],
        ["New study", "", ""],
    ]
    page.table.selectRow(2)
    page.form.editor.set("title", "Another")
    page.form.editor.set("sponsor", "Invented Sponsor")
    page.form.save()
    bench.settle(qtbot)
    bench.settle(qtbot)
    assert page.model.rowCount() == 4
    assert bench.app.studies.studies()[-1].title == "Another"
