"""The time of the row of readings being typed: of its first key, shifted, or as it is told."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.chair.moment_typed import told_words
from forms.chair.typed_time import TypedTime
from forms.now import Now, shifted
from forms.theme import px

WIDTH = 260


class RowTime:
    """When the row was read.

    Attributes:
        field: In which another time is typed; hidden until it is asked for.
        afterwards: The session is told afterwards: no row of it is of now.
    """

    def __init__(self, now: Now, parent: QWidget) -> None:
        self._now = now
        self._held: dt.datetime | None = None
        self._shift = 0
        self.afterwards = False
        words = _("When it was read, another time")
        self.field = TypedTime("vitals.time", words, now, parent)
        self.field.setFixedWidth(px(WIDTH))
        self.field.hide()

    @property
    def at(self) -> PartialDate:
        """Return the time of the row as far as one is known: as typed, else of its first key."""
        told = self.field.value
        if isinstance(told, PartialDate):
            return told
        moment = shifted(self._held or self._now(), self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    @property
    def stored(self) -> PartialDate | NullFlavor:
        """Return what is stored as the time of the readings."""
        told = self.field.value
        return told if isinstance(told, NullFlavor) else self.at

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to tell it first."""
        return self.field.is_wrong or (self.afterwards and self.field.value is None)

    def words(self, zero: PartialDate | None) -> tuple[str, str]:
        """Return minute and clock time as they stand before the cells; never now for another."""
        at = self.at
        if not (self.afterwards or self.field.text()):
            shift = f" ({self._shift:+d})".replace("-", "−") if self._shift else ""
            return minute_words(zero, at) or _("Now"), f"{at.hour:02d}:{at.minute:02d}{shift}"
        told = self.field.value
        if not (isinstance(told, PartialDate) and told.has_time):
            return "", "?"
        return minute_words(zero, told), f"{told.hour:02d}:{told.minute:02d}"

    def show_told(
        self, started: PartialDate | NullFlavor | None, due: PartialDate | None, *, afterwards: bool
    ) -> None:
        """Take the begin of the session, and what row was due, which is shown and never taken."""
        self.afterwards = afterwards
        ghost = _("when was it read?")
        if due is not None:
            ghost += " " + _("({time} was due)").format(time=told_words(due, self._now()))
        self.field.show_started(started, ghost if afterwards else "")
        self.field.setVisible(afterwards or self.field.hasFocus() or bool(self.field.text()))

    def hold(self) -> None:
        """Stay at the minute of the first key."""
        if self._held is None:
            self._held = self._now()

    def release(self) -> None:
        """Be that of now again, as in a row without anything."""
        self._held, self._shift = None, 0

    def shift(self, minutes: int) -> None:
        """Move it, or the time that is typed."""
        if not self.field.shift(minutes):
            self.hold()
            self._shift += minutes

    def clear(self) -> None:
        """Forget it, as for another row."""
        self.release()
        self.field.setText("")
        self.field.setVisible(self.afterwards)

    @property
    def draft(self) -> dict[str, str]:
        """Return what a kill must not take."""
        held = self._held.isoformat() if self._held is not None else ""
        told = {"time": self.field.text()} if self.field.text() else {}
        return {"held": held, "shift": str(self._shift), **told}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Show what was kept."""
        with contextlib.suppress(ValueError):
            self._held = dt.datetime.fromisoformat(draft.get("held", ""))
        with contextlib.suppress(ValueError):
            self._shift = int(draft.get("shift", "0"))
        self.field.setText(draft.get("time", ""))
        self.field.setVisible(self.afterwards or bool(self.field.text()))
