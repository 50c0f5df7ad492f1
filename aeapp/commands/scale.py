"""``scale list``, ``add`` and ``schedule``, ``score add`` and ``import scales``: symptom scales."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, WrongUseError, must_have, say, say_json
from aeapp.commands.moments import minute_of
from aeapp.commands.opening import opened
from aeapp.commands.tables import mapping_of, refused, say_how
from aeapp.domain.codecs import read
from aeapp.domain.codelists.scales import Scoring
from aeapp.domain.items import spec_at
from aeapp.domain.records import Note, Scale
from aeapp.domain.scales.schedule import when_words
from aeapp.domain.scales.scoring import span_of, total_of, unasked_of
from aeapp.domain.scales.typing import read_typed
from aeapp.domain.scales.wording import wording_for
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.app import App, Clinics
from aeapp.services.scale_files import AddedScale, ImportedScores
from aeapp.services.scales import Filled, ImpossibleScoreError, Result

SHOWN = 12


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``scale`` and of ``score``."""
    top = commands.add_parser("scale", help="symptom scales: which there are, and their wording")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="one line a scale")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_scales)
    add = verbs.add_parser("add", parents=[common], help="the clinic's own scale, or a wording")
    add.add_argument("file", metavar="FILE", help="a text file; docs/scale-files.md says how")
    must_have(add, *LOGIN)
    add.add_argument("--apply", action="store_true", help="do it; else say what would happen")
    add.set_defaults(run=add_file)
    gone = verbs.add_parser("withdraw", parents=[common], help="show a loaded wording no more")
    gone.add_argument("scale", metavar="SCALE", help="code of the scale")
    must_have(gone, *LOGIN, ("--reason", "WORDS", "why, such as a licence that ended"))
    gone.set_defaults(run=withdraw)
    plan = verbs.add_parser(
        "schedule", parents=[common], help="which scale falls due when; nothing until it is on"
    )
    must_have(plan, *LOGIN)
    plan.add_argument("--usual", action="store_true", help="turn the usual ones on")
    plan.set_defaults(run=show_schedule)
    score = commands.add_parser("score", help="a filled scale")
    verbs = score.add_subparsers(dest="verb", required=True, metavar="VERB")
    fill = verbs.add_parser("add", parents=[common], help="enter one from paper")
    fill.add_argument("scale", metavar="SCALE", help="code of the scale, such as phq-9")
    fill.add_argument("points", metavar="POINTS", help="a digit an item, or t and the total")
    must_have(fill, *LOGIN)
    fill.add_argument("--patient", metavar="CODE", help="whose it is")
    fill.add_argument("--session", metavar="NUMBER", help="the session it was filled in")
    fill.add_argument(
        "--at", metavar="TIME", help="when it was answered; a day is enough; else now"
    )
    fill.add_argument("--reason", default="", help="why a session that has ended is amended")
    fill.set_defaults(run=add_score)


def register_import(kinds: Any, common: argparse.ArgumentParser) -> None:
    """Add ``import scales``."""
    taking = kinds.add_parser(
        "scales", parents=[common], help="a table of filled scales (CSV or XLSX)"
    )
    taking.add_argument("file", metavar="FILE", help="a table, a row a filled scale")
    say_how(taking)
    must_have(taking, *LOGIN, ("--scale", "CODE", "which scale the rows are of"))
    taking.add_argument(
        "--new-patients", action="store_true", help="make a patient of every unknown code"
    )
    taking.add_argument("--apply", action="store_true", help="do it; else say what would happen")
    taking.set_defaults(run=take_in)


# ------------------------------------------------------------------ scales


