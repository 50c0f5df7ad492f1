"""Take back the Python objects that PySide makes for the items of layouts.

When a layout that has parts is added to another, PySide 6.11 makes a Python object for each of its
items and keeps it. Qt deletes an item together with its widget and tells nobody. The object then
stands for whatever gets that memory next, and the program crashes when that ends. So these objects
are let go at once: Qt alone has the items.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout

_ADDERS: tuple[tuple[type[QLayout], str], ...] = (
    (QBoxLayout, "addLayout"),
    (QBoxLayout, "insertLayout"),
    (QGridLayout, "addLayout"),
)


def release(layout: QLayout) -> None:
    """Let go of the objects for the items of ``layout`` and of the layouts in it."""
    for n in range(layout.count()):
        item = layout.itemAt(n)
        if isinstance(item, QLayout):
            release(item)
        elif item is not None:
            shiboken6.invalidate(item)


def _releasing(add: Callable[..., Any]) -> Callable[..., Any]:
    # Not ``functools.wraps``: it asks the binding for a docstring, and that takes 30 ms to make.
    def added(outer: QLayout, *arguments: Any, **named: Any) -> Any:
        result = add(outer, *arguments, **named)
        for one in arguments:
            if isinstance(one, QLayout):
                release(one)
        return result

    added.__wrapped__ = add  # type: ignore[attr-defined] # as wraps() would leave it
    return added


def repair() -> None:
    """Make every way to add a layout to another release its items; a second call does nothing."""
    for kind, name in _ADDERS:
        add = kind.__dict__[name]
        if not hasattr(add, "__wrapped__"):
            setattr(kind, name, _releasing(add))
