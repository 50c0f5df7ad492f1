"""``request``: what FDA, a maker or a board asks about a report, each question answered."""

from __future__ import annotations

import argparse
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codecs import read, show
from aeapp.domain.codelists.clinic import Asker, RequestAnswer
from aeapp.domain.items import spec_at
from aeapp.domain.records import Request
from aeapp.domain.records.request import AskedFor
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics
from aeapp.services.sessions import NoSuchNumberError


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``request``."""
    top = commands.add_parser("request", help="requests from outside about a report")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    taking = verbs.add_parser("take", parents=[common], help="keep what somebody asks")
    taking.add_argument("id", metavar="ID", help="report or case number")
    askers = ", ".join(asker.value for asker in Asker)
    must_have(taking, *LOGIN, ("--from", "WHO", f"who asks: {askers}"))
    taking.add_argument("--number", metavar="NUMBER", help="number under which they ask")
    taking.add_argument("--received", metavar="DAY", help="when it reached the clinic; else now")
    taking.add_argument("--wished", metavar="DAY", help="day they wish for; it is not a law")
    taking.add_argument(
        "--question", action="append", default=[], metavar="WORDS", help="what is asked; repeat it"
    )
    taking.set_defaults(run=take)
    answering = verbs.add_parser("answer", parents=[common], help="answer one question")
    answering.add_argument("id", metavar="ID", help="report or case number")
    answering.add_argument("number", type=int, metavar="N", help="which, as the list counts")
    answering.add_argument("--words", default="", metavar="WORDS", help="what was answered")
    answering.add_argument("--not-available", action="store_true", help="the clinic cannot tell it")
    must_have(answering, *LOGIN)
    answering.set_defaults(run=answer)
    listing = verbs.add_parser("list", parents=[common], help="requests and their questions")
    listing.add_argument("id", metavar="ID", help="report or case number")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=list_all)


def take(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep a request; it stands in the worklist until every question is answered."""
    request = Request(
        asker=read(spec_at(Request, "asker"), getattr(args, "from")),
        number=args.number,
        received=_day("received", args.received),
        wished=_day("wished", args.wished),
        questions=tuple(AskedFor(question=words) for words in args.question),
    )
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        app.sending.take(report.id, request)
        lines = _lines(app, report.id)
    return _told(lines, as_json=args.json)


def _day(item: str, words: str | None) -> Any:
    return read(spec_at(Request, item), words) if words else None


def answer(args: argparse.Namespace, clinics: Clinics) -> int:
    """Answer a question, counted over all requests of the report."""
    kind = RequestAnswer.NOT_AVAILABLE if args.not_available else RequestAnswer.ANSWERED
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        asked = [(r, n) for r in app.sending.log_of(report.id).requests
                 for n in range(len(r.questions))]  # fmt: skip
        if not 1 <= args.number <= len(asked):
            raise NoSuchNumberError(str(args.number))
        request, n = asked[args.number - 1]
        app.sending.answer(request, n, kind, args.words)
        lines = _lines(app, report.id)
    return _told(lines, as_json=args.json)


def list_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print the requests about a report with their questions."""
    with opened(args, clinics) as app:
        lines = _lines(app, app.cases.report_by_number(args.id).id)
    return _told(lines, as_json=args.json)


def _lines(app: App, report_id: str) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    count = 0
    for request in app.sending.log_of(report_id).requests:
        asked = []
        for question in request.questions:
            count += 1
            asked.append(
                {
                    "number": count,
                    "question": question.question,
                    "answer": question.answer,
                    "words": question.words,
                    "by": question.by,
                }
            )
        out.append(
            {
                "from": request.asker,
                "number": request.number,
                "received": request.received.iso() if request.received else None,
                "wished": request.wished.iso() if request.wished else None,
                "questions": asked,
                "shown": _head(request),
            }
        )
    return out


def _head(request: Request) -> str:
    who = _(request.asker.words) if request.asker else "-"
    wished = f", wished by {show(request.wished)}" if request.wished else ""
    return f"{who}, {request.number or 'no number'}, received {show(request.received)}{wished}"


def _told(lines: list[dict[str, Any]], *, as_json: bool) -> int:
    if as_json:
        say_json(lines)
        return DONE
    for line in lines:
        say(line["shown"])
        for asked in line["questions"]:
            done = _(RequestAnswer(asked["answer"]).words) if asked["answer"] else "open"
            words = f": {asked['words']}" if asked["words"] else ""
            say(f"  {asked['number']}  {asked['question']}  {done}{words}")
    if not lines:
        say("Nobody has asked.")
    return DONE
