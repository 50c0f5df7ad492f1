"""What CTCAE says of the grades of an event, beside the question how strong it was.

The sentences are read, the grade is chosen by a person: nothing here chooses or suggests one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import TermGrades
from aeapp.kernel.i18n import _
from forms.chair.severities import SEVERITIES
from forms.widgets.labels import Label, label


class GradeLines(QWidget):
    """A line a grade of the newest edition; of the grade that is chosen, a line an edition."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("events.grades")
        self.setAccessibleName(_("What CTCAE says of the grades"))
        self._grades: tuple[TermGrades, ...] = ()
        self._head = label(kind="caption", parent=self, wrap=True)
        self._lines: list[Label] = [
            label(kind="caption", parent=self, wrap=True) for _n in range(4)
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._head)
        for line in self._lines:
            column.addWidget(line)
        self.hide()

    def show_grades(self, grades: Sequence[TermGrades], chosen: Severity | None = None) -> None:
        """Show what the loaded editions say; hide where none says anything."""
        self._grades = tuple(grades)
        self.show_chosen(chosen)

    def show_chosen(self, chosen: Severity | None) -> None:
        """Show the sentences of the grade that was chosen, or all of the newest edition."""
        self.setVisible(bool(self._grades))
        if not self._grades:
            return
        newest = self._grades[0]
        if chosen is None:
            self._head.setText(_title(newest))
            said = [(s.value, newest.sentences.get(s)) for s in SEVERITIES]
            texts = [f"{digit}  {text}" for digit, text in said if text]
        else:
            self._head.setText(_("Grade {digit} says:").format(digit=chosen.value))
            texts = [self._said(one, chosen) for one in self._grades]
        for n, line in enumerate(self._lines):
            line.setText(texts[n] if n < len(texts) else "")
            line.setVisible(n < len(texts))
        self.setAccessibleDescription(" ".join(self.texts()))

    def texts(self) -> list[str]:
        """Return the lines that are shown."""
        found = [self._head.text(), *(line.text() for line in self._lines)]
        return [text for text in found if text]

    @staticmethod
    def _said(one: TermGrades, chosen: Severity) -> str:
        text = one.sentences.get(chosen)
        none = _("{title}: has no such grade")
        return f"{_title(one)}: {text}" if text else none.format(title=_title(one))


def sentences_of(one: TermGrades) -> str:
    """Return ``CTCAE 5.0, its term: 2 its sentence; 3 its sentence`` of one edition."""
    said = [f"{s.value} {one.sentences[s]}" for s in SEVERITIES if s in one.sentences]
    return f"{_title(one)}: {'; '.join(said)}"


def _title(one: TermGrades) -> str:
    """Return the edition, and the term where it is another word than the event's."""
    if one.same:
        return _("CTCAE {version}").format(version=one.edition)
    return _("CTCAE {version}, {term}").format(version=one.edition, term=one.term)
