"""One line for each destination of a report, the box that picks one, and the completeness score."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.completeness_score import PAPER, Part, Score, gap_words
from aeapp.domain.destinations import DESTINATIONS
from aeapp.kernel.i18n import _
from forms import icons, paint
from forms.paint import Level
from forms.readiness import Shown
from forms.theme import px, tokens
from forms.widgets.buttons import Button, Meter, PromptButton
from forms.widgets.labels import Icon, label


class DestinationLine(PromptButton):
    """How ready the report is for one destination: icon, name, bar, words; a press picks it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self._current = False
        self._icon = Icon("", "text2", 16, self)
        self.name = label(name, "body", self)
        self._meter = Meter(name, Level(share=0.0), self)
        self.words = label(kind="body", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.setSpacing(8)
        for part in (self._icon, self.name, self._meter, self.words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 1 if part is self._meter else 0)

    def show_line(self, line: Shown, *, current: bool) -> None:
        """Show how ready it is, and whether its findings are those below."""
        self._current = current
        self._icon.show_role(*line.icon)
        self._meter.show_level(line.level)
        self._meter.setAccessibleName(f"{line.name}: {line.words}")
        self.words.setText(line.words)
        said = f"{line.name}: {line.words}"
        if current:
            said = _("{readiness}; its findings are shown").format(readiness=said)
        self.setAccessibleName(said)
        self.setToolTip(line.why_not)
        self.setAccessibleDescription(line.why_not)
        self.update()

    def sizeHint(self) -> QSize:
        asked = self.layout().sizeHint()  # type: ignore[union-attr]
        return QSize(asked.width(), max(px(24), asked.height()))

    def minimumSizeHint(self) -> QSize:
        asked = self.layout().minimumSize()  # type: ignore[union-attr]
        return QSize(asked.width(), max(px(24), asked.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        hover = self.underMouse() and self.isEnabled()
        if self._current or hover:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens().color("select" if self._current else "hover"))
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            paint.focus_ring(painter, area, 6)


class DestinationLines(QWidget):
    """A line for each destination.

    Signals:
        chosen: The findings of another destination are asked for; carries its key.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows: dict[str, DestinationLine] = {}
        for key, destination in DESTINATIONS.items():
            row = DestinationLine(_(destination.name), self)
            row.clicked.connect(partial(self._on_picked, key))
            column.addWidget(row)
            self.rows[key] = row

    def _on_picked(self, key: str, *_pressed: bool) -> None:
        self.chosen.emit(key)

    def show_lines(self, lines: Sequence[Shown], current: str) -> None:
        """Show each destination; the one whose findings are shown stands out."""
        names = [row.name for row in self.rows.values()]
        widest = max(name.sizeHint().width() for name in names)
        for (key, row), line in zip(self.rows.items(), lines, strict=True):
            row.name.setMinimumWidth(widest)
            row.show_line(line, current=key == current)


class DestinationBox(QComboBox):
    """Picks the destination whose findings are shown; each line says how ready it is.

    Signals:
        chosen: Another destination was picked; carries its key.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Destination"))
        self.setToolTip(
            _("Readiness for each destination; the findings are those of the picked one")
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        for key, destination in DESTINATIONS.items():
            self.addItem(_(destination.name), key)
        self.activated.connect(self._on_activated)

    def _on_activated(self, row: int) -> None:
        self.chosen.emit(self.itemData(row))

    def show_lines(self, lines: Sequence[Shown], current: str) -> None:
        """Show how ready each destination is."""
        with QSignalBlocker(self):
            for row, line in enumerate(lines):
                words = f"{line.name}: {line.words}"
                if self.itemText(row) != words:
                    self.setItemText(row, words)
            self.setCurrentIndex(self.findData(current))
        self.setAccessibleDescription(self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel meant for the page must not pick another destination.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = px(14)
        right = QRectF(self.width() - side - px(7), 0, side, self.height())
        icons.paint(QPainter(self), right, "down", tokens().color("text2"))


class ScoreLine(QWidget):
    """The completeness score in one line, with what is missing under it when asked.

    Signals:
        go_asked: What a dimension lacks is to be filled in; carries the path.
    """

    go_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: tuple[Part, ...] = ()
        self.toggle = Button(_("what is missing"), self, kind="quiet")
        self.toggle.clicked.connect(self._on_toggled)
        self._words = label(kind="body", parent=self)
        self.missing = QWidget(self)
        self._list = QVBoxLayout(self.missing)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self._source = label(
            _("Counts what is on record; no judgement of the report. {paper}").format(paper=PAPER),
            "caption",
            self.missing,
        )
        self._source.setWordWrap(True)
        self.missing.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._words, 1)
        head.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.missing)

    def show_score(self, score: Score | None) -> None:
        """Show the score and its gaps; None while nobody knows."""
        self.setVisible(score is not None)
        if score is None:
            return
        self._words.setText(_("Completeness score {value}").format(value=score.words))
        self.toggle.setVisible(bool(score.gaps))
        if not score.gaps:
            self.missing.hide()
        if score.gaps != self._gaps or not self._list.count():
            self._gaps = score.gaps
            self._fill()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._source:
                widget.hide()
                widget.deleteLater()
        for part in self._gaps:
            line = Button(gap_words(part), self.missing, kind="quiet")
            line.clicked.connect(partial(self._on_gap, part.path))
            self._list.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addWidget(self._source)

    def _on_gap(self, path: str, *_pressed: bool) -> None:
        self.go_asked.emit(path)

    def _on_toggled(self) -> None:
        self.missing.setVisible(self.missing.isHidden())
        hidden = self.missing.isHidden()
        self.toggle.say(_("what is missing") if hidden else _("hide what is missing"))
