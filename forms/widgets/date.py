"""Day, month, year and time as boxes that work as one control.

Digits flow from box to box. A word in the first box (``t``, ``y``, ``n``, ``t-3``, ``nov 26``) is
read when the field is left. An empty day or month means that it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from aeapp.domain.codecs import show_date
from aeapp.domain.values import MONTHS, PartialDate
from aeapp.kernel.i18n import _
from forms import fonts
from forms.theme import px, repolish
from forms.widgets import date_words
from forms.widgets.base import FieldWidget
from forms.widgets.date_words import Parts
from forms.widgets.labels import label

WIDTHS = {"day": 38, "month": 52, "year": 60, "time": 70}
GHOSTS = {"day": "dd", "month": "Mon", "year": "yyyy", "time": "hh:mm"}
FULL = {"day": 2, "month": 3, "year": 4, "time": 4}
_SIGNS = {"+": 1, "-": -1}
_SEPARATORS = frozenset("/-. ,")


class _Box(QLineEdit):
    """One of the boxes; its owner sees keys first and hears when the focus goes."""

    def __init__(
        self,
        parent: QWidget,
        *,
        on_key: Callable[[_Box, QKeyEvent], bool],
        on_left: Callable[[Qt.FocusReason], None],
        on_tab: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._on_key = on_key
        self._on_left = on_left
        self._on_tab = on_tab

    @property
    def untouched(self) -> bool:
        """Tell whether the next letter would replace everything in the box."""
        return self.selectedText() == self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        # Qt asks here before the key is heard anywhere else.
        return (onward and self._on_tab()) or super().focusNextPrevChild(onward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.deselect()
        self._on_left(event.reason())


class DateField(FieldWidget):
    """Edits a date known to the year, the month or the day."""

    WITH_TIME = False
    WORDS_WHEN_LOCKED = True

    def _make_control(self) -> QWidget:
        self._phrase = False
        self._shown = ""
        self._dated: PartialDate | None = None
        self._locked = False
        control = QWidget(self)
        control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._boxes: dict[str, _Box] = {}
        for name in WIDTHS:
            box = _Box(control, on_key=self._on_key, on_left=self._on_left, on_tab=self._on_tab)
            box.setPlaceholderText(GHOSTS[name])
            box.textEdited.connect(partial(self._on_edited, name))
            self._boxes[name] = box
            row.addWidget(box)
        self._hint = label(kind="caption", parent=control)
        row.addSpacing(4)
        row.addWidget(self._hint)
        self._boxes["time"].setVisible(self.WITH_TIME)
        return control

    def _editors(self) -> list[QWidget]:
        return list(self._boxes.values())

    def _name_all(self) -> None:
        super()._name_all()
        words = {"day": _("day"), "month": _("month"), "year": _("year"), "time": _("time")}
        for name, box in self._boxes.items():
            box.setAccessibleName(f"{self.accessible_label}, {words[name]}")

    def _measure(self) -> None:
        super()._measure()
        for name, box in self._boxes.items():
            box.setFixedWidth(px(WIDTHS[name]))
            box.setFont(fonts.sized("figures"))
        if self._phrase:
            self._boxes["day"].setFixedWidth(self._full_width())

    def _full_width(self) -> int:
        names = [n for n in WIDTHS if n != "time" or self._timed]
        return sum(px(WIDTHS[n]) for n in names) + 4 * (len(names) - 1)

    @property
    def _timed(self) -> bool:
        return self.WITH_TIME or (self._dated is not None and self._dated.has_time)

    # --- showing

    def _show(self, value: object, text: str, reason: str) -> None:
        self._dated = value if isinstance(value, PartialDate) else None
        if self._dated is not None:
            self._fill(date_words.to_parts(self._dated))
        else:
            self._fill_text(text)
        self._shown = self._text()
        self._hint_at(reason)

    def _fill_text(self, text: str) -> None:
        parts = date_words.split(text)
        if parts.text() == text.strip() and _fits_boxes(parts):
            self._fill(parts)
        else:
            self._set_phrase(phrase=True)
            self._set(self._boxes["day"], text)

    def _fill(self, parts: Parts) -> None:
        self._set_phrase(phrase=False)
        for name, box in self._boxes.items():
            self._set(box, getattr(parts, name))

    def _set(self, box: _Box, text: str) -> None:
        with QSignalBlocker(box):
            if box.text() != text:
                box.setText(text)
                if box.hasFocus():
                    box.selectAll()

    def _set_phrase(self, *, phrase: bool) -> None:
        self._phrase = phrase
        for name, box in self._boxes.items():
            if name != "day":
                box.setVisible(not phrase and (name != "time" or self._timed))
        self._boxes["day"].setFixedWidth(self._full_width() if phrase else px(WIDTHS["day"]))

    def _hint_at(self, reason: str) -> None:
        parts = self._parts()
        words = reason
        if not reason and not self._phrase and parts.year:
            words = "" if parts.day else _("day not known") if parts.month else _("month not known")
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        ghosts = not words
        for name, box in self._boxes.items():
            box.setPlaceholderText(GHOSTS[name] if ghosts else "")

    def _show_state(self, state: str) -> None:
        known = self._dated is not None
        for box in self._boxes.values():
            gap = known and not box.text() and not state
            repolish(box, state="reason" if gap else state)

    def _in_words(self, value: object, text: str) -> str:
        return text if self._dated is None else show_date(self._dated)

    def _lock(self, read_only: bool) -> None:
        self._locked = read_only

    # --- typing

    def _parts(self) -> Parts:
        return Parts(**{name: box.text().strip() for name, box in self._boxes.items()})

    def _text(self) -> str:
        return self._boxes["day"].text().strip() if self._phrase else self._parts().text()

    def _on_key(self, box: _Box, event: QKeyEvent) -> bool:
        """Take the key, or leave it to the box."""
        if self._locked:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._on_tab():
                self._commit()
            return False
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps:
            return self._step(steps[Qt.Key(event.key())])
        if self._phrase:
            return False
        return self._on_sign(box, event.text()) or self._on_cursor_key(box, event)

    def _on_tab(self) -> bool:
        """Go on to the time where a word named no more than the day; tell whether it did."""
        if self._locked or not (self._phrase and self.WITH_TIME):
            return False
        words = self._boxes["day"].text()
        parts = date_words.understand(words, self.now(), with_time=True)
        if parts is None or not parts.day or parts.time:
            return False
        self._commit()
        self._boxes["time"].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _on_sign(self, box: _Box, letter: str) -> bool:
        """Step on a sign where nothing is being typed; go on at a separator."""
        if not letter or not box.text():
            return False
        if box.untouched:
            return letter in _SIGNS and self._step(_SIGNS[letter])
        return letter in _SEPARATORS and self._go(box, 1)

    def _on_cursor_key(self, box: _Box, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Backspace and not box.text():
            return self._go(box, -1)
        if key == Qt.Key.Key_Left and (box.cursorPosition() == 0 or box.untouched):
            return self._go(box, -1)
        if key == Qt.Key.Key_Right and (box.cursorPosition() == len(box.text()) or box.untouched):
            return self._go(box, 1)
        return False

    def _go(self, box: _Box, step: int) -> bool:
        shown = [b for b in self._boxes.values() if not b.isHidden()]
        there = shown.index(box) + step
        if 0 <= there < len(shown):
            shown[there].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _on_edited(self, name: str, text: str) -> None:
        self._hint.setVisible(False)
        if name == "day":
            self._on_first_edited(text)
        elif name != "month" or not self._is_year_in_two(text):
            self._flow(name, text)
        self.typed.emit(self._text())

    def _on_first_edited(self, text: str) -> None:
        box = self._boxes["day"]
        if not self._phrase and self._is_phrase(text):
            # Words and pasted dates need the room of all boxes.
            for other in self._boxes.values():
                if other is not box:
                    self._set(other, "")
            self._set_phrase(phrase=True)
        elif not text and self._phrase:
            self._set_phrase(phrase=False)
        elif not self._phrase:
            self._flow("day", text)

    def _is_phrase(self, text: str) -> bool:
        if not text or re.fullmatch(r"\d{1,2}", text):
            return False
        alone = not any(b.text() for n, b in self._boxes.items() if n != "day")
        return alone or len(text) > FULL["day"] or not text[0].isdecimal()

    def _flow(self, name: str, text: str) -> None:
        """Go on to the next box when this one is full."""
        box = self._boxes[name]
        month = date_words.month_of(text) if name == "month" else None
        if month and not re.fullmatch(r"\d", text):
            self._set(box, MONTHS[month - 1])
            self._go(box, 1)
        elif name in ("day", "year") and text.isdecimal() and len(text) == FULL[name]:
            self._go(box, 1)

    def _is_year_in_two(self, text: str) -> bool:
        """Read ``20`` ``26`` in day and month as the start of a word: no month has that number.

        It may end as the year 2026 or go on as 2026-11-16.
        """
        day = self._boxes["day"]
        if not (re.fullmatch(r"\d\d", text) and re.fullmatch(r"\d\d", day.text())):
            return False
        if date_words.month_of(text) or self._boxes["year"].text():
            return False
        self._set(self._boxes["month"], "")
        self._set(day, day.text() + text)
        day.setFocus(Qt.FocusReason.OtherFocusReason)
        day.end(False)
        self._set_phrase(phrase=True)
        return True

    def _step(self, step: int) -> bool:
        value = date_words.to_date(self._parts(), self.now()) if not self._phrase else None
        if value is None and self._parts().empty:
            value = PartialDate.of(self.now().date())
            step = 0
        after = date_words.stepped(value, step) if value is not None else None
        if after is None:
            return False
        self._fill(date_words.to_parts(after))
        self._commit()
        return True

    def _on_left(self, reason: Qt.FocusReason) -> None:
        there = QApplication.focusWidget()
        inside = there is not None and self._control.isAncestorOf(there)
        if not inside and reason is not Qt.FocusReason.PopupFocusReason:
            self._commit()

    def _commit(self) -> None:
        """Tell what was typed, once."""
        if self._locked or self._text() == self._shown:
            return
        if self._phrase:
            phrase = self._boxes["day"].text()
            parts = date_words.understand(phrase, self.now(), with_time=self.WITH_TIME)
            if parts is None:
                self._shown = self._text()
                self.entered.emit(phrase)
                return
            self._fill(parts)
        parts = self._parts()
        value = date_words.to_date(parts, self.now())
        self._shown = self._text()
        if value is None:
            self.entered.emit(parts.text())
        else:
            self.chosen.emit(value)


class MomentField(DateField):
    """Edits a date with a time of day."""

    WITH_TIME = True


def _fits_boxes(parts: Parts) -> bool:
    """Tell whether the parts were typed into the boxes, and not as words."""
    short = len(parts.day) <= FULL["day"] and len(parts.month) <= FULL["month"]
    return short and bool(re.fullmatch(r"\d{0,4} [\d:]*", f"{parts.year} {parts.time}"))
