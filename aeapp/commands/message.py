"""``message check`` and ``message export``: E2B(R3) messages, checked element by element."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands import message_acknowledgement, message_schemas
from aeapp.commands.console import (
    DONE,
    LOGIN,
    NO,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile
from aeapp.services.app import App, Clinics
from aeapp.services.message_batch import BatchOrder, WrittenBatch
from aeapp.services.message_check import Checked
from aeapp.services.message_drawing import MessageWish
from aeapp.services.schema_sets import SCHEMAS

_NOT_CHECKED = "Not checked against the ICH schema: --schemas names its folder or ZIP."


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    top = commands.add_parser("message", help="E2B(R3) messages: write, check, answers")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    checking = verbs.add_parser(
        "check", parents=[common], help="check anybody's message; needs no login"
    )
    checking.add_argument("file", metavar="FILE", help="the XML")
    writing = verbs.add_parser("export", parents=[common], help="write a case as a message")
    writing.add_argument(
        "numbers", nargs="+", metavar="ID", help="report or case number; several make a batch"
    )
    checking.add_argument(
        "--profile", choices=[p.value for p in Profile], default=Profile.ICH.value,
        help="whose rules; ich if not told",
    )  # fmt: skip
    may_check(checking)
    for flag, metavar, _words in LOGIN:
        # It needs no clinic; of one that is named it asks for the schema set registered there.
        checking.add_argument(flag, metavar=metavar, help="only for a schema set registered there")
    may_wish(writing)
    must_have(writing, *LOGIN, ("--out", "FILE", "XML to write"))
    may_overwrite(writing)
    message_acknowledgement.register(verbs, common)
    message_schemas.register(verbs, common)
    checking.set_defaults(run=check)
    writing.set_defaults(run=export)


def check(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a finding; exit 1 where the receiver would refuse the message."""
    schemas = Path(args.schemas) if args.schemas else None
    file, profile = Path(args.file), Profile(args.profile)
    if args.clinic:
        with opened(args, clinics) as app:
            found = app.messages.check(file, profile, schemas)
    else:
        found = clinics.check_message(file, profile, schemas)
    return tell(args, found, {})


def export(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the message, or a batch of several, and say what was found."""
    out = Path(needed(args, "out"))
    schemas = Path(args.schemas) if args.schemas else None
    with opened(args, clinics) as app:
        reports = [_case_and_report(app, number) for number in args.numbers]
        if len(reports) > 1:
            order = BatchOrder(tuple(reports), wish_of(args))
            batch = app.message_batches.export(
                order, out, schemas=schemas, overwrite=args.overwrite
            )
            return _tell_batch(args, batch)
        ((case_id, report_id),) = reports
        done, found = app.messages.export(
            case_id, out, wish_of(args), report_id=report_id, schemas=schemas,
            overwrite=args.overwrite,
        )  # fmt: skip
    return tell(args, found, {"file": str(out), "sha256": done.sha256})


def _case_and_report(app: App, number: str) -> tuple[str, str]:
    """Return the ids of a case and of the report that is named, or of the case's first."""
    case = app.importing.case_by_number(number)
    if case is not None:
        return case.id, ""
    report = app.cases.report_by_number(number)
    return report.case_id, report.id


def _tell_batch(args: argparse.Namespace, batch: WrittenBatch) -> int:
    if args.json:
        say_json({
            "file": str(batch.path), "sha256": batch.sha256, "messages": batch.messages,
            "findings": [_facts(finding) for finding in batch.findings],
            "schema": {"sha256": batch.schema} if batch.schema else None,
            "schema_told": batch.told,
        })  # fmt: skip
        return NO if batch.refused else DONE
    what = f"messages: {batch.messages}, bytes: {batch.size}"
    say(f"Wrote {batch.path}: {what}, SHA-256 {batch.sha256}.")
    for finding in batch.findings:
        say(_line(finding))
    if not batch.schema:
        say(_NOT_CHECKED)
    if batch.told:
        say(batch.told)
    say(f"Messages: {batch.messages}. Findings: {len(batch.findings)}.")
    return NO if batch.refused else DONE


def may_wish(parser: argparse.ArgumentParser) -> None:
    """Let a command say who sends a message to whom, and by whose rules."""
    parser.add_argument("--sender", metavar="ID", default="", help="else that of the clinic")
    parser.add_argument(
        "--receiver", metavar="ID", default="", help="of the batch; else FDA's, or the clinic's"
    )
    parser.add_argument("--to-center", metavar="ID", default="", help="receiver of the message")
    parser.add_argument(
        "--profile", choices=[p.value for p in Profile],
        help="whose rules; else those of the report's form",
    )  # fmt: skip
    parser.add_argument("--attach", action="store_true", help="attached files go inside")
    parser.add_argument("--draft", action="store_true", help="write it whatever was found")
    may_check(parser)


def may_check(parser: argparse.ArgumentParser) -> None:
    """Let a command name the schema set."""
    parser.add_argument(
        "--schemas", metavar="FOLDER|ZIP",
        help=f"ICH ICSR schema set; else by {SCHEMAS}, else the registered one",
    )  # fmt: skip


def wish_of(args: argparse.Namespace) -> MessageWish:
    """Return what the options say of a message."""
    return MessageWish(
        profile=Profile(args.profile) if args.profile else None,
        sender=args.sender,
        receiver=args.receiver,
        message_receiver=args.to_center,
        with_files=args.attach,
        draft=args.draft,
    )


def say_found(found: Checked) -> int:
    """Print what was found in a message; return the exit code."""
    for finding in found.findings:
        say(_line(finding))
    if found.schema is None:
        say(_NOT_CHECKED)
    else:
        for line, error in found.schema.errors:
            say(f"schema line {line}: {error}")
        verdict = "not valid" if found.schema.errors else "valid"
        say(f"{verdict} by the schema set of {found.schema.files} files,"
            f" SHA-256 {found.schema.sha256[:16]}.")  # fmt: skip
    if found.told:
        say(found.told)
    say(f"Messages: {found.messages}. Findings: {len(found.findings) + found.more}.")
    if found.more:
        say(f"{found.more} more are not shown: answer these first.")
    return NO if found.refused else DONE


def tell(args: argparse.Namespace, found: Checked, file: dict[str, str]) -> int:
    """Say what was written, if anything was, and what was found in it; return the exit code."""
    code = NO if found.refused else DONE
    if args.json:
        schema = found.schema
        errors = [error for _line, error in schema.errors] if schema else []
        say_json({
            **file,
            "messages": found.messages,
            "more": found.more,
            "findings": [_facts(finding) for finding in found.findings],
            "schema": {"sha256": schema.sha256, "errors": errors} if schema else None,
            "schema_told": found.told,
        })  # fmt: skip
        return code
    if file:
        say("Wrote {file}, SHA-256 {sha256}.".format(**file))
    return say_found(found)


def _line(finding: MessageFinding) -> str:
    rule = f" [{finding.rule}]" if finding.rule else ""
    where = f"{finding.severity.value} {finding.where or '-'} {finding.number}"
    return f"{where}{rule}: {finding.text}"


def _facts(finding: MessageFinding) -> dict[str, str]:
    return {
        "where": finding.where,
        "element": finding.number,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "text": finding.text,
    }
