"""Paint the marks of a chart: one look a role, in the tokens of the moment.

A mark lies in units; a unit is a pixel at the normal size of the font and grows with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from aeapp.domain.vitals.chart_marks import (
    QUESTION,
    QUESTION_DOT,
    Bar,
    Line,
    Mark,
    Polyline,
    Symbol,
    Text,
    text_box,
)
from aeapp.domain.vitals.chart_points import MANY
from forms import fonts, icons
from forms.theme import Tokens, tokens

# {role of a text: (size of type, token)}
TEXTS = {
    "lane": ("note", "text2"),
    "unit": ("caption", "text3"),
    "tick": ("chart_figure", "text2"),
    "axis": ("chart_figure", "text2"),
    "value": ("chart_value", "text"),
    "figure": ("chart_figure", "text2"),
    "limit": ("caption", "flag"),
    "baseline": ("caption", "text3"),
    "event": ("note", "text"),
    "number": ("chart_value", "on_ink"),
    "proposed": ("note", "flag"),
    "question": ("chart_value", "flag_on"),
    "dose": ("note", "text"),
    "planned": ("caption", "text2"),
    "now": ("chart_value", "on_accent"),
}
_DASH = Qt.PenStyle.DashLine
# {role of a line: (token, width, dashed)}
LINES = {
    "rule": ("line", 1.0, False),
    "grid": ("line", 1.0, False),
    "limit": ("flag_edge", 1.0, True),
    "bp": ("text", 2.0, False),
    "now": ("accent", 2.0, False),
}
# {role of a bar: (token of the fill, token of the edge, dashed)}
BARS = {
    "future": ("window", "", False),
    "baseline": ("line", "", False),
    "clear": ("surface", "", False),
    "clear_ahead": ("window", "", False),
    "flag": ("flag_tint", "flag_edge", False),
    "infusion": ("accent_tint", "accent", False),
    "lasting": ("sunken", "edge", False),
    "planned": ("", "edge", True),
    "bolus": ("dose", "", False),
    "device": ("dose", "", False),
    "rescue": ("dose", "", False),
    "premedication": ("", "dose", False),
    "proposed": ("flag_fill", "flag_edge", True),
    "artefact": ("surface", "text3", False),
    "pill": ("accent", "", False),
}
_ROUND = 3.0
_COURSE = 1.5
# The band of the baseline lies behind everything and over the future, so it lets both through.
_SEE_THROUGH = {"baseline": 110}


def font_of(role: str) -> QFont:
    """Return the type of a role of text."""
    return fonts.sized(TEXTS[role][0])


def paint_marks(painter: QPainter, marks: Iterable[Mark], unit: float) -> None:
    """Paint ``marks`` in their order; ``unit`` is how many pixels a unit is."""
    for (kind, role), group in groupby(marks, key=lambda m: (type(m), m.role)):
        _PAINTERS[kind](painter, role, list(group), unit)


def _lines(painter: QPainter, role: str, lines: Sequence[Line], unit: float) -> None:
    token, width, dashed = LINES[role]
    thick = max(1, round(width * unit))
    pen = QPen(tokens().color(token), thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([5.0 * unit / thick, 3.0 * unit / thick])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.drawLines([_straight(line, unit) for line in lines])


def _straight(line: Line, unit: float) -> QLineF:
    # Whole pixels, so that hairlines are hairlines and caps meet their stem.
    ends = (line.x1, line.y1, line.x2, line.y2)
    return QLineF(*(round(end * unit) for end in ends))


def _bars(painter: QPainter, role: str, bars: Sequence[Bar], unit: float) -> None:
    look = tokens()
    fill, edge, dashed = BARS[role]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, bool(edge))
    painter.setBrush(_filled(look, role, fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(QPen(look.color(edge), 1, _DASH) if dashed else Qt.PenStyle.NoPen)
    if edge and not dashed:
        painter.setPen(QPen(look.color(edge), 1))
    for bar in bars:
        left, top = round(bar.x * unit), round(bar.y * unit)
        right, bottom = round((bar.x + bar.w) * unit), round((bar.y + bar.h) * unit)
        rect = QRectF(left, top, right - left, bottom - top)
        if edge:
            rect.adjust(0.5, 0.5, -0.5, -0.5)
        radius = _ROUND * unit if edge or role == "pill" else 0.0
        painter.drawRoundedRect(rect, radius, radius)


def _filled(look: Tokens, role: str, token: str) -> QColor:
    color = look.color(token)
    color.setAlpha(_SEE_THROUGH.get(role, 255))
    return color


def _polylines(painter: QPainter, role: str, lines: Sequence[Polyline], unit: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color, width = tokens().color(role), _COURSE * unit
    for line in lines:
        polygon = QPolygonF([QPointF(x * unit, y * unit) for x, y in line.points])
        if len(line.points) <= MANY:
            painter.setPen(QPen(color, width))
            painter.drawPolyline(polygon)
            continue
        # Qt fills the outline of a wide line, which takes fifty times as long as a thin one: long
        # lines are drawn thin, as often as the width asks for.
        painter.setPen(QPen(color, 1))
        often = math.ceil(width)
        for n in range(often):
            shift = (width - 1) * (n / (often - 1) - 0.5)
            painter.drawPolyline(polygon.translated(0, shift))


def _texts(painter: QPainter, role: str, texts: Sequence[Text], unit: float) -> None:
    painter.setFont(font_of(role))
    painter.setPen(tokens().color(TEXTS[role][1]))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    for text in texts:
        box = text_box(text)
        rect = QRectF(box.left, box.top, text.width, box.bottom - box.top)
        painter.drawText(_scaled(rect, unit), flags, text.text)


def _scaled(rect: QRectF, unit: float) -> QRectF:
    return QRectF(rect.x() * unit, rect.y() * unit, rect.width() * unit + 1, rect.height() * unit)


# ------------------------------------------------------------------ symbols


def _symbols(painter: QPainter, role: str, symbols: Sequence[Symbol], unit: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw = _SHAPES[role]
    for symbol in symbols:
        painter.save()
        painter.translate(symbol.x * unit, symbol.y * unit)
        painter.scale(unit, unit)
        draw(painter)
        painter.restore()


def _styled(painter: QPainter, edge: str, fill: str, width: float = 1.5) -> None:
    look = tokens()
    painter.setPen(QPen(look.color(edge), width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))


def _disc(painter: QPainter, edge: str, fill: str, radius: float) -> None:
    _styled(painter, edge, fill)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _polygon(
    painter: QPainter, edge: str, fill: str, points: Sequence[tuple[float, float]]
) -> None:
    _styled(painter, edge, fill)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _diamond(painter: QPainter, edge: str, fill: str, half: float) -> None:
    _polygon(painter, edge, fill, [(0, -half), (half, 0), (0, half), (-half, 0)])


def _cross(painter: QPainter) -> None:
    _styled(painter, "text3", "", 1.6)
    painter.drawLines([QLineF(-3.5, -3.5, 3.5, 3.5), QLineF(-3.5, 3.5, 3.5, -3.5)])


def _question(painter: QPainter) -> None:
    _disc(painter, "due", "due_tint", 6)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in QUESTION]))
    painter.setBrush(tokens().color("due"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(*QUESTION_DOT), 0.9, 0.9)


def _square(painter: QPainter) -> None:
    _styled(painter, "", "ink")
    painter.drawRoundedRect(QRectF(-7, -7, 14, 14), 2, 2)


def _taken(painter: QPainter) -> None:
    _disc(painter, "", "accent", 6)
    icons.paint(painter, QRectF(-4.5, -4.5, 9, 9), "check", tokens().color("on_accent"))


def _coming(painter: QPainter) -> None:
    _disc(painter, "due", "surface", 5.2)
    painter.drawPolyline(QPolygonF([QPointF(0, -3), QPointF(0, 0.4), QPointF(2.6, 0.4)]))


def _late(painter: QPainter) -> None:
    _diamond(painter, "", "overdue", 6.5)


def _missed(painter: QPainter) -> None:
    _diamond(painter, "text3", "surface", 5.8)


_TRIANGLE = ((0.0, -4.5), (4.8, 3.8), (-4.8, 3.8))
_ONWARD = ((0.0, -8.0), (6.0, 0.0), (0.0, 8.0))
_SHAPES: dict[str, Callable[[QPainter], None]] = {
    "hr": partial(_disc, edge="", fill="hr", radius=4),
    "spo2": partial(_diamond, edge="spo2", fill="surface", half=4.8),
    "rr": partial(_polygon, edge="", fill="rr", points=_TRIANGLE),
    "artefact": partial(_disc, edge="text3", fill="surface", radius=3.6),
    "dot": partial(_disc, edge="", fill="text2", radius=1.6),
    "struck": _cross,
    "questioned": _question,
    "event": _square,
    "goes_on": partial(_polygon, edge="", fill="ink", points=_ONWARD),
    "taken": _taken,
    "coming": _coming,
    "late": _late,
    "missed": _missed,
}
_PAINTERS: dict[type, Callable[..., None]] = {
    Line: _lines,
    Bar: _bars,
    Polyline: _polylines,
    Symbol: _symbols,
    Text: _texts,
}
