"""A real clinic for tests: real services, real encrypted file, cheap password."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import FacilityType, Role
from aeapp.domain.codelists.countries import Country
from aeapp.domain.records import Clinic
from aeapp.services.app import App, NewClinic
from aeapp.vault import KdfParameters

USER = "dana.reyes"
PASSWORD = "three quiet herons by the river"
START = dt.datetime(2026, 11, 23, 19, 40, tzinfo=dt.UTC)


class StillClock:
    """A clock that moves only when told."""

    def __init__(self, start: dt.datetime = START) -> None:
        self._now = start
        self._steady = 1000.0

    def now(self) -> dt.datetime:
        """Return the set instant."""
        return self._now

    def monotonic(self) -> float:
        """Return the steady seconds that go with it."""
        return self._steady

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass on both clocks."""
        self._now += dt.timedelta(minutes=minutes)
        self._steady += minutes * 60


def cheap_clinics(clock: StillClock | None = None) -> LocalClinics:
    """Return the real way to make and open clinics, with a clock of ours and cheap passwords."""
    return LocalClinics(clock or StillClock(), kdf=KdfParameters.for_tests())


def new_clinic(folder: Path, **changes: object) -> NewClinic:
    """Return what making the test clinic asks."""
    facts: dict[str, object] = {
        "target": folder / "larkspur.aeclinic",
        "clinic": Clinic(
            name="Larkspur Ketamine Clinic",
            address="12 Invented Street",
            city="Albany",
            state="NY",
            postal_code="12207",
            country=Country.UNITED_STATES,
            phone="+1 555 0100",
            facility=FacilityType.PHYSICIAN_OFFICE,
            time_zone="America/New_York",
        ),
        "user_name": USER,
        "display_name": "Dana Reyes",
        "role": Role.NURSE,
        "password": PASSWORD,
    }
    return NewClinic(**(facts | changes))  # type: ignore[arg-type]


def practice_app(folder: Path, clock: StillClock | None = None) -> App:
    """Return the services of a fresh clinic in ``folder``; close it at the end of the test."""
    return cheap_clinics(clock).create(new_clinic(folder))
