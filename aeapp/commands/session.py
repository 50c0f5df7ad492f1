"""``session list``, ``session rems``, ``session rems-sent`` and ``session add``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from aeapp.commands.console import DONE, LOGIN, WrongUseError, must_have, say, say_json
from aeapp.commands.moments import minute_of
from aeapp.commands.opening import opened
from aeapp.domain.codecs import read, to_json
from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import Channel, ObservationKind, SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind, Standing
from aeapp.domain.items import spec_at
from aeapp.domain.records import Sending
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.typing import COLUMNS, read_row
from aeapp.kernel.i18n import N_, _
from aeapp.services.app import App, Clinics
from aeapp.services.session_list import SessionLine

# The options of a row of readings, by the quantity each is for.
READINGS = {
    "bp": ObservationKind.BLOOD_PRESSURE,
    "hr": ObservationKind.HEART_RATE,
    "spo2": ObservationKind.OXYGEN_SATURATION,
    "rr": ObservationKind.RESPIRATORY_RATE,
}
_PAGE = 200
Add = Callable[[App, str, argparse.Namespace, PartialDate], None]


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the four verbs of ``session``."""
    top = commands.add_parser(
        "session", help="list sessions; REMS forms to be sent, what was missed"
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="sessions, the newest first")
    must_have(listing, *LOGIN)
    listing.add_argument("--patient", metavar="CODE", default="", help="of one patient")
    _choice(listing, "--route", SessionRoute, "given in one way")
    _choice(listing, "--only", Standing, "where they stand")
    listing.set_defaults(run=show_list)
    waiting = verbs.add_parser("rems", parents=[common], help="forms not recorded as sent")
    must_have(waiting, *LOGIN)
    waiting.set_defaults(run=show_rems)
    sent = verbs.add_parser("rems-sent", parents=[common], help="record that a form was sent")
    sent.add_argument("number", metavar="NUMBER", help="number of the session")
    ways = ", ".join(c.value for c in Channel if c is not Channel.PHONE)
    must_have(sent, *LOGIN, ("--channel", "WAY", f"how it went out: {ways}"))
    sent.add_argument("--at", metavar="TIME", help="when it was sent, to the minute; else now")
    sent.add_argument("--person", metavar="NAME", help="who took it")
    sent.add_argument("--reference", metavar="NUMBER", help="number the REMS gave")
    sent.set_defaults(run=record_rems)
    add = verbs.add_parser("add", parents=[common], help="add what was missed, as an amendment")
    add.add_argument("number", metavar="NUMBER", help="number of a session that has ended")
    must_have(add, *LOGIN, ("--at", "TIME", "when it was"), ("--reason", "WORDS", "why now"))
    for name, words in (("event", "an event"), ("action", "an intervention"), ("note", "a note")):
        add.add_argument(f"--{name}", metavar="WORDS", help=f"{words}, in words")
    add.add_argument("--severity", choices=["1", "2", "3", "4"], help="of the event")
    for name, kind in READINGS.items():
        add.add_argument(f"--{name}", metavar="VALUE", help=f"{kind.words.lower()}, as typed")
    add.set_defaults(run=add_missed)


def _choice(
    verb: argparse.ArgumentParser, flag: str, codes: type[SessionRoute | Standing], words: str
) -> None:
    known = [str(code.value) for code in codes]
    verb.add_argument(flag, choices=known, metavar="CODE", help=f"{words}: {' '.join(known)}")


def show_list(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a session: number, day, patient, route, phase, state."""
    with opened(args, clinics) as app:
        route = SessionRoute(args.route) if args.route else None
        ids = app.session_list.ids(args.patient, route)
        pages = [app.session_list.lines(ids[n : n + _PAGE]) for n in range(0, len(ids), _PAGE)]
    lines = [one for page in pages for one in page if args.only in (None, one.state.value)]
    if args.json:
        say_json([_facts(one) for one in lines])
        return DONE
    for one in lines:
        route_words = _(label(one.route)) if isinstance(one.route, SessionRoute) else "-"
        day = one.day.iso() if one.day else "-"
        say(
            f"{one.number or '-'}  {day}  {one.patient or '-'}  {route_words}  "
            f"{_(one.phase.words)}  {_(one.state.words)}"
        )
    if not lines:
        say(
            "No sessions yet." if not ids and not args.patient and not route else "No such session."
        )
    return DONE


def _facts(one: SessionLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number or None,
        "day": one.day.iso() if one.day else None,
        "patient": one.patient or None,
        "route": to_json(one.route),
        "phase": one.phase.value,
        "state": one.state.value,
    }


def show_rems(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a session whose form is not recorded as sent, the oldest first."""
    with opened(args, clinics) as app:
        found = app.rems.waiting()
    if args.json:
        say_json([{"session": s.number, "completed": s.rems_completed is not None} for s in found])
        return DONE
    for session in found:
        step = "to be sent" if session.rems_completed is not None else "to be completed"
        say(f"{session.number}  {step}")
    if not found:
        say("Every REMS form is recorded as sent.")
    return DONE


def record_rems(args: argparse.Namespace, clinics: Clinics) -> int:
    """Record that the form of a session was sent, outside this program."""
    with opened(args, clinics) as app:
        session = app.sessions.by_number(args.number)
        line = Sending(
            channel=read(spec_at(Sending, "channel"), args.channel),
            at=minute_of(app, args.at) if args.at else app.context.minute(),
            person=args.person,
            reference=args.reference,
        )
        app.rems.record(session.id, line)
    return _done(args, f"Recorded the REMS form of {args.number} as sent.")


def add_missed(args: argparse.Namespace, clinics: Clinics) -> int:
    """Add one missed event, intervention, note or row of readings.

    Raises:
        WrongUseError: None was given, or several.
    """
    ways: dict[str, Add] = {"event": _event, "action": _action, "note": _note}
    chosen = [ways[name] for name in ways if getattr(args, name)]
    chosen += [_readings] if any(getattr(args, name) for name in READINGS) else []
    if len(chosen) != 1:
        raise WrongUseError(
            N_("Say one thing that was missed."),
            remedy=N_("Give --event, --action, --note, or readings such as --bp 142/88."),
        )
    with opened(args, clinics) as app:
        session_id = app.sessions.by_number(args.number).id
        chosen[0](app, session_id, args, minute_of(app, args.at))
    return _done(args, f"Added to {args.number} as an amendment.")


def _event(app: App, session_id: str, args: argparse.Namespace, at: PartialDate) -> None:
    severity = next((s for s in Severity if s.value == args.severity), None)
    app.amending.add_event(session_id, args.event, severity, at, args.reason)


def _action(app: App, session_id: str, args: argparse.Namespace, at: PartialDate) -> None:
    app.amending.add_note(session_id, args.action, NoteKind.INTERVENTION, at, args.reason)


def _note(app: App, session_id: str, args: argparse.Namespace, at: PartialDate) -> None:
    app.amending.add_note(session_id, args.note, NoteKind.NOTE, at, args.reason)


def _readings(app: App, session_id: str, args: argparse.Namespace, at: PartialDate) -> None:
    texts = {kind: getattr(args, name) or "" for name, kind in READINGS.items()}
    row = read_row(texts, COLUMNS)
    for sentence in (*row.unread.values(), *row.doubts.values()):
        raise WrongUseError(sentence, remedy=N_("Correct it, or add it in the window."))
    app.amending.add_readings(session_id, row.readings, at, args.reason)


def _done(args: argparse.Namespace, words: str) -> int:
    if args.json:
        say_json({"session": args.number})
    else:
        say(words)
    return DONE
