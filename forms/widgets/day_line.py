"""A line for a day that narrows something, typed as dates are typed everywhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from aeapp.domain.codecs import read, show
from aeapp.domain.items import spec_at
from aeapp.domain.records import SavedSearch
from aeapp.domain.values import PartialDate
from forms.theme import px


class DayLine(QLineEdit):
    """A day, month or year, as far as it is known.

    Signals:
        entered: It was left or Enter was pressed.
    """

    entered = Signal()

    def __init__(self, name: str, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._spec = spec_at(SavedSearch, "since")
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFixedWidth(px(120))
        self.editingFinished.connect(self.entered)

    def day(self) -> PartialDate | None:
        """Return what stands here.

        Raises:
            BadInputError: It is no date.
        """
        found: PartialDate | None = read(self._spec, self.text())
        return found

    def show_day(self, day: PartialDate | None) -> None:
        """Show a day."""
        self.setText(show(day))
