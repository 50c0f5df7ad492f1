"""``list``: line listings as CSV or XLSX, de-identified unless told otherwise."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, may_overwrite, must_have, needed, say, say_json
from aeapp.commands.moments import day_of
from aeapp.commands.opening import opened
from aeapp.domain.listings import ListingKind, TableFormat
from aeapp.services.app import Clinics
from aeapp.services.listings import Wanted


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``list``."""
    listing = commands.add_parser(
        "list", parents=[common], help="a line a record, as a table for other programs"
    )
    listing.add_argument("kind", choices=[kind.value for kind in ListingKind], metavar="KIND",
                         help=", ".join(kind.value for kind in ListingKind))  # fmt: skip
    listing.add_argument(
        "--as", dest="table", choices=[one.value for one in TableFormat], default="csv",
        help="format of the file; csv if not told",
    )  # fmt: skip
    listing.add_argument("--from", dest="first", metavar="DAY", help="first day, as 2026-10-01")
    listing.add_argument("--to", dest="last", metavar="DAY", help="last day")
    listing.add_argument(
        "--identified", action="store_true",
        help="with codes, numbers, whole dates and free texts; without it they are left out",
    )  # fmt: skip
    must_have(listing, *LOGIN, ("--out", "FILE", "file to write"))
    may_overwrite(listing)
    listing.set_defaults(run=write)


def write(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the listing and say what is in it."""
    wanted = Wanted(
        ListingKind(args.kind),
        day_of(args.first) if args.first else None,
        day_of(args.last) if args.last else None,
        identified=args.identified,
    )
    out = Path(needed(args, "out"))
    with opened(args, clinics) as app:
        done = app.listings.export(wanted, TableFormat(args.table), out, overwrite=args.overwrite)
    if args.json:
        say_json({"file": str(out), "size": done.size, "sha256": done.sha256})
        return DONE
    copy = "with what identifies" if wanted.identified else "de-identified"
    say(f"Wrote {out}, {copy}: SHA-256 {done.sha256}.")
    return DONE
