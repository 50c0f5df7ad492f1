"""One box an item: its number, its points, and the one that is typed next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Scale
from aeapp.domain.records.score import ScoreItem
from aeapp.kernel.i18n import _
from forms import fonts
from forms.theme import px, tokens

_IN_A_ROW = 10
_SHORT = {
    NullFlavor.ASKU: "r",
    NullFlavor.NASK: "n",
    NullFlavor.NA: "/",
    NullFlavor.UNK: "?",
    NullFlavor.NI: "?",
}


class ItemBoxes(QWidget):
    """Shows what is typed so far; an answer that asks for safety is framed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = Scale()
        self._items: tuple[ScoreItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Items"))

    def show_items(self, scale: Scale, items: tuple[ScoreItem, ...]) -> None:
        """Show the items of a scale, those typed with their points."""
        if len(scale.items) != len(self._scale.items):
            self.updateGeometry()
        self._scale, self._items = scale, items
        self.setAccessibleDescription(
            ", ".join(f"{i.number}: {_points_words(i)}" for i in items) or _("nothing typed")
        )
        self.update()

    @property
    def _rows(self) -> int:
        return -(-len(self._scale.items) // _IN_A_ROW)

    def sizeHint(self) -> QSize:
        return QSize(px(300), self._rows * px(42))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), self._rows * px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = min(px(34), self.width() / _IN_A_ROW)
        typed = {i.number: i for i in self._items}
        for place, item in enumerate(self._scale.items):
            row, column = divmod(place, _IN_A_ROW)
            spot = QRectF(column * wide, row * px(42), wide, px(42))
            found = typed.get(item.number)
            points = found.points if found is not None else None
            least = item.alert_from
            asks = least is not None and type(points) is int and points >= least
            text = _points_words(found) if found is not None else ""
            state = "next" if place == len(self._items) else "asks" if asks else ""
            self._paint(painter, spot, (str(item.number), text), state)

    def _paint(self, painter: QPainter, spot: QRectF, texts: tuple[str, str], state: str) -> None:
        look = tokens()
        number, points = texts
        painter.setFont(fonts.sized("small"))
        painter.setPen(look.color("text3"))
        head = QRectF(spot.left(), spot.top(), spot.width(), px(15))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, number)
        box = QRectF(spot.left() + 1.5, head.bottom(), spot.width() - 4, px(24))
        edge = {"next": ("focus", 2.0), "asks": ("overdue", 2.0)}.get(state, ("line", 1.0))
        painter.setPen(QPen(look.color(edge[0]), edge[1]))
        painter.setBrush(look.color("overdue_tint" if state == "asks" else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(fonts.sized("figures"))
        painter.setPen(look.color("overdue" if state == "asks" else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, points)


def _points_words(item: ScoreItem) -> str:
    if isinstance(item.points, NullFlavor):
        return _SHORT.get(item.points, "?")
    return "–" if item.points is None else str(item.points)
