"""The files of a session and of its events: added, looked at, opened, struck through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.records import Attachment, Event, Session
from aeapp.kernel.i18n import _
from aeapp.services.attaching import Owner
from forms.attachments import AttachmentsPanel
from forms.desk import Desk
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

_LIST, _PICTURE = 130, 220
_DIGITS = "123456789"


class SessionFiles(QFrame):
    """The list of files; hidden until it is asked for.

    Signals:
        left: Esc was pressed.

    Attributes:
        panel: The list itself; None until it was asked for the first time.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files")
        self.setAccessibleName(_("Files of the session"))
        self._desk = desk
        self._session = Session()
        self._events: tuple[Event, ...] = ()
        self._owner = ""
        self.show_file: Callable[[QUrl], object] = QDesktopServices.openUrl
        self.panel: AttachmentsPanel | None = None
        self.owners = ChipRow([], self)
        self._words = label(_("A new file belongs to"), "caption", self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._words, 1)
        head.addWidget(KeyCap("Esc", self))
        head.addWidget(label(_("leave"), "caption", self))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self.owners)
        self.hide()

    # --- what the room uses

    def show_work(self, work: SessionWork) -> None:
        """Follow the session; another one has other files."""
        session = work.room.session
        events = tuple(e for e in work.room.events if e.stands and e.version)
        if session.id != self._session.id:
            self.hide()
            self._owner = ""
        known = [(e.id, e.verbatim) for e in self._events]
        self._session, self._events = session, events
        if not self.isHidden() and known != [(e.id, e.verbatim) for e in events]:
            self._show_owners()

    def ask(self) -> None:
        """Show the list as it is now, with the focus in it."""
        if self.panel is None:
            self.panel = self._made()
            self._column.addWidget(self.panel)
        self._show_owners()
        self.show()
        self.panel.show()
        self.panel.refresh()
        self.panel.focus_first()

    def focus_first(self) -> None:
        """Put the focus into the list."""
        if self.panel is not None:
            self.panel.focus_first()

    def _made(self) -> AttachmentsPanel:
        panel = AttachmentsPanel(
            self._desk,
            self._read,
            lambda: self.owner,
            self,
            show_file=self.show_file,
            of=self._of,
        )
        panel.table.passed_on += _DIGITS
        panel.table.setMinimumHeight(px(_LIST))
        panel.pages_area.setMinimumHeight(px(_PICTURE))
        return panel

    def _read(self) -> Sequence[Attachment]:
        return self._desk.app.attaching.of_session(self._session.id)

    # --- whose a file is

    @property
    def owner(self) -> Owner:
        """Return whom a new file belongs to: the session, or the event that was chosen."""
        return next((e for e in self._events if e.id == self._owner), self._session)

    def _of(self, one: Attachment) -> str:
        event = next((e for e in self._events if one.event_id and e.id == one.event_id), None)
        return event.verbatim or "" if event is not None else ""

    def _show_owners(self) -> None:
        options = [Option(value="", text=_("this session"), key="1")]
        for n, event in enumerate(self._events, start=1):
            key = _DIGITS[n] if n < len(_DIGITS) else ""
            options.append(Option(value=event.id, text=event.verbatim or _("Event"), key=key))
        held = any(chip.hasFocus() for chip in self.owners.buttons)
        old, self.owners = self.owners, ChipRow(options, self)
        self.owners.name_all(_("A new file belongs to"))
        self.owners.picked.connect(self._on_owner)
        self._column.replaceWidget(old, self.owners)
        old.hide()
        old.deleteLater()
        self.owners.show()
        if self.panel is not None:
            QWidget.setTabOrder(self.owners, self.panel)
        self._on_owner(self.owner.id if isinstance(self.owner, Event) else "")
        if held:
            self.owners.focus_first()

    def _on_owner(self, owner: object) -> None:
        self._owner = str(owner)
        self.owners.show_chosen(frozenset({self._owner}))

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = _DIGITS.find(event.text()) if event.text() else -1
        owners = ("", *(e.id for e in self._events))
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif 0 <= at < len(owners):
            self._on_owner(owners[at])
        else:
            super().keyPressEvent(event)
