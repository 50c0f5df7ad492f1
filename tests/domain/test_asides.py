"""A warning gives way to a reason, for one rule at one item, while the value there stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain import asides, lens
from aeapp.domain.asides import CannotSetAsideError, named, setting_aside, taking_back, value_at
from aeapp.domain.case import Case, settle
from aeapp.domain.destinations import DRUG, FDA3500
from aeapp.domain.findings import Context, Finding, Severity, find_problems
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event
from aeapp.domain.records.case import Aside
from tests.factories import TODAY, day
from tests.helpers.ready_case import ready_case

OLD_LOT = {"lots[0].expires": day("2026-10"), "case.narrative": "Expired Oct-2026."}


def changed() -> Case:
    """Return a case with one warning: the lot had expired."""
    case = ready_case(FDA3500)
    for path, value in OLD_LOT.items():
        case = lens.put(case, path, value)
    return settle(case)


def found(case: Case, destination: str = FDA3500) -> list[Finding]:
    """Return what a check finds."""
    return list(find_problems(case, destination, Context(today=TODAY)))


def aside(case: Case, finding: Finding, reason: str = "Checked the label.") -> Case:
    """Return the case with the finding set aside."""
    step = setting_aside(case, finding, reason=reason, by="A nurse", at="2026-11-20T10:00-06:00")
    return asides.add(case, step)


def test_a_warning_that_was_set_aside_is_a_note_with_its_reason() -> None:
    case = changed()
    (warning,) = found(case)

    (note,) = found(aside(case, warning))

    assert (warning.code, warning.severity) == ("CX11", Severity.WARNS)
    assert (note.code, note.severity) == ("CX11", Severity.INFORMS)
    assert note.aside == "Checked the label."
    (kept,) = aside(case, warning).case.asides
    assert kept.path == "suspects[@product/lot].lot.expires"
    assert (kept.value, kept.by) == ("2026-10", "A nurse")
    assert kept.at == day("2026-11-20T10:00-06:00")


def test_it_is_back_once_the_value_changes() -> None:
    case = changed()
    (warning,) = found(case)

    case = settle(lens.put(aside(case, warning), "lots[0].expires", day("2026-09")))

    assert [f.severity for f in found(case) if f.code == "CX11"] == [Severity.WARNS]


def test_it_can_be_taken_back() -> None:
    case = changed()
    (warning,) = found(case)
    set_aside = aside(case, warning)
    (note,) = found(set_aside)

    back = asides.remove(set_aside, taking_back(set_aside, note))

    assert found(back) == [warning]
    assert back.case.asides == ()


def test_what_nobody_set_aside_cannot_be_taken_back() -> None:
    case = changed()
    (warning,) = found(case)

    with pytest.raises(CannotSetAsideError):
        taking_back(case, warning)


def test_an_aside_without_a_time_or_a_person_can_be_taken_back_too() -> None:
    case = changed()
    (warning,) = found(case)
    step = setting_aside(case, warning, reason="x", by="", at="")
    set_aside = asides.add(case, step)
    (note,) = found(set_aside)

    assert taking_back(set_aside, note) == step
    blank = Aside(rule="CX11", path=step[1], value=step[2])
    bare = replace(case, case=replace(case.case, asides=(blank,)))
    assert taking_back(bare, warning) == [*step[:3], "", "", ""]
    none = replace(case, case=replace(case.case, asides=(Aside(rule="CX11"),)))
    assert found(none) == [warning]


def test_the_same_warning_is_set_aside_once() -> None:
    case = changed()
    (warning,) = found(case)

    twice = aside(aside(case, warning), warning, "Asked the maker.")

    assert [a.reason for a in twice.case.asides] == ["Asked the maker."]


def test_what_blocks_cannot_be_set_aside_nor_stays_so() -> None:
    case = ready_case(DRUG)
    case = settle(lens.put(case, "events[0].assessed_by", None))
    (blocks,) = found(case, DRUG)
    (warning,) = found(case, FDA3500)

    with pytest.raises(CannotSetAsideError):
        setting_aside(case, blocks, reason="x", by="A", at="")
    with pytest.raises(CannotSetAsideError):
        setting_aside(case, warning, reason=" ", by="A", at="")
    # One that was set aside for a voluntary report still blocks the one that is owed.
    case = aside(case, warning)
    assert [f.severity for f in found(case, FDA3500)] == [Severity.INFORMS]
    assert [f.severity for f in found(case, DRUG)] == [Severity.BLOCKS]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("patient.sex", "patient.sex"),
        ("events[0].outcome", "events[@event].outcome"),
        ("events[1].outcome", "events[1].outcome"),
        ("events[7].outcome", "events[7].outcome"),
        ("suspects[0].abated", "suspects[@product/lot].abated"),
        ("suspects[7].abated", "suspects[7].abated"),
        ("happening.onset", "happening.onset"),
    ],
)
def test_a_place_is_named_by_the_record_that_stands_there(path: str, name: str) -> None:
    case = ready_case(FDA3500)

    assert named(replace(case, events=(*case.events, Event())), path) == name


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("events", "1"),
        ("events[7].outcome", ""),
        ("products[0].ndc", "UNK"),
        ("report.reported_on", "2026-11-20"),
        ("patient.age", "40"),
        ("case.title", ""),
    ],
)
def test_a_value_is_kept_as_text(path: str, text: str) -> None:
    case = ready_case(FDA3500)

    assert case.products[0].ndc is NullFlavor.UNK
    assert value_at(case, path) == text


@pytest.mark.parametrize("argument", [["CX11"], ["CX11", "p", "", "why", "", "yesterday"]])
def test_a_step_that_cannot_be_read_is_none_of_this_case(argument: list[str]) -> None:
    with pytest.raises(KeyError):
        asides.add(changed(), argument)
