"""The tiles of the event palette: key, words, and how many sessions of this clinic had it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from aeapp.domain.chair.palette import Use
from aeapp.domain.chair.palette_terms import Term
from aeapp.kernel.i18n import _
from forms import fonts, paint
from forms.theme import px, tokens


def share_words(share: Decimal | None) -> str:
    """Return ``71 %``; ``<1 %`` where it is less but there; empty where it cannot be said."""
    if share is None:
        return ""
    if 0 < share < 1:
        return "<1\u00a0%"
    return f"{share.quantize(Decimal(1), ROUND_HALF_UP)}\u00a0%"


def tooltip_of(term: Term, use: Use) -> str:
    """Return the counts behind the share, and what the label says."""
    words = [_(term.words)]
    if use.says:
        count = use.counts.get(term.code, 0)
        words.append(
            _("{n} of {all} sessions of this clinic in twelve months").format(
                n=count, all=use.sessions
            )
        )
    if term.label is not None:
        words.append(
            _("{percent} % in the {source}").format(
                percent=term.label.percent, source=term.label.source
            )
        )
    return "\n".join(words)


class EventTile(QAbstractButton):
    """One term with its letter."""

    def __init__(self, term: Term, parent: QWidget) -> None:
        super().__init__(parent)
        self.term = term
        self.share = ""
        self.setText(_(term.short or term.words))
        self.setCheckable(True)
        self.setAccessibleName(f"{_(term.words)}, {term.letter}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # The panel is one stop of the Tab key; its letters reach every tile.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_use(self, use: Use) -> None:
        """Show this clinic's share of sessions; nothing where sessions are too few."""
        self.share = share_words(use.share(self.term.code))
        words = tooltip_of(self.term, use)
        self.setToolTip(words)
        self.setAccessibleDescription(words.replace("\n", "; "))
        self.update()

    def nextCheckState(self) -> None:
        """Stay as the panel says."""

    def sizeHint(self) -> QSize:
        width = paint.text_width(fonts.sized("strong"), self.text()) + self._share_width()
        return QSize(round(width) + px(48), px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), px(32))

    def _share_width(self) -> float:
        return paint.text_width(fonts.sized("caption"), self.share) + px(8) if self.share else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        chosen = self.isChecked()
        fill = "accent_tint" if chosen else "hover" if self.underMouse() else "surface"
        painter.setBrush(look.color(fill))
        painter.setPen(look.color("accent" if chosen else "line"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ink = look.color("accent" if chosen else "text")
        cap = QRectF(px(8), 0, px(18), area.height())
        paint.key_cap(painter, cap, self.term.letter, ink if chosen else None)
        self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        look, chosen = tokens(), self.isChecked()
        room = area.width() - px(42) - self._share_width()
        font = fonts.sized("strong" if chosen else "body")
        painter.setFont(font)
        painter.setPen(look.color("accent" if chosen else "text"))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room))
        words = QRectF(px(34), 0, room + px(4), area.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(fonts.sized("caption"))
        painter.setPen(look.color("text3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area.adjusted(0, 0, -px(8), 0), right, self.share)
