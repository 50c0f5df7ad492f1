"""``verify``: is the trail whole, and are these files what this clinic exported?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, NO, say, say_json
from aeapp.commands.opening import opened
from aeapp.services.app import Clinics

TRAIL_LINES = ("schema", "chain", "anchors", "records")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``verify``."""
    verifying = commands.add_parser("verify", parents=[common], help="check trail and exports")
    verifying.add_argument("files", nargs="*", metavar="FILE", help="exported documents")
    verifying.set_defaults(run=verify)


def verify(args: argparse.Namespace, clinics: Clinics) -> int:
    """Check the trail, then each file against the register of exports; exit 1 on a difference."""
    with opened(args, clinics) as app:
        trail = [line for line in clinics.health(app).lines if line.name in TRAIL_LINES]
        files = [(name, app.documents.find_export(Path(name))) for name in args.files]
    good = all(line.good for line in trail) and all(found for _, found in files)
    if args.json:
        say_json(
            {
                "good": good,
                "trail": [{"name": t.name, "good": t.good, "detail": t.detail} for t in trail],
                "files": [{"file": name, "entry": found} for name, found in files],
            }
        )
        return DONE if good else NO
    for line in trail:
        say(f"{'good' if line.good else 'BAD '}  {line.name}: {line.detail}")
    for name, found in files:
        words = f"as exported, entry {found}" if found else "not as exported by this clinic"
        say(f"{'good' if found else 'BAD '}  {name}: {words}")
    return DONE if good else NO
