"""Name what is on the screen and cannot be read whole: cut words, pages wider than their window.

Each detector returns what it found; a row that is scrolled away up or down is not cut.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from forms.widgets.buttons import Button
from tests.helpers.accessibility import described


def cut_labels(root: QWidget) -> list[str]:
    """Name the labels of one line that have less room than their words."""
    return [
        f"{one.text()!r}: {described(one)}"
        for one in root.findChildren(QLabel)
        if one.isVisible() and not one.wordWrap() and _longest(one) > one.width() + 1
    ]


def _longest(one: QLabel) -> int:
    return max(one.fontMetrics().horizontalAdvance(line) for line in one.text().split("\n"))


def cut_buttons(root: QWidget) -> list[str]:
    """Name the buttons that are narrower than their words and key."""
    return [
        f"{one.text()!r}: {described(one)}"
        for one in root.findChildren(Button)
        if one.isVisible() and one.sizeHint().width() > one.width() + 1
    ]


def wider_pages(root: QWidget) -> list[str]:
    """Name the scrolled pages whose right edge is out of sight."""
    return [
        f"{scroll.widget().width()} of {scroll.viewport().width()}: {described(scroll)}"
        for scroll in root.findChildren(QScrollArea)
        if scroll.isVisible()
        and scroll.widget() is not None
        and scroll.widget().width() > scroll.viewport().width()
    ]


def squeezed(root: QWidget) -> list[str]:
    """Name the rows of buttons and chips that have less height than their lines."""
    return [
        described(one)
        for one in root.findChildren(QWidget)
        if one.isVisible()
        and one.layout() is not None
        and type(one.layout()).__name__ == "FlowLayout"
        and one.layout().heightForWidth(one.width()) > one.height() + 2
    ]


def cut_off(root: QWidget) -> list[str]:
    """Return all that cannot be read whole below ``root``."""
    return [*cut_labels(root), *cut_buttons(root), *wider_pages(root), *squeezed(root)]
