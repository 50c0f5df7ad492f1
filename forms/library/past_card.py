"""What was coded together, and putting it back: whole, or not at all with the names of why."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.access import Deed, for_whom
from aeapp.domain.codecs import show_date
from aeapp.domain.coding.past import PastRecoding
from aeapp.domain.records import Event
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from forms.alive import while_alive
from forms.ask import Question
from forms.desk import Desk
from forms.library.lists import TextTable
from forms.progress import ProgressStrip
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.tables import Table

_WIDTHS = (170, 0, 90, 0, 100)
LEAST_TABLE = 130


class PastModel(TextTable):
    """Recodings, the newest first."""

    def __init__(self, zone: dt.tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.heads = (_("When"), _("Version"), _("Events"), _("By"), _("State"))
        self.right = frozenset({2})

    def cell(self, row: PastRecoding, column: int) -> str:
        return (
            self.moment(row.at),
            f"{_(row.terminology.words)} {row.edition}".strip(),
            f"{len(row.lines):,}",
            row.by,
            "" if row.stands else _("undone"),
        )[column]

    def moment(self, at: str) -> str:
        """Return a time of the trail on the clinic's clocks."""
        here = dt.datetime.fromisoformat(at).astimezone(self._zone)
        return show_date(PartialDate.of(here.replace(second=0, microsecond=0, tzinfo=None)))


class PastCard(QWidget):
    """The recodings of the clinic; U undoes the chosen one after a question."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recodings")
        self.setAccessibleName(_("Coded together"))
        self._desk = desk
        self.model = PastModel(desk.app.context.zone, self)
        self.table = Table(_("Events that were coded together"), self)
        self.table.setModel(self.model)
        self.table.passed_on = "U"
        self.none = label(_("Nothing was coded together yet."), "caption", self)
        self.told = label(kind="caption", parent=self, wrap=True)
        self.undo = Button(_("Undo this recoding"), self, key="U")
        self.undo.setObjectName("recodings.undo")
        self.strip = ProgressStrip(self)
        self._build()
        self.undo.clicked.connect(self.ask)
        self.table.selectionModel().currentRowChanged.connect(self._show_state)
        self._on_found(())

    def refresh(self) -> None:
        """Read the recodings again."""
        shown = while_alive(self, self._on_found)
        self._desk.read(self._desk.app.recodings.all, shown)

    # --- building

    def _build(self) -> None:
        frame: QFrame = card(self)
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(label(_("Coded together"), "strong", frame))
        column.addWidget(self.none)
        column.addWidget(self.table)
        column.addWidget(self.strip)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addWidget(self.told, 8)
        foot.addStretch(1)
        column.addLayout(foot)
        self.table.set_widths(_WIDTHS)
        self.table.setMinimumHeight(px(LEAST_TABLE))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    # --- showing

    def _on_found(self, found: tuple[PastRecoding, ...]) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.show(found)
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        self.undo.setVisible(bool(found))
        if found:
            self.table.selectRow(min(row, len(found) - 1))
        self._show_state()

    def _chosen(self) -> PastRecoding | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _show_state(self, *_rows: object) -> None:
        chosen, may = self._chosen(), self._desk.app.recodings.may_undo
        self.undo.setEnabled(may and chosen is not None and chosen.stands)
        words = "" if may or chosen is None else for_whom(Deed.RECODE)
        if chosen is not None and not chosen.stands:
            words = _("Undone {when} by {who}").format(
                when=self.model.moment(chosen.undone_at), who=chosen.undone_by
            )
        self.told.setText(words)
        self.told.setVisible(bool(words))

    # --- putting back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().upper() == "U" and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.ask()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Ask whether the chosen recoding is to be put back."""
        chosen = self._chosen()
        if chosen is None or not self.undo.isEnabled():
            return
        text = _(
            "{n:,} events get again what they had before {name} {version}. Reports that were sent "
            "stay as they are."
        ).format(n=len(chosen.lines), name=_(chosen.terminology.words), version=chosen.edition)
        question = Question(
            title=_("Undo this recoding?"), text=text, act=_("Undo it"), keep=_("Leave it")
        )
        self._desk.ask.confirm(question, lambda: self._put_back(chosen))

    def _put_back(self, chosen: PastRecoding) -> None:
        recodings = self._desk.app.recodings

        def work(progress: Progress) -> tuple[Event, ...]:
            return recodings.undo(chosen.number, progress)

        def done(events: tuple[Event, ...]) -> None:
            words = _("{n:,} events have again what they had before {name} {version}.")
            name = _(chosen.terminology.words)
            self._desk.toast(words.format(n=len(events), name=name, version=chosen.edition))
            self.refresh()

        again = while_alive(self, self.refresh)
        job = self._desk.write_watched(
            work,
            while_alive(self, done),
            on_failed=lambda _error: again(),
            on_cancelled=again,
        )
        self.strip.watch(job, _("Putting the codes back"))
