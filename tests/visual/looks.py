"""The looks in which the day and the session room are photographed: theme, font, window.

``make screens -k light-100`` takes those of one look alone; the names end in what differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


@dataclass(frozen=True, slots=True)
class Look:
    """One theme at one size of the font in one window."""

    mode: str
    percent: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.mode}-{self.percent}-{self.width}"


LOOKS = [
    Look(mode, percent, width, height)
    for (width, height), percent, mode in product(
        ((1440, 900), (1100, 800)), (100, 200), ("light", "dark")
    )
]
in_every_look = [pytest.mark.screens, pytest.mark.parametrize("look", LOOKS, ids=str)]
