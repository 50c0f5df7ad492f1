"""``report list``, ``report check`` and ``report export``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, NO, WrongUseError, needed, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.findings import blocks, place_of
from aeapp.kernel.i18n import _
from aeapp.services.app import Clinics
from aeapp.services.cases import DESTINATIONS


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the three verbs of ``report``."""
    top = commands.add_parser("report", help="list, check and export reports")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="the worklist")
    listing.set_defaults(run=show_list)
    checking = verbs.add_parser("check", parents=[common], help="what blocks a report")
    checking.add_argument("id", metavar="ID", help="report or case number")
    checking.add_argument("--for", dest="destination", default="fda3500", metavar="DEST")
    checking.set_defaults(run=check)
    giving = verbs.add_parser("export", parents=[common], help="write a report's document")
    giving.add_argument("id", metavar="ID", help="report or case number")
    giving.add_argument("--as", dest="destination", default="fda3500", metavar="DEST")
    giving.add_argument("--out", metavar="FILE", help="file to write")
    giving.set_defaults(run=export)


def _known(destination: str) -> str:
    if destination not in DESTINATIONS:
        raise WrongUseError(
            f"There is no destination {destination!r}.",
            remedy="Choose one of: " + ", ".join(DESTINATIONS) + ".",
        )
    return destination


def show_list(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a report, the newest first."""
    with opened(args, clinics) as app:
        lines = app.cases.report_lines(app.cases.report_ids())
    if args.json:
        say_json([asdict(line) for line in lines])
        return DONE
    for line in lines:
        say(f"{line.number}  {line.state}  {line.patient or '-'}  {line.title or '-'}")
    if not lines:
        say("No reports yet.")
    return DONE


def check(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print findings: severity, code, item number, sentence; exit 1 if one blocks."""
    destination = _known(args.destination)
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        findings = app.cases.check(app.cases.gather(report.case_id, report.id), destination)
    if args.json:
        say_json([{**asdict(f), "severity": f.severity.value} for f in findings])
    else:
        for f in findings:
            where = f" ({place_of(f)})" if place_of(f) else ""
            say(f"{f.severity.value:<7}  {f.code:<4}  {f.item or '-':<3}  {_(f.text)}{where}")
        if not findings:
            say("Our rules found no gap.")
    return NO if blocks(findings) else DONE


def export(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the document; findings do not stop it, they stand on its cover."""
    _known(args.destination)
    out = Path(needed(args, "out"))
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        done = app.documents.export(report.case_id, report.id, out)
    if args.json:
        say_json({"file": str(out), "pages": done.pages, "size": done.size, "sha256": done.sha256})
    else:
        say(f"Wrote {out}: {done.pages} pages, SHA-256 {done.sha256}.")
        if done.blocking:
            say(f"It is marked as a draft: {done.blocking} findings block it; see 'report check'.")
    return DONE
