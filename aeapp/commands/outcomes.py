"""``outcomes``: who is counted, what became of them, what happened; as PDF or for machines."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Any

from aeapp.commands.console import (
    DONE,
    LOGIN,
    WrongUseError,
    may_overwrite,
    must_have,
    needed,
    say,
    say_json,
)
from aeapp.commands.moments import day_of
from aeapp.commands.opening import opened
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.outcomes.comparison import APART, By
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Frequency
from aeapp.domain.outcomes.harm_words import DEFINITIONS as HARM
from aeapp.domain.outcomes.harm_words import never_seen
from aeapp.domain.outcomes.ideation_words import DEFINITION as IDEATION
from aeapp.domain.outcomes.page import Asked, OutcomesPage
from aeapp.domain.outcomes.published import ideation_key, published_for
from aeapp.domain.outcomes.words import missing_words, plot_rows, rungs
from aeapp.kernel.i18n import N_
from aeapp.services.app import Clinics


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add ``outcomes``."""
    verb = commands.add_parser(
        "outcomes", parents=[common],
        help="response, remission, deterioration, ideation and adverse events, with denominators",
    )  # fmt: skip
    must_have(
        verb, *LOGIN,
        ("--from", "DAY", "first day, as 2026-07-01"),
        ("--to", "DAY", "last day"),
    )  # fmt: skip
    verb.add_argument("--scale", default="phq-9", help="scale; phq-9 if not told")
    verb.add_argument(
        "--threshold", type=int, metavar="N", help="total from which somebody is looked at"
    )
    verb.add_argument("--route", action="append", choices=[r.value for r in SessionRoute],
                      default=[], help="of one route; may be given again")  # fmt: skip
    for name, words in (
        ("substance", "what was given, as 'ketamine'"),
        ("indication", "diagnosis as it stands in the sessions"),
        ("prescriber", "who prescribed, as it stands in the sessions"),
    ):
        verb.add_argument(f"--{name}", action="append", default=[], metavar="WORDS",
                          help=f"{words}; may be given again")  # fmt: skip
    verb.add_argument(
        "--by", choices=[by.value for by in By], help="the figures of each group, side by side"
    )
    verb.add_argument(
        "--as", dest="form", choices=["pdf", "json"], default="json",
        help="pdf writes the page to --out; json prints every figure (if not told)",
    )  # fmt: skip
    verb.add_argument("--out", metavar="FILE", help="PDF to write")
    verb.add_argument(
        "--inside", action="store_true",
        help="for the clinic alone: small groups are told, and the months are shown",
    )  # fmt: skip
    may_overwrite(verb)
    verb.set_defaults(run=show)


def show(args: argparse.Namespace, clinics: Clinics) -> int:
    """Print the figures, or write the page."""
    asked = Asked(
        first=day_of(needed(args, "from")),
        last=day_of(needed(args, "to")),
        scale=args.scale,
        threshold=None if args.threshold is None else Decimal(args.threshold),
        routes=frozenset(map(SessionRoute, args.route)),
        substances=frozenset(args.substance),
        indications=frozenset(args.indication),
        prescribers=frozenset(args.prescriber),
    )
    if args.by is not None and args.form == "pdf":
        raise WrongUseError(
            N_("--by prints the groups for machines; it is no page."),
            remedy=N_("Leave --as out, or --by."),
        )
    if args.by is not None:
        with opened(args, clinics) as app:
            groups = app.outcomes.compared(asked, By(args.by))
        say_json({
            "by": args.by,
            "caution": APART,
            "groups": [{"group": one.name, **_facts(one.page)} for one in groups],
        })  # fmt: skip
        return DONE
    if args.form == "json":
        with opened(args, clinics) as app:
            page = app.outcomes.page(asked)
        say_json(_facts(page))
        return DONE
    out = Path(needed(args, "out"))
    with opened(args, clinics) as app:
        done = app.outcomes.export(asked, out, shared=not args.inside, overwrite=args.overwrite)
    if args.json:
        say_json({"file": str(out), "pages": done.pages, "sha256": done.sha256})
    else:
        say(f"Wrote {out}: {done.pages} pages, SHA-256 {done.sha256}.")
    return DONE


