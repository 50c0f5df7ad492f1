"""All findings as a list: Enter or a click goes to the field, Ctrl+C copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aeapp.domain.findings import Finding
from aeapp.kernel.i18n import _
from forms import fonts, icons
from forms.readiness import SEVERITY_WORDS
from forms.section_list import MARKS
from forms.theme import px, tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WRAP = int(Qt.TextFlag.TextWordWrap)


def words_of(finding: Finding) -> str:
    """Return all that a row shows as one line: to be heard, or copied."""
    what = _("set aside: {why}").format(why=finding.aside) if finding.aside else ""
    place = f"{finding.shown}: " if finding.shown else ""
    said = (what or _(SEVERITY_WORDS[finding.severity]), finding.code)
    return f"{place}{_(finding.text)} ({', '.join(part for part in said if part)})"


class _Findings(QAbstractListModel):
    """The findings, replaced whole."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        if tuple(findings) != self.findings:
            self.beginResetModel()
            self.findings = tuple(findings)
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words_of(finding)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return " ".join(part for part in (finding.shown, _(finding.text)) if part)
        return finding if role == Qt.ItemDataRole.UserRole else None


class _Row(QStyledItemDelegate):
    """Paints icon, sentence, and under it the item, the rule and what it does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width() - px(40)  # type: ignore[attr-defined]
        words = index.data(Qt.ItemDataRole.UserRole).text
        room = QRect(0, 0, max(px(80), width), 10_000)
        tall = QFontMetrics(fonts.sized("body")).boundingRect(room, _WRAP, _(words)).height()
        return QSize(px(120), tall + px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        look = tokens()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(area, look.color("select" if chosen else "hover"))
        mark = MARKS[finding.severity] or "info"
        box = QRectF(area.left() + px(10), area.top() + px(8), px(16), px(18))
        icons.paint(painter, box, mark, look.color(mark if mark != "info" else "text3"))
        words = area.adjusted(px(34), px(8), -px(6), 0)
        painter.setFont(fonts.sized("body"))
        painter.setPen(look.color("text"))
        painter.drawText(words, _WRAP, _(finding.text))
        below = QRectF(words.left(), area.bottom() - px(24), words.width(), px(18))
        what = _("set aside: {why}").format(why=finding.aside) if finding.aside else ""
        what = what or _(SEVERITY_WORDS[finding.severity])
        said = dict.fromkeys((finding.shown, what, finding.code))
        painter.setFont(fonts.sized("caption"))
        painter.setPen(look.color("text3"))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, " · ".join(s for s in said if s))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.color("line")
        )


class FindingsList(QListView):
    """The findings, those that block first.

    Signals:
        picked: The person wants to mend a finding; carries it.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = _Findings(self)
        self.setModel(self._findings)
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self._empty = ""
        self.setAccessibleName(_("Findings"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_picked)
        self.activated.connect(self._on_picked)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings; the place in the list stays."""
        row = self.currentIndex().row()
        self._findings.show_findings(findings)
        if 0 <= row < len(findings):
            self.setCurrentIndex(self._findings.index(row))

    def say_empty(self, words: str) -> None:
        """Say why there is nothing in the list."""
        self._empty = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self._findings.findings:
            painter = QPainter(self.viewport())
            painter.setFont(fonts.sized("body"))
            painter.setPen(tokens().color("text2"))
            area = self.viewport().rect().adjusted(px(12), px(12), -px(12), -px(12))
            painter.drawText(area, _WRAP, self._empty)

    def all_words(self) -> str:
        """Return all findings, one a line."""
        return "\n".join(words_of(finding) for finding in self._findings.findings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectedIndexes())
            found = self._findings.findings
            QApplication.clipboard().setText("\n".join(words_of(found[row]) for row in rows))
        else:
            super().keyPressEvent(event)

    def _on_picked(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(Qt.ItemDataRole.UserRole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Heights depend on the width.
        self.scheduleDelayedItemsLayout()
