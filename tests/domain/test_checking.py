"""A checker that checked a case before finds after a change just what a new one finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain import lens
from aeapp.domain.case import BRANCHES, Case, settle
from aeapp.domain.checking import ITEM_RULES, Checker, value_at
from aeapp.domain.destinations import DESTINATIONS, FDA3500, REMS
from aeapp.domain.findings import Context, Finding, Rule, find_problems
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records.case import StatedValue
from aeapp.domain.records.patient import Medicine
from aeapp.domain.rules import ALL_RULES
from aeapp.domain.rules.entering import WARNS, finding
from aeapp.domain.values import PartialDate
from tests.factories import TODAY, day
from tests.helpers.ready_case import DEVICE, of_session

NOW = Context(today=TODAY)


def rich() -> Case:
    """Return one case in which every destination has something to read."""
    case = of_session()
    return settle(
        replace(
            case,
            case=replace(
                case.case,
                device=DEVICE,
                stated=(StatedValue(path="happening.history", value="stated"),),
            ),
            patient=replace(case.patient, medicines=(Medicine(name="lisinopril"),)),
        )
    )


def _others(path: str, value: object) -> Iterator[object]:
    """Yield values of the item other than ``value``: nothing, a reason, an extreme one."""
    spec = spec_at(Case, path)
    yield None
    yield from spec.nulls[:1]
    if spec.type is Decimal:
        yield from (Decimal("0.5"), Decimal(1_000_000))
    elif spec.type is PartialDate:
        yield from (day("2030-01-01"), day("2001"))
    elif spec.type is bool:
        yield not value
    elif spec.type is str:
        yield "x" * min(spec.item.max_len, 12_000)
    elif spec.type is frozenset:
        yield from (frozenset(), frozenset([next(iter(spec.element))]))
    elif isinstance(spec.type, type) and issubclass(spec.type, str):
        yield from list(spec.type)[:2]


def _facts(case: Case) -> list[tuple[str, object]]:
    records = [name for name in BRANCHES if name != "labels"]
    return [
        (path, value)
        for path, value in lens.items(case)
        if path.partition(".")[0].partition("[")[0] in records
    ]


def differing(checker: Checker, case: Case) -> list[str]:
    """Return each change after which a checker that knows ``case`` finds other things."""
    wrong = []
    for path, value in _facts(case):
        for other in _others(path, value):
            after = settle(lens.put(case, path, other))
            checker.check(case, NOW)
            if checker.check(after, NOW) != Checker(checker.rules).check(after, NOW):
                wrong.append(f"{path}: {type(other).__name__}")
    return wrong


def test_after_any_one_change_it_finds_what_a_new_one_finds() -> None:
    assert differing(Checker(), rich()) == []


def _of_history(case: Case) -> Iterator[Finding]:
    if case.patient.history:
        yield finding("X1", WARNS, "B7", "patient.history", "Look.")


def test_a_rule_that_reads_more_than_it_says_is_found() -> None:
    lying = Rule(
        code="X1",
        destinations=frozenset({FDA3500}),
        source="test",
        body=lambda case, _: _of_history(case),
        reads=("patient.sex",),
    )

    assert "patient.history: NoneType" in differing(Checker((lying,)), rich())


def test_only_rules_that_read_what_changed_run_again() -> None:
    case, checker = rich(), Checker()
    checker.check(case, NOW)
    assert len(checker.ran) == len((*ITEM_RULES, *ALL_RULES))

    checker.check(case, NOW)
    assert checker.ran == ()

    checker.check(settle(lens.put(case, "patient.sex", NullFlavor.UNK)), NOW)
    assert "V25" not in checker.ran
    assert "V16" not in checker.ran
    assert "open" in checker.ran
    assert len(checker.ran) < len(ALL_RULES) / 3


def test_another_day_runs_the_rules_of_the_day_again() -> None:
    case, checker = rich(), Checker()
    checker.check(case, NOW)

    found = checker.check(case, Context(today=dt.date(2020, 1, 1)))

    assert set(checker.ran) == {"V6", "V9"}
    assert {f.code for f in found[FDA3500]} >= {"V9"}


def test_rules_that_are_added_run() -> None:
    checker = Checker()
    before = checker.check(rich(), NOW)[FDA3500]
    checker.rules = (
        *checker.rules,
        Rule(
            code="X1",
            destinations=frozenset({FDA3500}),
            source="test",
            body=lambda case, _: _of_history(case),
        ),
    )

    assert {f.code for f in checker.check(rich(), NOW)[FDA3500]} - {f.code for f in before} == {
        "X1"
    }


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_one_destination_alone_finds_what_all_together_find(destination: str) -> None:
    case = settle(replace(rich(), decisions=(), lots=()))

    every = Checker().check(case, NOW)

    assert every[destination] == find_problems(case, destination, NOW)
    assert list(every) == list(DESTINATIONS)


def test_each_rule_names_paths_that_a_case_has() -> None:
    for rule in ALL_RULES:
        for path in rule.reads:
            assert value_at(Case(), path) is not Case
        assert len(set(rule.reads)) == len(rule.reads)


def test_an_item_that_breaks_its_own_rules_blocks_everywhere() -> None:
    case = settle(lens.put(rich(), "patient.age", Decimal(200)))

    assert "item" in {f.code for f in find_problems(case, REMS, NOW)}
