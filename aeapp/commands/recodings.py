"""``terms recodings`` and ``terms undo``: what was coded together, and putting it back later."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from aeapp.commands.console import DONE, LOGIN, NO, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.coding.past import PastRecoding
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.past_recodings import NoSuchRecodingError, UndoneAlreadyError


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the two verbs to those of ``terms``."""
    listing = verbs.add_parser(
        "recodings", parents=[common], help="what was coded together, the newest first"
    )
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_all)
    undo = verbs.add_parser(
        "undo", parents=[common], help="put back what was coded together, whole or not at all"
    )
    undo.add_argument("number", type=int, metavar="N", help="number that 'terms recodings' tells")
    undo.add_argument(
        "--apply", action="store_true", help="put it back; else say what would happen"
    )
    must_have(undo, *LOGIN)
    undo.set_defaults(run=undo_one)


def show_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a recoding."""
    with opened(args, clinics) as app:
        lines = [_facts(app, past) for past in app.recodings.all()]
    if args.json:
        say_json(lines)
        return DONE
    for line in lines:
        say(_words(line))
    if not lines:
        say("Nothing was coded together yet.")
    return DONE


def undo_one(args: argparse.Namespace, clinics: Clinics) -> int:
    """Put a recoding back, or say whether that can be done."""
    with opened(args, clinics) as app:
        past = next((p for p in app.recodings.all() if p.number == args.number), None)
        if past is None:
            raise NoSuchRecodingError
        if not past.stands:
            raise UndoneAlreadyError(past)
        changed = [one.words for one in app.recodings.changed_since(past.number)]
        if args.apply:
            app.recodings.undo(past.number)
        line = _facts(app, next(p for p in app.recodings.all() if p.number == past.number))
    if args.json:
        say_json(line | {"changed_since": changed, "applied": args.apply})
    elif args.apply:
        say(f"{line['events']} events have again what they had before.")
        say("Reports that were sent stay as they were sent.")
    else:
        for words in changed:
            say(f"  changed since  {words}")
        ready = f"Nothing was changed. Add --apply to put {line['events']} events back."
        say(ready if not changed else "Nothing was changed; it cannot be put back whole.")
    return NO if changed else DONE


def _facts(app: App, past: PastRecoding) -> dict[str, Any]:
    return {
        "number": past.number,
        "at": _here(app, past.at),
        "by": past.by,
        "terminology": past.terminology.value,
        "edition": past.edition,
        "events": len(past.lines),
        "undone_at": _here(app, past.undone_at) if past.undone_at else None,
        "undone_by": past.undone_by or None,
    }


def _here(app: App, at: str) -> str:
    return dt.datetime.fromisoformat(at).astimezone(app.context.zone).strftime("%Y-%m-%d %H:%M")


def _words(line: dict[str, Any]) -> str:
    undone = ""
    if line["undone_at"]:
        undone = _("  undone {at} by {by}").format(at=line["undone_at"], by=line["undone_by"])
    return (
        f"{line['number']}  {line['at']}  {line['terminology']} {line['edition']}  "
        f"{line['events']} events  {line['by']}{undone}"
    )
