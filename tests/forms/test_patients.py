"""The place of patients with real services: found, read, changed, stored with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.conditions import condition_words
from aeapp.domain.records import Patient
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.services.patients import PatientLine
from forms.errors import ErrorDialog
from forms.patients import COLUMNS, PatientsPlace
from forms.session_header import age_words
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def open_place(qtbot: QtBot, bench: Bench) -> PatientsPlace:
    place = PatientsPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 800)
    with qtbot.waitActive(place):
        place.show()
    place.focus_first()
    settle(qtbot, bench)
    return place


def settle(qtbot: QtBot, bench: Bench) -> None:
    # Answers of one job may start another, such as ids and then the lines of a page.
    for _turn in range(3):
        bench.settle(qtbot)
        qtbot.wait(1)


def names(place: PatientsPlace) -> list[str]:
    place.table.viewport().repaint()
    return [str(place.model.index(row, 0).data()) for row in range(place.model.rowCount())]


def type_into(qtbot: QtBot, place: PatientsPlace, path: str, text: str) -> None:
    place.card.fields[path].focus_editor()
    Keyboard().press(place, text, TAB)


def test_an_empty_clinic_offers_to_enter_the_first_patient(qtbot: QtBot, bench: Bench) -> None:
    place = open_place(qtbot, bench)
    button = next(
        b
        for b in place.findChildren(QPushButton)
        if b.isVisible() and b not in (place.new, place.take)
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert place.card.isVisible()
    Keyboard().press(place, "Avery Sample", TAB)
    assert place.card.editor.model.name == "Avery Sample"


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [
        ("Avery Sample", "P-1", "Avery Sample"),
        ("", "P-1", ""),
        ("", "", "No name, no code"),
    ],
)
def test_no_row_is_empty(name: str, code: str, shown: str) -> None:
    line = PatientLine(id="p", code=code, name=name, birth="", sessions=0, last_session="")
    assert COLUMNS[0].text(line) == shown


def test_letters_of_name_or_code_find_a_patient(qtbot: QtBot, bench: Bench) -> None:
    a_patient(bench.app, "P-1", "Avery Sample")
    a_patient(bench.app, "P-2", "Blake Example")
    a_patient(bench.app, "AVE-3", "Casey")
    place = open_place(qtbot, bench)
    assert names(place) == ["Avery Sample", "Blake Example", "Casey"]
    Keyboard().press(place, "ave")
    qtbot.waitUntil(lambda: place.model.rowCount() == 2)
    settle(qtbot, bench)
    assert sorted(names(place)) == ["Avery Sample", "Casey"]


def test_arrows_walk_the_list_from_the_search_and_show_the_chart(
    qtbot: QtBot, bench: Bench
) -> None:
    a_patient(bench.app, "P-1", "Avery Sample")
    second = a_patient(bench.app, "P-2", "Blake Example")
    place = open_place(qtbot, bench)
    Keyboard().press(place, Qt.Key.Key_Down, Qt.Key.Key_Down)
    settle(qtbot, bench)
    assert place.chosen == second.id
    assert place.card.editor.saved == second
    assert place.search.hasFocus()


def test_a_new_patient_is_stored_with_what_was_typed(qtbot: QtBot, bench: Bench) -> None:
    place = open_place(qtbot, bench)
    Keyboard().press(place, (ALT, Qt.Key.Key_N))
    type_into(qtbot, place, "name", "Avery Sample")
    type_into(qtbot, place, "code", "P-0412")
    type_into(qtbot, place, "birth_date", "12041980")
    place.card.fields["sex"].focus_editor()
    Keyboard().press(place, "2", (CTRL, Qt.Key.Key_S))
    settle(qtbot, bench)
    (patient_id,) = bench.app.patients.ids()
    stored = bench.app.patients.get(patient_id)
    assert (stored.name, stored.code, stored.sex) == ("Avery Sample", "P-0412", Sex.FEMALE)
    assert stored.birth_date == PartialDate(1980, 4, 12)
    assert place.chosen == patient_id
    assert names(place) == ["Avery Sample"]


def test_a_change_of_something_stored_asks_why_with_one_digit(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-1", "Avery Sampel")
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    field = place.card.fields["name"]
    field.focus_editor()
    keys = Keyboard()
    keys.press(place, (CTRL, Qt.Key.Key_A), "Avery Sample", TAB, (CTRL, Qt.Key.Key_S))
    settle(qtbot, bench)
    assert bench.app.patients.get(patient.id).name == "Avery Sampel"
    assert place.card.why.isVisible()
    keys.press(place, "1")
    settle(qtbot, bench)
    assert bench.app.patients.get(patient.id).name == "Avery Sample"
    assert not place.card.why.isVisible()
    with bench.app.context.new_uow() as uow:
        entries = uow.trail.of("patient", patient.id)
    assert entries[-1].content["reason"] == "typing slip"


def test_an_addition_asks_nothing(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    type_into(qtbot, place, "phone", "555 0100")
    Keyboard().press(place, (CTRL, Qt.Key.Key_S))
    settle(qtbot, bench)
    assert bench.app.patients.get(patient.id).phone == "555 0100"


def test_what_was_typed_is_stored_when_another_patient_is_chosen(
    qtbot: QtBot, bench: Bench
) -> None:
    first = a_patient(bench.app, "P-1", "Avery Sample")
    second = a_patient(bench.app, "P-2", "Blake Example")
    place = open_place(qtbot, bench)
    place.open_patient(first.id)
    settle(qtbot, bench)
    type_into(qtbot, place, "phone", "555 0100")
    place.open_patient(second.id)
    settle(qtbot, bench)
    assert bench.app.patients.get(first.id).phone == "555 0100"
    assert place.card.editor.saved.id == second.id


@pytest.mark.parametrize("how", ["save", "flush"])
def test_a_field_that_still_has_the_cursor_is_stored_too(
    how: str, qtbot: QtBot, bench: Bench
) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    place.card.fields["birth_date"].focus_editor()
    Keyboard().press(place, "12041980")
    if how == "save":
        Keyboard().press(place, (CTRL, Qt.Key.Key_S))
    else:
        place.flush()
    settle(qtbot, bench)
    assert bench.app.patients.get(patient.id).birth_date == PartialDate(1980, 4, 12)


def test_unreadable_text_stays_with_its_note(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    place.card.editor.enter("birth_date", "soon")
    assert place.card.fields["birth_date"].note.text.startswith("Expected a date such as")


def test_medicines_are_added_and_removed(qtbot: QtBot, bench: Bench) -> None:
    patient = bench.app.patients.save(Patient(code="P-1", medicines=(Medicine(name="lithium"),)))
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    add = place.findChild(QPushButton, "patient.add_medicine")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    Keyboard().press(place, "sertraline", TAB)
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    place.card.save_button.click()
    settle(qtbot, bench)
    stored = bench.app.patients.get(patient.id)
    assert [m.name for m in stored.medicines] == ["lithium", "sertraline"]


def test_a_condition_is_told_in_words_and_a_code_of_the_wrong_shape_gets_a_sentence(
    qtbot: QtBot, bench: Bench
) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    place.card.lists[0].add.click()
    Keyboard().press(place, "Migraine", TAB, "G431", TAB, "2019", TAB)
    row = place.card.lists[0]
    assert row.fields["conditions[0].icd10cm"].note.text.startswith("An ICD-10-CM code is a letter")

    row.fields["conditions[0].icd10cm"].focus_editor()
    Keyboard().press(place, (CTRL, Qt.Key.Key_A), "G43.1", TAB)
    assert not row.fields["conditions[0].icd10cm"].note.text.startswith("An ICD-10-CM")
    assert_accessible(place.card)
    place.card.save_button.click()
    settle(qtbot, bench)
    (stored,) = bench.app.patients.get(patient.id).conditions
    assert condition_words(stored) == "Migraine (ICD-10-CM G43.1), since 2019"


def test_undo_brings_back_what_stood_there(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-1", "Avery Sample")
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    place.card.editor.enter("name", "Avery Simple")
    place.card.save_button.setFocus()
    Keyboard().press(place, (CTRL, Qt.Key.Key_Z))
    assert place.card.editor.model.name == "Avery Sample"


def test_ctrl_y_and_ctrl_enter_work_in_the_chart(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-1", "Avery Sample")
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    place.card.editor.enter("history", "Told by the patient.")
    place.card.save_button.setFocus()
    Keyboard().press(place, (CTRL, Qt.Key.Key_Z), (CTRL, Qt.Key.Key_Y))
    assert place.card.editor.model.history == "Told by the patient."

    Keyboard().press(place, (CTRL, Qt.Key.Key_Return))
    settle(qtbot, bench)

    assert bench.app.patients.get(patient.id).history == "Told by the patient."


def test_sessions_are_listed_with_the_way_to_each(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    session = bench.app.sessions.start(patient.id, route=SessionRoute.IM)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    listed = place.card.sessions
    assert listed.chosen is not None
    assert listed.chosen.number == session.number
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    place.card.start.click()
    assert bench.sessions == [session.id]
    assert bench.starts == [patient.id]


def test_a_click_on_a_head_sorts_and_again_turns_round(qtbot: QtBot, bench: Bench) -> None:
    a_patient(bench.app, "P-2", "Avery")
    a_patient(bench.app, "P-1", "Blake")
    place = open_place(qtbot, bench)
    for expected in (["Blake", "Avery"], ["Avery", "Blake"]):
        place.table.horizontalHeader().sectionClicked.emit(1)
        settle(qtbot, bench)
        assert names(place) == expected


def test_somebody_elses_change_is_not_overwritten(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    bench.app.patients.save(replace(patient, phone="555 0199"))
    type_into(qtbot, place, "address", "12 Invented Street")
    Keyboard().press(place, (CTRL, Qt.Key.Key_S))
    settle(qtbot, bench)
    assert bench.app.patients.get(patient.id).address is None
    assert place.card.editor.model.address == "12 Invented Street"
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog)]
    dialog.close()


def test_every_part_has_a_name_and_a_place_in_the_tab_order(qtbot: QtBot, bench: Bench) -> None:
    patient = bench.app.patients.save(Patient(code="P-1", medicines=(Medicine(name="lithium"),)))
    bench.app.sessions.start(patient.id)
    place = open_place(qtbot, bench)
    place.open_patient(patient.id)
    settle(qtbot, bench)
    assert_accessible(place)


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        (PartialDate(1980, 11, 23), "46 y"),
        (PartialDate(1980, 11, 24), "45 y"),
        (PartialDate(1980), "45 or 46 y"),
        (None, ""),
    ],
)
def test_an_age_is_as_exact_as_the_date(birth: PartialDate | None, words: str) -> None:
    assert age_words(birth, PartialDate(2026, 11, 23).first_day()) == words
