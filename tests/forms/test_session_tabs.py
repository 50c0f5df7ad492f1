"""In a narrower window the cards of the session room are tabs; their keys lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute, Setting
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import Amount
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Product
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.planning import Wanted
from forms.chair.card_tabs import CardTabs
from forms.chair.halves import NARROW_SIDE
from forms.chair.part import Slot
from forms.chair.parts import PARTS
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_a_key_brings_its_card_to_the_top(qtbot: QtBot, bench: Bench) -> None:
    wanted = Wanted(route=SessionRoute.IV_INFUSION)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    place = open_room(qtbot, bench, session.id)
    place.resize(1100, 760)
    QApplication.processEvents()
    parts, keys = place.parts, Keyboard()

    assert parts["gate"].isVisible()
    assert not parts["dose"].isVisible()
    keys.press(place, (ALT, Qt.Key.Key_D))
    assert parts["dose"].isVisible()
    assert parts["dose"].isAncestorOf(QApplication.focusWidget())
    assert not parts["gate"].isVisible()
    keys.press(place, Qt.Key.Key_F7)
    assert parts["notes"].isVisible()
    keys.press(place, (CTRL, Qt.Key.Key_D))
    assert parts["discharge"].isVisible()
    assert_accessible(place)
    place.resize(1400, 760)
    QApplication.processEvents()
    assert parts["dose"].isVisible()
    assert parts["gate"].isVisible()


def test_a_hidden_tab_says_how_many_things_wait_on_it(qtbot: QtBot, bench: Bench) -> None:
    wanted = Wanted(route=SessionRoute.IV_INFUSION)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    place = open_room(qtbot, bench, session.id)
    place.resize(1100, 760)
    QApplication.processEvents()
    tabs, keys = place._halves.tabs, Keyboard()  # noqa: SLF001 - the tabs have no name of their own
    side = tabs.ButtonPosition.LeftSide
    assert tabs.tabButton(0, side) is None

    keys.press(place, (ALT, Qt.Key.Key_D))

    waiting = place.parts["gate"].waiting
    assert waiting > 1
    assert tabs.tabButton(0, side).accessibleName() == f"{waiting} waiting"
    assert tabs.accessibleTabName(0) == f"Steps, {waiting} waiting"
    keys.press(place, (ALT, Qt.Key.Key_G))
    # What is looked at is no news, and a tab with nothing to do has none.
    assert [tabs.tabButton(n, side) for n in range(4)] == [None] * 4
    assert tabs.accessibleTabName(0) == ""


def too_wide(place: SessionRoomPlace) -> list[str]:
    """Return the cards that would be cut at the right edge of their column."""
    names = [spec.name for spec in PARTS if spec.slot is Slot.SIDE]
    shown = [name for name in names if not place.parts[name].isHidden()]
    return [n for n in shown if place.parts[n].minimumSizeHint().width() > NARROW_SIDE]


def test_the_tabs_open_no_window_of_their_own(qtbot: QtBot) -> None:
    card = QWidget()
    before = set(QApplication.topLevelWidgets())
    tabs = CardTabs([("Steps", [card])])
    qtbot.addWidget(tabs)
    found = set(QApplication.topLevelWidgets()) - before - {tabs}
    assert [window for window in found if not window.isHidden()] == []


def test_no_card_is_cut_at_the_right_edge(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    app, keys = bench.app, Keyboard()
    home = Wanted(route=SessionRoute.SUBLINGUAL, setting=Setting.HOME)
    place = open_room(qtbot, bench, app.planning.begin(a_patient(app).id, home).id)
    assert place.parts["gate"].isVisible()
    assert too_wide(place) == []
    long = tmp_path / f"{'a-monitor-with-a-long-name-' * 4}.csv"
    long.write_text("Time,HR\n2026-11-23 14:10:00,72\n", encoding="utf-8")
    place.parts["import"].ask()
    place.parts["import"].plan_file(long)
    bench.settle(qtbot)
    assert too_wide(place) == []

    vial = app.stock.save(
        Product(name="Ketamine", strength="50", strength_unit=DoseUnit.MG_ML, controlled=True)
    )
    lot = app.stock.save(Lot(product_id=vial.id, number="KT6B0417"))
    session = app.sessions.start(a_patient(app, "P-9").id, route=SessionRoute.IV_PUSH)
    giving = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_BOLUS,
        started=app.context.minute(),
    )
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG)
    app.dosing.give(session, NewDose(product=vial, lot=lot, giving=giving, drawn=drawn))
    place.show_session(session.id)
    bench.settle(qtbot)
    keys.press(place, (ALT, Qt.Key.Key_W), "y", "spilled", Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert place.parts["gaps"].cards[0].findChild(QWidget, "gap.notice_on") is not None
    assert too_wide(place) == []


def test_every_reading_has_a_cell_whatever_room_there_is(qtbot: QtBot, bench: Bench) -> None:
    session = bench.app.sessions.start(a_patient(bench.app).id, route=SessionRoute.IV_PUSH)
    place = open_room(qtbot, bench, session.id)
    place.resize(1024, 760)
    QApplication.processEvents()
    cells, keys = place.grid.entry.cells, Keyboard()
    kinds = ObservationKind
    assert cells[kinds.MOAA_S].isVisible()
    assert cells[kinds.CADSS_6].isVisible()
    assert not cells[kinds.PAIN].isVisible()

    keys.press(place, (ALT, Qt.Key.Key_V))
    assert all(cell.isVisible() for cell in cells.values())
    assert not cells[kinds.CADSS_6].hasFocus()
    cells[kinds.NAUSEA].setFocus()
    keys.press(place, "3")
    cells[kinds.MOAA_S].setFocus()
    keys.press(place, "4", Qt.Key.Key_Return)
    bench.settle(qtbot)
    stored = bench.app.sessions.room(session.id).observations
    assert {(r.kind, r.value) for r in stored} == {
        (kinds.NAUSEA, Decimal(3)), (kinds.MOAA_S, Decimal(4))
    }  # fmt: skip
    # What was used has a cell from now on, and what has no column is said in the note.
    assert cells[kinds.NAUSEA].isVisible()
    assert not cells[kinds.END_TIDAL_CO2].isVisible()
    note = place.grid.model.index(0, place.grid.model.note_column).data()
    assert note == "MOAA/S 4, Nausea 3"
    assert_accessible(place)
    place.resize(1500, 760)
    QApplication.processEvents()
    assert place.grid.model.index(0, place.grid.model.note_column).data() == ""
