"""The pages of a form as a list: letter, name, how much is answered, and a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aeapp.domain.findings import Severity
from aeapp.kernel.i18n import _
from forms import fonts, icons, paint
from forms.theme import px, tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One page as the list shows it.

    Attributes:
        mark: ``ok``, ``flag``, ``blocked``, ``not_used`` or empty.
    """

    key: str
    letter: str
    name: str
    words: str = ""
    mark: str = ""


MARKS: dict[Severity | None, str] = {
    Severity.BLOCKS: "blocked",
    Severity.WARNS: "flag",
    Severity.INFORMS: "",
    None: "",
}


def _spoken(line: SectionLine) -> str:
    said = {
        "ok": _("complete"),
        "flag": _("something is open"),
        "blocked": _("something blocks"),
    }
    parts = (f"{line.letter} {line.name}".strip(), line.words, said.get(line.mark, ""))
    return ", ".join(part for part in parts if part)


class _Lines(QAbstractListModel):
    """The lines, replaced whole."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[SectionLine, ...] = ()

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        fresh = tuple(lines)
        if [line.key for line in fresh] != [line.key for line in self.lines]:
            self.beginResetModel()
            self.lines = fresh
            self.endResetModel()
        elif fresh != self.lines:
            self.lines = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(line)
        return line if role == Qt.ItemDataRole.UserRole else None


class _Row(QStyledItemDelegate):
    """Paints letter, name, count and mark."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(Qt.ItemDataRole.UserRole)
        above = px(12) if _starts_group(index, line) else 0
        return QSize(px(120), px(32) + above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        if _starts_group(index, line):
            painter.fillRect(QRectF(area.left(), area.top() + px(6), area.width(), 1), _line())
            area.setTop(area.top() + px(12))
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens().color("select" if chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 4, 4)
        self._words(painter, area, line, chosen=chosen)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, area: QRectF, line: SectionLine, *, chosen: bool) -> None:
        look = tokens()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.sized("number"))
        painter.setPen(look.color("accent" if chosen else "text3"))
        painter.drawText(area.adjusted(px(10), 0, 0, 0), middle, line.letter)
        left = px(32) if line.letter else px(10)
        right = area.right() - px(8)
        if line.mark:
            side = px(16)
            box = QRectF(right - side, area.top(), side, area.height())
            tint = "text3" if line.mark == "not_used" else line.mark
            icons.paint(painter, box, line.mark, look.color(tint))
        right -= px(22)
        painter.setFont(fonts.sized("pill"))
        width = paint.text_width(fonts.sized("pill"), line.words)
        painter.setPen(look.color("text3"))
        painter.drawText(
            QRectF(right - width, area.top(), width, area.height()), middle, line.words
        )
        painter.setFont(fonts.sized("strong" if chosen else "body"))
        painter.setPen(look.color("accent" if chosen else "text"))
        room = QRectF(
            area.left() + left, area.top(), right - width - area.left() - left - 8, area.height()
        )
        painter.drawText(room, middle, line.name)


def _starts_group(index: Index, line: SectionLine) -> bool:
    """Tell whether the pages that the paper lacks begin here."""
    if line.letter or index.row() == 0:
        return False
    above = index.model().index(index.row() - 1, 0).data(Qt.ItemDataRole.UserRole)
    return bool(above.letter)


def _line() -> QColor:
    return tokens().color("line")


class SectionList(QListView):
    """The list of a form's pages; the current one is shown at once.

    Signals:
        picked: Another page was chosen; carries its key.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = False
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self.setAccessibleName(_("Sections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """Show these pages; the chosen one stays chosen."""
        key = self.current
        self._lines.show_lines(lines)
        if self.current != key:
            self.show_current(key)

    @property
    def lines(self) -> tuple[SectionLine, ...]:
        """Return what is shown."""
        return self._lines.lines

    @property
    def current(self) -> str:
        """Return the key of the chosen page."""
        index = self.currentIndex()
        return self._lines.lines[index.row()].key if index.isValid() else ""

    def show_current(self, key: str) -> None:
        """Mark a page as the current one, without a signal."""
        row = next((n for n, line in enumerate(self._lines.lines) if line.key == key), -1)
        if row < 0:
            return
        self._told = True
        self.selectionModel().setCurrentIndex(
            self._lines.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._told = False

    def whole_height(self) -> int:
        """Return the height at which no line is hidden."""
        rows = range(self._lines.rowCount())
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth() + 4

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._told:
            self.picked.emit(self._lines.lines[index.row()].key)


class Badge(QWidget):
    """The letter of a section on a tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show another letter."""
        self._text = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(24), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color("accent_tint"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(tokens().color("accent"))
        painter.setFont(fonts.sized("number"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
