"""``message acknowledgement``: what a receiver answered, in plain words, kept with its report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codecs import show
from aeapp.services.acknowledging import Kept
from aeapp.services.app import Clinics


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb."""
    reading = verbs.add_parser(
        "acknowledgement", parents=[common], help="read what a receiver answered to a message"
    )
    reading.add_argument("file", metavar="FILE", help="the XML of the acknowledgement")
    must_have(reading, *LOGIN)
    reading.set_defaults(run=acknowledgement)


def acknowledgement(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep an acknowledgement and say what it means; no report changes its state."""
    with opened(args, clinics) as app:
        found = app.acknowledgements.read(Path(args.file))
    if args.json:
        say_json({"kept": [_facts(one) for one in found.kept], "strange": list(found.strange)})
        return DONE
    for one in found.kept:
        say(f"Case {one.case_number}, report {one.report_number}:")
        for line in one.lines:
            say(f"  {line}")
    for number in found.strange:
        say(f"Not written here, and not kept: {number}.")
    say("Kept with the report. Its state is as it was: record what follows in its log of sending.")
    return DONE


def _facts(one: Kept) -> dict[str, object]:
    record = one.record
    return {
        "case": one.case_number,
        "report": one.report_number,
        "batch": record.batch,
        "batch_verdict": record.batch_verdict.value if record.batch_verdict else None,
        "verdict": record.verdict.value if record.verdict else None,
        "their_number": record.their_number,
        "at": show(record.at) if record.at else None,
        "lines": list(one.lines),
    }
