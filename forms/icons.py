"""Icons by what they mean, tinted by token.

The glyphs are Phosphor's, taken from the font that qtawesome brings; reading that one font and
its list is much faster than starting qtawesome with all of its fonts, and lets the first window
have icons too.
"""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from aeapp.kernel.resources import files_of, package_folder
from forms import fonts

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
    "open": "circle",
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
    "window": "browsers",
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
    (names,) = files_of(folder, "phosphor-charmap-", ".json")
    # The face beside it has the same version in its name; other faces are bolder or filled.
    face = folder / names.name.replace("-charmap", "").replace(".json", ".ttf")
    codes = json.loads(names.read_text(encoding="ascii"))
    return fonts.load_face(face), {name: chr(int(codes[name], 16)) for name in ROLES.values()}


def known() -> frozenset[str]:
    """Return the roles that can be drawn."""
    return frozenset(ROLES) | frozenset(DRAWN)


def paint(painter: QPainter, rect: QRectF | QRect, role: str, color: QColor) -> None:
    """Draw the icon of ``role`` centred in ``rect``, as large as its shorter side.

    Raises:
        KeyError: There is no such role.
    """
    if role not in ROLES and role not in DRAWN:
        raise KeyError(role)
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
