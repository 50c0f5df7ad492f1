"""Begin a session: find the patient by a few letters, confirm what was the same last time."""

from __future__ import annotations

from collections.abc import Sequence

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

from aeapp.domain.chair.phases import is_planned
from aeapp.domain.codelists.clinic import SessionRoute, Setting
from aeapp.domain.items import as_text
from aeapp.domain.records import Session
from aeapp.kernel.i18n import _
from aeapp.services.patients import PatientLine
from aeapp.services.planning import Wanted
from aeapp.services.sessions import HomeFacts
from forms.chair.home_fields import HomeFields
from forms.desk import Desk
from forms.start_facts import Found, times_words
from forms.theme import px
from forms.widgets.base import LABEL_WIDTH
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.entry import named_line
from forms.widgets.labels import Note, hairline, label
from forms.widgets.options import ChipRow, Option

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST = 12
SEARCH_MS = 40


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
        resumed: The patient's session runs already; carries it.
        left: Esc was pressed with nothing to go back to.
    """

    started = Signal(object)
    resumed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New session"))
        self._desk = desk
        self._found: Found | None = None
        self._asked = self._answered = 0
        self._waiting = False
        self._at_once = True
        self._route: SessionRoute | None = None
        self._setting = Setting.CLINIC
        self.search = QLineEdit(self)
        self.search.setObjectName("start.search")
        self.search.setProperty("kind", "large")
        self.search.setPlaceholderText(_("name or code of the patient"))
        self.search.setAccessibleName(_("Find a patient"))
        self._lines = _Lines(self)
        self._hint = label(
            _("Enter begins as last time or as planned; Alt Enter changes something first."),
            "caption",
            self,
        )
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
        # Made in the order in which they stand: so Tab reads them.
        self.indication = named_line("start.indication", _("Indication"), 250, self._facts)
        self.chair = named_line("start.chair", _("Chair"), 30, self._facts)
        self.settings = ChipRow(
            [
                Option(value=s, text=_(s.words), key=k)
                for s, k in zip(Setting, ("C", "H"), strict=True)
            ],
            self._facts,
        )
        self.settings.name_all(_("Setting"))
        self.settings.picked.connect(self._on_setting)
        self.home = HomeFields(self._desk.app.context.now, self._facts)
        self.begin = Button(_("Start session"), self._facts, kind="main", key="Enter")
        self.begin.setObjectName("start.begin")
        self.begin.clicked.connect(self._on_begin)

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
        column.addWidget(self._hint)
        column.addWidget(self._facts)
        column.addStretch(1)
        self._build_facts()

    def _build_facts(self) -> None:
        """Lay out what is asked of the session once the patient was found."""
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
        # Under each other with the fields of a session at home.
        grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        grid.addWidget(self.home, grid.rowCount(), 0, 1, 2)
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
        self._hint.show()
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
                self._answered = number
                self._show_lines(lines)

        self._desk.read(work, done)

    def _show_lines(self, lines: list[PatientLine]) -> None:
        self._lines.show(lines)
        empty = not lines and bool(self.search.text().strip())
        words = _("Nobody has these letters in name or code. A new patient: Ctrl+3, Alt+N.")
        self.note.say(words if empty else "", "info")
        if lines:
            self.list.setCurrentIndex(self._lines.index(0))
        if self._waiting:
            self._waiting = False
            # Of several patients nobody is taken whom the person has not seen.
            if len(lines) == 1:
                self._on_enter(at_once=self._at_once)

    def _on_enter(self, *, at_once: bool = True) -> None:
        if self._timer.isActive() or self._answered != self._asked:
            # Enter came before the answer to these letters: the list is that of others.
            self._waiting, self._at_once = True, at_once
            if self._timer.isActive():
                self._timer.stop()
                self._on_search()
            return
        index = self.list.currentIndex()
        if index.isValid():
            self._open(self._lines.lines[index.row()].id, at_once=at_once)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(self._lines.lines[index.row()].id)

    def _open(self, patient_id: str, *, at_once: bool = False) -> None:
        app = self._desk.app

        def work() -> Found:
            sessions = app.sessions.of_patient(patient_id)
            begun = [s for s in sessions if not is_planned(s)]
            last = begun[0] if begun else None
            return Found(
                app.patients.get(patient_id),
                last,
                len(begun),
                planned=app.planning.today(patient_id),
                running=next((s for s in begun if s.ending is None), None),
            )

        def done(found: Found) -> None:
            if found.running is not None:
                self.resumed.emit(found.running)
                return
            self._on_found(found)
            if at_once and found.route is not None:
                self._on_begin()

        self._desk.read(work, done)

    def _on_found(self, found: Found) -> None:
        self._found = found
        patient = found.patient
        self._name.setText(as_text(patient.name) or patient.code or "")
        self._second.setText("   ".join(w for w in (patient.code or "", times_words(found)) if w))
        self._fill(found)
        self.home.clear()
        self._show_choices()
        self.list.hide()
        self._hint.hide()
        self._facts.show()
        if self._route is None:
            self.routes.focus_first()
        else:
            self.begin.setFocus()

    def _fill(self, found: Found) -> None:
        """Fill in what was planned, else what was the same last time."""
        known = [s for s in (found.planned, found.last) if s is not None]
        settings = (s.setting for s in known if isinstance(s.setting, Setting))
        self._route = found.route
        self._setting = next(settings, Setting.CLINIC)
        indications = (text for s in known if (text := as_text(s.indication)))
        self.indication.setText(next(indications, ""))
        self.chair.setText(next((s.chair for s in known if s.chair), ""))

    # --- beginning

    def _show_choices(self) -> None:
        self.routes.show_chosen(frozenset({self._route}) if self._route else frozenset())
        self.settings.show_chosen(frozenset({self._setting}))
        self.home.setVisible(self._setting is Setting.HOME)

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
        at_home = self._setting is Setting.HOME
        began = self.home.began() if at_home and found is not None else None
        if found is None or (at_home and began is None):
            return
        home = self.home.facts() if at_home else None
        self._found = None
        planning = self._desk.app.planning
        wanted = Wanted(
            route=self._route,
            setting=self._setting,
            indication=self.indication.text().strip() or None,
            chair=self.chair.text().strip() or None,
            started=began,
            home=home or HomeFacts(),
        )

        def work() -> Session:
            return planning.begin(found.patient.id, wanted)

        def failed(_error: BaseException) -> None:
            self._found = found

        self._desk.write(work, self.started.emit, failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self._lines.rowCount()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() in _ENTER:
            if self._found is None:
                # Alt+Enter: something differs from last time.
                self._on_enter(at_once=event.modifiers() != Qt.KeyboardModifier.AltModifier)
            else:
                self._on_begin()
        elif step and rows and self.search.hasFocus():
            at = max(0, min(rows - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._lines.index(at))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
