"""Pages of running text, tables and pictures, as many as they need; no word is lost.

Pure: the same parts and frame give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aeapp.formspecs.model import Box
from aeapp.kernel.progress import Progress
from exports.pdf import flow, fonts
from exports.pdf.continuation import Heading, Para, places_of
from exports.pdf.cover import FOOT_SIZE, Stamp
from exports.pdf.pen import MM, Pen, indent
from exports.pdf.tagging import FOOTER, HEADER, Path, Step, Tags

WIDTH, HEIGHT = 215.9, 279.4
LEFT, RIGHT = 12.7, 203.2
TOP, BOTTOM = 22.0, 258.0
SIZE, TABLE_SIZE, HEADING_SIZE = 9.0, 8.0, 10.0
_FOOT_Y = 262.0
_LEADING = flow.LEADING
_GAP, _CELL_GAP = 2.5, 2.0
_HEADING_STEP = 5.4
_LABEL_INDENT = 2.0
_TITLE_SIZE = 13.0
# Least room between the title and the number in the corner, in points.
_APART = 12.0
_NUMBER = 24.0
# So many lines beside each other are not parted by the end of a page.
_TOGETHER = 5

Draw = Callable[[Pen, float, float, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        struck: Numbers of the cells that are struck through.
    """

    cells: tuple[str, ...]
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on each page.

    Attributes:
        columns: (head, share of the width).
    """

    columns: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ``height`` millimetres.

    Attributes:
        draw: Is given pen, left, top and width.
        told: What it shows, in words, for who does not see it.
    """

    height: float
    draw: Draw
    told: str


Part = Heading | Para | Table | Picture


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    place: Path | None
    width: float
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Hair:
    y: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    y: float
    picture: Picture


