"""Questions to colleagues: put with a name and a day, tried again, answered in their line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.items import spec_at
from aeapp.domain.records import Question
from aeapp.kernel.i18n import _
from forms.now import Now
from forms.sending_form import MomentLine
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of
from forms.widgets.labels import label


class QuestionForm(EntryForm):
    """Asks for one question.

    Signals:
        asked: It is complete; carries a question that is not stored.
    """

    asked = Signal(object)

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__("question", Button(_("Ask"), kind="main", key="Enter"), parent)
        self.words = self.line(Question, "words", _("what is asked"), _("Question"))
        self.to = self.line(Question, "to", _("of whom"), _("Asked of"))
        self.due = MomentLine(spec_at(Question, "due"), now, self)
        self.build(_("Question to a colleague"), (self.words, self.to, self.due))

    def ask(self, colleagues: Sequence[str]) -> None:
        """Begin a question; names of colleagues complete as they are typed."""
        for line in (self.words, self.to):
            line.clear()
        completer = QCompleter(list(colleagues), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.to.setCompleter(completer)
        self.due.show_value(None)
        self.note.say("")
        self.show()
        self.words.setFocus()

    def finish(self) -> None:
        """Put the question, or say what is missing."""
        question = Question(words=words_of(self.words), to=words_of(self.to), due=self.due.value)
        if not self.refuse(_missing(question)):
            self.asked.emit(question)


def _missing(question: Question) -> str:
    if question.words is None:
        return _("What is asked?")
    if question.to is None:
        return _("Of whom?")
    if question.due is None or not question.due.is_full_day:
        return _("By which day? +3 is in three days.")
    return ""


class QuestionLine(QFrame):
    """One question with its tries and its answer, or where to write it.

    Signals:
        answered: An answer was typed; carries the id and the words.
        tried: A try is to be kept; carries the id and what came of it.
    """

    answered = Signal(str, str)
    tried = Signal(str, str)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = question.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(2)
        column.addWidget(label(question.words or "", "body", self, wrap=True))
        column.addWidget(label(_facts(question), "caption", self, wrap=True))
        self.words: QLineEdit | None = None
        if question.is_open:
            column.addLayout(self._open_row(question))
        else:
            told = f"{question.answer} ({question.answered_by}, {show(question.answered_on)})"
            column.addWidget(label(told, "label", self, wrap=True))

    def _open_row(self, question: Question) -> QHBoxLayout:
        self.words = QLineEdit(self)
        self.words.setObjectName("question.answer")
        self.words.setMaxLength(spec_at(Question, "answer").item.max_len)
        self.words.setPlaceholderText(_("the answer, or what came of a try"))
        self.words.setAccessibleName(f"{_('Answer')}: {question.words}")
        self.words.returnPressed.connect(self._on_answer)
        answer = Button(_("Answer"), self, kind="small", key="Enter")
        answer.clicked.connect(self._on_answer)
        again = Button(_("Tried, no answer"), self, kind="small")
        again.clicked.connect(self._on_tried)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        row.addWidget(answer)
        row.addWidget(again)
        return row

    def _on_answer(self) -> None:
        words = words_of(self.words) if self.words else None
        if words:
            self.answered.emit(self._id, words)

    def _on_tried(self) -> None:
        words = words_of(self.words) if self.words else None
        self.tried.emit(self._id, words or "")


def _facts(question: Question) -> str:
    first = _("to {who}, by {day}, asked by {by}").format(
        who=question.to or "", day=show(question.due), by=question.asked_by or ""
    )
    tries = [
        " ".join(p for p in (show(t.at), t.by or "", t.words or "") if p) for t in question.tries
    ]
    return ". ".join([first, *(_("Tried {try_}").format(try_=t) for t in tries)])
