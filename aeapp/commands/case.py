"""``case import`` takes in a case in the open format or as a message; ``case export`` gives it out.

``case near-miss`` begins one that reached no patient, ``case alike`` names those that may be the
same.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import (
    DONE,
    LOGIN,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.records import CaseFile
from aeapp.kernel.i18n import _
from aeapp.services.app import Clinics
from aeapp.services.importing_cases import CASE_ANSWERS, FOLLOW_UP, ImportedCase
from aeapp.services.importing_messages import is_message
from aeapp.services.importing_patients import ANSWERS
from aeapp.services.sessions import NoSuchNumberError

CASE, FHIR = "case", "fhir"
FORMS = (CASE, FHIR)


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``case import``, ``case export``, ``case near-miss`` and ``case alike``."""
    top = commands.add_parser("case", help="import or export a case as JSON, begin a near miss")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _importing(verbs, common)
    _exporting(verbs, common)
    near = verbs.add_parser("near-miss", parents=[common], help="an error that reached no patient")
    near.add_argument("words", metavar="WORDS", help="what nearly went wrong; no name")
    must_have(near, *LOGIN)
    near.set_defaults(run=near_miss)
    like = verbs.add_parser("alike", parents=[common], help="cases that may be the same, by score")
    like.add_argument("id", metavar="ID", help="case number, such as KC-2026-000031")
    must_have(like, *LOGIN)
    like.set_defaults(run=alike)


def _importing(verbs: Any, common: argparse.ArgumentParser) -> None:
    taking = verbs.add_parser(
        "import",
        parents=[common],
        help="take in a case file, an E2B(R3) message, or a PDF of the archive",
    )
    taking.add_argument("file", metavar="FILE", help="JSON, E2B(R3) XML, or a PDF of the archive")
    taking.add_argument(
        "--patient",
        choices=ANSWERS,
        default="",
        help="where the patient code is known here: 'known' is the same person with our facts, "
        "'file' the same person with what the file answers (its lists of medicines and "
        "conditions replace ours where it has them), 'new' is another person",
    )
    taking.add_argument(
        "--case",
        choices=CASE_ANSWERS,
        default="",
        help="where the case number is known here: 'follow-up' adds what is new to that case, "
        "'new' makes another case under a new number",
    )
    taking.add_argument(
        "--number",
        default="",
        metavar="NUMBER",
        help="which case, of a paper of a session that holds several, or of several that a "
        "message may be news of",
    )
    taking.add_argument("--dry-run", action="store_true", help="say what would happen only")
    must_have(taking, *LOGIN)
    taking.set_defaults(run=take_in)


def _exporting(verbs: Any, common: argparse.ArgumentParser) -> None:
    giving = verbs.add_parser("export", parents=[common], help="give a case out")
    giving.add_argument("id", metavar="ID", help="case number, such as KC-2026-000031")
    giving.add_argument("--out", metavar="FILE", help="file to write; else standard output")
    giving.add_argument(
        "--as",
        dest="form",
        choices=FORMS,
        default=CASE,
        help="'case' is the open format, whole; 'fhir' a FHIR R4 Bundle, de-identified; else case",
    )
    giving.add_argument(
        "--identified", action="store_true", help="fhir: with name, numbers and dates"
    )
    giving.add_argument(
        "--texts-read",
        action="store_true",
        help="fhir: you have read every free text; else they are withheld",
    )
    may_overwrite(giving)
    must_have(giving, *LOGIN)
    giving.set_defaults(run=give_out)


def take_in(args: argparse.Namespace, clinics: Clinics) -> int:
    """Import one case file, whole or not at all."""
    file = Path(args.file)
    answers = {"patient": args.patient, "case": args.case, "number": args.number}
    several = is_message(file)
    with opened(args, clinics) as app:
        if several:
            found = app.message_import.import_messages(file, **answers, apply=not args.dry_run)
        else:
            found = (app.importing.import_case(file, **answers, apply=not args.dry_run),)
    if args.json:
        told = [_facts(done, applied=not args.dry_run) for done in found]
        say_json({"cases": told} if several else told[0])
        return DONE
    for done in found:
        _tell(args, done)
    return DONE


