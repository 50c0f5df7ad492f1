"""Ctrl+/: all keys that work here, over the place; Esc gives the place back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms.keys import EVERYWHERE, PLACES, Keys
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap, key_words
from forms.widgets.labels import hairline, label

WIDTH = 520


class KeysPanel(QFrame):
    """The keys of one place, then those of every place; arrows scroll, Esc closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("All keys of this place"))
        self._window = window
        self._before: QWidget | None = None
        self._close = Button(parent=self, kind="small", icon="close", name=_("Close"))
        self._close.clicked.connect(self.close_again)
        # Esc does the same; the panel itself keeps the focus while it is open.
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 10)
        head.setSpacing(8)
        head.addWidget(label(_("Keys"), "title", self), 1)
        head.addWidget(KeyCap(key_words("Escape"), self))
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline(self))
        column.addWidget(self._scroll, 1)
        self.hide()

    def open(self, key: str, title: str) -> None:
        """Show the keys of the place ``key``, called ``title``."""
        window = self._window
        if not self.isVisible():
            self._before = window.focusWidget()
        page = _listed(key, title)
        self._scroll.setWidget(page)
        wanted = page.sizeHint().height() + px(64)
        width = min(px(WIDTH), window.width() - 32)
        height = min(wanted, window.height() - px(96))
        self.setGeometry((window.width() - width) // 2, px(64), width, height)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_again(self) -> None:
        """Hide, and give the focus back to where it was."""
        if self.isVisible():
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {Qt.Key.Key_Down: px(30), Qt.Key.Key_Up: -px(30)}
        steps |= {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()


def _listed(key: str, title: str) -> QWidget:
    page = QWidget()
    page.setProperty("kind", "scrolled")
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 8, 16, 8)
    column.setSpacing(6)
    groups = ((title, PLACES.get(key, ())), (_("Everywhere"), EVERYWHERE))
    for name, lines in groups:
        if lines:
            column.addWidget(label(name, "strong", page))
            column.addWidget(_group(lines, page))
            column.addSpacing(6)
    column.addStretch(1)
    return page


def _group(lines: Sequence[Keys], parent: QWidget) -> QWidget:
    group = QWidget(parent)
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for row, line in enumerate(lines):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for sequence in line.sequences:
            caps.addWidget(KeyCap(key_words(sequence), group))
        caps.addStretch(1)
        grid.addLayout(caps, row, 0)
        grid.addWidget(label(_(line.words), "body", group, wrap=True), row, 1)
    grid.setColumnMinimumWidth(0, px(150))
    grid.setColumnStretch(1, 1)
    return group
