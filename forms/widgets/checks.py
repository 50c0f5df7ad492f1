"""Check all that apply: boxes with letters, and an explicit "None of these"."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.safety import Seriousness
from aeapp.kernel.i18n import _
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.options import CheckGrid, Option, letters_for

TWO_COLUMNS_FROM = 480


class _NoneOfThese:
    """The answer that was asked for and found to be none."""


NONE_OF_THESE: Final = _NoneOfThese()


class CheckField(FieldWidget):
    """Edits a set of answers; the empty set is an answer, None is not yet one."""

    WIDE = True
    WORDS_WHEN_LOCKED = True

    def _make_control(self) -> QWidget:
        self._value: frozenset[StrEnum] | None = None
        members: list[StrEnum] = list(self.spec.element)  # type: ignore[call-overload]
        texts = [_(words_of(member)) for member in members]
        # N belongs to "None of these" in every group.
        options = [
            Option(value=member, text=text, key=key)
            for member, text, key in zip(members, texts, letters_for(texts, taken="N"), strict=True)
        ]
        options.append(Option(value=NONE_OF_THESE, text=self._none_words(), key="N"))
        self._grid = CheckGrid(options, self)
        self._grid.picked.connect(self._on_picked)
        return self._grid

    def _none_words(self) -> str:
        # On the question of seriousness "none" is a statement of its own.
        serious = self.spec.element is Seriousness
        return _("None of these: not serious") if serious else _("None of these")

    def _name_all(self) -> None:
        super()._name_all()
        self._grid.name_all(self.accessible_label)

    def _describe(self, text: str) -> None:
        self._grid.describe_all(text)

    def _make_head(self) -> None:
        super()._make_head()
        self._caption.setText(f"{self.caption}  ({_('all that apply')})")

    def _show(self, value: object, text: str, reason: str) -> None:
        self._value = value if isinstance(value, frozenset) else None
        shown: frozenset[object] = frozenset()
        if self._value is not None:
            shown = self._value or frozenset({NONE_OF_THESE})
        self._grid.show_chosen(shown)
        self._reason_tag.say(reason)
        self._reason_tag.setVisible(bool(reason))

    def _in_words(self, value: object, text: str) -> str:
        return self._grid.chosen_words()

    def _lock(self, read_only: bool) -> None:
        self._grid.set_locked(read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grid.set_columns(2 if self.width() >= px(TWO_COLUMNS_FROM) else 1)

    def _on_picked(self, value: object) -> None:
        if value is NONE_OF_THESE:
            self.chosen.emit(None if self._value == frozenset() else frozenset())
            return
        now = (self._value or frozenset()) ^ {value}
        # The last box unticked is "not answered again", never a silent "none".
        self.chosen.emit(now or None)
