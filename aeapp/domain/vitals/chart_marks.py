"""The marks a chart is made of, in units that a window and a page scale alike.

x grows to the right and y downwards from the top left corner. A role says what a mark means and
thereby how it is painted; ``value`` is what it shows and ``series`` what it belongs to, in words
for tests and tools.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Every text is set in one size; a window and a page decide how much a unit is by it.
TEXT = 12.0

# The sign of a reading in question, as strokes, so that window and page paint the same.
QUESTION = ((-2.0, -1.6), (-1.2, -3.2), (1.2, -3.2), (2.0, -1.8), (1.4, -0.6), (0, 0.4), (0, 1.4))
QUESTION_DOT = (0.0, 3.4)

Measure = Callable[[str, str], float]


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Tell whether this one lies in ``other``."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def grown(self, by: float) -> Box:
        """Return the same rectangle with a margin."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Line(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str
    series: str = ""
    value: str = ""


class Bar(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float
    role: str
    series: str = ""
    value: str = ""


class Polyline(NamedTuple):
    """Points joined in order."""

    points: tuple[tuple[float, float], ...]
    role: str
    series: str = ""
    value: str = ""


class Symbol(NamedTuple):
    """A sign of fixed size around its centre; the role is its shape."""

    x: float
    y: float
    role: str
    series: str = ""
    value: str = ""


class Text(NamedTuple):
    """One line of words, centred on ``y``.

    Attributes:
        anchor: Which part of the text lies at ``x``: start, middle or end.
        width: As measured by whoever asked for the layout.
        value: The words in full, also where ``text`` had to be shortened.
    """

    x: float
    y: float
    text: str
    role: str
    anchor: str = "start"
    width: float = 0.0
    series: str = ""
    value: str = ""


Mark = Line | Bar | Polyline | Symbol | Text

_SYMBOL = 9.0
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def text_box(text: Text) -> Box:
    """Return the room that the words take."""
    left = text.x - text.width * _SHIFT[text.anchor]
    return Box(left, text.y - TEXT / 2, left + text.width, text.y + TEXT / 2)


def bounds(mark: Mark) -> Box:
    """Return a rectangle that the painted mark stays within, its line widths aside."""
    match mark:
        case Line():
            xs, ys = sorted((mark.x1, mark.x2)), sorted((mark.y1, mark.y2))
            return Box(xs[0], ys[0], xs[1], ys[1])
        case Bar():
            return Box(mark.x, mark.y, mark.x + mark.w, mark.y + mark.h)
        case Polyline():
            across, down = [p[0] for p in mark.points], [p[1] for p in mark.points]
            return Box(min(across), min(down), max(across), max(down))
        case Symbol():
            return Box(mark.x, mark.y, mark.x, mark.y).grown(_SYMBOL)
        case _:
            return text_box(mark)


def changes(before: Sequence[Mark], after: Sequence[Mark]) -> list[Box]:
    """Return where two lists of marks differ; of a line that only went on, where it did."""
    gone, come = set(before) - set(after), set(after) - set(before)
    lines = {_begin(mark): mark for mark in gone if isinstance(mark, Polyline)}
    out = []
    for mark in come:
        old = lines.get(_begin(mark)) if isinstance(mark, Polyline) else None
        if old is not None and isinstance(mark, Polyline):
            gone.discard(old)
            out.append(_tail(old, mark))
        else:
            out.append(bounds(mark))
    return out + [bounds(mark) for mark in gone]


def _begin(line: Mark) -> tuple[object, ...]:
    return (line.role, line.points[0]) if isinstance(line, Polyline) else ()


def _tail(old: Polyline, new: Polyline) -> Box:
    same = 0
    for one, other in zip(old.points, new.points, strict=False):
        if one != other:
            break
        same += 1
    rest = (*old.points[same - 1 :], *new.points[same - 1 :])
    return bounds(Polyline(rest, new.role))


@dataclass(frozen=True, slots=True)
class Space:
    """The room a chart has.

    Attributes:
        width: In units.
        measure: Returns how wide a text of a role is, in units.
        height: In units; a chart that needs more takes more.
        paper: Print: no line for readouts, and a flagged value carries an exclamation mark.
    """

    width: float
    measure: Measure
    height: float = 0.0
    paper: bool = False
