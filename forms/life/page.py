"""Versions of one report: where it stands and what is next, what was sent, what differs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.lifecycle import SignatureMeaning, VersionNature
from aeapp.domain.lifecycle import Act, Transition, corrections, state_of, who_may
from aeapp.domain.recipients import Owed
from aeapp.domain.records import Question, Report
from aeapp.domain.sending import ELSEWHERE
from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from aeapp.services.lifecycle import BACK, Standing
from aeapp.services.versions import Comparison
from forms.alive import while_alive
from forms.desk import Desk
from forms.life.asking import QuestionLine
from forms.life.owed import owed_line
from forms.life.parts import VersionsParts
from forms.life.reading import LifeRead, read_life
from forms.life.words import blocked_words, standing_words, usual_reasons, version_words
from forms.practice import password_hint
from forms.widgets.buttons import Button
from forms.widgets.entry import fill, two_lines
from forms.widgets.scrolling import reveal

Go = Callable[[Callable[[], None]], None]
# Items that no field of a form shows: the steps of a report's life set them.
MENDED_HERE = frozenset({"report.news", "report.destination"})


class VersionsPage(VersionsParts):
    """Shows and leads the life of one report.

    Args:
        save: Stores what is open, then calls what it is given.

    Signals:
        changed: The report stands elsewhere now; the page of it is to be read again.
        counted: How many versions there are.
        painted: What each item was in the newest version, by path.
        signed: Somebody signed what is approved now; carries who, meaning, time and hash, and
            whether the records changed since.
        submit_asked: Sending is to be recorded, in the log; carries who is owed it, or None.
        picked: A difference was opened; carries the path of its item.

    Attributes:
        last: The step that can still be taken back.
        blocking: How many findings block the report, as far as that is known.
    """

    changed = Signal()
    counted = Signal(int)
    painted = Signal(object)
    submit_asked = Signal(object)
    signed = Signal(str, bool)
    picked = Signal(str)

    def __init__(self, desk: Desk, report_id: str, save: Go, parent: QWidget | None = None) -> None:
        super().__init__(desk, report_id, parent)
        self._desk, self._report_id, self._save = desk, report_id, save
        self._standing: Standing | None = None
        self._owed: tuple[Owed, ...] = ()
        self._asked: Act | None = None
        self._wanted: Act | None = None
        self.last: Act | None = None
        self.blocking = 0
        self.signing.signed.connect(self._on_signed)
        self.correcting.begun.connect(self._on_begun)
        self.reason.answered.connect(self._on_reason)
        self.question.asked.connect(self._on_asked)
        self._question_button.clicked.connect(self.ask)
        self.differences.picked.connect(self.picked)
        self.differences.asked.connect(self._on_compare)
        self.differences.paper_asked.connect(self._on_paper)
        self.paper.left.connect(self._on_paper_left)

    def _to_differences(self) -> None:
        if not self._wide:
            self._parts.show_part(self._right)
        self.differences.focus_first()

    def show_paper(self) -> None:
        """Show what differs as a paper, where something was sent."""
        if not self._wide:
            self._parts.show_part(self._right)
        self.differences.ask_paper()

    def _on_paper(self, compared: object) -> None:
        assert isinstance(compared, Comparison)  # noqa: S101 - it is what the signal carries
        self._right.setCurrentWidget(self.paper)
        number = self._standing.report.number if self._standing else ""
        self.paper.show_comparison(compared, number or "")

    def _on_paper_left(self) -> None:
        self._right.setCurrentWidget(self.differences)
        self._to_differences()

    # --- reading

    def refresh(self) -> None:
        """Read again what is stored."""
        app, report_id = self._desk.app, self._report_id

        self._desk.read(lambda: read_life(app, report_id), while_alive(self, self._show))

    def _show(self, read: LifeRead) -> None:
        self._standing, self._owed = read.standing, read.owed
        self._show_standing(read.standing)
        lines = [two_lines(*version_words(line), self) for line in reversed(read.lines)]
        lines += [owed_line(owed, self._record_to(owed), self) for owed in read.owed]
        if read.standing.elsewhere:
            lines.append(two_lines(_(ELSEWHERE), "", self))
        fill(self._versions, lines or [two_lines(_("Nothing is recorded as sent."), "", self)])
        asked = [self._question(question) for question in read.questions]
        fill(self._questions, asked or [two_lines(_("Nobody was asked."), "", self)])
        numbers = [line.version.number or 0 for line in read.lines]
        if read.compared is not None:
            self._show_compared(numbers, read.compared)
        self.painted.emit(read.compared.painted if read.compared else {})
        self.counted.emit(len(read.lines))
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.begin(wanted)

    def _show_compared(self, numbers: list[int], compared: Comparison) -> None:
        self.differences.show_versions(numbers, (compared.older, compared.newer or 0))
        self.differences.show_comparison(compared)

    def _show_standing(self, standing: Standing) -> None:
        state, facts, signed = standing_words(standing)
        self._state.setText(state)
        self._facts.setText(facts)
        if state_of(standing.report) is ReportState.READY and signed:
            self.signed.emit(signed, standing.outdated)
        self._flow.clear()
        steps = [self._step(way, main=n == 0) for n, way in enumerate(standing.ways)]
        own = Button(_("Owner"), self._steps, kind="small", key="O")
        own.clicked.connect(self.ask_owner)
        for button in (*steps, own):
            self._flow.addWidget(button)
            button.show()

    def _step(self, way: Transition, *, main: bool) -> Button:
        kind = "main" if main else "small"
        button = Button(_(way.words), self._steps, kind=kind, key=way.key)
        button.setObjectName(f"step.{way.act.value}")
        button.clicked.connect(partial(self._on_step, way.act))
        return button

    def _record_to(self, owed: Owed) -> Callable[..., None] | None:
        return partial(self._on_copy, owed) if self._desk.app.sending.may_record else None

    def _on_copy(self, owed: Owed, *_pressed: object) -> None:
        self.submit_asked.emit(owed)

    def _question(self, question: Question) -> QWidget:
        line = QuestionLine(question, self)
        line.answered.connect(self._on_answered)
        line.tried.connect(self._on_tried)
        return line

    # --- keys and steps

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper() if self.hasFocus() else ""
        ways = self._standing.ways if self._standing else ()
        way = next((w for w in ways if letter and w.key == letter), None)
        others: dict[str, Callable[[], None]] = {
            "Q": self.ask,
            "O": self.ask_owner,
            "D": self._to_differences,
            "P": self.show_paper,
        }
        undo = event.key() == Qt.Key.Key_Z
        if undo and event.modifiers() == Qt.KeyboardModifier.ControlModifier and self.last:
            self.take_back()
        elif way is not None:
            self.begin(way.act)
        elif letter in others:
            others[letter]()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the keyboard on the page, where letters are steps."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_step(self, act: Act, *_pressed: object) -> None:
        self.begin(act)

    def why_not(self, act: Act) -> str:
        """Return why a step cannot be begun now; "" where it can, or nobody knows yet."""
        standing = self._standing
        if standing is None or any(way.act is act for way in standing.ways):
            return ""
        if other := next((way for way in standing.others if way.act is act), None):
            return _("a step of {who}").format(who=who_may(other))
        return _("not now: {state}").format(state=standing.words)

    def begin(self, act: Act) -> None:
        """Begin a step; one that asks for something asks for it first."""
        standing = self._standing
        if standing is None:
            self._wanted = act
            return
        way = next((w for w in standing.ways if w.act is act), None)
        if way is None:
            return
        self._hide_forms()
        if act is Act.SUBMIT:
            self.submit_asked.emit(None)
        elif way.signed and self.blocking:
            # Before the password: it would be refused after it.
            self._desk.toast(blocked_words(self.blocking))
        elif way.signed:
            self._save(self._sign)
        elif act is Act.CORRECT:
            self._ask_correction(standing)
        elif way.reason or (act is Act.CLOSE and self._owed):
            self._asked = act
            self.reason.ask(_("{step}: why?").format(step=_(way.words)), usual_reasons(act))
            reveal(self.reason)
        else:
            self._do(act, "")

    def _hide_forms(self) -> None:
        for form in self._forms:
            form.hide()

    def _sign(self) -> None:
        app = self._desk.app
        meanings = self._standing.meanings if self._standing else ()
        self.signing.ask(app.who.name or "", password_hint(app), meanings)
        reveal(self.signing)

    def _ask_correction(self, standing: Standing) -> None:
        newest = standing.versions[-1:]
        nullified = bool(newest) and newest[0].nature is VersionNature.NULLIFICATION
        told = _("Who has the newest version is named again when this one is recorded as sent.")
        self.correcting.ask(corrections(nullified=nullified), told)
        reveal(self.correcting)

    def ask(self, *_args: object) -> None:
        """Begin a question to a colleague."""
        self._hide_forms()
        self._desk.read(self._desk.app.lifecycle.colleagues, while_alive(self, self._on_colleagues))

    def _on_colleagues(self, names: tuple[str, ...]) -> None:
        self.question.ask(names)
        reveal(self.question)

    def ask_owner(self, *_args: object) -> None:
        """Ask who brings the report to its end."""
        self._hide_forms()

        def done(names: tuple[str, ...]) -> None:
            self._asked = None
            self.reason.ask(_("Who brings it to its end?"), names[:6])
            reveal(self.reason)

        self._desk.read(self._desk.app.lifecycle.colleagues, while_alive(self, done))

    # --- storing

    def _on_reason(self, words: str) -> None:
        act, self._asked = self._asked, None
        if act is not None:
            self._do(act, words)
            return
        lifecycle = self._desk.app.lifecycle

        def done(_stored: Report) -> None:
            self._desk.toast(_("Owner: {name}").format(name=words))
            self.changed.emit()

        self._write(lambda: lifecycle.assign(self._report_id, words), done)

    def _do(self, act: Act, reason: str) -> None:
        lifecycle = self._desk.app.lifecycle

        def done(stored: Report) -> None:
            self.last = act if act in BACK else None
            self._desk.toast(_("The report is: {state}").format(state=_(state_of(stored).words)))
            self.changed.emit()

        self._save(lambda: self._write(lambda: lifecycle.act(self._report_id, act, reason), done))

    def take_back(self) -> None:
        """Take the last step back; what was sent is never taken back."""
        act, self.last = self.last, None
        lifecycle = self._desk.app.lifecycle
        if act is None:
            return

        def done(stored: Report) -> None:
            self._desk.toast(_("Undone: {state}").format(state=_(state_of(stored).words)))
            self.changed.emit()

        self._write(lambda: lifecycle.take_back(self._report_id, act), done)

    def _on_signed(self, password: str, meaning: object) -> None:
        assert isinstance(meaning, SignatureMeaning)  # noqa: S101 - it is what the form carries
        lifecycle = self._desk.app.lifecycle

        def work() -> object:
            # What is refused here is said in the form: a wrong password is no trouble to report.
            try:
                return lifecycle.approve(self._report_id, password, meaning)
            except AppError as error:
                return error

        def done(stored: object) -> None:
            if isinstance(stored, AppError):
                self.signing.ask_again(f"{_(stored.message)} {_(stored.remedy)}")
                return
            self.signing.hide()
            self.last = Act.APPROVE
            self._desk.toast(_("Signed."))
            self.changed.emit()

        self._write(work, done)

    def _on_begun(self, nature: object, news: str) -> None:
        assert isinstance(nature, VersionNature)  # noqa: S101 - it is what the form carries
        lifecycle = self._desk.app.lifecycle

        def done(_stored: Report) -> None:
            self.correcting.hide()
            self.last = Act.CORRECT
            self._desk.toast(_("A further version has begun; what was sent stays as it is."))
            self.changed.emit()

        self._write(lambda: lifecycle.correct(self._report_id, nature, news), done)

    def _on_asked(self, question: Question) -> None:
        questions = self._desk.app.questions

        def done(_stored: Question) -> None:
            self.question.hide()
            self._told(_("Question kept; it stands in the list until it is answered."))

        self._write(
            lambda: questions.ask(
                self._report_id, question.words or "", question.to or "", question.due
            ),
            done,
        )

    def _on_answered(self, question_id: str, words: str) -> None:
        questions = self._desk.app.questions
        self._write(
            lambda: questions.answer(question_id, words), lambda _q: self._told(_("Answer kept."))
        )

    def _on_tried(self, question_id: str, words: str) -> None:
        questions = self._desk.app.questions
        self._write(
            lambda: questions.try_again(question_id, words), lambda _q: self._told(_("Try kept."))
        )

    def _told(self, words: str) -> None:
        self._desk.toast(words)
        self.setFocus()
        self.refresh()

    def _write(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.write(work, while_alive(self, done))

    def _on_compare(self, older: int, newer: int) -> None:
        versions, numbers = self._desk.app.versions, self._standing
        if numbers is None:
            return
        known = [v.number or 0 for v in numbers.versions]
        self._desk.read(
            lambda: versions.compare(self._report_id, older, newer or None),
            while_alive(self, partial(self._show_compared, known)),
        )
