"""``study``: studies and their blinds; what an opened blind showed is seen by few."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from aeapp.commands.console import (
    DONE,
    LOGIN,
    WrongUseError,
    must_have,
    needed,
    say,
    say_json,
    take_password,
)
from aeapp.commands.items import add_options, given
from aeapp.commands.opening import opened
from aeapp.domain.codecs import show
from aeapp.domain.records import Study
from aeapp.kernel.i18n import N_
from aeapp.services.app import Clinics
from aeapp.services.studies import Opening

# Options of ``study add``, by the item that each fills.
_ITEMS = {
    "title": "title",
    "ind": "ind",
    "cross-inds": "cross_inds",
    "pre-anda": "pre_anda",
    "type": "study_type",
    "registration": "registration",
    "registered-in": "registration_country",
    "sponsor": "sponsor",
    "contact": "sponsor_contact",
    "duty": "duty",
    "hours": "protocol_hours",
    "blinded": "blinded",
}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``study``."""
    top = commands.add_parser("study", help="studies, and openings of their blinds")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="the studies, one a line")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_studies)
    adding = verbs.add_parser("add", parents=[common], help="add a study")
    adding.add_argument("protocol", metavar="PROTOCOL", help="its protocol number")
    add_options(adding, Study, _ITEMS)
    must_have(adding, *LOGIN)
    adding.set_defaults(run=add)
    listed = verbs.add_parser("openings", parents=[common], help="who opened a patient's blind")
    listed.add_argument("patient", metavar="CODE", help="the patient's code for reports")
    must_have(listed, *LOGIN)
    listed.set_defaults(run=show_openings)
    opening = verbs.add_parser(
        "unblind", parents=[common], help="record that the blind was opened; signed by password"
    )
    opening.add_argument("patient", metavar="CODE", help="the patient's code for reports")
    must_have(
        opening,
        *LOGIN,
        ("--study", "PROTOCOL", "its protocol number"),
        ("--reason", "WORDS", "why it had to be known"),
        ("--shown", "WORDS", "what the code showed; seen only by those who may open the blind"),
    )
    opening.set_defaults(run=unblind)
    looking = verbs.add_parser(
        "look", parents=[common], help="what an opened blind showed; the look is on record"
    )
    looking.add_argument("patient", metavar="CODE", help="the patient's code for reports")
    looking.add_argument("--number", type=int, default=1, help="of the opening, as listed")
    must_have(looking, *LOGIN)
    looking.set_defaults(run=look)


def show_studies(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a study."""
    with opened(args, clinics) as app:
        found = app.studies.studies()
    if args.json:
        say_json([_study_facts(study) for study in found])
        return DONE
    for study in found:
        say("  ".join(show(getattr(study, name)) or "-" for name in ("protocol", *_SHOWN)))
    if not found:
        say("No study is recorded.")
    return DONE


_SHOWN = ("title", "sponsor", "sponsor_contact", "duty", "protocol_hours", "blinded")


def _study_facts(study: Study) -> dict[str, str]:
    return {name: show(getattr(study, name)) for name in ("protocol", *_SHOWN)}


def add(args: argparse.Namespace, clinics: Clinics) -> int:
    """Add a study; a blinded one gets its drug in the library."""
    facts = given(args, Study, _ITEMS)
    with opened(args, clinics) as app:
        saved = app.studies.save(Study(protocol=args.protocol, **facts))
    if args.json:
        say_json(_study_facts(saved))
    else:
        say(f"Study {args.protocol} is recorded.")
    return DONE


def show_openings(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print who opened the blind of a patient, when and why; not what it showed."""
    with opened(args, clinics) as app:
        found = app.studies.openings(app.patients.by_code(args.patient).id)
    if args.json:
        say_json([_facts(n, one) for n, one in enumerate(found, start=1)])
        return DONE
    for n, one in enumerate(found, start=1):
        say(f"{n}  {one.study.protocol or '-'}  {show(one.at)}  {one.by}  {one.reason}")
    if not found:
        say("The blind was not opened.")
    return DONE


def _facts(number: int, one: Opening) -> dict[str, Any]:
    return {
        "number": number,
        "protocol": one.study.protocol,
        "at": one.at.iso() if one.at is not None else None,
        "by": one.by,
        "reason": one.reason,
    }


def unblind(args: argparse.Namespace, clinics: Clinics) -> int:
    """Record that the blind was opened; the password signs it."""
    password = take_password(args)
    protocol, shown = needed(args, "study"), needed(args, "shown")
    with opened(args, clinics, password) as app:
        patient = app.patients.by_code(args.patient)
        study = _blinded(app.studies.of_patient(patient.id), protocol)
        made = app.studies.unblind(
            study, patient.id, shown=shown, reason=needed(args, "reason"), password=password
        )
        known = [one.id for one in app.studies.openings(patient.id)]
    if args.json:
        say_json(_facts(known.index(made.id) + 1, made))
    else:
        say("That the blind was opened is on record. Reports keep the study drug blinded.")
    return DONE


def _blinded(studies: Sequence[Study], protocol: str) -> Study:
    """Return the blinded study of this protocol whose drug the patient was given.

    Raises:
        WrongUseError: There is none.
    """
    found = next((s for s in studies if s.protocol == protocol and s.blinded), None)
    if found is None:
        raise WrongUseError(
            N_("The patient was given no blinded drug of this study."),
            remedy=N_("'study list' tells the protocol numbers."),
        )
    return found


def look(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print what an opened blind showed."""
    password = take_password(args)
    with opened(args, clinics, password) as app:
        found = app.studies.openings(app.patients.by_code(args.patient).id)
        if not 1 <= args.number <= len(found):
            raise WrongUseError(
                N_("There is no such opening of the blind."),
                remedy=N_("'study openings CODE' lists them with their numbers."),
            )
        shown = app.studies.shown(found[args.number - 1].id, password)
    say_json({"shown": shown}) if args.json else say(shown)
    return DONE
