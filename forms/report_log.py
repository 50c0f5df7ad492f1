"""The log of sending of one report: clocks, decisions, what went out, what was asked from outside.

The program sends nothing; here a person records what was sent or said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.access import Deed, for_whom
from aeapp.domain.clocks import RunningClock, clock_words
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Channel, RequestAnswer
from aeapp.domain.lifecycle import Act, transition, whose_words
from aeapp.domain.recipients import Owed
from aeapp.domain.records import Decision, Event, Request, Sending
from aeapp.domain.sending import held_words, sending_words
from aeapp.kernel.errors import AppError, RefusedError
from aeapp.kernel.i18n import _
from aeapp.services.acknowledging import Kept
from aeapp.services.sending import SendingLog
from forms.acknowledgements import Acknowledgements
from forms.alive import while_alive
from forms.chair.decision_work import store_choice
from forms.decision_row import Choice, DecisionRow
from forms.desk import Desk
from forms.receipt_form import ReceiptForm
from forms.request_form import RequestForm
from forms.sending_form import SendingForm
from forms.widgets.buttons import Button
from forms.widgets.entry import fill, two_lines, words_of
from forms.widgets.labels import hairline, label
from forms.widgets.scrolling import FollowingScroll, reveal

Go = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True, repr=False)
class _Read:
    """What the log shows of one report.

    Attributes:
        held: By version, what an export would have waited for when it was sent all the same.
    """

    log: SendingLog
    events: tuple[Event, ...]
    decisions: Mapping[str, Decision]
    clocks: tuple[RunningClock, ...]
    held: Mapping[str, tuple[str, ...]]
    answers: tuple[Kept, ...]


class ReportLog(QFrame):
    """Shows and takes the log of one report.

    Signals:
        changed: Something of the case was stored that the page does not show yet.
        counted: How many lines the log has.
    """

    changed = Signal()
    counted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        report_id: str,
        parent: QWidget | None = None,
        *,
        save: Go | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("report.log")
        self.setAccessibleName(_("Log of sending"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._case_id, self._report_id = desk, case_id, report_id
        # Stores what is open first: what is stored is what is frozen.
        self._save: Go = save or _at_once
        self.rows: dict[str, DecisionRow] = {}
        self._make_buttons()
        self._make_forms()
        self.answers = Acknowledgements(desk, report_id, self)
        self._clocks, self._decisions = QVBoxLayout(), QVBoxLayout()
        self._lines, self._requests = QVBoxLayout(), QVBoxLayout()
        self._build()
        self.refresh()

    def _make_buttons(self) -> None:
        """Make what asks for a line, and whose it is where it is not this person's."""
        self.call = Button(_("By telephone"), self, kind="small", key="P")
        self.call.clicked.connect(partial(self.ask, Channel.PHONE))
        self.sent = Button(_("Record sending"), self, kind="small", key="S")
        self.sent.clicked.connect(partial(self.ask, None))
        # Who may not is told so before anything is typed.
        self.whose = label(kind="caption", parent=self, wrap=True)
        may = self._desk.app.sending.may_record
        self.sent.setVisible(may)
        self.whose.setVisible(not may)
        self.whose.setText(whose_words([transition(Act.SUBMIT)]))
        self.request = Button(_("Request"), self, kind="small", key="Q")
        self.request.clicked.connect(self.ask_request)

    def _make_forms(self) -> None:
        """Make what takes a sending, what came back, and a question from outside."""
        now = self._desk.app.context.now
        self.form = SendingForm(now, self)
        self.form.recorded.connect(self._on_recorded)
        self.form.left.connect(self.setFocus)
        self.form.proof_asked.connect(partial(self._ask_proof, self.form.take_proof))
        self.receipt = ReceiptForm(self)
        self.receipt.came.connect(self._on_came)
        self.receipt.left.connect(self.setFocus)
        self.receipt.proof_asked.connect(partial(self._ask_proof, self.receipt.take_proof))
        self.asking = RequestForm(now, self)
        self.asking.taken.connect(self._on_taken)
        self.asking.left.connect(self.setFocus)

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(_("Clocks"), "strong", inside))
        column.addLayout(self._clocks)
        column.addWidget(hairline(inside))
        column.addWidget(label(_("Decisions"), "strong", inside))
        column.addLayout(self._decisions)
        column.addWidget(hairline(inside))
        column.addLayout(self._head(_("Log of sending"), self.call, self.sent))
        column.addWidget(self.whose)
        column.addWidget(self.form)
        column.addWidget(self.receipt)
        column.addLayout(self._lines)
        column.addWidget(hairline(inside))
        column.addWidget(self.answers)
        column.addWidget(hairline(inside))
        column.addLayout(self._head(_("Requests from outside"), self.request))
        column.addWidget(self.asking)
        column.addLayout(self._requests)
        column.addStretch(1)
        scroll = FollowingScroll(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scroll)

    def _head(self, title: str, *buttons: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(title, "strong", self), 1)
        for button in buttons:
            row.addWidget(button)
        return row

    # --- reading

    def refresh(self) -> None:
        """Read again what is stored."""
        app, case_id, report_id = self._desk.app, self._case_id, self._report_id

        def found() -> _Read:
            events = app.cases.gather(case_id, report_id).events
            return _Read(
                app.sending.log_of(report_id),
                events,
                app.deciding.of_events([e.id for e in events]),
                app.worklist.clocks_of_reports([case_id]).get(report_id, ()),
                {v.version.id: held_words(v.held) for v in app.versions.lines(report_id)},
                app.acknowledgements.of_report(report_id),
            )

        self._desk.read(found, while_alive(self, self._show))

    def _show(self, read: _Read) -> None:
        clocks = [two_lines(*_clock(clock), self) for clock in read.clocks]
        fill(self._clocks, clocks or [two_lines(_("No clock runs."), "", self)])
        self._show_decisions(read)
        lines = [
            self._sent(line, read.held.get(line.report_version_id, ()))
            for line in read.log.sendings
        ]
        fill(self._lines, lines or [two_lines(_("Nothing is recorded as sent."), "", self)])
        self.answers.show_lines(read.answers)
        asked = [self._asked(request) for request in read.log.requests]
        fill(self._requests, asked or [two_lines(_("Nobody has asked."), "", self)])
        self.counted.emit(len(read.log.sendings))

    def _sent(self, line: Sending, held: Sequence[str]) -> QWidget:
        """Return a line of the log, with a way to keep what it still lacks."""
        holder = two_lines(*_line(line, held), self)
        column = holder.layout()
        if column is not None and (line.reference_lacks or line.proof_lacks):
            button = Button(_("It came later…"), holder, kind="small")
            button.setObjectName("sending.later")
            button.setAccessibleName(f"{_('It came later…')} {_line(line, ())[0]}")
            button.clicked.connect(partial(self._on_later, line))
            column.addWidget(button)
            column.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _on_later(self, line: Sending, *_pressed: object) -> None:
        self.receipt.ask(line)
        reveal(self.receipt)

    def _show_decisions(self, read: _Read) -> None:
        for event in read.events:
            if event.id not in self.rows:
                row = self.rows[event.id] = DecisionRow(self)
                row.decided.connect(self._on_decided)
                row.left.connect(self.setFocus)
                if not self._desk.app.context.may(Deed.DECIDE):
                    row.show_whose(for_whom(Deed.DECIDE))
                self._decisions.addWidget(
                    label(event.verbatim or _("Event"), "label", self, wrap=True)
                )
                self._decisions.addWidget(row)
            self.rows[event.id].show_event(event, read.decisions.get(event.id))

    def _asked(self, request: Request) -> QWidget:
        holder = two_lines(*_request(request), self)
        column = holder.layout()
        assert column is not None  # noqa: S101 - made with one
        for n, question in enumerate(request.questions):
            if question.answer is None:
                column.addWidget(self._open_question(holder, request, n))
        return holder

    def _open_question(self, holder: QWidget, request: Request, n: int) -> QWidget:
        line = QWidget(holder)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        question = request.questions[n].question or ""
        row.addWidget(label(question, "label", line, wrap=True), 1)
        for answer in RequestAnswer:
            button = Button(_(answer.words), line, kind="small")
            button.setObjectName(f"request.{n}.{answer.value}")
            button.setAccessibleName(f"{_(answer.words)}: {question}")
            button.clicked.connect(partial(self._on_answered, request, n, answer))
            row.addWidget(button)
        return line

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[str, Callable[[], None]] = {
            "P": partial(self.ask, Channel.PHONE),
            "S": partial(self.ask, None),
            "Q": self.ask_request,
            "K": self.answers.ask,
        }
        act = acts.get(event.text().upper()) if self.hasFocus() else None
        act() if act is not None else super().keyPressEvent(event)

    def ask(self, channel: Channel | None, *_: object) -> None:
        """Begin a line of the log: a call, or with None something written, if this person may."""
        if channel is not Channel.PHONE and not self._desk.app.sending.may_record:
            return
        self.form.ask(channel)
        reveal(self.form)
        if channel is Channel.PHONE:
            self._tell_before()
        else:
            self._save(self._tell_before)

    def _tell_before(self) -> None:
        sending, report_id = self._desk.app.sending, self._report_id
        self._desk.read(lambda: sending.before(report_id), while_alive(self, self.form.show_before))

    def ask_copy(self, owed: Owed) -> None:
        """Begin a line about the newest version, gone to somebody who had the one before."""
        if not self._desk.app.sending.may_record:
            return
        self.form.ask(None, owed.destination, owed.person)
        reveal(self.form)
        self._save(self._tell_before)

    def ask_request(self) -> None:
        """Begin a request from outside."""
        self.asking.ask()
        reveal(self.asking)

    def focus_first(self) -> None:
        """Put the focus on a decision that is still to be made, else on the log."""
        undecided = next((r for r in self.rows.values() if not r.is_decided), None)
        (undecided or self).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- storing

    def _on_recorded(self, line: Sending) -> None:
        app, report_id, form = self._desk.app, self._report_id, self.form
        written = line.channel is not Channel.PHONE
        proof, why = (form.proof, words_of(form.unsigned) or "") if written else (None, "")

        def work() -> tuple[str, ...] | AppError:
            # What is refused is said in the form, where it can be mended.
            try:
                sent = app.sending.record(report_id, line, proof=proof, unsigned_because=why)
            except RefusedError as error:
                return error
            versions = app.versions.lines(report_id) if written else ()
            return tuple(
                words
                for v in versions
                if v.version.id == sent.report_version_id
                for words in held_words(v.held)
            )

        def done(held: tuple[str, ...] | AppError) -> None:
            if isinstance(held, AppError):
                form.refuse(f"{_(held.message)} {_(held.remedy)}")
                self._tell_before()
                return
            form.hide()
            kept = _("Recorded. It went out with what an export waits for; the log says which.")
            self._desk.toast(kept if held else _("Recorded."))
            self._after(changed=written)

        self._save(lambda: self._desk.write(work, while_alive(self, done)))

    def _on_came(self, line_id: str, reference: str, proof: Path | None) -> None:
        sending = self._desk.app.sending

        def work() -> Sending | AppError:
            try:
                return sending.receive(line_id, reference, proof=proof)
            except RefusedError as error:
                return error

        def done(kept: Sending | AppError) -> None:
            if isinstance(kept, AppError):
                self.receipt.refuse(f"{_(kept.message)} {_(kept.remedy)}")
                return
            self.receipt.hide()
            self._desk.toast(_("Kept."))
            self._after(changed=False)

        self._desk.write(work, while_alive(self, done))

    def _ask_proof(self, take: Callable[[Path | None], None]) -> None:
        kinds = _("Documents and pictures") + " (*.pdf *.png *.jpg *.jpeg *.txt *.eml)"
        self._desk.ask.open_file(_("Proof of sending"), None, kinds, while_alive(self, take))

    def _on_taken(self, request: Request) -> None:
        sending, report_id = self._desk.app.sending, self._report_id

        def done(_stored: Request) -> None:
            self.asking.hide()
            self._desk.toast(_("Request kept."))
            self._after(changed=False)

        self._desk.write(lambda: sending.take(report_id, request), while_alive(self, done))

    def _on_answered(self, request: Request, n: int, answer: RequestAnswer, *_args: object) -> None:
        sending = self._desk.app.sending

        def done(_stored: Request) -> None:
            self._desk.toast(_("Answer kept."))
            self._after(changed=False)

        self._desk.write(lambda: sending.answer(request, n, answer), while_alive(self, done))

    def _on_decided(self, choice: Choice) -> None:
        def done(_stored: Decision) -> None:
            self._desk.toast(_("Decision recorded."))
            self._after(changed=True)

        self._desk.write(lambda: store_choice(self._desk, choice), while_alive(self, done))

    def _after(self, *, changed: bool) -> None:
        self.setFocus()
        self.refresh()
        if changed:
            self.changed.emit()


