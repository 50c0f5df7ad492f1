"""As many points in a bare widget: three lines through them and one bar for each row."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.child import Act
from tests.bench.timing import taken_ms

SIZE = (966, 440)
LINES = 3


class _Bare(QWidget):
    """Draws what it was given and nothing else."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        width, height = SIZE
        across = [width * n / rows for n in range(rows)]
        self.lines = [
            QPolygonF([QPointF(x, 250 + 50 * line + n * 7 % 30) for n, x in enumerate(across)])
            for line in range(LINES)
        ]
        self.bars = [QLineF(x, 100 + n % 40, x, height / 2) for n, x in enumerate(across)]
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawLines(self.bars)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            painter.drawPolyline(line)
        painter.end()
        self.painted += 1


def prepare(count: str) -> Act:
    """Show a widget with ``count`` points."""
    qt = QApplication(["bare"])
    bare = _Bare(int(count) // (LINES + 1))
    bare.resize(*SIZE)
    bare.show()
    for _turn in range(3):
        qt.processEvents()

    def draw() -> None:
        bare.update()
        for _turn in range(3):
            qt.processEvents()

    def run() -> float:
        before = bare.painted
        took = taken_ms(draw)
        assert bare.painted == before + 1
        return took

    points = sum(len(line) for line in bare.lines) + len(bare.bars)
    return Act(run=run, facts={"points": points}, end=bare.close)
