"""Take a table of patients, sessions or scores in: choose it, read what would happen, do it whole.

Columns that are not called like an item are said in the card, and kept for the next such table.
What is wrong with a row is told, and written beside it into a file to be mended and loaded again.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.records import Scale
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.draft import draft_of_records
from aeapp.domain.tables.record_map import TableKind
from aeapp.kernel.files import is_there
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.ask import Question
from forms.chair.import_fields import short_name
from forms.desk import Desk
from forms.errors import ErrorCard, shown_as
from forms.progress import ProgressStrip
from forms.table_mapper import TableMapper
from forms.table_plans import Asked, Planned, planned, with_kept
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label
from forms.widgets.options import ChipRow, Option

TABLES = "CSV, Excel (*.csv *.txt *.tsv *.xlsx)"
# Rows of what is here otherwise are left alone; codes that are not known get a patient.
_LENIENT = {
    TableKind.PATIENTS: N_("Leave what is known here as it is"),
    TableKind.SESSIONS: N_("Leave what is known here as it is"),
    TableKind.SCORES: N_("Codes that are not known here get a patient"),
}


class TableImport(QFrame):
    """Asks for a table and shows its plan.

    Signals:
        taken: Records were stored.
        left: The card was closed.
    """

    taken = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("tables")
        self.setAccessibleName(_("Import a table"))
        self._desk = desk
        self._path: Path | None = None
        self._mapping = self._said = ""
        self._plan: Planned | None = None
        self._turn = 0
        self._error: ErrorCard | None = None
        self.kind = TableKind.PATIENTS
        self.kinds = ChipRow(
            [
                Option(value=TableKind.PATIENTS, text=_("Patients"), key="P"),
                Option(value=TableKind.SESSIONS, text=_("Sessions"), key="S"),
                Option(value=TableKind.SCORES, text=_("Scores"), key="C"),
            ],
            self,
        )
        self.kinds.name_all(_("Rows are"))
        self.scale = QComboBox(self)
        self.scale.setAccessibleName(_("Scale that was filled in"))
        self.file = Button(_("Choose file…"), self, icon="folder", shortcut="Alt+O")
        self.columns = Button(_("by their names"), self, icon="difference", shortcut="Alt+M")
        self.keep = QCheckBox(self)
        self.mapper = TableMapper(desk, self)
        self.plan = QPlainTextEdit(self)
        self.note = Note(self)
        self.mend = Button(_("Save rows to mend…"), self, shortcut="Alt+P")
        self.apply = Button(_("Take in"), self, kind="main", shortcut="Ctrl+Return")
        self.close_button = Button(_("Close"), self, key="Esc")
        self._progress = ProgressStrip(self)
        self._build()
        self._connect()
        self._show_kind()
        self._clear()

    def ask(self) -> None:
        """Begin with the file."""
        self._clear()
        self.file.setFocus()
        scales = self._desk.app.scales
        self._desk.read(scales.scales, while_alive(self, self._show_scales))
        self._choose_file()

    # --- building

    def _build(self) -> None:
        self.plan.setReadOnly(True)
        self.plan.setTabChangesFocus(True)
        self.plan.setAccessibleName(_("What the import would do"))
        self.plan.setMinimumHeight(px(180))
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        self._captions: dict[str, QWidget] = {}
        rows: tuple[tuple[str, QWidget], ...] = (
            *((_("Rows are"), self.kinds), (_("Scale"), self.scale), (_("File"), self.file)),
            (_("Columns"), self.columns),
        )
        for n, (words, field) in enumerate(rows):
            caption = label(words, "label", self)
            self._captions[words] = caption
            grid.addWidget(caption, n, 0)
            # A button does not grow, and must not keep its column from growing.
            side = Qt.AlignmentFlag.AlignLeft if isinstance(field, Button) else Qt.AlignmentFlag(0)
            grid.addWidget(field, n, 1, side)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.mend)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.apply)
        head = QHBoxLayout()
        head.addWidget(label(_("Import a table"), "heading", self))
        head.addStretch(1)
        head.addWidget(KeyCap("Alt I", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(grid)
        for part in (self.keep, self._progress, self.note, self.mapper):
            column.addWidget(part)
        column.addWidget(self.plan, 1)
        column.addLayout(foot)
        self._column = column

    def _connect(self) -> None:
        self.kinds.picked.connect(self._on_kind)
        self.scale.activated.connect(self._on_terms)
        self.file.clicked.connect(self._choose_file)
        self.columns.clicked.connect(self.ask_columns)
        self.keep.toggled.connect(self._on_terms)
        self.mapper.planned.connect(self._on_mapped)
        self.mapper.refused.connect(self._show_error)
        self.mapper.left.connect(self._on_mapper_left)
        self.mend.clicked.connect(self._on_mend)
        self.apply.clicked.connect(self._on_apply)
        self.close_button.clicked.connect(self._on_close)

    def _show_kind(self) -> None:
        self.kinds.show_chosen(frozenset({self.kind}))
        self.keep.setText(_(_LENIENT[self.kind]))
        scores = self.kind is TableKind.SCORES
        self.scale.setVisible(scores)
        self._captions[_("Scale")].setVisible(scores)

    def _show_scales(self, scales: tuple[Scale, ...]) -> None:
        before = self.scale.currentText()
        self.scale.clear()
        for scale in scales:
            name = f"{_(scale.name or '')} ({scale.code}, {scale.edition})"
            self.scale.addItem(name, scale)
        self.scale.setCurrentIndex(max(0, self.scale.findText(before)))

    # --- choosing

    def _on_kind(self, kind: object) -> None:
        assert isinstance(kind, TableKind)  # noqa: S101 - it is what the chips hold
        self.kind = kind
        self._show_kind()
        self._mapping = self._said = ""
        # What was said of the columns is of other rows.
        self.mapper.leave()
        self.plan.show()
        self._look_and_plan()

    def _on_terms(self, *_changed: object) -> None:
        asked = self._asked()
        if self.mapper.isVisible() and asked is not None:
            self.mapper.ask_on(asked)
        else:
            self._make_plan()

    def _choose_file(self) -> None:
        self._desk.ask.open_file(_("Table to import"), None, _(TABLES), self.plan_file)

    def plan_file(self, path: Path) -> None:
        """Read a table and show what would happen."""
        self._path = path
        self.file.say(short_name(path.name), name=_("Chosen file"))
        self.file.setToolTip(path.name)
        self.mapper.leave()
        self.plan.show()
        self._look_and_plan()

    def _asked(self) -> Asked | None:
        scale = self.scale.currentData() if self.kind is TableKind.SCORES else None
        if self._path is None or (self.kind is TableKind.SCORES and scale is None):
            return None
        return Asked(
            path=self._path,
            kind=self.kind,
            scale=scale,
            mapping=self._mapping,
            lenient=self.keep.isChecked(),
        )

    # --- what the columns are

    def ask_columns(self) -> None:
        """Ask what the columns hold; the plan comes back when that is said."""
        asked = self._asked()
        if asked is None:
            self._choose_file()
            return
        self._turn += 1
        self._forget()
        self.plan.hide()
        self.mapper.open_table(asked)

    def _on_mapped(self, text: str) -> None:
        self._mapping = self._said = text
        self.mapper.leave()
        self.plan.show()
        self._make_plan()

    def _on_mapper_left(self) -> None:
        self.mapper.leave()
        self.plan.show()
        self._make_plan()
        self.file.setFocus()

    def _say_columns(self) -> None:
        words = _("by their names")
        if self._mapping:
            name = draft_of_records(self._mapping, self.kind).name
            said = self._mapping == self._said
            words = (_("as said: {name}") if said else _("as kept: {name}")).format(name=name)
        self.columns.say(words, name=_("Columns: {words}").format(words=words))

    # --- the plan

    def _look_and_plan(self) -> None:
        """Plan by the mapping that is kept for the header, or said of such a table before."""
        self._make_plan(look=True)

    def _make_plan(self, *, look: bool = False) -> None:
        asked, app = self._asked(), self._desk.app
        if asked is None:
            return
        self._turn += 1
        turn = self._turn
        self._forget()

        def done(plan: Planned) -> None:
            if turn == self._turn:
                self._show_plan(plan)

        def failed(error: BaseException) -> None:
            if turn == self._turn:
                self._on_refused(error, asked)

        job = self._desk.runners.readers.start(
            lambda _progress: planned(app, with_kept(app, asked) if look else asked),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, failed),
        )
        self._progress.watch(job, _("Reading the table"))

    def _on_refused(self, error: BaseException, asked: Asked) -> None:
        """Show why; where no column is called like an item, ask what they hold."""
        if isinstance(error, ImportRejected) and not asked.mapping and not self.mapper.isVisible():
            self.ask_columns()
        else:
            self._show_error(error)

    def _show_plan(self, plan: Planned) -> None:
        self._plan = plan
        self._mapping = plan.mapping
        self._say_columns()
        self.mend.setVisible(bool(plan.wrong))
        self.apply.setEnabled(bool(plan.taken))
        self.plan.setPlainText("\n".join(plan.told))
        if plan.wrong:
            text = _("{n} of {m} rows have a problem, so nothing can be taken in.")
            self.note.say(text.format(n=plan.wrong, m=plan.rows), "wrong")
            self.mend.setFocus()
            return
        self.note.say(
            _("Nothing is stored before you press Take in.")
            if plan.taken
            else _("Nothing new is in the table."),
            "info",
        )
        (self.apply if plan.taken else self.file).setFocus()

    # --- mending

    def _on_mend(self) -> None:
        if self._plan is None or self._path is None:
            return
        there = self._path.with_name(f"{self._path.stem}-{_('to-mend')}.csv")
        self._desk.ask.save_file(_("Write the rows to mend"), there, "CSV (*.csv)", self._mend_to)

    def _mend_to(self, path: Path) -> None:
        if path.suffix.lower() != ".csv":
            path = path.with_name(path.name + ".csv")
        if not is_there(path):
            self._write_mend(path, overwrite=False)
            return
        question = Question(
            title=_("Replace {file}?").format(file=path.name),
            text=_("A file of that name is there already; what it holds would be gone."),
            act=_("Replace"),
            keep=_("Keep"),
        )
        self._desk.ask.confirm(question, lambda: self._write_mend(path, overwrite=True))

    def _write_mend(self, path: Path, *, overwrite: bool) -> None:
        plan, tables = self._plan, self._desk.app.tables
        if plan is None:
            return

        def done(_nothing: object) -> None:
            text = _("Written: {file}. Mend it, then choose it here as the file.")
            self.note.say(text.format(file=path.name), "ok")
            self.file.setFocus()

        self._desk.runners.documents.start(
            lambda _progress: tables.write_problems(plan.table, path, overwrite=overwrite),
            on_done=while_alive(self, done),
            on_failed=while_alive(self, self._show_error),
        )

    # --- doing it

    def _on_apply(self) -> None:
        plan, mappings, kind = self._plan, self._desk.app.table_mappings, self.kind
        if plan is None or not self.apply.isEnabled():
            return
        self.apply.setEnabled(False)
        # For the header of the table it was said of, not of one whose rows were mended.
        said = bool(plan.mapping) and plan.mapping == self._said
        look = self.mapper.look if said and self.mapper.keeps else None

        def store() -> int:
            taken = plan.apply()
            if look is not None:
                mappings.keep(look, plan.mapping, kind)
            return taken

        def done(taken: int) -> None:
            self._plan = None
            # From here on it is the kept one, if it was kept.
            self._said = ""
            self.note.say(_("Taken in: {n}.").format(n=taken), "ok")
            self._desk.toast(_("{n} rows taken in.").format(n=taken))
            self.taken.emit()
            self.close_button.setFocus()

        def failed(_error: BaseException) -> None:
            self.apply.setEnabled(True)

        self._desk.write(store, while_alive(self, done), while_alive(self, failed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def _on_close(self) -> None:
        self._clear()
        self.left.emit()

    def _clear(self) -> None:
        self._turn += 1
        self._path = None
        self._mapping = self._said = ""
        self.mapper.leave()
        self.mapper.look = None
        self.plan.show()
        self.file.say(_("Choose file…"))
        self._say_columns()
        self.keep.blockSignals(True)
        self.keep.setChecked(False)
        self.keep.blockSignals(False)
        self._forget()

    def _forget(self) -> None:
        self._plan = None
        self.plan.clear()
        self.note.say("")
        self.mend.hide()
        self.apply.setEnabled(False)
        self._drop_error()

    def _show_error(self, error: BaseException) -> None:
        self.mapper.leave()
        self.plan.show()
        self._drop_error()
        self._error = ErrorCard(shown_as(error), self)
        self._column.insertWidget(2, self._error)

    def _drop_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None
