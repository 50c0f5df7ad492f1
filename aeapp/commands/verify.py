"""``verify``: is the trail whole, and are these files what this clinic exported or keeps?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, NO, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.services.app import Clinics
from aeapp.services.documents import Known, What

TRAIL_LINES = ("schema", "chain", "anchors", "records", "files")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``verify``."""
    verifying = commands.add_parser("verify", parents=[common], help="check trail and exports")
    verifying.add_argument("files", nargs="*", metavar="FILE", help="exported documents")
    must_have(verifying, *LOGIN)
    verifying.set_defaults(run=verify)


def verify(args: argparse.Namespace, clinics: Clinics) -> int:
    """Check the trail, then each file against the register of exports; exit 1 on a difference."""
    with opened(args, clinics) as app:
        trail = [line for line in clinics.health(app).lines if line.name in TRAIL_LINES]
        files = [(name, app.documents.known(Path(name))) for name in args.files]
    good = all(line.good for line in trail) and all(found for _, found in files)
    if args.json:
        say_json(
            {
                "good": good,
                "trail": [{"name": t.name, "good": t.good, "detail": t.detail} for t in trail],
                "files": [_facts(name, found) for name, found in files],
            }
        )
        return DONE if good else NO
    for line in trail:
        say(f"{'good' if line.good else 'BAD '}  {line.name}: {line.detail}")
    for name, found in files:
        say(f"{'good' if found else 'BAD '}  {name}: {_words(found)}")
    return DONE if good else NO


def _facts(name: str, found: Known | None) -> dict[str, Any]:
    facts = {"file": name, "entry": found.entry if found else None}
    return facts | ({"what": found.what.value, "of": found.of} if found else {})


def _words(found: Known | None) -> str:
    if found is None:
        return "not as exported by this clinic, and no attachment of it"
    if found.what is What.EXPORT:
        return f"as exported, entry {found.entry}"
    of = f" of {found.of}" if found.of else ""
    if found.what is What.PROOF:
        return f"a proof of sending{of}, unchanged"
    struck = "; it was struck through" if found.struck else ""
    return f"an attachment{of}, unchanged{struck}"
