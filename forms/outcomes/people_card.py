"""The people behind a figure, by the code that goes on reports; Enter opens a chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from aeapp.domain.items import as_text
from aeapp.domain.records import Patient
from aeapp.kernel.i18n import _
from forms.alive import while_alive
from forms.desk import Desk
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label

_MOST = 500
_ID = 256  # Qt.ItemDataRole.UserRole as a number


class PeopleCard(QWidget):
    """A list that opens under the cards and goes with Esc.

    Signals:
        left: It was closed.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("People behind the figure"))
        self._desk = desk
        self._ids: list[str] = []
        self.title = label("", "strong", self)
        self.close_it = Button(_("Close"), self, kind="small", key="Esc", shortcut="Esc")
        self.close_it.clicked.connect(self._on_close)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("People behind the figure"))
        self.list.setFixedHeight(px(150))
        self.list.itemActivated.connect(self._on_activated)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.addLayout(head)
        column.addWidget(self.list)
        self.hide()

    def show_people(self, title: str, people: Sequence[str]) -> None:
        """Show who stands behind a figure."""
        words = _("{title}: {count} people") if len(people) != 1 else _("{title}: 1 person")
        self.title.setText(words.format(title=title, count=len(people)))
        self.list.clear()
        self.show()
        self._ids = ids = list(people[:_MOST])
        self._desk.read(lambda: self._codes(ids), while_alive(self, partial(self._on_codes, ids)))

    def put_away(self) -> None:
        """Close it: the figures are others now, or something else is shown."""
        self._ids = []
        self.list.clear()
        self.hide()

    def _codes(self, ids: list[str]) -> list[tuple[str, str]]:
        with self._desk.app.context.new_uow() as uow:
            found = uow.records.many("patient", ids)
        return sorted((as_text(p.code), p.id) for p in found if isinstance(p, Patient))

    def _on_codes(self, ids: list[str], lines: list[tuple[str, str]]) -> None:
        if ids is not self._ids:
            # Another figure was asked about meanwhile.
            return
        self.list.clear()
        for code, patient_id in lines:
            item = QListWidgetItem(code or _("no code"), self.list)
            item.setData(_ID, patient_id)
        if lines:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self._desk.show_patient(item.data(_ID))

    def _on_close(self) -> None:
        self.put_away()
        self.left.emit()
