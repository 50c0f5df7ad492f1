"""The chair board: keys open chairs, cards say in words what they show, lists are filtered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Destination, Obligation, Role, SessionEnd, SessionRoute
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.records import Event, Lot, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.planning import Wanted
from forms.today import TodayPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.report_case import a_serious_report

LONG_AGO = PartialDate(2026, 11, 1, 10, 0, None, -300)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


def shown(qtbot: QtBot, bench: Bench) -> TodayPlace:
    place = TodayPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1300, 800)
    with qtbot.waitActive(place):
        place.show()
    bench.settle(qtbot)
    place.focus_first()
    return place


def running(bench: Bench, chair: str, code: str) -> Session:
    patient = a_patient(bench.app, code)
    return bench.app.sessions.start(patient.id, route=SessionRoute.IM, chair=chair)


def over(bench: Bench, code: str, at: PartialDate | None = None) -> Session:
    patient = a_patient(bench.app, code)
    session = bench.app.sessions.start(patient.id, route=SessionRoute.NASAL, started=at)
    return bench.app.sessions.end(session, SessionEnd.DISCHARGED, at=at)


def test_an_empty_day_says_so_and_offers_a_session(qtbot: QtBot, bench: Bench) -> None:
    place = shown(qtbot, bench)

    assert place.nobody.isVisible()
    assert place.nothing.isVisible()
    QTest.mouseClick(place.new, Qt.MouseButton.LeftButton)
    assert bench.starts == [""]
    assert_accessible(place)


def test_a_digit_opens_the_chair_of_that_place(qtbot: QtBot, bench: Bench) -> None:
    second, first = running(bench, "Chair 2", "P-2"), running(bench, "Chair 1", "P-1")
    place = shown(qtbot, bench)

    QTest.keyClick(place.board.cards[0], "2")
    QTest.keyClick(place.board.cards[0], Qt.Key.Key_Return)

    assert bench.sessions == [second.id, first.id]
    assert_accessible(place)


def test_a_digit_without_a_chair_does_nothing(qtbot: QtBot, bench: Bench) -> None:
    running(bench, "Chair 1", "P-1")
    place = shown(qtbot, bench)

    QTest.keyClick(place.board.cards[0], "9")

    assert bench.sessions == []


def test_a_card_says_in_words_what_it_shows(qtbot: QtBot, bench: Bench) -> None:
    running(bench, "Chair 1", "P-1")
    place = shown(qtbot, bench)

    words = place.board.cards[0].accessibleName()

    assert words.startswith("Chair 1, Avery")
    assert "Pre-dose" in words


def test_the_board_follows_what_is_stored(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, "Chair 1", "P-1")
    place = shown(qtbot, bench)
    assert len(place.board.cards) == 1

    bench.app.sessions.end(session, SessionEnd.ABORTED, "stopped")
    place.refresh()
    bench.settle(qtbot)

    assert place.board.cards == []
    assert place.nobody.isVisible()


def test_brackets_walk_the_facets_and_keep_what_they_hold(qtbot: QtBot, bench: Bench) -> None:
    over(bench, "P-1", LONG_AGO)
    over(bench, "P-2")
    place = shown(qtbot, bench)
    assert place.model.rowCount() == 2

    QTest.keyClick(place.table, "]")
    assert place.model.rowCount() == 1
    assert "days over" in place.model.index(0, 0).data()
    QTest.keyClick(place.table, "]")
    assert place.model.rowCount() == 0
    QTest.keyClick(place.table, "]")
    assert "in 7 days" in place.model.index(0, 0).data()
    for _ in range(3):
        QTest.keyClick(place.table, "[")
    assert place.model.rowCount() == 2


def test_enter_opens_what_waits(qtbot: QtBot, bench: Bench) -> None:
    session = over(bench, "P-1")
    place = shown(qtbot, bench)

    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Return)

    assert bench.sessions == [session.id]


def test_enter_begins_what_is_planned(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app, "P-1")
    yesterday = PartialDate(2026, 11, 22, 10, 0, None, -300)
    planned = bench.app.planning.plan(patient.id, yesterday, Wanted(route=SessionRoute.NASAL))
    place = shown(qtbot, bench)

    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    bench.settle(qtbot)

    (session,) = bench.app.sessions.running()
    assert (session.id, session.minimum_minutes) == (planned.id, 120)
    assert bench.sessions == [planned.id]


def test_the_wall_shows_initials_instead_of_names(qtbot: QtBot, bench: Bench) -> None:
    running(bench, "Chair 1", "P-1")
    place = shown(qtbot, bench)
    QTest.keyClick(place.board.cards[0], Qt.Key.Key_F11)
    bench.settle(qtbot)

    assert not place.table.isVisible()
    assert "Avery" not in place.board.cards[0].accessibleName()
    texts = [label.text() for label in place.findChildren(QLabel) if label.isVisible()]
    assert not any("Avery" in text for text in texts)


# ------------------------------------------------------------------ the list of the day


def caught(bench: Bench, code: str, prescriber: str | None = None) -> Event:
    session = running(bench, f"Chair {code}", code)
    bench.app.sessions.save(replace(session, prescriber=prescriber))
    return bench.app.sessions.catch_event(session, "Dizziness", None)


def settle_twice(qtbot: QtBot, bench: Bench) -> None:
    for _turn in range(3):
        bench.settle(qtbot)
        qtbot.wait(1)


def on_facet(place: TodayPlace, name: str) -> None:
    chip = next(b for b in place.facets.buttons if b.text().startswith(name))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_the_filters_say_how_many_lines_they_hold(qtbot: QtBot, bench: Bench) -> None:
    caught(bench, "1", "J. Kim")
    caught(bench, "2")
    over(bench, "P-3", LONG_AGO)
    place = shown(qtbot, bench)

    assert [b.text() for b in place.facets.buttons] == [
        "All 3",
        "Overdue 1",
        "Blocked 1",
        "Due this week 0",
        "Mine 0",
    ]
    on_facet(place, "Blocked")
    assert place.model.index(0, 4).data() == "J. Kim"
    assert_accessible(place)


def test_a_filter_is_made_kept_chosen_and_forgotten_by_keys(qtbot: QtBot, bench: Bench) -> None:
    caught(bench, "1", "J. Kim")
    caught(bench, "2")
    over(bench, "P-3", LONG_AGO)
    place = shown(qtbot, bench)
    bar, keys = place.bar, Keyboard()
    place.table.setFocus()

    keys.press(place, "f", "kim")
    assert place.model.rowCount() == 1
    assert bar.more.text() == "Filter: 1 of 3 shown"
    QTest.mouseClick(bar.form.kinds.buttons[0], Qt.MouseButton.LeftButton)
    assert place.model.rowCount() == 0  # words and kind both hold: no REMS form of J. Kim
    QTest.mouseClick(bar.form.kinds.buttons[0], Qt.MouseButton.LeftButton)
    assert_accessible(place)
    bar.form.name.setFocus()
    keys.press(place, "For Kim", Qt.Key.Key_Return)
    settle_twice(qtbot, bench)
    assert bench.toasts == ["Filter kept: For Kim."]
    assert [c.text() for c in bar.chips] == ["For Kim 1"]
    assert not bar.form.isVisible()
    assert bar.more.text() == "Filter…"

    keys.press(place, "]")  # after the last kept one comes All
    assert place.model.rowCount() == 3
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_1))
    assert place.model.rowCount() == 1
    assert bar.chips[0].isChecked()
    assert_accessible(place)
    # Another window, or the next start, has it too.
    other = shown(qtbot, bench)
    assert [c.text() for c in other.bar.chips] == ["For Kim 1"]

    keys.press(place, "f", Qt.Key.Key_Escape, "f")
    QTest.mouseClick(bar.form.forget, Qt.MouseButton.LeftButton)
    settle_twice(qtbot, bench)
    assert bar.chips == []
    assert place.model.rowCount() == 3


def test_a_line_opens_what_it_is_about(qtbot: QtBot, bench: Bench) -> None:
    report = a_serious_report(bench.app)
    event = caught(bench, "9")
    place = shown(qtbot, bench)

    for row in range(place.model.rowCount()):
        place.table.selectRow(row)
        QTest.keyClick(place.table, Qt.Key.Key_Return)
    bench.settle(qtbot)

    assert bench.sessions == [event.session_id]
    # The report itself, and the decision on its event.
    assert bench.reports == [report.id, report.id]


def test_a_decided_event_opens_its_report(qtbot: QtBot, bench: Bench) -> None:
    event = caught(bench, "1")
    bench.app.deciding.report(event, [Destination.FDA], Obligation.CHOICE, "Serious")
    place = shown(qtbot, bench)

    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    bench.settle(qtbot)

    (number,) = [line.id for line in bench.app.cases.report_lines(bench.app.cases.report_ids())]
    assert bench.reports == [number]


def test_r_reminds_and_t_takes_over(qtbot: QtBot, bench: Bench) -> None:
    report = a_serious_report(bench.app)
    session = bench.app.cases.gather(report.case_id).sessions[0]
    bench.app.sessions.save(replace(session, prescriber="J. Kim"))
    place = shown(qtbot, bench)
    place.table.selectRow(0)
    place.table.setFocus()

    QTest.keyClick(place.table, "r")
    bench.settle(qtbot)
    assert "J. Kim was reminded by Dana Reyes" in place.model.index(0, 3).data()
    assert bench.toasts == ["J. Kim is reminded in the list."]

    QTest.keyClick(place.table, "r", Qt.KeyboardModifier.ShiftModifier)
    bench.settle(qtbot)
    assert bench.toasts[-1].startswith("2 reminded in the list")

    QTest.keyClick(place.table, "t")
    bench.settle(qtbot)
    assert place.model.index(0, 4).data() == "Dana Reyes\nwaits for J. Kim"
    on_facet(place, "Mine")
    assert place.model.rowCount() == 1


def test_keys_of_a_line_do_nothing_without_one(qtbot: QtBot, bench: Bench) -> None:
    place = shown(qtbot, bench)

    QTest.keyClick(place.new, "r")
    QTest.keyClick(place.new, "t")
    bench.settle(qtbot)

    assert bench.toasts == []


def test_a_gap_in_the_stock_waits_with_the_law_and_opens_its_lot(
    qtbot: QtBot, bench: Bench
) -> None:
    stock = bench.app.stock
    product = stock.save(Product(name="Ketamine", controlled=True))
    lot = stock.save(Lot(product_id=product.id, number="KT6B0417"))
    stock.move(lot, MovementKind.RECEIVED, Decimal(500), Amount.MG)
    bench.clock.pass_minutes(1)
    stock.move(lot, MovementKind.COUNTED, Decimal(450), Amount.MG)
    place = shown(qtbot, bench)

    words = [str(place.model.index(0, column).data()) for column in (0, 1, 5)]
    assert words[0] == "tomorrow"
    assert "lot KT6B0417: 50 mg not accounted for" in words[1]
    assert "law, 21 CFR 1301.76(b)" in words[2]
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Return)

    assert bench.lots == [lot.id]
    assert_accessible(place)
