"""F1: what a field asks and where that comes from, beside the field; it never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.theme import px
from forms.widgets.labels import label

WIDTH = 360
_NAME = "help"


class HelpPanel(QFrame):
    """One panel a window; it goes when the field is left, or with Esc or F1."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName(_NAME)
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._field: QWidget | None = None
        self._name = label(kind="strong", parent=self, wrap=True)
        self._words = label(kind="body", parent=self, wrap=True)
        self._source = label(kind="caption", parent=self, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for part in (self._name, self._words, self._source):
            column.addWidget(part)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        window.installEventFilter(self)
        self.hide()

    def tell(self, field: QWidget, name: str, words: str, source: str) -> None:
        """Show the help of ``field`` beside it; a second time takes it away."""
        if self.isVisible() and self._field is field:
            self.close_again()
            return
        self._leave()
        self._field = field
        field.installEventFilter(self)
        for part in field.findChildren(QWidget):
            part.installEventFilter(self)
        self._name.setText(name)
        self._words.setText(words)
        self._source.setText(_("Source: {source}").format(source=source))
        self.setAccessibleName(f"{name}. {words}")
        self._put()
        self.show()
        self.raise_()
        announce(self, f"{words} {self._source.text()}")

    def close_again(self) -> None:
        """Hide; the focus was never here."""
        self.hide()
        self._leave()

    def _leave(self) -> None:
        if self._field is not None:
            self._field.removeEventFilter(self)
            for part in self._field.findChildren(QWidget):
                part.removeEventFilter(self)
            self._field = None

    def _put(self) -> None:
        window, field = self._window, self._field
        if field is None:
            return
        self.setFixedWidth(min(px(WIDTH), window.width() - 32))
        height = max(self.heightForWidth(self.width()), self.sizeHint().height())
        self.resize(self.width(), height)
        place = field.mapTo(window, QPoint(0, field.height() + px(4)))
        if place.y() + height > window.height() - px(8):
            place.setY(field.mapTo(window, QPoint(0, 0)).y() - height - px(4))
        left = min(max(16, place.x()), window.width() - self.width() - 16)
        self.move(left, max(px(8), place.y()))

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        field = self._field
        if field is not None and now is not field and not (now and field.isAncestorOf(now)):
            self.close_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.close_again()
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and self.isVisible() and event.type() == QEvent.Type.ShortcutOverride:
            # Esc takes the help away and does nothing behind it.
            event.accept()
            return True
        if escape and self.isVisible() and event.type() == QEvent.Type.KeyPress:
            self.close_again()
            return True
        return super().eventFilter(watched, event)


def help_of(window: QWidget) -> HelpPanel:
    """Return the panel of a window, made at the first call."""
    found = window.findChild(HelpPanel, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, HelpPanel) else HelpPanel(window)
