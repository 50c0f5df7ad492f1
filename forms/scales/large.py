"""What is large on the patient's own screen: its letters, and answers as wide as a thumb."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from forms import fonts, icons
from forms.theme import px, repolish, tokens

ANSWER, _MARK = 22, 18


def big(text: str, parent: QWidget) -> QPushButton:
    """Return an answer as large as a thumb."""
    # Of this very class: the style sheet draws no class derived from it.
    button = QPushButton(text.replace("&", "&&"), parent)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setFont(font("body", ANSWER))
    button.setProperty("kind", "large")
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def show_chosen(button: QPushButton, *, chosen: bool) -> None:
    """Show an answer as the chosen one: by its ground and by a mark, never by colour alone."""
    repolish(button, state="chosen" if chosen else "")
    button.setIcon(_mark(button.devicePixelRatioF()) if chosen else QIcon())


def _mark(ratio: float) -> QIcon:
    side = px(_MARK)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    icons.paint(painter, QRectF(0, 0, side, side), "check", tokens().color("accent"))
    painter.end()
    return QIcon(picture)


def words_label(pixels: int, parent: QWidget) -> QLabel:
    """Return a label in a size that no other place has."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setFont(font("title", pixels))
    return made


def font(kind: str, pixels: int) -> QFont:
    """Return a named size of type with so many pixels."""
    found = QFont(fonts.sized(kind))
    found.setPixelSize(px(pixels))
    return found
