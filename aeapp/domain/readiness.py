"""How ready a case is for each destination: can it go, is it complete, and what is in the way.

Complete means that our rules of that version found no gap; it says nothing of what nobody asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.case import Case
from aeapp.domain.destinations import DESTINATIONS, Destination
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.rules import rule_set
from aeapp.domain.rules.completeness import questions
from aeapp.kernel.i18n import _


class State(StrEnum):
    """How far a report to one destination is."""

    NOT_ASKED = "does-not-apply"
    MISSING = "not-yet"
    BLOCKED = "blocked"
    CAN_GO = "can-go"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready a case is for one destination.

    Attributes:
        wanted: Whether the destination wants the report; None where the profile of the clinic does
            not say.
        missing: Elements of the minimum that are missing, in words of the destination.
        lacking: Findings that block because an element of the minimum is missing.
        blocking: Findings that block for another reason.
        open: Warnings that nobody answered or set aside.
        asked: How many things are asked of a report to it; of them ``lacking``, ``blocking`` and
            ``open`` are not there.
    """

    destination: Destination
    state: State
    findings: tuple[Finding, ...]
    wanted: bool | None = True
    missing: tuple[str, ...] = ()
    lacking: int = 0
    blocking: int = 0
    open: int = 0
    asked: int = 1

    @property
    def rules(self) -> str:
        """Return the name of the rules that found this."""
        return rule_set(self.destination.key)

    @property
    def can_go(self) -> bool:
        """Tell whether nothing blocks."""
        return not self.lacking and not self.blocking

    @property
    def complete(self) -> bool:
        """Tell whether nothing blocks and nothing is open."""
        return self.can_go and not self.open

    @property
    def is_asked(self) -> bool:
        """Tell whether the destination may want the report."""
        return self.state is not State.NOT_ASKED

    @property
    def why_not(self) -> str:
        """Return why nobody may ask for the report, as a sentence; empty where somebody does."""
        if self.wanted is None:
            return _("The clinic's profile does not say whether it is asked for.")
        return "" if self.wanted else _(self.destination.unless)

    @property
    def share(self) -> float:
        """Return the part of what is asked that is there, from 0 to 1."""
        gone = min(self.asked, self.lacking + self.blocking + self.open)
        return (self.asked - gone) / self.asked

    @property
    def minimum(self) -> float:
        """Return the part of what is asked that the minimum makes up."""
        return min(1.0, len(self.destination.minimum) / self.asked)

    @property
    def words(self) -> str:
        """Return such as ``2 block, 1 open``; words come first, a bar says no more."""
        match self.state:
            case State.NOT_ASKED:
                return _("does not apply")
            case State.MISSING:
                return _("not yet, {n} missing").format(n=self.lacking)
            case State.BLOCKED if self.blocking == 1:
                return self._with_open(_("1 blocks"))
            case State.BLOCKED:
                return self._with_open(_("{n} block").format(n=self.blocking))
            case State.CAN_GO:
                return self._with_open(_("can go"))
        return _("complete")

    def _with_open(self, words: str) -> str:
        return _("{words}, {n} open").format(words=words, n=self.open) if self.open else words


def readiness(destination: Destination, case: Case, findings: Sequence[Finding]) -> Readiness:
    """Return how ready ``case`` is, by what a check found for the destination."""
    blocks = [f for f in findings if f.severity is Severity.BLOCKS]
    codes = {f.code for f in blocks}
    wanted = destination.asked(case)
    lacking = sum(f.code in destination.needed for f in blocks)
    still = sum(f.severity is Severity.WARNS for f in findings)
    blocking = len(blocks) - lacking
    return Readiness(
        destination=destination,
        state=_state(lacking, blocking, still) if wanted is not False else State.NOT_ASKED,
        wanted=wanted,
        findings=tuple(findings),
        missing=tuple(_(c.label) for c in destination.minimum if c.codes & codes),
        lacking=lacking,
        blocking=blocking,
        open=still,
        asked=max(1, questions(case, destination) + len(destination.minimum)),
    )


def _state(lacking: int, blocking: int, still: int) -> State:
    if lacking:
        return State.MISSING
    if blocking:
        return State.BLOCKED
    return State.CAN_GO if still else State.COMPLETE


def for_all(case: Case, found: Mapping[str, Sequence[Finding]]) -> tuple[Readiness, ...]:
    """Return the readiness for each destination that was checked, in their order."""
    return tuple(
        readiness(destination, case, found[key])
        for key, destination in DESTINATIONS.items()
        if key in found
    )
