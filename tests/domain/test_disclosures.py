"""What left the clinic: whether somebody said what for, and whether it is accounted for."""

from __future__ import annotations

import pytest

from aeapp.domain.codelists.lifecycle import CopyKind, Purpose
from aeapp.domain.records.disclosure import ACCOUNTED, Disclosure


def test_a_copy_waits_until_somebody_says_what_for() -> None:
    assert Disclosure().is_open
    assert not Disclosure(purpose=Purpose.LAW).is_open


@pytest.mark.parametrize("purpose", [*Purpose, None])
def test_what_the_law_counts_is_accounted_but_no_copy_without_a_name(
    purpose: Purpose | None,
) -> None:
    counted = purpose in ACCOUNTED
    assert Disclosure(purpose=purpose, copy=CopyKind.FULL).is_accounted is counted
    assert not Disclosure(purpose=purpose, copy=CopyKind.DEIDENTIFIED).is_accounted
