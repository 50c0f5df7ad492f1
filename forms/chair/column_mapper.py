"""Say what the columns of a table are: by a letter each, with what they would give beside it.

Comes when no layout knows a file. Nothing is stored here; what is said becomes a mapping, and the
mapping is planned like any other file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists.clinic import ObservationSource
from aeapp.domain.records import Session
from aeapp.domain.vitals.intake.mapping_draft import (
    MappingDraft,
    TimeWay,
    Use,
    draft_of,
    proposed,
    sources_of,
    time_ways,
    units_of,
)
from aeapp.domain.vitals.intake.mapping_trial import Trial
from aeapp.domain.vitals.intake.table_look import TableLook
from aeapp.kernel.i18n import _
from aeapp.services.importing import Wishes
from forms.chair.mapper_fields import MapperFields
from forms.chair.mapper_lines import LETTERS
from forms.desk import Desk
from forms.errors import shown_as


class ColumnMapper(MapperFields):
    """Shows the columns of one file and takes what they are.

    Signals:
        planned: The mapping is to be planned with; carries its text.
        refused: The file is no table; carries the error.
        left: Esc was pressed.
    """

    planned = Signal(str)
    refused = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path, self._session = Path(), Session()
        self._wishes: Callable[[], Wishes | None] = Wishes
        self.look: TableLook | None = None
        self.draft = MappingDraft()
        self._ways: tuple[TimeWay, ...] = ()
        self._connect()
        self.hide()

    # --- what the card uses

    def open_file(
        self, path: Path, session: Session, wishes: Callable[[], Wishes | None], text: str = ""
    ) -> None:
        """Look at a file; ``text`` is a mapping to begin with, else the kept one is."""
        self._path, self._session, self._wishes = path, session, wishes
        importing, zone = self._desk.app.importing, self._desk.app.context.zone

        def work() -> tuple[TableLook, MappingDraft]:
            said = draft_of(text) if text else None
            if said is not None:
                look, kept = importing.look_again(path, said.separator, said.header_line), text
            else:
                look, kept = importing.look(path)
            draft = draft_of(kept).fitted(look) if kept else proposed(look)
            # The ways are tried here first: to prepare them all takes longer than a window may.
            time_ways(look, draft.time, zone)
            return look, draft

        def done(found: tuple[TableLook, MappingDraft]) -> None:
            self._show(*found)
            self.show()
            self.columns.setFocus()

        self._read(work, done)

    def try_again(self) -> None:
        """Show what the rows give on other terms, such as another clock offset."""
        if self.isVisible():
            self._try()

    @property
    def keeps(self) -> bool:
        """Tell whether the mapping is wanted for every file with this header."""
        return self.keep.isChecked()

    # --- reading

    def _on_failed(self, error: BaseException) -> None:
        if self.look is None or self.isHidden():
            self.refused.emit(error)
        else:
            self.trial_lines.show([])
            self.note.say(shown_as(error).message, "wrong")

    def _connect(self) -> None:
        self.columns.selectionModel().currentRowChanged.connect(self._show_use)
        self.trial.selectionModel().currentRowChanged.connect(self._show_said)
        self.columns.opened.connect(lambda _row: self.what.setFocus())
        self.what.activated.connect(lambda _at: self._take(self.what.currentData()))
        self.unit.activated.connect(lambda _at: self._change(unit=self.unit.currentText()))
        self.source.activated.connect(lambda _at: self._change(source=self.source.currentData()))
        self.time_way.activated.connect(self._on_time_way)
        self.missing.editingFinished.connect(self._on_words)
        self.name.textEdited.connect(self._on_words)
        self.decimal.activated.connect(self._on_words)
        self.separator.activated.connect(self._on_cut)
        self.header_line.editingFinished.connect(self._on_cut)
        self.go.clicked.connect(self._on_go)

    # --- showing

    def _show(self, look: TableLook, draft: MappingDraft) -> None:
        self.look, self.draft = look, draft
        self.show_draft(draft)
        self.lines.show_columns(look, self.draft)
        self.columns.selectRow(0)
        self._show_ways()
        self._try()

    def _show_use(self, *_rows: object) -> None:
        name = self._chosen()
        if name:
            self.show_use(name, self.draft.use_of(name))

    def _show_said(self, *_rows: object) -> None:
        """Say the whole of the chosen row, which the list may have no room for."""
        at, rows = self.trial.currentIndex().row(), self.trial_lines.rows
        words = self.trial_lines.whole(rows[at]) if 0 <= at < len(rows) else ""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _chosen(self) -> str:
        row = self.columns.currentIndex().row()
        return self.lines.rows[row].name if 0 <= row < len(self.lines.rows) else ""

    def _show_ways(self) -> None:
        """Offer the ways of writing that fit the times; one that alone fits is taken."""
        look, draft = self.look, self.draft
        if look is None:
            return
        zone, columns = self._desk.app.context.zone, draft.time
        self._ways = time_ways(look, columns, zone, draft.time_format) if columns else ()
        forms = [way.form for way in self._ways]
        if draft.time_format not in forms:
            likely = [way.form for way in self._ways if way.near(self._session.started)]
            one = forms if len(forms) == 1 else likely
            self.draft = replace(draft, time_format=one[0] if len(one) == 1 else "")
        self.show_ways(self._ways, self.draft.time_format)

    # --- what is said

    def _take(self, what: str) -> None:
        """Take the chosen column as something, in the unit readings of it have."""
        name = self._chosen()
        if not name:
            return
        old, use = self.draft.use_of(name), Use(what)
        if use.is_sign:
            usual = ObservationSource.OXIMETER if what == "spo2" else old.source
            use = Use(what, units_of(what)[0], usual)
        self._set(name, use)

    def _change(self, **changes: object) -> None:
        name = self._chosen()
        if name:
            self._set(name, replace(self.draft.use_of(name), **changes))  # type: ignore[arg-type]

    def _set(self, name: str, use: Use) -> None:
        before = self.draft.time
        self.draft = self.draft.with_use(name, use)
        self.lines.use(self.columns.currentIndex().row(), use)
        self.show_use(name, use)
        if self.draft.time != before:
            self._show_ways()
        self._try()

    def _next_unit(self) -> None:
        use = self.draft.use_of(self._chosen())
        if use.is_sign:
            known = units_of(use.what)
            at = known.index(use.unit) if use.unit in known else -1
            self._change(unit=known[(at + 1) % len(known)])

    def _next_source(self) -> None:
        use = self.draft.use_of(self._chosen())
        if use.is_sign:
            known = sources_of(use.what)
            at = known.index(use.source) if use.source in known else -1
            self._change(source=known[(at + 1) % len(known)])

    def _on_time_way(self, _at: int) -> None:
        self.draft = replace(self.draft, time_format=str(self.time_way.currentData() or ""))
        self._try()

    def _on_words(self, *_changed: object) -> None:
        draft = replace(self.draft, **self._words())  # type: ignore[arg-type]
        if draft != self.draft:
            self.draft = draft
            self._try()

    def _on_cut(self, *_changed: object) -> None:
        """Look at the file anew: it is cut by another sign, or its names stand elsewhere."""
        line, sign = self._cut()
        if (line, sign) == (self.draft.header_line, self.draft.separator):
            return
        self.draft = replace(self.draft, header_line=line, separator=sign)
        importing, path = self._desk.app.importing, self._path
        self._read(lambda: importing.look_again(path, sign, line), self._show_recut)

    def _show_recut(self, look: TableLook) -> None:
        """Show the file as it is cut now; what was said of a column of the same name stays."""
        self._show(look, self.draft.recut(look))

    # --- what it would give

    def _try(self) -> None:
        lacks, wishes = self.draft.lacks(), self._wishes()
        self.go.setEnabled(False)
        if lacks or wishes is None:
            self._turn += 1
            self.trial_lines.show([])
            self.note.say(lacks[0] if lacks else _("Correct the clock offset first."), "due")
            return
        path, session = self._path, self._session
        wishes = replace(wishes, mapping=self.draft.text())
        importing = self._desk.app.importing
        self._read(lambda: importing.try_columns(path, session, wishes), self._show_trial)

    def _show_trial(self, trial: Trial) -> None:
        self.trial_lines.show_trial(trial)
        self._show_said()
        wrong = len(trial.wrong)
        self.go.setEnabled(not wrong and not trial.problems and bool(trial.readings))
        if trial.problems:
            self.note.say(trial.problems[0], "wrong")
        elif wrong:
            words = _("{n} of {rows} rows cannot be read; they come first in the list.")
            self.note.say(words.format(n=wrong, rows=len(trial.rows)), "wrong")
        elif not trial.readings:
            self.note.say(_("No row gives a reading."), "flag")
        else:
            words = _("{rows} rows give {n} readings.")
            if not trial.whole:
                words = _("The first {rows} rows give {n} readings; the plan reads all.")
            self.note.say(words.format(rows=len(trial.rows), n=trial.readings), "ok")

    def _on_go(self) -> None:
        if self.go.isEnabled():
            self.planned.emit(self.draft.text())

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        in_list = self.columns.hasFocus()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif in_list and letter in LETTERS:
            self._take(LETTERS[letter])
        elif in_list and letter == "U":
            self._next_unit()
        elif in_list and letter == "G":
            self._next_source()
        else:
            super().keyPressEvent(event)
