"""Record what was sent or said: a call with its person and number, or a written report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import read, show
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.codelists.lifecycle import NotThere, SentAs
from aeapp.domain.findings import Severity as Weight
from aeapp.domain.items import spec_at
from aeapp.domain.records import ReportVersion, Sending
from aeapp.domain.sending import LACKS, Earlier, held_words, lacks_of
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from aeapp.services.sending import BeforeSending
from forms.now import Now
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of
from forms.widgets.labels import Note, label
from forms.widgets.options import Option, Picked
from forms.widgets.registry import widget_for

# The usual reasons why something went out without a signature here; any other is typed.
_USUAL = (N_("Signed on paper"), N_("Sent before it was signed here"))
WRITTEN = tuple(channel for channel in Channel if channel is not Channel.PHONE)


class MomentLine(QWidget):
    """A date of one item, read as it is typed.

    Attributes:
        value: What it holds; None while nothing, or nothing readable, was typed.
    """

    def __init__(self, spec: Any, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = widget_for(spec, parent=self, now=now)
        # The log stands in the narrowest column of the page.
        self.field.set_stacked(True)
        self.field.entered.connect(self._on_typed)
        self.field.chosen.connect(self.show_value)
        self.value: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def show_value(self, value: Any) -> None:
        """Show a date, or nothing."""
        self.value = value
        self.field.show_value(value, show(value) if value is not None else "")
        self.field.show_note("", None)

    def _on_typed(self, text: str) -> None:
        try:
            self.show_value(read(self.field.spec, text))
        except BadInputError as error:
            self.value = None
            self.field.show_note(error.message, Weight.BLOCKS)


class SendingForm(EntryForm):
    """Asks for one line of the log.

    Signals:
        recorded: A line is complete; carries it.
        proof_asked: A file that proves it is to be chosen.

    Attributes:
        proof: The file that was chosen; None where there is none.
    """

    recorded = Signal(object)
    proof_asked = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None, *, plain: bool = False) -> None:
        """Make the form; ``plain`` for what has one recipient and no file that proves it."""
        super().__init__("sending", Button(_("Record sending"), kind="main", key="Enter"), parent)
        self._plain, self._phone = plain, False
        self._now = now
        self.before = Note(self)
        self.channels = Picked([Option(value=c, text=_(c.words)) for c in WRITTEN], _("Way"), self)
        self.channels.picked.connect(self._on_channel)
        self.document = Picked(_options(SentAs), _("Document that went out"), self, needed=True)
        self.person = self.line(Sending, "person", _("who took it"), _("Person"))
        self.reference = self.line(
            Sending, "reference", _("number they gave"), _("Number or reference")
        )
        self.no_reference = Picked(_options(NotThere), _("Why no number"), self)
        self.at = MomentLine(spec_at(Sending, "at"), now, self)
        self.earlier = Earlier()
        self.doubt = Note(self)
        self.why_time = self.line(
            Sending, "at_because", _("why it went out at that time"), _("Why this time")
        )
        self.words = self.line(Sending, "words", _("what was said"), _("Words"))
        self.proof: Path | None = None
        self.attach = Button(_("Proof of sending"), self, kind="small", icon="add")
        self.attach.clicked.connect(self.proof_asked)
        self.no_proof = Picked(_options(NotThere), _("Why no proof"), self)
        self.usual = Picked(
            [Option(value=_(why), text=_(why)) for why in _USUAL], _("Why without signature"), self
        )
        self.usual.picked.connect(self._on_usual)
        self.unsigned = self.line(
            ReportVersion,
            "unsigned_because",
            _("why it went out although it is not what was signed"),
            _("Why without signature"),
        )
        self.to = Picked(_options(Destination), _("To whom"), self)
        self.reference.textEdited.connect(self._on_typed)
        self._lay_out()

    def _lay_out(self) -> None:
        proof = QWidget(self)
        row = QHBoxLayout(proof)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.attach)
        row.addStretch(1)
        caption = partial(label, kind="caption", parent=self, wrap=True)
        self._why_no_number = caption(_("No number, because"))
        self._why_no_proof = caption(_("No proof, because"))
        self._which = caption(_("What went out"))
        # What only something written is asked for.
        self._written = (self._why_no_number, self.no_reference, proof, self._why_no_proof,
                         self.no_proof)  # fmt: skip
        self._whom = (caption(_("To whom, where not to the recipient of the report")), self.to)
        parts = (
            self.before, self.channels, self._which, self.document, self.person, self.reference,
            self._why_no_number, self.no_reference, self.at, self.doubt, self.why_time,
            self.words, proof, self.no_proof, self.usual, self.unsigned,
            *self._whom,
        )  # fmt: skip
        self.build(_("Sent in writing, outside this program"), parts)

    def ask(
        self, channel: Channel | None = None, to: Destination | None = None, person: str = ""
    ) -> None:
        """Begin a line: a call, or something written of which the way is still to be said.

        Args:
            channel: The way, where it is known.
            to: Who gets it, where not the recipient of the report.
            person: Who took it before.
        """
        phone = self._phone = channel is Channel.PHONE
        self.say_title(
            _("Told by telephone; the written report follows")
            if phone
            else _("Sent in writing, outside this program")
        )
        for part in self._written:
            part.setVisible(not phone and not self._plain)
        self.channels.setVisible(not phone)
        for part in self._whom:
            part.setVisible(not self._plain)
        self.take_proof(None)
        for line in (self.person, self.reference, self.words, self.unsigned, self.why_time):
            line.setText("")
        self.person.setText(person)
        self.at.show_value(None)
        self._show_doubts(())
        for chips in (self.no_reference, self.no_proof, self.channels, self.usual):
            chips.show_value(None)
        self.to.show_value(to)
        self.document.show_value(SentAs.PAGES)
        self.show_before(BeforeSending())
        self.note.say("")
        self.show()
        self.person.setFocus() if phone else self.channels.focus_first()

    def show_before(self, before: BeforeSending) -> None:
        """Say what is to be known before it is recorded, and ask what that makes needed."""
        told = [_("An export waits for: {what}").format(what=w) for w in held_words(before.held)]
        if before.outdated:
            told.insert(0, _("The records changed since it was approved. Approve it again, or say "
                             "below why it went out all the same."))  # fmt: skip
        if before.unsigned:
            told.insert(0, _("Nobody has approved it. Approve it first, or say below why it went "
                             "out all the same."))  # fmt: skip
        self.before.say("\n".join(told), "wrong" if told else "")
        # A call leaves the report open; all this is about what went out in writing.
        self.before.setVisible(bool(told) and not self._phone)
        unsigned = (before.outdated or before.unsigned) and not self._phone
        self.usual.setVisible(unsigned)
        self.unsigned.setVisible(unsigned)
        for part in (self._which, self.document):
            part.setVisible((before.official or before.message) and not self._phone)
        self.earlier = before.earlier
        self._show_doubts(self.earlier.doubts(self.at.value))

    def _show_doubts(self, doubts: Sequence[str]) -> None:
        """Say beside the time why it is doubted, and ask why it is right."""
        self.doubt.say(" ".join(doubts), "wrong" if doubts else "")
        for part in (self.doubt, self.why_time):
            part.setVisible(bool(doubts))

    def take_proof(self, proof: Path | None) -> None:
        """Show the file that proves it."""
        self.proof = proof
        words = _("Proof: {name}").format(name=proof.name) if proof else _("Proof of sending")
        self.attach.say(words)
        if proof is not None:
            self.no_proof.show_value(None)

    def _on_channel(self, _channel: object) -> None:
        self.person.setFocus()

    def _on_usual(self, _why: object) -> None:
        self.unsigned.setText(self.usual.value or "")

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self.no_reference.show_value(None)

    def finish(self) -> None:
        """Hand the line over, or say what is missing."""
        line = Sending(
            channel=Channel.PHONE if self._phone else self.channels.value,
            destination=self.to.value,
            at=self.at.value,
            at_because=words_of(self.why_time),
            person=words_of(self.person),
            reference=words_of(self.reference),
            reference_lacks=self.no_reference.value,
            proof_lacks=self.no_proof.value,
            document=None if self._phone or self._plain else self.document.value,
            words=words_of(self.words),
        )
        if not self.refuse(self._missing(line)):
            self.recorded.emit(line)

    def _missing(self, line: Sending) -> str:
        if lacks := lacks_of(line, proven=self.proof is not None, plain=self._plain):
            return _(LACKS[lacks[0]])
        if line.at is not None and PartialDate.of(self._now()).surely_before(line.at):
            return _("The time lies in the future; record it once it was sent.")
        doubts = self.earlier.doubts(line.at)
        self._show_doubts(doubts)
        if doubts and line.at_because is None:
            self.why_time.setFocus()
            return _("Correct the time, or say why it is right.")
        if self.unsigned.isVisibleTo(self) and words_of(self.unsigned) is None:
            return _("Approve the report, or say why it went out without that.")
        return ""


def _options(codes: type[CodeList]) -> list[Option]:
    return [Option(value=code, text=_(code.words)) for code in codes]
