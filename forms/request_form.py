"""Take a request from outside: their number, the date they wish for, who asks, what is answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.codelists.clinic import Asker, RequestAnswer
from aeapp.domain.items import spec_at
from aeapp.domain.records import Request
from aeapp.domain.records.request import AskedFor
from aeapp.kernel.i18n import N_, _
from forms.now import Now
from forms.sending_form import MomentLine
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option
from forms.widgets.ringed import RingedFrame

# What is asked most; the first letter typed answers the first, the second letter the second.
QUESTIONS = (N_("Course and outcome of the event"), N_("Product, lot and sample"))
ASKERS = {"F": Asker.FDA, "M": Asker.MAKER, "B": Asker.BOARD}
_SHORT = {Asker.FDA: N_("FDA"), Asker.MAKER: N_("Maker"), Asker.BOARD: N_("IRB or board")}
ANSWERS: dict[str, tuple[RequestAnswer | None, str]] = {
    "A": (RequestAnswer.ANSWERED, N_("Answered")),
    "N": (RequestAnswer.NOT_AVAILABLE, N_("Not available")),
    "L": (None, N_("Later")),
}


class AnswerBoard(RingedFrame):
    """Who asks and what was answered, each by one letter."""

    RADIUS = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("request.answers")
        self.setAccessibleName(_("Who asks, and the answers"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.asker: Asker | None = None
        self._letters = [""] * len(QUESTIONS)
        self.who = ChipRow(
            [Option(value=a, text=_(_SHORT[a]), key=k) for k, a in ASKERS.items()], self
        )
        self.who.name_all(_("Who asks"))
        self.who.picked.connect(self._on_asker)
        self.rows: list[ChipRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.who)
        for n, question in enumerate(QUESTIONS):
            row = ChipRow(
                [Option(value=k, text=_(w), key=k) for k, (_a, w) in ANSWERS.items()], self
            )
            row.name_all(_(question))
            row.picked.connect(lambda letter, n=n: self._on_answer(n, str(letter)))
            self.rows.append(row)
            column.addWidget(label(_(question), "label", self, wrap=True))
            column.addWidget(row)
        self.clear()

    def clear(self) -> None:
        """Forget what was answered."""
        self.asker, self._letters = None, [""] * len(QUESTIONS)
        self._refresh()

    @property
    def asked(self) -> tuple[AskedFor, ...]:
        """Return the questions that were marked; the others were not asked."""
        return tuple(
            AskedFor(question=_(question), answer=ANSWERS[letter][0])
            for question, letter in zip(QUESTIONS, self._letters, strict=True)
            if letter
        )

    def _on_asker(self, asker: object) -> None:
        self.asker = asker if isinstance(asker, Asker) else None
        self._refresh()
        self.setFocus()

    def _on_answer(self, n: int, letter: str) -> None:
        self._letters[n] = "" if self._letters[n] == letter else letter
        self._refresh()
        self.setFocus()

    def _refresh(self) -> None:
        self.who.show_chosen(frozenset({self.asker}) if self.asker else frozenset())
        for row, letter in zip(self.rows, self._letters, strict=True):
            row.show_chosen(frozenset({letter}) if letter else frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        unmarked = next((n for n, given in enumerate(self._letters) if not given), None)
        if letter in ASKERS:
            self._on_asker(ASKERS[letter])
        elif letter in ANSWERS and unmarked is not None:
            self._on_answer(unmarked, letter)
        else:
            super().keyPressEvent(event)


class RequestForm(EntryForm):
    """Asks for one request.

    Signals:
        taken: A request is complete; carries it.
    """

    taken = Signal(object)

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__("request", Button(_("Keep request"), kind="main", key="Enter"), parent)
        self.number = self.line(Request, "number", _("their number"), _("Their number"))
        self.wished = MomentLine(spec_at(Request, "wished"), now, self)
        self.board = AnswerBoard(self)
        self.other = QLineEdit(self)
        self.other.setObjectName("request.other")
        self.other.setMaxLength(2000)
        self.other.setPlaceholderText(_("another question, in their words"))
        self.other.setAccessibleName(_("Another question"))
        parts = (self.number, self.wished, self.board, self.other)
        self.build(_("Request from outside"), parts)

    def ask(self) -> None:
        """Begin a request."""
        self.number.setText("")
        self.other.setText("")
        self.wished.show_value(None)
        self.board.clear()
        self.note.say("")
        self.show()
        self.number.setFocus()

    def finish(self) -> None:
        """Keep the request, or say what is missing."""
        if self.refuse("" if self.board.asker else _("Who asks? F, M or B says it.")):
            self.board.setFocus()
            return
        words = words_of(self.other)
        own = (AskedFor(question=words),) if words else ()
        self.taken.emit(
            Request(
                asker=self.board.asker,
                number=words_of(self.number),
                wished=self.wished.value,
                questions=(*self.board.asked, *own),
            )
        )
