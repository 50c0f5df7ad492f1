"""``new`` makes an empty clinic; ``doctor`` checks one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, NO, must_have, needed, say, say_json, take_password
from aeapp.commands.opening import TRIES, opened
from aeapp.commands.zones import chosen_zone
from aeapp.domain.access import alone_words
from aeapp.domain.codelists.clinic import FacilityType, Role
from aeapp.domain.records import Clinic
from aeapp.services.app import Clinics, NewClinic


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the two commands."""
    new = commands.add_parser("new", parents=[common], help="make an empty clinic")
    must_have(
        new,
        *LOGIN,
        ("--name", "NAME", "name of the clinic"),
        ("--person", "NAME", "your full name, as it stands in the trail"),
    )
    new.add_argument(
        "--role",
        choices=[r.value for r in Role],
        default=Role.PRESCRIBER.value,
        help="your role; else prescriber",
    )
    new.add_argument(
        "--zone",
        metavar="ZONE",
        help="time zone, such as America/New_York; else the one of this computer",
    )
    new.add_argument("--practice", action="store_true", help="invented people only")
    new.set_defaults(run=make)
    doctor = commands.add_parser("doctor", parents=[common], help="check a clinic's file")
    must_have(doctor, *LOGIN)
    doctor.set_defaults(run=examine)


def make(args: argparse.Namespace, clinics: Clinics) -> int:
    """Make an empty clinic and say where it is, and in which zone its clocks are."""
    zone = chosen_zone(args.zone)
    app = clinics.create(
        NewClinic(
            target=Path(needed(args, "clinic")),
            clinic=Clinic(
                name=needed(args, "name"),
                time_zone=zone.name,
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
    if args.json:
        say_json({"folder": str(app.folder), "zone": zone.name, "zone_from": zone.source})
        return DONE
    say(f"Made {app.folder}.")
    say(f"Time zone {zone.name}, {zone.source}.")
    if missing := alone_words(Role(args.role)):
        say(missing)
    return DONE


def examine(args: argparse.Namespace, clinics: Clinics) -> int:
    """Check settings, integrity, schema and trail; exit 1 if anything is wrong."""
    with opened(args, clinics, tries=TRIES) as app:
        health = clinics.health(app)
    if args.json:
        say_json([{"name": h.name, "good": h.good, "detail": h.detail} for h in health.lines])
    else:
        for line in health.lines:
            say(f"{'good' if line.good else 'BAD '}  {line.name}: {line.detail}")
    return DONE if health.good else NO
