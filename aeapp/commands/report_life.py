"""``report versions``, ``diff``, ``submit``, ``approve`` and ``step``: the life of a report."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aeapp.commands import report_register
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
    take_password,
)
from aeapp.commands.moments import minute_of
from aeapp.commands.opening import opened
from aeapp.domain.codecs import read, show
from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.codelists.lifecycle import (
    FrozenKind,
    NotThere,
    SentAs,
    SignatureMeaning,
    VersionNature,
)
from aeapp.domain.items import spec_at
from aeapp.domain.lifecycle import TRANSITIONS, Act, why_locked
from aeapp.domain.records import Report, Sending
from aeapp.domain.sending import ELSEWHERE, held_words, sending_words
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.freezing import meaning_words
from aeapp.services.sending import NothingCameError
from aeapp.services.versions import VersionLine

# Steps that need nothing but a reason.
_NAMED = (FrozenKind.DOCUMENT, FrozenKind.BLANK, FrozenKind.ATTACHMENT)
_STEPS = [t.act.value for t in TRANSITIONS if not t.signed and not t.own_form]


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs to those of ``report``."""
    for add in (_versions, _diff, _submit, _receipt, _approve, _step):
        add(verbs, common)


def _versions(verbs: Any, common: argparse.ArgumentParser) -> None:
    listing = _verb(verbs, common, "versions", "what was recorded as sent")
    listing.add_argument(
        "--redraw", type=int, metavar="N", help="make the document of version N anew and compare it"
    )
    listing.add_argument("--out", metavar="FILE", help="where --redraw writes it")
    may_overwrite(listing)
    listing.set_defaults(run=versions)


def _diff(verbs: Any, common: argparse.ArgumentParser) -> None:
    differing = _verb(verbs, common, "diff", "what differs between versions, or since the last")
    differing.add_argument("--from", dest="older", type=int, metavar="N", help="older version")
    differing.add_argument("--to", dest="newer", type=int, metavar="N", help="else the records now")
    differing.add_argument("--out", metavar="FILE", help="write it as a paper, too")
    report_register.may_de_identify(differing)
    may_overwrite(differing)
    differing.set_defaults(run=diff)


def _submit(verbs: Any, common: argparse.ArgumentParser) -> None:
    sending = _verb(verbs, common, "submit", "record what was sent, outside this program")
    ways = ", ".join(c.value for c in Channel)
    must_have(sending, ("--channel", "WAY", f"how it went out: {ways}"))
    sending.add_argument("--at", metavar="TIME", help="when it was sent, to the minute; else now")
    sending.add_argument("--to", choices=[d.value for d in Destination], help="else its recipient")
    sending.add_argument("--person", metavar="NAME", help="who took it")
    why = [n.value for n in NotThere]
    sending.add_argument("--reference", metavar="NUMBER", help="number the recipient gave")
    sending.add_argument("--no-reference", choices=why, help="why there is no number")
    sending.add_argument("--proof", metavar="FILE", help="receipt: PDF, picture or text")
    sending.add_argument("--no-proof", choices=why, help="why there is no proof")
    sending.add_argument("--words", metavar="WORDS", help="what was said, or went with it")
    documents = [d.value for d in SentAs]
    sending.add_argument("--as", dest="document", choices=documents, help="document that went out")
    sending.add_argument(
        "--unsigned",
        default="",
        metavar="REASON",
        help="why it went out although nobody had approved it as it was",
    )
    sending.add_argument(
        "--time-reason",
        default="",
        metavar="REASON",
        help="why its time is before the version before, or before the clinic knew",
    )
    sending.set_defaults(run=submit)


def _receipt(verbs: Any, common: argparse.ArgumentParser) -> None:
    coming = _verb(verbs, common, "receipt", "keep the number or the proof that came later")
    coming.add_argument(
        "--reference", default="", metavar="NUMBER", help="number the recipient gave"
    )
    coming.add_argument("--proof", metavar="FILE", help="receipt: PDF, picture or text")
    coming.set_defaults(run=receipt)


def _approve(verbs: Any, common: argparse.ArgumentParser) -> None:
    signing = _verb(verbs, common, "approve", "sign a report; the password is the signature")
    signing.add_argument(
        "--meaning",
        choices=[m.value for m in SignatureMeaning],
        default="approved",
        help="what the signature means: for sending, or the medical assessment",
    )
    signing.set_defaults(run=approve)


