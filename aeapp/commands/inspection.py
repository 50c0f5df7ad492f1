"""``inspection-pack``: the events of a period with their decisions, clocks and proofs, as PDF."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands import report_register
from aeapp.commands.console import (
    DONE,
    LOGIN,
    WrongUseError,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.moments import day_of
from aeapp.commands.opening import opened
from aeapp.domain.inspection import Period, totals
from aeapp.services.app import Clinics
from aeapp.services.copying import WHOLE

BUNDLE = ".zip"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``inspection-pack``."""
    packing = commands.add_parser(
        "inspection-pack",
        parents=[common],
        help="each event of a period: decision, clocks, what was sent with its hashes",
    )
    must_have(
        packing,
        *LOGIN,
        ("--from", "DAY", "first day, as 2026-10-01"),
        ("--to", "DAY", "last day"),
        (
            "--out",
            "FILE",
            "PDF to write; or a .zip, with tables, the trail and its checker",
        ),
    )
    report_register.may_de_identify(packing)
    may_overwrite(packing)
    packing.set_defaults(run=pack)


def pack(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the pack and say what is in it."""
    period = Period(day_of(needed(args, "from")), day_of(needed(args, "to")))
    out = Path(needed(args, "out"))
    wish, bundle = report_register.wish_of(args), out.suffix.casefold() == BUNDLE
    if bundle and wish != WHOLE:
        raise WrongUseError(
            "A bundle holds the trail with its values, which name patients.",
            remedy="Write the PDF for a copy, or leave out --copy.",
        )
    with opened(args, clinics) as app:
        key = app.packing.key_id
        file, drawn = app.inspection.drawn(period)
        counted = totals(file.events)
        if bundle:
            done = app.packing.write(file, drawn, out, overwrite=args.overwrite)
        else:
            done = app.inspection.export(
                period,
                out,
                overwrite=args.overwrite,
                wish=wish,
            )
    if args.json:
        made = {"file": str(out), "pages": done.pages, "size": done.size, "sha256": done.sha256}
        if out.suffix.casefold() == BUNDLE:
            made["signed_by"] = key
        say_json({**made, **asdict(counted)})
        return DONE
    say(f"Wrote {out}: {done.pages} pages, SHA-256 {done.sha256}.")
    say(
        f"{counted.events} events: {counted.reported} to be reported, {counted.not_reported} not,"
        f" {counted.undecided} without a decision; {counted.versions} versions sent."
    )
    for note in done.notes:
        say(f"  {note}")
    if bundle:
        say(f"It holds the trail with its values. To check it: python verify_trail.py {out.name}")
        say(f"Its list of files is signed with {key}; tell that name by another way than the file.")
    return DONE
