"""What was given so far: live amounts, rests and holds, and what can be done with each.

The lines are one stop of the keyboard: arrows walk them, letters printed on the buttons act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.chair.doses import course_words, giving_words, is_premedication, order_words
from aeapp.domain.chair.infusion import DoseState, course, instant, is_infusion
from aeapp.domain.chair.phases import begun_at
from aeapp.domain.chair.pieces import (
    Turn,
    held_words,
    hold_of,
    hold_words,
    is_device,
    next_turn,
    turn_words,
)
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.records import Administration, Product
from aeapp.kernel.i18n import N_, _
from forms.dose_words import span_words
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Note, hairline, label
from forms.widgets.ringed import RingedFrame

RATE, PAUSE, RESUME, STOP = "rate", "pause", "resume", "stop"
AMOUNT, NEXT, SWALLOWED, SPAT = "amount", "next", "swallowed", "spat"
TIME = "time"
_RUNS = (DoseState.RUNNING, DoseState.COMPLETE)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done with a dose, and its letter.

    Attributes:
        asks: What is typed for it.
        first: Whether that is asked for before it is tried.
    """

    name: str
    words: str
    key: str
    asks: str = ""
    first: bool = True


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(RATE, N_("Rate…"), "R", N_("new rate")),
        Act(PAUSE, N_("Pause"), "P"),
        Act(RESUME, N_("Resume"), "P"),
        Act(STOP, N_("Stop"), "S", N_("amount given, or ? where nobody knows"), first=False),
        Act(AMOUNT, N_("Amount…"), "A", N_("amount as read off or ?, and why")),
        Act(TIME, N_("Time…"), "T", N_("14:40 or 14:40 to 15:20, and why")),
        Act(NEXT, N_("Next device"), "N", N_("why all the same"), first=False),
        Act(SWALLOWED, N_("Swallowed"), "W"),
        Act(SPAT, N_("Spat out"), "X"),
    )
}


def acts_of(
    giving: Administration, product: Product | None, now: dt.datetime, *, over: bool = False
) -> tuple[str, ...]:
    """Return what can be done with a dose as it stands; ``over`` of a session that has ended."""
    if not giving.version or not giving.stands:
        return ()
    if over:
        return (AMOUNT, TIME)
    if hold_of(giving, now) is not None:
        return (SWALLOWED, SPAT)
    if not is_infusion(giving):
        return ()
    state = course(giving, product, now).state
    if state is DoseState.PAUSED:
        return (RATE, RESUME, STOP)
    return (RATE, PAUSE, STOP) if state in _RUNS else (AMOUNT,)


