"""Ctrl+K finds what the clinic has; the place of search narrows it and keeps searches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.records import Event, Patient, Session
from aeapp.domain.values import PartialDate
from forms.finding import PlaceFinder, open_hit
from forms.palette import CommandPalette
from forms.search_place import SearchPlace
from forms.widgets.buttons import Button
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.guards import SENTINEL

NAME = f"Avery {SENTINEL}"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    app = made.app
    day = PartialDate.parse("2026-11-16")
    with app.context.new_uow() as uow:
        uow.save(Patient(id="p", name=NAME, code="P-0412"), who=app.who)
        uow.save(Session(id="s", patient_id="p", number="KS-1", started=day), who=app.who)
        serious = frozenset({Seriousness.HOSPITALIZATION})
        event = Event(id="e", patient_id="p", session_id="s", verbatim="Dizziness", onset=day)
        uow.save(event, who=app.who)
        uow.save(Event(id="f", patient_id="p", verbatim="Dizzy", seriousness=serious), who=app.who)
        uow.commit()
    yield made
    made.close()


def settle(qtbot: QtBot, bench: Bench) -> None:
    for _turn in range(3):
        bench.settle(qtbot)
        qtbot.wait(1)


class Opened:
    """A palette over a window, with the finder that answers it."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.asked: list[str] = []
        self.palette = CommandPalette(self.window)
        self.finder = PlaceFinder(bench.desk(), self.asked.append, self.window)
        self.finder.answered.connect(self.palette.refresh)
        self.palette.add_source(self.finder.lines)
        self.window.resize(900, 600)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.palette.open()

    @property
    def titles(self) -> list[str]:
        model = self.palette.list.model()
        return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


@pytest.fixture
def opened(qtbot: QtBot, bench: Bench) -> Opened:
    return Opened(qtbot, bench)


def type_in(qtbot: QtBot, bench: Bench, opened: Opened, text: str) -> None:
    with qtbot.waitSignal(opened.finder.answered):
        qtbot.keyClicks(opened.palette.field, text)
    settle(qtbot, bench)


def test_the_palette_finds_what_the_clinic_has_grouped(qtbot, bench: Bench, opened: Opened) -> None:
    type_in(qtbot, bench, opened, "avery")
    assert opened.titles == [NAME, "KS-1", "Dizzy", "Dizziness", "Search everything for “avery”"]
    groups = [action.group for action in opened.palette._model.actions]  # noqa: SLF001 - painted
    assert groups == ["Patients", "Sessions", "Events", "Events", "Search"]
    said = opened.palette.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{NAME}, P-0412"
    assert_accessible(opened.palette)


def test_enter_opens_an_event_in_its_session(qtbot, bench: Bench, opened: Opened) -> None:
    type_in(qtbot, bench, opened, "dizziness")
    qtbot.keyClick(opened.palette.field, ENTER)
    settle(qtbot, bench)
    assert bench.sessions == ["s"]


def test_one_letter_asks_nothing_and_no_answer_of_before_is_shown(
    qtbot, bench: Bench, opened: Opened
) -> None:
    type_in(qtbot, bench, opened, "avery")
    qtbot.keyClicks(opened.palette.field, "x")
    assert opened.titles == ["Search everything for “averyx”"]
    opened.palette.field.setText("a")
    assert opened.titles == []
    settle(qtbot, bench)


def test_a_late_answer_leaves_the_line_that_somebody_went_down_to(
    qtbot, bench: Bench, opened: Opened
) -> None:
    type_in(qtbot, bench, opened, "avery")
    qtbot.keyClick(opened.palette.field, Qt.Key.Key_Down)
    opened.finder.answered.emit()
    assert opened.palette.list.currentIndex().row() == 1
    opened.finder.forget()
    opened.palette.refresh()
    assert opened.palette.list.currentIndex().row() == 0
    with qtbot.waitSignal(opened.finder.answered):
        pass
    settle(qtbot, bench)


def test_a_slip_is_told_and_all_leads_to_the_place(qtbot, bench: Bench, opened: Opened) -> None:
    type_in(qtbot, bench, opened, "averi")
    last = opened.palette._model.actions[-1]  # noqa: SLF001 - painted
    assert last.second == "nothing begins like that; shown for avery"
    last.run()
    assert opened.asked == ["averi"]


