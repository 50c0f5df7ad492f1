"""What receivers answered to the electronic messages of a report; a file of one is read in here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.kernel.i18n import _
from aeapp.services.acknowledging import Kept, Read
from forms.alive import while_alive
from forms.desk import Desk
from forms.widgets.buttons import Button
from forms.widgets.entry import fill, two_lines
from forms.widgets.labels import label


class Acknowledgements(QWidget):
    """Lists the answers about one report, and takes further ones."""

    def __init__(self, desk: Desk, report_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._report_id = desk, report_id
        self.add = Button(_("Read a file"), self, kind="small", key="K")
        self.add.setAccessibleName(_("Read the file of an acknowledgement"))
        self.add.clicked.connect(self.ask)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(_("Acknowledgements of messages"), "strong", self, wrap=True), 1)
        head.addWidget(self.add)
        self._lines = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._lines)

    def show_lines(self, kept: tuple[Kept, ...]) -> None:
        """Show the answers, the oldest first."""
        rows = [two_lines(*_line(one), self) for one in kept]
        none = two_lines(
            _("No acknowledgement was read."),
            _(
                "A receiver answers an electronic message with a file (ACK). Read it here: it is"
                " kept with its report and moves no step; what follows you record yourself."
            ),
            self,
        )
        fill(self._lines, rows or [none])

    def ask(self, *_pressed: object) -> None:
        """Ask for the file of an answer and keep it with the report it is about."""
        kinds = _("Acknowledgements") + " (*.xml *.ack)"
        caption = _("Acknowledgement of an electronic message")
        self._desk.ask.open_file(caption, None, kinds, while_alive(self, self._read))

    def _read(self, path: Path) -> None:
        service, report_id = self._desk.app.acknowledgements, self._report_id

        def work() -> tuple[Read, tuple[Kept, ...]]:
            return service.read(path), service.of_report(report_id)

        self._desk.write(work, while_alive(self, self._on_read))

    def _on_read(self, found: tuple[Read, tuple[Kept, ...]]) -> None:
        read, here = found
        self.show_lines(here)
        others = [k.report_number for k in read.kept if k.record.report_id != self._report_id]
        told = [_("Kept. Record what follows from it yourself.")]
        if others:
            told.append(_("It is about {numbers}.").format(numbers=", ".join(others)))
        if read.strange:
            told.append(
                _("Not written here: {numbers}.").format(numbers=", ".join(read.strange))
            )  # fmt: skip
        self._desk.toast(" ".join(told))


def _line(one: Kept) -> tuple[str, str]:
    verdict, *messages = one.lines
    record = one.record
    facts = (
        show(record.at) if record.at else _("time not said"),
        record.sender or "",
        _("their number {number}").format(number=record.their_number)
        if record.their_number
        else "",
        *messages,
    )
    return verdict, "; ".join(fact for fact in facts if fact)
