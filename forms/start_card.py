"""Begin a session: find the patient by a few letters, confirm what was the same last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.codelists.clinic import SessionRoute, Setting
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Patient, Session
from aeapp.kernel.i18n import _
from aeapp.services.patients import PatientLine
from forms.desk import Desk
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, hairline, label
from forms.widgets.options import ChipRow, Option

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST = 12
SEARCH_MS = 40


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What is known of a patient when a session is to begin."""

    patient: Patient
    last: Session | None
    count: int


class _Lines(QAbstractListModel):
    """The patients that fit what is typed."""

    lines: tuple[PatientLine, ...] = ()

    def show(self, lines: Sequence[PatientLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, px(30))
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        line = self.lines[index.row()]
        return "   ".join(word for word in (line.name or "?", line.code, line.birth) if word)


class StartCard(QFrame):
    """Finds a patient and asks the little that a session needs to begin.

    Signals:
        started: A session began; carries it.
        left: Esc was pressed with nothing to go back to.
    """

    started = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New session"))
        self._desk = desk
        self._found: Found | None = None
        self._asked = 0
        self._waiting = False
        self._route: SessionRoute | None = None
        self._setting = Setting.CLINIC
        self.search = QLineEdit(self)
        self.search.setObjectName("start.search")
        self.search.setProperty("kind", "large")
        self.search.setPlaceholderText(_("name or code of the patient"))
        self.search.setAccessibleName(_("Find a patient"))
        self._lines = _Lines(self)
        self.list = QListView(self)
        self.list.setModel(self._lines)
        self.list.setAccessibleName(_("Patients found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._on_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self._on_search)
        self.search.textEdited.connect(self._on_edited)
        self.note = Note(self)
        self._facts = QWidget(self)
        self._name = label(kind="heading", parent=self._facts)
        self._second = label(kind="caption", parent=self._facts, wrap=True)
        self._make_fields()
        self._build()
        self.ask("")

    # --- what the room uses

    def ask(self, patient_id: str) -> None:
        """Begin anew: for one patient, or for one to be found."""
        self._found, self._waiting = None, False
        self._facts.hide()
        self.search.clear()
        self._lines.show(())
        self.note.say("")
        if patient_id:
            self._open(patient_id)
        else:
            self._on_search()
        self.search.setFocus()

    # --- building

    def _make_fields(self) -> None:
        self.routes = ChipRow(
            [
                Option(value=r, text=_(r.words), key=str(n))
                for n, r in enumerate(SessionRoute, start=1)
            ],
            self._facts,
        )
        self.routes.name_all(_("Route"))
        self.routes.picked.connect(self._on_route)
        self.settings = ChipRow(
            [
                Option(value=s, text=_(s.words), key=k)
                for s, k in zip(Setting, ("C", "H"), strict=True)
            ],
            self._facts,
        )
        self.settings.name_all(_("Setting"))
        self.settings.picked.connect(self._on_setting)
        self.indication = self._line("start.indication", _("Indication"), 250)
        self.chair = self._line("start.chair", _("Chair"), 30)
        self.begin = Button(_("Start session"), self._facts, kind="main", key="Enter")
        self.begin.setObjectName("start.begin")
        self.begin.clicked.connect(self._on_begin)

    def _line(self, name: str, words: str, longest: int) -> QLineEdit:
        line = QLineEdit(self._facts)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setMaxLength(longest)
        return line

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("New session"), "title", self))
        head.addStretch(1)
        head.addWidget(KeyCap("F2", self))
        self.setMaximumWidth(px(760))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.note)
        column.addWidget(self.list, 8)
        column.addWidget(self._facts)
        column.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (words, field) in enumerate(
            (
                (_("Route"), self.routes),
                (_("Indication"), self.indication),
                (_("Chair"), self.chair),
                (_("Setting"), self.settings),
            )
        ):
            caption = label(words, "label", self._facts)
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        inner = QVBoxLayout(self._facts)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(hairline(self._facts))
        inner.addWidget(self._name)
        inner.addWidget(self._second)
        inner.addLayout(grid)
        inner.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignRight)

    # --- finding

    def _on_edited(self, _text: str) -> None:
        self._found = None
        self._facts.hide()
        self.list.show()
        self._timer.start()

    def _on_search(self) -> None:
        text, patients = self.search.text().strip(), self._desk.app.patients
        self._asked += 1
        number = self._asked

        def work() -> list[PatientLine]:
            return patients.lines(patients.ids(text, order_by="name")[:MOST])

        def done(lines: list[PatientLine]) -> None:
            # An answer to letters typed before is not shown any more.
            if number == self._asked:
                self._show_lines(lines)

        self._desk.read(work, done)

    def _show_lines(self, lines: list[PatientLine]) -> None:
        self._lines.show(lines)
        empty = not lines and bool(self.search.text().strip())
        self.note.say(_("Nobody has these letters in name or code.") if empty else "", "info")
        if lines:
            self.list.setCurrentIndex(self._lines.index(0))
        if self._waiting:
            self._waiting = False
            self._on_enter()

    def _on_enter(self) -> None:
        if self._timer.isActive():
            # Enter came before the letters were looked up: take the answer when it comes.
            self._timer.stop()
            self._waiting = True
            self._on_search()
            return
        index = self.list.currentIndex()
        if index.isValid():
            self._open(self._lines.lines[index.row()].id)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self._lines.lines[index.row()].id)

    def _open(self, patient_id: str) -> None:
        app = self._desk.app

        def work() -> Found:
            sessions = app.sessions.of_patient(patient_id)
            last = sessions[0] if sessions else None
            return Found(app.patients.get(patient_id), last, len(sessions))

        self._desk.read(work, self._on_found)

    def _on_found(self, found: Found) -> None:
        self._found = found
        patient, last = found.patient, found.last
        self._name.setText(as_text(patient.name) or patient.code or "")
        times = (
            _("{count} sessions so far; filled in as last time").format(count=found.count)
            if last
            else _("First session")
        )
        self._second.setText("   ".join(w for w in (patient.code or "", times) if w))
        self._route = last.route if last and isinstance(last.route, SessionRoute) else None
        self._setting = (
            last.setting if last and isinstance(last.setting, Setting) else Setting.CLINIC
        )
        known = last.indication if last else None
        self.indication.setText("" if known is None or isinstance(known, NullFlavor) else known)
        self.chair.setText(last.chair or "" if last else "")
        self._show_choices()
        self.list.hide()
        self._facts.show()
        if self._route is None:
            self.routes.focus_first()
        else:
            self.begin.setFocus()

    # --- beginning

    def _show_choices(self) -> None:
        self.routes.show_chosen(frozenset({self._route}) if self._route else frozenset())
        self.settings.show_chosen(frozenset({self._setting}))

    def _on_route(self, route: object) -> None:
        chosen = route if isinstance(route, SessionRoute) else None
        self._route = None if chosen is self._route else chosen
        self._show_choices()

    def _on_setting(self, setting: object) -> None:
        if isinstance(setting, Setting):
            self._setting = setting
        self._show_choices()

    def _on_begin(self) -> None:
        found = self._found
        if found is None:
            return
        self._found = None
        sessions = self._desk.app.sessions
        route, setting = self._route, self._setting
        indication = self.indication.text().strip() or None
        chair = self.chair.text().strip() or None

        def work() -> Session:
            return sessions.start(
                found.patient.id,
                setting=setting,
                route=route,
                indication=indication,
                chair=chair,
            )

        def failed(_error: BaseException) -> None:
            self._found = found

        self._desk.write(work, self.started.emit, failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self._lines.rowCount()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() in _ENTER:
            if self._found is None:
                self._on_enter()
            else:
                self._on_begin()
        elif step and rows and self.search.hasFocus():
            at = max(0, min(rows - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._lines.index(at))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
