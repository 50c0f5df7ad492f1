"""Rules across items, one module a source; ``ALL_RULES`` is what a check runs."""

from __future__ import annotations

from aeapp.domain.findings import Rule
from aeapp.domain.rules import completeness, fda3500, fda3500_dates, stated

ALL_RULES: tuple[Rule, ...] = (
    *fda3500.RULES,
    *fda3500_dates.RULES,
    *stated.RULES,
    *completeness.RULES,
)
