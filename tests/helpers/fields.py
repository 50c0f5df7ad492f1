"""Items for tests of widgets, and a quick way to show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists import CodeList
from aeapp.domain.items import UNKNOWN, FieldSpec, Item
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Tag
from forms.widgets.options import Chip
from forms.widgets.registry import widget_for
from tests.helpers.accessibility import widgets_of

NOW = dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


class Outcome(CodeList):
    RECOVERED = "1", "Recovered"
    RECOVERING = "2", "Recovering"
    NOT_RECOVERED = "3", "Not recovered"


class Seriousness(CodeList):
    DEATH = "death", "Death"
    LIFE = "life", "Life-threatening"
    DISABILITY = "disability", "Disability or permanent damage"
    OTHER = "other", "Other serious or important medical event"


class Route(CodeList):
    IV = "iv", "Intravenous"
    IM = "im", "Intramuscular"
    IN = "in", "Nasal"
    PO = "po", "Oral"
    SC = "sc", "Subcutaneous"
    SL = "sl", "Sublingual"
    PR = "pr", "Rectal"


def spec_of(
    kind: type, label: str = "Weight", *, element: type[StrEnum] | None = None, **item: Any
) -> FieldSpec:
    """Return an item of a type; it takes reasons unless told otherwise."""
    item.setdefault("nulls", UNKNOWN)
    return FieldSpec(
        "events[].thing", kind, element or kind, Item(label, "What helps.", "Form X", **item)
    )


def _edge(page: QWidget, name: str) -> QLineEdit:
    edit = QLineEdit(page)
    edit.setObjectName(name)
    edit.setAccessibleName(name)
    return edit


def field_for(qtbot: QtBot, spec: FieldSpec, number: str = "A4") -> FieldWidget:
    """Return the widget of an item, shown between two other fields so that it can be left."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    before = _edge(page, "before")
    field = widget_for(spec, number, "", page, path="events[0].thing", now=lambda: NOW)
    after = _edge(page, "after")
    for widget in (before, field, after):
        column.addWidget(widget)
    page.resize(640, 300)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    field.page_of_test = page  # type: ignore[attr-defined]  # Python alone keeps it alive
    return field


def focused(field: QWidget) -> QWidget:
    """Return what has the focus in the window of ``field``."""
    found = field.window().focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, field: QWidget, keys: str) -> None:
    """Type where the focus is; each key goes to what has the focus by then.

    ``\\t`` and ``\\n`` are Tab and Enter.
    """
    named = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}
    for key in keys:
        if key in named:
            qtbot.keyClick(focused(field), named[key])
        else:
            qtbot.keyClicks(focused(field), key)


# How each kind of widget is read, the first that fits.
READERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (QRadioButton | QCheckBox, lambda w: w.text() if w.isChecked() else ""),
    (QLineEdit, lambda w: w.text() or w.placeholderText()),
    (QComboBox, lambda w: w.currentText() or w.lineEdit().placeholderText()),
    (QPlainTextEdit, lambda w: w.toPlainText() or w.placeholderText()),
    (QLabel, lambda w: w.text()),
    (Tag, lambda w: w.text),
)


def shown_words(field: FieldWidget) -> str:
    """Return what can be read in the field, placeholders included, chosen answers only."""
    shown = [w for w in widgets_of(field) if w.isVisibleTo(field)]
    return " ".join(
        next((read(w) for kind, read in READERS if isinstance(w, kind)), "") for w in shown
    )


def pick_scale(qtbot: QtBot, card: QWidget, code: str) -> None:
    """Press the chip of one scale on a card that offers several, once it is shown."""

    def offered() -> list[Chip]:
        chips = (chip for chip in card.findChildren(Chip) if chip.isVisible())
        return [chip for chip in chips if getattr(chip.option.value, "code", "") == code]

    qtbot.waitUntil(lambda: bool(offered()))
    offered()[0].click()
