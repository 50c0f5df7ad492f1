"""The sentences of CTCAE stand beside the question how strong; the grade stays a person's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import TermGrades
from aeapp.domain.records import Administration, Event
from forms.chair.grade_lines import GradeLines
from tests.forms.test_session_room import at, open_place
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.terminologies import ctcae_csv

F4, ENTER = Qt.Key.Key_F4, Qt.Key.Key_Return
NEW = TermGrades("8.0", "Hypertension", {Severity.MODERATE: "Up, an hour", Severity.SEVERE: "Far"})
OLD = TermGrades("7.5", "Hypertension", {Severity.MILD: "A bit"}, same=False)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_all_grades_of_the_newest_edition_are_shown_until_one_is_chosen(qtbot: QtBot) -> None:
    lines = GradeLines()
    qtbot.addWidget(lines)
    lines.show_grades((NEW, OLD))

    assert lines.texts() == ["CTCAE 8.0", "2  Up, an hour", "3  Far"]
    lines.show_chosen(Severity.MILD)
    assert lines.texts() == [
        "Grade 1 says:",
        "CTCAE 8.0: has no such grade",
        "CTCAE 7.5, Hypertension: A bit",
    ]
    assert_accessible(lines)


def test_nothing_is_shown_where_no_edition_says_anything(qtbot: QtBot) -> None:
    lines = GradeLines()
    qtbot.addWidget(lines)
    lines.show_grades((NEW,))
    lines.show_grades(())

    assert lines.isHidden()


def test_an_event_of_the_palette_is_read_beside_its_grades_and_none_is_set(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_bytes(ctcae_csv())
    plan = bench.app.terminologies.plan(TerminologyName.CTCAE, tmp_path / "c.csv")
    bench.app.terminologies.load(plan)
    session = bench.app.sessions.start(a_patient(bench.app).id)
    bench.app.sessions.give(session, Administration(started=at(13, 50)))
    place = open_place(qtbot, bench, session.id)
    panel = place.parts["palette"]

    Keyboard().press(place, F4, "B")
    bench.settle(qtbot)

    assert panel.grades.texts() == [
        "CTCAE 7.5, Hypertension",
        "1  Up a bit",
        "2  Up",
        "3  Far up",
        "4  Top",
    ]
    Keyboard().press(place, "2")
    assert panel.grades.texts() == ["Grade 2 says:", "CTCAE 7.5, Hypertension: Up"]
    Keyboard().press(place, "N")
    bench.settle(qtbot)
    assert panel.grades.isHidden()
    Keyboard().press(place, "B", ENTER)
    bench.settle(qtbot)
    (stored,) = bench.app.sessions.room(session.id).events
    assert isinstance(stored, Event)
    assert (stored.verbatim, stored.severity, stored.codings) == (
        "Blood pressure increased",
        None,
        (),
    )
