"""Short constructors for writing the pages of an edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aeapp.domain.codelists import label
from aeapp.formspecs.model import (
    Box,
    Cell,
    Frame,
    Kind,
    Option,
    Reserved,
    Rule,
    Words,
    plain,
    runs,
)

TICK = 3.8
EXAMPLE = "__(e.g., 01-Jan-1900)__"
_GAP = 1.3
_LABEL_LINE = 3.9
_NUMBER = re.compile(r"^\s*\d+[ab]?\.\s*")

Place = Callable[[float, float], tuple[float, float]]


def unmoved(x: float, y: float) -> tuple[float, float]:
    """Return the point itself."""
    return x, y


@dataclass(frozen=True, slots=True)
class Page:
    """One page being written.

    Attributes:
        place: Where a point of the page it was copied from stands on this one.
    """

    number: int
    place: Place = unmoved

    def box(self, x: float, y: float, w: float, h: float) -> Box:
        """Return a rectangle of this page."""
        return Box(self.number, *self.place(x, y), w, h)

    def words(self, x: float, y: float, text: str, *, size: float = 8.0, width: float = 0) -> Words:
        """Return printed words of this page."""
        return Words(self.number, *self.place(x, y), text, size, width)

    def title(self, x: float, y: float, text: str, *, size: float = 9.0) -> Words:
        """Return words centred on ``x``."""
        return Words(self.number, *self.place(x, y), text, size, centre=True)

    def rule(self, x: float, y: float, *, w: float = 0, h: float = 0) -> Rule:
        """Return a ruled line."""
        return Rule(self.number, *self.place(x, y), w, h)

    def border(self, x: float, y: float, w: float, h: float) -> Frame:
        """Return the rounded border of a section."""
        return Frame(self.box(x, y, w, h), rounded=True)

    def bar(self, x: float, y: float, w: float, h: float) -> Frame:
        """Return the bar behind a section's title."""
        return Frame(self.box(x, y, w, h), tinted=True)

    def cell(
        self,
        kind: Kind,
        number: str,
        path: str,
        printed: str = "",
        *,
        at: tuple[float, float] = (0, 0),
        box: tuple[float, float, float, float] | None = None,
        caption: str = "",
        hint: str = "",
        width: float = 0,
        **more: Any,
    ) -> Cell:
        """Return a cell; its caption is what it prints, unless another one is given."""
        own_caption, own_hint = _taken_apart(printed)
        return Cell(
            number=number,
            path=path,
            kind=kind,
            caption=caption or own_caption,
            hint=hint or own_hint,
            printed=self.words(*at, printed, width=width) if printed else None,
            box=None if box is None else self.box(*box),
            **more,
        )

    def reserve(
        self, number: str, caption: str, why: str, *at: tuple[float, float, float, float]
    ) -> tuple[Reserved, ...]:
        """Return boxes that are left empty on purpose."""
        return tuple(Reserved(number, caption, self.box(*box), why) for box in at)

    def tick(self, code: str, text: str, x: float, y: float) -> Option:
        """Return a box to tick with its label to the right, level with the first line."""
        box = self.box(x, y, TICK, TICK)
        top = box.y + TICK / 2 - _LABEL_LINE / 2
        return Option(
            code, plain(text), box, Words(self.number, box.x + TICK + _GAP, top, text, 8.0)
        )

    def ticks(
        self, members: Iterable[StrEnum], *places: tuple[float, float], **labels: str
    ) -> tuple[Option, ...]:
        """Return a box for each member in turn; ``labels`` replace words that carry marks."""
        return tuple(
            self.tick(member.value, labels.get(member.name, label(member)), x, y)
            for member, (x, y) in zip(members, places, strict=True)
        )

    def yes_no(self, yes: tuple[float, float], no: tuple[float, float]) -> tuple[Option, ...]:
        """Return boxes for Yes and No."""
        return self.tick("yes", "Yes", *yes), self.tick("no", "No", *no)


def has_device(case: Any) -> bool:
    """Tell whether a case is about a device."""
    return bool(case.case.devices)


def several_devices(case: Any) -> bool:
    """Tell whether a case is about more than one device."""
    return len(case.case.devices) > 1


def _taken_apart(printed: str) -> tuple[str, str]:
    pieces = runs(" ".join(printed.split()))
    italic = " ".join(run.text for run in pieces if run.face == "italic").strip()
    upright = "".join(run.text for run in pieces if run.face != "italic")
    caption = _NUMBER.sub("", upright).strip().rstrip(":.").strip()
    return caption, italic
