from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from forms.models.paged import ID_ROLE, KEPT_PAGES, LINE_ROLE, PAGE, Column, PagedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: str
    term: str


COLUMNS = (
    Column[Line](head="Number", text=lambda line: line.id, key="id"),
    Column[Line](head="Term", text=lambda line: line.term, right=True, tip=lambda line: "full"),
)


class Source:
    """Fetches at once, or holds the answers back until told."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.at_once = at_once
        self.asked: list[Sequence[str]] = []
        self.held: list[Callable[[], None]] = []

    def fetch(self, ids: Sequence[str], deliver: Callable[[Sequence[Line]], None]) -> None:
        self.asked.append(ids)
        lines = [Line(id=i, term=f"term {i}") for i in ids]
        if self.at_once:
            deliver(lines)
        else:
            self.held.append(lambda: deliver(lines))


def model_of(source: Source, count: int) -> PagedModel[Line]:
    model = PagedModel(COLUMNS, source.fetch, lambda line: line.id)
    model.show_ids([f"P-{n}" for n in range(count)])
    return model


def test_it_keeps_to_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model_of(Source(), 450))


def test_nothing_is_loaded_before_it_is_looked_at(qapp) -> None:
    source = Source()
    model = model_of(source, 1_000_000)
    assert model.rowCount() == 1_000_000
    assert source.asked == []


def test_a_view_loads_only_the_pages_it_shows(qtbot: QtBot) -> None:
    source = Source()
    model = model_of(source, 100_000)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    view.scrollTo(model.index(50_000, 0))
    view.grab()
    assert {ids[0] for ids in source.asked} <= {"P-0", "P-49800", "P-50000"}
    assert all(len(ids) == PAGE for ids in source.asked)


def test_a_page_is_asked_for_once_while_it_is_on_its_way(qapp) -> None:
    source = Source(at_once=False)
    model = model_of(source, 300)
    for row in range(PAGE):
        assert model.index(row, 0).data() is None
    assert len(source.asked) == 1


def test_lines_fill_in_when_they_come(qapp, qtbot: QtBot) -> None:
    source = Source(at_once=False)
    model = model_of(source, 300)
    assert model.line_at(250) is None
    with qtbot.waitSignal(model.dataChanged) as changed:
        source.held[0]()
    first, last = changed.args[:2]
    assert (first.row(), last.row()) == (200, 299)
    assert model.index(250, 1).data() == "term P-250"


def test_lines_of_the_list_before_are_thrown_away(qapp) -> None:
    source = Source(at_once=False)
    model = model_of(source, 10)
    assert model.line_at(0) is None
    model.show_ids(["Q-1"])
    source.held[0]()
    assert model.line_at(0) is None
    source.held[1]()
    assert model.line_at(0) == Line(id="Q-1", term="term Q-1")


def test_a_line_that_is_gone_shows_empty(qapp) -> None:
    def fetch(ids: Sequence[str], deliver: Callable[[Sequence[Line]], None]) -> None:
        deliver([])

    model = PagedModel(COLUMNS, fetch, lambda line: line.id)
    model.show_ids(["P-1"])
    assert model.index(0, 0).data() is None


def test_memory_stays_bounded_and_old_pages_come_back(qapp) -> None:
    source = Source()
    model = model_of(source, PAGE * (KEPT_PAGES + 5))
    for page in range(KEPT_PAGES + 5):
        model.line_at(page * PAGE)
    before = len(source.asked)
    assert model.line_at(0) is not None
    assert len(source.asked) == before + 1


def test_refresh_loads_what_is_shown_again(qapp) -> None:
    source = Source()
    model = model_of(source, 5)
    model.line_at(0)
    model.refresh()
    model.line_at(0)
    assert len(source.asked) == 2


def test_rows_and_ids_find_each_other(qapp) -> None:
    model = model_of(Source(), 500)
    assert model.row_of("P-321") == 321
    assert model.id_at(321) == "P-321"
    assert model.row_of("nobody") == -1
    assert model.index(321, 0).data(ID_ROLE) == "P-321"
    assert model.index(321, 0).data(LINE_ROLE) == Line(id="P-321", term="term P-321")


@pytest.mark.parametrize(("column", "side"), [(0, "AlignLeft"), (1, "AlignRight")])
def test_figures_stand_right_and_words_left(qapp, column: int, side: str) -> None:
    model = model_of(Source(), 1)
    flag = Qt.AlignmentFlag[side]
    assert model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) & flag
    head = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert head & flag


def test_heads_and_tips(qapp) -> None:
    model = model_of(Source(), 1)
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(2)]
    assert heads == ["Number", "Term"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    tips = [model.index(0, n).data(Qt.ItemDataRole.ToolTipRole) for n in range(2)]
    assert tips == ["P-0", "full"]
    assert model.data(QModelIndex()) is None
