"""The decision on one event, by five keys: report or not, to whom, duty or choice, why, Enter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision
from aeapp.domain.records import Decision, Event
from aeapp.kernel.i18n import N_, _
from forms import paint
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option

WHY_REPORT = (
    N_("Serious"),
    N_("Not listed in the label"),
    N_("Product or device at fault"),
    N_("Severe or unusual"),
    N_("Asked for by protocol or contract"),
)
WHY_NOT = (
    N_("Not serious, listed in the label"),
    N_("Not serious, no duty"),
    N_("No product suspected"),
    N_("Reported with another event"),
    N_("Reported by somebody else"),
)
TO = tuple(Destination)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ANSWERS = {"R": ReportDecision.REPORT, "N": ReportDecision.NO_REPORT}
_OWED = {"D": Obligation.DUTY, "C": Obligation.CHOICE}


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """What was decided; the obligation is None where no report goes out."""

    event: Event
    reason: str
    destinations: frozenset[Destination] = frozenset()
    obligation: Obligation | None = None


class DecisionRow(QFrame):
    """Shows what was decided on an event, and takes a decision by keys.

    Signals:
        decided: A decision is complete; carries the ``Choice``.
        left: Esc was pressed with nothing begun.
    """

    decided = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._event = Event()
        self._decision: Decision | None = None
        self._answer: ReportDecision | None = None
        self._to: frozenset[Destination] = frozenset()
        self._owed: Obligation | None = None
        self._reason = ""
        self._whose = ""
        self._state = label(kind="caption", parent=self, wrap=True)
        self.answers = self._chips(
            [
                Option(value=_ANSWERS["R"], text=_("Report"), key="R"),
                Option(value=_ANSWERS["N"], text=_("No report"), key="N"),
            ],
            _("Decision"),
        )
        self.answers.picked.connect(self._on_answer)
        self.to = self._chips(_numbered(TO, [_(d.words) for d in TO]), _("To whom"))
        self.to.picked.connect(self._on_to)
        self.owed = self._chips(
            [Option(value=o, text=_(o.words), key=k) for k, o in _OWED.items()],
            _("Duty or choice"),
        )
        self.owed.picked.connect(self._on_owed)
        self.reasons = {
            answer: self._chips(_numbered(words, [_(w) for w in words]), _("Reason"))
            for answer, words in zip(_ANSWERS.values(), (WHY_REPORT, WHY_NOT), strict=True)
        }
        for row in self.reasons.values():
            row.picked.connect(self._on_reason)
        self.words = QLineEdit(self)
        self.words.setObjectName("decision.words")
        self.words.setMaxLength(1500)
        self.words.setPlaceholderText(_("or why, in a few words"))
        self.words.setAccessibleName(_("Reason in words"))
        self.note = Note(self)
        self.save = Button(_("Decide"), self, kind="small", key="Enter")
        self.save.clicked.connect(self._on_save)
        self._build()
        self._refresh()

    def _chips(self, options: list[Option], name: str) -> ChipRow:
        row = ChipRow(options, self)
        row.name_all(name)
        return row

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._state, 1)
        self._hints = QWidget(self)
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(6)
        for cap, words in (("R", _("report")), ("N", _("no report"))):
            hints.addWidget(KeyCap(cap, self._hints))
            hints.addWidget(label(words, "caption", self._hints))
        head.addWidget(self._hints, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.save)
        self._open = QWidget(self)
        inner = QVBoxLayout(self._open)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for part in (self.to, self.owed, *self.reasons.values()):
            inner.addWidget(part)
        inner.addLayout(foot)
        inner.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.answers)
        column.addWidget(self._open)

    # --- showing

    def show_event(self, event: Event, decision: Decision | None) -> None:
        """Show an event with the decision that counts; what is being decided stays."""
        if event.id != self._event.id:
            self._clear()
        self._event, self._decision = event, decision
        self.setObjectName(f"decision.{event.id}")
        self._refresh()

    def show_whose(self, words: str) -> None:
        """Say for whom the decision is, and offer it no longer; "" offers it."""
        self._whose = words
        self._refresh()

    @property
    def is_decided(self) -> bool:
        """Tell whether a decision is stored."""
        return self._decision is not None

    def _clear(self) -> None:
        self._answer, self._to, self._owed, self._reason = None, frozenset(), None, ""
        self.words.setText("")
        self.note.say("")

    def _refresh(self) -> None:
        words = decision_words(self._event, self._decision)
        if self._whose and self._decision is None:
            words = f"{words}. {self._whose}"
        self._state.setText(words)
        title = self._event.verbatim or _("Event")
        self.setAccessibleName(_("Decision on {event}").format(event=title))
        self.setAccessibleDescription(words)
        report = self._answer is ReportDecision.REPORT
        self._open.setVisible(self._answer is not None)
        self._show_answers()
        self.to.setVisible(report)
        self.owed.setVisible(report)
        for answer, row in self.reasons.items():
            row.setVisible(answer is self._answer)
            row.show_chosen(_one(self._reason))
        self.answers.show_chosen(_one(self._answer))
        self.to.show_chosen(frozenset(self._to))
        self.owed.show_chosen(_one(self._owed))

    def _show_answers(self) -> None:
        """Offer the answers where somebody is at it; else only say which keys there are."""
        at_it = self.hasFocus() or self._answer is not None
        self.answers.setVisible(at_it and not self._whose)
        self._hints.setVisible(not at_it and not self._whose)

    # --- keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_escape()
        elif event.key() in _ENTER and self._answer is not None:
            self._on_save()
        elif self.words.hasFocus() or not self._typed(event.text().upper()):
            super().keyPressEvent(event)

    def _on_escape(self) -> None:
        if self._answer is None:
            self.left.emit()
        else:
            self._clear()
            self._refresh()
            self.setFocus()

    def _typed(self, letter: str) -> bool:
        if self._whose:
            return False
        if letter in _ANSWERS:
            self._on_answer(_ANSWERS[letter])
        elif letter in _OWED and self._answer is ReportDecision.REPORT:
            self._on_owed(_OWED[letter])
        elif letter == "W" and self._answer is not None:
            self.words.setFocus()
        else:
            return letter.isdecimal() and self._on_digit(int(letter) - 1)
        return True

    def _on_digit(self, n: int) -> bool:
        """Take a digit for a recipient, and once duty or choice is said for a reason."""
        report = self._answer is ReportDecision.REPORT
        asks_whom = report and self._owed is None
        offered = TO if asks_whom else WHY_REPORT if report else WHY_NOT
        if self._answer is None or not 0 <= n < len(offered):
            return False
        self._on_to(TO[n]) if asks_whom else self._on_reason(offered[n])
        return True

    # --- answering

    def _on_answer(self, answer: object) -> None:
        assert isinstance(answer, ReportDecision)  # noqa: S101 - the chips hold nothing else
        self._clear()
        self._answer = answer
        self._settle()

    def _on_to(self, whom: object) -> None:
        assert isinstance(whom, Destination)  # noqa: S101 - the chips hold nothing else
        self._to ^= {whom}
        self._settle()

    def _on_owed(self, owed: object) -> None:
        assert isinstance(owed, Obligation)  # noqa: S101 - the chips hold nothing else
        self._owed = owed
        self._settle()

    def _on_reason(self, reason: object) -> None:
        self._reason = str(reason)
        self._settle()

    def _settle(self) -> None:
        self.note.say("")
        self._refresh()
        self.setFocus()

    def _on_save(self) -> None:
        missing = self._missing()
        if missing:
            self.note.say(missing, "wrong")
            return
        typed = " ".join(self.words.text().split())
        reason = ": ".join(
            part for part in (_(self._reason) if self._reason else "", typed) if part
        )
        choice = Choice(self._event, reason, self._to, self._owed)
        self._clear()
        self._refresh()
        self.setFocus()
        self.decided.emit(choice)

    def _missing(self) -> str:
        if self._answer is ReportDecision.REPORT and not self._to:
            return _("To whom? A digit says it.")
        if self._answer is ReportDecision.REPORT and self._owed is None:
            return _("D for a duty, C for a choice.")
        if not self._reason and not self.words.text().strip():
            return _("Why? A digit or a few words.")
        return ""

    # --- looks

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_answers()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        inside = QApplication.focusWidget()
        if inside is None or not self.isAncestorOf(inside):
            self._show_answers()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint.focus_ring(QPainter(self), QRectF(self.rect()), 6)


def _numbered(values: tuple[object, ...], words: list[str]) -> list[Option]:
    pairs = zip(values, words, strict=True)
    return [Option(value=v, text=w, key=str(n)) for n, (v, w) in enumerate(pairs, start=1)]


def _one(value: object) -> frozenset[object]:
    return frozenset({value}) if value else frozenset()


def decision_words(event: Event, decision: Decision | None) -> str:
    """Return a decision in a sentence; without one, what it waits for."""
    if decision is None:
        if event.seriousness is None:
            return _("Not decided, seriousness not assessed")
        return _("Not decided")
    if decision.answer is ReportDecision.REPORT:
        to = ", ".join(_(d.words) for d in TO if d in (decision.destinations or ()))
        owed = _(decision.obligation.words).lower() if decision.obligation else ""
        head = ", ".join(part for part in (_("Report to {whom}").format(whom=to), owed) if part)
    else:
        head = _("No report")
    why = f"{head}: {decision.reason}" if decision.reason else head
    signed = ", ".join(part for part in (decision.decided_by or "", show(decision.at)) if part)
    return f"{why} ({signed})" if signed else why


__all__ = ["Choice", "DecisionRow", "decision_words"]
