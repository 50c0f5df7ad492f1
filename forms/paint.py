"""Painted parts: pill, key cap, status icon, meter, box, chip, focus ring.

One function a part, used by widgets and by table delegates alike, so both look the same.
Everything is drawn in the tokens of the moment.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from forms import fonts, icons
from forms.theme import Status, px, tokens

GAP = 6


def _rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: str | None, edge: str | None
) -> None:
    look = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.color(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(look.color(edge) if edge else Qt.PenStyle.NoPen)
    inset = 0.5 if edge else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def text_width(font: QFont, text: str) -> float:
    """Return how wide ``text`` is in ``font``, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


# --- key cap


def key_cap_size(text: str) -> QSize:
    """Return the size of a key cap; one letter is a square."""
    return QSize(_key_cap_width(text, px(18)), px(18))


@lru_cache(maxsize=128)
def _key_cap_width(text: str, height: int) -> int:
    # Asked for several times by every button; the height stands for the size of type.
    return max(height, round(text_width(fonts.sized("small"), text)) + px(10))


def key_cap(painter: QPainter, rect: QRectF, text: str, color: QColor | None = None) -> None:
    """Draw a key with its name, centred in ``rect``."""
    size = key_cap_size(text)
    box = QRectF(0, 0, size.width(), size.height())
    box.moveCenter(rect.center())
    box.moveTopLeft(QPointF(round(box.left()), round(box.top())))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(color or tokens().color("edge"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(color or tokens().color("text2"))
    painter.setFont(fonts.sized("small"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


# --- status


def status_icon(
    painter: QPainter, rect: QRectF, status: Status, color: QColor | None = None
) -> None:
    """Draw the icon of a status; its shape alone tells which one it is."""
    icons.paint(painter, rect, status.value, color or tokens().color(status.value))


def pill_size(text: str) -> QSize:
    """Return the size of a pill that says ``text``."""
    width = px(8) + px(14) + px(5) + text_width(fonts.sized("pill"), text) + px(10)
    return QSize(round(width), px(22))


def pill(painter: QPainter, rect: QRectF, status: Status, text: str) -> None:
    """Draw icon and word on the fill that belongs to the status; ok has none."""
    look = tokens()
    filled = status is not Status.OK
    size = pill_size(text)
    box = QRectF(rect.left(), 0, min(rect.width(), size.width()), size.height())
    box.moveTop(round(rect.center().y() - size.height() / 2))
    ink = look.color(f"{status.value}_on" if filled else status.value)
    painter.save()
    if filled:
        _rounded(painter, box, box.height() / 2, f"{status.value}_fill", None)
    start = box.left() + (px(8) if filled else 0)
    icon = QRectF(start, box.top(), px(14), box.height())
    status_icon(painter, icon, status, ink)
    painter.setPen(ink)
    painter.setFont(fonts.sized("pill"))
    words = QRectF(
        icon.right() + px(5), box.top(), box.right() - icon.right() - px(5), box.height()
    )
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def count_size(text: str) -> QSize:
    """Return the size of a number in a mark."""
    return QSize(max(px(18), round(text_width(fonts.sized("pill"), text)) + px(10)), px(18))


def count(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw a number in a filled mark."""
    _rounded(painter, rect, rect.height() / 2, "due_fill", None)
    painter.setPen(tokens().color("due_on"))
    painter.setFont(fonts.sized("pill"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def tag_size(text: str) -> QSize:
    """Return the size of a tag."""
    return QSize(round(text_width(fonts.sized("pill"), text)) + px(14), px(20))


def tag(
    painter: QPainter, rect: QRectF, text: str, *, solid: bool = False, dashed: bool = False
) -> None:
    """Draw a word in a frame, or in ink where it is ``solid``; a tag is not a status.

    A ``dashed`` frame stands for the reason of a value that is not there.
    """
    size = tag_size(text)
    box = QRectF(
        rect.left(), round(rect.center().y() - size.height() / 2), size.width(), size.height()
    )
    painter.save()
    if dashed:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens().color("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    else:
        _rounded(painter, box, 4, "ink" if solid else None, None if solid else "edge")
    painter.setPen(tokens().color("on_ink" if solid else "text2"))
    painter.setFont(fonts.sized("pill"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


# --- meter


class Level(NamedTuple):
    """How far something is.

    Attributes:
        share: Answered of asked, 0 to 1.
        minimum: Where the least that is needed lies, 0 to 1; None draws no tick.
        tint: Token of the bar's colour.
    """

    share: float
    minimum: float | None = None
    tint: str = "accent"


def meter(painter: QPainter, rect: QRectF, level: Level) -> None:
    """Draw a groove, its filled part and the tick of the minimum."""
    height = px(6)
    groove = QRectF(rect.left(), round(rect.center().y() - height / 2), rect.width(), height)
    painter.save()
    _rounded(painter, groove, height / 2, "sunken", None)
    share = max(0.0, min(1.0, level.share))
    if share > 0:
        bar = QRectF(groove)
        bar.setWidth(max(height, groove.width() * share))
        _rounded(painter, bar, height / 2, level.tint, None)
    if level.minimum is not None:
        x = groove.left() + groove.width() * level.minimum
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color("edge"))
        painter.drawRect(QRectF(round(x) - 1, groove.top() - px(3), 2, height + 2 * px(3)))
    painter.restore()


# --- box and chip


def focus_ring(
    painter: QPainter, rect: QRectF, radius: float, *, inside_filled: bool = False
) -> None:
    """Draw the ring of the focus: on the border, or within a filled button."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    token, away = ("on_accent", 4.0) if inside_filled else ("focus", 1.0)
    painter.setPen(QPen(tokens().color(token), 2))
    painter.drawRoundedRect(
        rect.adjusted(away, away, -away, -away), max(1.0, radius - away), radius - away
    )
    painter.restore()


def check_box(painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool = True) -> None:
    """Draw a check box, centred in ``rect``."""
    side = px(16)
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    square.moveTopLeft(QPointF(round(square.left()), round(square.top())))
    painter.save()
    token = "accent" if enabled else "text3"
    _rounded(painter, square, 4, token if checked else "surface", None if checked else "edge")
    if checked:
        icons.paint(painter, square.adjusted(1, 1, -1, -1), "check", tokens().color("on_accent"))
    painter.restore()


class Press(NamedTuple):
    """How a chip or button stands with pointer and keyboard."""

    enabled: bool = True
    hover: bool = False
    focus: bool = False


def _chip_font(*, chosen: bool) -> QFont:
    return fonts.sized("strong" if chosen else "body")


def chip_size(text: str, key: str = "") -> QSize:
    """Return the size of a chip, wide enough for its chosen look so that nothing moves."""
    width = px(12) * 2 + text_width(_chip_font(chosen=True), text) + px(16)
    if key:
        width += key_cap_size(key).width() + GAP
    return QSize(round(width), px(28))


def chip(
    painter: QPainter, rect: QRectF, text: str, key: str, *, chosen: bool, press: Press
) -> None:
    """Draw a choice: tint, check and weight say that it is the chosen one."""
    painter.save()
    radius = rect.height() / 2
    fill = "accent_tint" if chosen else "hover" if press.hover and press.enabled else "surface"
    edge = "line" if not press.enabled else "accent" if chosen else "edge"
    _rounded(painter, rect, radius, fill if press.enabled else "sunken", edge)
    if press.focus:
        focus_ring(painter, rect, radius)
    font = _chip_font(chosen=chosen)
    ink = tokens().color("text3" if not press.enabled else "accent" if chosen else "text")
    content = text_width(font, text) + (px(16) if chosen else 0)
    content += key_cap_size(key).width() + GAP if key else 0
    x = rect.left() + (rect.width() - content) / 2
    if chosen:
        icons.paint(painter, QRectF(x - 2, rect.top(), px(14), rect.height()), "check", ink)
        x += px(16)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(
        QRectF(x, rect.top(), rect.right() - x, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
    )
    if key:
        size = key_cap_size(key)
        cap = QRectF(x + text_width(font, text) + GAP, rect.top(), size.width(), rect.height())
        key_cap(painter, cap, key, ink if chosen else None)
    painter.restore()


# --- button


class ButtonFace(NamedTuple):
    """What stands on a button.

    Attributes:
        kind: ``main`` (filled; one a place), ``normal``, ``quiet`` (no border), ``small``, and
            ``field`` for one that opens a field to type in and looks like it.
    """

    text: str = ""
    icon: str = ""
    key: str = ""
    kind: str = "normal"


def _button_content(face: ButtonFace) -> float:
    parts = []
    if face.icon:
        parts.append(float(px(16)))
    if face.text:
        parts.append(text_width(fonts.sized("button"), face.text))
    if face.key:
        parts.append(float(key_cap_size(face.key).width()))
    return sum(parts) + px(8) * (len(parts) - 1)


def button_size(face: ButtonFace) -> QSize:
    """Return the size of a button."""
    height = px(26 if face.kind == "small" else 32)
    if face.icon and not (face.text or face.key):
        return QSize(height, height)
    return QSize(round(_button_content(face)) + 2 * px(8 if face.kind == "small" else 12), height)


def button(painter: QPainter, rect: QRectF, face: ButtonFace, press: Press) -> None:
    """Draw a button; the key that presses it stands on it."""
    painter.save()
    fill, edge, ink = _button_colors(face, press)
    _rounded(painter, rect, 6, fill, edge)
    main = face.kind == "main" and press.enabled
    if press.focus:
        focus_ring(painter, rect, 6, inside_filled=main)
    color = tokens().color(ink)
    x = rect.left() + (rect.width() - _button_content(face)) / 2
    if face.kind == "field":
        x = rect.left() + px(12)
    if face.icon:
        tone = color if main or not press.enabled else tokens().color("text2")
        icons.paint(painter, QRectF(x, rect.top(), px(16), rect.height()), face.icon, tone)
        x += px(16) + px(8)
    if face.text:
        painter.setFont(fonts.sized("body" if face.kind == "field" else "button"))
        painter.setPen(color)
        words = QRectF(x, rect.top(), rect.right() - x, rect.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, face.text)
        x += text_width(fonts.sized("button"), face.text) + px(8)
    if face.key:
        width = key_cap_size(face.key).width()
        x = rect.right() - width - px(8) if face.kind == "field" else x
        cap = QRectF(x, rect.top(), width, rect.height())
        key_cap(painter, cap, face.key, color if main or not press.enabled else None)
    painter.restore()


def _button_colors(face: ButtonFace, press: Press) -> tuple[str | None, str | None, str]:
    if not press.enabled:
        return "sunken", "line", "text3"
    if face.kind == "main":
        return ("accent_hover" if press.hover else "accent"), None, "on_accent"
    hover = "hover" if press.hover else None
    if face.kind == "quiet":
        return hover, None, "text"
    return hover or "surface", "edge", "text3" if face.kind == "field" else "text"


def avatar(painter: QPainter, rect: QRectF, letters: str) -> None:
    """Draw initials in a disc."""
    painter.save()
    _rounded(painter, rect, rect.height() / 2, "accent_tint", None)
    painter.setPen(tokens().color("accent"))
    painter.setFont(fonts.sized("avatar"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


def initials(name: str) -> str:
    """Return at most two letters for an avatar; titles before the name do not count."""
    words = [
        w
        for w in name.replace(",", " ").split()
        if w.rstrip(".").lower() not in {"dr", "mr", "ms", "mrs"}
    ]
    return "".join(w[0].upper() for w in words[:2])
