"""``terms list`` and ``terms recode``: loaded releases, and codes for many events at once.

Recoding is a dry run first. ``--apply`` stores the terms whose words are the same; any other
proposal is stored only where a person names event and code.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from aeapp.commands import recodings
from aeapp.commands.console import DONE, LOGIN, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.index import Offer
from aeapp.domain.coding.recoding import Proposed, Recoding
from aeapp.domain.records import Terminology
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from aeapp.services.app import Clinics

_NAMES = {name.value: name for name in (TerminologyName.CTCAE, TerminologyName.MEDDRA)}
Chosen = list[tuple[Proposed, Offer]]


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the two verbs of ``terms``."""
    top = commands.add_parser("terms", help="loaded terminologies; code many events at once")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="what is loaded, what is in use")
    must_have(listing, *LOGIN)
    listing.set_defaults(run=show)
    recode = verbs.add_parser("recode", parents=[common], help="propose codes, then store them")
    recode.add_argument("name", choices=tuple(_NAMES), help="terminology to code with")
    recode.add_argument(
        "--edition", metavar="N.N", default="", help="version; else the one that is in use"
    )
    recode.add_argument(
        "--accept",
        metavar="EVENT=CODE",
        action="append",
        default=[],
        help="take a proposal that is not the same words; the event by its id (--json tells it)",
    )
    recode.add_argument(
        "--apply",
        action="store_true",
        help="store the same words and what --accept names; else say what would happen",
    )
    must_have(recode, *LOGIN)
    recode.set_defaults(run=recode_events)
    recodings.register(verbs, common)


def show(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print one line a release."""
    with opened(args, clinics) as app:
        found = app.terminologies.releases()
    if args.json:
        say_json([_release(one) for one in found])
        return DONE
    for one in found:
        state = "in use" if one.current else "kept"
        say(f"{_named(one)}  {one.terms or 0} terms  {state}")
    if not found:
        say("No release is loaded; the clinic's own list is used.")
    return DONE


def recode_events(args: argparse.Namespace, clinics: Clinics) -> int:
    """Say what each event without a code may be coded as, and store what is sure."""
    number = 0
    with opened(args, clinics) as app:
        release = app.coding.release(_NAMES[args.name], args.edition)
        found = app.coding.proposals(release.id)
        chosen = [*((p, p.offers[0]) for p in found.exact), *_accepted(found, args.accept)]
        if args.apply:
            number = app.coding.confirm(found.release, chosen).number
    if args.json:
        say_json(_facts(found, chosen, number))
    else:
        _tell(found, chosen, number)
    return DONE


def _accepted(found: Recoding, wanted: Sequence[str]) -> Iterator[tuple[Proposed, Offer]]:
    """Yield what a person named of the proposals to look at.

    Raises:
        BadInputError: It is no proposal of this list.
    """
    guesses = {p.event_id: p for p in found.guesses}
    for words in wanted:
        event_id, _equals, code = words.partition("=")
        proposed = guesses.get(event_id)
        offers = proposed.offers if proposed is not None else ()
        offer = next((o for o in offers if o.coded.code == code), None)
        if proposed is None or offer is None:
            raise BadInputError(
                _(N_("--accept names no proposal: {words}")).format(words=words),
                remedy=_(N_("Take event and code from the list of 'terms recode --json'.")),
            )
        yield proposed, offer


def _tell(found: Recoding, chosen: Chosen, number: int) -> None:
    say(
        f"{_named(found.release)}: {len(found.exact)} with the same words, {len(found.guesses)} to "
        f"look at, {len(found.nothing)} without a proposal, {found.coded} coded already."
    )
    for title, members in _groups(found):
        for one in members:
            say(f"  {title:<12}{_line(one)}")
    if number:
        say(f"Coded {len(chosen)} events. Reports that were sent stay as they were sent.")
        say(f"To put all of them back: terms undo {number} --apply")
    elif chosen:
        say(f"Nothing was changed. Add --apply to code {len(chosen)} events.")
    else:
        say("Nothing was changed; nothing is sure enough to be coded without a person.")


def _groups(found: Recoding) -> tuple[tuple[str, tuple[Proposed, ...]], ...]:
    return (
        ("same words", found.exact),
        ("to look at", found.guesses),
        ("no proposal", found.nothing),
    )


def _line(one: Proposed) -> str:
    offers = "; ".join(
        f"{o.coded.term} ({o.coded.code}, {_(o.how.words).lower()})" for o in one.offers
    )
    before = f" [{one.before.term} {one.before.edition}]" if one.before is not None else ""
    return f"{one.verbatim or '-'}{before}" + (f" -> {offers}" if offers else "")


def _facts(found: Recoding, chosen: Chosen, number: int) -> dict[str, Any]:
    taken = {p.event_id: o.coded.code for p, o in chosen}
    return {
        "release": _release(found.release),
        "coded_already": found.coded,
        "applied": bool(number),
        "recoding": number or None,
        "events": [
            {
                "event": one.event_id,
                "verbatim": one.verbatim,
                "before": None if one.before is None else one.before.code,
                "group": title,
                "offers": [
                    {
                        "code": o.coded.code,
                        "term": o.coded.term,
                        "how": o.how.value,
                    }
                    for o in one.offers
                ],
                "chosen": taken.get(one.event_id),
            }
            for title, members in _groups(found)
            for one in members
        ],
    }


def _release(one: Terminology) -> dict[str, Any]:
    return {
        "terminology": one.name.value if one.name is not None else None,
        "edition": one.edition,
        "terms": one.terms,
        "current": bool(one.current),
    }


def _named(one: Terminology) -> str:
    name = _(one.name.words) if one.name is not None else "-"
    return f"{name} {one.edition or ''}".strip()
