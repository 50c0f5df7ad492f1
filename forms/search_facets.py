"""What narrows a search: rows of chips with how many hits each would leave, and two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.finding import FoundKind, FoundSerious, FoundState
from aeapp.domain.finding.question import Question
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from forms.widgets.day_line import DayLine
from forms.widgets.labels import label
from forms.widgets.options import Chip, ChipRow, Option

_MOST_PRODUCTS = 6
_CAPTIONS = {
    "kinds": N_("Kind"),
    "states": N_("State"),
    "serious": N_("Seriousness"),
    "products": N_("Product given"),
}


def state_words(code: str) -> str:
    """Return the words of a state, whichever list it is of."""
    lists: tuple[type[FoundState | ReportState], ...] = (FoundState, ReportState)
    for codes in lists:
        if code in set(codes):
            return _(words_of(codes(code)))
    return code


def _states() -> list[FoundState | ReportState]:
    """Return the states in their order; what changed since it was approved follows the approved."""
    found: list[FoundState | ReportState] = [s for s in FoundState if s is not FoundState.CHANGED]
    for state in ReportState:
        found += [state, FoundState.CHANGED] if state is ReportState.READY else [state]
    return found


class Facets(QWidget):
    """The rows of chips and the two days.

    Signals:
        changed: The person narrowed or widened the search.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Narrow the search"))
        self._chosen: dict[str, tuple[str, ...]] = dict.fromkeys(_CAPTIONS, ())
        self._counts: Mapping[str, Counter[str]] = {}
        self._captions: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        states = _states()
        self.rows = {
            "kinds": self._row("kinds", [(k.value, _(words_of(k))) for k in FoundKind]),
            "states": self._row("states", [(s.value, state_words(s.value)) for s in states]),
            "serious": self._row("serious", [(s.value, _(words_of(s))) for s in FoundSerious]),
        }
        self.since = DayLine(_("From day"), "search.since", self)
        self.until = DayLine(_("To day"), "search.until", self)
        self.wrong = label("", "caption", self)
        self._add_days()

    def _row(self, name: str, codes: Sequence[tuple[str, str]]) -> ChipRow:
        row = ChipRow([Option(value=code, text=text) for code, text in codes], self)
        row.setObjectName(f"search.{name}")
        row.name_all(_(_CAPTIONS[name]))
        row.picked.connect(partial(self._on_picked, name))
        at = list(_CAPTIONS).index(name)
        caption = label(_(_CAPTIONS[name]), "label", self)
        self._captions[name] = caption
        self._grid.addWidget(caption, at, 0)
        self._grid.addWidget(row, at, 1)
        return row

    def _add_days(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self.since)
        days.addWidget(self.until)
        days.addWidget(self.wrong, 1)
        self._grid.addWidget(label(_("Date"), "label", self), len(_CAPTIONS), 0)
        self._grid.addLayout(days, len(_CAPTIONS), 1)
        for line in (self.since, self.until):
            line.entered.connect(self._on_day)

    def show_products(self, products: Sequence[tuple[str, str]]) -> None:
        """Offer the products of the clinic, as (id, name), once they are known."""
        if "products" not in self.rows and products:
            self.rows["products"] = self._row("products", products[:_MOST_PRODUCTS])
            self.show_counts(self._counts)

    def narrow(self, question: Question) -> Question:
        """Return ``question`` with what is chosen here.

        Raises:
            BadInputError: A day cannot be read.
        """
        chosen: dict[str, Any] = dict(self._chosen)
        return replace(question, since=self.since.day(), until=self.until.day(), **chosen)

    def show_question(self, question: Question) -> None:
        """Show what a kept search narrows by."""
        for name in _CAPTIONS:
            self._chosen[name] = getattr(question, name)
        self.since.show_day(question.since)
        self.until.show_day(question.until)
        self.show_counts(self._counts)

    def show_counts(self, counts: Mapping[str, Counter[str]]) -> None:
        """Show how many hits each chip stands for; one that has none and is not chosen hides."""
        self._counts = counts
        for name, row in self.rows.items():
            row.show_chosen(frozenset(self._chosen[name]))
            for chip in row.buttons:
                assert isinstance(chip, Chip)  # noqa: S101 - rows are made of chips
                self._say(chip, name, counts.get(name, Counter()))
            here = any(not chip.isHidden() for chip in row.buttons)
            for part in (row, self._captions[name]):
                part.setVisible(here)

    def _say(self, chip: Chip, name: str, counts: Counter[str]) -> None:
        code = str(chip.option.value)
        plain = chip.option.text.partition("  ")[0]
        count = counts[code]
        chip.say(f"{plain}  {count:,}" if count else plain)
        chip.setAccessibleName(f"{_(_CAPTIONS[name])}: {plain}, {count}")
        chip.setVisible(name == "kinds" or bool(count) or code in self._chosen[name])

    def _on_picked(self, name: str, code: object) -> None:
        now = self._chosen[name]
        self._chosen[name] = (
            tuple(c for c in now if c != code) if code in now else (*now, str(code))
        )
        self.rows[name].show_chosen(frozenset(self._chosen[name]))
        self.changed.emit()

    def _on_day(self) -> None:
        try:
            self.since.day()
            self.until.day()
        except BadInputError as error:
            self.wrong.setText(error.message)
            return
        self.wrong.setText("")
        self.changed.emit()
