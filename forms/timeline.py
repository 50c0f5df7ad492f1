"""The timeline of one report: what happened, was learnt, decided, said and sent, in its order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from aeapp.domain.timeline import Moment, moments
from aeapp.kernel.i18n import _
from forms.alive import while_alive
from forms.desk import Desk
from forms.theme import px
from forms.widgets.emptied import emptied
from forms.widgets.entry import two_lines
from forms.widgets.labels import label
from forms.widgets.scrolling import FollowingScroll


class TimelinePage(QFrame):
    """Shows the moments; it is read anew whenever it comes into view."""

    def __init__(
        self, desk: Desk, case_id: str, report_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("report.timeline")
        self.setAccessibleName(_("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._case_id, self._report_id = desk, case_id, report_id
        self.text = ""
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        scroll = FollowingScroll(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(_("Timeline"))
        self.setFocusProxy(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scroll)

    def focus_first(self) -> None:
        """Put the keyboard on the page; arrows scroll it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is stored."""
        app, case_id, report_id = self._desk.app, self._case_id, self._report_id

        def found() -> tuple[Moment, ...]:
            log = app.sending.log_of(report_id)
            return moments(app.cases.gather(case_id, report_id), log.sendings, log.requests)

        self._desk.read(found, while_alive(self, self._show))

    def _show(self, found: tuple[Moment, ...]) -> None:
        emptied(self._column)
        self.text = "\n".join(f"{m.when} {_(m.lane.words)} {m.what} {m.detail}" for m in found)
        self.setAccessibleDescription(self.text)
        lines = [self._line(moment) for moment in found]
        for line in lines or [label(_("Nothing has happened yet."), "caption", self)]:
            self._column.addWidget(line)
            # At once: Qt shows what a layout takes only later.
            line.show()
        self._column.addStretch(1)

    def _line(self, moment: Moment) -> QWidget:
        holder = QWidget(self)
        row = QGridLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        for n, (words, kind, width) in enumerate(
            ((moment.when, "id", 160), (_(moment.lane.words), "caption", 80))
        ):
            made = label(words, kind, holder)
            made.setFixedWidth(px(width))
            row.addWidget(made, 0, n, top)
        row.addWidget(two_lines(moment.what, moment.detail or " ", holder), 0, 2)
        row.setColumnStretch(2, 1)
        return holder

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
