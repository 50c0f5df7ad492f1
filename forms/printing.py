"""Print a finished document: its pages as they are, on a printer that the person chose.

The pages are the very ones of the preview. Painting on a printer is allowed on any thread, so a
job does it; each printing has its entry in the trail before the first page leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, Pages
from forms.ask import Ask
from forms.desk import Desk

if TYPE_CHECKING:  # loaded with the first printing
    from PySide6.QtPrintSupport import QPrinter

# Letters of seven points stay sharp; more only takes longer.
MOST_DPI = 300


class PrinterError(KnownError):
    """The printer did not take the pages."""

    code = "printer.refused"

    def __init__(self) -> None:
        super().__init__(
            N_("The printer did not take the pages."),
            remedy=N_("See that it is on and has paper, then print again; or export the file."),
        )


@dataclass(frozen=True, slots=True)
class Printing:
    """How a preview prints.

    Attributes:
        ask: Asks for the printer.
        noted: Notes the printing in trail and register; gets what was drawn, its document and
            how many pages. What it raises keeps the pages from the printer.
    """

    ask: Ask
    noted: Callable[[Any, Document, int], None]


def say_printed(desk: Desk, pages: int) -> None:
    """Say that pages went to the printer; whether they come out is the printer's business."""
    one, many = _("1 page went to the printer."), _("{n} pages went to the printer.")
    desk.toast(one if pages == 1 else many.format(n=pages))


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0: those of the range that was asked for, else all."""
    first, last = printer.fromPage(), printer.toPage()
    if first < 1:
        return list(range(count))
    return list(range(first - 1, min(max(first, last), count)))


def print_document(
    content: bytes, pages: Pages, printer: QPrinter, note: Callable[[int], None], progress: Progress
) -> int:
    """Print a document; return how many of its pages were printed.

    ``note`` is called with that number before the printer is; what it raises keeps every sheet,
    an empty one too, from the printer.

    Raises:
        PrinterError: The printer does not take them.
    """
    wanted = chosen_pages(printer, pages.count(content))
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    note(len(wanted))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError
    try:
        dpi = min(MOST_DPI, printer.resolution())
        sheets = [page for _copy in range(copies) for page in wanted]
        for n, page in enumerate(sheets):
            progress.step(n, len(sheets), "")
            if n and not printer.newPage():
                raise PrinterError
            _paint(painter, printer, pages.picture(content, page, dpi))
    finally:
        painter.end()
    return len(wanted)


def _paint(painter: QPainter, printer: QPrinter, data: bytes) -> None:
    """Paint one page on the whole sheet: as large as it is, smaller only where it must be."""
    image = QImage.fromData(data)
    paper = QRectF(printer.paperRect(printer.Unit.DevicePixel))
    size = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
