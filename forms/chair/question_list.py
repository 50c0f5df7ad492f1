"""A list of questions with one current row: Y is the safe answer, N asks why in place.

Shows a sheet and tells what a person answered; what is stored is not its business.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.chair.gate import Row, Sheet, State
from aeapp.domain.codelists.session import Answer, AnswerSource
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.records import Check, Staff
from aeapp.kernel.i18n import _
from aeapp.services.gate import Answered
from forms.theme import repolish
from forms.widgets.buttons import Button
from forms.widgets.emptied import emptied
from forms.widgets.labels import Icon, hairline, label
from forms.widgets.options import ChipRow, Option
from forms.widgets.ringed import RingedFrame

DIGITS = 9
_LOOKS: dict[State, tuple[str, str]] = {
    State.UNANSWERED: ("open", "text3"),
    State.YES: ("ok", "ok"),
    State.NEEDS_REASON: ("flag", "flag"),
    State.REASONED: ("flag", "flag"),
    State.STOPS: ("blocked", "blocked"),
    State.OVERRIDDEN: ("flag", "flag"),
}
_KEYS: dict[str, Answer | NullFlavor] = {"Y": Answer.YES, "N": Answer.NO, "U": NullFlavor.UNK}


def answer_words(row: Row) -> str:
    """Return the answer of a row as it stands at its right."""
    if row.answer is None:
        return ""
    if isinstance(row.answer, NullFlavor):
        words = _(NULL_LABELS[row.answer]).lower()
    else:
        words = _(row.answer.words).lower()
    if row.state is State.OVERRIDDEN:
        return _("{answer}, overridden").format(answer=words)
    if row.answer is Answer.YES and row.is_told:
        return _("from the chart") if row.source is AnswerSource.CHART else _("from baseline")
    return words


def _told_to(row: Row) -> str | None:
    """Return what stands beside a new answer: the reading of now, and the words told so far."""
    known = row.check.told if row.check is not None else None
    if not row.by_reading:
        return known
    answered = row.check is not None and row.check.answer is not None
    return (row.shows if answered else row.told) or known


class QuestionRow(RingedFrame):
    """One question: how it stands, its words, what was told, and what it still demands.

    Signals:
        answered: A key or button answered; carries the answer.
        reasoned: The reason was given; carries its words.
        told: What stands behind the answer; carries its words.
        overridden: A person was named; carries the staff record.
    """

    answered = Signal(object)
    reasoned = Signal(str)
    told = Signal(str)
    overridden = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "")
        self._people: tuple[Staff, ...] = ()
        self._icon = Icon("open", "text3", 16, self)
        self._words = label(kind="body", parent=self, wrap=True)
        self._current_words = label(kind="strong", parent=self, wrap=True)
        self._told = label(kind="caption", parent=self, wrap=True)
        self._answer = label(kind="caption", parent=self)
        self.yes = Button(_("Yes"), self, key="Y", kind="small")
        self.no = Button(_("No"), self, key="N", kind="small")
        self.yes.clicked.connect(lambda: self.answered.emit(Answer.YES))
        self.no.clicked.connect(lambda: self.answered.emit(Answer.NO))
        self._basis = label(kind="caption", parent=self, wrap=True)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(500)
        self.reason.setPlaceholderText(_("why it goes on, in a few words"))
        self.reason.returnPressed.connect(self._on_reason)
        self.words = QLineEdit(self)
        self.words.setMaxLength(250)
        self.words.setPlaceholderText(_("what was told: a time, a name, a test"))
        self.words.returnPressed.connect(self._on_told)
        self.words.hide()
        self.stop = label(kind="note", parent=self, wrap=True)
        repolish(self.stop, state="wrong")
        self._chips: ChipRow | None = None
        self._build()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        for line_of_words in (self._words, self._current_words, self._told):
            words.addWidget(line_of_words)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        line.addWidget(self._answer)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 5, 12, 5)
        self._column.setSpacing(4)
        self._column.addLayout(line)
        self._column.addWidget(self._basis)
        self._column.addWidget(self.reason)
        self._column.addWidget(self.words)
        self._column.addWidget(self.stop)

    def show_row(self, row: Row, people: Sequence[Staff], *, current: bool) -> None:
        """Show a question as it stands; its keys stand on the current one only."""
        words = _(row.question.words or row.code)
        role, tint = _LOOKS[row.state]
        self._icon.show_role(role, tint)
        asks = current and row.state is not State.STOPS
        if row.state is not State.STOPS:
            # Tab stops at the answers again.
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part, text in ((self._words, words), (self._current_words, words)):
            part.setText(text)
        self._words.setVisible(not current)
        self._current_words.setVisible(current)
        self._show_told(row)
        said = answer_words(row)
        self._answer.setText(said)
        self._answer.setVisible(bool(said) and not (current and row.state is State.UNANSWERED))
        self.yes.setVisible(asks)
        self.no.setVisible(asks)
        self._show_demand(row, people, current=current)
        repolish(self, kind="entry" if current else "")
        answer = said or row.outdated or _("not answered")
        named = ", ".join(part for part in (words, answer) if part)
        self.setAccessibleName(named)
        for button in (self.yes, self.no):
            button.setAccessibleName(f"{button.text()}: {words}")
        if not current:
            self.words.hide()
        self.words.setAccessibleName(_("What was told: {question}").format(question=words))
        self.reason.setAccessibleName(_("Reason: {question}").format(question=words))

    def _show_told(self, row: Row) -> None:
        check = row.check
        parts = [_("comes with the baseline") if row.waits else row.told, row.outdated]
        if check is not None:
            parts += [check.reason or ""]
            if check.overridden_by:
                parts.append(_("goes on by {name}").format(name=check.overridden_by))
        told = ", ".join(part for part in parts if part)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _show_demand(self, row: Row, people: Sequence[Staff], *, current: bool) -> None:
        needs = current and row.state is State.NEEDS_REASON
        stops = current and row.state is State.STOPS
        self.reason.setVisible(needs)
        self._basis.setVisible(needs and bool(row.question.basis))
        self._basis.setText(row.question.basis or "")
        self.stop.setVisible(stops)
        self._show_people(people if stops else ())
        if stops and people:
            self.stop.setText(_("This stops the session. Who lets it go on?"))
        elif stops:
            self.stop.setText(
                _(
                    "This stops the session. Nobody here may let it go on: no prescriber or "
                    "compliance lead is entered under Clinic."
                )
            )

    def _show_people(self, people: Sequence[Staff]) -> None:
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        if self._chips is not None:
            self._column.removeWidget(self._chips)
            self._chips.hide()
            self._chips.deleteLater()
            self._chips = None
        if people:
            options = [
                Option(value=p, text=p.name or p.user_name or "", key=str(n) if n <= DIGITS else "")
                for n, p in enumerate(people, start=1)
            ]
            self._chips = ChipRow(options, self)
            self._chips.name_all(_("Who lets it go on"))
            self._chips.picked.connect(self.overridden)
            self._column.addWidget(self._chips)

    def focus_demand(self, state: State) -> None:
        """Put the focus on what is to be done about the question."""
        if state is State.NEEDS_REASON:
            self.reason.setFocus()
        elif state is State.STOPS and self._chips is not None:
            self._chips.focus_first()
        elif state is State.STOPS:
            # Nobody can be named; the keys must still be heard, to answer anew or go on.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setFocus()
        else:
            self.yes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_words(self, known: str) -> None:
        """Open the line for what was told."""
        self.words.setText(known)
        self.words.show()
        self.words.setFocus()

    def _on_told(self) -> None:
        self.words.hide()
        self.told.emit(" ".join(self.words.text().split()))

    def _on_reason(self) -> None:
        text = " ".join(self.reason.text().split())
        if text:
            self.reason.clear()
            self.reasoned.emit(text)


class QuestionList(QWidget):
    """The questions of one sheet.

    Signals:
        answered: Carries the question and an ``Answered``.
        overridden: Carries the stored answer and the person who lets the session go on.
        finished: The last question that a person sees to was done with.
    """

    answered = Signal(object, object)
    overridden = Signal(object, object)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet(())
        self._people: tuple[Staff, ...] = ()
        self._current = ""
        self._rows: dict[str, QuestionRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_sheet(self, sheet: Sheet, people: Sequence[Staff]) -> None:
        """Show the questions as they stand; the current one stays while it is open."""
        self.sheet, self._people = sheet, tuple(people)
        if [row.code for row in sheet.rows] != list(self._rows):
            self._make_rows()
        current = sheet.row(self._current)
        if current is None or not (current.state.is_open or self._holds_focus()):
            self._current = sheet.to_ask[0].code if sheet.to_ask else ""
        self._show()

    def focus_first(self) -> None:
        """Put the focus on the first open question, or on the first one where none is open."""
        rows = self.sheet.to_ask or self.sheet.open_rows or self.sheet.rows
        if rows:
            self.go_to(rows[0].code)

    def _holds_focus(self) -> bool:
        inside = QApplication.focusWidget()
        return inside is not None and self.isAncestorOf(inside)

    def _make_rows(self) -> None:
        emptied(self._column)
        self._rows = {}
        for row in self.sheet.rows:
            made = QuestionRow(self)
            made.setObjectName(f"question.{row.code}")
            made.answered.connect(lambda answer, code=row.code: self._on_answer(code, answer))
            made.reasoned.connect(lambda words, code=row.code: self._on_reason(code, words))
            made.told.connect(lambda words, code=row.code: self._on_told(code, words))
            made.overridden.connect(lambda who, code=row.code: self._on_override(code, who))
            self._column.addWidget(hairline(self))
            self._column.addWidget(made)
            self._rows[row.code] = made

    def _show(self) -> None:
        for row in self.sheet.rows:
            current = row.code == self._current
            self._rows[row.code].show_row(row, self._people, current=current)

    def go_to(self, code: str) -> None:
        """Make a question the current one and put the focus on what is to be done about it."""
        self._current = code
        self._show()
        row = self.sheet.row(code)
        if row is not None:
            self._rows[code].focus_demand(row.state)

    def _on_answer(self, code: str, answer: Answer | NullFlavor) -> None:
        row = self.sheet.row(code)
        if row is not None:
            agrees = row.by_reading and row.says in (None, answer)
            source = AnswerSource.READING if agrees and row.shows else AnswerSource.ASKED
            given = Answered(
                answer=answer, told=_told_to(row), source=source, reading=row.reading or None
            )
            self.answered.emit(row.question, given)
            self._after(code)

    def _on_reason(self, code: str, words: str) -> None:
        row = self.sheet.row(code)
        if row is not None and row.answer is not None:
            given = Answered(
                answer=row.answer,
                told=row.told or None,
                reason=words,
                source=row.source or AnswerSource.ASKED,
                reading=row.reading or None,
            )
            self.answered.emit(row.question, given)
            self._after(code)

    def _on_told(self, code: str, words: str) -> None:
        """Keep what was told; it is no answer, and changes none."""
        row = self.sheet.row(code)
        if row is not None:
            known = row.check or Check()
            given = Answered(
                answer=known.answer,
                told=words or None,
                reason=known.reason,
                source=known.source or AnswerSource.ASKED,
                reading=known.observation_id,
            )
            self.answered.emit(row.question, given)
            self._after(code)

    def _on_override(self, code: str, person: object) -> None:
        row = self.sheet.row(code)
        if row is not None and row.check is not None:
            self.overridden.emit(row.check, person)
            self._after(code)

    def _after(self, code: str) -> None:
        """Go to what is still to be done: of this question, else of the next open one."""
        row = self.sheet.row(code)
        if row is not None and row.state.is_open:
            self.go_to(code)
            return
        codes = [r.code for r in self.sheet.rows]
        start = codes.index(code) if code in codes else 0
        still = [r.code for r in self.sheet.to_ask]
        later = [c for c in still if codes.index(c) > start]
        if still:
            self.go_to((later or still)[0])
        else:
            self._current = ""
            self._show()
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = _KEYS.get(event.text().upper())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        row = self.sheet.row(self._current)
        typing = isinstance(self.focusWidget(), QLineEdit)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # Alt with an arrow moves a time of the card around the list.
            step = 0
        if answer is not None and row is not None and not typing:
            self._on_answer(row.code, answer)
        elif event.text().upper() == "W" and row is not None and not typing:
            self._rows[row.code].ask_words(row.check.told or "" if row.check else "")
        elif step and row is not None:
            codes = [r.code for r in self.sheet.rows]
            there = codes.index(row.code) + step
            if 0 <= there < len(codes):
                self.go_to(codes[there])
        else:
            super().keyPressEvent(event)
