"""Limits and schedules as the clinic sees and edits them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ClinicDuty, ObservationKind, SessionRoute
from aeapp.domain.codelists.session import NotAnEvent
from aeapp.domain.records import Administration, Observation
from aeapp.domain.values import PartialDate
from forms.clinic.assessments import AssessmentsPage
from forms.clinic.settings_page import SettingsPage
from forms.clinic_place import ClinicPlace
from forms.widgets.base import FieldWidget
from forms.widgets.why import Why
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.report_case import a_serious_report

CTRL = Qt.KeyboardModifier.ControlModifier
UNDO, SAVE = (CTRL, Qt.Key.Key_Z), (CTRL, Qt.Key.Key_S)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def place(qtbot: QtBot, bench: Bench) -> ClinicPlace:
    place = ClinicPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1300, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    bench.settle(qtbot)
    place.focus_first()
    return place


def type_into(field: FieldWidget, text: str) -> None:
    """Replace what stands in a field and leave it with Enter."""
    (line,) = field.findChildren(QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, ENTER)


def cells(page: SettingsPage, row: int) -> list[str]:
    return [page.model.index(row, n).data() for n in range(page.model.columnCount())]


def test_every_limit_is_listed_with_its_figures_and_whose_it_is(place: ClinicPlace) -> None:
    page = place.pages["limits"]
    assert page.table.hasFocus()
    assert page.model.rowCount() == 8
    assert cells(page, 0) == [
        "Blood pressure increased",
        "Systolic over 180 mmHg or 30 % over baseline",
        "all routes",
        "0",
        "",
        "default",
    ]
    assert page.form.fields["basis"].isVisible()
    assert page.form.state_words.text() == "Default of the program"
    assert not page.form.reset_button.isEnabled()
    assert_accessible(place)


def test_a_page_begins_with_its_heading_wherever_the_last_one_was_left(place: ClinicPlace) -> None:
    place.resize(1000, 500)
    bar = place._scroll.verticalScrollBar()  # noqa: SLF001 - as the wheel moves it
    bar.setValue(bar.maximum())
    assert bar.value() > 0

    place.show_page("register")

    assert bar.value() == 0
    register = place.pages["register"]
    assert register.model.rowCount() == 0
    # Where nothing was written yet, the list stands under its heading all the same.
    assert register.table.y() < place.height() / 2


def test_a_limit_is_changed_undone_and_saved_by_keys(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    page = place.pages["limits"]
    keys = Keyboard()
    type_into(page.form.fields["limit"], "17")
    type_into(page.form.fields["limit"], "170")
    assert page.unsaved
    keys.press(place, UNDO)
    assert page.form.editor.model.limit == Decimal(17)
    type_into(page.form.fields["limit"], "170")
    keys.press(place, SAVE)
    bench.settle(qtbot)
    assert bench.app.watching.rules()[0].limit == Decimal(170)
    assert cells(page, 0)[1].startswith("Systolic over 170")
    assert cells(page, 0)[5] == "this clinic's"
    assert not page.unsaved


def test_a_figure_that_cannot_be_right_is_not_saved_and_stays(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    page = place.pages["limits"]
    type_into(page.form.fields["limit"], "1700")
    Keyboard().press(place, SAVE)
    bench.settle(qtbot)
    assert bench.app.watching.rules()[0].limit == Decimal(180)
    assert page.form.editor.model.limit == Decimal(1700)
    assert page.form.fields["limit"].note.text.startswith("Expected 0 to 1000")


def test_a_saved_limit_is_changed_again_only_with_a_reason_and_can_go_back(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    page, keys = place.pages["limits"], Keyboard()
    type_into(page.form.fields["limit"], "170")
    keys.press(place, SAVE)
    bench.settle(qtbot)
    page.form.reset_button.click()
    assert page.form.editor.model.limit == Decimal(180)
    keys.press(place, UNDO)
    assert page.form.editor.model.limit == Decimal(170)
    page.form.reset_button.click()
    page.form.save()
    assert page.form.why.isVisible()
    keys.press(place, "4")
    bench.settle(qtbot)
    rule = bench.app.watching.rules()[0]
    assert (rule.limit, rule.version) == (Decimal(180), 2)
    with bench.app.context.new_uow() as uow:
        assert uow.trail.of("watch_rule", rule.id)[-1].content["reason"] == "other"
    assert cells(page, 0)[5] == "default"


def test_what_was_typed_for_one_limit_stays_while_another_is_looked_at(place: ClinicPlace) -> None:
    page = place.pages["limits"]
    type_into(page.form.fields["limit"], "170")
    page.table.selectRow(1)
    assert page.form.editor.model.limit == Decimal(110)
    page.table.selectRow(0)
    assert page.form.editor.model.limit == Decimal(170)


def test_the_list_says_what_was_made_of_a_months_proposals(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    app = bench.app
    for n, decide in enumerate(("accept", "dismiss")):
        session = app.sessions.start(a_patient(app, f"P-{n}").id, route=SessionRoute.IM)
        app.sessions.give(
            session, Administration(started=PartialDate(2026, 11, 23, 13, 50, None, -300))
        )
        for _twice in range(2):
            bench.clock.pass_minutes(5)
            high = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(140))
            app.sessions.log_readings(session, [high])
        (proposal,) = app.watching.of_session(session.id)
        if decide == "accept":
            app.watching.accept(proposal)
        else:
            app.watching.dismiss(proposal, NotAnEvent.ARTEFACT)
    place.refresh()
    bench.settle(qtbot)
    assert cells(place.pages["limits"], 3)[3:5] == ["2", "1 / 2"]


# --- assessments


def test_while_no_assessment_falls_due_one_key_turns_the_usual_ones_on(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    place.show_page("assessments")
    bench.settle(qtbot)
    page = place.pages["assessments"]
    assert isinstance(page, AssessmentsPage)
    assert page.off.isVisible()
    assert "Usual: PHQ-9 before the first dose, every 2 sessions; GAD-7" in page.off.words.text()
    assert_accessible(place)
    Keyboard().press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_U))
    bench.settle(qtbot)
    assert page.off.isHidden()
    assert bench.toasts[-1] == "5 schedules are on. What is due stands on Today."
    assert [line.active for line in bench.app.schedules.lines()] == [True] * 5
    assert cells(page, 0) == [
        "PHQ-9",
        "before the first dose, every 2 sessions",
        "the clinic's own",
    ]


# --- schedules


def test_a_row_is_added_to_a_schedule_and_sessions_ask_for_it(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    place.show_page("schedules")
    page, keys = place.pages["schedules"], Keyboard()
    assert cells(page, 0)[2] == "0, 15, 30, 45, 60, 90"
    rows = len(page.form.editor.model.due)
    page.form.add_button.click()
    assert page.form.row_fields[f"due[{rows}].minute"].isVisible()
    type_into(page.form.row_fields[f"due[{rows}].minute"], "120")
    page.form.editor.set(f"due[{rows}].kinds", frozenset({ObservationKind.MOAA_S}))
    keys.press(place, SAVE)
    bench.settle(qtbot)
    assert cells(page, 0)[2:5] == ["0, 15, 30, 45, 60, 90, 120", "90 min", "this clinic's"]
    session = bench.app.sessions.start(a_patient(bench.app).id, route=SessionRoute.IV_INFUSION)
    asked = bench.app.watching.schedule(session)[-1]
    assert (asked.minute, asked.kinds) == (120, {ObservationKind.MOAA_S})


def test_a_removed_row_comes_back_by_undo(place: ClinicPlace) -> None:
    place.show_page("schedules")
    page = place.pages["schedules"]
    before = page.form.editor.model.due
    remove = next(
        b
        for b in page.form.findChildren(QPushButton)
        if b.accessibleName() == "Remove row 1" and b.isVisible()
    )
    remove.click()
    assert page.form.editor.model.due == before[1:]
    assert len(page.form.row_fields) == 4 * (len(before) - 1)
    Keyboard().press(place, UNDO)
    assert page.form.editor.model.due == before
    assert len(page.form.row_fields) == 4 * len(before)
    assert_accessible(place)


def test_the_pages_are_picked_from_the_list(place: ClinicPlace) -> None:
    place.list.setFocus()
    Keyboard().press(place, Qt.Key.Key_Down)
    assert place.pages["schedules"].isVisible()
    assert not place.pages["limits"].isVisible()
    assert place.regions()[1] is place.pages["schedules"].table


def test_what_the_clinic_is_to_a_regulator_is_answered_and_brings_its_clocks(
    place: ClinicPlace, bench: Bench, qtbot: QtBot
) -> None:
    report = a_serious_report(bench.app)
    place.show_page("duties")
    page = place.pages["duties"]
    assert cells(page, 0) == ["Physician office", "15 days", "not answered"]
    assert_accessible(place)

    page.form.editor.set("duties", frozenset({ClinicDuty.IND_INVESTIGATOR}))
    type_into(page.form.fields["target_days"], "7")
    page.form.why.picked.emit(Why.NEW)
    Keyboard().press(place, SAVE)
    bench.settle(qtbot)

    assert cells(page, 0)[1:] == ["7 days", "Investigator of a study under an IND"]
    clocks = bench.app.worklist.clocks_of([report.case_id])[report.case_id]
    assert [c.rule.id for c in clocks] == ["ind-investigator", "voluntary"]
    assert clocks[1].due is not None
    assert clocks[1].due.day == 30


def test_every_clock_is_listed_with_whether_it_binds_this_clinic(
    qtbot: QtBot, bench: Bench, place: ClinicPlace
) -> None:
    place.show_page("clocks")
    lines = {line[0]: line[1:] for line in place.clocks.lines()}
    clause = "Form FDA 3500 (voluntary)"
    assert lines["Voluntary report of a serious event"] == (
        "yes", "15 calendar days", "clinic target", "by itself", clause,
    )  # fmt: skip
    assert lines["Transfer or death by the rules of the state"][:2] == ("no", "no fixed time")
    assert place.clocks.others.rowCount() == 8
    assert_accessible(place)
    profile = bench.app.profile
    profile.save(replace(profile.clinic(), duties=frozenset({ClinicDuty.STATE}), state_hours=24))
    place.refresh()
    bench.settle(qtbot)
    lines = {line[0]: line[1:] for line in place.clocks.lines()}
    assert lines["Transfer or death by the rules of the state"][:2] == ("yes", "24 hours")
