"""The events of one patient: in a session or not, who told them, and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.items import NULL_LABELS, NullFlavor, as_text
from aeapp.domain.records import Event, Patient, Session
from aeapp.kernel.i18n import N_, _
from aeapp.services.telling import PatientEvent
from forms import fonts
from forms.alive import while_alive
from forms.chair.told_card import ToldCard
from forms.desk import Desk
from forms.models.paged import Column
from forms.reason_strip import ReasonStrip
from forms.widgets.buttons import Button
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import label

# So many sessions are offered by a digit; any other one is named by its number.
MOST_SESSIONS = 6
WIDTHS = (160, 0, 140, 190)
WHY_LINKED = (N_("The patient named the session"), N_("By its date"))


class PatientEvents(QWidget):
    """The events of one patient.

    Attributes:
        card: Takes an event from outside; who owns the chart says where it stands.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = Patient()
        self._sessions: tuple[Session, ...] = ()
        self._linking = ("", "")
        self.start = Button(_("Event told…"), self, kind="small", shortcut="F4")
        self.start.setObjectName("patient.event")
        self.start.clicked.connect(self.ask)
        self.card = ToldCard(desk, self)
        self.card.saved.connect(self._on_saved)
        self.card.left.connect(self.start.setFocus)
        self.strip = ReasonStrip(self)
        self.strip.answered.connect(self._on_answer)
        self.link = Button(_("To a session…"), self, kind="small")
        self.link.setObjectName("patient.link")
        self.link.clicked.connect(self._on_link)
        self.list: HistoryTable[PatientEvent] = HistoryTable(
            _("Events"), _("No events yet."), COLUMNS, widths=WIDTHS, id_of=_id_of, parent=self
        )
        self.list.table.opened.connect(self._on_opened)
        self.list.table.selectionModel().currentRowChanged.connect(self._on_row)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Events"), "strong", self), 1)
        head.addWidget(self.link)
        head.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.list)

    def show_patient(self, patient: Patient, sessions: Sequence[Session] = ()) -> None:
        """Show the events of a patient; one who is not stored has none."""
        self._patient, self._sessions = patient, tuple(sessions)
        self.card.hide()
        self.strip.hide()
        self.start.setEnabled(bool(patient.id))
        self._show(())
        if patient.id:
            self._read()

    def ask(self) -> None:
        """Take an event from outside."""
        if self._patient.id:
            self.card.ask(self._patient)

    def _read(self) -> None:
        telling, patient_id = self._desk.app.telling, self._patient.id

        def found(events: tuple[PatientEvent, ...]) -> None:
            if patient_id == self._patient.id:
                self._show(events)

        self._desk.read(lambda: telling.of_patient(patient_id), while_alive(self, found))

    def _show(self, events: Sequence[PatientEvent]) -> None:
        self.list.show_lines(events)
        self._on_row()

    def _on_row(self, *_rows: object) -> None:
        one = self.list.chosen
        apart = one is not None and one.session is None and bool(self._sessions)
        self.link.setVisible(apart)
        if one is not None and apart:
            words = _("{event} belongs to a session").format(event=one.event.verbatim)
            self.link.setAccessibleName(words)

    def _on_opened(self, row: int) -> None:
        one = self.list.lines[row]
        if one.session is not None:
            self._desk.show_session(one.session.id)
        elif self._sessions:
            self._on_link()

    def _on_link(self) -> None:
        one = self.list.chosen
        if one is None:
            return
        self._linking = (one.event.id, "")
        offered = [_session_words(session) for session in self._sessions[:MOST_SESSIONS]]
        self.strip.ask(_("To which session does it belong?"), offered)

    def _on_answer(self, words: str) -> None:
        """Take the session, then the reason why it belongs to it."""
        event_id, session_id = self._linking
        if session_id:
            self._link(words)
            return
        named = words.split(maxsplit=1)[0].casefold()
        found = next((s for s in self._sessions if (s.number or "").casefold() == named), None)
        if found is None:
            self._desk.toast(_("This patient has no session of that number."))
            return
        self._linking = (event_id, found.id)
        self.strip.ask(_("Why does it belong to this session?"), [_(w) for w in WHY_LINKED])

    def _link(self, reason: str) -> None:
        telling, (event_id, session_id) = self._desk.app.telling, self._linking

        def done(_event: Event) -> None:
            self._desk.toast(_("The event belongs to the session now."))
            self._read()

        self._desk.write(
            lambda: telling.link(event_id, session_id, reason), while_alive(self, done)
        )

    def _on_saved(self, _event: Event) -> None:
        self._read()
        self.start.setFocus()


def _id_of(one: PatientEvent) -> str:
    return one.event.id


def _begun(one: PatientEvent) -> str:
    onset = one.event.onset
    if isinstance(onset, NullFlavor):
        return _("onset {why}").format(why=_(NULL_LABELS[onset]).lower())
    return show(onset) if onset is not None else _("onset not recorded")


def _where(one: PatientEvent) -> str:
    return (one.session.number or "") if one.session is not None else _("no session")


def _told_by(one: PatientEvent) -> str:
    if one.awareness is None:
        return ""
    teller = as_text(one.awareness.teller) or _("nobody named")
    learnt = show(one.awareness.at)
    return _("told by {who}, learnt {when}").format(who=teller, when=learnt)


COLUMNS: tuple[Column[PatientEvent], ...] = (
    Column(head=N_("Since"), text=_begun),
    Column(head=N_("Event"), text=lambda one: one.event.verbatim or ""),
    Column(head=N_("Session"), text=_where, font=lambda _one: fonts.sized("id")),
    Column(head=N_("Learnt"), text=_told_by, tip=_told_by),
)


def _session_words(session: Session) -> str:
    started = show(session.started) if session.started is not None else ""
    return f"{session.number} {started}".strip()
