"""``import patients`` and ``import sessions``: tables of records; a dry run unless --apply."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, WRONG_USE, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.tables.record_map import TableKind
from aeapp.domain.tables.rows import RecordTable
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.importing_tables import Imported, TablePlan, refuse_wrong

_WORDS = {
    TableKind.PATIENTS: "a table of patients (CSV or XLSX)",
    TableKind.SESSIONS: "a table of sessions of patients who are here (CSV or XLSX)",
}


def register(kinds: Any, common: argparse.ArgumentParser) -> None:
    """Add both kinds of import."""
    for kind, words in _WORDS.items():
        taking = kinds.add_parser(kind.value, parents=[common], help=words)
        taking.add_argument("file", metavar="FILE", help="the table")
        must_have(taking, *LOGIN)
        say_how(taking)
        taking.add_argument(
            "--keep-known",
            action="store_true",
            help="leave what is known here with other facts as it is, instead of refusing its row",
        )
        taking.add_argument("--preview", action="store_true", help="print the first rows as read")
        taking.add_argument("--apply", action="store_true", help="do it; else say what would be")
        taking.set_defaults(run=partial(take_in, kind=kind))


def say_how(taking: argparse.ArgumentParser) -> None:
    """Give a table the options that every table of records has."""
    taking.add_argument(
        "--columns", "--map", metavar="MAP.json", help="what the columns are; else by their names"
    )
    taking.add_argument(
        "--errors", metavar="OUT.csv", help="write the table with its problems here, to be mended"
    )
    taking.add_argument(
        "--overwrite", action="store_true", help="replace the file of problems that is there"
    )


def take_in(args: argparse.Namespace, clinics: Clinics, kind: TableKind) -> int:
    """Import a table, whole or not at all."""
    with opened(args, clinics) as app:
        plan = app.tables.plan(Path(args.file), kind, mapping_of(args), keep_known=args.keep_known)
        if plan.done.wrong:
            return refused(args, app, plan.table)
        done = app.tables.apply(plan) if args.apply else plan.done
    if args.json:
        say_json(asdict(done))
    else:
        _tell(args, done, plan)
    return DONE


def mapping_of(args: argparse.Namespace) -> Path | None:
    """Return the mapping that was named."""
    return Path(args.columns) if args.columns else None


def refused(args: argparse.Namespace, app: App, table: RecordTable) -> int:
    """Write what is wrong with which row for a person to mend, and refuse the table.

    Raises:
        ImportRejected: Always, unless a machine is told by JSON.
    """
    if args.errors:
        app.tables.write_problems(table, Path(args.errors), overwrite=args.overwrite)
    if args.json:
        rows = [{"line": row.line, "problems": row.problems} for row in table.bad]
        say_json({"wrong": len(rows), "rows": rows, "errors": args.errors, "applied": False})
        return WRONG_USE
    say(f"{len(table.bad)} of {len(table.rows)} rows have a problem, so nothing was taken.")
    if args.errors:
        say(f"Wrote {args.errors}: mend the rows with a problem there, then import that file.")
    refuse_wrong(table)
    return WRONG_USE


def _tell(args: argparse.Namespace, done: Imported, plan: TablePlan) -> None:
    verb = "Imported" if done.applied else "Would import"
    say(f"{verb} {done.taken} {done.kind.value} from {done.rows} rows.")
    if done.known:
        say(f"  {done.known} were here already and stay as they are")
    for note in done.notes:
        say(f"  {_(note)}")
    if done.left_out:
        say(f"  columns left out: {', '.join(done.left_out)}")
    if args.preview:
        for place, told in plan.preview():
            say(f"  {place}: {told}")
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")
