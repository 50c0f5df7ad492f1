"""Empty a layout without a widget dying while it is still needed."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def emptied(layout: QLayout) -> None:
    """Throw away all that lies in ``layout``."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            emptied(inner)
        if widget is not None:
            discard(widget)


def discard(widget: QWidget) -> None:
    """Hide a widget and let Qt delete it once nobody is in the middle of its work.

    It does not die at once, as its own key may have asked for it. Until it does, nobody finds it or
    its parts by their names, which what comes in its place may have.
    """
    widget.hide()
    for one in (widget, *widget.findChildren(QWidget)):
        one.setObjectName("")
    widget.deleteLater()
