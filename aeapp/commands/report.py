"""``report list``, ``report check`` and ``report export``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands import message, report_life, report_register, waiting
from aeapp.commands.console import (
    DONE,
    LOGIN,
    NO,
    WrongUseError,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.opening import opened
from aeapp.domain.clocks import RunningClock, clock_words
from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.domain.completeness_score import PAPER, Score, gap_words, score_of, summary
from aeapp.domain.destinations import ALIASES, CIOMS, DESTINATIONS, FORMS
from aeapp.domain.findings import Finding, place_of
from aeapp.domain.readiness import Readiness
from aeapp.domain.records import Report
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.documents import OFFICIAL_SUFFIX, Copy, Export
from aeapp.services.report_forms import rules_for
from aeapp.services.session_documents import PAPERS

FAMILIES = ("fda3500", "fda3500a", CIOMS)
ON_THE_OFFICIAL = tuple(f"{name}{OFFICIAL_SUFFIX}" for name in FAMILIES if name != CIOMS)
EVERY = "all"
AS_MESSAGE = "e2br3"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``report``."""
    top = commands.add_parser("report", help="list, check and export reports")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="the worklist")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show_list)
    _checking(verbs, common)
    _exporting(verbs, common)
    opening = verbs.add_parser("open", parents=[common], help="open a case's report on a form")
    opening.add_argument("id", metavar="ID", help="report or case number")
    must_have(opening, *LOGIN, ("--for", "DEST", f"{', '.join([*FORMS, *ALIASES])}: to whom"))
    opening.set_defaults(run=open_on)
    report_life.register(verbs, common)
    waiting.register(verbs, common)
    report_register.register(verbs, common)


def _checking(verbs: Any, common: argparse.ArgumentParser) -> None:
    checking = verbs.add_parser("check", parents=[common], help="what blocks a report")
    checking.add_argument("id", metavar="ID", help="report or case number")
    checking.add_argument(
        "--for",
        dest="destination",
        metavar="DEST",
        help=(
            f"{', '.join([*DESTINATIONS, EVERY])}; {EVERY} gives one line a destination; "
            "else that of the report"
        ),
    )
    must_have(checking, *LOGIN)
    checking.set_defaults(run=check)


def _exporting(verbs: Any, common: argparse.ArgumentParser) -> None:
    giving = verbs.add_parser("export", parents=[common], help="write a report's document")
    giving.add_argument("id", metavar="ID", help="report, case or session number")
    giving.add_argument(
        "--as",
        dest="destination",
        metavar="FORM",
        help=f"{', '.join([*FAMILIES, *ON_THE_OFFICIAL, AS_MESSAGE, *PAPERS])}; else as it is",
    )
    giving.add_argument(
        "--leave-in",
        default="",
        metavar="REASON",
        help="why names and other identifiers that were found stay in the text",
    )
    must_have(giving, *LOGIN, ("--out", "FILE", "file to write"))
    message.may_wish(giving)
    giving.add_argument(
        "--version", type=int, metavar="N", help="version N of a report, as it was sent"
    )
    report_register.may_copy(giving)
    report_register.may_say_whom(giving)
    may_overwrite(giving)
    giving.set_defaults(run=export)


def _known(destination: str, known: Iterable[str]) -> str:
    if destination not in known:
        raise WrongUseError(
            f"There is no destination {destination!r}.",
            remedy="Choose one of: " + ", ".join(known) + ".",
        )
    return destination