@pytest.fixture
def place(qtbot: QtBot, bench: Bench) -> SearchPlace:
    made = SearchPlace(bench.desk())
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitActive(made):
        made.show()
    made.focus_first()
    settle(qtbot, bench)
    return made


def found(place: SearchPlace) -> list[str]:
    return [str(place.model.index(row, 1).data()) for row in range(place.model.rowCount())]


def look(qtbot: QtBot, bench: Bench, place: SearchPlace, words: str) -> None:
    place.look_for(words)
    settle(qtbot, bench)


def test_the_place_shows_all_and_narrows_them_by_facts(qtbot, bench: Bench, place) -> None:
    look(qtbot, bench, place, "avery")
    assert found(place) == [NAME, "KS-1", "Dizzy", "Dizziness"]
    events = next(c for c in place.facets.rows["kinds"].buttons if c.option.value == "event")
    assert events.option.text == "Events  2"
    events.click()
    settle(qtbot, bench)
    assert found(place) == ["Dizzy", "Dizziness"]
    chips = place.facets.rows["serious"].buttons
    serious = next(c for c in chips if c.option.value == "serious")
    serious.click()
    settle(qtbot, bench)
    assert found(place) == ["Dizzy"]
    serious.click()
    place.facets.since.setText("2026-11-16")
    place.facets.since.editingFinished.emit()
    settle(qtbot, bench)
    assert found(place) == ["Dizziness"]
    assert_accessible(place)


def test_a_day_that_is_none_is_told_and_nothing_is_asked(qtbot, bench: Bench, place) -> None:
    look(qtbot, bench, place, "avery")
    place.facets.until.setText("soon")
    place.facets.until.editingFinished.emit()
    settle(qtbot, bench)
    assert place.facets.wrong.text()
    assert len(found(place)) == 4


def test_typing_asks_after_a_pause_and_enter_goes_to_the_hits(qtbot, bench: Bench, place) -> None:
    qtbot.keyClicks(place.words, "dizz")
    qtbot.waitUntil(lambda: place.model.rowCount() == 2)
    qtbot.keyClick(place.words, ENTER)
    assert place.table.hasFocus()
    qtbot.keyClick(place.table, ENTER)
    settle(qtbot, bench)
    assert place.table.currentIndex().row() == 0


def test_what_nothing_has_is_told(qtbot, bench: Bench, place) -> None:
    look(qtbot, bench, place, "zzzz")
    assert place._lists.currentIndex() == 2  # noqa: SLF001 - which page is on top
    look(qtbot, bench, place, "")
    assert place._lists.currentIndex() == 1  # noqa: SLF001 - as above


def test_a_search_is_kept_by_name_shown_again_and_forgotten(qtbot, bench: Bench, place) -> None:
    look(qtbot, bench, place, "dizz")
    place.keep.click()
    assert place.name.isVisible()
    qtbot.keyClicks(place.name, "Dizzy ones")
    qtbot.keyClick(place.name, ENTER)
    settle(qtbot, bench)
    look(qtbot, bench, place, "avery")
    (button,) = place._row.findChildren(Button)  # noqa: SLF001 - the one that was kept
    assert button.shortcut().toString() == "Alt+1"
    button.click()
    settle(qtbot, bench)
    assert place.words.text() == "dizz"
    assert found(place) == ["Dizzy", "Dizziness"]
    place.forget.click()
    settle(qtbot, bench)
    assert not place._row.isVisible()  # noqa: SLF001 - nothing is kept
    assert bench.app.finding.kept() == []


def test_an_event_without_session_opens_the_chart(qtbot, bench: Bench) -> None:
    way = bench.app.finding.way
    hits = {hit.id: hit for hit in bench.app.finding.few("avery").hits}
    assert way(hits["f"]) == ("patient", "p")
    assert way(hits["e"]) == ("session", "s")
    with bench.app.context.new_uow() as uow:
        event = uow.records.get("event", "f")
    report = bench.app.cases.open_for_event(event)
    assert way(hits["f"]) == ("report", report.id)
    open_hit(bench.desk(), hits["s"])
    settle(qtbot, bench)
    assert bench.sessions == ["s"]
