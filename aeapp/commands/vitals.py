"""``import vitals``: readings from a file into a session; a dry run unless --apply."""

from __future__ import annotations

import argparse
import datetime as dt
import zoneinfo
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands import scale, tables, terms
from aeapp.commands.console import (
    DONE,
    LOGIN,
    WrongUseError,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.domain.values import PartialDate, zone_named
from aeapp.domain.vitals.intake.moments import DeviceClock, shift_named
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_
from aeapp.services.app import App, Clinics
from aeapp.services.importing import ImportedVitals, NoSuchMappingError, VitalsPlan, Wishes

SHOWN_NOTES = 20


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``import vitals`` and the other kinds of import."""
    top = commands.add_parser("import", help="take in files of monitors and other systems")
    kinds = top.add_subparsers(dest="kind", required=True, metavar="KIND")
    terms.register(kinds, common)
    scale.register_import(kinds, common)
    tables.register(kinds, common)
    taking = kinds.add_parser("vitals", parents=[common], help="readings of monitors and devices")
    taking.add_argument("file", metavar="FILE", help="table, recording or message of a device")
    must_have(taking, *LOGIN, ("--session", "ID", "session number, such as S-2026-000012"))
    taking.add_argument(
        "--layout", metavar="NAME", default="", help="layout of the file; else told by its content"
    )
    taking.add_argument("--columns", metavar="MAP.json", help="mapping of the columns of a table")
    taking.add_argument(
        "--keep-columns",
        action="store_true",
        help="with --columns and --apply: use the mapping for every file with this header",
    )
    taking.add_argument(
        "--clock-offset",
        metavar="±MM:SS",
        help="add this to every time, such as --clock-offset=+00:03: the device's clock was wrong",
    )
    taking.add_argument("--zone", metavar="NAME", help="zone of the device's clock")
    taking.add_argument("--start", metavar="TIME", help="when a recording that only counts began")
    taking.add_argument(
        "--reason", default="", metavar="WORDS", help="why a session that has ended is amended"
    )
    taking.add_argument("--apply", action="store_true", help="do it; else say what would happen")
    taking.add_argument(
        "--other-day", action="store_true", help="the readings belong to the session all the same"
    )
    taking.add_argument(
        "--same-patient",
        action="store_true",
        help="the patient whom the file names is the one of the session",
    )
    taking.set_defaults(run=take_in)
    _register_columns(kinds, common)


def _register_columns(kinds: Any, common: argparse.ArgumentParser) -> None:
    keeping = kinds.add_parser(
        "columns", parents=[common], help="mappings of columns that are kept for their header"
    )
    must_have(keeping, *LOGIN)
    keeping.add_argument("--show", metavar="NAME", help="print one, as --columns takes it")
    keeping.add_argument("--drop", metavar="NAME", help="use one no more")
    keeping.set_defaults(run=columns)


def columns(args: argparse.Namespace, clinics: Clinics) -> int:
    """List the kept mappings of columns, print one, or drop one."""
    with opened(args, clinics) as app:
        if args.drop:
            app.importing.drop_mapping(args.drop)
        kept = app.importing.mappings()
    if args.show:
        texts = [one.mapping or "" for one in kept if one.name == args.show.strip()]
        if not texts:
            raise NoSuchMappingError
        say(texts[0])
    elif args.json:
        say_json([{"name": one.name, "header": one.header} for one in kept])
    else:
        for one in kept:
            say(one.name or "")
        if not kept:
            say("No mapping is kept. One is, once it is made in the window or with --keep-columns.")
    return DONE


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Import a file, whole or not at all, and report what was made of each row."""
    with opened(args, clinics) as app:
        session = app.sessions.by_number(needed(args, "session"))
        plan = app.importing.plan(Path(args.file), session, _wishes(args, app))
        done = app.importing.apply(plan, args.reason) if args.apply else plan.summary()
        if args.apply and args.keep_columns and args.columns:
            app.importing.keep_columns(Path(args.file), Path(args.columns))
    if args.json:
        say_json(asdict(done))
    else:
        _tell(done, plan)
    return DONE


def _wishes(args: argparse.Namespace, app: App) -> Wishes:
    zone = _zone(args.zone)
    return Wishes(
        layout=args.layout,
        columns=Path(args.columns) if args.columns else None,
        shift=_shift(args.clock_offset),
        zone=zone,
        start=_start(args.start, zone or app.context.zone),
        other_day=args.other_day,
        same_patient=args.same_patient,
    )


def _shift(text: str | None) -> dt.timedelta:
    try:
        return shift_named(text) if text else dt.timedelta()
    except ClockError as error:
        raise _wrong(str(error)) from None


def _zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    zone = zone_named(name)
    if name and not isinstance(zone, zoneinfo.ZoneInfo):
        raise _wrong(N_("There is no zone of that name; write it like America/New_York."))
    return zone if isinstance(zone, zoneinfo.ZoneInfo) else None


def _start(text: str | None, zone: zoneinfo.ZoneInfo) -> PartialDate | None:
    try:
        return DeviceClock(zone, dt.timedelta()).iso(text, 0)[0] if text else None
    except ClockError as error:
        raise _wrong(str(error)) from None


def _wrong(sentence: str) -> WrongUseError:
    return WrongUseError(sentence, remedy=N_("Correct the option and run the command again."))


def _tell(done: ImportedVitals, plan: VitalsPlan) -> None:
    verb = "Imported" if done.applied else "Would import"
    say(f"{verb} {done.observations - done.already_here} readings from {done.rows} rows.")
    say(f"  layout {done.layout}: {done.why}")
    say(f"  kept {done.kept}, skipped {done.skipped}, questioned {done.questioned}")
    for count, words in _counts(done):
        if count:
            say(f"  {count} {words}")
    if done.first:
        say(f"  from {done.first} to {done.last}")
    if done.amends:
        say("  the session has ended: this amends it" + ("" if done.applied else "; say --reason"))
    _tell_some("to be looked at", done.questions)
    _tell_some("notes", done.notes)
    if plan.asks_patient:
        say("  --same-patient says that the file is of the patient of the session")
    if plan.far and not plan.wishes.other_day:
        say("  --other-day says that they belong to the session")
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")


def _counts(done: ImportedVitals) -> tuple[tuple[int, str], ...]:
    return (
        (done.already_here, "readings were in the session already and stay as they are"),
        (done.duplicate, "rows say what another row says and were taken once"),
        (done.elsewhere, "rows are of other days and were left out"),
        (done.converted, "readings were converted; the number of the file is kept"),
        (sum(done.zeros.values()), "zeros mean that there was no signal"),
        (done.before, "readings lie before the session began"),
        (done.after, "readings lie after the session ended"),
        (done.stored_between, "readings of the session lie between the first and the last"),
        (done.differing, "readings say otherwise than a stored one of the same moment"),
    )


def _tell_some(what: str, sentences: tuple[str, ...]) -> None:
    for sentence in sentences[:SHOWN_NOTES]:
        say(f"  {sentence}")
    if len(sentences) > SHOWN_NOTES:
        say(f"  and {len(sentences) - SHOWN_NOTES} more {what}; --json lists all")
