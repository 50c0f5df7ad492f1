"""The finished pages, drawn again a moment after the last change.

Pages are made and turned into pictures by a job; this module shows them, keeps the place that is
being looked at, and keeps the old pages until the new ones are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.case import Case
from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, Pages
from forms.alive import while_alive
from forms.errors import ErrorCard, shown_as
from forms.jobs import Job, JobRunner
from forms.theme import tokens
from forms.widgets.buttons import Button
from forms.widgets.labels import hairline, label

DELAY_MS = 300
GAP = 12
LETTER = 11 / 8.5
INCHES = 8.5
_LEAST_DPI, _MOST_DPI = 40, 220

Render = Callable[[Case, Progress], Document]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a job made.

    Attributes:
        pictures: The pages that were in view, by their place from 0.
    """

    content: bytes
    pages: int
    pictures: dict[int, QImage]
    dpi: int


class _Sheets(QWidget):
    """The pages below each other, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = 0
        self.pictures: dict[int, QImage] = {}

    def page_rect(self, page: int) -> QRect:
        """Return where a page lies."""
        width = max(1, self.width() - 2 * GAP)
        height = round(width * LETTER)
        return QRect(GAP, GAP + page * (height + GAP), width, height)

    def wanted_height(self) -> int:
        """Return the height of all pages."""
        return self.page_rect(self.pages).top() if self.pages else self.page_rect(1).top()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(max(1, self.pages)):
            rect = self.page_rect(page)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            picture = self.pictures.get(page)
            if picture is not None:
                painter.drawImage(rect, picture)
            painter.setPen(tokens().color("line"))
            painter.drawRect(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5))


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
    """The pages of one case.

    Signals:
        drawn: New pages are on the screen.
    """

    drawn = Signal()

    def __init__(
        self,
        render: Render,
        pages: Pages,
        runner: JobRunner,
        parent: QWidget | None = None,
        *,
        delay_ms: int = DELAY_MS,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._render = render
        self._pictures_of = pages
        self._runner = runner
        self._case: Case | None = None
        self._shown: Case | None = None
        self._drawn: _Drawn | None = None
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
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._caption)
        head.addWidget(self._back)
        head.addWidget(self._on)
        self._sheets = _Sheets()
        self._scroll = _Scroller(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: pages would change their width, and with it their height, when it comes.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setAccessibleName(_("Pages"))
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

    def show_case(self, case: Case) -> None:
        """Draw the pages of ``case`` a moment after the last call."""
        self._case = case
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

    def turn(self, step: int) -> None:
        """Bring the page after or before into view."""
        there = min(max(self.page + step, 0), max(0, self.pages - 1))
        self._scroll.verticalScrollBar().setValue(self._sheets.page_rect(there).top() - GAP)

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
            return _Drawn(
                document.content, count, self._pictures(document.content, there, dpi), dpi
            )

        self._job = self._runner.start(
            work,
            on_done=while_alive(self, self._on_drawn),
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

    def _on_drawn(self, drawn: object) -> None:
        self._job = None
        assert isinstance(drawn, _Drawn)  # noqa: S101 - it is what the job returns
        self._show_error(None)
        place = self._scroll.verticalScrollBar().value()
        self._drawn = drawn
        self._sheets.pages = drawn.pages
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
            return _Drawn(drawn.content, drawn.pages, pictures, drawn.dpi)

        self._job = self._runner.start(
            work,
            on_done=while_alive(self, self._on_more),
            on_failed=while_alive(self, self._on_failed),
            on_cancelled=while_alive(self, self._on_cancelled),
        )

    def _on_more(self, drawn: object) -> None:
        self._job = None
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

    def _show_error(self, error: AppError | None) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
        if error is not None:
            self._error = ErrorCard(error, self, retry=True)
            self._error.retried.connect(self._on_retried)
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
