"""A table of patients is chosen, mended and taken in from the window; the clinic goes out whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.tables.record_map import TableKind
from forms.clinic_place import ClinicPlace
from forms.patients import PatientsPlace
from forms.table_mapper import TableMapper
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, open_bench

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def settle(qtbot: QtBot, bench: Bench) -> None:
    for _turn in range(3):
        bench.settle(qtbot)
        qtbot.wait(1)


def test_a_table_is_mended_and_taken_in_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path)
    table, mend = tmp_path / "people.csv", tmp_path / "people-to-mend.csv"
    table.write_text("code,birth_date,shoe\nT-1,1986-02-03,44\nT-2,yesterday,45\n")
    bench.ask = answers = Answers(path=table)
    place = PatientsPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    with qtbot.waitActive(place):
        place.show()
    settle(qtbot, bench)
    keys, card = Keyboard(), place.tables

    keys.press(place, (ALT, Qt.Key.Key_I))
    settle(qtbot, bench)
    assert card.isVisible()
    assert card.note.text == "1 of 2 rows have a problem, so nothing can be taken in."
    assert card.plan.toPlainText().startswith("line 3: birth_date: Expected a date")
    assert not card.apply.isEnabled()
    assert_accessible(place)

    answers.path = mend
    keys.press(place, (ALT, Qt.Key.Key_P))
    settle(qtbot, bench)
    assert answers.names[-1] == "people-to-mend.csv"
    mend.write_text(mend.read_text(encoding="utf-8-sig").replace("yesterday", "1990"))
    keys.press(place, (ALT, Qt.Key.Key_O))
    settle(qtbot, bench)
    assert "2 of 2 rows are new here." in card.plan.toPlainText()
    assert "Columns left out: shoe." in card.plan.toPlainText()
    assert not card.mend.isVisible()
    keys.press(place, (CTRL, ENTER))
    settle(qtbot, bench)
    assert card.note.text == "Taken in: 2."
    assert place.model.rowCount() == 2

    # The mended file is there: it is asked before another one takes its place.
    answers.path = table
    keys.press(place, (ALT, Qt.Key.Key_O))
    settle(qtbot, bench)
    answers.path = mend
    keys.press(place, (ALT, Qt.Key.Key_P))
    settle(qtbot, bench)
    assert answers.asked[-1].title == "Replace people-to-mend.csv?"
    assert "problem" in mend.read_text(encoding="utf-8-sig").splitlines()[0]
    refuse_a_mapping(qtbot, bench, place, answers, table)
    bench.close()


def refuse_a_mapping(
    qtbot: QtBot, bench: Bench, place: PatientsPlace, answers: Answers, table: Path
) -> None:
    """A file that is no mapping is named, and what was said stays."""
    keys, card = Keyboard(), place.tables
    answers.path = table
    keys.press(place, (ALT, Qt.Key.Key_M))
    settle(qtbot, bench)
    assert card.mapper.isVisible()
    keys.press(place, (ALT, Qt.Key.Key_F))
    settle(qtbot, bench)
    assert "This is no JSON" in card.mapper.note.text
    keys.press(place, ESC)
    assert not card.mapper.isVisible()
    keys.press(place, ESC)
    assert not card.isVisible()


def test_columns_that_nobody_knows_are_said_and_kept_and_scores_come_in(
    qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_bench(tmp_path)
    table, scores = tmp_path / "charts.csv", tmp_path / "scores.csv"
    table.write_text("Chart;Pseudonym;Gender;Born\nMR-1;T-1;M;16.11.1980\nMR-2;T-2;W;02.03.1986\n")
    scores.write_text("Pseudonym,Day,Q sum\nT-1,11/23/2026,12\nT-9,11/24/2026,9\n")
    bench.ask = answers = Answers(path=table)
    place = PatientsPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    with qtbot.waitActive(place):
        place.show()
    settle(qtbot, bench)
    keys, card = Keyboard(), place.tables
    keys.press(place, (ALT, Qt.Key.Key_I))
    settle(qtbot, bench)
    mapper = card.mapper
    # No column is called like an item, so they are asked for.
    assert mapper.note.text == "Say of one column at least what it holds."
    hold(qtbot, bench, mapper, "Chart", "Record number")
    hold(qtbot, bench, mapper, "Pseudonym", "Code for reports")
    hold(qtbot, bench, mapper, "Born", "Date of birth")
    hold(qtbot, bench, mapper, "Gender", "Sex")
    assert mapper.note.text == "2 of 2 rows have a problem; they stand below."
    assert_accessible(place)
    for words in ("Male", "Female"):
        mapper.meaning.setCurrentIndex(mapper.meaning.findText(words))
        mapper.meaning.activated.emit(mapper.meaning.currentIndex())
        settle(qtbot, bench)
    assert mapper.note.text == "Every row can be read; 2 of 2 are new here."
    mapper.name.setText("Old system")
    mapper.name.textEdited.emit("Old system")
    settle(qtbot, bench)
    keys.press(place, (ALT, Qt.Key.Key_G))
    settle(qtbot, bench)
    assert card.columns.accessibleName() == "Columns: as said: Old system"
    keys.press(place, (CTRL, ENTER))
    settle(qtbot, bench)
    assert card.note.text == "Taken in: 2."
    # The next table with this header needs nothing more.
    keys.press(place, (ALT, Qt.Key.Key_O))
    settle(qtbot, bench)
    assert card.columns.accessibleName() == "Columns: as kept: Old system"
    assert "2 were here already" in card.plan.toPlainText()

    answers.path = scores
    take_scores(qtbot, bench, place)
    bench.close()


def take_scores(qtbot: QtBot, bench: Bench, place: PatientsPlace) -> None:
    keys, card, mapper = Keyboard(), place.tables, place.tables.mapper
    card.kinds.buttons[2].click()
    card.scale.setCurrentIndex(card.scale.findText("PHQ-9", Qt.MatchFlag.MatchStartsWith))
    keys.press(place, (ALT, Qt.Key.Key_O))
    settle(qtbot, bench)
    assert mapper.isVisible()
    hold(qtbot, bench, mapper, "Pseudonym", "Patient, by the code for reports")
    hold(qtbot, bench, mapper, "Day", "Date")
    hold(qtbot, bench, mapper, "Q sum", "Total")
    assert "1 of 2 rows have a problem" in mapper.note.text
    # A code that is not known here may get a patient; that is said, and seen at once.
    card.keep.click()
    settle(qtbot, bench)
    assert "1 codes are not known here" in mapper.trial.toPlainText()
    keys.press(place, (ALT, Qt.Key.Key_G))
    settle(qtbot, bench)
    keys.press(place, (CTRL, ENTER))
    settle(qtbot, bench)
    assert card.note.text == "Taken in: 2."


def hold(qtbot: QtBot, bench: Bench, mapper: TableMapper, column: str, words: str) -> None:
    row = [line.name for line in mapper.lines.rows].index(column)
    mapper.columns.selectRow(row)
    at = mapper.item.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert at >= 0, [mapper.item.itemText(n) for n in range(mapper.item.count())]
    mapper.item.setCurrentIndex(at)
    mapper.item.activated.emit(at)
    settle(qtbot, bench)


def test_the_whole_clinic_is_written_from_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path, role=Role.ADMIN)
    out = tmp_path / "whole.zip"
    bench.ask = answers = Answers(path=out)
    place = ClinicPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1300, 900)
    with qtbot.waitActive(place):
        place.show()
    settle(qtbot, bench)
    place.show_page("whole")
    place.focus_first()
    assert "not encrypted" in place.whole.note.text
    assert_accessible(place)
    Keyboard().press(place, ENTER)
    settle(qtbot, bench)

    assert answers.names == ["clinic-2026-11-23.zip"]
    assert "whole.zip" in place.whole.strip.words.text()
    assert "2 records, 0 files" in place.whole.strip.words.text()
    assert zipfile.is_zipfile(out)
    bench.close()


def test_a_name_reads_no_table_anew_and_other_rows_ask_for_their_own_columns(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = open_bench(tmp_path)
    table = tmp_path / "people.csv"
    table.write_text("MRN,Born\nT-1,1986-02-03\n")
    bench.ask = Answers(path=table)
    place = PatientsPlace(bench.desk())
    qtbot.addWidget(place)
    with qtbot.waitActive(place):
        place.show()
    Keyboard().press(place, (ALT, Qt.Key.Key_I))
    settle(qtbot, bench)
    card, mapper = place.tables, place.tables.mapper
    holds(mapper, "record_number")
    settle(qtbot, bench)
    assert mapper.go.isEnabled()

    read: list[object] = []
    monkeypatch.setattr("forms.table_mapper.planned", lambda *asked: read.append(asked))
    QTest.keyClicks(mapper.name, "Our system")
    settle(qtbot, bench)
    assert mapper.go.isEnabled()
    assert (mapper.draft.name, read) == ("Our system", [])
    monkeypatch.undo()

    # The columns that were said are those of patients.
    card.kinds.buttons[1].click()
    settle(qtbot, bench)
    assert mapper.isVisible()
    assert mapper.draft.kind is TableKind.SESSIONS
    # What is still read of a table is for nobody once it is left.
    card.ask_columns()
    mapper.leave()
    settle(qtbot, bench)
    assert not mapper.isVisible()
    bench.close()


def holds(mapper: TableMapper, item: str) -> None:
    mapper.item.setCurrentIndex(mapper.item.findData(item))
    mapper.item.activated.emit(mapper.item.currentIndex())
