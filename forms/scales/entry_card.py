"""A scale from paper: a digit an item and Enter; total, band and change stand there as it is typed.

The same card serves a session and the chart of a patient.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import read
from aeapp.domain.codelists.scales import Informant, ScoreMode
from aeapp.domain.items import spec_at
from aeapp.domain.records import Scale, ScaleWording, Score
from aeapp.domain.scales.scoring import item_words, scored, total_of
from aeapp.domain.scales.typing import TypedScale, read_typed
from aeapp.domain.scales.wording import wording_for
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.scales import Filled, PatientScales, Result
from forms import fonts
from forms.alive import while_alive
from forms.chair.moment_typed import moment_typed
from forms.desk import Desk
from forms.scales.item_boxes import ItemBoxes
from forms.scales.patient_page import PatientPage, Sitting
from forms.scales.words import (
    change_words,
    name_of,
    of_most,
    result_words,
    total_words,
    unasked_words,
)
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What the card offers: the scales in use, those due first, and what the patient has.

    Attributes:
        due: Codes of the scales that are due.
    """

    known: PatientScales
    due: tuple[str, ...]
    wordings: tuple[ScaleWording, ...]
    session_id: str = ""
    over: bool = False
    scales: tuple[Scale, ...] = field(default=(), compare=False)


def offer(app: App, patient_id: str, session_id: str = "", *, over: bool = False) -> Offer:
    """Read what the card offers; for a thread of reading."""
    known = app.scales.of_patient(patient_id)
    due = tuple(d.scale for d in app.schedules.due_for(patient_id))
    used = {s.scale for s in known.scores if s.stands}
    active = [s for s in known.scales if s.active]
    # What is due, then what this patient was asked before, then the order of the catalogue.
    active.sort(key=lambda s: (s.code not in due, s.code not in used))
    return Offer(known, due, app.scales.wordings(), session_id, over, tuple(active))


