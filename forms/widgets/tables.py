"""Tables as they look everywhere: rows of one height, hairlines, pills painted in cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from forms import fonts, paint
from forms.theme import Status, px, tokens

Index = QModelIndex | QPersistentModelIndex
ROW, TALL_ROW = 30, 48


class EndTable(QTableView):
    """Keeps its last row in sight when its room gets smaller or larger, as far as it was there."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        super().resizeEvent(event)
        if at_end:
            self.scrollToBottom()


class CellDelegate(QStyledItemDelegate):
    """Paints cells without the dotted focus frame, and a hairline under each row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plain = QStyleOptionViewItem(option)
        plain.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, plain, index)
        area = QRectF(option.rect)
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), tokens().color("line")
        )


class LinesDelegate(CellDelegate):
    """Paints the first line of a cell as its value and the second as what is said of it."""

    def __init__(self, parent: QWidget | None = None, *, strong: bool = False) -> None:
        super().__init__(parent)
        self._first = "strong" if strong else "body"

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        lines = str(index.data() or "").split("\n")
        kinds = [(self._first, "text"), *[("caption", "text3")] * (len(lines) - 1)]
        heights = [QFontMetricsF(fonts.sized(kind)).height() for kind, _ink in kinds]
        area = QRectF(option.rect).adjusted(px(6), 0, -px(6), -1)
        y = area.center().y() - sum(heights) / 2
        for line, (kind, ink), height in zip(lines, kinds, heights, strict=True):
            row = QRectF(area.left(), y, area.width(), height)
            painter.setFont(fonts.sized(kind))
            painter.setPen(tokens().color(ink))
            cut = painter.fontMetrics().elidedText(
                line, Qt.TextElideMode.ElideRight, max(0, int(row.width()))
            )
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, cut)
            y += height


class PillDelegate(CellDelegate):
    """Paints a status and its words as a pill; the model says both.

    Args:
        read: Returns the status and the words of a row, or None for an empty cell.
    """

    def __init__(
        self, read: Callable[[Index], tuple[Status, str] | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = self._read(index)
        width = paint.pill_size(found[1]).width() if found else 0
        return QSize(width + 2 * px(8), px(ROW))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if self._read(index):
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found = self._read(index)
        if found:
            area = QRectF(option.rect).adjusted(px(8), 0, -px(4), -1)
            paint.pill(painter, area, *found)


class Table(QTableView):
    """A table of lines: one row is the current one, Enter opens it.

    Signals:
        opened: Enter, or a double click; carries the row.

    Attributes:
        passed_on: Letters and digits that mean something around the table; it does not search
            its rows for them.
    """

    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None, *, row_height: int = ROW) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self.passed_on = ""
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_double_clicked)
        self._measure()

    def _measure(self) -> None:
        self.setFont(fonts.sized("figures"))
        self.horizontalHeader().setFont(fonts.sized("head"))
        self.verticalHeader().setMinimumSectionSize(px(self._row_height))
        self.verticalHeader().setDefaultSectionSize(px(self._row_height))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.verticalHeader() is not None:
            self._measure()

    def enter(self) -> None:
        """Take the keyboard, on the first row where none is the current one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid():
            self.selectRow(0)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give each column its width; those of 0 share what is left."""
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        for section, width in enumerate(widths):
            if width:
                head.resizeSection(section, px(width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and plain and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif plain and event.text() and event.text().upper() in self.passed_on:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
