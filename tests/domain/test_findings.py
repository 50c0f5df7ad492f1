"""Findings: ordered, placed, and made of any model's items."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.findings import Finding, Severity, item_findings, place_of
from aeapp.domain.records import Patient


def finding(path: str) -> Finding:
    return Finding(path=path, code="V1", severity=Severity.WARNS, text="Say more.")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("events[1].onset", "event 2"),
        ("case.further_devices[0].brand", "device 2"),
        ("suspects[0].product.name", "product 1"),
        ("decisions[9].reason", "decision 10"),
        ("patient.sex", ""),
        ("observations[3].at", ""),
    ],
)
def test_a_finding_about_one_of_several_says_which(path: str, place: str) -> None:
    assert place_of(finding(path)) == place


def test_items_of_any_record_are_checked() -> None:
    patient = Patient(code="x" * 51, age=Decimal(131))

    assert [(f.path, f.severity) for f in item_findings(patient)] == [
        ("code", Severity.BLOCKS),
        ("age", Severity.BLOCKS),
    ]
    assert list(item_findings(Patient(code="P-1"))) == []
