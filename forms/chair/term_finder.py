"""Find a term of the palette by typing; what is typed can always be kept as it is.

The words as typed are chosen unless they are the begin of a term's own words, so that Enter
completes what was meant and never puts other words in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.chair.palette import Use, find
from aeapp.kernel.i18n import _
from forms import fonts, paint
from forms.theme import px, tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: the words it gives, and by what it was found."""

    words: str
    second: str = ""


def choices_for(typed: str, use: Use) -> list[Choice]:
    """Return what Enter may give for ``typed``, the one it gives by itself first."""
    kept = " ".join(typed.split())
    if not kept:
        return []
    hits = find(kept, use)
    offers = [Choice(_(hit.term.words), hit.by) for hit in hits]
    own = Choice(kept, _("as typed"))
    if hits and hits[0].begins:
        return offers if offers[0].words == kept else [*offers, own]
    return [own, *offers]


class _Lines(QAbstractListModel):
    """The terms that fit, and what was typed."""

    choices: tuple[Choice, ...] = ()

    def show(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self.choices = tuple(choices)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (choice.words, choice.second) if part)
        return None


class _LineDelegate(QStyledItemDelegate):
    """Paints the words and, in grey, by what they were found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _Lines):
            return
        choice, look, area = model.choices[index.row()], tokens(), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, look.color("select"))
        font = fonts.sized("strong" if chosen else "body")
        second = paint.text_width(fonts.sized("caption"), choice.second)
        room = area.width() - px(24) - second
        painter.setFont(font)
        painter.setPen(look.color("text"))
        words = painter.fontMetrics().elidedText(
            choice.words, Qt.TextElideMode.ElideRight, int(room)
        )
        inner = area.adjusted(px(8), 0, -px(8), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(fonts.sized("caption"))
        painter.setPen(look.color("text3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, choice.second)


class TermFinder(QWidget):
    """One line to type in and the terms that fit.

    Signals:
        picked: Words were chosen; carries them.
        left: Esc was pressed.
    """

    picked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use = Use()
        self.line = QLineEdit(self)
        self.line.setObjectName("events.other")
        self.line.setMaxLength(250)
        self.line.setPlaceholderText(_("the event, in the words it was told"))
        self.line.setAccessibleName(_("Other event"))
        self.line.textChanged.connect(self._on_changed)
        self.line.installEventFilter(self)
        self._model = _Lines(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Terms that fit"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.list.hide()

    def show_use(self, use: Use) -> None:
        """Put what this clinic has most before what it has less."""
        self._use = use

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.setText("")

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what is offered now."""
        return self._model.choices

    def chosen(self) -> str:
        """Return the words that Enter gives; empty where nothing was typed."""
        row = self.list.currentIndex().row()
        return self.choices[row].words if 0 <= row < len(self.choices) else ""

    def _on_changed(self, typed: str) -> None:
        found = choices_for(typed, self._use)
        self._model.show(found)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(min(len(found), 7) * px(28) + px(4))
        if found:
            self._choose(0)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row % len(self.choices), 0))
        self.line.setAccessibleDescription(self.chosen())

    def _on_clicked(self, _index: QModelIndex) -> None:
        self._give()

    def _give(self) -> None:
        words = self.chosen()
        if words:
            self.picked.emit(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if step and self.choices:
            self._choose(self.list.currentIndex().row() + step)
        elif key in _ENTER:
            # Its Enter chooses, and must not reach the Save of what the finder stands in.
            self._give()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True
