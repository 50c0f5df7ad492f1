"""Parts of the login page: a field for passwords and a row that leads elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from aeapp.kernel.i18n import _
from forms import fonts, icons, paint
from forms.theme import px, tokens
from forms.widgets.buttons import Button, PromptButton, key_words


class PasswordEdit(QLineEdit):
    """A field for a password that notices Caps Lock as far as keys can tell.

    Signals:
        caps_lock: Whether Caps Lock seems to be on.
    """

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setProperty("kind", "large")
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText
        )
        self.eye = Button("", self, kind="quiet", icon="show", name=_("Show the password"))
        self.eye.clicked.connect(self._on_eye)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch(1)
        row.addWidget(self.eye)

    def hide_again(self) -> None:
        """Empty the field and hide what comes next."""
        self.clear()
        self._reveal(show=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setTextMargins(0, 0, self.eye.sizeHint().width(), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            # Which way it went is known at the next letter.
            self.caps_lock.emit(False)
        super().keyPressEvent(event)

    def _on_eye(self) -> None:
        self._reveal(show=self.echoMode() is QLineEdit.EchoMode.Password)

    def _reveal(self, *, show: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if show else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self.eye.show_icon("hide" if show else "show")
        self.eye.say("", name=_("Hide the password") if show else _("Show the password"))


class ActionRow(PromptButton):
    """Another way in: icon, words, a second line, and its key."""

    def __init__(self, icon: str, words: str, second: str, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._words, self._second = icon, words, second
        self._key = key_words(shortcut)
        self.setText(words)
        self.setShortcut(QKeySequence(shortcut))
        self.setAccessibleName(words)
        self.setAccessibleDescription(second)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = max(
            paint.text_width(fonts.sized("button"), self._words),
            paint.text_width(fonts.sized("caption"), self._second),
        )
        return QSize(px(28) + round(words) + 24 + paint.key_cap_size(self._key).width(), px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(54))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), tokens()
        area = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(area, look.color("hover"))
        upper = QRectF(px(28), px(8), area.width() - px(28), px(18))
        lower = upper.translated(0, px(19))
        icons.paint(
            painter,
            QRectF(px(4), upper.top(), px(16), upper.height()),
            self._icon,
            look.color("text2"),
        )
        painter.setPen(look.color("text"))
        painter.setFont(fonts.sized("button"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.setPen(look.color("text3"))
        painter.setFont(fonts.sized("caption"))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, self._second)
        width = paint.key_cap_size(self._key).width()
        paint.key_cap(
            painter, QRectF(area.right() - width - 4, upper.top(), width, upper.height()), self._key
        )
        if self.hasFocus():
            paint.focus_ring(painter, area, 4)
