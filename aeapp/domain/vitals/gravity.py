"""Which of the proposals that wait a person looks at first: the worst, then the longest.

The order is one of looking only: it says nothing of how serious anything is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aeapp.domain.records.observation import Observation
from aeapp.domain.records.proposal import Proposal
from aeapp.domain.records.watch_rule import WatchRule
from aeapp.domain.vitals.rows import minutes_between
from aeapp.domain.vitals.watch import Baseline, passed_by, witnesses


def worst_first(
    proposals: Iterable[Proposal],
    readings: Sequence[Observation],
    rules: Sequence[WatchRule],
    baseline: Baseline,
) -> tuple[Proposal, ...]:
    """Return those with a reading in the severe band first, then the longest, then the oldest."""

    def place(proposal: Proposal) -> tuple[bool, int, str]:
        seen = witnesses(proposal, readings)
        severe = any(p.severe for reading in seen for p in passed_by(reading, rules, baseline))
        # Ids sort by the time they were made.
        return not severe, -_minutes(proposal), proposal.id

    return tuple(sorted(proposals, key=place))


def _minutes(proposal: Proposal) -> int:
    if proposal.first is None or proposal.last is None:
        return 0
    return minutes_between(proposal.first, proposal.last) or 0
