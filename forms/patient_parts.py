"""What a patient has several of, a few fields each: conditions of the history, and medicines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain import lens
from aeapp.domain.items import Section
from aeapp.domain.records import Patient
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import N_, _
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.emptied import emptied
from forms.widgets.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class PartKind:
    """One of the lists.

    Attributes:
        list: The item of the patient that holds it.
        shown: The items of a member, in the order of the screen.
    """

    list: str
    blank: Section
    shown: tuple[str, ...]
    title: str
    add: str
    remove: str


CONDITIONS = PartKind(
    list="conditions",
    blank=Condition(),
    shown=(
        *("name", "icd10cm", "started", "ended", "ongoing", "family", "comment"),
        *("meddra_code", "meddra_edition"),
    ),
    title=N_("Conditions"),
    add=N_("Add condition"),
    remove=N_("Remove condition {number}"),
)
MEDICINES = PartKind(
    list="medicines",
    blank=Medicine(),
    shown=(
        *("name", "dose", "role", "started", "ended", "ongoing"),
        *("indication_code", "reaction_code", "meddra_edition"),
    ),
    title=N_("Medicines"),
    add=N_("Add medicine"),
    remove=N_("Remove medicine {number}"),
)
_KINDS = (CONDITIONS, MEDICINES)


def without_blanks(patient: Patient) -> Patient:
    """Return ``patient`` without members that nobody filled in."""
    kept: dict[str, Any] = {
        kind.list: tuple(m for m in getattr(patient, kind.list) if lens.diff(kind.blank, m))
        for kind in _KINDS
    }
    return replace(patient, **kept)


class PartRows(QWidget):
    """One list with a way to add to it and to take from it.

    Args:
        made: Makes the field of a path; the card hears it.

    Signals:
        changed: A member was added or taken away: the name of the list, and its members now.

    Attributes:
        fields: By path, as they are on the screen.
    """

    changed = Signal(str, object)

    def __init__(
        self, kind: PartKind, made: Callable[[str], FieldWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind, self._made = kind, made
        self._editor: Editor[Patient] = Editor(Patient())
        self.fields: dict[str, FieldWidget] = {}
        self.add = Button(_(kind.add), self, kind="small", icon="add")
        self.add.setObjectName(f"patient.add_{kind.list[:-1]}")
        self.add.clicked.connect(self._on_add)
        head = QHBoxLayout()
        head.addWidget(label(_(kind.title), "strong", self))
        head.addStretch(1)
        head.addWidget(self.add)
        self._rows = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._rows)

    def show_editor(self, editor: Editor[Patient]) -> None:
        """Show the list of another patient."""
        self._editor = editor
        self._make_rows()

    def follow(self) -> None:
        """Make the rows anew where there are more or fewer members than rows."""
        if len(self.fields) != len(self._kind.shown) * len(self._members()):
            self._make_rows()

    def _members(self) -> tuple[Section, ...]:
        members: tuple[Section, ...] = getattr(self._editor.model, self._kind.list)
        return members

    def _path(self, n: int, name: str) -> str:
        return f"{self._kind.list}[{n}].{name}"

    def _make_rows(self) -> None:
        emptied(self._rows)
        self.fields = {}
        count = len(self._members())
        if not count:
            self._rows.addWidget(label(_("None entered."), "caption", self))
        rows = [self._row(n) for n in range(count)]
        for row in rows:
            self._rows.addWidget(row)
            # At once, not in a later turn of the loop: the next key may be Tab.
            row.show()
        self._walk(rows)
        for path, field in self.fields.items():
            field.show_value(self._editor.value(path), self._editor.text(path))

    def _walk(self, rows: Sequence[QWidget]) -> None:
        """Have Tab go through the rows where they stand: they are younger than what is below."""
        before: QWidget = self.add
        for row in rows:
            for one in row.findChildren(QWidget):
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    self.setTabOrder(before, one)
                    before = one

    def _row(self, n: int) -> QWidget:
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        for name in self._kind.shown:
            field = self._made(self._path(n, name))
            self.fields[self._path(n, name)] = field
            column.addWidget(field)
        remove = Button(_("Remove"), row, kind="small", icon="remove")
        remove.setAccessibleName(_(self._kind.remove).format(number=n + 1))
        remove.clicked.connect(partial(self._on_remove, n))
        column.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _on_add(self) -> None:
        members = self._members()
        self.changed.emit(self._kind.list, (*members, self._kind.blank))
        self.fields[self._path(len(members), self._kind.shown[0])].focus_editor()

    def _on_remove(self, n: int) -> None:
        members = self._members()
        self.changed.emit(self._kind.list, (*members[:n], *members[n + 1 :]))
