"""Keep what came after a sending was recorded: the number they gave, the file that proves it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aeapp.domain.records import Sending
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of


class ReceiptForm(EntryForm):
    """Asks for what one line of the log lacks.

    Signals:
        came: Something came; carries the id of the line, the number or "", and the file or None.
        proof_asked: A file that proves it is to be chosen.
    """

    came = Signal(str, str, object)
    proof_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("receipt", Button(_("Keep"), kind="main", key="Enter"), parent)
        self._line = Sending()
        self._proof: Path | None = None
        self.reference = self.line(
            Sending, "reference", _("number they gave"), _("Number or reference")
        )
        self.attach = Button(_("Proof of sending"), self, kind="small", icon="add")
        self.attach.clicked.connect(self.proof_asked)
        proof = QWidget(self)
        row = QHBoxLayout(proof)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.attach)
        row.addStretch(1)
        self.build(_("What came later"), (self.reference, proof))

    def ask(self, line: Sending) -> None:
        """Begin with what ``line`` lacks."""
        self._line = line
        self.reference.clear()
        self.reference.setVisible(not line.reference)
        self.attach.setVisible(not line.proof_sha256)
        self.take_proof(None)
        self.note.say("")
        self.show()
        (self.attach if line.reference else self.reference).setFocus()

    def take_proof(self, proof: Path | None) -> None:
        """Show the file that proves it."""
        self._proof = proof
        words = _("Proof: {name}").format(name=proof.name) if proof else _("Proof of sending")
        self.attach.say(words)

    def finish(self) -> None:
        """Hand over what came, or say that nothing did."""
        number = words_of(self.reference) or ""
        if not self.refuse("" if number or self._proof else _("Give the number or the proof.")):
            self.came.emit(self._line.id, number, self._proof)
