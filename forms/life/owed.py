"""One line about somebody who has a version of a report and not the newest one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from aeapp.domain.recipients import Owed
from aeapp.kernel.i18n import _
from forms.life.words import owed_words
from forms.widgets.buttons import Button
from forms.widgets.labels import label


def owed_line(owed: Owed, record: Callable[..., None] | None, parent: QWidget) -> QWidget:
    """Return the line, with a way to record a sending for a person who may do that."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(owed_words(owed), "body", holder, wrap=True), 1)
    if record is not None:
        button = Button(_("Record sending"), holder, kind="small")
        button.setAccessibleName(f"{_('Record sending')}: {owed_words(owed)}")
        button.clicked.connect(record)
        row.addWidget(button)
    return holder
