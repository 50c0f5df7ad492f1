"""How high the lanes of a chart are: with ease, or close together in a low window.

A window that cannot show chart and row at once would scroll the pressures out of sight. Before
that the lanes move together, and at last the scores are left to the table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pitch:
    """The heights of one way to stack the lanes, in units.

    Attributes:
        first_row: Of a lane of events or doses; each further row of it takes ``next_row``.
        pressure: The least of the lane of pressures, which gets what is left over.
        quantity: By how much the lanes with a line are as high as they are with ease.
        over: From the edge of such a lane to its outermost value; a label fits there.
        score: Of a row of digits; 0 where the scores are left to the table.
    """

    first_row: float = 26.0
    next_row: float = 20.0
    readout: float = 18.0
    pressure: float = 96.0
    quantity: float = 1.0
    over: float = 16.0
    under: float = 7.0
    score: float = 16.0
    due: float = 20.0


WITH_EASE = Pitch()
CLOSE = Pitch(22.0, 18.0, 16.0, 76.0, 0.7, 14.0, 4.0, 14.0, 17.0)
CLOSEST = Pitch(22.0, 18.0, 16.0, 76.0, 0.7, 14.0, 4.0, 0.0, 17.0)
PITCHES = (WITH_EASE, CLOSE, CLOSEST)