def _facts(page: OutcomesPage) -> dict[str, Any]:
    return {
        "period": {"from": str(page.asked.first), "to": str(page.asked.last)},
        "scale": page.scale.name,
        "threshold": str(page.design.threshold),
        "ladder": [
            {"step": r.name, "people": r.count, "lost": list(r.losses)} for r in rungs(page)
        ],
        "missing": missing_words(page.ladder),
        "outcomes": [
            {
                "outcome": figure.kind.value,
                "definition": figure.definition,
                **_proportion(figure.counted),
                "if_missing": {
                    "low": _proportion(figure.range.low),
                    "high": _proportion(figure.range.high),
                },
                "published": [
                    {"study": p.study, "percent": str(p.percent), "people": p.people}
                    for p in row.published
                ],
            }
            for figure, row in zip(page.figures, plot_rows(page), strict=True)
        ],
        "ideation": _ideation(page),
        "harm": _harm(page),
        "left_out": {
            "undated_doses": page.left_out.undated_doses,
            "undated_scores": page.left_out.undated_scores,
            "undated_events": page.left_out.undated_events,
            "other_editions": page.left_out.other_editions,
        },
    }


def _proportion(found: Proportion) -> dict[str, Any]:
    interval = found.interval
    return {
        "numerator": found.numerator,
        "denominator": found.denominator,
        "share": None if found.share is None else float(found.share),
        "interval_95": None
        if interval is None
        else {"low": interval.low, "high": interval.high, "method": interval.method.value},
    }


def _frequency(found: Frequency, unit: int = 1) -> dict[str, Any]:
    value, interval = found.value, found.interval
    return {
        "events": found.events,
        "value": None if value is None else float(value) * unit,
        "interval_95": None
        if interval is None
        else {"low": interval.low * unit, "high": interval.high * unit,
              "method": interval.method.value},
    }  # fmt: skip


def _ideation(page: OutcomesPage) -> dict[str, Any] | None:
    found = page.ideation
    if found is None:
        return None
    return {
        "definition": IDEATION,
        "published": {
            which: [
                {"study": p.study, "percent": str(p.percent), "people": p.people}
                for p in published_for(ideation_key(which))
            ]
            for which in ("decrease", "increase", "new")
        },
        "had": {name: len(getattr(found, name)) for name in ("gone", "less", "same", "worse")},
        "had_none": {name: len(getattr(found, name)) for name in ("new", "still_none")},
        "without_answer_after": len(found.lost) + len(found.lost_without),
        "not_asked_before": len(found.not_asked),
        "any_decrease": _proportion(found.any_decrease),
        "increase": _proportion(found.increase),
        "new": _proportion(found.newly),
    }


def _harm(page: OutcomesPage) -> dict[str, Any]:
    harm = page.harm
    return {
        "sessions": harm.exposure.sessions,
        "patients": harm.exposure.patients,
        "milligrams": str(harm.exposure.milligrams),
        "doses_of_unknown_amount": harm.exposure.unknown_doses,
        "definitions": dict(HARM),
        "per_100_sessions": _frequency(harm.per_session, 100),
        "per_person": _frequency(harm.per_patient),
        "per_gram": _frequency(harm.per_gram),
        "not_seen": {
            "terms": list(never_seen(harm)),
            **_proportion(Proportion(0, harm.exposure.sessions)),
        },
        "serious_events": len(harm.serious),
        "seriousness_not_assessed": harm.not_assessed,
        "stopped": _proportion(harm.stopped),
        "terms": [
            {
                "term": row.term,
                "events": row.events,
                "outside_sessions": row.outside,
                "sessions": _proportion(row.sessions),
                "patients": _proportion(row.patients),
                "grades": [{"grade": grade, "events": count} for grade, count in row.grades],
                "per_person": _frequency(row.per_patient),
                "per_gram": _frequency(row.per_gram),
            }
            for row in harm.rows
        ],
    }