class ScaleCard(QFrame):
    """Takes one filled scale; hidden until it is asked for.

    Signals:
        filled: A scale is stored; carries a ``Result``.
        answered: The patient filled it on the screen, or gave the screen back.
        left: Esc was pressed.
    """

    filled = Signal(object)
    answered = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("scales")
        self.setAccessibleName(_("Scale"))
        self._desk = desk
        self._offer: Offer | None = None
        self._scale = Scale()
        self._for = ("", "")
        self._busy = False
        self._title = label(kind="caption", parent=self, wrap=True)
        self._chips: ChipRow | None = None
        self.line = named_line("scales.points", _("Points of the items"), 300, self)
        self.line.setFont(fonts.sized("figures"))
        self.line.setPlaceholderText(_("a digit an item; t and the total"))
        self.line.textEdited.connect(self._on_typed)
        self.boxes = ItemBoxes(self)
        self.total = label(kind="reading", parent=self)
        self.total.setObjectName("scales.total")
        self.meaning = label(kind="strong", parent=self, wrap=True)
        self.meaning.setObjectName("scales.meaning")
        self.next = label(kind="caption", parent=self, wrap=True)
        self.next.setObjectName("scales.next")
        self.note = Note(self)
        self.at = named_line("scales.at", _("Answered at"), 20, self)
        self.at.setPlaceholderText(_("now; or 14:40, or 2026-11-23"))
        self.reason = named_line("scales.reason", _("Why now"), 500, self)
        self.store = Button(_("Store"), self, kind="main", key="Enter")
        self.store.setObjectName("scales.store")
        self.store.clicked.connect(self._on_entered)
        self.chair = Button(_("Patient fills it…"), self, shortcut="Alt+P")
        self.chair.setObjectName("scales.chair")
        self.chair.clicked.connect(self._on_chair)
        for line in (self.line, self.at, self.reason):
            line.returnPressed.connect(self._on_entered)
        self._build()
        self.hide()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Scale"), "strong", self))
        head.addWidget(self._title, 1)
        head.addWidget(KeyCap("Esc", self))
        self._choices = QVBoxLayout()
        sums = QHBoxLayout()
        sums.setSpacing(10)
        sums.addWidget(self.total)
        sums.addWidget(self.meaning, 1)
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(label(_("Time"), "label", self))
        when.addWidget(self.at, 1)
        self._why = QWidget(self)
        why = QHBoxLayout(self._why)
        why.setContentsMargins(0, 0, 0, 0)
        why.addWidget(label(_("Why now"), "label", self._why))
        why.addWidget(self.reason, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.chair)
        foot.addStretch(1)
        foot.addWidget(self.store)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for part in (head, self._choices):
            column.addLayout(part)
        for widget in (self.line, self.boxes, self.next):
            column.addWidget(widget)
        column.addLayout(sums)
        column.addWidget(self.note)
        column.addLayout(when)
        column.addWidget(self._why)
        column.addLayout(foot)

    # --- what its owner uses

    def ask(self, patient_id: str, session_id: str = "", *, over: bool = False) -> None:
        """Show the card for a patient and put the cursor into the line."""
        app = self._desk.app
        self._offer = None
        self._show_for(patient_id, session_id)
        self.note.say("")
        self.show()
        self.line.setFocus()
        self._desk.read(
            lambda: offer(app, patient_id, session_id, over=over),
            while_alive(self, self._on_offer),
        )

    def _show_for(self, patient_id: str, session_id: str) -> None:
        """Begin anew for somebody else: what was typed for one is never stored for another."""
        if (patient_id, session_id) != self._for:
            self._for = (patient_id, session_id)
            self._empty()

    def _empty(self) -> None:
        for line in (self.line, self.at, self.reason):
            line.clear()
        self._show()

    def _on_offer(self, found: Offer) -> None:
        if (found.known.patient.id, found.session_id) != self._for:
            # Somebody else was asked about meanwhile.
            return
        self._offer = found
        self._why.setVisible(found.over)
        while taken := self._choices.takeAt(0):
            if (old := taken.widget()) is not None:
                old.deleteLater()
        options = [
            Option(value=s, text=name_of(s) + (" •" if s.code in found.due else ""))
            for s in found.scales
        ]
        self._chips = ChipRow(options, self)
        self._chips.name_all(_("Which scale"))
        self._chips.picked.connect(self._on_chosen)
        self._choices.addWidget(self._chips)
        QWidget.setTabOrder(self._chips, self.line)
        if found.scales:
            kept = next((s for s in found.scales if s.code == self._scale.code), None)
            self._on_chosen(kept if kept and self.line.text() else found.scales[0])

    # --- typing

    def _on_chosen(self, scale: object) -> None:
        if isinstance(scale, Scale):
            self._scale = scale
            if self._chips is not None:
                self._chips.show_chosen(frozenset({scale}))
            self._show()
            self.line.setFocus()

    def _on_typed(self, _text: str) -> None:
        self._show()

    def _typed(self) -> TypedScale:
        return read_typed(self._scale, self.line.text())

    def _show(self) -> None:
        typed, found = self._typed(), self._offer
        self.note.say(typed.problem, "wrong" if typed.problem else "")
        self.boxes.show_items(self._scale, typed.items)
        self.next.setText(self._next_words(typed))
        due = found is not None and self._scale.code in found.due
        self._title.setText(_("due") if due else "")
        over = found is not None and found.over
        self.chair.setEnabled(self._wording() is not None and not over)
        self._show_total(typed)

    def _next_words(self, typed: TypedScale) -> str:
        items = self._scale.items
        place = len(typed.items)
        if typed.problem or typed.total is not None or place >= len(items):
            return ""
        item = items[place]
        words = _("Next: item {item}, {low} to {high}").format(
            item=item_words(item), low=item.lowest, high=item.highest
        )
        return words if item.counted else _("{next}, may stay empty").format(next=words)

    def _show_total(self, typed: TypedScale) -> None:
        if self._offer is None or typed.problem or not (typed.items or typed.total is not None):
            self.total.setText("–")
            self.meaning.setText("")
            return
        score = self._echo(typed)
        result = self._offer.known.result_of(score)
        self.total.setText(total_words(score.total))
        words = [of_most(self._scale)] if score.total is not None else []
        words += [_(result.band)] if result.band else []
        if result.change is not None and result.baseline is not None:
            words.append(change_words(result.change, result.baseline.total))
        self.meaning.setText(", ".join(words))
        # While items are still typed nothing is missing yet.
        if typed.total is not None or not typed.left:
            self.note.say(*_said_beside(self._scale, score))

    def _echo(self, typed: TypedScale) -> Score:
        now = PartialDate.of(self._desk.app.context.now().replace(second=0, microsecond=0))
        return scored(self._scale, Score(at=now, items=typed.items, total=typed.total))

    # --- storing

    def _on_entered(self) -> None:
        typed, found = self._typed(), self._offer
        if found is None or self._busy:
            return
        at, problem = self._moment()
        if typed.problem or problem:
            self.note.say(typed.problem or problem, "wrong")
            return
        rated = self._scale.informant is Informant.RATER
        filled = Filled(
            scale=self._scale,
            patient_id=found.known.patient.id,
            session_id=found.session_id,
            items=typed.items,
            total=typed.total,
            at=at,
            mode=ScoreMode.INTERVIEW if rated else ScoreMode.PAPER,
            reason=self.reason.text().strip(),
        )
        scales = self._desk.app.scales
        self._busy = True
        self._desk.write(
            lambda: scales.fill(filled),
            while_alive(self, self._on_filled),
            while_alive(self, self._on_failed),
        )

    def _on_filled(self, result: Result) -> None:
        self._busy = False
        words = _("Stored: {result}.").format(result=result_words(result))
        self._desk.toast(words)
        if (result.score.patient_id, result.score.session_id) == self._for:
            self._empty()
            missing = unasked_words(result.scale, result.score)
            self.note.say(f"{words} {missing}".strip(), "flag" if missing else "ok")
        self.filled.emit(result)

    def _on_failed(self, _error: BaseException) -> None:
        # What was typed stays; the window shows what happened.
        self._busy = False

    def _moment(self) -> tuple[PartialDate | None, str]:
        text = self.at.text().strip()
        if not text:
            return None, ""
        now = self._desk.app.context.now()
        found = moment_typed(text, None, now) or read(spec_at(Score, "at"), text)
        if isinstance(found, PartialDate) and found.first_day() <= now.date():
            return found, ""
        return None, _("Type a day or a time that is past, such as 2026-11-23 or 14:40.")

    # --- the patient's own screen

    def _wording(self) -> ScaleWording | None:
        return wording_for(self._scale, self._offer.wordings) if self._offer else None

    def _on_chair(self) -> None:
        wording, found = self._wording(), self._offer
        if wording is None or found is None or found.over:
            return
        sitting = Sitting(self._scale, wording, found.known.patient.id, found.session_id)
        page = PatientPage(self._desk, sitting)
        page.stored.connect(while_alive(self, self.filled.emit))
        page.left.connect(while_alive(self, self._on_given_back))
        page.lock_asked.connect(self._desk.lock)
        self._desk.show_alone(page)

    def _on_given_back(self) -> None:
        self._desk.show_alone(None)
        self.answered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _said_beside(scale: Scale, score: Score) -> tuple[str, str]:
    """Return what is said beside a whole entry, and its look."""
    if missing := unasked_words(scale, score):
        return missing, "flag"
    return (total_of(scale, score.items).sentence, "info") if score.items else ("", "")