@dataclass(frozen=True, slots=True)
class _Cell:
    """Lines in one of several columns beside each other."""

    x: float
    width: float
    lines: list[str]
    place: Path
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page.

    Attributes:
        title: Of the document, in its head and foot.
        subtitle: One line under the title of the first page.
    """

    title: str
    subtitle: str
    stamp: Stamp


@dataclass(slots=True)
class _Column:
    pages: list[list[_Text | _Hair | _Drawn]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def room(self, size: float) -> int:
        return int((BOTTOM - self.y) / _step(size) + 0.01)

    def put(self, part: _Text | _Hair | _Drawn) -> None:
        self.pages[-1].append(part)


def _step(size: float) -> float:
    return size * _LEADING / MM


def _broken(text: str, width: float, size: float, name: str = fonts.REGULAR) -> list[str]:
    shown = flow.without_gaps(fonts.visible(text, name=name))
    return [line.text for line in flow.lines(shown, width * MM, size, name)]


# --- laying out


def _lay_out(parts: Sequence[Part]) -> list[list[_Text | _Hair | _Drawn]]:
    column = _Column()
    for part, after, place in zip(parts, [*parts[1:], None], places_of(parts), strict=True):
        match part:
            case Heading():
                _heading(column, part.text, _begin_of(after), place)
            case Para():
                _para(column, part, place)
            case Table():
                _table(column, part, Step("Table", place[0].key))
            case Picture():
                _picture(column, part)
    return column.pages


def _begin_of(part: Part | None) -> float:
    """Return how much of what follows a heading must stand under it on the same page."""
    match part:
        case Table():
            return _start_of(part, _widths(part))
        case Picture():
            return part.height
        case _:
            return 0.0


def _heading(column: _Column, text: str, needed: float, place: Path) -> None:
    """Put a heading where what follows begins on the same page; it needs so many millimetres."""
    column.y += _GAP if column.y > TOP else 0
    lines = _broken(text, RIGHT - LEFT, HEADING_SIZE, fonts.BOLD)
    kept = lines[:_TOGETHER]
    short = BOTTOM - column.y - _HEADING_STEP * len(kept) - 1 < needed
    if short or column.room(SIZE) < len(kept) + 3:
        column.turn()
    while lines:
        room = max(1, int((BOTTOM - column.y) / _HEADING_STEP))
        shown = tuple(lines[:room])
        column.put(_Text(LEFT, column.y, shown, HEADING_SIZE, place, RIGHT - LEFT, bold=True))
        column.y += _HEADING_STEP * len(shown)
        lines = lines[room:]
        if lines:
            column.turn()


def _para(column: _Column, part: Para, place: Path) -> None:
    left = LEFT + (part.column if part.label else _LABEL_INDENT)
    words = _broken(part.text, RIGHT - left, SIZE) or [""]
    room = part.column - _LABEL_INDENT - _CELL_GAP
    cells = [_Cell(left, RIGHT - left, words, place)]
    if part.label:
        label = _Cell(
            LEFT + _LABEL_INDENT, room, _broken(part.label, room, SIZE), (*place, Step("Lbl"))
        )
        cells = [label, replace(cells[0], place=(*place, Step("LBody")))]
    _side_by_side(column, SIZE, cells, lambda: None)


def _widths(table: Table) -> list[float]:
    total = sum(share for _head, share in table.columns)
    return [(RIGHT - LEFT - _LABEL_INDENT) * share / total for _head, share in table.columns]


def _start_of(table: Table, widths: Sequence[float]) -> float:
    """Return the height of a head with its first row: a head alone at the foot helps nobody."""
    first = table.rows[0].cells if table.rows else ()
    heads = [_broken(h, w - _CELL_GAP, TABLE_SIZE, fonts.BOLD) for (h, _s), w in _columns(table)]
    row = [_broken(t, w - _CELL_GAP, TABLE_SIZE) for t, w in zip(first, widths, strict=False)]
    height = max(map(len, heads)) + min(max(map(len, row), default=0), _TOGETHER)
    return height * _step(TABLE_SIZE) + 2.0


def _columns(table: Table) -> list[tuple[tuple[str, float], float]]:
    return list(zip(table.columns, _widths(table), strict=True))


def _table(column: _Column, table: Table, step: Step) -> None:
    widths = _widths(table)
    lefts = [LEFT + _LABEL_INDENT + sum(widths[:n]) for n in range(len(widths))]
    heads = [
        _broken(head, width - _CELL_GAP, TABLE_SIZE, fonts.BOLD)
        for (head, _share), width in zip(table.columns, widths, strict=True)
    ]

    def head(*, again: bool = True) -> None:
        for n, (x, width, lines) in enumerate(zip(lefts, widths, heads, strict=True)):
            # On a further page it says nothing new.
            place = None if again else (step, Step("TR", "head"), Step("TH", n))
            column.put(
                _Text(x, column.y, tuple(lines), TABLE_SIZE, place, width - _CELL_GAP, bold=True)
            )
        column.y += _step(TABLE_SIZE) * max(len(lines) for lines in heads) + 0.6
        column.put(_Hair(column.y))
        column.y += 0.6

    column.y += 0.8
    if BOTTOM - column.y < _start_of(table, widths):
        column.turn()
    head(again=False)
    for k, row in enumerate(table.rows):
        cells = [
            _Cell(
                x,
                width - _CELL_GAP,
                _broken(text, width - _CELL_GAP, TABLE_SIZE),
                (step, Step("TR", k), Step("TD", n, "struck" if n in row.struck else "")),
                n in row.struck,
            )
            for n, (x, width, text) in enumerate(zip(lefts, widths, row.cells, strict=True))
        ]
        _side_by_side(column, TABLE_SIZE, cells, head)


def _side_by_side(
    column: _Column, size: float, cells: Sequence[_Cell], again: Callable[[], None]
) -> None:
    """Put columns of lines beside each other; what has no room goes on over the page."""
    left = list(cells)
    height = max(len(cell.lines) for cell in left)
    if column.room(size) < (height if height <= _TOGETHER else 2):
        column.turn()
        again()
    while height:
        room = max(1, column.room(size))
        for cell in left:
            lines = tuple(cell.lines[:room])
            # A cell without words is a cell all the same.
            column.put(
                _Text(cell.x, column.y, lines, size, cell.place, cell.width, struck=cell.struck)
            )
        column.y += _step(size) * min(room, height)
        height = max(0, height - room)
        if height:
            left = [replace(cell, lines=cell.lines[room:]) for cell in left]
            column.turn()
            again()
    column.y += 0.5


def _picture(column: _Column, part: Picture) -> None:
    if BOTTOM - column.y < part.height and column.y > TOP:
        column.turn()
    column.put(_Drawn(column.y, part))
    column.y += part.height + 1


# --- drawing


def unshown(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the characters of a paper that no face has; their numbers stand on its pages."""
    missing: set[str] = set()
    for part in parts:
        match part:
            case Heading(text) | Para(text):
                fonts.visible(text, missing)
            case Table(_columns, rows):
                for row in rows:
                    for cell in row.cells:
                        fonts.visible(cell, missing)
    return tuple(sorted(missing))