def _clock(clock: RunningClock) -> tuple[str, str]:
    due, at = clock.due, clock.counted.at if clock.counted else None
    day = f"{due:%a} {due.day} {due:%b %Y}" if due else _("no date")
    minute = f" {at.hour:02d}:{at.minute:02d}" if at else ""
    first = _("{day}, {authority}, to {whom}").format(
        day=day + minute, authority=_(clock.rule.authority.words), whom=_(clock.rule.to)
    )
    note = _(clock.rule.note) if clock.rule.note else ""
    return first, ". ".join(part for part in (clock_words(clock), note) if part)


def _at_once(work: Callable[[], None]) -> None:
    work()


def _line(line: Sending, held: Sequence[str]) -> tuple[str, str]:
    whom = _(line.destination.words) if line.destination else ""
    way = _(line.channel.words) if line.channel else ""
    first = ", ".join(p for p in (show(line.at), way, whom) if p)
    facts = ", ".join(p for p in (*sending_words(line), line.words or "", line.by or "") if p)
    told = [_("Went out with: {what}").format(what=words) for words in held]
    return first, " ".join([facts, *told]) if told else facts


def _request(request: Request) -> tuple[str, str]:
    who = _(request.asker.words) if request.asker else ""
    first = ", ".join(part for part in (who, request.number or "", show(request.received)) if part)
    wish = _("wished by {day}").format(day=show(request.wished)) if request.wished else ""
    answered = [
        f"{q.question}: {_(q.answer.words)}" for q in request.questions if q.answer is not None
    ]
    return first, "; ".join(part for part in (wish, *answered) if part) or _("no date wished")
