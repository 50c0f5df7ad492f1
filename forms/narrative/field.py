"""Edit the narrative: its text, made and renewed from the records, every sentence accounted for."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.case import Case
from aeapp.domain.narrative import step
from aeapp.domain.narrative.keeping import (
    Narrative,
    Standing,
    Text,
    brought_back,
    confirmed,
    made_anew,
    narrative_of,
    replaced,
)
from aeapp.domain.narrative.scan import Met, left_in, met_in
from aeapp.kernel.i18n import N_, _
from forms.narrative import words
from forms.narrative.dock import Reach, SettleBar, SourceDock
from forms.narrative.edit import Look, Mark, NarrativeEdit
from forms.narrative.places import Places
from forms.reason_strip import ReasonStrip
from forms.theme import repolish
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.text import TextField

WHY = (
    N_("An ordinary word here"),
    N_("Another person or place"),
    N_("Needed to understand it"),
)


class NarrativeField(TextField):
    """The text of the narrative with its sources, and what waits to be settled.

    Signals:
        performed: A step of the narrative is to be taken; carries its argument.
        go_asked: The field of a source is asked for; carries its path.
        grew: More is to be seen under the text.
    """

    performed = Signal(object)
    go_asked = Signal(str)
    grew = Signal()

    def _make_control(self) -> QWidget:
        self._case: Case | None = None
        self._narrative = Narrative()
        self._met: tuple[Met, ...] = ()
        self._places = Places("", "")
        self._reach: Reach = str
        self._who = ""
        self._shown = ""
        self._hovered = -1
        box = QFrame(self)
        self._edit: NarrativeEdit = NarrativeEdit(box)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.left.connect(self._on_left)
        self._edit.cursorPositionChanged.connect(self._show_sources)
        self._edit.looked_at.connect(self._on_looked_at)
        self.dock = SourceDock(box)
        self.dock.go_asked.connect(self.go_asked)
        self.dock.left.connect(self.focus_editor)
        self._make_bars(box)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._make_acts(box))
        for part in (self._edit, self.stale_bar, self.tells_bar, self.why, self.dock):
            column.addWidget(part)
        return box

    def _make_acts(self, box: QWidget) -> QHBoxLayout:
        self._counts = label(kind="caption", parent=box, wrap=True)
        self._stale = label(kind="note", parent=box)
        repolish(self._stale, state="flag")
        self.make = Button(_("Draft from the records"), box, kind="small", shortcut="Alt+D")
        self.make.clicked.connect(self._on_make)
        self.back = Button(_("Bring back"), box, kind="small", shortcut="Alt+B")
        self.back.clicked.connect(self._on_back)
        go = QShortcut(QKeySequence("Alt+J"), box)
        go.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        go.activated.connect(self.dock.focus_first)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._counts, 1)
        for button in (self.back, self.make):
            # They have their keys, and a walk by Tab goes on from the text.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self._stale, self.back, self.make):
            row.addWidget(part)
        return row

    def _make_bars(self, box: QWidget) -> None:
        self.stale_bar = SettleBar("flag", "flag", box)
        self.use = self.stale_bar.add(_("Use new text"), "Alt+U", self._on_use)
        self.keep = self.stale_bar.add(_("Keep mine"), "Alt+K", self._on_keep)
        self.tells_bar = SettleBar("overdue", "wrong", box)
        self.leave = self.tells_bar.add(_("Leave it in…"), "Alt+I", self._on_leave)
        self.why = ReasonStrip(box)
        self.why.answered.connect(self._on_why)
        self.why.left.connect(self.focus_editor)

    def _editors(self) -> list[QWidget]:
        return [self._edit]

    def _lock(self, read_only: bool) -> None:
        super()._lock(read_only)
        self._show_bars()

    # --- showing

    def _show(self, value: object, text: str, reason: str) -> None:
        self._shown = text
        with QSignalBlocker(self._edit):
            self._edit.setPlaceholderText(reason)
            if self._edit.toPlainText() != text:
                self._edit.show_text(text)
        self._count()

    def show_case(self, case: Case, who: str, reach: Reach) -> None:
        """Show how the narrative stands to the records of ``case``.

        ``reach`` gives the path of the field that shows an item; empty where the form has none.
        """
        self._case, self._who, self._reach = case, who, reach
        self._narrative, self._met = narrative_of(case), met_in(case)
        before = self.stale_bar.isHidden() and self.tells_bar.isHidden()
        self._show_marks()
        self._show_bars()
        self._show_sources()
        if before and not (self.stale_bar.isHidden() and self.tells_bar.isHidden()):
            self.grew.emit()

    def _show_marks(self) -> None:
        shown = self._edit.toPlainText()
        self._places = Places(self._narrative.text, shown)
        if unicodedata.normalize("NFC", shown).strip() != self._narrative.text.strip():
            # What cannot be read is in the field and not in the case.
            self._edit.show_marks(())
            return
        at = self._places.to_qt
        marks = [
            Mark(at(p.span.begin), at(p.span.end), _look(p), p.number, p.piece.is_by_hand)
            for p in self._narrative.pieces
            if p.number
        ]
        marks += [
            Mark(at(m.found.begin), at(m.found.end), Look.TELLS)
            for m in self._met
            if m.path == self.path and m.answer is None
        ]
        self._edit.show_marks(marks)

    def _show_bars(self) -> None:
        narrative, case = self._narrative, self._case
        self._counts.setText(words.head_words(narrative))
        self._stale.setText(words.stale_words(narrative))
        self._stale.setVisible(bool(narrative.stale))
        self.make.say(_("Renew") if narrative.is_drafted else _("Draft from the records"))
        self.make.setVisible(not self._read_only)
        self.back.setVisible(bool(narrative.left_out) and not self._read_only)
        stale, met = self._waiting(), self._open_identifier()
        if case is None or self._read_only:
            stale = met = None
        self.stale_bar.say(
            words.waiting_words(case, stale) if case and stale else "",
            words.new_words(stale) if stale else "",
        )
        self.tells_bar.say(words.told_words(met, len(self._alike(met))) if met else "")

    def _waiting(self) -> Standing | None:
        """Return the stale sentence at the cursor, else the first one."""
        here = self._at_cursor()
        if here is not None and here.is_stale:
            return here
        return next(iter(self._narrative.stale), None)

    def _open_identifier(self) -> Met | None:
        return next((met for met in self._met if met.answer is None), None)

    def _alike(self, met: Met) -> list[Met]:
        """Return the open places of one text with the same words; the bar says how many."""
        one = (met.item, met.found.mark)
        return [m for m in self._met if m.answer is None and (m.item, m.found.mark) == one]

    def _at_cursor(self) -> Standing | None:
        place = self._hovered if self._hovered >= 0 else self._edit.textCursor().position()
        return self._narrative.at(self._places.of_qt(place))

    def _show_sources(self) -> None:
        here = self._at_cursor()
        if self._case is None or here is None:
            self.dock.show_sources("", (), self._reach)
            return
        found = words.sources_of(self._case, here)
        self.dock.show_sources(words.signature(here), found, self._reach)
        self._show_waiting()

    def _show_waiting(self) -> None:
        stale = self._waiting()
        if self._case is not None and stale is not None and not self._read_only:
            self.stale_bar.say(words.waiting_words(self._case, stale), words.new_words(stale))

    def _on_looked_at(self, place: int) -> None:
        self._hovered = place
        self._show_sources()

    # --- acting

    def _perform(self, text: Text) -> None:
        if self._case is not None:
            self.performed.emit(step.argument_of(self._case, text))

    def _on_make(self) -> None:
        if self._case is not None:
            self._perform(made_anew(self._case))
            self.focus_editor()

    def _on_back(self) -> None:
        if self._case is not None:
            self._perform(brought_back(self._case))
            self.focus_editor()

    def _on_use(self) -> None:
        self._settle(keep=False)

    def _on_keep(self) -> None:
        self._settle(keep=True)

    def _settle(self, *, keep: bool) -> None:
        stale = self._waiting()
        if self._case is None or stale is None:
            return
        place = self._narrative.pieces.index(stale)
        change = confirmed if keep else replaced
        self._perform(change(self._case, place))
        after = next(iter(self._narrative.stale), None)
        if after is not None:
            self._edit.put_cursor(self._places.to_qt(after.span.begin))
        self.focus_editor()

    def _on_leave(self) -> None:
        met = self._open_identifier()
        if self._case is not None and met is not None:
            told = words.told_words(met, len(self._alike(met)))
            question = told + " " + _("Why does it stay?")
            self.why.ask(question, [_(why) for why in WHY])

    def _on_why(self, reason: str) -> None:
        met = self._open_identifier()
        if self._case is not None and met is not None:
            answers = left_in(self._alike(met), reason, self._who)
            self.performed.emit(step.leaving_in(self._case, answers))
        self.focus_editor()


def _look(standing: Standing) -> Look:
    if standing.is_stale:
        return Look.STALE
    return Look.HAND if standing.piece.is_by_hand else Look.MADE
