"""``clinic export`` gives the whole clinic out as one ZIP; ``clinic import`` takes it in again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, may_overwrite, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.app import Clinics
from aeapp.services.clinic_archive import ClinicFile

_HUNDRED = 100


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add both verbs."""
    top = commands.add_parser("clinic", help="the whole clinic out as one ZIP, and in again")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    giving = verbs.add_parser("export", parents=[common], help="give everything out, unencrypted")
    giving.add_argument("file", metavar="FILE", help="ZIP to write")
    may_overwrite(giving)
    must_have(giving, *LOGIN)
    giving.set_defaults(run=give_out)
    taking = verbs.add_parser("import", parents=[common], help="take everything into an empty one")
    taking.add_argument("file", metavar="FILE", help="ZIP that 'clinic export' wrote")
    taking.add_argument("--apply", action="store_true", help="do it; else say what would happen")
    must_have(taking, *LOGIN)
    taking.set_defaults(run=take_in)


def give_out(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the ZIP, and say what is in it and what is not."""
    out = Path(args.file)
    with opened(args, clinics) as app:
        done = app.clinic_copy.export(out, progress=_progress(), overwrite=args.overwrite)
    if args.json:
        say_json({"file": str(out), **_facts(done)})
        return DONE
    say(f"Wrote {out}: {_counts(done)}. SHA-256 {done.sha256}.")
    say("It holds names and health data and is not encrypted.")
    for note in done.notes:
        say(f"  {_(note)}")
    return DONE


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Take the ZIP in, or say what would come in."""
    path = Path(args.file)
    with opened(args, clinics) as app:
        take = app.clinic_copy.take_in if args.apply else app.clinic_copy.plan
        done = take(path, _progress())
    if args.json:
        say_json({"applied": done.applied, **_facts(done)})
        return DONE
    if done.made_at:
        say(
            f"Given out {done.made_at} by {done.program or 'a program that does not say its name'}."
        )
    verb = "Took in" if done.applied else "Would take in"
    say(f"{verb}: {_counts(done)}.")
    for note in done.notes:
        say(f"  {_(note)}")
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")
    return DONE


def _facts(done: ClinicFile) -> dict[str, Any]:
    return {
        "records": done.counts,
        "contents": done.contents,
        "sha256": done.sha256,
        "made_at": done.made_at,
        "program": done.program,
        "practice": bool(done.clinic and done.clinic.practice),
        "notes": list(done.notes),
    }


def _counts(done: ClinicFile) -> str:
    kinds = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in done.counts.items())
    return f"{sum(done.counts.values())} records ({kinds}), {done.contents} files"


def _progress() -> Progress:
    """Return what tells a person at a terminal how far it is; nothing where none watches."""
    return _Percent() if sys.stderr.isatty() else NoProgress()


class _Percent:
    """Writes the percent that is done over itself."""

    def __init__(self) -> None:
        self._shown = -1

    def step(self, done: int, total: int, note: str) -> None:
        """Show it where it changed."""
        percent = done * _HUNDRED // max(total, 1)
        if percent != self._shown:
            self._shown = percent
            sys.stderr.write(f"\r{percent:3d} % {note:<24.24}")
            sys.stderr.flush()
