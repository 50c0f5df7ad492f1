"""The safety strip: who was told, what was asked, the plan, the time; or who takes it over.

A digit takes one of the sentences below the line, or words are typed. It covers nothing, and the
session is closed only when it is filled or a named colleague has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.records import SafetyReview
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.announce import announce
from forms.chair.moment_typed import moment_typed
from forms.desk import Desk
from forms.models.vitals import time_words
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, Note, label
from forms.widgets.options import ChipRow, Option

ASKED = (
    N_("Asked about thoughts, plan, means and intent: no plan, no intent"),
    N_("Asked about thoughts, plan, means and intent: plan or intent told"),
    N_("Asked; the patient does not want to talk about it"),
)
PLANS = (
    N_("Stays until the clinician has seen the patient"),
    N_("Safety plan gone through; goes home with the escort"),
    N_("Emergency service called; somebody stays with the patient"),
)
_MOST = 9
_FIELDS = ("told", "asked", "plan", "at")


class PickLine(QLineEdit):
    """Takes words; in the empty line a digit takes the sentence of that number.

    Signals:
        digit: A digit was pressed in the empty line.
    """

    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.text() and event.text() in tuple("123456789"):
            self.digit.emit(int(event.text()))
        else:
            super().keyPressEvent(event)


class SafetyStrip(QFrame):
    """Asks the four facts of the oldest open strip.

    Signals:
        stored: A strip was filled or handed over; carries it.
        left: Esc was pressed; it stays open.
    """

    stored = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("safety")
        self.setProperty("kind", "strip")
        self.setProperty("state", "overdue")
        self.setAccessibleName(_("Safety"))
        self._desk = desk
        self._review: SafetyReview | None = None
        self._people: tuple[str, ...] = ()
        self._handing = False
        self._before_handing = ""
        # What was typed and not recorded yet, by strip.
        self._drafts: dict[str, dict[str, str]] = {}
        self._busy = False
        self._told: set[str] = set()
        self.cause = label(kind="strong", parent=self, wrap=True)
        self.cause.setObjectName("safety.cause")
        self.more = label(kind="caption", parent=self)
        self.lines = {name: self._line(name) for name in _FIELDS}
        self.note = Note(self)
        self.record = Button(_("Record"), self, kind="main", key="Enter")
        self.record.setObjectName("safety.record")
        self.record.clicked.connect(self._on_record)
        self.hand = Button(_("Hand over…"), self, shortcut="Alt+H")
        self.hand.setObjectName("safety.hand")
        self.hand.clicked.connect(self._on_hand)
        self._chips: ChipRow | None = None
        self._build()
        self.hide()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self) if name == "at" else PickLine(self)
        line.setObjectName(f"safety.{name}")
        line.setAccessibleName(_(_WORDS[name]))
        line.setMaxLength(2000)
        line.installEventFilter(self)
        line.returnPressed.connect(self._on_entered)
        if isinstance(line, PickLine):
            line.digit.connect(self._on_digit)
        return line

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("overdue", "overdue", 18, self))
        head.addWidget(self.cause, 1)
        head.addWidget(self.more)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, (name, stretch) in enumerate(zip(_FIELDS, (2, 4, 4, 1), strict=True)):
            caption = label(_(_WORDS[name]), "caption", self)
            caption.setBuddy(self.lines[name])
            grid.addWidget(caption, 0, column)
            grid.addWidget(self.lines[name], 1, column)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(self.record, 1, 4)
        grid.addWidget(self.hand, 1, 5)
        self._offers = QHBoxLayout()
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(16, 8, 16, 8)
        column_of.setSpacing(6)
        column_of.addLayout(head)
        column_of.addLayout(grid)
        column_of.addLayout(self._offers)
        column_of.addWidget(self.note)
        self.lines["at"].setPlaceholderText(_("now"))
        self._say("")

    def _say(self, words: str, look: str = "") -> None:
        self.note.say(words, look)
        self.note.setVisible(bool(words))

    # --- what its owner uses

    def show_reviews(self, reviews: Sequence[SafetyReview], prescriber: str = "") -> None:
        """Show the oldest strip that waits; hide where none does."""
        waiting = [r for r in reviews if r.is_open]
        before = self._review
        # What nobody has taken over comes first.
        waiting.sort(key=lambda r: bool(r.handed_to))
        shown = waiting[0] if waiting else None
        if before is not None and (shown is None or shown.id != before.id):
            self._drafts[before.id] = self._typed()
        for review in reviews:
            if not review.is_open:
                self._drafts.pop(review.id, None)
        self._review = shown
        if shown is None:
            self.hide()
            return
        if before is None or before.id != shown.id:
            self._empty()
            for name, words in self._drafts.pop(shown.id, {}).items():
                self.lines[name].setText(words)
            self._read_people(prescriber)
        self.cause.setText(_("Safety: {cause}").format(cause=shown.cause or ""))
        self.more.setText(self._more_words(len(waiting)))
        self.show()
        if shown.id not in self._told:
            self._told.add(shown.id)
            announce(self, self.cause.text(), assertive=True)

    def _more_words(self, count: int) -> str:
        assert self._review is not None  # noqa: S101 - shown only with one
        words = []
        if self._review.handed_to:
            words.append(_("with {who}, still open").format(who=self._review.handed_to))
        if count > 1:
            words.append(_("{n} more wait").format(n=count - 1))
        return ", ".join(words)

    def _read_people(self, prescriber: str) -> None:
        app = self._desk.app

        def done(names: tuple[str, ...]) -> None:
            first = [prescriber] if prescriber else []
            self._people = tuple(dict.fromkeys([*first, *names]))[:_MOST]
            if self.lines["told"].hasFocus():
                self._offer("told")

        self._desk.read(app.safety.colleagues, while_alive(self, done))

    def _empty(self) -> None:
        self._handing = False
        for line in self.lines.values():
            line.clear()
        self._say("")

    def _typed(self) -> dict[str, str]:
        """Return the facts as typed; who takes it over is none of them."""
        typed = {name: line.text() for name, line in self.lines.items()}
        return typed | {"told": self._before_handing} if self._handing else typed

    def focus_first(self) -> None:
        """Put the cursor into the first empty fact."""
        empty = (line for name, line in self.lines.items() if name != "at" and not line.text())
        next(empty, self.lines["at"]).setFocus()

    # --- offers

    def _sentences(self, name: str) -> tuple[str, ...]:
        if self._handing or name == "told":
            return self._people
        return tuple(_(s) for s in {"asked": ASKED, "plan": PLANS}.get(name, ()))

    def _offer(self, name: str) -> None:
        while taken := self._offers.takeAt(0):
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._chips = None
        sentences = self._sentences(name)
        if not sentences:
            return
        options = [Option(value=s, text=s, key=str(n)) for n, s in enumerate(sentences, start=1)]
        self._chips = ChipRow(options, self)
        question = _("Who takes it over") if self._handing else _(_WORDS[name])
        self._chips.name_all(question)
        self._chips.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chips.picked.connect(self._on_picked)
        self._offers.addWidget(label(question, "caption", self))
        self._offers.addWidget(self._chips, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            name = next((n for n, line in self.lines.items() if line is watched), "")
            if name and not self._handing:
                self._offer(name)
        return super().eventFilter(watched, event)

    @property
    def _current(self) -> str:
        return next((n for n, line in self.lines.items() if line.hasFocus()), "told")

    def _on_digit(self, digit: int) -> None:
        sentences = self._sentences(self._current)
        if digit <= len(sentences):
            self._on_picked(sentences[digit - 1])

    def _on_picked(self, sentence: object) -> None:
        if self._handing:
            self._hand_to(str(sentence))
            return
        empty = next((n for n in _FIELDS[:3] if not self.lines[n].text()), "told")
        name = self._current if self.lines[self._current].hasFocus() else empty
        self.lines[name].setText(str(sentence))
        self.lines[name].setCursorPosition(0)
        self.focus_first()

    def _on_entered(self) -> None:
        if self._handing:
            self._hand_to(self.lines["told"].text())
        elif self._current == "at" or all(self.lines[n].text().strip() for n in _FIELDS[:3]):
            self._on_record()
        else:
            self.focus_first()

    # --- storing

    def _on_record(self) -> None:
        review, at = self._review, self._moment()
        if review is None or self._busy:
            return
        if self.lines["at"].text().strip() and at is None:
            self._say(_("Type a time that is past, such as 14:40."), "wrong")
            return
        told, asked, plan = (self.lines[n].text().strip() for n in _FIELDS[:3])
        if not (told and asked and plan):
            self._say(_("Say who was told, what was asked and the plan."), "wrong")
            self.focus_first()
            return
        safety = self._desk.app.safety
        self._store(lambda: safety.fill(review.id, told=told, asked=asked, plan=plan, at=at))

    def _moment(self) -> PartialDate | None:
        text = self.lines["at"].text().strip()
        return moment_typed(text, None, self._desk.app.context.now()) if text else None

    def _on_hand(self) -> None:
        if not self._handing:
            self._before_handing = self.lines["told"].text()
        self._handing = True
        self.lines["told"].clear()
        self.lines["told"].setFocus()
        self._offer("told")
        self._say(_("Choose who takes it over; it stays red on Today until it is filled."))

    def _end_handing(self) -> None:
        self._handing = False
        self.lines["told"].setText(self._before_handing)
        self._say("")
        self.focus_first()
        self._offer(self._current)

    def _hand_to(self, who: str) -> None:
        review, safety = self._review, self._desk.app.safety
        if review is not None and who.strip() and not self._busy:
            self._store(lambda: safety.hand_over(review.id, who))

    def _store(self, work: Callable[[], SafetyReview]) -> None:
        self._busy = True

        def done(review: SafetyReview) -> None:
            self._busy = False
            self._drafts.pop(review.id, None)
            if self._review is not None and self._review.id == review.id:
                self._empty()
            words = _("Safety recorded, {time}.").format(time=time_words(review.at))
            if not review.done:
                words = _("With {who} now; still open.").format(who=review.handed_to)
            self._desk.toast(words)
            self.stored.emit(review)

        def failed(_error: BaseException) -> None:
            self._busy = False

        self._desk.write(work, while_alive(self, done), while_alive(self, failed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._handing:
            self._end_handing()
        else:
            self.left.emit()


_WORDS = {
    "told": N_("Who was told"),
    "asked": N_("What was asked, and the answer"),
    "plan": N_("Plan"),
    "at": N_("Time"),
}
