"""Buttons, key caps, pills, tags and meters as widgets, painted by ``forms.paint``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from aeapp.kernel.i18n import _
from forms import paint
from forms.paint import ButtonFace, Level, Press
from forms.theme import Status, px

_CAPS = {"Return": "Enter", "Escape": "Esc"}
_CAPS |= {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def key_words(sequence: str) -> str:
    """Return how a key sequence is printed on a key cap: ``Ctrl+Return`` -> ``Ctrl Enter``."""
    plus = sequence == "+" or sequence.endswith("++")
    keys = [key for key in sequence.split("+") if key] + (["+"] if plus else [])
    names = _CAPS | ({"Ctrl": "Cmd"} if sys.platform == "darwin" else {})
    return " ".join(names.get(key, key) for key in keys)


class PromptButton(QPushButton):
    """A push button whose key acts at once; Qt would show the press for a while first."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent):
            if not event.isAmbiguous():
                self.click()
            return True
        return super().event(event)


class Button(PromptButton):
    """A push button that shows its key.

    Args:
        shortcut: A key sequence that presses the button, printed on it.
        key: A key printed on the button but handled elsewhere.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: str = "normal",
        icon: str = "",
        shortcut: str = "",
        key: str = "",
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._sequence = shortcut
        self._face = ButtonFace(text=text, icon=icon, key=key or key_words(shortcut), kind=kind)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, name=name)

    def say(self, text: str, *, name: str = "") -> None:
        """Show other words and keep the key."""
        face = self._face
        self._face = ButtonFace(text=text, icon=face.icon, key=face.key, kind=face.kind)
        self.setText(text.replace("&", "&&"))
        # Setting a text takes the shortcut away.
        if self._sequence:
            self.setShortcut(QKeySequence(self._sequence))
        self.setAccessibleName(name or text)
        if not text:
            self.setToolTip(f"{name} ({face.key})" if face.key else name)
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        face = self._face
        self._face = ButtonFace(text=face.text, icon=icon, key=face.key, kind=face.kind)
        self.update()

    def sizeHint(self) -> QSize:
        return paint.button_size(self._face)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        press = Press(enabled=self.isEnabled(), hover=self.underMouse(), focus=self.hasFocus())
        paint.button(QPainter(self), QRectF(self.rect()), self._face, press)


class _Part(QWidget):
    """A small painted thing that cannot be acted on."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class KeyCap(_Part):
    """The picture of a key."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text

    def sizeHint(self) -> QSize:
        return paint.key_cap_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.key_cap(QPainter(self), QRectF(self.rect()), self._text)


class Pill(_Part):
    """A status in icon, word, fill and colour."""

    def __init__(self, status: Status, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._status = status
        self._text = text

    @property
    def status(self) -> Status:
        """Return the status shown now."""
        return self._status

    def show_status(self, status: Status, text: str) -> None:
        """Show another status."""
        self._status, self._text = status, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return paint.pill_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.pill(QPainter(self), QRectF(self.rect()), self._status, self._text)


class Count(_Part):
    """How many things wait where nobody looks, such as on another tab."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(_("{n} waiting").format(n=number), parent)
        self._text = str(number)

    def sizeHint(self) -> QSize:
        return paint.count_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.count(QPainter(self), QRectF(self.rect()), self._text)


class Avatar(_Part):
    """The initials of the person who is charting, in a disc."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Show somebody's initials; nothing for nobody."""
        self._letters = paint.initials(name)
        self.setAccessibleName(name)
        self.setVisible(bool(name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(28), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.avatar(QPainter(self), QRectF(self.rect()), self._letters)


class Tag(_Part):
    """A word in a frame, for example a rule number or "Serious"."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        solid: bool = False,
        dashed: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._text = text
        self._solid = solid
        self._dashed = dashed

    @property
    def text(self) -> str:
        """Return the word shown now."""
        return self._text

    def say(self, text: str) -> None:
        """Show another word."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return paint.tag_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        paint.tag(QPainter(self), area, self._text, solid=self._solid, dashed=self._dashed)


class Meter(_Part):
    """A bar with a tick at the minimum; the words beside it say the same."""

    def __init__(self, name: str, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: Level) -> None:
        """Show another level."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(96), px(14))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.meter(QPainter(self), QRectF(self.rect()), self._level)
