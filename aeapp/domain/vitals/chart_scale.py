"""The axes of a chart: minutes across, a quantity down; and where labels may stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aeapp.domain.vitals.chart_marks import TEXT, Box, Measure, Text, text_box

_STRETCH = 64
STEPS = (15, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True)
class Axis:
    """Minutes since the dose, from left to right.

    Attributes:
        zero: Seconds of the epoch at minute 0.
        now: The minute it is; None once the session is over.
        until: The last minute of which something is known: now, or that of the last reading.
    """

    first: float
    last: float
    left: float
    right: float
    zero: float
    now: float | None
    until: float

    @property
    def unit(self) -> float:
        """Return how wide a minute is."""
        return (self.right - self.left) / (self.last - self.first)

    def x(self, minute: float) -> float:
        """Return where a minute lies; one beyond the axis lies at its end."""
        inside = min(max(minute, self.first), self.last)
        return self.left + (inside - self.first) * self.unit

    def minute(self, at: float) -> float:
        """Return the minute of an instant."""
        return (at - self.zero) / 60

    def steps(self, widest: float) -> Iterator[int]:
        """Yield the minutes of the grid, as many as leave room for labels of ``widest``."""
        step = next((s for s in STEPS if s * self.unit >= widest), STEPS[-1])
        yield from range(math.ceil(self.first / step) * step, math.floor(self.last) + 1, step)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values of one lane, from the top down."""

    low: float
    high: float
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Return how far down a value lies."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def scale_for(
    values: Iterable[float], span: tuple[float, float, float], top: float, bottom: float
) -> Scale:
    """Return a scale of ``span`` (low, high, step), longer by whole steps where values need it."""
    low, high, step = span
    known = list(values)
    if known:
        low = min(low, math.floor(min(known) / step) * step)
        high = max(high, math.ceil(max(known) / step) * step)
    return Scale(low, high, top, bottom)


@dataclass(slots=True)
class Board:
    """A lane on which labels look for a free place; marks that must not be covered are blocked."""

    bounds: Box
    measure: Measure
    # By stretches of width, so that a label looks at its neighbours alone.
    taken: dict[int, list[Box]] = field(default_factory=dict)
    shy: dict[int, list[Box]] = field(default_factory=dict)

    def block(self, box: Box) -> None:
        """Let no label stand on ``box``."""
        _put(self.taken, box)

    def avoid(self, box: Box) -> None:
        """Let a label stand on ``box`` only where it finds no other place."""
        _put(self.shy, box)

    def free(self, box: Box) -> bool:
        """Tell whether ``box`` lies within the lane and on nothing else."""
        return box.within(self.bounds) and not _hit(self.taken, box)

    def place(
        self,
        words: str,
        role: str,
        spots: Sequence[tuple[float, float, str]],
        *,
        series: str = "",
        value: str = "",
    ) -> Text | None:
        """Return ``words`` at the first free one of ``spots`` (x, y, anchor); None without one."""
        width = self.measure(words, role)
        texts = [Text(x, y, words, role, at, width, series, value or words) for x, y, at in spots]
        free = [text for text in texts if self.free(text_box(text))]
        clear = (text for text in free if not _hit(self.shy, text_box(text)))
        best = next(clear, free[0] if free else None)
        if best is not None:
            self.block(text_box(best).grown(1))
        return best


def _put(boxes: dict[int, list[Box]], box: Box) -> None:
    for stretch in _stretches(box):
        boxes.setdefault(stretch, []).append(box)


def _hit(boxes: dict[int, list[Box]], box: Box) -> bool:
    return any(box.meets(other) for n in _stretches(box) for other in boxes.get(n, ()))


def _stretches(box: Box) -> range:
    return range(int(box.left // _STRETCH), int(box.right // _STRETCH) + 1)


def around(x: float, top: float, bottom: float, away: float) -> list[tuple[float, float, str]]:
    """Return the places for a label around a mark, the most legible first."""
    above, below = top - TEXT / 2 - away, bottom + TEXT / 2 + away
    return [
        (x, above, "middle"),
        (x, below, "middle"),
        (x + away + 3, top, "start"),
        (x - away - 3, top, "end"),
        (x + away, above, "start"),
        (x - away, above, "end"),
        (x + away, below, "start"),
        (x - away, below, "end"),
    ]


def elided(words: str, role: str, room: float, measure: Measure) -> str:
    """Return as many letters as fit into ``room``, with an ellipsis where some are missing."""

    def fits(count: int) -> bool:
        start = words if count >= len(words) else words[:count].rstrip() + "…"
        return measure(start, role) <= room

    # Measured are starts of doubling length, then between them: somebody may have typed a page.
    most = 1
    while most < len(words) and fits(most):
        most *= 2
    if most >= len(words) and fits(len(words)):
        return words
    least, most = most // 2, min(most, len(words))
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(middle) else (least, middle)
    return words[:least].rstrip() + "…"
