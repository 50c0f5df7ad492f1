"""The menu bar: every action once, with its key; outside macOS it comes with the Alt key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from aeapp.kernel.i18n import _
from forms.actions import MENUS, Action
from forms.widgets.buttons import key_words


class MenuBar(QMenuBar):
    """The actions by menu.

    Args:
        actions: Gives the actions as they are when the bar is shown.
        allowed: Whether the bar may come now: not at the login, not while locked.
    """

    def __init__(
        self,
        window: QWidget,
        actions: Callable[[], Sequence[Action]],
        allowed: Callable[[], bool],
        *,
        always: bool = sys.platform == "darwin",
    ) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Menu bar"))
        self._window, self._actions, self._allowed = window, actions, allowed
        self._always = always
        self._alone = False
        self._before: QWidget | None = None
        # Keys that no field wants come up to the window; Alt is one.
        window.installEventFilter(self)
        self.installEventFilter(self)
        self.setVisible(always)

    def fill(self) -> None:
        """Take the actions as they are now."""
        self.clear()
        for name in MENUS:
            menu = self.addMenu(_(name))
            menu.aboutToHide.connect(self._on_menu_hidden)
            for action in self._actions():
                if action.menu == name:
                    menu.addAction(self._line(action))

    def _line(self, action: Action) -> QAction:
        # The key stands as text: the window answers to it, a second owner would make it ambiguous.
        keys = f"\t{key_words(action.shortcut)}" if action.shortcut else ""
        reason = action.reason()
        title = action.title.replace("&", "&&")
        line = QAction(f"{title} ({reason})" if reason else title + keys, self)
        line.setEnabled(not reason)

        def run(*_checked: bool) -> None:
            if self._allowed():
                action.run()

        line.triggered.connect(run)
        return line

    def come(self) -> None:
        """Show the bar with its first menu open, or take it away again."""
        if self._always or not self._allowed():
            return
        if self.isVisible():
            self.go()
            return
        self._before = self._window.focusWidget()
        self.fill()
        self.show()
        self.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.setActiveAction(self.actions()[0])

    def go(self) -> None:
        """Hide the bar and give the focus back to where it was."""
        if not self._always and self.isVisible():
            self.hide()
            for menu in self.findChildren(QMenu):
                menu.close()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.MenuBarFocusReason)
            self._before = None

    def _on_menu_hidden(self) -> None:
        # A menu hides also when the next one opens; by then that one is the active one.
        QTimer.singleShot(0, self, self._go_if_left)

    def _go_if_left(self) -> None:
        if self.activeAction() is None or QApplication.activePopupWidget() is None:
            self.go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> None:
        alt = event.key() == Qt.Key.Key_Alt
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            self._alone = alt and not event.isAutoRepeat()
            if event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
                self.go()
        elif event.type() == QEvent.Type.KeyRelease and alt and self._alone:
            self._alone = False
            self.come()