def _facts(done: ImportedCase, *, applied: bool) -> dict[str, object]:
    return {
        "case": done.case_number,
        "report": done.report_number,
        "sessions": list(done.session_numbers),
        "records": dict(done.counts),
        "patient": done.patient,
        "notes": list(done.notes),
        "news": list(done.news),
        "left": list(done.left),
        "applied": applied,
    }


def _tell(args: argparse.Namespace, done: ImportedCase) -> None:
    counts = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in done.counts)
    verb = "Would import" if args.dry_run else "Imported"
    what = "news of case" if args.case == FOLLOW_UP else "case"
    told = f"{verb} {what} {done.case_number}, report {done.report_number}"
    say(f"{told}: {counts or 'nothing that is not here'}.")
    for change in done.news:
        say(f"  {change}")
    if done.session_numbers:
        say(f"  Session {', '.join(done.session_numbers)}: 'import vitals --session' takes it.")
    for note in done.notes:
        say(f"  {_(note)}")
    if done.left:
        say(f"  {len(done.left)} values stand in no record; message and list are kept as files:")
    for line in done.left:
        say(f"    {line}")


def give_out(args: argparse.Namespace, clinics: Clinics) -> int:
    """Export one case in the open format, or as FHIR."""
    if args.form == FHIR:
        return _give_fhir(args, clinics)
    with opened(args, clinics) as app:
        case = app.importing.case_by_number(args.id)
        if case is None:
            raise NoSuchNumberError(args.id)
        out = Path(args.out) if args.out else None
        text = app.importing.export_case(case.id, out, overwrite=args.overwrite)
    if args.out:
        say(f"Wrote {args.out}.")
    else:
        say(text.rstrip("\n"))
    return DONE


def _give_fhir(args: argparse.Namespace, clinics: Clinics) -> int:
    """Export one case as a Bundle, and say what it does not hold."""
    out = Path(needed(args, "out"))
    with opened(args, clinics) as app:
        case = app.importing.case_by_number(args.id)
        if case is None:
            raise NoSuchNumberError(args.id)
        done = app.fhir.export(
            case.id,
            out,
            identified=args.identified,
            texts_read=args.texts_read,
            overwrite=args.overwrite,
        )
    if args.json:
        say_json(
            {
                "file": str(out),
                "sha256": done.sha256,
                "resources": done.counts,
                "left_out": list(done.left_out),
            }
        )
        return DONE
    counts = ", ".join(f"{kind} {count}" for kind, count in done.counts.items())
    say(f"Wrote {out}: {counts}. SHA-256 {done.sha256}.")
    for sentence in done.left_out:
        say(f"  not in it: {sentence}")
    return DONE


def near_miss(args: argparse.Namespace, clinics: Clinics) -> int:
    """Open the report of an error that reached no patient: nothing of a patient is asked in it."""
    file = CaseFile(title=args.words, narrative=args.words, types=frozenset({ReportType.ERROR}))
    with opened(args, clinics) as app:
        report = app.cases.open_without_patient(file)
    if args.json:
        say_json({"report": report.number})
    else:
        say(f"Report {report.number} is open; no patient stands in it.")
    return DONE


def alike(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print each case that may be this one, with its score and the fields; nothing is merged."""
    with opened(args, clinics) as app:
        case = app.importing.case_by_number(args.id)
        if case is None:
            raise NoSuchNumberError(args.id)
        found = app.duplicates.of_case(app.cases.gather(case.id))
    if args.json:
        say_json(
            [
                {
                    "case": one.number,
                    "score": one.likeness.score,
                    "likely": one.likeness.is_likely,
                    "matched": [f.value for f in one.likeness.matched],
                    "differing": [f.value for f in one.likeness.differing],
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        say(one.sentence())
    if not found:
        say("No other case looks like this one.")
    return DONE
