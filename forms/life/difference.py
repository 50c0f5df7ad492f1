"""What differs between two versions, as a list: item, before, after; Enter goes to the field."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aeapp.domain.differences import Change, ChangeKind
from aeapp.kernel.i18n import _
from aeapp.services.versions import Comparison
from forms import fonts
from forms.models.paged import Column, Deliver, PagedModel
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option
from forms.widgets.tables import Table

# A sign beside each line, so that a grey print reads as well.
MARKS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "−", ChangeKind.CHANGED: "→"}


class DifferenceView(QFrame):
    """The list, and the versions that can be compared.

    Signals:
        picked: A line was opened; carries the path of its item.
        asked: Two other states are to be compared; carries older and newer, 0 for the records now.
        paper_asked: They are to be shown as a paper; carries the ``Comparison``.
    """

    picked = Signal(str)
    asked = Signal(int, int)
    paper_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("difference")
        self.setAccessibleName(_("Differences"))
        self._changes: tuple[Change, ...] = ()
        self._compared: Comparison | None = None
        self._title = label(kind="strong", parent=self, wrap=True)
        self.paper = Button(_("As a paper"), self, kind="small", icon="pdf", key="P")
        self.paper.clicked.connect(self.ask_paper)
        self._pairs = QHBoxLayout()
        self._chips: ChipRow | None = None
        self.table = Table(_("Differences"), self)
        self.model: PagedModel[tuple[str, Change]] = PagedModel(
            [
                Column(head="", text=lambda row: MARKS[row[1].kind]),
                Column(head=_("Item"), text=lambda row: f"{row[1].part}, {row[1].label}"),
                Column(
                    head=_("Before"),
                    text=lambda row: _one_line(row[1].before),
                    font=lambda row: _font(row[1], ChangeKind.REMOVED),
                    tip=lambda row: row[1].before,
                ),
                Column(
                    head=_("After"),
                    text=lambda row: _one_line(row[1].after),
                    font=lambda row: _font(row[1], ChangeKind.ADDED),
                    tip=lambda row: row[1].after,
                ),
            ],
            self._fetch,
            lambda row: row[0],
            self,
        )
        self.table.passed_on = "P"
        self.table.setModel(self.model)
        self.table.opened.connect(self._on_opened)
        self._nothing = label(kind="label", parent=self, wrap=True)
        self._build()
        self.show_nothing(_("Nothing is recorded as sent, so nothing is compared."))

    def _build(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addLayout(self._pairs)
        column.addWidget(self._stack, 1)

    def show_nothing(self, why: str) -> None:
        """Show a sentence where the list would be."""
        self._changes = ()
        self._compared = None
        self.paper.hide()
        self._title.setText(_("Differences"))
        self._nothing.setText(why)
        self._stack.setCurrentWidget(self._nothing)

    def show_comparison(self, compared: Comparison) -> None:
        """Show what differs."""
        self._changes, self._compared = compared.changes, compared
        self.paper.show()
        older, newer = compared.older, compared.newer
        if newer is None:
            title = _("Changed since version {n}: {m}")
            same = _("Nothing has changed since version {n}.").format(n=older)
        else:
            title = _("From version {n} to version {k}: {m}")
            same = _("Versions {n} and {k} do not differ.").format(n=older, k=newer)
        count = len(self._changes)
        self._title.setText(title.format(n=older, k=newer, m=count))
        self._nothing.setText(same)
        self._stack.setCurrentWidget(self.table if count else self._nothing)
        self.model.show_ids([str(n) for n in range(count)])
        for column, width in enumerate((28, 260, 220)):
            self.table.setColumnWidth(column, px(width))
        if count:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def ask_paper(self, *_pressed: object) -> None:
        """Ask for the paper of what is compared, if anything is."""
        if self._compared is not None:
            self.paper_asked.emit(self._compared)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().upper() == "P" and not event.modifiers():
            self.ask_paper()
        else:
            super().keyPressEvent(event)

    def show_versions(self, numbers: Sequence[int], pair: tuple[int, int]) -> None:
        """Offer each version beside the one before it, and the newest beside the records now."""
        if self._chips is not None:
            self._pairs.removeWidget(self._chips)
            self._chips.hide()
            self._chips.deleteLater()
            self._chips = None
        pairs = [*itertools.pairwise(numbers), *((n, 0) for n in numbers[-1:])]
        if not pairs:
            return
        options = [Option(value=p, text=_pair_words(p)) for p in reversed(pairs[-5:])]
        self._chips = ChipRow(options, self)
        self._chips.name_all(_("What is compared"))
        self._chips.show_chosen(frozenset({pair}))
        self._chips.picked.connect(self._on_pair)
        self._pairs.addWidget(self._chips, 1)
        self._chips.show()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus()

    def _fetch(self, ids: Sequence[str], deliver: Deliver[tuple[str, Change]]) -> None:
        deliver([(i, self._changes[int(i)]) for i in ids if int(i) < len(self._changes)])

    def _on_opened(self, row: int) -> None:
        if row < len(self._changes):
            self.picked.emit(self._changes[row].path)

    def _on_pair(self, pair: object) -> None:
        if isinstance(pair, tuple):
            self.asked.emit(*pair)


def _pair_words(pair: tuple[int, int]) -> str:
    older, newer = pair
    if not newer:
        return _("version {n} and now").format(n=older)
    return _("versions {n} and {k}").format(n=older, k=newer)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _font(change: Change, kind: ChangeKind) -> QFont | None:
    """Return a struck font for what was removed, an underlined one for what was added."""
    if change.kind is not kind:
        return None
    font = QFont(fonts.sized("figures"))
    font.setStrikeOut(kind is ChangeKind.REMOVED)
    font.setUnderline(kind is ChangeKind.ADDED)
    return font


__all__ = ["DifferenceView"]
