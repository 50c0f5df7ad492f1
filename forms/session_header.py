"""The head of the session room: who sits here, what must be known, and the clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show
from aeapp.domain.items import NULL_LABELS, NullFlavor, as_text
from aeapp.domain.records import Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import weight_of
from aeapp.kernel.i18n import _
from forms.models.vitals import time_words
from forms.now import Now
from forms.session_work import SessionWork
from forms.theme import px
from forms.widgets.buttons import Button, Tag
from forms.widgets.labels import Icon, hairline, label


def age_words(birth: object, today: dt.date) -> str:
    """Return ``46 y``; where only the year is known, the two ages it can be."""
    if not isinstance(birth, PartialDate):
        return ""
    youngest, oldest = (_years(day, today) for day in (birth.last_day(), birth.first_day()))
    if youngest == oldest:
        return _("{years} y").format(years=oldest)
    return _("{low} or {high} y").format(low=youngest, high=oldest)


def _years(birth: dt.date, today: dt.date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def known(value: object) -> str:
    """Return a value in words, a reason in words, or nothing for nothing."""
    return _(NULL_LABELS[value]) if isinstance(value, NullFlavor) else show(value)


def facts_words(patient: Patient, weight: Decimal | None, today: dt.date) -> str:
    """Return ``46 y, Female, 76.4 kg``."""
    kilograms = _("{weight} kg").format(weight=weight) if weight is not None else ""
    parts = (age_words(patient.birth_date, today), known(patient.sex), kilograms)
    return ", ".join(part for part in parts if part)


def name_words(patient: Patient) -> str:
    """Return the name, or the code where there is none."""
    return as_text(patient.name) or patient.code or ""


LONG_LINE = 60


class SessionHeader(QFrame):
    """Two lines about the person, the minutes since the dose, and the two main actions."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._now = now
        self._work: SessionWork | None = None
        self._tag: Tag | None = None
        self._tag_place = QHBoxLayout()
        self.name = label(kind="heading", parent=self)
        self._code = label(kind="id", parent=self)
        self._facts = label(kind="label", parent=self)
        self._allergies = label(kind="button", parent=self, wrap=True)
        self._session = label(kind="caption", parent=self)
        self._caption = label(kind="caption", parent=self)
        self.clock = label(kind="clock", parent=self)
        self.new = Button(_("New session"), self, key="F2")
        self.end = Button(_("End session…"), self, key="Ctrl D")
        self._build()

    def show_work(self, work: SessionWork) -> None:
        """Show the session of ``work`` as it stands now."""
        self._work = work
        room = work.room
        self.name.setText(name_words(room.patient))
        self._code.setText(room.patient.code or "")
        weight = weight_of(room.observations)
        self._facts.setText(facts_words(room.patient, weight, self._now().date()))
        told = known(room.patient.allergies)
        words = _("Allergies: {told}").format(told=told) if told else _("Allergies: not asked yet")
        self._allergies.setText(words)
        # Never cut; a short one keeps its line.
        self._allergies.setWordWrap(len(words) > LONG_LINE)
        self._session.setText(_session_words(room.session, work.loaded.number))
        self._show_chair(room.session.chair or "")
        self.end.setVisible(not work.over)
        self.tick()

    def tick(self) -> None:
        """Show the clock: minutes and seconds since the dose."""
        if self._work is None:
            return
        zero = self._work.zero
        begin = zero.utc() if zero is not None else None
        ended = self._work.room.session.ended
        if isinstance(ended, PartialDate):
            self._say_clock(_("ended"), time_words(ended))
        elif begin is None:
            self._say_clock(_("not started"), "00:00")
        else:
            seconds = int((self._now() - begin).total_seconds())
            sign, seconds = ("−" if seconds < 0 else ""), abs(seconds)
            since = _("since dose {time}").format(time=time_words(zero))
            self._say_clock(since, f"{sign}{seconds // 60:02d}:{seconds % 60:02d}")

    def _say_clock(self, caption: str, clock: str) -> None:
        if self._caption.text() != caption:
            self._caption.setText(caption)
        if self.clock.text() != clock:
            self.clock.setText(clock)
            self.clock.setAccessibleName(f"{caption} {clock}")

    def _show_chair(self, chair: str) -> None:
        if self._tag is not None:
            self._tag_place.removeWidget(self._tag)
            self._tag.deleteLater()
            self._tag = None
        if chair:
            self._tag = Tag(chair, self)
            self._tag_place.addWidget(self._tag)

    def _build(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addLayout(self._tag_place)
        for part in (self.name, self._code, self._facts):
            upper.addWidget(part)
        upper.addStretch(1)
        lower = QHBoxLayout()
        lower.setSpacing(6)
        lower.addWidget(Icon("info", "text2", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        lower.addWidget(self._allergies)
        lower.addWidget(self._session)
        lower.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(upper)
        words.addLayout(lower)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignRight)
        clock.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignRight)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(16, 8, 16, 8)
        self._whole.setSpacing(12)
        self._whole.addLayout(words, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._whole.addLayout(row)
        row.addWidget(self.new)
        row.addWidget(self.end)
        row.addWidget(hairline(self, vertical=True))
        row.addLayout(clock)
        self.setMinimumHeight(px(60))

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the actions under the words where both have no room side by side."""
        directions = QBoxLayout.Direction
        direction = directions.TopToBottom if narrow else directions.LeftToRight
        self._whole.setDirection(direction)
        self._session.setVisible(not narrow)


def _session_words(session: Session, number: int) -> str:
    parts = [
        _("Session {number}").format(number=number),
        session.number or "",
        known(session.route),
        known(session.indication),
    ]
    return ", ".join(part for part in parts if part)
