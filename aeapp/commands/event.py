"""``event``: events with their decisions; decide on one, strike one through."""

from __future__ import annotations

import argparse
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision
from aeapp.domain.records import Decision
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from aeapp.services.app import Clinics
from aeapp.services.deciding import Judged

_ID = "id of the event, as 'event list' tells it"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``event``."""
    top = commands.add_parser("event", help="events and the decision on each")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="events with what was decided")
    listing.add_argument(
        "--undecided", action="store_true", help="only those that wait for a decision"
    )
    must_have(listing, *LOGIN)
    listing.set_defaults(run=list_all)
    deciding = verbs.add_parser("decide", parents=[common], help="report it to whom, or not")
    deciding.add_argument("id", metavar="EVENT", help=_ID)
    deciding.add_argument("answer", choices=("report", "no-report"), help="what is decided")
    deciding.add_argument(
        "--to", choices=[d.value for d in Destination], nargs="+", default=[], help="recipients"
    )
    owed = [o.value for o in Obligation]
    deciding.add_argument("--owed", choices=owed, help="whether it is owed or offered")
    must_have(deciding, *LOGIN, ("--reason", "WORDS", "why"))
    deciding.set_defaults(run=decide)
    striking = verbs.add_parser("strike", parents=[common], help="strike one through")
    striking.add_argument("id", metavar="EVENT", help=_ID)
    must_have(striking, *LOGIN, ("--reason", "WORDS", "why"))
    striking.set_defaults(run=strike)


def list_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line an event, the oldest first."""
    with opened(args, clinics) as app:
        found = app.deciding.judged(undecided=args.undecided)
    if args.json:
        say_json([_facts(one) for one in found])
        return DONE
    for one in found:
        event = one.event
        parts = (event.id, show(event.onset) or "-", one.code or "-", show(event.verbatim) or "-")
        say("  ".join((*parts, decided_words(one.decision))))
    if not found:
        say("No event waits for a decision." if args.undecided else "No event is recorded.")
    return DONE


def decide(args: argparse.Namespace, clinics: Clinics) -> int:
    """Store a decision; it stands beside earlier ones, and the latest counts."""
    report = args.answer == "report"
    if report and not (args.to and args.owed):
        raise BadInputError(
            N_("A decision to report says to whom, and whether it is a duty."),
            remedy=N_("Add --to fda, and --owed duty or --owed choice."),
        )
    if not report and (args.to or args.owed):
        raise BadInputError(
            N_("What is not reported has no recipient."),
            remedy=N_("Leave out --to and --owed, or decide to report."),
        )
    with opened(args, clinics) as app:
        event = app.events.by_id(args.id)
        if report:
            to = [Destination(value) for value in args.to]
            made = app.deciding.report(event, to, Obligation(args.owed), args.reason)
        else:
            made = app.deciding.no_report(event, args.reason)
    if args.json:
        say_json({"event": event.id} | _decided(made))
    else:
        say(f"Decided: {decided_words(made)}")
    return DONE


def strike(args: argparse.Namespace, clinics: Clinics) -> int:
    """Strike an event through; it stays on record and counts nowhere."""
    with opened(args, clinics) as app:
        struck = app.events.strike(app.events.by_id(args.id), args.reason)
    if args.json:
        say_json({"event": struck.id, "struck": struck.struck_reason})
    else:
        say("Struck through; it stays on record and counts nowhere.")
    return DONE


def decided_words(made: Decision | None) -> str:
    """Return a decision in one line."""
    if made is None or made.answer is None:
        return _("not decided")
    to = ", ".join(_(d.words) for d in Destination if d in (made.destinations or ()))
    head = _("report to {whom}").format(whom=to) if to else _("no report")
    return f"{head}: {made.reason} ({made.decided_by}, {show(made.at)})"


def _facts(one: Judged) -> dict[str, Any]:
    return {
        "event": one.event.id,
        "words": show(one.event.verbatim) or None,
        "onset": show(one.event.onset) or None,
        "patient": one.code or None,
        "decision": None if one.decision is None else _decided(one.decision),
    }


def _decided(made: Decision) -> dict[str, Any]:
    return {
        "answer": "report" if made.answer is ReportDecision.REPORT else "no-report",
        "to": sorted(d.value for d in made.destinations or ()),
        "owed": made.obligation.value if made.obligation else None,
        "reason": made.reason,
        "by": made.decided_by,
        "at": show(made.at),
    }
