"""Begin a further version of what was sent: what it is, and what is new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.records import Report
from aeapp.kernel.i18n import _
from forms.widgets.buttons import Button
from forms.widgets.entry import EntryForm, words_of
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

_NATURES = [n for n in VersionNature if n is not VersionNature.INITIAL]


class CorrectingForm(EntryForm):
    """Asks for the kind of the further version and what is new.

    Signals:
        begun: Both are there; carries them.
    """

    begun = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("correcting", Button(_("Begin"), kind="main", key="Enter"), parent)
        self._nature: VersionNature | None = None
        self._allowed: Sequence[VersionNature] = _NATURES
        options = [
            Option(value=n, text=_(n.words), key=str(at)) for at, n in enumerate(_NATURES, start=1)
        ]
        self.natures = ChipRow(options, self)
        self.natures.name_all(_("Kind of version"))
        self.natures.picked.connect(self._on_nature)
        self.news = self.line(Report, "news", _("what is new, and why"), _("What is new"))
        self._told = label(kind="caption", parent=self, wrap=True)
        title = _("A further version of what was sent")
        self.build(title, (self.natures, self.news, self._told))

    def ask(self, allowed: Sequence[VersionNature], told: str) -> None:
        """Begin; ``told`` says who had the version before and must be told."""
        self._allowed = allowed
        for button, nature in zip(self.natures.buttons, _NATURES, strict=True):
            button.setEnabled(nature in allowed)
        self._show_nature(allowed[0] if len(allowed) == 1 else None)
        self.news.clear()
        self._told.setText(told)
        self.note.say("")
        self.show()
        self.natures.focus_first() if self._nature is None else self.news.setFocus()

    def finish(self) -> None:
        """Begin the version, or say what is missing."""
        news = words_of(self.news)
        missing = ""
        if self._nature is None:
            missing = _("What is it? 1, 2 or 3 says it.")
        elif news is None:
            missing = _("Say in a few words what is new.")
        if not self.refuse(missing):
            self.begun.emit(self._nature, news)

    def _show_nature(self, nature: VersionNature | None) -> None:
        self._nature = nature
        self.natures.show_chosen(frozenset({nature}) if nature else frozenset())

    def _on_nature(self, nature: object) -> None:
        if isinstance(nature, VersionNature) and nature in self._allowed:
            self._show_nature(nature)
            self.news.setFocus()
