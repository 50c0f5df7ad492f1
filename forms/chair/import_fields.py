"""The fields of an import of readings: which file, how it is read, and what a person says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.moments import shift_named
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from aeapp.services.importing import Wishes
from forms.chair.moment_typed import moment_typed
from forms.now import Now
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import label

_LONGEST_NAME, _HEAD = 17, 8


def short_name(name: str) -> str:
    """Return a file's name as a button has room for it: its end tells what it is."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_HEAD]}…{name[-_HEAD:]}"


class ImportFields(QWidget):
    """File, layout, clock offset, begin of the recording, and two ticks.

    Signals:
        changed: Something was said that the plan goes by.
        layout_chosen: The same, by choosing a layout.
    """

    changed = Signal()
    layout_chosen = Signal()

    def __init__(self, now: Now, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.file = Button(_("Choose file…"), self, icon="folder", shortcut="Alt+O")
        self.layout_box = QComboBox(self)
        self.offset = self._line(_("+mm:ss"), _("Clock offset of the device, minutes and seconds"))
        self.offset.setFixedWidth(px(90))
        self.began = self._line(
            _("14:40, of files that only count"), _("When a recording that only counts began")
        )
        self.other_day = QCheckBox(_("Of other days, and yet of this session"), self)
        self.same_patient = QCheckBox(_("Of this patient, I looked"), self)
        self.same_patient.setObjectName("import.same_patient")
        self._fill_layouts(titles)
        self._build()
        self._connect()

    # --- building

    def _line(self, ghost: str, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(ghost)
        line.setAccessibleName(name)
        line.setMaxLength(20)
        return line

    def _fill_layouts(self, titles: Mapping[str, str]) -> None:
        box = self.layout_box
        box.setAccessibleName(_("Layout of the file"))
        # Titles are long; the list that opens shows them whole.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.addItem(_("as its content says"), "")
        for name, title in titles.items():
            box.addItem(_(title), name)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        rows = (
            (_("File"), self.file),
            (_("Layout"), self.layout_box),
            (_("Clock offset"), self.offset),
            (_("Began"), self.began),
        )
        for n, (words, widget) in enumerate(rows):
            caption = label(words, "label", self)
            caption.setBuddy(widget)
            grid.addWidget(caption, n, 0)
            line = QHBoxLayout()
            line.addWidget(widget)
            grid.addLayout(line, n, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.other_day)
        column.addWidget(self.same_patient)
        QWidget.setTabOrder(self.began, self.other_day)
        QWidget.setTabOrder(self.other_day, self.same_patient)
        self.same_patient.hide()

    def _connect(self) -> None:
        self.layout_box.activated.connect(lambda _at: self.layout_chosen.emit())
        for line in (self.offset, self.began):
            line.editingFinished.connect(self._on_finished)
        for tick in (self.other_day, self.same_patient):
            tick.toggled.connect(lambda _on: self.changed.emit())

    def _on_finished(self) -> None:
        modified = [line for line in (self.offset, self.began) if line.isModified()]
        for line in modified:
            line.setModified(False)
        if modified:
            self.changed.emit()

    # --- what the card uses

    @property
    def layout_name(self) -> str:
        """Return the name of the layout that was chosen; empty for what the content says."""
        return str(self.layout_box.currentData() or "")

    def show_file(self, path: Path) -> None:
        """Name another file; what was said of the one before says nothing of this one."""
        self._untick()
        self.file.say(short_name(path.name), name=_("Chosen file"))
        self.file.setToolTip(path.name)

    def clear(self) -> None:
        """Empty the fields."""
        self._untick()
        self.file.say(_("Choose file…"))
        self.layout_box.setCurrentIndex(0)
        self.offset.clear()
        self.began.clear()
        self.same_patient.hide()

    def _untick(self) -> None:
        for tick in (self.other_day, self.same_patient):
            with QSignalBlocker(tick):
                tick.setChecked(False)

    def wishes(self, session: Session, mapping: str = "") -> Wishes:
        """Return what is said of the file.

        Raises:
            BadInputError: A field cannot be read.
        """
        return Wishes(
            layout=self.layout_name,
            mapping=mapping,
            shift=self._shift(),
            start=self._start(session),
            other_day=self.other_day.isChecked(),
            same_patient=self.same_patient.isChecked(),
        )

    def _shift(self) -> dt.timedelta:
        text = self.offset.text().strip()
        try:
            return shift_named(text) if text else dt.timedelta()
        except ClockError as error:
            raise BadInputError(str(error), remedy=_("Correct the clock offset.")) from None

    def _start(self, session: Session) -> PartialDate | None:
        text = self.began.text().strip()
        if not text:
            return None
        found = moment_typed(text, session.started, self._now())
        if found is None:
            sentence = _("Type when the recording began, such as 14:40 or 2026-11-23 14:40.")
            raise BadInputError(sentence, remedy=_("Correct the time."))
        return found
