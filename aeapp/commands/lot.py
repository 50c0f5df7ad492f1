"""``lot events``, ``lot hold``, ``lot release`` and ``lot export``: one lot across patients."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands import report_register
from aeapp.commands.console import (
    DONE,
    LOGIN,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.domain.chair.lot_events import LotEvent, rule_words
from aeapp.domain.codecs import show_date
from aeapp.services.app import Clinics


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the four verbs of ``lot``."""
    top = commands.add_parser("lot", help="events of a lot, hold it, release it, print it")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, run, words in (
        ("events", show_events, "its events across patients, by code"),
        ("hold", hold, "hold it: the chair asks before it is given"),
        ("release", release, "release it"),
        ("export", export, "write its record as PDF"),
    ):
        verb = verbs.add_parser(name, parents=[common], help=words)
        verb.add_argument("number", metavar="NUMBER", help="number of the lot")
        if name == "export":
            must_have(verb, *LOGIN, ("--out", "FILE", "file to write"))
            report_register.may_copy(verb)
            report_register.may_say_whom(verb)
            may_overwrite(verb)
        elif name == "events":
            must_have(verb, *LOGIN)
        else:
            must_have(verb, *LOGIN, ("--reason", "WORDS", "why"))
        verb.set_defaults(run=run)


def show_events(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line an event, the newest first; patients by code."""
    with opened(args, clinics) as app:
        found = app.lots.of_lot(app.lots.by_number(args.number).id)
    if args.json:
        say_json([_facts(line) for line in found.lines])
        return DONE
    held = found.lot.hold
    state = f"on hold: {held.reason}" if held is not None else "not on hold"
    say(f"Given in {found.sessions} sessions to {found.patients} patients; {state}.")
    say(f"{rule_words(found.rule).capitalize()}.")
    for line in found.lines:
        day = show_date(line.at) if line.at is not None else "-"
        say(f"{day}  {line.code or '-'}  {line.term or '-'}  {line.serious}  {line.report or '-'}")
    if not found.lines:
        say("No event recorded.")
    return DONE


def _facts(line: LotEvent) -> dict[str, Any]:
    return {
        "at": line.at.iso() if line.at is not None else None,
        "patient": line.code,
        "event": line.term,
        "seriousness": line.serious,
        "session": line.session.number if line.session is not None else None,
        "case": line.report or None,
    }


def hold(args: argparse.Namespace, clinics: Clinics) -> int:
    """Hold a lot."""
    reason = needed(args, "reason")
    with opened(args, clinics) as app:
        app.lots.hold(app.lots.by_number(args.number).id, reason)
    say(f"Lot {args.number} is on hold.")
    return DONE


def release(args: argparse.Namespace, clinics: Clinics) -> int:
    """Release a lot."""
    reason = needed(args, "reason")
    with opened(args, clinics) as app:
        app.lots.release(app.lots.by_number(args.number).id, reason)
    say(f"Lot {args.number} is released.")
    return DONE


def export(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the record of a lot."""
    out = Path(needed(args, "out"))
    with opened(args, clinics) as app:
        lot = app.lots.by_number(args.number)
        done = app.lot_papers.export(
            lot.id,
            out,
            overwrite=args.overwrite,
            copy=report_register.file_of(args),
            wish=report_register.wish_of(args),
            given=report_register.given_of(args),
        )
    if args.json:
        say_json({"file": str(out), "pages": done.pages, "size": done.size, "sha256": done.sha256})
    else:
        say(f"Wrote {out}: {done.pages} pages, SHA-256 {done.sha256}.")
    return DONE
