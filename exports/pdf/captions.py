"""Where the printed words of a form stand: the same on all reports, so worked out once."""

from __future__ import annotations

from functools import lru_cache

from aeapp.formspecs.model import Words, runs
from exports.pdf import fonts

MM = 72 / 25.4
# Source: Form FDA 3500, instructions: typed, not under 8 points.
SMALLEST_CAPTION = 8.0
_BASELINE = 3.05  # from the top of a line of 8 points to its baseline, in millimetres
_LINE_STEP = 1.28


@lru_cache(maxsize=4096)
def placed(words: Words) -> tuple[tuple[float, float, str, float, str], ...]:
    """Return place, text, size and face of each piece of printed words, the same on all reports."""
    out = []
    for n, line in enumerate(words.text.split("\n")):
        pieces = [(run.text, fonts.FACES[run.face]) for run in runs(line)]
        size = words.size
        long = sum(fonts.width(text, name, size) for text, name in pieces)
        if words.width and long > words.width * MM:
            smaller = max(size * words.width * MM / long, SMALLEST_CAPTION)
            long, size = long * smaller / size, smaller
        y = words.y + _BASELINE * words.size / 8 + n * words.size * _LINE_STEP / MM
        x = words.x - long / MM / 2 if words.centre else words.x
        for text, name in pieces:
            out.append((x, y, text, size, name))
            x += fonts.width(text, name, size) / MM
    return tuple(out)