def show_list(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a report, the newest first, with the clock that runs out first."""
    with opened(args, clinics) as app:
        lines = app.cases.report_lines(app.cases.report_ids())
        clocks = app.worklist.clocks_of_reports([line.case_id for line in lines])
    told = [(line, clocks.get(line.id, ())) for line in lines]
    if args.json:
        say_json([{**asdict(line), "clocks": [_facts(c) for c in some]} for line, some in told])
        return DONE
    for line, some in told:
        due = _due(some[0]) if some else "no clock runs"
        say(f"{line.number}  {line.state}  {line.patient or '-'}  {line.title or '-'}  {due}")
    if not lines:
        say("No reports yet.")
    return DONE


def _due(clock: RunningClock) -> str:
    day = f"due {_until(clock)}" if clock.due else "no date"
    return f"{day}, {clock.rule.authority.words}: {clock_words(clock)}"


def _until(clock: RunningClock) -> str:
    at = clock.counted.at if clock.counted else None
    return at.iso() if at else f"{clock.due}"


def _facts(clock: RunningClock) -> dict[str, Any]:
    return {
        "rule": clock.rule.id,
        "clause": clock.rule.clause,
        "authority": clock.rule.authority.value,
        "to": clock.rule.to,
        "due": _until(clock) if clock.due else None,
        "waits_for": [question.value for question in clock.waits_for],
    }


def check(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print findings: severity, code, item number, sentence; exit 1 if one blocks.

    After them one line says how ready the report is, and some what the completeness score misses.
    """
    asked = ALIASES.get(args.destination, args.destination)
    if asked is not None:
        _known(asked, [*DESTINATIONS, EVERY])
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        key = asked or rules_for(report)
        case = app.cases.gather(report.case_id, report.id)
        every = app.cases.check_all(case)
    if key == EVERY:
        return _say_all(every, score_of(case), as_json=args.json)
    found = next(ready for ready in every if ready.destination.key == key)
    if args.json:
        say_json([_finding_facts(f) for f in found.findings])
        return DONE if found.can_go else NO
    for f in found.findings:
        say(_finding_line(f))
    if not found.findings:
        say("Our rules found no gap.")
    say(_ready_line(found))
    _say_score(score_of(case))
    return DONE if found.can_go else NO


def _finding_facts(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "item": finding.shown, "severity": finding.severity.value}


def _finding_line(f: Finding) -> str:
    where = f" ({place_of(f)})" if place_of(f) else ""
    aside = f" Set aside: {f.aside}" if f.aside else ""
    return f"{f.severity.value:<7}  {f.code:<4}  {f.shown or '-':<3}  {_(f.text)}{where}{aside}"


def _ready_line(ready: Readiness) -> str:
    to = ready.destination
    edition = f" ({to.edition})" if to.edition else ""
    why = f" {ready.why_not}" if ready.why_not else ""
    missing = f": {', '.join(ready.missing)}" if ready.missing and ready.is_asked else ""
    return f"{to.name}{edition}: {ready.words}{missing}.{why} Rules: {ready.rules}."


def _say_score(score: Score) -> None:
    say(summary(score))
    for part in score.gaps:
        say(f"  {gap_words(part)}")


def _say_all(every: Sequence[Readiness], score: Score, *, as_json: bool) -> int:
    """Print one line a destination; exit 1 if one that surely wants the report is blocked."""
    if as_json:
        say_json(
            {
                "destinations": [_ready_facts(ready) for ready in every],
                "completeness": _score_facts(score),
            }
        )
    else:
        for ready in every:
            say(f"{ready.destination.key:<17}  {_ready_line(ready)}")
        _say_score(score)
    return NO if any(ready.wanted and not ready.can_go for ready in every) else DONE


def _ready_facts(ready: Readiness) -> dict[str, Any]:
    return {
        "destination": ready.destination.key,
        "name": ready.destination.name,
        "edition": ready.destination.edition,
        "rules": ready.rules,
        "wanted": ready.wanted,
        "state": ready.state.value,
        "can_go": ready.can_go,
        "complete": ready.complete,
        "blocking": ready.lacking + ready.blocking,
        "open": ready.open,
        "missing": list(ready.missing),
        "findings": [_finding_facts(f) for f in ready.findings],
    }


def _score_facts(score: Score) -> dict[str, Any]:
    return {
        "value": float(score.value),
        "paper": PAPER,
        "pairs": score.pairs,
        "dimensions": [
            {
                "dimension": part.dimension.value,
                "penalty": float(part.penalty),
                "missing": part.missing or None,
            }
            for part in score.parts
        ],
    }


def open_on(args: argparse.Namespace, clinics: Clinics) -> int:
    """Open the report of a case to a destination; one that is open is named again."""
    asked = needed(args, "for")
    key = _known(ALIASES.get(asked, asked), FORMS)
    with opened(args, clinics) as app:
        case_id = app.cases.report_by_number(args.id).case_id
        report = app.report_forms.open(case_id, key)
    if args.json:
        say_json({"report": report.number, "form": report.form, "for": key})
    else:
        say(f"{report.number} is the report on {report.form} for {key}.")
    return DONE


def export(args: argparse.Namespace, clinics: Clinics) -> int:
    """Write the document; findings stand on its cover.

    A stale sentence and an identifier stop it until a person has settled them.
    """
    if args.destination is not None:
        _known(args.destination, [*FAMILIES, *ON_THE_OFFICIAL, AS_MESSAGE, *PAPERS])
    out = Path(needed(args, "out"))
    ours = args.destination not in (*ON_THE_OFFICIAL, AS_MESSAGE)
    own = ours and args.version is None
    if args.copy == Copy.ARCHIVE.value and not own:
        raise WrongUseError(
            "A copy for the archive is made of pages of our own, as the records stand: the pages "
            "of an official form are not ours to make readable aloud.",
            remedy="Name the form without -official and leave out --version, or leave out --copy.",
        )
    if args.version is not None:
        return _export_version(args, clinics, out)
    if args.destination == AS_MESSAGE:
        return _export_message(args, clinics, out)
    with opened(args, clinics) as app:
        done = _written(app, args, out)
    if args.json:
        say_json({"file": str(out), "pages": done.pages, "size": done.size, "sha256": done.sha256})
    else:
        say(f"Wrote {out}: {done.pages} pages, SHA-256 {done.sha256}.")
        for note in done.notes:
            say(f"  {note}")
        if done.blocking:
            many = "1 finding blocks" if done.blocking == 1 else f"{done.blocking} findings block"
            say(f"It is marked as a draft: {many} it; see 'report check'.")
    return DONE


def _export_message(args: argparse.Namespace, clinics: Clinics, out: Path) -> int:
    """Write the report as an electronic message; what would be refused is held back."""
    if args.copy != Copy.REGULATOR.value:
        raise WrongUseError(
            "A message has one copy: the patient is masked in it, and so is who reported.",
            remedy="Leave out --copy.",
        )
    schemas = Path(args.schemas) if args.schemas else None
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        if args.leave_in:
            app.cases.leave_in(report.case_id, report.id, args.leave_in)
        done, found = app.messages.export(
            report.case_id,
            out,
            message.wish_of(args),
            report_id=report.id,
            schemas=schemas,
            given=report_register.given_of(args),
            overwrite=args.overwrite,
        )
    return message.tell(args, found, {"file": str(out), "sha256": done.sha256})


def _written(app: App, args: argparse.Namespace, out: Path) -> Export:
    if args.destination in PAPERS:
        session = app.sessions.by_number(args.id)
        return app.papers.export(
            session.id,
            PAPERS[args.destination],
            out,
            overwrite=args.overwrite,
            copy=report_register.file_of(args),
            wish=report_register.wish_of(args),
            given=report_register.given_of(args),
        )
    report = _report_on(app, args)
    if args.leave_in:
        app.cases.leave_in(report.case_id, report.id, args.leave_in)
    return app.documents.export(
        report.case_id,
        report.id,
        out,
        overwrite=args.overwrite,
        official=args.destination in ON_THE_OFFICIAL,
        copy=report_register.file_of(args),
        wish=report_register.wish_of(args),
        given=report_register.given_of(args),
    )


def _report_on(app: App, args: argparse.Namespace) -> Report:
    """Return the report that is meant: the case's own on the form that ``--as`` names."""
    report = app.cases.report_by_number(args.id)
    if args.destination in (None, AS_MESSAGE):
        return report
    return app.report_forms.on(report, args.destination.removesuffix(OFFICIAL_SUFFIX))


def _sent_as(destination: str | None) -> SentAs | None:
    if destination is None:
        return None
    if destination == AS_MESSAGE:
        return SentAs.MESSAGE
    return SentAs.OFFICIAL if destination in ON_THE_OFFICIAL else SentAs.PAGES


def _export_version(args: argparse.Namespace, clinics: Clinics, out: Path) -> int:
    if args.destination in PAPERS:
        raise WrongUseError(
            "A session has no versions that were sent.", remedy="Leave out --as, or --version."
        )
    with opened(args, clinics) as app:
        report = _report_on(app, args)
        digest = app.versions.export(
            report.id,
            args.version,
            out,
            overwrite=args.overwrite,
            sent_as=_sent_as(args.destination),
        )
    if args.json:
        say_json({"file": str(out), "version": args.version, "sha256": digest})
    else:
        say(f"Wrote {out}: version {args.version} as it was sent, SHA-256 {digest}.")
    return DONE
