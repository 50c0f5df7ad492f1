"""The practice clinic: invented people to try everything on."""

from __future__ import annotations

from pathlib import Path

from aeapp.domain.codelists.clinic import FacilityType, Role
from aeapp.domain.codelists.countries import Country
from aeapp.domain.records import Clinic
from aeapp.services.app import NewClinic

FOLDER = "practice.aeclinic"
USER = "practice"
# Invented people only: the password guards nothing and is no secret.
PASSWORD = "three quiet herons by the river"  # noqa: S105


def practice_clinic(folder: Path, zone: str) -> NewClinic:
    """Return what a practice clinic in ``folder`` is made from."""
    return NewClinic(
        target=folder,
        clinic=Clinic(
            name="Larkspur Practice Clinic",
            address="12 Invented Street",
            city="Albany",
            state="NY",
            postal_code="12207",
            country=Country.UNITED_STATES,
            phone="+1 555 0100",
            facility=FacilityType.PHYSICIAN_OFFICE,
            time_zone=zone,
            practice=True,
        ),
        user_name=USER,
        display_name="Dana Reyes",
        role=Role.PRESCRIBER,
        password=PASSWORD,
    )
