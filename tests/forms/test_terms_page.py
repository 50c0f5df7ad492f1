"""Terminologies in the library: a plan first, loaded on request, searched with slips forgiven."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from forms.library.terms_page import TermsPage
from forms.library_place import LibraryPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, open_bench
from tests.helpers.terminologies import SMALL, distribution, workbook, zipped

ALT, K = Qt.KeyboardModifier.AltModifier, Qt.Key.Key_K


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    made.ask = Answers()
    yield made
    made.close()


@pytest.fixture
def place(qtbot: QtBot, bench: Bench) -> LibraryPlace:
    place = LibraryPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    bench.settle(qtbot)
    return place


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, place: LibraryPlace) -> TermsPage:
    Keyboard().press(place, (ALT, K))
    bench.settle(qtbot)
    return place.terms_page


def pick(qtbot: QtBot, bench: Bench, button: object, path: Path) -> None:
    bench.ask.path = path  # type: ignore[attr-defined] # Answers
    button.click()  # type: ignore[attr-defined] # a Button
    bench.settle(qtbot)


def rows(page: TermsPage) -> list[str]:
    model = page.releases
    return [" ".join(model.cell(row, n) for n in (0, 1, 2, 4)) for row in model.rows]


def found(qtbot: QtBot, bench: Bench, page: TermsPage, typed: str) -> list[str]:
    page.search.clear()
    page.focus_first()
    Keyboard().press(page, typed)
    bench.settle(qtbot)
    model = page.offers
    return [" | ".join(model.cell(row, n) for n in range(4)) for row in model.rows]


def test_a_key_opens_the_page_with_the_cursor_in_the_search(page: TermsPage) -> None:
    assert page.search.hasFocus()
    assert rows(page) == []
    assert_accessible(page)


def test_the_own_list_is_searched_without_any_release(
    qtbot: QtBot, bench: Bench, page: TermsPage
) -> None:
    assert found(qtbot, bench, page, "disociation")[0] == (
        "Dissociation | Own list | dissociation | Slip of the fingers"
    )
    assert found(qtbot, bench, page, "xqzzkwv") == []
    assert "reporter's words" in page.none.text()


def test_a_file_is_told_before_it_is_loaded_and_can_be_left(
    qtbot: QtBot, bench: Bench, page: TermsPage, tmp_path: Path
) -> None:
    head = bench.app.head()

    pick(qtbot, bench, page.load_folder, distribution(tmp_path / "m"))

    assert page.planned.text() == (
        "MedDRA 91.1. Lowest level term 7, Preferred term 3, System organ class 2. "
        "No longer current: 1. New events will be coded with it; codes given before keep "
        "their version."
    )
    assert page.apply.hasFocus()
    assert_accessible(page)
    page.leave.click()
    assert not page.strip.isVisible()
    assert bench.app.head() == head


def test_a_release_is_loaded_listed_and_found(
    qtbot: QtBot, bench: Bench, page: TermsPage, tmp_path: Path
) -> None:
    archive = zipped(distribution(tmp_path / "m"), tmp_path / "m.zip")
    pick(qtbot, bench, page.load_zip, archive)
    page.apply.click()
    bench.settle(qtbot)

    assert rows(page) == ["MedDRA 91.1 12 in use"]
    assert bench.toasts == ["MedDRA 91.1 is loaded."]
    assert found(qtbot, bench, page, "old drizzle words") == [
        "Drizzle syndrome | MedDRA 91.1 | 93000001 | Picked from the list: Old drizzle words",
        "Old drizzle words | MedDRA 91.1, no longer current | 94000002 | Same words",
    ]
    pick(qtbot, bench, page.load_zip, archive)
    assert not page.apply.isEnabled()
    assert "loaded already" in page.planned.text()


def test_an_older_release_rests_until_a_person_takes_it(
    qtbot: QtBot, bench: Bench, page: TermsPage, tmp_path: Path
) -> None:
    newer = {"meddra_release.asc": SMALL["meddra_release.asc"].replace("91.1", "92.0")}
    for n, changes in enumerate((newer, {})):
        pick(qtbot, bench, page.load_folder, distribution(tmp_path / f"m{n}", changes))
        page.apply.click()
        bench.settle(qtbot)
    assert rows(page) == ["MedDRA 92.0 12 in use", "MedDRA 91.1 12 kept"]
    assert not page.use.isEnabled()

    page.release_table.setCurrentIndex(page.releases.index(1, 0))
    page.use.click()
    bench.settle(qtbot)

    assert rows(page) == ["MedDRA 92.0 12 kept", "MedDRA 91.1 12 in use"]
    assert bench.toasts[-1] == "New events are coded with MedDRA 91.1."


def test_a_wrong_file_is_refused_and_nothing_is_planned(
    qtbot: QtBot, bench: Bench, page: TermsPage, tmp_path: Path
) -> None:
    path = tmp_path / "grades.xlsx"
    workbook(path, rows=(("9x", "Soc", "Term", "a", *("",) * 7),))
    shown: list[BaseException] = []
    bench.errors.show = lambda error, **_more: shown.append(error)  # type: ignore[method-assign] # seen

    pick(qtbot, bench, page.load_ctcae, path)

    assert "row 3" in str(shown[0])
    assert not page.strip.isVisible()