def _step(verbs: Any, common: argparse.ArgumentParser) -> None:
    stepping = _verb(verbs, common, "step", "lead a report to its next state")
    stepping.add_argument(
        "step",
        choices=[*_STEPS, Act.CORRECT.value],
        metavar="STEP",
        help=f"{', '.join(_STEPS)}; {Act.CORRECT.value} begins a further version of what was sent, "
        f"{Act.TAKE_BACK.value} drops it while nobody approved it",
    )
    stepping.add_argument(
        "--reason", default="", metavar="WORDS", help="why; most steps ask for it"
    )
    natures = [n.value for n in VersionNature if n is not VersionNature.INITIAL]
    stepping.add_argument(
        "--nature", choices=natures, help=f"what a further version is, for {Act.CORRECT.value}"
    )
    stepping.set_defaults(run=step)


def _verb(
    verbs: Any, common: argparse.ArgumentParser, name: str, words: str
) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, parents=[common], help=words)
    verb.add_argument("id", metavar="ID", help="report or case number")
    must_have(verb, *LOGIN)
    return verb


def versions(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print the versions of a report, the first one first, with where each went."""
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        if args.redraw is not None:
            return _redraw(args, app, report)
        lines, standing = app.versions.lines(report.id), app.lifecycle.standing(report.id)
    if args.json:
        say_json([_facts(line) for line in lines])
        return DONE
    for line in lines:
        _say_version(line)
    if standing.elsewhere:
        say(_(ELSEWHERE))
    elif not lines:
        say("Nothing is recorded as sent.")
    return DONE


def _say_version(line: VersionLine) -> None:
    version = line.version
    nature = _(version.nature.words) if version.nature else "-"
    why = f": {version.unsigned_because}" if version.unsigned_because else ""
    signed = meaning_words(line.approval) if line.approval else f"not approved before{why}"
    say(f"{version.number}  {nature}  {show(version.frozen_on)}  {signed}  {version.news or ''}")
    for s in line.sendings:
        whom = _(s.destination.words) if s.destination else "-"
        way = _(s.channel.words) if s.channel else "-"
        say(f"   to {whom}, {way}, {show(s.at)}, {', '.join(sending_words(s))}")
    for part in version.parts:
        name = f"  {part.name}" if part.what in _NAMED else ""
        what = part.what.value if part.what else "-"
        say(f"   {what}  {part.sha256}  {part.size} bytes{name}")
    for words in held_words(line.held):
        say(f"   went out with: {words}")


def _redraw(args: argparse.Namespace, app: App, report: Report) -> int:
    """Make a document out of what was kept; exit 1 where it is not the one that was sent."""
    out = Path(needed(args, "out"))
    same = app.versions.redraw(report.id, args.redraw, out, overwrite=args.overwrite)
    words = (
        "byte for byte as it was sent"
        if same
        else "not as it was sent; 'report export --version' gives the one that was"
    )
    say(f"Wrote {out}: version {args.redraw} made anew, {words}.")
    return DONE if same else NO


def _facts(line: VersionLine) -> dict[str, Any]:
    version = line.version
    return {
        "version": version.number,
        "nature": version.nature,
        "news": version.news,
        "form": version.form,
        "rules": version.rules,
        "program": version.program,
        "kept_since": version.frozen_on.iso() if version.frozen_on else None,
        "approved_by": line.approval.by if line.approval else None,
        "unsigned_because": version.unsigned_because,
        "held": list(held_words(line.held)),
        "parts": [
            {"what": p.what, "name": p.name, "sha256": p.sha256, "size": p.size}
            for p in version.parts
        ],
        "sendings": [
            {
                "to": s.destination,
                "channel": s.channel,
                "at": s.at.iso() if s.at else None,
                "at_because": s.at_because,
                "person": s.person,
                "reference": s.reference,
                "reference_lacks": s.reference_lacks,
                "proof_sha256": s.proof_sha256,
                "proof_lacks": s.proof_lacks,
                "document": s.document,
                "document_sha256": s.document_sha256,
            }
            for s in line.sendings
        ],
    }


def diff(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print what differs, one item a line; exit 1 where something does, as diff does."""
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        older = args.older
        if older is None:
            sent = app.lifecycle.standing(report.id).versions
            older = sent[-1].number or 1 if sent else 1
        compared = app.versions.compare(report.id, older, args.newer)
        if args.out:
            out = Path(args.out)
            app.versions.print_changes(
                report.id,
                compared,
                out,
                overwrite=args.overwrite,
                wish=report_register.wish_of(args),
            )
    if args.json:
        say_json([asdict(c) | {"kind": c.kind} for c in compared.paper])
    else:
        for change in compared.paper:
            say(change.sentence())
        if compared.hidden:
            say(f"Not shown in {compared.hidden} items: words that tell who somebody is.")
        if not compared.changes:
            newer = f"version {args.newer}" if args.newer else "the records as they are now"
            say(f"Version {older} and {newer} do not differ.")
    return NO if compared.changes else DONE


def submit(args: argparse.Namespace, clinics: Clinics) -> int:
    """Record what was sent; the report and its documents are kept as they were sent."""
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        proof = Path(args.proof) if args.proof else None
        sent = app.sending.record(
            report.id, _line(args, app), proof=proof, unsigned_because=args.unsigned
        )
        kept = [v for v in app.versions.lines(report.id) if v.version.id == sent.report_version_id]
        owed = app.versions.owed(report.id)
    if args.json:
        say_json({"report": report.number, "versions": [_facts(v) for v in kept]})
        return DONE
    say(_recorded(report, kept))
    for line in kept:
        for words in held_words(line.held):
            # It was sent, so it is recorded; an export would have waited for this.
            say(f"What went out still has: {words} Send a correction.")
    for o in owed:
        whom = f"{_(o.destination.words)} {o.person}".rstrip()
        say(f"Had version {o.version} and not this one: {whom}")
    return DONE


def _line(args: argparse.Namespace, app: App) -> Sending:
    return Sending(
        channel=read(spec_at(Sending, "channel"), args.channel),
        at=minute_of(app, args.at) if args.at else app.context.minute(),
        at_because=args.time_reason or None,
        destination=Destination(args.to) if args.to else None,
        person=args.person,
        words=args.words,
        reference=args.reference,
        reference_lacks=NotThere(args.no_reference) if args.no_reference else None,
        proof_lacks=NotThere(args.no_proof) if args.no_proof else None,
        document=SentAs(args.document) if args.document else None,
    )


def receipt(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep what came for the newest line that lacks it."""
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        lines = app.sending.log_of(report.id).sendings
        lacking = [s for s in lines if (args.reference and s.reference_lacks)
                   or (args.proof and s.proof_lacks)]  # fmt: skip
        if not lacking:
            raise NothingCameError
        proof = Path(args.proof) if args.proof else None
        done = app.sending.receive(lacking[-1].id, args.reference, proof=proof)
    say(f"{report.number}, {show(done.at)}: {', '.join(sending_words(done))}.")
    return DONE


def _recorded(report: Report, kept: list[VersionLine]) -> str:
    if not kept:
        return f"Recorded the call; {report.number} stays open for the written report."
    why = kept[0].version.unsigned_because
    signed = "" if kept[0].approval else " It was not approved before."
    if why:
        signed = f" It was not approved as it went out: {why}."
    return f"Recorded {report.number}, version {kept[0].version.number}, as sent.{signed}"


def approve(args: argparse.Namespace, clinics: Clinics) -> int:
    """Sign a report with the password that opened the clinic."""
    password = take_password(args)
    with opened(args, clinics, password) as app:
        report = app.cases.report_by_number(args.id)
        meaning = SignatureMeaning(args.meaning)
        done = app.lifecycle.approve(report.id, password, meaning)
    say(f"{report.number}: {meaning_words(done)}, {show(done.at)}.")
    return DONE


def step(args: argparse.Namespace, clinics: Clinics) -> int:
    """Lead a report one step on."""
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        done = _stepped(app, report, args)
    locked = f" {why_locked(done)}." if done.locked else ""
    say(f"{report.number}: {_(done.state.words) if done.state else '-'}.{locked}")
    return DONE


def _stepped(app: App, report: Report, args: argparse.Namespace) -> Report:
    if args.step != Act.CORRECT.value:
        return app.lifecycle.act(report.id, Act(args.step), args.reason)
    if args.nature is None:
        raise WrongUseError(
            "A further version needs its nature.",
            remedy="Add --nature follow-up, --nature amendment or --nature nullification.",
        )
    return app.lifecycle.correct(report.id, VersionNature(args.nature), args.reason)
