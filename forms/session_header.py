"""The head of the session room: who sits here, what must be known, and the clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.chair.exposure import exposure_words
from aeapp.domain.chair.last_time import last_words
from aeapp.domain.codecs import show
from aeapp.domain.items import NULL_LABELS, NullFlavor, as_text
from aeapp.domain.records import Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import weight_of
from aeapp.kernel.i18n import _
from forms.chair.phase_steps import PhaseSteps
from forms.models.vitals import time_words
from forms.now import Now
from forms.session_work import Loaded, SessionWork
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
ONE_ROW_FROM = 1160
SESSION_FROM = 820


class SessionHeader(QFrame):
    """Two lines about the person, the steps of the session, and the minutes since the dose."""

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
        self._session = label(kind="caption", parent=self, wrap=True)
        self._caption = label(kind="caption", parent=self)
        self.clock = label(kind="clock", parent=self)
        self.phase = PhaseSteps(self)
        self.new = Button(_("New"), self, kind="small", key="F2", name=_("New session"))
        self.end = Button(_("End…"), self, kind="small", key="Ctrl D", name=_("End session"))
        self._narrow: bool | None = None
        self._facts_above = True
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
        self._wrap_allergies()
        self._session.setText(_session_words(room.session, work.loaded))
        exposure = "\n".join(exposure_words(one) for one in work.loaded.exposure)
        self._session.setToolTip(exposure)
        self._session.setAccessibleDescription(exposure)
        self._show_chair(room.session.chair or "")
        self.end.setVisible(not work.over)
        self.tick()

    def tick(self) -> None:
        """Show the clock: minutes and seconds since the dose."""
        if self._work is None:
            return
        self.phase.show_work(self._work)
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
        self._upper, self._lower, self._steps = (_row(gap) for gap in (12, 6, 12))
        self._upper.addLayout(self._tag_place)
        for part in (self.name, self._code, self._facts):
            self._upper.addWidget(part)
        self._upper.addStretch(1)
        self._lower.addWidget(Icon("info", "text2", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        self._lower.addWidget(self._allergies, 0, Qt.AlignmentFlag.AlignTop)
        self._lower.addWidget(self._session, 1, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        for row in (self._upper, self._lower, self._steps):
            words.addLayout(row)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignRight)
        clock.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignRight)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 8)
        whole.setSpacing(12)
        whole.addLayout(words, 1)
        whole.addWidget(hairline(self, vertical=True))
        times = QHBoxLayout()
        times.setSpacing(12)
        times.addLayout(clock)
        times.addWidget(self.phase.leave)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addLayout(times)
        middle.addStretch(1)
        whole.addLayout(middle)
        self._place_steps(narrow=False)
        # Never squeezed, however little height the rest has.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _place_steps(self, *, narrow: bool) -> None:
        """Put buttons and steps behind the name, or into a line of their own under the words."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        while self._steps.count():
            self._steps.takeAt(0)
        for part in (self.phase, self.new, self.end):
            self._upper.removeWidget(part)
        if narrow:
            self._steps.addWidget(self.phase)
            self._steps.addStretch(1)
        for part in (self.new, self.end):
            (self._steps if narrow else self._upper).addWidget(part)
        if not narrow:
            self._upper.addWidget(self.phase)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_steps(narrow=self.width() < px(ONE_ROW_FROM))
        # A layout that changes within does not tell the one around it.
        self.updateGeometry()
        told = self.width() >= px(SESSION_FROM)
        self._session.setVisible(told)
        if told is not self._facts_above:
            # Where the session is not told the facts have room before the allergies.
            self._facts_above = told
            row, other = (self._upper, self._lower) if told else (self._lower, self._upper)
            other.removeWidget(self._facts)
            row.insertWidget(3 if told else 0, self._facts)
            self._lower.setSpacing(6 if told else 12)
            self._lower.setStretchFactor(self._allergies, 0 if told else 1)
            self._wrap_allergies()

    def _wrap_allergies(self) -> None:
        # Never cut; a short one keeps its line where there is room.
        long = len(self._allergies.text()) > LONG_LINE
        self._allergies.setWordWrap(long or not self._facts_above)


def _row(gap: int) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(gap)
    return made


def _session_words(session: Session, loaded: Loaded) -> str:
    parts = [
        _("Session {number}").format(number=loaded.number),
        session.number or "",
        known(session.route),
        known(session.indication),
    ]
    words = ", ".join(part for part in parts if part)
    before = last_words(loaded.before) if loaded.before is not None else ""
    return f"{words}. {before}" if before else words
