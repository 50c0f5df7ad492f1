"""The list of files: added by dialog and by drop, shown, opened as a copy, struck through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen import canvas

from aeapp.domain.records import CaseFile, Patient
from forms.attachments import AttachmentsPanel, size_words
from forms.errors import ErrorDialog
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.guards import SENTINEL


@pytest.fixture
def bench(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = open_bench(tmp_path)
    with made.app.context.new_uow() as uow:
        uow.save(Patient(id="p", name=SENTINEL), who=made.app.who)
        uow.save(CaseFile(id="c", patient_id="p", number="KC-1"), who=made.app.who)
        uow.commit()
    yield made
    made.close()


def settle(qtbot: QtBot, bench: Bench) -> None:
    for _turn in range(4):
        bench.settle(qtbot)
        qtbot.wait(1)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    path = tmp_path / "rash.png"
    assert image.save(str(path))
    return path


class Shown:
    """A panel, and what it handed to other programs."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.opened: list[Path] = []
        app = bench.app
        with app.context.new_uow() as uow:
            case = uow.records.get("case", "c")
        assert isinstance(case, CaseFile)
        self.panel = AttachmentsPanel(
            bench.desk(),
            lambda: app.attaching.of_case("c"),
            lambda: case,
            show_file=lambda url: self.opened.append(Path(url.toLocalFile())),
        )
        qtbot.addWidget(self.panel)
        self.panel.resize(700, 600)
        with qtbot.waitActive(self.panel):
            self.panel.show()
        settle(qtbot, bench)

    @property
    def lines(self) -> list[str]:
        model = self.panel.model
        return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


@pytest.fixture
def shown(qtbot: QtBot, bench: Bench) -> Shown:
    return Shown(qtbot, bench)


def drop(qtbot: QtBot, bench: Bench, shown: Shown, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, keys)
    shown.panel.dropEvent(event)
    settle(qtbot, bench)


def test_nothing_attached_says_what_to_do(shown: Shown) -> None:
    assert shown.lines == []
    assert not shown.panel.open.isEnabled()
    assert_accessible(shown.panel)


def test_a_dropped_picture_is_listed_and_shown(qtbot, bench, shown: Shown, picture: Path) -> None:
    with qtbot.waitSignal(shown.panel.counted) as counted:
        drop(qtbot, bench, shown, picture)
    assert counted.args == [1]
    assert shown.lines == ["rash"]
    assert shown.panel.preview.pixmap().width() == 40
    assert_accessible(shown.panel)


def test_a_text_is_shown_as_plain_words_and_a_broken_pdf_says_so(
    qtbot, bench, shown: Shown, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("Potassium <b>4.1</b>", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    drop(qtbot, bench, shown, tmp_path / "note.txt", tmp_path / "bad.pdf")
    assert shown.panel.preview.text() == "Potassium <b>4.1</b>"
    shown.panel.table.selectRow(1)
    settle(qtbot, bench)
    assert "cannot be shown" in shown.panel.preview.text()


def test_a_file_is_added_by_dialog_and_a_program_is_refused_in_words(
    qtbot, bench, picture: Path, tmp_path: Path
) -> None:
    bench.ask = Answers(path=picture)
    shown = Shown(qtbot, bench)
    qtbot.keyClick(shown.panel, Qt.Key.Key_A)
    settle(qtbot, bench)
    assert shown.lines == ["rash"]
    (tmp_path / "setup.pdf").write_bytes(b"MZ")
    drop(qtbot, bench, shown, tmp_path / "setup.pdf")
    assert shown.lines == ["rash"]
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog)]
    dialog.close()
    settle(qtbot, bench)


def test_the_first_page_of_a_pdf_is_shown(qtbot, bench, shown: Shown, tmp_path: Path) -> None:
    sheet = canvas.Canvas(str(tmp_path / "lab.pdf"), pagesize=(200, 100))
    sheet.drawString(10, 50, "Troponin 4")
    sheet.save()
    drop(qtbot, bench, shown, tmp_path / "lab.pdf")
    assert shown.panel.preview.pixmap().width() > 100


def test_a_copy_is_opened_and_wiped_when_the_panel_goes(
    qtbot, bench, shown: Shown, picture: Path
) -> None:
    drop(qtbot, bench, shown, picture)
    qtbot.keyClick(shown.panel.table, Qt.Key.Key_Return)
    settle(qtbot, bench)
    (copy,) = shown.opened
    assert copy.read_bytes() == picture.read_bytes()
    assert SENTINEL not in copy.name
    shown.panel.hide()
    settle(qtbot, bench)
    assert not copy.exists()


def test_striking_asks_why_and_keeps_the_file(qtbot, bench, shown: Shown, picture: Path) -> None:
    drop(qtbot, bench, shown, picture)
    shown.panel.strike.click()
    qtbot.keyClicks(shown.panel.reason.words, "wrong arm")
    qtbot.keyClick(shown.panel.reason.words, Qt.Key.Key_Return)
    settle(qtbot, bench)
    assert shown.lines == ["rash (struck through: wrong arm)"]
    assert not shown.panel.strike.isEnabled()
    assert shown.panel.open.isEnabled()


@pytest.mark.parametrize(
    ("size", "words"), [(900, "900 bytes"), (2048, "2 KB"), (3 * 2**20, "3.0 MB")]
)
def test_sizes_read_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words
