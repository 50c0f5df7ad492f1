"""``attach``: add a file to a case or a session, list what is attached, write one out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, may_overwrite, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.records import Attachment, CaseFile, Session
from aeapp.services.app import App, Clinics
from aeapp.services.sessions import NoSuchNumberError


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``attach add``, ``attach list`` and ``attach get``."""
    top = commands.add_parser("attach", help="files that belong to a case or a session")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    adding = verbs.add_parser("add", parents=[common], help="attach a PDF, a picture or a text")
    adding.add_argument("id", metavar="ID", help="number of the case or the session")
    adding.add_argument("file", metavar="FILE", help="PDF, picture or plain text")
    adding.add_argument(
        "--title", default="", metavar="WORDS", help="what it is; else the name of the file"
    )
    must_have(adding, *LOGIN)
    adding.set_defaults(run=add)
    listing = verbs.add_parser("list", parents=[common], help="say what is attached")
    listing.add_argument("id", metavar="ID", help="number of the case or the session")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=list_all)
    getting = verbs.add_parser("get", parents=[common], help="write one to a file")
    getting.add_argument("id", metavar="ID", help="number of the case or the session")
    getting.add_argument("sha256", metavar="HASH", help="begin of its hash, as the list says it")
    may_overwrite(getting)
    must_have(getting, ("--out", "FILE", "file to write"), *LOGIN)
    getting.set_defaults(run=get)


def add(args: argparse.Namespace, clinics: Clinics) -> int:
    """Attach one file."""
    with opened(args, clinics) as app:
        added = app.attaching.add_file(_owner(app, args.id), Path(args.file), args.title)
    if args.json:
        say_json(_told(added))
    else:
        say(f"Attached to {args.id}: {added.size} bytes, SHA-256 {added.sha256}.")
    return DONE


def list_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """List what is attached; what was struck through is named with its reason."""
    with opened(args, clinics) as app:
        found = _found(app, args.id)
    if args.json:
        say_json([_told(one) for one in found])
        return DONE
    for one in found:
        struck = f"  struck through: {one.struck_reason}" if one.struck_reason else ""
        say(f"{(one.sha256 or '')[:16]}  {one.size:>9}  {one.media}  {one.title}{struck}")
    return DONE


def get(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the content of one attachment."""
    with opened(args, clinics) as app:
        fitting = [a for a in _found(app, args.id) if (a.sha256 or "").startswith(args.sha256)]
        if len({a.sha256 for a in fitting}) != 1:
            raise NoSuchNumberError(args.sha256)
        app.attaching.export(fitting[0], Path(args.out), overwrite=args.overwrite)
    say(f"Wrote {args.out}.")
    return DONE


def _owner(app: App, number: str) -> CaseFile | Session:
    case = app.importing.case_by_number(number)
    if case is not None:
        return case
    return app.sessions.by_number(number)


def _found(app: App, number: str) -> list[Attachment]:
    owner = _owner(app, number)
    if isinstance(owner, CaseFile):
        return app.attaching.of_case(owner.id)
    return app.attaching.of(owner)


def _told(one: Attachment) -> dict[str, object]:
    return {
        "title": one.title,
        "media": str(one.media),
        "size": one.size,
        "sha256": one.sha256,
        "struck": one.struck_reason,
    }
