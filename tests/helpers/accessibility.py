"""Walk the widgets of a window and name what a screen reader or a keyboard would miss.

Each detector returns what it found; ``assert_accessible`` is what tests of windows call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget


def widgets_of(root: QWidget) -> Iterator[QWidget]:
    """Yield ``root`` and all of its descendants, without the private parts of Qt's own widgets."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.objectName().startswith("qt_") and not _inside_combo_box(widget):
            yield widget


def _inside_combo_box(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QComboBox):
        above = above.parentWidget()
    return above is not None


def described(widget: QWidget) -> str:
    """Return class, object name and place of a widget, for messages."""
    chain = []
    at: QWidget | None = widget
    while at is not None:
        chain.append(f"{type(at).__name__}{'#' + at.objectName() if at.objectName() else ''}")
        at = at.parentWidget()
    return " < ".join(chain)


def name_of(widget: QWidget) -> str:
    """Return the name a screen reader would say."""
    if isinstance(widget, QComboBox):
        # On Linux a combo box answers with its current text.
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def unnamed(root: QWidget) -> list[str]:
    """Name the widgets that can have the focus, or be pressed, and have no accessible name."""
    return [
        described(w)
        for w in widgets_of(root)
        if (w.focusPolicy() is not Qt.FocusPolicy.NoFocus or isinstance(w, QAbstractButton))
        and not name_of(w).strip()
    ]


def rich_labels(root: QWidget) -> list[str]:
    """Name the labels that would read their text as markup."""
    return [
        described(w)
        for w in widgets_of(root)
        if isinstance(w, QLabel) and w.textFormat() is not Qt.TextFormat.PlainText
    ]


def own_style_sheets(root: QWidget) -> list[str]:
    """Name the widgets with a style sheet of their own: looks come from the theme."""
    return [described(w) for w in widgets_of(root) if w.styleSheet()]


def clashing_keys(root: QWidget) -> list[str]:
    """Name the keys that more than one visible button would answer."""
    keys = Counter(
        w.shortcut().toString()
        for w in widgets_of(root)
        if isinstance(w, QAbstractButton) and w.isVisibleTo(root) and not w.shortcut().isEmpty()
    )
    return [key for key, count in keys.items() if count > 1]


def unreachable(root: QWidget) -> list[str]:
    """Name the shown widgets with the Tab policy that walking by Tab never meets."""
    met, at = set(), root
    while at not in met:
        met.add(at)
        following = at.nextInFocusChain()
        if following is None:
            break
        at = following
    tab = Qt.FocusPolicy.TabFocus
    return [
        described(w)
        for w in widgets_of(root)
        if w.focusPolicy() & tab == tab and w.isVisibleTo(root) and w not in met
    ]


RULES = {
    "without an accessible name": unnamed,
    "labels that read markup": rich_labels,
    "style sheets of their own": own_style_sheets,
    "keys with two meanings": clashing_keys,
    "out of the Tab chain": unreachable,
}


def assert_accessible(root: QWidget) -> None:
    """Fail with the names of all widgets below ``root`` that break a rule."""
    broken = {rule: found for rule, find in RULES.items() if (found := find(root))}
    if broken:
        lines = [f"{rule}:\n    " + "\n    ".join(found) for rule, found in broken.items()]
        raise AssertionError("\n".join(lines))
