"""Labels that never read their text as markup, and a lone icon."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from aeapp.kernel.i18n import _
from forms import fonts, icons
from forms.theme import px, repolish, tokens


class Label(QLabel):
    """Words shown as they are, in one of the named sizes of type.

    The font is set here and not by the style sheet, which cannot reach the weights of a variable
    font.
    """

    def __init__(self, text: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._struck = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("kind", kind)
        self.setFont(self._own_font())

    def setText(self, text: str) -> None:
        super().setText(text)
        fonts.seen(text)

    def strike(self) -> None:
        """Draw a line through the words; they stay readable."""
        self._struck = True
        self.setAccessibleName(_("{words}, struck through").format(words=self.text()))
        self._set_font()

    def _own_font(self) -> QFont:
        font = QFont(fonts.sized(self._kind))
        font.setStrikeOut(self._struck)
        return font

    def _set_font(self) -> None:
        font = self._own_font()
        # Setting it tells the layout, and the style once more; it is asked at every polish.
        if self.font() != font:
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            # A font of its own does not follow the application's.
            self._set_font()


def label(
    text: str = "", kind: str = "body", parent: QWidget | None = None, *, wrap: bool = False
) -> Label:
    """Return a label that shows ``text`` as it is, letter for letter.

    ``kind`` is a size of type of ``fonts.SIZES``, for example ``caption``, ``strong`` or ``id``.
    """
    made = Label(text, kind, parent)
    made.setWordWrap(wrap)
    return made


def hairline(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """Return a line of one pixel that parts groups."""
    made = QFrame(parent)
    made.setProperty("kind", "line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class Icon(QWidget):
    """One icon beside words that say the same; screen readers hear the words only."""

    def __init__(
        self, role: str, tint: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._token = tint
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_role(self, role: str, token: str) -> None:
        """Show another icon; an empty role shows nothing and keeps the space."""
        if (role, token) != (self._role, self._token):
            self._role, self._token = role, token
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._role:
            icons.paint(
                QPainter(self), QRectF(self.rect()), self._role, tokens().color(self._token)
            )


# How a note looks for what it says: state of the label, icon, token of the icon.
NOTE_LOOKS: dict[str, tuple[str, str]] = {
    "": ("", "text3"),
    "info": ("info", "text3"),
    "wrong": ("wrong", "overdue"),
    "flag": ("flag", "flag"),
    "due": ("difference", "due"),
    "ok": ("ok", "ok"),
}


class Note(QWidget):
    """An icon and a sentence under something; its height is kept while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("", "text3", 13, self)
        self._words = label(kind="note", parent=self, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setMinimumHeight(px(16))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    @property
    def text(self) -> str:
        """Return the sentence shown now."""
        return self._words.text()

    def say(self, text: str, look: str = "") -> None:
        """Show ``text`` in one of the looks of ``NOTE_LOOKS``; empty text shows nothing."""
        role, token = NOTE_LOOKS[look]
        self._icon.show_role(role if text else "", token)
        self._icon.setVisible(bool(text and role))
        self._words.setText(text)
        repolish(self._words, state=look)


def labelled(parent: QWidget, grid: QGridLayout, words: str, *fields: QWidget) -> QWidget:
    """Put fields side by side into a new row of ``grid``; return their caption."""
    caption = label(words, "label", parent)
    caption.setBuddy(fields[0].focusProxy() or fields[0])
    line = QHBoxLayout()
    line.setSpacing(8)
    for field in fields:
        line.addWidget(field, 1)
    at = grid.rowCount()
    grid.addWidget(caption, at, 0)
    grid.addLayout(line, at, 1)
    return caption
