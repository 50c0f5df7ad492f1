"""``form list`` and ``form add``: the official forms that a report can be written on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codecs import show_date
from aeapp.services.app import Clinics
from aeapp.services.official_forms import Edition


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the two verbs of ``form``."""
    top = commands.add_parser("form", help="official blank forms: which are known, add one")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="editions, and which are here")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_list)
    adding = verbs.add_parser("add", parents=[common], help="keep a blank form from FDA's site")
    adding.add_argument("file", metavar="FILE.pdf", help="the blank form, as it was loaded")
    must_have(adding, *LOGIN)
    adding.set_defaults(run=add)


def show_list(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line an edition."""
    with opened(args, clinics) as app:
        editions = app.official_forms.editions()
    if args.json:
        say_json([_facts(one) for one in editions])
        return DONE
    for one in editions:
        say(f"{one.file.form}  {one.file.title}  {_state(one)}")
    return DONE


def add(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep a blank form and say which edition it is."""
    with opened(args, clinics) as app:
        done = app.official_forms.add(Path(args.file))
    if args.json:
        say_json(_facts(done))
    else:
        say(f"Kept {done.file.title}: reports on it can be exported onto the official file now.")
    return DONE


def _state(edition: Edition) -> str:
    kept = edition.brought
    if kept is None:
        return "not here: get the blank PDF from FDA's site and add it"
    day = show_date(kept.brought_on) if kept.brought_on else "an unknown day"
    return f"here since {day}, by {kept.by or 'somebody'}"


def _facts(edition: Edition) -> dict[str, Any]:
    kept = edition.brought
    return {
        "form": edition.file.form,
        "title": edition.file.title,
        "sha256": kept.sha256 if kept else None,
        "brought_on": kept.brought_on.iso() if kept and kept.brought_on else None,
        "by": kept.by if kept else None,
    }
