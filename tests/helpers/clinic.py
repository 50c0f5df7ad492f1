"""A real clinic for tests: real services, real encrypted file, cheap password."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from aeapp.bootstrap import LocalClinics, _signer
from aeapp.domain.codelists.clinic import FacilityType, Role
from aeapp.domain.codelists.countries import Country
from aeapp.domain.records import Clinic
from aeapp.persistence.database import open_database
from aeapp.services.app import App, NewClinic
from aeapp.vault import KdfParameters, open_vault

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


def practice_app(folder: Path, clock: StillClock | None = None, role: Role = Role.NURSE) -> App:
    """Return the services of a fresh clinic in ``folder``; close it at the end of the test."""
    clock = clock or StillClock()
    clinics = cheap_clinics(clock)
    if clock.now() != START:
        return clinics.create(new_clinic(folder, role=role))
    target = copied_clinic(folder, role)
    vault = open_vault(target, user_name=USER, password=PASSWORD, now=clock.now)
    database = open_database(target, vault.database_key(), clock=clock, signer=_signer(vault))
    # As create() ends; open() would write a login into the trail.
    return clinics._app(target, vault, database)  # noqa: SLF001


def copied_clinic(folder: Path, role: Role = Role.NURSE) -> Path:
    """Put a clinic that nobody has logged in to yet into ``folder``; return its own folder."""
    target = new_clinic(folder).target
    shutil.copytree(_made(role), target)
    return target


@cache
def _made(role: Role) -> Path:
    """Make the clinic that is copied, once a process: making takes three times as long."""
    place = Path(tempfile.mkdtemp(prefix="aeapp-made-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    new = new_clinic(place / "first", role=role)
    new.target.parent.mkdir()
    app = cheap_clinics().create(new)
    # Taken while it is open, so that no copy has the anchor of its closing.
    left_out = shutil.ignore_patterns("*-shm")
    kept = Path(shutil.copytree(new.target, place / "kept", ignore=left_out))
    app.close()
    return kept
