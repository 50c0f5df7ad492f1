"""``pregnancy``: written down, followed to its outcome, and the report of a child begun."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aeapp.commands.console import DONE, LOGIN, WrongUseError, must_have, needed, say, say_json
from aeapp.commands.items import add_options, given
from aeapp.commands.opening import opened
from aeapp.domain.codecs import to_json
from aeapp.domain.pregnancies import asking, pregnancy_words
from aeapp.domain.records import Patient, Pregnancy
from aeapp.kernel.i18n import N_
from aeapp.services.app import App, Clinics

# The options, by the item that each fills.
_ITEMS = {
    "exposed": "exposed",
    "last-period": "last_period",
    "due": "due_on",
    "learnt": "learnt",
    "told-by": "told_by",
    "ask-on": "ask_on",
    "outcome": "outcome",
    "outcome-on": "outcome_on",
    "child-affected": "child_affected",
    "note": "note",
}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``pregnancy``."""
    top = commands.add_parser("pregnancy", help="pregnancies of a patient, to their outcome")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, run, words in (
        ("list", show_all, "what is recorded, and when the outcome is asked for"),
        ("add", add, "write one down"),
        ("answer", answer, "add what was learnt, such as the outcome"),
        ("child", child, "open the report of a child that has an event"),
    ):
        verb = verbs.add_parser(name, parents=[common], help=words)
        verb.add_argument("patient", metavar="CODE", help="the patient's code for reports")
        if name in ("answer", "child"):
            verb.add_argument("--number", type=int, default=1, help="as listed; 1 is the newest")
        if name in ("add", "answer"):
            add_options(verb, Pregnancy, _ITEMS)
        if name == "child":
            must_have(verb, *LOGIN, ("--event", "WORDS", "what the child has"))
        else:
            must_have(verb, *LOGIN)
        if name == "answer":
            verb.add_argument("--reason", default="", help="why an answer is changed")
        verb.set_defaults(run=run)


def show_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a pregnancy, the newest first."""
    with opened(args, clinics) as app:
        found = app.pregnancies.of_patient(app.patients.by_code(args.patient).id)
    if args.json:
        say_json([_facts(one) for one in found])
        return DONE
    for n, one in enumerate(found, start=1):
        when = asking(one)
        asked = f"; to be asked {when.day or '-'}, {when.why}" if one.is_open else ""
        say(f"{n}  {pregnancy_words(one)}{asked}")
    if not found:
        say("No pregnancy is recorded.")
    return DONE


def _facts(one: Pregnancy) -> Mapping[str, Any]:
    values = {item: getattr(one, item) for item in _ITEMS.values()}
    day = asking(one).day if one.is_open else None
    plain = {k: None if v is None else to_json(v) for k, v in values.items()}
    return {**plain, "open": one.is_open, "ask": day.isoformat() if day is not None else None}


def add(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write a pregnancy down."""
    facts = given(args, Pregnancy, _ITEMS)
    with opened(args, clinics) as app:
        patient = app.patients.by_code(args.patient)
        saved = app.pregnancies.save(Pregnancy(patient_id=patient.id, **facts))
        registry = app.pregnancies.registry_of(patient.id)
    if args.json:
        say_json({**_facts(saved), "registry": registry or None})
        return DONE
    say(f"Recorded: {pregnancy_words(saved)}.")
    if registry:
        say(f"The label of esketamine names: {registry}.")
    return DONE


def answer(args: argparse.Namespace, clinics: Clinics) -> int:
    """Add to a pregnancy what was learnt."""
    facts = given(args, Pregnancy, _ITEMS)
    if not facts:
        raise WrongUseError(
            N_("Nothing was answered."), remedy=N_("Give an answer, such as --outcome live-birth.")
        )
    with opened(args, clinics) as app:
        _patient, pregnancy = _one(app, args)
        changed = any(getattr(pregnancy, k) not in (None, v) for k, v in facts.items())
        if changed and not args.reason:
            needed(args, "reason")
        saved = app.pregnancies.save(replace(pregnancy, **facts), args.reason)
    if args.json:
        say_json(_facts(saved))
    else:
        say(f"Recorded: {pregnancy_words(saved)}.")
    return DONE


def child(args: argparse.Namespace, clinics: Clinics) -> int:
    """Open the report of the child."""
    with opened(args, clinics) as app:
        _patient, pregnancy = _one(app, args)
        report = app.pregnancies.open_child_report(pregnancy.id, needed(args, "event"))
    if args.json:
        say_json({"report": report.number})
    else:
        say(f"Report {report.number} of the child is open; it names the mother by code.")
    return DONE


def _one(app: App, args: argparse.Namespace) -> tuple[Patient, Pregnancy]:
    """Return the pregnancy that the options name.

    Raises:
        WrongUseError: There is none of this number.
    """
    patient = app.patients.by_code(args.patient)
    found = app.pregnancies.of_patient(patient.id)
    if not 1 <= args.number <= len(found):
        raise WrongUseError(
            N_("There is no such pregnancy."),
            remedy=N_("'pregnancy list CODE' lists them with their numbers."),
        )
    return patient, found[args.number - 1]
