"""The questions before the dose, and the bar that starts the clock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.chair.doses import giving_words
from aeapp.domain.chair.phases import Missing
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.session import CheckKind, Phase
from aeapp.kernel.i18n import _
from forms.chair.list_work import ListWork
from forms.chair.question_list import QuestionList
from forms.session_work import SessionWork
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

_BEFORE = (Phase.PLANNED, Phase.PRE_DOSE)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GateCard(QFrame):
    """Asks what the protocol asks before the dose; stays until every question is done with.

    Signals:
        answered, overridden: As of ``QuestionList``.
        routed: The route was told; carries it.
        finished: Nothing is left to ask.
        left: Esc was pressed.
    """

    answered = Signal(object, object)
    overridden = Signal(object, object)
    routed = Signal(object)
    finished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Before the dose"))
        self.waiting = 0
        self._title = label(_("Before the dose"), "strong", self)
        self._count = label(kind="caption", parent=self)
        self._no = KeyCap("N", self)
        self._why = label(_("asks why"), "caption", self)
        self._words = KeyCap("W", self)
        self._told = label(_("what was told"), "caption", self)
        self.list = QuestionList(self)
        self.list.setObjectName("gate.list")
        self.list.answered.connect(self.answered)
        self.list.overridden.connect(self.overridden)
        self.list.finished.connect(self.finished)
        self._route_words = label(
            _("How is the drug given? The list depends on it."), "label", self, wrap=True
        )
        self.routes = ChipRow(
            [
                Option(value=r, text=_(r.words), key=str(n))
                for n, r in enumerate(SessionRoute, start=1)
            ],
            self,
        )
        self.routes.name_all(_("Route"))
        self.routes.picked.connect(self.routed)
        self._build()

    def _build(self) -> None:
        # In a row where there is room, in two where the title is long.
        above = QWidget(self)
        above.setContentsMargins(12, 10, 12, 6)
        head = FlowLayout(above, gap=8)
        pairs = ((self._title, self._count), (self._no, self._why), (self._words, self._told))
        for pair in pairs:
            head.addWidget(_side_by_side(pair, above))
        route = QVBoxLayout()
        route.setContentsMargins(12, 0, 12, 10)
        route.setSpacing(8)
        route.addWidget(self._route_words)
        route.addWidget(self.routes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(above)
        column.addLayout(route)
        column.addWidget(self.list)

    def show_work(self, work: SessionWork) -> None:
        """Show the list of the session while something of it is open, or the dose is not given."""
        lists = work.lists
        sheet, known = lists.gate, lists.protocol is not None
        home = lists.before is CheckKind.HOME
        title = _("Before the dose, at home") if home else _("Before the dose")
        self._title.setText(title)
        self._count.setText(
            _("{done} of {all}").format(done=sheet.answered, all=len(sheet.rows)) if known else ""
        )
        self._route_words.setVisible(not known)
        self.routes.setVisible(not known)
        for hint in (self._words, self._told):
            hint.setVisible(known)
        self._no.setVisible(known)
        self._why.setVisible(known)
        self.list.setVisible(known)
        self.list.show_sheet(sheet, lists.ask.overriders)
        self.waiting = len(sheet.to_ask)
        waits = lists.phase in _BEFORE or not lists.gate_open
        self.setVisible(not work.over and waits)

    def focus_first(self) -> None:
        """Put the focus on the first open question."""
        if self.list.isVisibleTo(self):
            self.list.focus_first()
        else:
            self.routes.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _side_by_side(parts: Sequence[QWidget], parent: QWidget) -> QWidget:
    """Return what belongs together, so that no new row parts it."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return holder


def missing_words(lists: ListWork) -> str:
    """Return what the clock still waits for, in the order in which it is usually done."""
    still = len(lists.gate.to_ask)
    answers = _("1 answer") if still == 1 else _("{count} answers").format(count=still)
    words = {
        # What a reading answers comes with the pressure.
        Missing.GATE: answers if still else _("the route") if lists.protocol is None else "",
        Missing.DOSE: _("the dose"),
        Missing.BASELINE: _("a pressure before the dose"),
    }
    needs = [words[what] for what in lists.missing if words[what]]
    return _("Needs {what}").format(what=", ".join(needs))


class StartBar(QFrame):
    """Says what the clock waits for, and starts it.

    Signals:
        started: The clock is to start.
        wanted: Something is missing; carries what.
        taken_back: The dose is to be filled in anew.
        left: Esc was pressed.
    """

    started = Signal()
    wanted = Signal(object)
    taken_back = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Start the clock"))
        self._missing: tuple[Missing, ...] = ()
        self._dose = label(kind="strong", parent=self, wrap=True)
        self.needs = label(kind="caption", parent=self, wrap=True)
        self.needs.setObjectName("start.needs")
        self.change = Button(_("Change"), self, kind="small")
        self.change.setObjectName("start.change")
        self.change.clicked.connect(self.taken_back)
        self.go = Button(_("Start the clock"), self, kind="main", key="Enter")
        self.go.setObjectName("start.go")
        self.go.clicked.connect(self._on_go)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._dose, 1)
        upper.addWidget(self.change)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.needs, 1)
        lower.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(lower)

    def show_work(self, work: SessionWork) -> None:
        """Show what is prepared and what is missing; hidden once the clock runs."""
        lists = work.lists
        dose = lists.prepared
        self._missing = lists.missing
        self._dose.setVisible(dose is not None)
        self.change.setVisible(dose is not None)
        if dose is not None:
            lot = _("lot {number}").format(number=dose.lot.number) if dose.lot else ""
            words = giving_words(dose.giving, dose.product)
            self._dose.setText(", ".join(part for part in (words, lot) if part))
        ready = _("Gate, dose and baseline are done.")
        self.needs.setText(missing_words(lists) if self._missing else ready)
        self.go.setAccessibleDescription(self.needs.text())
        self.setVisible(not work.over and lists.phase in _BEFORE)

    def _on_go(self) -> None:
        if self._missing:
            self.wanted.emit(self._missing[0])
        else:
            self.started.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._on_go()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
