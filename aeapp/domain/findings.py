"""Mistakes and gaps in a case are findings: data with a code, a severity, an item and a sentence.

A finding never stops a draft from being kept. ``BLOCKS`` stops a report from being called ready.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.checks import utf16_length
from aeapp.domain.items import FieldSpec, NullFlavor, spec_at
from aeapp.kernel.i18n import N_, _


class Severity(StrEnum):
    """What a finding does: blocks a report, warns, or only informs."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


_RANK = {s: n for n, s in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake or gap.

    Attributes:
        path: Where to go to mend it; a path of the case.
        code: Number of the rule, stable across versions.
        item: Number on the form, such as B3; empty where the form has no such item.
        text: One sentence that starts with the thing to do; no patient data.
        number: Number on the form of the destination where that is not Form FDA 3500; None where
            it is.
        aside: Why a person set the finding aside; empty where nobody did.
    """

    path: str
    code: str
    severity: Severity
    text: str
    item: str = ""
    number: str | None = None
    aside: str = ""

    @property
    def shown(self) -> str:
        """Return the number on the form of the destination it was found for."""
        return self.item if self.number is None else self.number


@dataclass(frozen=True, slots=True)
class Context:
    """What rules need besides the case.

    Attributes:
        today: The day of the check in the clinic's zone.
        now: The time of the check, where it is known; aware.
    """

    today: dt.date
    now: dt.datetime | None = None


RuleBody = Callable[[Case, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of one source, for the destinations it holds for.

    Attributes:
        code: Official number where there is one. Several rules may share it.
        destinations: Keys of ``aeapp.domain.destinations``; none means all.
        source: Clause, form item or paper.
        says: One sentence that is true when the rule is kept.
        reads: Paths of the case on which the findings depend; none means the whole case.
        dated: The findings depend on the time of the check, too.
        harder: Destinations for which a warning of this rule blocks.
    """

    code: str
    destinations: frozenset[str]
    source: str
    body: RuleBody
    says: str = ""
    reads: tuple[str, ...] = ()
    dated: bool = False
    harder: frozenset[str] = frozenset()

    def holds_for(self, destination: str) -> bool:
        """Tell whether the rule asks anything of a report to ``destination``."""
        return not self.destinations or destination in self.destinations


def item_problem(spec: FieldSpec, value: Any) -> str | None:
    """Return the sentence of the first value rule that ``value`` breaks."""
    if value is None or isinstance(value, NullFlavor):
        return None
    if spec.type is str and isinstance(value, str) and _is_longer(value, spec.item.max_len):
        return _("Shorten to {limit} characters.").format(limit=spec.item.max_len)
    return next((p for check in spec.item.checks if (p := check(value))), None)


def _is_longer(text: str, limit: int) -> bool:
    # A character is at most two units, so most texts need not be counted.
    return 2 * len(text) > limit and utf16_length(text) > limit


def item_findings(model: Any) -> Iterator[Finding]:
    """Yield a finding for each item of ``model`` whose own value rules are broken."""
    cls = type(model)
    for path, value in lens.items(model):
        sentence = None if value is None else item_problem(spec_at(cls, path), value)
        if sentence:
            yield Finding(path=path, code="item", severity=Severity.BLOCKS, text=sentence)


def _reading_findings(case: Case) -> Iterator[Finding]:
    from aeapp.domain.vitals.digest import digest_of  # noqa: PLC0415 - it asks item_problem

    for path, sentence in digest_of(case).problems:
        yield Finding(path=path, code="item", severity=Severity.BLOCKS, text=sentence)


def branch_findings(case: Case, branch: str) -> Iterator[Finding]:
    """Yield a finding for each item in one branch of the case whose own value rules are broken."""
    if branch == "observations":
        yield from _reading_findings(case)
        return
    for path, value in branch_facts(case, branch):
        sentence = None if value is None else item_problem(spec_at(Case, path), value)
        if sentence:
            yield Finding(path=path, code="item", severity=Severity.BLOCKS, text=sentence)


def branch_facts(case: Case, branch: str) -> list[lens.Item]:
    """Return path and value of each item in one branch of a case."""
    found = getattr(case, branch)
    if not isinstance(found, tuple):
        return lens.items(found, f"{branch}.")
    return [i for n, record in enumerate(found) for i in lens.items(record, f"{branch}[{n}].")]


def find_problems(case: Case, destination: str, context: Context) -> tuple[Finding, ...]:
    """Return all findings of ``case`` for ``destination``: blocking first, then by form item."""
    from aeapp.domain.checking import Checker  # noqa: PLC0415 - it runs rules of this module

    return Checker().check(case, context, (destination,))[destination]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` as they are shown: what blocks first, then by form item."""
    return tuple(sorted(findings, key=lambda f: (_RANK[f.severity], f.item, f.code)))


_PLACES = {"events": N_("event"), "suspects": N_("product"), "decisions": N_("decision")}
_PLACES |= {"assessments": N_("assessment")}
_PLACES |= {"awareness": N_("awareness"), "reporters": N_("reporter")}

_PLACES |= {"case.further_devices": N_("device"), "case.other_numbers": N_("number")}
_PLACES |= {"case.diagnoses": N_("diagnosis"), "case.summaries": N_("summary")}
_PLACES |= {"case.literature": N_("paper")}
_PLACES |= {"patient.conditions": N_("condition"), "patient.medicines": N_("medicine")}
_PLACES |= {"patient.causes": N_("cause of death")}
# The first device stands by itself.
_FIRST = {"case.further_devices": 2}


def place_of(finding: Finding) -> str:
    """Return ``event 2`` where the finding is about one of several, else ""."""
    return item_place(finding.path)


def item_place(path: str) -> str:
    """Return ``event 2`` where an item is that of one of several, else ""."""
    name, bracket, rest = path.partition("[")
    if not bracket or name not in _PLACES:
        return ""
    return f"{_(_PLACES[name])} {int(rest.partition(']')[0]) + _FIRST.get(name, 1)}"


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any of ``findings`` blocks."""
    return any(f.severity is Severity.BLOCKS for f in findings)
