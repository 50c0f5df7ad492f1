"""``new`` makes an empty clinic; ``doctor`` checks one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, NO, needed, say, say_json, take_password
from aeapp.commands.opening import opened
from aeapp.domain.codelists.clinic import FacilityType, Role
from aeapp.domain.records import Clinic
from aeapp.services.app import Clinics, NewClinic


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the two commands."""
    new = commands.add_parser("new", parents=[common], help="make an empty clinic")
    new.add_argument("--name", help="name of the clinic")
    new.add_argument("--person", help="your full name, as it stands in the trail")
    new.add_argument("--role", choices=[r.value for r in Role], default=Role.PRESCRIBER.value)
    new.add_argument("--zone", default="UTC", help="time zone, such as America/New_York")
    new.add_argument("--practice", action="store_true", help="invented people only")
    new.set_defaults(run=make)
    doctor = commands.add_parser("doctor", parents=[common], help="check a clinic's file")
    doctor.set_defaults(run=examine)


def make(args: argparse.Namespace, clinics: Clinics) -> int:
    """Make an empty clinic and say where it is."""
    app = clinics.create(
        NewClinic(
            target=Path(needed(args, "clinic")),
            clinic=Clinic(
                name=needed(args, "name"),
                time_zone=args.zone,
                practice=args.practice or None,
                facility=FacilityType.PHYSICIAN_OFFICE,
            ),
            user_name=needed(args, "user"),
            display_name=needed(args, "person"),
            role=Role(args.role),
            password=take_password(args, twice=True),
        )
    )
    app.close()
    say(f"Made {app.folder}.")
    return DONE


def examine(args: argparse.Namespace, clinics: Clinics) -> int:
    """Check settings, integrity, schema and trail; exit 1 if anything is wrong."""
    with opened(args, clinics) as app:
        health = clinics.health(app)
    if args.json:
        say_json([{"name": h.name, "good": h.good, "detail": h.detail} for h in health.lines])
    else:
        for line in health.lines:
            say(f"{'good' if line.good else 'BAD '}  {line.name}: {line.detail}")
    return DONE if health.good else NO
