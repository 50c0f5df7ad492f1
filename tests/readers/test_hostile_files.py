"""Damaged files of every layout: read or refused by place, never anything else, never for ever."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aeapp.domain.records import Observation
from aeapp.domain.rejection import ImportRejected, Problem
from tests.helpers.hostile import damaged
from tests.helpers.readings import Case, cases

CASES = cases()
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
# What is promised of a file of 5 MB; these are small.
PATIENCE = settings(deadline=dt.timedelta(seconds=5))


def taken_or_refused(case: Case, content: bytes, folder: Path) -> bool:
    """Read a file; tell whether it was taken, and see that a refusal says where and why."""
    problems: tuple[Problem, ...] = ()
    try:
        parsed = case.read(content, folder)
    except ImportRejected as refusal:
        problems = refusal.problems or (Problem("", ""),)
    if problems:
        assert all(problem.path and problem.text for problem in problems)
        return False
    assert parsed.kept + parsed.skipped + parsed.duplicate + parsed.elsewhere == parsed.rows
    assert len(parsed.places) == len(parsed.observations)
    assert all(_is_sound(reading) for reading in parsed.observations)
    return True


def _is_sound(reading: Observation) -> bool:
    numbers = (reading.value, reading.systolic, reading.diastolic, reading.mean)
    return bool(reading.at and reading.kind and reading.source and any(numbers))


@EACH
def test_the_sample_itself_is_taken(case: Case, tmp_path: Path) -> None:
    assert taken_or_refused(case, case.sample, tmp_path)


@EACH
@PATIENCE
@given(st.data())
def test_a_damaged_file_is_taken_or_refused(
    case: Case, tmp_path: Path, data: st.DataObject
) -> None:
    taken_or_refused(case, data.draw(damaged(case.sample)), tmp_path)


@EACH
@PATIENCE
@given(
    junk=st.binary(max_size=200)
    | st.text(max_size=100).map(lambda words: words.encode("utf-8", "surrogatepass"))
)
def test_junk_is_taken_or_refused(case: Case, tmp_path: Path, junk: bytes) -> None:
    taken_or_refused(case, junk, tmp_path)


@EACH
def test_every_cut_of_the_sample_is_taken_or_refused(case: Case, tmp_path: Path) -> None:
    step = max(1, len(case.sample) // 60)

    found = [
        taken_or_refused(case, case.sample[:n], tmp_path) for n in range(0, len(case.sample), step)
    ]

    assert not found[0]
