"""Each rule of the assessment has a case that passes and cases that fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain import lens
from aeapp.domain.case import settle
from aeapp.domain.codelists.assessment import (
    Causality,
    CausalityMethod,
    Expectedness,
    NaranjoAnswer,
    SpecialSituation,
)
from aeapp.domain.codelists.safety import Outcome, ReportType, Seriousness
from aeapp.domain.findings import Context, Severity, find_problems, place_of
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.assessment import Naranjo
from aeapp.domain.rules import assessing
from tests.factories import TODAY, complete_case

WHOLE = complete_case()
YES, NO, _UNKNOWN = NaranjoAnswer
TEN = Naranjo(**{f"q{n}": YES for n in range(1, 11)})
A = "assessments[0]"
ERRORS = frozenset({SpecialSituation.WRONG_ROUTE, SpecialSituation.QUALITY})
BOTH = frozenset({ReportType.ADVERSE_EVENT, ReportType.ERROR, ReportType.PRODUCT_PROBLEM})
BY_NARANJO = {f"{A}.method": CausalityMethod.NARANJO, f"{A}.category": Causality.PROBABLE}

FAILING: list[tuple[str, dict[str, object], list[str]]] = [
    ("AS1", {"assessments": ()}, ["events[0].stated_causality"]),
    ("AS1", {f"{A}.category": None}, ["events[0].stated_causality"]),
    ("AS1", {f"{A}.event_id": "another"}, ["events[0].stated_causality"]),
    ("AS2", {f"{A}.assessor": None}, [f"{A}.assessor"]),
    ("AS2", {f"{A}.assessed_at": None, f"{A}.method": None}, [f"{A}.assessed_at", f"{A}.method"]),
    (
        "AS2",
        {
            f"{A}.category": None,
            f"{A}.expectedness": Expectedness.NO_LABEL,
            f"{A}.method": None,
            f"{A}.assessor": None,
        },
        [f"{A}.assessor"],
    ),
    ("AS3", {f"{A}.naranjo.q1": YES}, [f"{A}.naranjo.q2"]),
    ("AS3", {f"{A}.method": CausalityMethod.NARANJO}, [f"{A}.naranjo.q1"]),
    (
        "AS4",
        {f"{A}.naranjo": TEN, **BY_NARANJO, f"{A}.category": Causality.UNLIKELY},
        [f"{A}.category"],
    ),
    ("AS5", {f"{A}.expectedness": Expectedness.LISTED}, [f"{A}.label"]),
    ("AS5", {f"{A}.expectedness": Expectedness.NOT_LISTED}, [f"{A}.label"]),
    ("AS6", {"events[0].outcome": Outcome.FATAL}, ["events[0].outcome"]),
    ("AS6", {"events[0].seriousness": frozenset({Seriousness.DEATH})}, ["events[0].outcome"]),
    ("AS7", {"events[0].situations": ERRORS}, ["events[0].situations"] * 2),
    ("AS7", {"events[0].situations": ERRORS, "case.types": None}, ["events[0].situations"] * 2),
]
PASSING: list[tuple[str, dict[str, object]]] = [
    ("AS1", {"events[0].seriousness": frozenset(), "assessments": ()}),
    ("AS1", {"events[0].seriousness": NullFlavor.UNK, "assessments": ()}),
    ("AS1", {"administrations": (), "assessments": ()}),
    ("AS2", {f"{A}.category": None, f"{A}.assessor": None, f"{A}.method": None}),
    ("AS3", {f"{A}.naranjo": TEN}),
    ("AS4", {f"{A}.naranjo": TEN, **BY_NARANJO, f"{A}.category": Causality.PROBABLE}),
    ("AS4", {f"{A}.naranjo": TEN}),
    ("AS5", {f"{A}.expectedness": Expectedness.LISTED, f"{A}.label": "Label of 2025"}),
    ("AS5", {f"{A}.expectedness": Expectedness.NO_LABEL}),
    (
        "AS6",
        {
            "events[0].outcome": Outcome.FATAL,
            "events[0].seriousness": frozenset({Seriousness.DEATH}),
        },
    ),
    ("AS6", {"events[0].outcome": None, "events[0].seriousness": frozenset({Seriousness.DEATH})}),
    ("AS6", {"events[0].seriousness": None, "events[0].outcome": Outcome.FATAL}),
    ("AS7", {"events[0].situations": ERRORS, "case.types": BOTH}),
    ("AS7", {"events[0].situations": frozenset({SpecialSituation.OVERDOSE})}),
    ("AS7", {"events[0].situations": NullFlavor.UNK}),
]


def said(code: str, changes: dict[str, object]) -> list[tuple[Severity, str]]:
    case = WHOLE
    for path, value in changes.items():
        case = lens.put(case, path, value)
    found = find_problems(settle(case), "fda3500", Context(today=TODAY))
    return [(f.severity, f.path) for f in found if f.code == code]


@pytest.mark.parametrize(("code", "changes", "paths"), FAILING)
def test_a_case_that_fails_is_warned_of_and_never_blocked(
    code: str, changes: dict[str, object], paths: list[str]
) -> None:
    assert said(code, changes) == [(Severity.WARNS, path) for path in paths]


@pytest.mark.parametrize(("code", "changes"), PASSING)
def test_a_case_that_passes_is_silent(code: str, changes: dict[str, object]) -> None:
    assert said(code, changes) == []


def test_every_rule_has_both_and_is_known_as_one_of_the_assessment() -> None:
    codes = {rule.code for rule in assessing.RULES}

    assert {code for code, _c, _p in FAILING} == {code for code, _c in PASSING} == codes
    assert codes - assessing.OF_ASSESSMENT == {"AS7"}


def test_a_serious_event_is_named_once_however_many_products_are_open() -> None:
    second = replace(WHOLE.administrations[0], id="g2", product_id="other", lot_id="")
    case = settle(replace(WHOLE, administrations=(*WHOLE.administrations, second), assessments=()))
    found = find_problems(case, "fda3500", Context(today=TODAY))

    assert [place_of(f) for f in found if f.code == "AS1"] == ["event 1"]
