"""``case import`` takes in a case in the open format; ``case export`` gives it out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, say, say_json
from aeapp.commands.opening import opened
from aeapp.kernel.i18n import _
from aeapp.services.app import Clinics
from aeapp.services.importing_patients import ANSWERS
from aeapp.services.sessions import NoSuchNumberError


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``case import`` and ``case export``."""
    top = commands.add_parser("case", help="import or export a whole case as JSON")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    taking = verbs.add_parser("import", parents=[common], help="take in a case file")
    taking.add_argument("file", metavar="FILE.json")
    taking.add_argument(
        "--patient",
        choices=ANSWERS,
        default="",
        help="where the patient code is known here: 'known' is the same person with our facts, "
        "'file' the same person with what the file answers (its list of medicines replaces ours "
        "if it has one), 'new' is another person",
    )
    taking.add_argument("--dry-run", action="store_true", help="say what would happen only")
    taking.set_defaults(run=take_in)
    giving = verbs.add_parser("export", parents=[common], help="give a case out")
    giving.add_argument("id", metavar="ID", help="case number, such as KC-2026-000031")
    giving.add_argument("--out", metavar="FILE", help="file to write; else standard output")
    giving.set_defaults(run=give_out)


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Import one case file, whole or not at all."""
    with opened(args, clinics) as app:
        done = app.importing.import_case(
            Path(args.file), patient=args.patient, apply=not args.dry_run
        )
    if args.json:
        say_json(
            {
                "case": done.case_number,
                "report": done.report_number,
                "records": dict(done.counts),
                "patient": done.patient,
                "notes": list(done.notes),
                "applied": not args.dry_run,
            }
        )
        return DONE
    counts = ", ".join(f"{count} {kind}" for kind, count in done.counts)
    verb = "Would import" if args.dry_run else "Imported"
    say(f"{verb} case {done.case_number}, report {done.report_number}: {counts}.")
    for note in done.notes:
        say(f"  {_(note)}")
    return DONE


def give_out(args: argparse.Namespace, clinics: Clinics) -> int:
    """Export one case in the open format."""
    with opened(args, clinics) as app:
        case = app.importing.case_by_number(args.id)
        if case is None:
            raise NoSuchNumberError(args.id)
        text = app.importing.export_case(case.id, Path(args.out) if args.out else None)
    if args.out:
        say(f"Wrote {args.out}.")
    else:
        say(text.rstrip("\n"))
    return DONE
