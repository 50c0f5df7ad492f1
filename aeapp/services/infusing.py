"""An infusion that runs: its rate, its pauses, its end; each call is one saved unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.chair.infusion import is_infusion, is_paused, must_be_told, stopped
from aeapp.domain.codelists.clinic import RateUnit
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.services.closing import refuse_closed
from aeapp.services.context import WorkContext
from aeapp.services.dose_errors import (
    AmountUntoldError,
    InfusionOverError,
    PauseError,
    RateUnitError,
)
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.services.watching import look_again


class Infusions:
    """What is done with an infusion while it runs."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def change_rate(
        self,
        giving_id: str,
        rate: Decimal,
        unit: RateUnit,
        *,
        at: PartialDate | None = None,
        reason: str | None = None,
    ) -> Administration:
        """Change the rate from ``at``, or from now on.

        Raises:
            InfusionOverError: It has ended.
            RateUnitError: It runs in another unit.
        """
        with self._context.new_uow() as uow:
            giving = _running(uow, giving_id)
            if giving.rate_unit not in (None, unit):
                raise RateUnitError
            change = DoseChange(
                at=at or self._context.minute(),
                change=InfusionChange.RATE,
                rate=rate,
                reason=reason,
            )
            changed = replace(giving, rate_unit=unit, changes=(*giving.changes, change))
            return self._saved(uow, changed, reason)

    def pause(
        self, giving_id: str, *, at: PartialDate | None = None, reason: str | None = None
    ) -> Administration:
        """Pause the infusion.

        Raises:
            PauseError: It is paused already.
        """
        return self._flow(giving_id, InfusionChange.PAUSE, at, reason)

    def resume(
        self, giving_id: str, *, at: PartialDate | None = None, reason: str | None = None
    ) -> Administration:
        """Let the infusion run on at the rate it had.

        Raises:
            PauseError: It is not paused.
        """
        return self._flow(giving_id, InfusionChange.RESUME, at, reason)

    def _flow(
        self, giving_id: str, kind: InfusionChange, at: PartialDate | None, reason: str | None
    ) -> Administration:
        with self._context.new_uow() as uow:
            giving = _running(uow, giving_id)
            if is_paused(giving) is (kind is InfusionChange.PAUSE):
                raise PauseError
            change = DoseChange(at=at or self._context.minute(), change=kind, reason=reason)
            changed = replace(giving, changes=(*giving.changes, change))
            return self._saved(uow, changed, reason)

    def stop(
        self,
        giving_id: str,
        *,
        at: PartialDate | None = None,
        told: Decimal | NullFlavor | None = None,
    ) -> Administration:
        """Stop the infusion; the dose is what was ``told``, else what rate and time say.

        Raises:
            AmountUntoldError: They do not say it, and nobody did.
        """
        when = at or self._context.minute()
        with self._context.new_uow() as uow:
            giving = _running(uow, giving_id)
            product = _product_of(uow, giving)
            if told is None and must_be_told(giving, product, when):
                raise AmountUntoldError
            return self._saved(uow, stopped(giving, product, when, told), None)

    def _saved(self, uow: UnitOfWork, giving: Administration, reason: str | None) -> Administration:
        stored = uow.save(giving, who=self._context.who, reason=reason or "")
        look_again(uow, self._context, stored)
        uow.commit()
        return stored


def giving_in(uow: UnitOfWork, giving_id: str) -> Administration:
    """Return a dose as it is stored now."""
    return of_kind(Administration, [uow.records.get("administration", giving_id)])[0]


def _running(uow: UnitOfWork, giving_id: str) -> Administration:
    """Return the infusion as stored now; nobody else changes it until this unit ends."""
    uow.lock()
    giving = giving_in(uow, giving_id)
    refuse_closed(uow, giving)
    if giving.ended is not None or not is_infusion(giving) or not giving.stands:
        raise InfusionOverError
    return giving


def _product_of(uow: UnitOfWork, giving: Administration) -> Product | None:
    found = of_kind(Product, uow.records.many("product", [giving.product_id]))
    return found[0] if found else None
