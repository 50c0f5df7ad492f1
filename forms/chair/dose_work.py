"""What is done with the doses of one session: shown at once, stored on the thread of writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from aeapp.domain.chair.infusion import corrected, must_be_told, stopped
from aeapp.domain.chair.lots import expiry, why_asked
from aeapp.domain.chair.pieces import with_second
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.session import AfterHold, InfusionChange
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Proposal
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.dosing import Given, NewDose
from forms.desk import Desk

if TYPE_CHECKING:
    from forms.session_work import SessionWork

READ_OFF = N_("Amount read off by a person")


class DoseWork:
    """The doses of a session under way."""

    def __init__(self, work: SessionWork, desk: Desk) -> None:
        self._work = work
        self._desk = desk

    def now(self) -> dt.datetime:
        """Return the moment on the clinic's clocks."""
        return self._desk.app.context.now()

    def give(self, dose: NewDose) -> None:
        """Store a dose, with what is new in the library and what was drawn for it."""
        work, dosing = self._work, self._desk.app.dosing
        watching = self._desk.app.watching
        session = work.room.session
        giving = with_second(dose.giving, self.now())
        echo = replace(giving, product_id=dose.product.id)

        def taken(made: tuple[Given, tuple[Proposal, ...]]) -> tuple[Administration, ...]:
            given, proposals = made
            work.products = {**work.products, given.product.id: given.product}
            work.room = replace(work.room, movements=(*work.room.movements, *given.movements))
            # Readings from before it was told may speak for an event now.
            work.room = replace(work.room, proposals=proposals)
            return (given.giving,)

        def store() -> tuple[Given, tuple[Proposal, ...]]:
            return dosing.give(session, dose), watching.of_session(session.id)

        work.capture("administrations", (echo,), store, _("Dose recorded"), taken)

    def next_device(self, last: Administration, number: int, exception: str | None) -> None:
        """Store the next nasal device, given now."""
        dosing, session = self._desk.app.dosing, self._work.room.session
        at = self._desk.app.context.minute()
        echo = replace(last, id="", version=0, device_number=number, started=at, ended=None)
        echo = with_second(replace(echo, start_second=None), self.now())

        def store() -> tuple[Administration, ...]:
            return (dosing.next_device(session, number, at=at, exception=exception),)

        words = _("Device {number} recorded").format(number=number)
        self._work.capture("administrations", (echo,), store, words)

    def why_asked(self, giving: Administration) -> str:
        """Return what a reason is asked for before more of the lot is given; empty for nothing."""
        lots = self._work.loaded.lots.get(giving.product_id, ())
        lot = next((one for one in (*lots, *self._work.room.lots) if one.id == giving.lot_id), None)
        today = self._desk.app.context.today()
        return "" if lot is None else why_asked(expiry(lot, today).shelf, again=True)

    def pause(self, giving: Administration) -> None:
        """Pause an infusion now."""
        dosing, at = self._desk.app.dosing, self._desk.app.context.minute()
        self._change(
            giving,
            _flow(giving, DoseChange(at=at, change=InfusionChange.PAUSE)),
            lambda: dosing.pause(giving.id, at=at),
            _("Pause recorded."),
        )

    def resume(self, giving: Administration) -> None:
        """Let an infusion run on from now."""
        dosing, at = self._desk.app.dosing, self._desk.app.context.minute()
        self._change(
            giving,
            _flow(giving, DoseChange(at=at, change=InfusionChange.RESUME)),
            lambda: dosing.resume(giving.id, at=at),
            _("Infusion runs on."),
        )

    def change_rate(self, giving: Administration, rate: Decimal, unit: RateUnit) -> None:
        """Change the rate of an infusion from now on."""
        dosing, at = self._desk.app.dosing, self._desk.app.context.minute()
        change = DoseChange(at=at, change=InfusionChange.RATE, rate=rate)
        self._change(
            giving,
            replace(_flow(giving, change), rate_unit=unit),
            lambda: dosing.change_rate(giving.id, rate, unit, at=at),
            _("New rate recorded."),
        )

    def must_be_told(self, giving: Administration) -> bool:
        """Tell whether only a person can say what an infusion gave so far."""
        at = self._desk.app.context.minute()
        return must_be_told(giving, self._work.products.get(giving.product_id), at)

    def stop(self, giving: Administration, told: Decimal | NullFlavor | None = None) -> None:
        """End a running infusion now; ``told`` is what a person says was given."""
        dosing, at = self._desk.app.dosing, self._desk.app.context.minute()
        self._change(
            giving,
            stopped(giving, self._work.products.get(giving.product_id), at, told),
            lambda: dosing.stop(giving.id, at=at, told=told),
            _("End of the infusion recorded."),
        )

    @property
    def day(self) -> PartialDate | NullFlavor | None:
        """Return the day of the session, for a time that is typed without one."""
        return self._work.room.session.started

    def retime(
        self, giving: Administration, started: PartialDate, ended: PartialDate | None, reason: str
    ) -> None:
        """Store when a dose was given."""
        dosing = self._desk.app.dosing
        self._change(
            giving,
            replace(giving, started=started, ended=ended or giving.ended),
            lambda: dosing.retime(giving.id, started, ended, reason),
            _("Time recorded."),
        )

    def correct(self, giving: Administration, amount: Decimal | NullFlavor, reason: str) -> None:
        """Store the amount that a person read off."""
        dosing, why = self._desk.app.dosing, reason or _(READ_OFF)
        self._change(
            giving,
            corrected(giving, amount),
            lambda: dosing.correct(giving.id, amount, why),
            _("Amount recorded."),
        )

    def end_hold(self, giving: Administration, after: AfterHold) -> None:
        """End a hold in the mouth now."""
        dosing, at = self._desk.app.dosing, self._desk.app.context.minute()
        self._change(
            giving,
            replace(giving, after_hold=after),
            lambda: dosing.end_hold(giving.id, after, at=at),
            _("End of the hold recorded."),
        )

    def _change(
        self,
        before: Administration,
        echo: Administration,
        store: Callable[[], Administration],
        toast: str,
    ) -> None:
        self._work.course.stays(toast)
        self._work.put("administrations", [echo])
        self._work.change("administrations", (before,), lambda: (store(),), toast)


def _flow(giving: Administration, change: DoseChange) -> Administration:
    return replace(giving, changes=(*giving.changes, change))
