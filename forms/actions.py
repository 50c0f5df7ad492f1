"""Everything the program can do from anywhere, and how it is found by a few letters.

The palette that shows it is made when it is first opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from aeapp.kernel.i18n import N_

if TYPE_CHECKING:
    from forms.palette import CommandPalette


# The menus, in their order.
GO, DO, REPORT, LOOK = MENUS = (N_("Go"), N_("Do"), N_("Report"), N_("Look"))


def _always() -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that can be done from anywhere.

    Attributes:
        title: A verb first, such as "Make an inspection pack".
        group: Head it stands under: Actions, Patients, Reports, Help.
        shortcut: Key sequence that does the same, shown at the right.
        words: Further words it is found by.
        second: A short fact beside the title, such as a number.
        reason: Why it cannot run now; empty means that it can.
        menu: Menu it stands in.
    """

    title: str
    run: Callable[[], object]
    group: str = "Actions"
    icon: str = "next"
    shortcut: str = ""
    words: str = ""
    second: str = ""
    reason: Callable[[], str] = _always
    menu: str = DO


# Makes further lines for what is typed, such as patients; called with the text.
Source = Callable[[str], Sequence[Action]]


def rank(action: Action, typed: str) -> int | None:
    """Return how well ``typed`` fits, 0 best, or None where it does not.

    Every word must begin a word or lie in the middle of one; first letters fit too.
    """
    text = f"{action.title} {action.second} {action.words}".casefold()
    words = text.split()
    parts = typed.casefold().split()
    if not parts:
        return 0
    if all(any(w.startswith(p) for w in words) for p in parts):
        return 0 if action.title.casefold().startswith(parts[0]) else 1
    initials = "".join(w[0] for w in words)
    if len(parts) == 1 and parts[0] in initials:
        return 2
    return 3 if all(p in text for p in parts) else None


class Offers:
    """The actions of a window, and the palette over them: the first window comes before it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: list[Action] = []
        self._sources: list[Source] = []
        self._palette: CommandPalette | None = None

    def add(self, *actions: Action) -> None:
        """Offer actions from now on."""
        self._actions += actions
        if self._palette is not None:
            self._palette.add(*actions)

    def add_source(self, source: Source) -> None:
        """Ask ``source`` too for what is typed; it may answer later, and wants ``refresh`` then."""
        self._sources.append(source)
        if self._palette is not None:
            self._palette.add_source(source)

    def refresh(self) -> None:
        """Look again for what fits, if the palette is open."""
        if self._palette is not None and self._palette.isVisible():
            self._palette.refresh()

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return all of them, in the order in which they were offered."""
        return tuple(self._actions)

    @property
    def palette(self) -> CommandPalette:
        """Return the palette, made at the first call."""
        if self._palette is None:
            from forms.palette import CommandPalette  # noqa: PLC0415 - that is the point

            self._palette = CommandPalette(self._window)
            self._palette.add(*self._actions)
            for source in self._sources:
                self._palette.add_source(source)
        return self._palette

    def close_again(self) -> None:
        """Hide the palette, if there is one."""
        if self._palette is not None:
            self._palette.close_again()
