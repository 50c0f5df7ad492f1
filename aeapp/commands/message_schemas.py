"""``message schemas``: which ICH schema set messages are held against; register one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, NO, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.services.app import Clinics
from aeapp.services.schema_sets import SchemaState


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb."""
    verb = verbs.add_parser(
        "schemas", parents=[common], help="the ICH schema set: show, register, forget"
    )
    verb.add_argument(
        "place", nargs="?", metavar="FOLDER|ZIP", help="the set; it is tried and registered"
    )
    verb.add_argument("--forget", action="store_true", help="use none any longer")
    must_have(verb, *LOGIN)
    verb.set_defaults(run=run)


def run(args: argparse.Namespace, clinics: Clinics) -> int:
    """Show, register or forget; exit 1 where none is registered, or it is not what it was."""
    with opened(args, clinics) as app:
        if args.forget:
            app.schema_sets.forget()
        elif args.place:
            app.schema_sets.register(Path(args.place))
        state = app.schema_sets.state()
    if args.json:
        say_json(_facts(state))
    elif state.registered is None:
        say("No schema set is registered: messages are not checked against the ICH schema.")
    else:
        known = state.registered
        say(f"{known.path}: {known.files} files, SHA-256 {known.sha256}, by {known.by}.")
        say(state.told or "It passed its test: what is right is valid, what is wrong is not.")
    fine = args.forget or (state.registered is not None and not state.told)
    return DONE if fine else NO


def _facts(state: SchemaState) -> dict[str, Any]:
    known = state.registered
    return {
        "path": known.path if known else None,
        "files": known.files if known else None,
        "sha256": known.sha256 if known else None,
        "told": state.told,
    }