def show_scales(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a scale: code, edition, range, whether its wording is loaded, its source."""
    with opened(args, clinics) as app:
        scales, wordings = app.scales.scales(), app.scales.wordings()
    lines = [(s, wording_for(s, wordings) is not None) for s in scales]
    if args.json:
        say_json([_as_json(scale, worded=worded) for scale, worded in lines])
        return DONE
    for scale, worded in lines:
        use = "" if scale.active else "  not in use"
        words = "wording loaded" if worded else "no wording"
        say(f"{scale.code}  {scale.edition}  {_(scale.name or '')}, {_range(scale)}, {words}{use}")
        say(f"    {scale.basis}")
    return DONE


def show_schedule(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print when each scale falls due; ``--usual`` turns the usual lines on before."""
    with opened(args, clinics) as app:
        if args.usual:
            app.schedules.use_usual()
        lines = app.schedules.lines()
    if args.json:
        say_json([
            {"scale": s.scale, "on": bool(s.active), "due": when_words(s), "source": s.basis}
            for s in lines
        ])  # fmt: skip
        return DONE
    for line in lines:
        say(f"{line.scale}  {'on' if line.active else 'off'}  {when_words(line)}; {line.basis}")
    if not any(line.active for line in lines):
        say("Every schedule is off: no assessment falls due. --usual turns these on.")
    return DONE


def _range(scale: Scale) -> str:
    if scale.scoring is Scoring.NONE:
        return f"{len(scale.items)} items, no total"
    low, high = span_of(scale)
    return f"{len(scale.items)} items, {low} to {high}"


def _as_json(scale: Scale, *, worded: bool) -> dict[str, Any]:
    return {
        "code": scale.code,
        "edition": scale.edition,
        "name": scale.name,
        "active": bool(scale.active),
        "items": len(scale.items),
        "range": None if scale.scoring is Scoring.NONE else list(span_of(scale)),
        "wording": worded,
        "source": scale.basis,
    }


def add_file(args: argparse.Namespace, clinics: Clinics) -> int:
    """Add a scale of the clinic, or the wording of one."""
    with opened(args, clinics) as app:
        found, added = app.scale_files.read(Path(args.file))
        done = app.scale_files.add(found) if args.apply else added
    if args.json:
        say_json(asdict(done))
    else:
        _tell_added(done)
    return DONE


def _tell_added(done: AddedScale) -> None:
    verb = "Added" if done.applied else "Would add"
    if done.defines:
        say(f"{verb} the scale {done.code}, edition {done.edition}, {done.items} items.")
    if done.words:
        say(f"{verb} the wording of {done.code}, {done.words} items.")
        say(f"  licence: {done.licence}")
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")


def withdraw(args: argparse.Namespace, clinics: Clinics) -> int:
    """Withdraw every loaded wording of a scale; the program's own questions stay."""
    with opened(args, clinics) as app:
        code = app.scales.named(args.scale).code
        found = [w for w in app.scales.wordings() if w.scale == code and w.version]
        for wording in found:
            app.scales.withdraw_wording(wording, args.reason)
    if args.json:
        say_json({"scale": code, "withdrawn": len(found)})
    else:
        say(f"Withdrew {len(found)} wordings of {code}.")
    return DONE


# ------------------------------------------------------------------ a filled scale


def add_score(args: argparse.Namespace, clinics: Clinics) -> int:
    """Enter one filled scale and print total, band and change from the baseline."""
    with opened(args, clinics) as app:
        scale = app.scales.named(args.scale)
        typed = read_typed(scale, args.points)
        if typed.problem:
            raise ImpossibleScoreError(typed.problem)
        patient_id, session_id = _whose(app, args)
        result = app.scales.fill(
            Filled(
                scale=scale,
                patient_id=patient_id,
                session_id=session_id,
                items=typed.items,
                total=typed.total,
                at=_moment(app, args.at) if args.at else None,
                reason=args.reason,
            )
        )
    if args.json:
        say_json(_result_json(result))
    else:
        _tell_result(result)
    return DONE


def _whose(app: App, args: argparse.Namespace) -> tuple[str, str]:
    """Return the ids of patient and session.

    Raises:
        WrongUseError: Neither is named.
        NoSuchPatientError: Nobody has the code, or several have.
    """
    if args.session:
        session = app.sessions.by_number(args.session)
        return session.patient_id, session.id
    if not args.patient:
        raise WrongUseError(
            N_("It is not said whose score it is."),
            remedy=N_("Give --session NUMBER, or --patient with the code of one patient."),
        )
    return app.patients.by_code(args.patient).id, ""


def _moment(app: App, text: str) -> PartialDate:
    at = read(spec_at(Note, "at"), text)
    if isinstance(at, PartialDate) and not at.has_time:
        return at
    return minute_of(app, text)


def _result_json(result: Result) -> dict[str, Any]:
    score, change = result.score, result.change
    return {
        "scale": score.scale,
        "edition": score.edition,
        "total": None if score.total is None else str(score.total),
        "basis": score.basis.value if score.basis else None,
        "band": result.band or None,
        "change": None if change is None else str(change.points),
        "safety": result.review.cause if result.review else None,
    }


def _tell_result(result: Result) -> None:
    score, scale = result.score, result.scale
    name = _(scale.name or "")
    band = f", {_(result.band)}" if result.band else ""
    say(f"{name}: {score.total}{band}" if score.total is not None else f"{name} stored")
    sentence = total_of(scale, score.items).sentence if score.items else ""
    if sentence:
        say(f"  {sentence}")
    if missing := unasked_of(scale, score):
        items = ", ".join(str(n) for n in missing)
        say(f"  Item {items} asks for safety and is not known: ask the patient.")
    if result.change is not None and result.baseline is not None:
        say(f"  {result.change.points:+} from the baseline of {result.baseline.total}")
    if result.review is not None:
        say(f"  Somebody has to be told: {result.review.cause}")
        say("  The safety strip stands on Today until it is filled.")


# ------------------------------------------------------------------ tables


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Import a table of filled scales, whole or not at all."""
    with opened(args, clinics) as app:
        scale = app.scales.named(args.scale)
        plan = app.score_tables.plan(
            Path(args.file), scale, mapping_of(args), new_patients=args.new_patients
        )
        if plan.done is None:
            return refused(args, app, plan.table)
        done = app.score_tables.apply(plan) if args.apply else plan.done
    if args.json:
        say_json(done.as_json())
    else:
        _tell_import(done)
    return DONE


def _tell_import(done: ImportedScores) -> None:
    verb = "Imported" if done.applied else "Would import"
    say(f"{verb} {done.taken} scores of {done.scale} from {done.rows} rows.")
    tally = done.tally
    for count, words in (
        (done.already_here, "scores were here already and stay as they are"),
        (done.empty, "rows have no answer and were left out"),
        (done.undated, "rows have no date; nothing is compared with them"),
        (done.new_patients, "codes were not known and get a patient"),
        (tally.filled, "totals have missing items filled with the mean of the others"),
        (tally.stated, "rows have only a total"),
        (tally.without, "rows have no total, because items are missing"),
        (done.totals_not_taken, "totals of the table were not taken, because items are missing"),
        (done.reviews, "answers of the last days open a safety strip"),
    ):
        if count:
            say(f"  {count} {words}")
    if tally.mean is not None:
        say(f"  {tally.complete} complete, mean {tally.mean}")
    for band, count in tally.bands.items():
        say(f"  {count} {_(band)}")
    for item, count in tally.alerts.items():
        say(f"  {count} answers of item {item} ask for safety")
    if done.left_out:
        names = ", ".join(done.left_out[:SHOWN])
        more = len(done.left_out) - SHOWN
        say(f"  columns left out: {names}" + (f" and {more} more" if more > 0 else ""))
    if not done.applied:
        say("Nothing was changed. Add --apply to do it.")
