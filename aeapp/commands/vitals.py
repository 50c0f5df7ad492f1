"""``import vitals``: readings from a monitor's file into a session; a dry run unless --apply."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, needed, say, say_json
from aeapp.commands.opening import opened
from aeapp.services.app import Clinics

SHOWN_NOTES = 20


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``import vitals``."""
    top = commands.add_parser("import", help="take in files of monitors and other systems")
    kinds = top.add_subparsers(dest="kind", required=True, metavar="KIND")
    taking = kinds.add_parser("vitals", parents=[common], help="readings of a monitor, as CSV")
    taking.add_argument("file", metavar="FILE.csv")
    taking.add_argument("--session", metavar="ID", help="session number, such as S-2026-000012")
    taking.add_argument("--apply", action="store_true", help="do it; else say what would happen")
    taking.add_argument(
        "--other-day", action="store_true", help="the readings belong to the session all the same"
    )
    taking.set_defaults(run=take_in)


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Import a monitor's file, whole or not at all, and report what was made of each row."""
    with opened(args, clinics) as app:
        session = app.sessions.by_number(needed(args, "session"))
        done = app.importing.import_vitals(
            Path(args.file), session, apply=args.apply, other_day=args.other_day
        )
    if args.json:
        say_json(asdict(done))
        return DONE
    verb = "Imported" if args.apply else "Would import"
    say(f"{verb} {done.observations - done.already_here} readings from {done.rows} rows.")
    say(f"  kept {done.kept}, skipped {done.skipped}, questioned {done.questioned}")
    if done.already_here:
        say(f"  {done.already_here} readings were in the session already and stay as they are")
    for note in done.notes[:SHOWN_NOTES]:
        say(f"  {note}")
    if len(done.notes) > SHOWN_NOTES:
        say(f"  and {len(done.notes) - SHOWN_NOTES} more notes; --json lists all")
    if not args.apply:
        say("Nothing was changed. Add --apply to do it.")
    return DONE