def render(
    parts: Sequence[Part], frame: Frame, progress: Progress, tags: Tags | None = None
) -> tuple[bytes, int]:
    """Return the document and how many pages it has; ``progress`` is told of each page.

    ``tags`` is filled with the structure of the document.

    Raises:
        CancelledError: The person stopped it.
    """
    corner, line = _corner(frame), _line(frame)
    whole = [Para(line.rest)] if line.rest else []
    whole += [Para(corner.rest, label="Number", column=_NUMBER)] if corner.rest else []
    pages = _lay_out([*whole, *parts])
    stamp, pen = frame.stamp, Pen(WIDTH, HEIGHT, tags)
    pen.describe(
        title=stamp.report_number,
        subject=frame.title,
        keywords=f"trail entry {stamp.head_seq}; head {stamp.head_hash}; version {stamp.version}",
        creator=f"AEApp {stamp.program_version}",
    )
    for number, page in enumerate(pages, start=1):
        progress.step(number - 1, len(pages), "pages")
        if stamp.practice:
            pen.watermark("PRACTICE")
        _frame(pen, frame, number, len(pages))
        for part in page:
            _draw(pen, part)
        pen.end_page()
    progress.step(len(pages), len(pages), "pages")
    return pen.finish(), len(pages)


def _draw(pen: Pen, part: _Text | _Hair | _Drawn) -> None:
    match part:
        case _Hair():
            pen.hair(LEFT, part.y, RIGHT - LEFT)
        case _Drawn():
            box = Box(1, LEFT, part.y, RIGHT - LEFT, part.picture.height)
            with pen.figure(part.picture.told, box):
                part.picture.draw(pen, LEFT, part.y, RIGHT - LEFT)
        case _Text() if pen.tags is None:
            _draw_text(pen, part)
        case _Text():
            with pen.inside(part.place):
                _draw_text(pen, part)


def _draw_text(pen: Pen, part: _Text) -> None:
    if not part.lines:
        return
    if part.bold:
        for n, line in enumerate(part.lines):
            y = part.y + part.size * 0.95 / MM + n * _step(part.size)
            pen.say(part.x, y, line, part.size, fonts.BOLD)
        return
    pen.lines(part.x, part.y, part.lines, part.size, _LEADING, width=part.width)
    if part.struck:
        _strike(pen, part)


def _strike(pen: Pen, part: _Text) -> None:
    for n, line in enumerate(part.lines):
        width = fonts.width(line, fonts.REGULAR, part.size) / MM
        left = part.x + indent(line, part.width, part.size)
        pen.hair(left, part.y + part.size * 0.65 / MM + n * _step(part.size), width)


def _corner(frame: Frame) -> flow.Piece:
    """Return what of the number stands beside the title of each page."""
    title = fonts.width(f"{frame.title}: continued", fonts.BOLD, _TITLE_SIZE)
    room = (RIGHT - LEFT) * MM - title - _APART
    return flow.one_line(fonts.visible(frame.stamp.report_number), room, (9.0, 8.0))


def _line(frame: Frame) -> flow.Piece:
    """Return what of the subtitle stands in its line; a long name goes on below, whole."""
    words = fonts.visible(frame.stamp.copy or frame.subtitle)
    return flow.one_line(words, (RIGHT - LEFT) * MM, (8.0,))


def _frame(pen: Pen, frame: Frame, page: int, pages: int) -> None:
    title = frame.title if page == 1 else f"{frame.title}: continued"
    with pen.part("H1") if page == 1 else pen.running(HEADER):
        pen.say(LEFT, 13.5, title, _TITLE_SIZE, fonts.BOLD)
    corner = _corner(frame)
    with pen.running(HEADER):
        pen.say_right(RIGHT, 13.5, corner.text, corner.size)
    if page == 1:
        with pen.part("P"):
            pen.say(LEFT, 18.2, _line(frame).text, 8.0)
    pen.thick_rule(LEFT, _FOOT_Y, RIGHT - LEFT)
    with pen.running(FOOTER):
        _foot(pen, frame, page, pages)


def _foot(pen: Pen, frame: Frame, page: int, pages: int) -> None:
    stamp, number = frame.stamp, f"Page {page} of {pages}"
    pen.say(LEFT, _FOOT_Y + 3.6, frame.title, FOOT_SIZE, fonts.BOLD)
    middle = WIDTH / 2 - fonts.width(number, fonts.BOLD, FOOT_SIZE) / MM / 2
    pen.say(middle, _FOOT_Y + 3.6, number, FOOT_SIZE, fonts.BOLD)
    if page < pages:
        pen.say_right(RIGHT, _FOOT_Y + 3.6, "(continued on next page)", FOOT_SIZE)
    pen.say(LEFT, _FOOT_Y + 7.0, stamp.foot_line, FOOT_SIZE)
    pen.say_right(RIGHT, _FOOT_Y + 7.0, stamp.printed, FOOT_SIZE)
    pen.say_right(
        RIGHT,
        _FOOT_Y + 10.2,
        f"{stamp.trail}; printed {stamp.exported_on} ({stamp.time_zone})",
        FOOT_SIZE,
    )
