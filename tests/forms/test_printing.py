"""Printing: the pages of the preview as they are, on a printer that was chosen, in the trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.lifecycle import CopyKind, Medium
from aeapp.kernel.progress import NoProgress
from aeapp.services.planning import Wanted
from aeapp.services.session_documents import Paper
from exports.documents import PdfPages
from forms.ask import Ask
from forms.printing import PrinterError, chosen_pages, print_document
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_ALT = CTRL | Qt.KeyboardModifier.AltModifier
TRANSFER, PAPERS = (CTRL, Qt.Key.Key_T), (CTRL, Qt.Key.Key_P)
COPY, ARCHIVE = (CTRL_ALT, Qt.Key.Key_E), (CTRL_ALT, Qt.Key.Key_A)
# A page and its print differ by the smoothing of letters only, out of 255.
MOST_DIFFERENCE = 4


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def grey(pdf: bytes, page: int = 0) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        return bytes(document[page].render(scale=0.5, grayscale=True).buffer)


def difference(one: bytes, other: bytes) -> float:
    assert len(one) == len(other)
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_the_handover_is_shown_by_one_key_and_printed_as_it_is_by_the_same_key(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.pdf"
    answers: Ask = Answers(path=sheet)
    bench.ask = answers
    app = bench.app
    session = app.planning.begin(a_patient(app).id, Wanted(route=SessionRoute.IM))
    place = open_room(qtbot, bench, session.id)
    preview = place.parts["papers"].preview

    # Once more at once, while the page is still drawn: no key is lost.
    with qtbot.waitSignal(preview.printed, timeout=20_000) as said:
        Keyboard().press(place, TRANSFER, "c", PAPERS, PAPERS)
    assert said.args == [1]
    assert bench.toasts[-1] == "1 page went to the printer."

    page = app.papers.render(session.id, Paper.HANDOVER).content
    assert difference(grey(page), grey(sheet.read_bytes())) < MOST_DIFFERENCE
    with app.context.new_uow() as uow:
        (entry,) = uow.trail.by_action("print")
    assert entry.content["entity_id"] == session.id
    assert (entry.content["data"]["kind"], entry.content["data"]["pages"]) == ("handover", 1)

    (line,) = app.register.lines()
    assert (line.seq, line.medium, line.what) == (entry.seq, Medium.PRINT, "handover")

    # The same keys as in a report: a de-identified copy is seen, and printed as what it is.
    card = place.parts["papers"]
    with qtbot.waitSignal(preview.drawn, timeout=20_000):
        Keyboard().press(place, COPY)
    assert_accessible(card.pages)
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        Keyboard().press(place, PAPERS)
    assert app.register.lines()[0].copy is CopyKind.DEIDENTIFIED
    with qtbot.waitSignal(card.strip.exported, timeout=20_000) as written:
        Keyboard().press(place, Qt.Key.Key_Return)
    assert written.args[0].path == sheet
    assert answers.names[-1] == "copy-deidentified.pdf"  # type: ignore[attr-defined]
    with qtbot.waitSignal(preview.drawn, timeout=20_000):
        Keyboard().press(place, Qt.Key.Key_Escape)
    assert (card.isVisible(), card.copies.isVisible()) == (True, False)
    with qtbot.waitSignal(card.strip.exported, timeout=20_000):
        Keyboard().press(place, ARCHIVE)
    assert app.register.lines()[0].what == "handover-archive"

    # Where no printer takes it, that is said, and can be tried again.
    answers.path = tmp_path / "nowhere" / "sheet.pdf"  # type: ignore[attr-defined]
    Keyboard().press(place, PAPERS)
    qtbot.waitUntil(lambda: preview.trouble, timeout=20_000)
    assert preview.to_printer.isEnabled()


def test_a_range_of_pages_is_printed_alone(qapp: object, tmp_path: Path) -> None:
    printer = QPrinter()
    assert chosen_pages(printer, 3) == [0, 1, 2]
    printer.setFromTo(2, 9)
    assert chosen_pages(printer, 3) == [1, 2]
    printer.setFromTo(2, 2)
    assert chosen_pages(printer, 3) == [1]


def test_a_printing_that_may_not_be_is_stopped_before_its_first_page(
    qapp: object, tmp_path: Path
) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(612, 792)
    path = tmp_path / "blank.pdf"
    blank.save(str(path))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))

    def refuse(_pages: int) -> None:
        raise PrinterError

    with pytest.raises(PrinterError):
        print_document(path.read_bytes(), PdfPages(), printer, refuse, NoProgress())
    assert not (tmp_path / "out.pdf").exists()
