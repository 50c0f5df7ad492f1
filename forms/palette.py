"""Ctrl+K: everything the program can do or knows, found by a few letters, with its key beside it.

Sources may answer later; until then only actions are listed, and no line of an older answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms import fonts, icons, paint
from forms.actions import Action, Source, rank
from forms.theme import px, tokens
from forms.widgets.buttons import key_words
from forms.widgets.labels import Icon, hairline, label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
MOST = 60


class _Lines(QAbstractListModel):
    """The actions that fit, in the order of their groups."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.actions: tuple[Action, ...] = ()

    def show(self, actions: Sequence[Action]) -> None:
        self.beginResetModel()
        self.actions = tuple(actions)
        self.endResetModel()

    def starts_group(self, row: int) -> bool:
        return row == 0 or self.actions[row].group != self.actions[row - 1].group

    def height_of(self, row: int) -> int:
        return px(32) + (px(24) if self.starts_group(row) else 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.actions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        action = self.actions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return action.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (action.title, action.second, key_words(action.shortcut), action.reason())
            return ", ".join(part for part in parts if part)
        return None


class _LineDelegate(QStyledItemDelegate):
    """Paints icon, title, second fact, and key or reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        return QSize(0, model.height_of(index.row()) if isinstance(model, _Lines) else px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _Lines):
            return
        action = model.actions[index.row()]
        area = QRectF(option.rect)
        look = tokens()
        if model.starts_group(index.row()):
            painter.setFont(fonts.sized("caption"))
            painter.setPen(look.color("text3"))
            head = QRectF(area.left() + px(12), area.top(), area.width(), px(24))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, _(action.group))
            area.setTop(area.top() + px(24))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.color("select"))
        _paint_line(painter, area, action)


def _paint_line(painter: QPainter, area: QRectF, action: Action) -> None:
    look, reason = tokens(), action.reason()
    ink = look.color("text3" if reason else "text")
    icon = QRectF(area.left() + px(12), area.top(), px(16), area.height())
    icons.paint(painter, icon, action.icon, look.color("text3" if reason else "text2"))
    x = icon.right() + px(10)
    painter.setFont(fonts.sized("body"))
    painter.setPen(ink)
    words = QRectF(x, area.top(), area.right() - x, area.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, action.title)
    if action.second:
        x += paint.text_width(fonts.sized("body"), action.title) + px(8)
        painter.setFont(fonts.sized("id"))
        painter.setPen(look.color("text3"))
        second = QRectF(x, area.top(), area.right() - x, area.height())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, action.second)
    right = QRectF(area.left(), area.top(), area.width() - px(12), area.height())
    if reason:
        painter.setFont(fonts.sized("caption"))
        painter.setPen(look.color("text3"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, flags, reason)
    elif action.shortcut:
        width = paint.key_cap_size(key_words(action.shortcut)).width()
        cap = QRectF(right.right() - width, area.top(), width, area.height())
        paint.key_cap(painter, cap, key_words(action.shortcut))


class CommandPalette(QFrame):
    """One field and the actions that fit what is typed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "popup")
        self.setAccessibleName(_("Find a patient, a report or an action"))
        self._actions: list[Action] = []
        self._sources: list[Source] = []
        self._before: QWidget | None = None
        self._shown_for = ""
        self._over = QRect(0, 10, 0, 0)
        self.field = QLineEdit(self)
        self.field.setProperty("kind", "bare")
        self.field.setPlaceholderText(_("Find a patient, a report or an action"))
        self.field.setAccessibleName(_("Find a patient, a report or an action"))
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self._model = _Lines(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("What fits"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_clicked)
        self._nothing = label(_("Nothing fits. Try fewer letters."), "caption", self)
        self._build()
        self.hide()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(10)
        top.addWidget(Icon("find", "text2", 16, self))
        top.addWidget(self.field, 1)
        self._nothing.setContentsMargins(12, 8, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline(self))
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def add(self, *actions: Action) -> None:
        """Offer actions from now on."""
        self._actions.extend(actions)

    def add_source(self, source: Source) -> None:
        """Ask ``source`` too for what is typed; it may answer later and call ``refresh``."""
        self._sources.append(source)

    def open(self, text: str = "", *, over: QRect | None = None) -> None:
        """Show the palette where ``over`` is in the window, and type into it."""
        if over is not None:
            self._over = over
        window = self.window()
        if not self.isVisible():
            self._before = window.focusWidget()
        self.field.setText(text)
        self.refresh()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def close_again(self) -> None:
        """Hide, and give the focus back to where it was."""
        if self.isVisible():
            self.hide()
            self.field.clear()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None

    def refresh(self) -> None:
        """Look again for what fits."""
        typed = self.field.text().strip()
        chosen = self._chosen() if typed == self._shown_for else None
        self._shown_for = typed
        lines = self._fitting(typed)
        self._model.show(lines)
        self._nothing.setVisible(not lines)
        self.list.setVisible(bool(lines))
        if lines:
            # An answer that comes later must not move the line that somebody went down to.
            titles = [(a.group, a.title, a.second) for a in lines]
            row = titles.index(chosen) if chosen in titles else 0
            self.list.setCurrentIndex(self._model.index(row, 0))
        self._put()

    def _fitting(self, typed: str) -> list[Action]:
        found = [(rank(action, typed), n, action) for n, action in enumerate(self._actions)]
        fitting = [(r, n, a) for r, n, a in found if r is not None]
        own = [a for _r, _n, a in sorted(fitting, key=lambda t: t[:2])]
        more = [a for source in self._sources for a in source(typed)] if typed else []
        # Actions that have the letters somewhere inside come after what was found by its name.
        well = any(r <= 1 for r, _n, _a in fitting)
        both = [*own, *more] if well or not more else [*more, *own]
        groups = list(dict.fromkeys(a.group for a in both))
        return sorted(both, key=lambda a: groups.index(a.group))[:MOST]

    def _chosen(self) -> tuple[str, str, str] | None:
        row = self.list.currentIndex().row()
        if row <= 0 or row >= len(self._model.actions):
            return None
        action = self._model.actions[row]
        return action.group, action.title, action.second

    def _put(self) -> None:
        window = self.window()
        width = min(max(px(520), self._over.width()), window.width() - 32)
        left = min(self._over.left(), window.width() - width - 16)
        lines = sum(self._model.height_of(row) for row in range(len(self._model.actions)))
        wanted = self.field.sizeHint().height() + px(24) + max(lines, px(40)) + px(16)
        height = min(wanted, px(480), window.height() - self._over.top() - px(40))
        self.setGeometry(max(16, left), self._over.top(), width, height)

    def _run(self, row: int) -> None:
        action = self._model.actions[row]
        if action.reason():
            return
        self.close_again()
        action.run()

    def _on_text_changed(self, _text: str) -> None:
        self.refresh()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._run(index.row())

    def _move(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + step) % count
            self.list.setCurrentIndex(self._model.index(row, 0))
            self.field.setAccessibleDescription(self._model.actions[row].title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                # Esc closes the palette and nothing behind it.
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event.key())
        elif isinstance(event, QFocusEvent):
            self._on_focus(event)
        return super().eventFilter(watched, event)

    def _on_focus(self, event: QFocusEvent) -> None:
        if event.lostFocus() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def _on_key(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Escape:
                self.close_again()
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.list.currentIndex().isValid():
                    self._run(self.list.currentIndex().row())
            case _:
                return False
        return True
