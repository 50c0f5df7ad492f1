"""What every service needs: the clock, the person, the clinic's zone, and units of work."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from aeapp.domain.access import Deed, may
from aeapp.domain.records import Clinic
from aeapp.domain.values import PartialDate
from aeapp.kernel.clock import Clock
from aeapp.services.ports import NewUnitOfWork
from aeapp.trail.entry import Actor


@dataclass(frozen=True, slots=True)
class WorkContext:
    """One login.

    Attributes:
        who: The person, as name and role stand in every entry of the trail.
        clinic: The clinic's record as it was at login.
    """

    new_uow: NewUnitOfWork
    clock: Clock
    who: Actor
    clinic: Clinic

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Return the zone of the clinic's clocks; UTC while it named none that exists."""
        try:
            return zoneinfo.ZoneInfo(self.clinic.time_zone or "UTC")
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return zoneinfo.ZoneInfo("UTC")

    def may(self, deed: Deed) -> bool:
        """Tell whether something is a deed of this person's role."""
        return may(self.who.role, deed)

    def now(self) -> dt.datetime:
        """Return the moment on the clinic's clocks."""
        return self.clock.now().astimezone(self.zone)

    def minute(self) -> PartialDate:
        """Return the moment to the minute, with its offset."""
        return PartialDate.of(self.now().replace(second=0, microsecond=0))

    def today(self) -> dt.date:
        """Return the day in the clinic's zone."""
        return self.now().date()
