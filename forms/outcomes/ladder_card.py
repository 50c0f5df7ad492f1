"""Who is counted: bars from one left edge, the number at the right, every loss named."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from aeapp.domain.outcomes.words import Rung, rung_words
from aeapp.kernel.i18n import _
from forms.outcomes.rows import Rows, say
from forms.theme import px, tokens

_LINE, _BAR = 18, 9


class LadderView(Rows[Rung]):
    """The steps; the last bar is the accent."""

    ROW = 48

    def words(self, row: Rung) -> str:
        return rung_words(row)

    def paint_row(self, painter: QPainter, row: Rung, area: QRectF) -> None:
        look = tokens()
        line = QRectF(area.left(), area.top(), area.width(), px(_LINE))
        say(painter, line.adjusted(0, 0, -px(60), 0), row.name)
        say(painter, line, row.told, "number", side="right")
        bar = QRectF(area.left(), line.bottom() + 1, area.width(), px(_BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(bar, 2, 2)
        filled = QRectF(bar)
        filled.setWidth(bar.width() * row.share)
        painter.setBrush(look.color("accent" if row is self.rows[-1] else "ladder_bar"))
        painter.drawRoundedRect(filled, 2, 2)
        foot = QRectF(area.left(), bar.bottom() + 1, area.width(), px(_LINE))
        of_all = _("{percent} % of treated").format(percent=round(100 * row.share))
        say(painter, foot, of_all, "caption", ink="text2")
        say(painter, foot, ", ".join(row.losses), "caption", ink="text2", side="right")
