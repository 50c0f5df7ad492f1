"""``question``: ask a colleague about a report, answer, note a try, list what is open."""

from __future__ import annotations

import argparse
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, needed, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codecs import read, show
from aeapp.domain.items import spec_at
from aeapp.domain.records import Question
from aeapp.services.app import App, Clinics
from aeapp.services.sessions import NoSuchNumberError


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of ``question``."""
    top = commands.add_parser("question", help="questions to colleagues about a report")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    asking = verbs.add_parser("ask", parents=[common], help="put a question to a colleague")
    asking.add_argument("id", metavar="ID", help="report or case number")
    must_have(
        asking,
        *LOGIN,
        ("--of", "NAME", "who is asked, as the name stands in the staff list"),
        ("--words", "WORDS", "what is asked"),
        ("--due", "DAY", "day by which the answer is wished for, as 2026-12-01"),
    )
    asking.set_defaults(run=ask)
    for name, words, run in (
        ("answer", "keep the answer to a question", answer),
        ("try", "keep that somebody was asked again, and what came of it", try_again),
    ):
        verb = verbs.add_parser(name, parents=[common], help=words)
        verb.add_argument("id", metavar="ID", help="report or case number")
        verb.add_argument("number", type=int, metavar="N", help="which one, as the list counts")
        must_have(verb, *LOGIN, ("--words", "WORDS", "what was said"))
        verb.set_defaults(run=run)
    listing = verbs.add_parser("list", parents=[common], help="questions, the oldest first")
    listing.add_argument(
        "id", nargs="?", metavar="ID", help="report or case number; else all that are open"
    )
    must_have(listing, *LOGIN)
    listing.set_defaults(run=list_all)


def ask(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep a question; it stands in the worklist until it is answered."""
    due = read(spec_at(Question, "due"), needed(args, "due"))
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        asked = app.questions.ask(report.id, args.words, args.of, due)
        known = app.lifecycle.colleagues()
        lines = _lines(app, report.id)
    line = next(one for one in lines if one["id"] == asked.id)
    if args.json:
        say_json(line)
        return DONE
    say(f"Asked: {_line(line)}")
    if asked.to not in known:
        say(f"  Nobody of that name is on the staff list, which has: {', '.join(known)}.")
    return DONE


def answer(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep the answer."""
    return _change(args, clinics, "answer")


def try_again(args: argparse.Namespace, clinics: Clinics) -> int:
    """Keep one more try."""
    return _change(args, clinics, "try_again")


def _change(args: argparse.Namespace, clinics: Clinics, act: str) -> int:
    with opened(args, clinics) as app:
        report = app.cases.report_by_number(args.id)
        found = app.questions.of(report.id)
        if not 1 <= args.number <= len(found):
            raise NoSuchNumberError(str(args.number))
        getattr(app.questions, act)(found[args.number - 1].id, args.words)
        line = _lines(app, report.id)[args.number - 1]
    if args.json:
        say_json(line)
    else:
        say(_line(line))
    return DONE


def list_all(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a question: those of a report, or all that are open."""
    with opened(args, clinics) as app:
        if args.id:
            lines = _lines(app, app.cases.report_by_number(args.id).id)
        else:
            ids = dict.fromkeys(q.report_id for q in app.questions.open_ones())
            lines = [one for i in ids for one in _lines(app, i) if one["answer"] is None]
    if args.json:
        say_json(lines)
        return DONE
    for line in lines:
        say(_line(line))
    if not lines:
        say("Nobody was asked." if args.id else "No question is open.")
    return DONE


def _lines(app: App, report_id: str) -> list[dict[str, Any]]:
    number = app.lifecycle.standing(report_id).report.number
    return [
        {
            "id": q.id,
            "report": number,
            "number": n,
            "question": q.words,
            "to": q.to,
            "due": q.due.iso() if q.due else None,
            "asked_by": q.asked_by,
            "answer": q.answer,
            "answered_by": q.answered_by,
            "tries": [
                {"at": t.at.iso() if t.at else None, "words": t.words, "by": t.by} for t in q.tries
            ],
            "shown": show(q.due),
        }
        for n, q in enumerate(app.questions.of(report_id), start=1)
    ]


def _line(line: dict[str, Any]) -> str:
    told = f"answered by {line['answered_by']}: {line['answer']}" if line["answer"] else "open"
    tries = len(line["tries"])
    tried = f", tried again {tries} times" if tries > 1 else ", tried again once" if tries else ""
    return (
        f"{line['report']}  {line['number']}  {line['question']}  of {line['to']}, "
        f"by {line['shown']}; {told}{tried}"
    )
