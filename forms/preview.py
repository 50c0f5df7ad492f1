"""The finished pages, drawn again a moment after the last change.

Pages are made and turned into pictures by a job; this module shows them, keeps the place that is
being looked at, and keeps the old pages until the new ones are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, Pages
from forms.alive import while_alive
from forms.errors import ErrorCard, shown_as
from forms.jobs import Job, JobRunner
from forms.printing import Printing, print_document
from forms.sheets import GAP, Sheets
from forms.widgets.buttons import Button
from forms.widgets.labels import hairline, label

if TYPE_CHECKING:  # loaded with the first printing
    from PySide6.QtPrintSupport import QPrinter

DELAY_MS = 300
INCHES = 8.5
_LEAST_DPI, _MOST_DPI = 40, 220

# What is drawn is a case, or whatever else the maker of pages understands.
Render = Callable[[Any, Progress], Document]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a job made.

    Attributes:
        pictures: The pages that were in view, by their place from 0.
    """

    document: Document
    pages: int
    pictures: dict[int, QImage]
    dpi: int

    @property
    def content(self) -> bytes:
        """Return the bytes of the document."""
        return self.document.content


class _Scroller(QScrollArea):
    """Scrolls the sheets; arrows and page keys move when it has the focus."""

    page_key = Signal(int)
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.page_key.emit(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class PagePreview(QFrame):
    """The pages of one case, or of one paper of a session.

    Signals:
        drawn: New pages are on the screen.
        picked: A box of a page was pressed; carries the path of its item.
        printed: Pages went to the printer; carries how many.
    """

    drawn = Signal()
    picked = Signal(str)
    printed = Signal(int)

    def __init__(
        self,
        render: Render,
        pages: Pages,
        runner: JobRunner,
        parent: QWidget | None = None,
        *,
        delay_ms: int = DELAY_MS,
        printing: Printing | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._printing, self._print_wanted = printing, False
        self._print_job: Job | None = None
        self._render = render
        self._pictures_of = pages
        self._runner = runner
        self._case: object = None
        self._shown: object = None
        self._drawn: _Drawn | None = None
        # Counts the documents that were asked for: what a job brings of an older one is not shown.
        self._turn = 0
        self._job: Job | None = None
        self._error: ErrorCard | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._start)
        self._build()

    def _build(self) -> None:
        self._title = label(_("Pages"), "strong", self)
        self._caption = label(_("as it will print"), "caption", self)
        self._back = Button(parent=self, kind="small", icon="back", name=_("Previous page"))
        self._on = Button(parent=self, kind="small", icon="next", name=_("Next page"))
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_next)
        self.to_printer = Button(_("Print"), self, kind="small", key="Ctrl P")
        self.to_printer.setObjectName("preview.print")
        self.to_printer.clicked.connect(self.print_pages)
        self.to_printer.setVisible(self._printing is not None)
        # The button says it too, and there is no room for both in the narrow half of a room.
        self._caption.setVisible(self._printing is None)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._caption)
        head.addWidget(self._back)
        head.addWidget(self._on)
        head.addWidget(self.to_printer)
        self._sheets = Sheets()
        self._sheets.pressed.connect(self.picked)
        self._scroll = _Scroller(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: pages would change their width, and with it their height, when it comes.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setAccessibleName(_("Pages"))
        self.setFocusProxy(self._scroll)
        self._scroll.setWidget(self._sheets)
        self._scroll.page_key.connect(self.turn)
        self._scroll.resized.connect(self._fit)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(hairline(self))
        self._column.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._say_page()

    # --- using

    def show_case(self, case: object) -> None:
        """Draw the pages of ``case`` a moment after the last call."""
        self._case = case
        self._timer.start()

    def draw_anew(self, of: str = "") -> None:
        """Draw the same case again, such as on another form, which ``of`` names.

        The pages of before go at once: they are of another document than the one that is named.
        """
        self._caption.setText(of or _("as it will print"))
        if self._case is not None:
            self._turn += 1
            self._shown = self._drawn = None
            self._sheets.pictures, self._sheets.places = {}, ()
            self._sheets.update()
            if self._job is not None:
                self._job.cancel()
            self._timer.start()

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return self._sheets.pages

    @property
    def page(self) -> int:
        """Return the page in view, from 0."""
        middle = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3
        rects = (self._sheets.page_rect(n) for n in range(self._sheets.pages))
        return max((n for n, rect in enumerate(rects) if rect.top() <= middle), default=0)

    def picture(self, page: int) -> QImage | None:
        """Return the picture of a page if it was drawn."""
        return self._sheets.pictures.get(page)

    def mark(self, is_marked: Callable[[str], bool]) -> None:
        """Put a frame around the boxes of these items, on the screen only."""
        self._sheets.is_marked = is_marked
        self._sheets.update()

    def turn(self, step: int) -> None:
        """Bring the page after or before into view."""
        there = min(max(self.page + step, 0), max(0, self.pages - 1))
        self._scroll.verticalScrollBar().setValue(self._sheets.page_rect(there).top() - GAP)

    # --- printing

    @property
    def trouble(self) -> bool:
        """Tell whether something went wrong that stands above the pages."""
        return self._error is not None

    def print_pages(self, *_pressed: object) -> None:
        """Ask for a printer and print the pages as they are; while they are drawn, after it."""
        printing = self._printing
        if printing is None or self._print_job is not None:
            return
        if self._drawn is None or self._case is not self._shown or self._job is not None:
            self._print_wanted = True
            return
        self._print_wanted = False
        subject, drawn = self._shown, self._drawn
        # The caption is the name of the job on a printer that others see: nothing of a patient.
        printing.ask.printer(
            _("Print"), drawn.pages, while_alive(self, partial(self._on_printer, subject, drawn))
        )

    def _on_printer(self, subject: object, drawn: _Drawn, printer: QPrinter) -> None:
        printing = self._printing
        assert printing is not None  # noqa: S101 - who has none does not ask
        note = partial(printing.noted, subject, drawn.document)

        def work(progress: Progress) -> int:
            return print_document(drawn.content, self._pictures_of, printer, note, progress)

        self.to_printer.setEnabled(False)
        self._print_job = self._runner.start(
            work,
            on_done=while_alive(self, self._on_printed),
            on_failed=while_alive(self, self._on_not_printed),
            on_cancelled=while_alive(self, self._end_printing),
        )

    def _on_printed(self, pages: object) -> None:
        self._end_printing()
        self._show_error(None)
        assert isinstance(pages, int)  # noqa: S101 - it is what the job returns
        self.printed.emit(pages)

    def _on_not_printed(self, error: BaseException) -> None:
        self._end_printing()
        self._show_error(shown_as(error), again=self.print_pages)

    def _end_printing(self) -> None:
        self._print_job = None
        self.to_printer.setEnabled(True)

    def stop(self) -> None:
        """Draw no more; for a preview that is thrown away."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    # --- drawing

    def _start(self) -> None:
        if self._case is None or self._case is self._shown or not self.isVisible():
            return
        if self._job is not None:
            # Pages of an older case are of no use; these are drawn when that job has ended.
            self._job.cancel()
            return
        case, wanted, dpi = self._case, self._in_view(), self._dpi()
        self._shown = case

        def work(progress: Progress) -> _Drawn:
            document = self._render(case, progress)
            count = self._pictures_of.count(document.content)
            there = [page for page in wanted if page < count] or [0]
            pictures = self._pictures(document.content, there, dpi)
            return _Drawn(document, count, pictures, dpi)

        self._job = self._runner.start(
            work,
            on_done=while_alive(self, partial(self._on_drawn, self._turn)),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_cancelled),
        )

    def _pictures(self, content: bytes, pages: list[int], dpi: int) -> dict[int, QImage]:
        made = {page: self._pictures_of.picture(content, page, dpi) for page in pages}
        return {page: QImage.fromData(data) for page, data in made.items()}

    def _in_view(self) -> list[int]:
        first = self.page
        return [first, first + 1]

    def _dpi(self) -> int:
        width = self._sheets.page_rect(0).width() * self.devicePixelRatioF()
        return min(max(round(width / INCHES), _LEAST_DPI), _MOST_DPI)

    def _on_drawn(self, turn: int, drawn: object) -> None:
        self._job = None
        if turn != self._turn:
            self._timer.start()
            return
        assert isinstance(drawn, _Drawn)  # noqa: S101 - it is what the job returns
        self._show_error(None)
        place = self._scroll.verticalScrollBar().value()
        self._drawn = drawn
        self._sheets.pages = drawn.pages
        self._sheets.places = drawn.document.places
        # Pages out of view keep their old picture until they are looked at.
        self._sheets.pictures = {**drawn.pictures}
        self._fit()
        self._scroll.verticalScrollBar().setValue(place)
        self._sheets.update()
        self._say_page()
        self.drawn.emit()
        self._go_on()

    def _go_on(self) -> None:
        if self._case is not self._shown:
            self._timer.start()
        elif self._print_wanted:
            self.print_pages()
        else:
            self._draw_missing()

    def _on_cancelled(self) -> None:
        self._job = None
        self._shown = None
        self._timer.start()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._show_error(shown_as(error))

    def _draw_missing(self) -> None:
        """Draw the pages that came into view since the document was made."""
        drawn = self._drawn
        if drawn is None or self._job is not None or not self.isVisible():
            return
        missing = [
            page
            for page in self._in_view()
            if page < drawn.pages and page not in self._sheets.pictures
        ]
        if not missing:
            return

        def work(_progress: Progress) -> _Drawn:
            pictures = self._pictures(drawn.content, missing, drawn.dpi)
            return _Drawn(drawn.document, drawn.pages, pictures, drawn.dpi)

        self._job = self._runner.start(
            work,
            on_done=while_alive(self, partial(self._on_more, self._turn)),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_cancelled),
        )

    def _on_more(self, turn: int, drawn: object) -> None:
        self._job = None
        if turn != self._turn:
            self._timer.start()
            return
        assert isinstance(drawn, _Drawn)  # noqa: S101 - it is what the job returns
        self._sheets.pictures |= drawn.pictures
        self._sheets.update()
        self.drawn.emit()
        self._go_on()

    # --- showing

    def _fit(self) -> None:
        self._sheets.resize(self._scroll.viewport().width(), 1)
        self._sheets.resize(self._sheets.width(), self._sheets.wanted_height())
        self._sheets.update()

    def _say_page(self) -> None:
        n, count = self.page, self.pages
        words = _("Page {n} of {all}").format(n=n + 1, all=count) if count else _("Pages")
        if words != self._title.text():
            self._title.setText(words)
            self._scroll.setAccessibleName(words)
        self._back.setEnabled(n > 0)
        self._on.setEnabled(n + 1 < count)

    def _show_error(self, error: AppError | None, again: Callable[[], None] | None = None) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        if error is not None:
            self._error = ErrorCard(error, self, retry=True)
            self._error.retried.connect(again or self._on_retried)
            self._column.insertWidget(2, self._error)

    def _on_retried(self) -> None:
        self._shown = None
        self._start()

    def _on_scrolled(self, _value: int) -> None:
        self._say_page()
        self._draw_missing()

    def _on_back(self) -> None:
        self.turn(-1)

    def _on_next(self) -> None:
        self.turn(1)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._timer.start()

    def sizeHint(self) -> QSize:
        return QSize(380, 480)
