"""Official forms in the library: brought once, refused by name, and a report written on one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.formspecs import form
from aeapp.formspecs.official import OFFICIAL
from forms.dialogs.export import ExportStrip, Written
from forms.library.forms_page import FormsPage
from forms.library_place import LibraryPlace
from tests.exports.official_blank import blank
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, open_bench
from tests.helpers.life import a_life
from tests.helpers.schema_sets import FILES, TYPES, as_zip

ALT, O = Qt.KeyboardModifier.AltModifier, Qt.Key.Key_O  # noqa: E741 - the key's own name
FORM = form("fda3500")


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
def page(qtbot: QtBot, bench: Bench, place: LibraryPlace) -> FormsPage:
    Keyboard().press(place, (ALT, O))
    bench.settle(qtbot)
    return place.forms_page


NOT_HERE = [f"{one.title} |  | not here" for one in OFFICIAL]


def rows(page: FormsPage) -> list[str]:
    model = page.editions
    return [" | ".join(model.cell(row, n) for n in range(3)) for row in model.rows]


def bring(qtbot: QtBot, bench: Bench, page: FormsPage, path: Path) -> None:
    bench.ask.path = path  # type: ignore[attr-defined] # Answers
    page.bring.click()
    bench.settle(qtbot)


def test_a_key_opens_the_page_with_the_focus_on_what_is_done_there(page: FormsPage) -> None:
    assert page.bring.hasFocus()
    assert rows(page) == NOT_HERE
    assert_accessible(page)


def test_a_blank_form_is_kept_and_named(
    qtbot: QtBot, bench: Bench, page: FormsPage, tmp_path: Path
) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank(FORM))
    bring(qtbot, bench, page, path)
    assert rows(page)[0].endswith("| here")
    assert bench.app.who.name in rows(page)[0]
    assert page.said.text() == "Kept: Form FDA 3500 (09/2025)."


def test_another_file_is_refused_and_nothing_kept(
    qtbot: QtBot, bench: Bench, page: FormsPage, tmp_path: Path
) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    bring(qtbot, bench, page, path)
    assert rows(page) == NOT_HERE
    assert "no PDF with fields" in page.said.text()
    assert "nothing was stored" in page.said.text()


def test_a_schema_set_is_brought_as_a_zip_and_told_when_it_was_changed(
    qtbot: QtBot, bench: Bench, page: FormsPage, tmp_path: Path
) -> None:
    shown = page.schemas
    assert "None is registered" in shown.state.text()
    assert not shown.forget.isVisible()
    packed = as_zip(tmp_path / "set.zip")
    bench.ask.path = packed  # type: ignore[attr-defined] # Answers
    shown.zip.click()
    bench.settle(qtbot)
    assert shown.said.text().startswith("It was tried")
    assert f"{packed}: 2 files" in shown.state.text()
    assert_accessible(page)

    as_zip(packed, FILES | {"coreschemas/types.xsd": TYPES + "\n"})
    page.refresh()
    bench.settle(qtbot)
    assert "The schema set was changed since it was registered" in shown.note.text
    packed.write_bytes(b"no ZIP")
    page.refresh()
    bench.settle(qtbot)
    assert "no ZIP archive" in shown.note.text
    bench.ask.path = tmp_path  # type: ignore[attr-defined] # Answers
    shown.folder.click()
    bench.settle(qtbot)
    assert "does not hold the ICH ICSR schema set" in shown.said.text()
    shown.forget.click()
    bench.settle(qtbot)
    assert "None is registered" in shown.state.text()


def test_the_strip_writes_the_official_file_and_says_what_it_did(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    life = a_life(tmp_path / "life")
    source = tmp_path / "blank.pdf"
    source.write_bytes(blank(FORM))
    life.app.official_forms.add(source)
    ask = Answers()
    ask.path = tmp_path / "filled.pdf"
    strip = ExportStrip(life.app, bench.runners.documents, ask)
    qtbot.addWidget(strip)

    with qtbot.waitSignal(strip.exported, timeout=20_000):
        strip.start(life.report.case_id, life.report.id, "KC-1/3500/1", Written.OFFICIAL)

    with pikepdf.open(ask.path) as pdf:
        assert "/XFA" not in pdf.Root.AcroForm
    assert "the cell takes" in strip.words.text() or "goes on behind" in strip.words.text()
    life.app.close()
