"""What gives way where the window is narrow, and what is never cut."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.board import BoardStatus, ChairLine
from aeapp.domain.chair.phases import Step
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import rows_of
from aeapp.domain.vitals.typing import shown
from forms import fonts
from forms.chair.closed_banner import ClosedBanner
from forms.chair.import_words import _span
from forms.chair.phase_steps import StepRow
from forms.chair.proposal_strip import ProposalStrip
from forms.chair_cards import ChairBoard
from forms.due_list import DueList
from forms.models.vitals import VitalsModel, _fitting
from forms.theme import px
from forms.vitals_grid import VitalsGrid
from tests.helpers.charting import row


def test_a_row_of_steps_shows_those_there_is_room_for_from_the_one_that_is_now(
    qtbot: QtBot,
) -> None:
    steps = StepRow()
    qtbot.addWidget(steps)
    steps.show_step(Step.DOSE, frozenset({Step.GATE}))
    shown = []
    for width in (steps.sizeHint().width(), steps.sizeHint().width() - 1, 190, 10):
        steps.resize(width, 30)
        shown.append(list(steps.shown))
    assert shown == [[0, 1, 2, 3, 4], [1, 2, 3, 4], [1, 2], [1]]


def test_a_flag_gives_up_the_quantity_before_the_finding(qtbot: QtBot) -> None:
    model = VitalsModel()
    words = {ObservationKind.BLOOD_PRESSURE: "over 180", ObservationKind.HEART_RATE: "under 45"}
    model.watch(lambda reading: words.get(reading.kind, ""), ())
    (one,) = rows_of(row(0, (182, 90), 41), model.columns, None)
    pill = model.pill_of(one)
    assert pill is not None
    ways = (pill[1], *model.shorter_pill(one))
    assert ways == ("BP over 180, HR under 45", "over 180, under 45", "2 beyond a limit")
    wide = QFontMetricsF(fonts.sized("pill")).horizontalAdvance
    assert [_fitting(ways[0], ways[1:], wide(way)) for way in ways] == list(ways)


def test_where_flag_and_note_have_no_room_they_stand_whole_under_their_row(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    grid = VitalsGrid(lambda: dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.UTC), parent=window)
    window.resize(px(1000), px(500))
    grid.resize(px(1000), px(500))
    window.show()
    words = {ObservationKind.BLOOD_PRESSURE: "over 180", ObservationKind.HEART_RATE: "under 45"}
    grid.show_watch(lambda reading: words.get(reading.kind, "") if _worse(reading) else "", ())
    grid.show_readings((*row(0, (128, 78), 70), *row(5, (182, 90), 41)), None)
    table, note = grid.table, grid.model.note_column
    heights = [[table.rowHeight(n) for n in (0, 1)]]
    assert not table.isColumnHidden(note)

    grid.resize(px(452), px(500))
    qtbot.waitUntil(lambda: table.isColumnHidden(note))
    heights.append([table.rowHeight(n) for n in (0, 1)])
    assert heights == [[px(30), px(30)], [px(30), px(54)]]
    assert table.columnViewportPosition(note - 1) >= 0
    spoken = grid.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "BP over 180, HR under 45" in spoken
    # All the words of the flag fit into the line.
    told = QFontMetricsF(fonts.sized("pill")).horizontalAdvance("BP over 180, HR under 45")
    assert told + px(60) < table.viewport().width()
    assert table.minimumSizeHint().height() >= px(84)

    grid.resize(px(1000), px(500))
    qtbot.waitUntil(lambda: not table.isColumnHidden(note))
    assert [table.rowHeight(n) for n in (0, 1)] == [px(30), px(30)]


def test_why_a_reading_is_due_is_read_whole_in_a_narrow_grid(qtbot: QtBot) -> None:
    due = DueList()
    qtbot.addWidget(due)
    line = ("T+5", "14:45", "no reading, 30 min late")
    told = QFontMetricsF(fonts.sized("caption")).horizontalAdvance(line[2])
    due.resize(px(452), 200)
    assert due.begin_of(line, px(138), px(416)) == px(138)
    assert px(138) + told < due.width()
    due.resize(px(900), 200)
    assert due.begin_of(line, px(138), px(416)) == px(416)


def test_the_cards_of_a_board_of_several_rows_are_lower_where_the_room_is_little(
    qtbot: QtBot,
) -> None:
    board = ChairBoard()
    qtbot.addWidget(board)
    board.resize(600, 400)
    board.show_lines([_card(f"{n}") for n in range(3)])
    whole = board.fit_into(1000)
    low = board.fit_into(whole - 1)
    assert low < whole
    assert {card.sizeHint().height() for card in board.cards} == {(low - 16) / 2}


def test_the_banner_of_an_ended_session_puts_its_buttons_below_its_words(qtbot: QtBot) -> None:
    banner = ClosedBanner(lambda: dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.UTC))
    qtbot.addWidget(banner)
    banner.words.setText("Discharged 16:47. The session is read-only.")
    banner.show()

    def is_behind() -> bool:
        return banner.add.mapTo(banner, QPoint()).x() > banner.words.geometry().right()

    banner.resize(1200, 200)
    qtbot.waitUntil(is_behind)
    banner.resize(600, 200)
    qtbot.waitUntil(lambda: not is_behind())
    assert banner.add.mapTo(banner, QPoint()).y() > banner.words.geometry().bottom()


def test_a_proposal_in_a_low_window_says_its_limits_on_one_line_until_it_is_looked_at(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    strip, elsewhere = ProposalStrip(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(elsewhere)
    column.addWidget(strip)
    limits = "Systolic over 180 mmHg or 30 % over baseline. " * 6
    strip.say_basis(limits)
    strip.show()
    with qtbot.waitActive(window):
        window.show()
    elsewhere.setFocus()
    shown = []
    for height in (900, 400):
        window.resize(1000, height)
        qtbot.waitUntil(lambda h=height: window.height() == h)
        strip.say_basis(limits)
        shown.append(strip.basis.text() == limits)
    strip.focus_first()
    shown.append(strip.basis.text() == limits)
    assert shown == [True, False, True]


def test_an_import_over_midnight_names_both_days() -> None:
    first = PartialDate.of(dt.datetime(2026, 11, 23, 23, 50, tzinfo=dt.UTC))
    last = PartialDate.of(dt.datetime(2026, 11, 24, 0, 10, tzinfo=dt.UTC))
    assert _span(first, last) == "From Mon 23 Nov 2026, 23:50 to Tue 24 Nov 2026, 00:10."
    assert _span(first, first) == "From 23:50 to 23:50 on Mon 23 Nov 2026."


def _worse(reading: Observation) -> bool:
    return shown(reading) in {"182/90", "41"}


def _card(number: str) -> ChairLine:
    words = ("chair", "name", "initials", "code", "drug", "phase", "pressure", "pressure_note")
    return ChairLine(
        session_id=number,
        minutes=None,
        status=BoardStatus.OK,
        marks=(),
        progress=0,
        **dict.fromkeys((*words, "pill", "next", "news", "sentence"), number),
    )
