"""``report waiting``: the worklist with its kept filters, as Today shows it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.chair.needs import Authority, Need, NeedKind, clock_of, ordered
from aeapp.domain.codelists.worklist import Urgency
from aeapp.domain.records import SavedFilter
from aeapp.domain.worklist_filter import is_empty, passing
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb to those of ``report``."""
    verb = verbs.add_parser(
        "waiting", parents=[common], help="what waits for somebody, by what runs out first"
    )
    must_have(verb, *LOGIN)
    _choices(verb, "--only", Urgency, "lines for which all of these hold")
    _choices(verb, "--kind", NeedKind, "lines of one of these kinds")
    _choices(verb, "--set-by", Authority, "lines whose date one of these set")
    verb.add_argument("--words", metavar="WORDS", help="lines with all of these words")
    verb.add_argument(
        "--remind", action="store_true", help="remind whoever is named in the lines shown"
    )
    named = verb.add_mutually_exclusive_group()
    named.add_argument("--filter", metavar="NAME", help="the filter you kept under this name")
    named.add_argument("--keep", metavar="NAME", help="keep what is asked here as a filter")
    named.add_argument("--forget", metavar="NAME", help="keep a filter no longer")
    named.add_argument("--filters", action="store_true", help="list the filters you keep")
    verb.set_defaults(run=waiting)


def _choices(
    verb: argparse.ArgumentParser,
    flag: str,
    codes: type[Urgency | NeedKind | Authority],
    words: str,
) -> None:
    known = [str(code.value) for code in codes]
    verb.add_argument(
        flag,
        nargs="+",
        choices=known,
        default=[],
        metavar="CODE",
        help=f"{words}: {' '.join(known)}",
    )


def _asked(args: argparse.Namespace) -> SavedFilter:
    return SavedFilter(
        urgency=frozenset(map(Urgency, args.only)) or None,
        kinds=frozenset(map(NeedKind, args.kind)) or None,
        authorities=frozenset(map(Authority, args.set_by)) or None,
        words=args.words,
    )


def waiting(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line each, or keep, list and forget filters."""
    with opened(args, clinics) as app:
        if args.filters:
            return _say_filters(app.filters.kept(), as_json=args.json)
        if args.forget:
            app.filters.drop(app.filters.by_name(args.forget))
            say(f"Forgot {args.forget!r}.")
            return DONE
        wanted = app.filters.by_name(args.filter) if args.filter else _asked(args)
        if args.keep:
            wanted = app.filters.keep(args.keep, wanted)
        lines = _lines(app, wanted)
        reminded = app.worklist.remind_all(lines) if args.remind else ()
        told = [(need, clock_of(need, app.context.today(), app.context.minute())) for need in lines]
    if args.json:
        say_json([_facts(need) | {"clock": clock[1]} for need, clock in told])
        return DONE
    for need, (_status, clock) in told:
        owner = need.waits_for or need.owner or "-"
        say(f"{clock}  {_(need.kind.words)}  {need.what}  {need.patient or '-'}  "
            f"{need.next_step}  {owner}")  # fmt: skip
    for one in reminded:
        say(f"Reminded {one.to}: {one.words}")
    if not told:
        say("Nothing waits." if is_empty(wanted) else "Nothing that waits passes this filter.")
    return DONE


def _lines(app: App, wanted: SavedFilter) -> tuple[Need, ...]:
    needs = ordered([*app.board.day().needs, *app.board.stock()])
    return passing(wanted, needs, app.context.today(), app.who.name or "")


def _facts(need: Need) -> dict[str, Any]:
    facts = asdict(need)
    return facts | {
        "line": need.line,
        "due": need.due.isoformat() if need.due else None,
        "due_at": need.due_at.iso() if need.due_at else None,
    }


def _say_filters(kept: Sequence[SavedFilter], *, as_json: bool) -> int:
    parts: list[dict[str, Any]] = [
        {
            "name": one.name,
            "only": sorted(one.urgency or ()),
            "kind": sorted(one.kinds or ()),
            "set_by": sorted(one.authorities or ()),
            "words": one.words,
        }
        for one in kept
    ]
    if as_json:
        say_json(parts)
        return DONE
    for part in parts:
        told = [f"{key} {' '.join(part[key])}" for key in ("only", "kind", "set_by") if part[key]]
        told += [f"words {part['words']}"] if part["words"] else []
        say(f"{part['name']}: {'; '.join(told)}")
    if not parts:
        say("You keep no filter.")
    return DONE