class DoseLine(RingedFrame):
    """One dose and its actions.

    Signals:
        acted: Something is done with it; carries the name of the act and what was typed for it.
    """

    acted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.giving = Administration()
        self.product: Product | None = None
        self.turn: Turn | None = None
        self.zero: dt.datetime | None = None
        self.over = self.amended = False
        self._acts: tuple[str, ...] | None = None
        self._asking = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("kind", "line-of-doses")
        self._title = label(kind="strong", parent=self, wrap=True)
        self._words = label(kind="caption", parent=self, wrap=True)
        self._words.setObjectName("dose.course")
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons, gap=6)
        self.line = QLineEdit(self)
        self.line.setObjectName("dose.asked")
        self.line.setMaxLength(200)
        self.line.setAccessibleName(_("Asked for"))
        self.line.hide()
        self.note = Note(self)
        self.note.hide()
        self.cap = KeyCap("Alt I", self)
        self.cap.setAccessibleName(_("Alt I goes to this dose"))
        self.cap.hide()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self.cap, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        # The ring of the focus stands around the words, not on them.
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(2)
        column.addLayout(head)
        for part in (self._words, self._buttons, self.line, self.note):
            column.addWidget(part)
        column.addSpacing(3)
        column.addWidget(hairline(self))

    def show_giving(self, giving: Administration, product: Product | None) -> None:
        """Show a dose; what is being typed for another one is left."""
        if self._asking and giving.id != self.giving.id:
            self.done()
        self.giving, self.product = giving, product

    @property
    def can_act(self) -> bool:
        """Tell whether something can be done with it now."""
        return bool(self._acts)

    def tick(self, now: dt.datetime) -> None:
        """Show how the dose stands at ``now``."""
        title = giving_words(self.giving, self.product)
        if is_premedication(self.giving, self.zero):
            title = _("Premedication: {dose}").format(dose=title)
        elif self.giving.role is DrugRole.TREATMENT:
            title = _("Rescue: {dose}").format(dose=title)
        words = self._course(now)
        font = self._title.font()
        if font.strikeOut() is self.giving.stands:
            font.setStrikeOut(not self.giving.stands)
            self._title.setFont(font)
        if self._title.text() != title:
            self._title.setText(title)
        if self._words.text() != words:
            self._words.setText(words)
            self.setAccessibleName(f"{title}, {words}")
        self._show_acts(now)

    def _course(self, now: dt.datetime) -> str:
        giving, product = self.giving, self.product
        if not giving.stands:
            struck = _("struck through: {reason}").format(reason=giving.struck_reason)
            return f"{span_words(giving)}, {struck}"
        hold = hold_of(giving, now)
        parts = [span_words(giving)]
        if is_infusion(giving):
            state = course(giving, product, now)
            parts.append(course_words(state, giving, product))
            if state.state is DoseState.RUNNING and state.ends is not None:
                end = state.ends.astimezone(now.tzinfo)
                parts.append(_("to {time}").format(time=f"{end:%H:%M}"))
        parts.append(hold_words(hold) if hold is not None else held_words(giving))
        if self.turn is not None:
            parts.append(turn_words(self.turn, now))
        parts.append(order_words(giving))
        parts.append(_("amended") if self.amended else "")
        return ", ".join(part for part in parts if part)

    def _show_acts(self, now: dt.datetime) -> None:
        acts = acts_of(self.giving, self.product, now, over=self.over)
        if self.turn is not None and self.turn.due and self.giving.version:
            acts = (*acts, NEXT)
        if acts == self._acts:
            return
        self._acts = acts
        self._flow.clear()
        for name in acts:
            act = ACTS[name]
            button = Button(_(act.words), self._buttons, kind="small", key=act.key)
            button.setObjectName(f"dose.{name}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.do, name))
            self._flow.addWidget(button)
            button.show()
        self._buttons.setVisible(bool(acts))

    # --- acting

    def do(self, name: str, *_checked: object) -> None:
        """Do something at once, or ask for what it needs first."""
        if ACTS[name].asks and ACTS[name].first:
            self.ask(name)
        else:
            self.acted.emit(name, "")

    def ask(self, name: str, sentence: str = "") -> None:
        """Ask for what an act needs; Enter does it, Esc leaves it."""
        self._asking = name
        asked = _(ACTS[name].asks)
        self.line.setPlaceholderText(asked)
        self.line.setAccessibleName(asked)
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(sentence)

    def say(self, sentence: str) -> None:
        """Show what was wrong with what was typed."""
        self.note.say(sentence, "wrong" if sentence else "")
        self.note.setVisible(bool(sentence))

    def done(self) -> None:
        """Take the question away."""
        self._asking = ""
        self.line.clear()
        self.line.hide()
        self.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._asking:
            self._answer_key(event)
            return
        letter = event.text().upper()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        found = next((a for a in self._acts or () if plain and ACTS[a].key == letter), None)
        if found is not None:
            self.do(found)
        else:
            super().keyPressEvent(event)

    def _answer_key(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit(self._asking, self.line.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self.done()
            self.setFocus()
        else:
            super().keyPressEvent(event)


def _stop_before(widget: QWidget) -> QWidget:
    """Return what Tab reaches before ``widget``."""
    found = widget.previousInFocusChain()
    while found is not None and found is not widget:
        if found.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return found
        found = found.previousInFocusChain()
    return widget


class DoseLines(QWidget):
    """The doses given so far, first to last.

    Signals:
        acted: Something is done with a dose; carries its line, the act and what was typed.

    Attributes:
        below: What Tab reaches after the lines.
    """

    acted = Signal(object, str, str)

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.below: QWidget | None = None
        self.lines: list[DoseLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setMinimumWidth(px(40))

    def show_givings(
        self,
        givings: Sequence[Administration],
        products: Mapping[str, Product],
        *,
        over: bool = False,
        amended: frozenset[str] = frozenset(),
    ) -> None:
        """Show the doses; a line in which something is typed stays as it is."""
        while len(self.lines) > len(givings):
            self._drop(self.lines.pop())
        zero = instant(begun_at(givings))
        for number, giving in enumerate(givings):
            if number == len(self.lines):
                self._add()
            self.lines[number].zero, self.lines[number].over = zero, over
            self.lines[number].amended = giving.id in amended
            self.lines[number].show_giving(giving, products.get(giving.product_id))
        self.setVisible(bool(self.lines))
        turn = None if over else next_turn(givings)
        last = max(
            (line for line in self.lines if is_device(line.giving)),
            key=lambda line: line.giving.device_number or 0,
            default=None,
        )
        for line in self.lines:
            line.turn = turn if line is last else None
        self.tick()

    def _add(self) -> None:
        line = DoseLine(self)
        line.acted.connect(partial(self._on_acted, line))
        if self.below is not None:
            # Tab reads from top to bottom, though this line was made after what stands below it.
            above = self.lines[-1].line if self.lines else _stop_before(self.below)
            QWidget.setTabOrder(above, line)
            QWidget.setTabOrder(line, line.line)
        self.lines.append(line)
        self._column.addWidget(line)
        line.show()

    def _drop(self, line: DoseLine) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def tick(self) -> None:
        """Show how the doses stand now."""
        now = self._now()
        for line in self.lines:
            line.tick(now)
        first = self._first()
        for line in self.lines:
            line.cap.setVisible(line is first)

    def _first(self) -> DoseLine | None:
        """Return the newest line on which something can be done."""
        return next((line for line in reversed(self.lines) if line.can_act), None)

    def focus_first(self) -> None:
        """Put the focus on what can be acted on, the newest first."""
        first = self._first()
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_acted(self, line: DoseLine, name: str, text: str) -> None:
        self.acted.emit(line, name, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        if step and at is not None and not event.modifiers():
            self.lines[(at + step) % len(self.lines)].setFocus()
        else:
            super().keyPressEvent(event)
