"""The rail at the left: the places of the program, icon over word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms import fonts, icons, paint
from forms.theme import px, tokens
from forms.widgets.buttons import key_words


class RailButton(QPushButton):
    """One place: tint, accent word and a bar say that it is the current one."""

    def __init__(self, title: str, icon: str, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._icon = title, icon
        self._narrow = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{title} ({key_words(shortcut)})" if shortcut else title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(48), px(44)) if self._narrow else QSize(px(76), px(60))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Stay as the shell says: pressing alone does not make a place the current one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The rail moves the focus; the button's own way would leave it.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), tokens()
        area = QRectF(self.rect())
        current = self.isChecked()
        inner = area.adjusted(6, 1, -6, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_tint" if current else "hover"))
            painter.drawRoundedRect(inner, 6, 6)
        ink = look.color("accent" if current else "text2")
        if self._narrow:
            icons.paint(
                painter,
                QRectF(area.center().x() - px(11), 0, px(22), area.height()),
                self._icon,
                ink,
            )
        else:
            icons.paint(painter, QRectF(0, px(9), area.width(), px(22)), self._icon, ink)
            painter.setFont(fonts.sized("note" if current else "caption"))
            painter.setPen(ink)
            words = QRectF(0, px(34), area.width(), px(18))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._title)
        if current:
            painter.fillRect(
                QRectF(0, inner.top() + 8, 3, inner.height() - 16), look.color("accent")
            )
        if self.hasFocus():
            paint.focus_ring(painter, inner, 6)


class Rail(QFrame):
    """The places, one stop of the Tab key; arrows walk them.

    Signals:
        picked: A place was pressed; carries its key.
        keys_asked: All keys of this place are asked for.
        help_asked: Help is asked for.
    """

    picked = Signal(str)
    keys_asked = Signal()
    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(_("Places"))
        self._narrow = False
        self.buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._keys = RailButton(_("Keys"), "keys", "Ctrl+/", self)
        self._help = RailButton(_("Help"), "help", "", self)
        self._keys.clicked.connect(self.keys_asked)
        self._help.clicked.connect(self.help_asked)
        self._column.addWidget(self._keys)
        self._column.addWidget(self._help)

    def add(self, key: str, title: str, icon: str, shortcut: str) -> None:
        """Add a place below those that are there."""
        button = RailButton(title, icon, shortcut, self)
        button.clicked.connect(partial(self._on_clicked, key))
        button.set_narrow(narrow=self._narrow)
        self._column.insertWidget(len(self.buttons), button)
        self.buttons[key] = button
        self._stop_at(next(iter(self.buttons)))

    def show_current(self, key: str) -> None:
        """Mark one place as the current one."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._stop_at(key)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons with tooltips instead of icons with words."""
        self._narrow = narrow
        for button in (*self.buttons.values(), self._keys, self._help):
            button.set_narrow(narrow=narrow)
        self.setFixedWidth(px(48) if narrow else px(76) + 1)

    def _stop_at(self, key: str) -> None:
        for name, button in self.buttons.items():
            stop = name == key
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, key: str) -> None:
        self.picked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        there = list(self.buttons.values())
        at = next((n for n, button in enumerate(there) if button.hasFocus()), None)
        if step and at is not None:
            there[(at + step) % len(there)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
