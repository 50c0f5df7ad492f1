"""``signals`` and ``published``: reports against reports, and printed figures worked out again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from aeapp.commands.console import DONE, LOGIN, NO, must_have, say, say_json
from aeapp.commands.opening import opened
from aeapp.domain.outcomes.disproportionality import CAUTION, DEFINITIONS, Pairing, Ratio
from aeapp.domain.outcomes.published import PublishedFigure
from aeapp.domain.outcomes.words import interval_words
from aeapp.kernel.i18n import _
from aeapp.services.app import Clinics


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add both commands."""
    signals = commands.add_parser(
        "signals", parents=[common],
        help="ROR, PRR and IC of suspect products with terms, with intervals and case counts",
    )  # fmt: skip
    must_have(signals, *LOGIN)
    signals.add_argument(
        "--reference", metavar="FILE",
        help="over the cases of a CSV (case, product, role, term) instead of the clinic's own",
    )  # fmt: skip
    signals.add_argument("--product", metavar="WORDS", help="only of products whose name has this")
    signals.add_argument("--most", type=int, default=50, metavar="N", help="lines; 50 if not told")
    signals.set_defaults(run=show_signals)
    published = commands.add_parser(
        "published", parents=[common],
        help="work out the percentages of a table of published figures again",
    )  # fmt: skip
    must_have(published, *LOGIN)
    published.add_argument("file", metavar="FILE", help="CSV: study, measure, value, unit, n, ...")
    published.set_defaults(run=show_published)


def show_signals(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print a line a pair, the highest lower bound first."""
    with opened(args, clinics) as app:
        signals = app.signals
        found = signals.reference(Path(args.reference)) if args.reference else signals.own()
    wanted = (args.product or "").casefold()
    pairs = [pair for pair in found.pairs if wanted in pair.product.casefold()][: args.most]
    if args.json:
        say_json({
            "caution": CAUTION,
            "definitions": list(DEFINITIONS),
            "cases": found.cases,
            "pairs": [_facts(p) for p in pairs],
        })  # fmt: skip
        return DONE
    say(_(CAUTION))
    say(f"{found.cases} cases; {found.beside} products taken beside were not counted,"
        f" {found.without_role} without a role neither.")  # fmt: skip
    for pair in pairs:
        table = pair.crossing
        few = "; few cases: not to be read" if table.few else ""
        say(f"{pair.product} / {pair.term}: {table.both} cases, {table.expected:.2f} expected;"
            f" IC {_ratio(table.information_component)};"
            f" ROR {_ratio(table.reporting_odds_ratio)};"
            f" PRR {_ratio(table.proportional_reporting_ratio)}{few}")  # fmt: skip
    if not pairs:
        say("No case with a suspect product and a term.")
    for words in DEFINITIONS:
        say(_(words))
    return DONE


def _ratio(found: Ratio | None) -> str:
    if found is None:
        return "not defined"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _facts(pair: Pairing) -> dict[str, Any]:
    table = pair.crossing
    measures = {
        "information_component": table.information_component,
        "reporting_odds_ratio": table.reporting_odds_ratio,
        "proportional_reporting_ratio": table.proportional_reporting_ratio,
    }
    return {
        "product": pair.product,
        "term": pair.term,
        "cases": table.both,
        "expected": table.expected,
        "few": table.few,
        **{
            name: None if m is None else {"value": m.value, "low": m.low, "high": m.high}
            for name, m in measures.items()
        },
    }


def show_published(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print each share with its interval; exit 1 where one cannot come from its counts."""
    with opened(args, clinics) as app:
        figures, others = app.signals.published(Path(args.file))
    wrong = [(line, figure) for line, figure in figures if figure.agrees is False]
    if args.json:
        say_json({
            "figures": [{"line": line, **_figure(figure)} for line, figure in figures],
            "others": others,
        })  # fmt: skip
        return NO if wrong else DONE
    for line, figure in figures:
        if figure.proportion is not None:
            share = interval_words(figure.proportion.interval)
            say(f"line {line}: {figure.study}, {figure.measure}: {figure.percent} % printed,"
                f" {figure.count} of {figure.people}, 95 % {share}")  # fmt: skip
    for line, figure in wrong:
        say(f"line {line}: {figure.study}, {figure.measure}: {figure.percent} % is printed and"
            " cannot come from its counts.")  # fmt: skip
    say(f"{len(figures)} shares, {len(wrong)} of them cannot be; {others} other figures.")
    return NO if wrong else DONE


def _figure(figure: PublishedFigure) -> dict[str, Any]:
    found = figure.proportion
    interval = found.interval if found is not None else None
    return {
        "study": figure.study,
        "measure": figure.measure,
        "percent": str(figure.percent),
        "people": figure.people,
        "count": figure.count,
        "agrees": figure.agrees,
        "interval_95": None if interval is None else [interval.low, interval.high],
    }
