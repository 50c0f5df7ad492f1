"""The strip that shows what the readings propose: three equal buttons, and a person decides.

It pushes the content up and covers nothing, takes no focus by itself, and is read out once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.codelists.session import NotAnEvent
from aeapp.domain.coding.grades import TermGrades
from aeapp.domain.records import Event, Proposal
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.chair.grade_lines import sentences_of
from forms.chair.proposal_words import course_words, finding_words
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Icon, label
from forms.widgets.options import ChipRow, Option

GAPS = 84  # of the icon, the edges and what parts them
HEIGHT = 56
ONE_LINE_FROM = 960
# A window this low has no height to spare for more than the line of numbers.
LOW_BELOW = 560
MOST_EVENTS = 9
# How long a key that is pressed after a worse finding came up still meant the one before.
MEANT_ANOTHER_MS = 800
REASON_KEYS = {
    NotAnEvent.ARTEFACT: "A",
    NotAnEvent.CUFF: "C",
    NotAnEvent.WRONG_PATIENT: "W",
    NotAnEvent.NO_CHANGE: "N",
}


class ProposalStrip(QFrame):
    """Shows the worst open proposal of the session, and how many wait behind it.

    One that is being decided on stays until it is. A worse one that takes the place of another has
    its keys a moment later: a key that was already under way meant the other.

    Signals:
        accepted: It is an event; carries the proposal.
        merged: It belongs to an event that is recorded; carries the proposal and the event.
        dismissed: It is no event; carries the proposal and the reason.
        left: Esc was pressed, or it was decided; the row of readings comes next.
        asked: Another finding is shown, of which CTCAE may say the grades; carries its words.
    """

    accepted = Signal(object)
    merged = Signal(object, object)
    dismissed = Signal(object, object)
    left = Signal()
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("proposal")
        self.setProperty("kind", "strip")
        self.setProperty("state", "flag")
        self.setAccessibleName(_("Proposed event"))
        self._proposal: Proposal | None = None
        self._events: tuple[Event, ...] = ()
        self._zero: PartialDate | None = None
        self._told: set[str] = set()
        self._displaced = QElapsedTimer()
        self._choices: ChipRow | None = None
        self.finding = label(kind="strong", parent=self)
        self.course = label(parent=self, wrap=True)
        self.more = label(kind="strong", parent=self, wrap=True)
        self.basis = label(kind="caption", parent=self, wrap=True)
        self.grades = label(kind="caption", parent=self, wrap=True)
        self.grades.setObjectName("proposal.grades")
        self.grades.hide()
        self._graded, self._basis = "", ""
        self.question = label(kind="strong", parent=self)
        self.accept = Button(_("Accept"), self, key="Alt A")
        self.merge = Button(_("Merge with…"), self, key="Alt M")
        self.dismiss = Button(_("Not an event…"), self, key="Alt N")
        self.buttons = (self.accept, self.merge, self.dismiss)
        for button in self.buttons:
            button.installEventFilter(self)
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    # --- what the room uses

    def show_work(self, work: SessionWork) -> None:
        """Show the worst proposal that waits for a person; hide where none does."""
        shown = self._proposal
        waiting = self._ordered(work.watch.open())
        self._events = tuple(event for event in work.room.events if event.stands)
        self._zero = work.zero
        self._proposal = waiting[0] if waiting else None
        self._look_displaced(shown, waiting)
        if shown is not None and (self._proposal is None or self._proposal.id != shown.id):
            self._end_choice()
        if self._proposal is None:
            self.hide()
            return
        self._say(work, self._proposal, waiting[1:])
        self.show()
        for proposal in waiting:
            self._tell(work, proposal)

    def _ordered(self, waiting: Sequence[Proposal]) -> tuple[Proposal, ...]:
        """Return the proposals with the one in front that somebody is deciding on."""
        inside = self._choices is not None or any(button.hasFocus() for button in self.buttons)
        shown = self._proposal.id if inside and self._proposal is not None else ""
        return tuple(sorted(waiting, key=lambda proposal: proposal.id != shown))

    def _look_displaced(self, shown: Proposal | None, waiting: Sequence[Proposal]) -> None:
        if shown is not None and any(p.id == shown.id for p in waiting[1:]):
            self._displaced.restart()

    def forget(self) -> None:
        """Be ready for another session."""
        self._proposal, self._graded = None, ""
        self._told.clear()
        self._end_choice()

    def focus_first(self) -> None:
        """Put the focus into the strip, where single letters work."""
        if self._choices is not None:
            self._choices.focus_first()
        else:
            self.accept.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def act(self, letter: str) -> None:
        """Do what A, M or N stand for, if the strip is shown."""
        if self._proposal is None or self.isHidden():
            return
        if self._displaced.isValid() and self._displaced.elapsed() < MEANT_ANOTHER_MS:
            self.more.setText(_("A worse finding came first; look again, then press the key."))
            self.more.show()
            return
        if letter == "A":
            self._on_accept()
        elif letter == "M" and self.merge.isEnabled():
            self._on_merge()
        elif letter == "N":
            self._on_dismiss()

    # --- building

    def _build(self) -> None:
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(8)
        for told in (self.finding, self.course, self.question):
            # How many readings there are is never cut off.
            head.addWidget(told, 1 if told is self.course else 0)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(self.basis)
        words.addWidget(self.grades)
        words.addWidget(self.more)
        self._keys = QWidget(self)
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        for button in self.buttons:
            keys.addWidget(button)
        keys.addStretch(1)
        self._leave = QWidget(self)
        leave = QHBoxLayout(self._leave)
        leave.setContentsMargins(0, 0, 0, 0)
        leave.setSpacing(6)
        leave.addWidget(KeyCap("Esc", self))
        leave.addWidget(label(_("leave it open"), "caption", self))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(16, 6, 16, 6)
        self._line.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Icon("flag", "flag", 18, self), 0, Qt.AlignmentFlag.AlignVCenter)
        top.addLayout(words, 1)
        self._line.addLayout(top, 1)
        for part in (self._keys, self._leave):
            self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._leave.hide()
        self.question.hide()
        self.accept.clicked.connect(self._on_accept)
        self.merge.clicked.connect(self._on_merge)
        self.dismiss.clicked.connect(self._on_dismiss)

    def _say(self, work: SessionWork, proposal: Proposal, later: Sequence[Proposal]) -> None:
        seen = work.watch.witnesses(proposal)
        self.finding.setText(finding_words(proposal))
        self.course.setText(course_words(proposal, seen, work.watch.rules, work.zero))
        # What waits is named: it may be the graver finding.
        words = _("{n} more waits: {term}") if len(later) == 1 else _("{n} more wait, next: {term}")
        named = words.format(n=len(later), term=later[0].term or "") if later else ""
        self.more.setText(named)
        self.more.setVisible(bool(later))
        yours = _("The grade is yours; nothing is recorded until you accept.")
        self.say_basis(f"{proposal.basis or ''}. {yours}")
        self.merge.setEnabled(bool(self._events))
        self._ask_grades(proposal.term or "")
        self._fit()
        said = (self.finding.text(), self.course.text(), named)
        self.setAccessibleDescription(" ".join(part for part in said if part))

    def say_basis(self, words: str) -> None:
        """Say on what limits the proposal stands; who reads aloud is told all of it."""
        self._basis = words
        self.basis.setAccessibleName(words)
        self.basis.setToolTip(words)
        self._show_basis()

    def _ask_grades(self, term: str) -> None:
        if term != self._graded:
            self._graded = term
            self.grades.setText("")
            self.grades.hide()
            self.asked.emit(term)

    def show_grades(self, term: str, grades: Sequence[TermGrades]) -> None:
        """Show what each loaded edition of CTCAE says, if ``term`` is still shown; sets nothing."""
        if term != self._graded or self._proposal is None:
            return
        self.grades.setText("\n".join(sentences_of(one) for one in grades))
        self.grades.setVisible(bool(grades) and self._choices is None)
        self._fit()

    def _tell(self, work: SessionWork, proposal: Proposal) -> None:
        if proposal.id in self._told:
            return
        self._told.add(proposal.id)
        seen = work.watch.witnesses(proposal)
        words = course_words(proposal, seen, work.watch.rules, work.zero)
        announce(self, f"{finding_words(proposal)} {words}")

    # --- choosing

    def _ask(self, question: str, options: Sequence[Option]) -> None:
        self._end_choice()
        self.question.setText(question)
        chips = ChipRow(options, self)
        chips.name_all(question)
        self._choices = chips
        self._line.insertWidget(1, chips, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.course, self.more, self.basis, self.grades, self._keys):
            part.hide()
        self.question.show()
        self._leave.show()
        chips.focus_first()

    def _end_choice(self) -> None:
        if self._choices is None:
            return
        self._line.removeWidget(self._choices)
        self._choices.deleteLater()
        self._choices = None
        self.question.hide()
        self._leave.hide()
        for part in (self.course, self.basis, self._keys):
            part.show()
        self.grades.setVisible(bool(self.grades.text()))

    def _on_accept(self) -> None:
        if self._proposal is None:
            return
        inside = any(button.hasFocus() for button in self.buttons)
        self._end_choice()
        self.accepted.emit(self._proposal)
        if inside:
            # Its buttons are gone; the cursor must not be.
            self.left.emit()

    def _on_merge(self) -> None:
        newest = self._events[::-1][:MOST_EVENTS]
        options = [
            Option(value=event, text=self._event_words(event), key=str(n))
            for n, event in enumerate(newest, start=1)
        ]
        self._ask(_("Merge with which event?"), options)
        if self._choices is not None:
            self._choices.picked.connect(self._on_event_picked)

    def _event_words(self, event: Event) -> str:
        onset = event.onset if isinstance(event.onset, PartialDate) else None
        return f"{event.verbatim or ''} {minute_words(self._zero, onset)}".strip()

    def _on_event_picked(self, event: object) -> None:
        if self._proposal is not None:
            self._end_choice()
            self.merged.emit(self._proposal, event)

    def _on_dismiss(self) -> None:
        options = [
            Option(value=reason, text=_(reason.words), key=key)
            for reason, key in REASON_KEYS.items()
        ]
        self._ask(_("Why is it no event?"), options)
        if self._choices is not None:
            self._choices.picked.connect(self._on_reason_picked)

    def _on_reason_picked(self, reason: object) -> None:
        if self._proposal is not None:
            self._end_choice()
            self.dismissed.emit(self._proposal, reason)

    # --- keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self._end_choice()
            self.left.emit()
        elif self._choices is None and letter in ("A", "M", "N"):
            self.act(letter)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(ONE_LINE_FROM)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._fit()
        return super().eventFilter(watched, event)

    def _show_basis(self) -> None:
        """Say on what it stands: in a low window on one line, until the strip has the focus.

        Chart and grid above keep what little height there is.
        """
        low = self.window().height() < px(LOW_BELOW)
        whole = not low or any(button.hasFocus() for button in self.buttons)
        self.basis.setWordWrap(whole)
        room = max(1, self._words_width())
        line = self.basis.fontMetrics().elidedText(self._basis, Qt.TextElideMode.ElideRight, room)
        self.basis.setText(self._basis if whole else line)

    def _words_width(self) -> int:
        """Return how much of a line is left for words beside icon and buttons."""
        wide = self._line.direction() is QBoxLayout.Direction.LeftToRight
        keys = self._keys.sizeHint().width() if wide and not self._keys.isHidden() else 0
        return self.width() - keys - px(GAPS)

    def _fit(self) -> None:
        """Be as high as the words need at this width."""
        # How the readings went stands behind the finding where it has room on that line.
        course, directions = self.course, QBoxLayout.Direction
        whole = self.finding.sizeHint().width() + course.fontMetrics().horizontalAdvance(
            course.text()
        )
        below = whole + px(GAPS) > self._words_width() and not course.isHidden()
        self._head.setDirection(directions.TopToBottom if below else directions.LeftToRight)
        self._head.setSpacing(0 if below else 8)
        self._show_basis()
        # A layout that turns round does not tell the one around it.
        self.updateGeometry()
        self.setMinimumHeight(max(px(HEIGHT), self._line.heightForWidth(self.width())))
