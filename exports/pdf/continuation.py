"""Flow headed text over as many pages as it needs: continuation pages and covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.pdf import flow, fonts
from exports.pdf.pen import MM, Pen

LEFT, RIGHT = 12.7, 203.2
TOP, BOTTOM = 22.0, 261.0
SIZE, HEADING_SIZE = 9.0, 9.5
LEADING = flow.LEADING
LABEL_INDENT, LABEL_GAP = 4.0, 2.0
WIDE, NARROW = 92.0, 32.0
_STEP = SIZE * LEADING / MM
_HEADING_STEP = 5.2
_GAP = 3.0
_SPACE = 1.8


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """Text in a column.

    Attributes:
        label: Stands to the left of the text.
        column: Width of the label's column.
        again: Heading that is repeated on each page the text goes on to.
        space: Stands a little apart from what is above.
    """

    text: str
    label: str = ""
    again: str = ""
    space: bool = False
    column: float = WIDE


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines below each other."""

    x: float
    y: float
    lines: tuple[str, ...]
    bold: bool = False


@dataclass(slots=True)
class _Column:
    sheets: list[list[Chunk]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        self.sheets.append([])
        self.y = TOP

    def room(self) -> int:
        return int((BOTTOM - self.y) / _STEP)

    def put(self, x: float, lines: Sequence[str], *, bold: bool = False) -> None:
        self.sheets[-1].append(Chunk(x, self.y, tuple(lines), bold))


def lay_out(parts: Sequence[Heading | Para]) -> tuple[list[list[Chunk]], list[int]]:
    """Return the sheets and, for each part, the place in them of the sheet it begins on."""
    column = _Column()
    begins = []
    for part in parts:
        if isinstance(part, Heading):
            _heading(column, part.text)
            begins.append(len(column.sheets) - 1)
        else:
            begins.append(_para(column, part))
    return column.sheets, begins


def _heading(column: _Column, text: str) -> None:
    if column.y > TOP:
        column.y += _GAP
    lines = _broken(text, RIGHT - LEFT, fonts.BOLD, HEADING_SIZE)
    if column.room() < len(lines) + 3:
        column.turn()
    column.put(LEFT, lines, bold=True)
    column.y += _HEADING_STEP * len(lines)


def _para(column: _Column, part: Para) -> int:
    column.y += _SPACE if part.space and column.y > TOP else 0.0
    left = LEFT + (part.column if part.label else 0)
    label = _label(part)
    lines = _broken(part.text, RIGHT - left, fonts.REGULAR, SIZE)
    if column.room() < min(max(len(lines), len(label)), max(2, len(label))):
        column.turn()
    begin = len(column.sheets) - 1
    if label:
        column.put(LEFT + LABEL_INDENT, label)
    height = len(label)
    while lines:
        room = column.room()
        column.put(left, lines[:room])
        height = max(height, min(room, len(lines)))
        lines = lines[room:]
        if lines:
            column.turn()
            height = 0
            if part.again:
                _heading(column, part.again)
    column.y += height * _STEP
    return begin


def _label(part: Para) -> list[str]:
    if not part.label:
        return []
    return _broken(part.label, part.column - LABEL_INDENT - LABEL_GAP, fonts.REGULAR, SIZE)


def _broken(text: str, width: float, name: str, size: float) -> list[str]:
    return [line.text for line in flow.lines(text, width * MM, size, name)]


def draw(pen: Pen, sheet: Sequence[Chunk], title: str, remark: str) -> None:
    """Draw one sheet under its title."""
    pen.say(LEFT, 15.0, title, 11.0, fonts.BOLD)
    pen.say_right(RIGHT, 15.0, remark, 8.0)
    for chunk in sheet:
        if chunk.bold:
            for n, line in enumerate(chunk.lines):
                y = chunk.y + 3.4 + n * _HEADING_STEP
                pen.say(chunk.x, y, line, HEADING_SIZE, fonts.BOLD)
        else:
            pen.lines(chunk.x, chunk.y, chunk.lines, SIZE, LEADING)
