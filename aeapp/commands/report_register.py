"""``report batch`` and ``report register``: many files in one go, and what went to whom."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands.console import (
    DONE,
    LOGIN,
    NO,
    WrongUseError,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import CopyKind, Medium, Purpose
from aeapp.domain.records import Disclosure
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.batch import Order
from aeapp.services.copying import Wish
from aeapp.services.pages import Copy
from aeapp.services.register import Given

REGULATOR, ARCHIVE = Copy.REGULATOR.value, Copy.ARCHIVE.value


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs to those of ``report``."""
    many = verbs.add_parser("batch", parents=[common], help="write many reports into a folder")
    many.add_argument("ids", nargs="*", metavar="ID", help="report numbers; all reports if none")
    many.add_argument(
        "--official", action="store_true", help="fill the official files the clinic brought"
    )
    may_copy(many)
    may_say_whom(many)
    may_overwrite(many)
    must_have(many, *LOGIN, ("--out", "FOLDER", "folder to write to, made where there is none"))
    many.set_defaults(run=batch)
    listing = verbs.add_parser(
        "register", parents=[common], help="what was exported or printed, to whom and what for"
    )
    listing.add_argument(
        "--entry", type=int, action="append", metavar="N", help="say of entry N to whom it went"
    )
    listing.add_argument("--patient", metavar="CODE", help="of one patient, as for an accounting")
    may_say_whom(listing)
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_register)


def may_copy(parser: argparse.ArgumentParser) -> None:
    """Let a command write a copy that leaves something out."""
    parser.add_argument(
        "--copy",
        choices=[REGULATOR, ARCHIVE, CopyKind.DEIDENTIFIED.value, CopyKind.MAKER.value],
        default=REGULATOR,
        help="for a regulator; for the archive: PDF/A-3a with the case inside; or one that leaves "
        "out what the Safe Harbor list names, or who reported",
    )
    may_read_texts(parser)


def may_de_identify(parser: argparse.ArgumentParser) -> None:
    """Let a command write a de-identified copy of a paper that has none for a manufacturer.

    To whom it went is said in the register: ``--to`` means a day or a version here.
    """
    parser.add_argument(
        "--copy",
        choices=[REGULATOR, CopyKind.DEIDENTIFIED.value],
        default=REGULATOR,
        help="whole, or de-identified: without what the Safe Harbor list names",
    )
    may_read_texts(parser)


def may_read_texts(parser: argparse.ArgumentParser) -> None:
    """Let a person say that the texts of a de-identified copy were read."""
    parser.add_argument(
        "--texts-read",
        action="store_true",
        help="you have read every free text of the de-identified copy; else they are withheld",
    )


def may_say_whom(parser: argparse.ArgumentParser) -> None:
    """Let a command say for the register to whom a file goes and what for."""
    parser.add_argument("--to", choices=[d.value for d in Destination], help="kind of recipient")
    parser.add_argument("--person", default="", metavar="NAME", help="name of the recipient")
    parser.add_argument("--address", default="", metavar="WORDS", help="address of the recipient")
    parser.add_argument("--purpose", choices=[p.value for p in Purpose], help="what it is for")


def wish_of(args: argparse.Namespace) -> Wish:
    """Return which copy is asked for."""
    whole = args.copy in (REGULATOR, ARCHIVE)
    copy = CopyKind.FULL if whole else CopyKind(args.copy)
    return Wish(copy=copy, texts_read=args.texts_read)


def file_of(args: argparse.Namespace) -> Copy:
    """Return which file is asked for: the plain one, or that for the archive."""
    return Copy.ARCHIVE if args.copy == ARCHIVE else Copy.REGULATOR


def given_of(args: argparse.Namespace) -> Given:
    """Return to whom it goes and what for."""
    return Given(
        recipient=Destination(args.to) if args.to else None,
        person=args.person,
        address=args.address,
        purpose=Purpose(args.purpose) if args.purpose else None,
    )


def batch(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write a file a report; exit 1 if one of them could not be written."""
    if args.copy == ARCHIVE and args.official:
        raise WrongUseError(
            "A copy for the archive is made of pages of our own: those of an official form are not "
            "ours to make readable aloud.",
            remedy="Leave out --official or --copy.",
        )
    folder = Path(needed(args, "out"))
    order = Order(
        official=args.official, file=file_of(args), wish=wish_of(args), given=given_of(args)
    )
    with opened(args, clinics) as app:
        done = app.batch.export(_ids(app, args.ids), folder, order=order, overwrite=args.overwrite)
    if args.json:
        say_json([asdict(line) for line in done.lines])
    else:
        for line in done.lines:
            told = f"{line.file}  {line.pages} pages  {line.sha256}" if line.file else line.why
            say(f"{line.number}  {told}")
        say(f"Wrote {done.written} of {len(done.lines)} reports to {folder}.")
    return DONE if done.written == len(done.lines) else NO


def _ids(app: App, numbers: list[str]) -> list[str]:
    if not numbers:
        return list(app.cases.report_ids())
    return [app.cases.report_by_number(number).id for number in numbers]


def show_register(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print what left the program, the newest first, or say of entries to whom they went."""
    with opened(args, clinics) as app:
        if args.entry:
            lines = app.register.tell(args.entry, given_of(args))
        else:
            lines = app.register.lines(args.patient or "")
    if args.json:
        say_json([_facts(line) for line in lines])
        return DONE
    for line in lines:
        say(_line(line))
    if not lines:
        say("Nothing was exported or printed.")
    return DONE


def _line(line: Disclosure) -> str:
    copy = f", {_(line.copy.words).lower()} copy" if line.copy not in (None, CopyKind.FULL) else ""
    whom = ", ".join(
        part
        for part in (
            _(line.recipient.words) if line.recipient else "",
            line.person or "",
            line.address or "",
        )
        if part
    )
    purpose = _(line.purpose.words) if line.purpose else "purpose not told yet"
    printed = ", printed" if line.medium is Medium.PRINT else ""
    counted = "in the accounting" if line.is_accounted else "not in the accounting"
    if line.is_open:
        counted = "open"
    return (
        f"{line.seq}  {show(line.at)}  {line.number or '-'}  {line.what}{copy}{printed}  "
        f"by {line.by}  "
        f"to {whom or 'nobody told'}  {purpose}; {counted}  {line.sha256}"
    )


def _facts(line: Disclosure) -> dict[str, Any]:
    return {
        "entry": line.seq,
        "at": line.at.iso() if line.at else None,
        "number": line.number,
        "what": line.what,
        "copy": line.copy,
        "medium": line.medium,
        "pages": line.pages,
        "sha256": line.sha256,
        "by": line.by,
        "recipient": line.recipient,
        "person": line.person,
        "address": line.address,
        "purpose": line.purpose,
        "accounted": line.is_accounted,
    }
