"""The file of a paper: which attached file it is, and buttons to attach one or let it go."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aeapp.kernel.i18n import _
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.labels import label

_SHORT = 8


class PaperField(FieldWidget):
    """Shows the title of the attached file that a paper is.

    Signals:
        file_asked: A file is to be attached and named here.
    """

    file_asked = Signal()

    def _make_control(self) -> QWidget:
        self._titles: Mapping[str, str] = {}
        self._file = ""
        control = QWidget(self)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = label(kind="body", parent=control, wrap=True)
        self.attach = Button(_("Attach the file…"), control, kind="small", icon="folder")
        self.let_go = Button(_("Without the file"), control, kind="small")
        self.attach.clicked.connect(self.file_asked)
        self.let_go.clicked.connect(self._on_let_go)
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title, 1)
        row.addWidget(self.attach)
        row.addWidget(self.let_go)
        return control

    def _editors(self) -> list[QWidget]:
        return [self.attach, self.let_go]

    def _name_all(self) -> None:
        super()._name_all()
        for button in (self.attach, self.let_go):
            button.setAccessibleName(f"{button.text()}: {self.accessible_label}")

    def show_files(self, titles: Mapping[str, str]) -> None:
        """Know the attached files, by the hash of their contents."""
        self._titles = titles
        self._say()

    def _show(self, value: object, text: str, reason: str) -> None:
        del value, reason
        self._file = text
        self._say()

    def _say(self) -> None:
        missing = _("a file that is not attached here ({key}…)").format(key=self._file[:_SHORT])
        none = _("No file; the reference goes alone.")
        self._title.setText(self._titles.get(self._file, missing) if self._file else none)
        self.let_go.setVisible(bool(self._file) and not self._read_only)

    def _lock(self, read_only: bool) -> None:
        self.attach.setVisible(not read_only)
        self._say()

    def _on_let_go(self) -> None:
        self.chosen.emit(None)
        self.attach.setFocus()
