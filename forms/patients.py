"""Patients: find one by a few letters, read and change the chart, enter a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.chair.exposure import Exposure
from aeapp.domain.records import Patient, Session
from aeapp.kernel.i18n import N_, _
from aeapp.services.patients import PatientLine
from forms import fonts
from forms.desk import Desk
from forms.models.paged import Column, Deliver, PagedModel
from forms.patient_card import PatientCard
from forms.table_import import TableImport
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard, card
from forms.widgets.labels import label
from forms.widgets.list_and_page import ListAndPage
from forms.widgets.scrolling import FollowingScroll
from forms.widgets.tables import Table

SEARCH_MS = 60
TWO_COLUMNS_FROM, LEAST_LIST = 1000, 120
WIDTHS = (0, 90, 116, 84, 124)
# Columns that give way, the first one first, so that a name has room.
GIVE_WAY, LEAST_NAME = (2, 3, 4), 130


def _name(line: PatientLine) -> str:
    """Return the name; a row that has neither name nor code says so, or it would be empty."""
    return line.name or ("" if line.code else _("No name, no code"))


COLUMNS: tuple[Column[PatientLine], ...] = (
    Column(head=N_("Name"), text=_name, key="name"),
    Column(
        head=N_("Code"), text=lambda line: line.code, key="code", font=lambda _: fonts.sized("id")
    ),
    Column(head=N_("Born"), text=lambda line: line.birth, key="birth_date"),
    Column(head=N_("Sessions"), text=lambda line: str(line.sessions), right=True),
    Column(head=N_("Last session"), text=lambda line: line.last_session.partition(" ")[0]),
)


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """One patient with the sessions, as read for the card."""

    patient: Patient
    sessions: tuple[Session, ...]
    exposure: tuple[Exposure, ...] = ()


class SearchLine(QLineEdit):
    """The search; arrows walk the list below it."""

    def __init__(self, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setProperty("kind", "large")
        self.setObjectName("patients.search")
        self.setPlaceholderText(_("Search name or code"))
        self.setAccessibleName(_("Search patients"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        rows = self._table.model().rowCount()
        if step and rows:
            row = self._table.currentIndex().row() + step
            self._table.selectRow(max(0, min(rows - 1, row)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and rows:
            self._table.enter()
        else:
            super().keyPressEvent(event)


class PatientsPlace(QWidget):
    """The list of patients and the chart of the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patients")
        self.setAccessibleName(_("Patients"))
        self._desk = desk
        self._asked = 0
        self._shown = ""
        self._calling = ""
        self._sort = ("name", False)
        self.table = Table(_("Patients"), self)
        self.model: PagedModel[PatientLine] = PagedModel(
            [_translated(c) for c in COLUMNS], self._fetch, lambda line: line.id, self
        )
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.search = SearchLine(self.table, self)
        self.card = PatientCard(desk, self)
        self.new = Button(_("New patient"), self, icon="add", shortcut="Alt+N")
        self.new.setObjectName("patients.new")
        self.take = Button(_("Import"), self, kind="small", icon="folder", shortcut="Alt+I")
        self.take.setObjectName("patients.import")
        self.tables = TableImport(desk, self)
        self._count = label(kind="caption", parent=self)
        self._empty = EmptyCard(_("No patients yet."), self, act=_("New patient"))
        self._none = EmptyCard(_("Choose a patient to see the chart."), self)
        self._lists, self._charts = QStackedWidget(self), QStackedWidget(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._build()
        self._connect()
        self._find()

    # --- what the window uses

    def focus_first(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """Read the list again; the chart on the screen stays as it is being edited."""
        self._find()

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        shown = self._charts.currentWidget()
        importing = shown is self._table_side
        return [self.search, self.table, self.tables if importing else self.card]

    def open_patient(self, patient_id: str) -> None:
        """Show the chart of a patient."""
        self._shown = patient_id
        app = self._desk.app

        def work() -> Chart:
            return Chart(
                app.patients.get(patient_id),
                app.sessions.of_patient(patient_id),
                app.patients.exposure(patient_id),
            )

        self._desk.read(work, self._on_chart)

    def call_patient(self, patient_id: str) -> None:
        """Show the chart of a patient, and ask what a call asks."""
        self._calling = patient_id
        self.open_patient(patient_id)

    @property
    def chosen(self) -> str:
        """Return the id of the patient on the screen; empty for none or a new one."""
        return self._shown

    def open_blind(self) -> None:
        """Ask why the blind of the chosen patient's study has to be opened."""
        if not self._desk.app.studies.may_unblind:
            self._desk.toast(_("A prescriber or the compliance lead opens a blind."))
        elif self.card.blind.start.isVisibleTo(self.card):
            self.card.blind.ask()
        else:
            self._desk.toast(_("Open the chart of a patient in a blinded study first."))
            self.focus_first()

    def flush(self) -> None:
        """Store what was typed into the chart."""
        self.card.leave()

    # --- building

    def _build(self) -> None:
        head = self.table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        frame = card(self, padding=4, gap=0)
        frame.layout().addWidget(self.table)  # type: ignore[union-attr]
        self._lists.addWidget(frame)
        self._lists.addWidget(self._empty)
        self._charts.addWidget(self._none)
        self._charts.addWidget(self.card)
        # What the columns of a table are needs more height than a small window has.
        self._table_side = FollowingScroll(self)
        self._table_side.setFrameShape(QFrame.Shape.NoFrame)
        self._table_side.setWidget(self.tables)
        self._charts.addWidget(self._table_side)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self.new)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(top)
        # Below the search, which keeps its room in a low window.
        counts = QHBoxLayout()
        counts.addWidget(self._count, 1)
        counts.addWidget(self.take)
        left.addLayout(counts)
        left.addWidget(self._lists, 1)
        self._lists.setMinimumHeight(px(LEAST_LIST))
        halves = ListAndPage(
            left, self._charts, self, shares=(5, 6), side_by_side_from=TWO_COLUMNS_FROM
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)
        self._measure()
        self.table.viewport().installEventFilter(self)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_edited)
        self._timer.timeout.connect(self._find)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.table.horizontalHeader().sectionClicked.connect(self._on_head)
        self.new.clicked.connect(self.new_patient)
        self._empty.pressed.connect(self.new_patient)
        self.take.clicked.connect(self.import_table)
        self.tables.taken.connect(self._find)
        self.tables.left.connect(self._on_import_left)
        self.card.saved.connect(self._on_saved)
        self.card.start_asked.connect(self._desk.start_session)
        self.card.session_asked.connect(self._desk.show_session)

    def _measure(self) -> None:
        head = self.table.horizontalHeader()
        # Who it is comes first: without a name somebody picks the wrong patient by a code.
        room, hidden = self.table.viewport().width() - px(LEAST_NAME), set()
        for section in GIVE_WAY:
            if sum(px(w) for n, w in enumerate(WIDTHS) if n not in hidden) > room:
                hidden.add(section)
        for section, width in enumerate(WIDTHS):
            if width:
                head.resizeSection(section, px(width))
        for section in GIVE_WAY:
            self.table.setColumnHidden(section, section in hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.viewport() and event.type() == QEvent.Type.Resize:
            self._measure()
        return super().eventFilter(watched, event)

    # --- finding

    def _fetch(self, ids: Sequence[str], deliver: Deliver[PatientLine]) -> None:
        patients = self._desk.app.patients
        self._desk.read(lambda: patients.lines(ids), deliver)

    def _on_edited(self, _text: str) -> None:
        self._timer.start()

    def _find(self) -> None:
        text, patients = self.search.text().strip(), self._desk.app.patients
        key, descending = self._sort
        self._asked += 1
        number = self._asked

        def done(ids: list[str]) -> None:
            if number == self._asked:
                self._show_ids(ids, text)

        self._desk.read(lambda: patients.ids(text, order_by=key, descending=descending), done)

    def _show_ids(self, ids: list[str], text: str) -> None:
        self.model.show_ids(ids)
        self._lists.setCurrentIndex(0 if ids or text else 1)
        if text and not ids:
            self._count.setText(_("Nobody has these letters in name or code."))
        else:
            many = _("{count} patients").format(count=f"{len(ids):,}") if ids else ""
            self._count.setText(_("1 patient") if len(ids) == 1 else many)
        row = self.model.row_of(self._shown)
        if row >= 0:
            self.table.selectRow(row)

    def _on_head(self, section: int) -> None:
        key = self.model.columns[section].key
        if key:
            self._sort = (key, self._sort == (key, False))
            self._find()

    # --- choosing

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            patient_id = self.model.id_at(current.row())
            if patient_id != self._shown:
                self.open_patient(patient_id)

    def _on_opened(self, row: int) -> None:
        self.open_patient(self.model.id_at(row))
        self.card.focus_first()

    def _on_chart(self, chart: Chart) -> None:
        if chart.patient.id != self._shown:
            return
        self.card.show_patient(chart.patient, chart.sessions, chart.exposure)
        self._charts.setCurrentWidget(self.card)
        if self._calling == self._shown:
            self.card.call()
        self._calling = ""

    def new_patient(self) -> None:
        """Show an empty chart with the cursor in the name."""
        self._shown = ""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.card.show_patient(Patient(), ())
        self._charts.setCurrentWidget(self.card)
        self.card.focus_first()

    def import_table(self) -> None:
        """Ask for a table of patients or sessions, in the place of the chart."""
        self.flush()
        self._charts.setCurrentWidget(self._table_side)
        self.tables.ask()

    def _on_import_left(self) -> None:
        self._charts.setCurrentWidget(self.card if self._shown else self._none)
        self.focus_first()

    def _on_saved(self, patient: Patient) -> None:
        if not self._shown and self.card.editor.saved.id == patient.id:
            self._shown = patient.id
        self._find()


def _translated(column: Column[PatientLine]) -> Column[PatientLine]:
    return Column(
        head=_(column.head),
        text=column.text,
        key=column.key,
        right=column.right,
        tip=column.tip,
        font=column.font,
    )
