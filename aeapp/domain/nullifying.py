"""What a nullification needs: that it names what it takes back and why, and tells of nobody.

Number and reason are there from its first step on. What is taken back need not be complete, nor
be as the records are by now; whether a text tells who the patient is counts as ever.

Source:
    E2B(R3) C.1.11.1 and C.1.11.2: a nullification takes the case back whole, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.rules.narrative import IDENTIFIER


def weighed(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return ``findings``; of a nullification nothing but an identifier blocks."""
    if case.report.nature is not VersionNature.NULLIFICATION:
        return findings
    return [_informing(finding) for finding in findings]


def _informing(finding: Finding) -> Finding:
    if finding.severity is not Severity.BLOCKS or finding.code == IDENTIFIER:
        return finding
    return replace(finding, severity=Severity.INFORMS)
