"""Events by products, where there are several: each pair with its causality, one to be picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from aeapp.domain.assessment.recording import Pair, product_name
from aeapp.domain.records import Assessment
from aeapp.kernel.i18n import _
from forms.assessment.words import pair_words
from forms.theme import px
from forms.widgets.emptied import emptied
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

Key = tuple[str, str]


def key_of(pair: Pair) -> Key:
    """Return what a pair is known by while its answers change."""
    return pair.event.id, pair.product.id


class PairPicker(QWidget):
    """One row of products for each event.

    Signals:
        picked: Key of the pair.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self.rows: list[ChipRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_pairs(
        self, pairs: Sequence[Pair], current: Key, own: Callable[[Pair], Assessment]
    ) -> None:
        """Show every pair with the causality that the person at the keyboard gave."""
        texts = tuple((key_of(p), pair_words(product_name(p.product), own(p))) for p in pairs)
        names = tuple(p.event.verbatim for p in pairs)
        self.setVisible(len(pairs) > 1)
        if (texts, names) != self._shown:
            self._shown = (texts, names)
            self._fill(pairs, dict(texts))
        for row in self.rows:
            row.show_chosen(frozenset({current}))

    def _fill(self, pairs: Sequence[Pair], texts: dict[Key, str]) -> None:
        emptied(self._grid)
        self.rows = []
        for place, group in groupby(pairs, key=lambda pair: pair.place):
            members = list(group)
            name = members[0].event.verbatim or _("Event {n}").format(n=place + 1)
            title = label(name, "strong", self, wrap=True)
            title.setFixedWidth(px(148))
            row = ChipRow([Option(value=key_of(p), text=texts[key_of(p)]) for p in members], self)
            row.name_all(name)
            row.picked.connect(self.picked)
            self._grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row, place, 1)
            self.rows.append(row)
