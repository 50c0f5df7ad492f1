"""``import ctcae`` and ``import meddra``: a terminology of the clinic's own; else a dry run."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.kernel.i18n import _
from aeapp.services.app import Clinics
from aeapp.services.terminologies import LoadSummary


def register(kinds: Any, common: argparse.ArgumentParser) -> None:
    """Add the two kinds of import."""
    ctcae = kinds.add_parser("ctcae", parents=[common], help="CTCAE, as NCI publishes it")
    ctcae.add_argument("file", metavar="FILE", help="NCI's workbook (.xlsx), or a CSV")
    ctcae.add_argument(
        "--edition", metavar="N.N", default="", help="version, where the file does not tell it"
    )
    meddra = kinds.add_parser("meddra", parents=[common], help="your clinic's MedDRA release")
    meddra.add_argument("file", metavar="FOLDER|ZIP", help="the ASCII distribution")
    meddra.set_defaults(edition="")
    for parser, name in ((ctcae, TerminologyName.CTCAE), (meddra, TerminologyName.MEDDRA)):
        must_have(parser, *LOGIN)
        parser.add_argument(
            "--apply", action="store_true", help="do it; else say what would happen"
        )
        parser.set_defaults(run=partial(take_in, name=name))


def take_in(args: argparse.Namespace, clinics: Clinics, *, name: TerminologyName) -> int:
    """Load a release, whole or not at all, and say what is in it."""
    with opened(args, clinics) as app:
        plan = app.terminologies.plan(name, Path(args.file), args.edition)
        done = app.terminologies.load(plan) if args.apply else plan.summary
    if args.json:
        say_json(asdict(done))
    else:
        _tell(done)
    return DONE


def _tell(done: LoadSummary) -> None:
    verb = "Loaded" if done.applied else "Would load"
    say(f"{verb} {done.terminology} {done.edition}, {sum(done.counts.values())} terms.")
    for words, count in done.counts.items():
        say(f"  {count} {_(words)}")
    if done.retired:
        say(f"  {done.retired} no longer current; never offered first")
    if done.meddra_edition and done.meddra_edition != done.edition:
        say(f"  codes of MedDRA {done.meddra_edition}")
    if done.loaded_already:
        say("  this version is loaded already and would be refused" * (not done.applied))
    elif not done.becomes_current:
        say("  a newer version stays the one that new events are coded with")
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")
