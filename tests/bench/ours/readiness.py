"""Readiness for every destination after one change, with 300 rules."""

from __future__ import annotations

import datetime as dt
from itertools import cycle, islice
from pathlib import Path

from aeapp.domain.case import Case, write
from aeapp.domain.checking import ITEM_RULES, Checker
from aeapp.domain.completeness_score import score_of
from aeapp.domain.findings import Context
from aeapp.domain.readiness import for_all
from aeapp.domain.rules import ALL_RULES
from tests.bench.child import Act
from tests.bench.stored import facts_of, open_stored
from tests.bench.timing import taken_ms

RULES = 300
CHANGES = (
    ("case.narrative", "Fainted on standing up."),
    ("suspects[0].product.name", "ketamine"),
    ("filer.phone", "555 0100"),
    ("case.narrative", "Fainted on standing up, awake after a minute."),
    ("suspects[0].product.name", "ketamine hydrochloride"),
    ("filer.phone", "555 0101"),
)


def prepare(place: str, which: str) -> Act:
    """Check the stored case after one change after the other.

    Args:
        place: Folder of the clinic.
        which: ``kept`` for a checker that knows the case before, ``whole`` for a new one.
    """
    app = open_stored(Path(place))
    cases = [app.cases.gather(facts_of(Path(place))["case"])]
    app.close()
    known = (*ITEM_RULES, *ALL_RULES)
    rules = (*known, *islice(cycle(ALL_RULES), RULES - len(known)))
    for path, value in CHANGES:
        cases.append(write(cases[-1], path, value))
    context = Context(today=dt.date(2026, 11, 23))
    following, checker, ran = cycle(cases[1:]), Checker(rules), []

    def check() -> None:
        running = checker if which == "kept" else Checker(rules)
        case: Case = next(following)
        for_all(case, running.check(case, context))
        score_of(case)
        ran.append(len(running.ran))

    checker.check(cases[-1], context)
    check()
    facts = {"rules": len(rules), "ran": ran[-1], "readings": len(cases[0].observations)}
    return Act(run=lambda: taken_ms(check), facts=facts)
