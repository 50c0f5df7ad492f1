"""Icons by what they mean, tinted by token.

The glyphs are Phosphor's, taken from the font that qtawesome brings; reading that one font and
its list is much faster than starting qtawesome with all of its fonts, and lets the first window
have icons too.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from aeapp.kernel.resources import package_folder
from forms import fonts, theme

ROLES: dict[str, str] = {
    "today": "sun-horizon",
    "session": "heartbeat",
    "patients": "users",
    "reports": "file-text",
    "outcomes": "chart-line-up",
    "library": "books",
    "clinic": "buildings",
    "ok": "check-circle",
    "due": "clock",
    "flag": "warning",
    "overdue": "timer-fill",
    "blocked": "hand-palm-fill",
    "reason": "circle-half",
    "not_used": "circle-dashed",
    "lock": "lock-simple",
    "key": "key",
    "print": "printer",
    "pdf": "file-pdf",
    "trail": "shield-check",
    "backup": "hard-drive",
    "find": "magnifying-glass",
    "remind": "bell",
    "merge": "git-merge",
    "difference": "git-diff",
    "undo": "arrow-counter-clockwise",
    "help": "question",
    "keys": "keyboard",
    "brand": "activity",
    "show": "eye",
    "hide": "eye-slash",
    "person": "user",
    "clinics": "database",
    "no_network": "wifi-slash",
    "wrong": "warning-circle",
    "error": "warning-octagon",
    "check": "check",
    "down": "caret-down",
    "next": "caret-right",
    "back": "caret-left",
    "close": "x",
    "folder": "folder-open",
    "add": "plus",
    "remove": "minus",
    "info": "info",
    "edit": "pencil-simple",
    "calendar": "calendar-blank",
    "saving": "arrows-clockwise",
    "demo": "graduation-cap",
}

# Missing in Phosphor: strokes on a grid of 16, drawn by ourselves.
DRAWN: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "syringe": (
        ((2, 14), (5, 11)),
        ((4, 9.5), (9.5, 4), (12, 6.5), (6.5, 12), (4, 9.5)),
        ((10.8, 5.2), (13, 3)),
        ((11.5, 1.5), (14.5, 4.5)),
        ((6.5, 7), (8, 8.5)),
    ),
    "signature": (
        ((1.5, 14), (14.5, 14)),
        (
            (2, 10.5),
            (4.5, 5),
            (6, 3),
            (6.5, 5),
            (5, 10),
            (7, 7.5),
            (8, 10),
            (9.5, 7.5),
            (10.5, 9.5),
            (14, 8),
        ),
    ),
}


@cache
def _phosphor() -> tuple[str, dict[str, str]]:
    folder = package_folder("qtawesome") / "fonts"
    (face,) = folder.glob("phosphor-[0-9]*.ttf")
    (names,) = folder.glob("phosphor-charmap-*.json")
    codes = json.loads(names.read_text(encoding="ascii"))
    return fonts.load_face(face), {name: chr(int(code, 16)) for name, code in codes.items()}


def known() -> frozenset[str]:
    """Return the roles that can be drawn."""
    return frozenset(ROLES) | frozenset(DRAWN)


def paint(painter: QPainter, rect: QRectF | QRect, role: str, color: QColor) -> None:
    """Draw the icon of ``role`` centred in ``rect``, as large as its shorter side.

    Raises:
        KeyError: There is no such role.
    """
    rect = QRectF(rect)
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(color)
    if role in DRAWN:
        _stroke(painter, rect, side, role, color)
    else:
        face, codes = _phosphor()
        font = QFont(face)
        font.setPixelSize(max(1, round(side)))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, codes[ROLES[role]])
    painter.restore()


def _stroke(painter: QPainter, rect: QRectF, side: float, role: str, color: QColor) -> None:
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / 16, side / 16)
    pen = QPen(color, 1.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for points in DRAWN[role]:
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
        painter.drawPath(path)


class _Engine(QIconEngine):
    """Draws one role in the colour its token has at that moment, so themes can change."""

    def __init__(self, role: str, token: str) -> None:
        super().__init__()
        self._role = role
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        token = "text3" if mode is QIcon.Mode.Disabled else self._token
        paint(painter, rect, self._role, theme.tokens().color(token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> Any:
        return _Engine(self._role, self._token)


@cache
def icon(role: str, tint: str = "text2") -> QIcon:
    """Return the icon of ``role`` in the colour of the token ``tint``.

    Raises:
        KeyError: There is no such role.
    """
    if role not in known():
        raise KeyError(role)
    return QIcon(_Engine(role, tint))
