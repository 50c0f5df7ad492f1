"""Flow headed text over as many pages as it needs: continuation pages and covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.pdf import flow, fonts
from exports.pdf.pen import MM, Pen
from exports.pdf.tagging import HEADER, Path, Step

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
# Least room between the title and what stands in the corner, in points.
_APART = 12.0


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
    """Lines below each other.

    Attributes:
        place: Element of the structure that they belong to; None for what stood before.
        width: Room of the column, in millimetres: text from the right begins at its right edge.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    bold: bool = False
    place: Path | None = None
    width: float = 0.0


@dataclass(slots=True)
class _Column:
    sheets: list[list[Chunk]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        self.sheets.append([])
        self.y = TOP

    def room(self) -> int:
        return int((BOTTOM - self.y) / _STEP)

    def put(
        self, x: float, lines: Sequence[str], place: Path | None, *, bold: bool = False
    ) -> None:
        self.sheets[-1].append(Chunk(x, self.y, tuple(lines), bold, place, RIGHT - x))


def lay_out(parts: Sequence[Heading | Para]) -> tuple[list[list[Chunk]], list[int]]:
    """Return the sheets and, for each part, the place in them of the sheet it begins on."""
    column = _Column()
    begins = []
    for part, place in zip(parts, places_of(parts), strict=True):
        if isinstance(part, Heading):
            _heading(column, part.text, place)
            begins.append(len(column.sheets) - 1)
        else:
            begins.append(_para(column, part, place))
    return column.sheets, begins


def places_of(parts: Sequence[object]) -> list[Path]:
    """Return for each part its element; labelled texts behind each other are one list."""
    out: list[Path] = []
    first = 0
    for n, part in enumerate(parts):
        if isinstance(part, Heading):
            out.append((Step("H2", n),))
        elif isinstance(part, Para) and part.label:
            first = first if out and out[-1][0] == Step("L", first) else n
            out.append((Step("L", first), Step("LI", n)))
        else:
            out.append((Step("P", n),))
    return out


def _heading(column: _Column, text: str, place: Path | None) -> None:
    if column.y > TOP:
        column.y += _GAP
    lines = _broken(text, RIGHT - LEFT, fonts.BOLD, HEADING_SIZE)
    if column.room() < len(lines) + 3:
        column.turn()
    column.put(LEFT, lines, place, bold=True)
    column.y += _HEADING_STEP * len(lines)


def _para(column: _Column, part: Para, place: Path) -> int:
    column.y += _SPACE if part.space and column.y > TOP else 0.0
    left = LEFT + (part.column if part.label else 0)
    label = _label(part)
    lines = _broken(part.text, RIGHT - left, fonts.REGULAR, SIZE)
    if column.room() < min(max(len(lines), len(label)), max(2, len(label))):
        column.turn()
    begin = len(column.sheets) - 1
    if label:
        column.put(LEFT + LABEL_INDENT, label, (*place, Step("Lbl")))
        place = (*place, Step("LBody"))
    height = len(label)
    while lines:
        room = column.room()
        column.put(left, lines[:room], place)
        height = max(height, min(room, len(lines)))
        lines = lines[room:]
        if lines:
            column.turn()
            height = 0
            if part.again:
                _heading(column, part.again, None)
    column.y += height * _STEP
    return begin


def _label(part: Para) -> list[str]:
    if not part.label:
        return []
    return _broken(part.label, part.column - LABEL_INDENT - LABEL_GAP, fonts.REGULAR, SIZE)


def _broken(text: str, width: float, name: str, size: float) -> list[str]:
    return [line.text for line in flow.lines(text, width * MM, size, name)]


def draw(
    pen: Pen,
    sheet: Sequence[Chunk],
    title: str,
    remark: str,
    *,
    again: bool = False,
    role: str = "H1",
) -> None:
    """Draw one sheet under its title; ``again`` where a sheet before had the same title.

    ``role`` is that of the title: a document has one title, and what goes on is a part of it.
    """
    with pen.running(HEADER) if again else pen.part(role):
        pen.say(LEFT, 15.0, title, 11.0, fonts.BOLD)
    room = (RIGHT - LEFT) * MM - fonts.width(title, fonts.BOLD, 11.0)
    line = flow.one_line(fonts.visible(remark), (RIGHT - LEFT) * MM, (8.0,)).text
    beside = fonts.width(line, fonts.REGULAR, 8.0) < room - _APART
    with pen.running(HEADER):
        pen.say_right(RIGHT, 15.0 if beside else 10.0, line, 8.0)
    for chunk in sheet:
        with pen.inside(chunk.place):
            _draw_chunk(pen, chunk)


def _draw_chunk(pen: Pen, chunk: Chunk) -> None:
    if not chunk.bold:
        pen.lines(chunk.x, chunk.y, chunk.lines, SIZE, LEADING, width=chunk.width)
        return
    for n, line in enumerate(chunk.lines):
        y = chunk.y + 3.4 + n * _HEADING_STEP
        pen.say(chunk.x, y, line, HEADING_SIZE, fonts.BOLD)
