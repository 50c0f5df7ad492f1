"""Sign a report: what the signature means, and a fresh password."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists.lifecycle import SignatureMeaning
from aeapp.kernel.i18n import _
from forms.login_parts import PasswordEdit
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option


class SigningForm(EntryForm):
    """Asks for password and meaning.

    Signals:
        signed: Both are there; carries the password and the meaning. The field is empty by then.
    """

    signed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        save = Button(_("Sign"), kind="main", icon="signature", key="Enter")
        super().__init__("signing", save, parent)
        self._meaning = SignatureMeaning.APPROVED
        self._who = label(kind="caption", parent=self, wrap=True)
        options = [
            Option(value=m, text=_(m.words), key=str(n))
            for n, m in enumerate(SignatureMeaning, start=1)
        ]
        self.meanings = ChipRow(options, self)
        self.meanings.name_all(_("Meaning of the signature"))
        self.meanings.picked.connect(self._on_meaning)
        self.password = PasswordEdit(self)
        self.password.setObjectName("signing.password")
        self.password.setAccessibleName(_("Password"))
        self.password.setPlaceholderText(_("your password"))
        self.build(_("Sign this report"), (self._who, self.password, self.meanings))

    def ask(self, name: str, hint: str = "", meanings: Sequence[SignatureMeaning] = ()) -> None:
        """Begin a signature of the person who is logged in; ``hint`` is for practice.

        Only what a signature of this person may mean is offered; one alone needs no choice.
        """
        self.meanings.offer(frozenset(meanings or SignatureMeaning))
        words = _("{name} signs with name, time and meaning; the time is the program's.")
        self._who.setText("\n".join(part for part in (words.format(name=name), hint) if part))
        self._on_meaning(SignatureMeaning.APPROVED)
        self.password.hide_again()
        self.note.say("")
        self.show()
        self.password.setFocus()

    def ask_again(self, why: str) -> None:
        """Say why it was not signed; the password is asked for again."""
        self.refuse(why)
        self.password.setFocus()

    def leave(self) -> None:
        """Hide again; the password that was typed is forgotten."""
        self.password.hide_again()
        super().leave()

    def finish(self) -> None:
        """Hand the password over, and forget it."""
        password = self.password.text()
        self.password.hide_again()
        if password:
            self.note.say(_("Checking the password"), "info")
            self.signed.emit(password, self._meaning)
        else:
            self.ask_again(_("Type your password."))

    def _may(self, meaning: SignatureMeaning) -> bool:
        return meaning in self.meanings.offered

    def _on_meaning(self, meaning: object) -> None:
        if isinstance(meaning, SignatureMeaning) and self._may(meaning):
            self._meaning = meaning
        self.meanings.show_chosen(frozenset({self._meaning}))
