"""The rows of readings that are still due, in grey under the row being typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aeapp.domain.vitals.due import DueRow
from aeapp.kernel.i18n import _
from forms import fonts
from forms.due_words import name_words, waiting_words
from forms.models.vitals import time_words
from forms.theme import px, tokens

ROW = 28


class DueList(QWidget):
    """Shows rows; takes no focus, the row being typed is where they are filled.

    Where there is no room for all, the last line counts those that are left out.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DueRow, ...] = ()
        self._edges = (0, 76, 142, 500)
        self.setAccessibleName(_("Readings still due"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return the rows as they are read: minute, time, what is to be said."""
        return [(name_words(r), time_words(r.at), waiting_words(r)) for r in self._rows]

    def show_rows(self, rows: Sequence[DueRow]) -> None:
        """Show these rows."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        told = "; ".join(" ".join(part for part in line if part) for line in self.lines)
        self.setAccessibleDescription(told)
        self.setVisible(bool(rows))
        self.updateGeometry()
        self.update()

    def set_edges(self, time: int, first: int, note: int) -> None:
        """Stand under the columns of the table: where time, readings and note begin."""
        self._edges = (0, time, first, note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), len(self._rows) * px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), min(len(self._rows), 1) * px(ROW))

    def _fitting(self) -> list[tuple[str, str, str]]:
        """Return the lines that there is room for."""
        lines, fits = self.lines, max(1, self.height() // px(ROW))
        if len(lines) <= fits:
            return lines
        rest = lines[fits - 1 :]
        names = ", ".join(name for name, _time, _words in rest)
        left = _("{count} more: {names}").format(count=len(rest), names=names)
        return [*lines[: fits - 1], ("", "", left)]

    def begin_of(self, words: tuple[str, str, str], first: int, note: int) -> int:
        """Return where the words stand: under the notes, or right behind the time to be whole."""
        told = QFontMetricsF(fonts.sized("caption")).horizontalAdvance(words[2])
        return note if note + told + 2 * px(8) <= self.width() else first

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, height, indent = tokens(), px(ROW), px(8) + 2
        _zero, time, first, note = self._edges
        for n, words in enumerate(self._fitting()):
            top = n * height
            painter.fillRect(QRectF(0, top + height - 1, self.width(), 1), look.color("line"))
            painter.setPen(look.color("text3"))
            begin = self.begin_of(words, first, note) if words[0] else 0
            places = ((0, time, words[0]), (time, first, words[1]), (begin, self.width(), words[2]))
            for column, (left, right, text) in enumerate(places):
                painter.setFont(fonts.sized("caption" if column == len(places) - 1 else "figures"))
                area = QRectF(left + indent, top, right - left - indent, height)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
