"""Mistakes and gaps in a case are findings: data with a code, a severity, an item and a sentence.

A finding never stops a draft from being kept. ``BLOCKS`` stops a report from being called ready.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import VIEWS, Case
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
    """

    path: str
    code: str
    severity: Severity
    text: str
    item: str = ""


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
    """One rule of one source, for the destinations it holds for."""

    code: str
    destinations: frozenset[str]
    source: str
    body: RuleBody


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
    if isinstance(model, Case):
        yield from _reading_findings(model)
    for path, value in _walked(model):
        sentence = None if value is None else item_problem(spec_at(cls, path), value)
        if sentence:
            yield Finding(path=path, code="item", severity=Severity.BLOCKS, text=sentence)


def _reading_findings(case: Case) -> Iterator[Finding]:
    from aeapp.domain.vitals.digest import digest_of  # noqa: PLC0415 - it asks item_problem

    for path, sentence in digest_of(case).problems:
        yield Finding(path=path, code="item", severity=Severity.BLOCKS, text=sentence)


def _walked(model: Any) -> list[lens.Item]:
    return facts_of(model) if isinstance(model, Case) else lens.items(model)


def facts_of(case: Case) -> list[lens.Item]:
    """Return path and value of each item of a record, without the thousands of the digest."""
    return lens.items(case, leave_out=_NOT_WALKED)


_NOT_WALKED = frozenset({*VIEWS, "observations"})


def find_problems(case: Case, destination: str, context: Context) -> tuple[Finding, ...]:
    """Return all findings of ``case`` for ``destination``: blocking first, then by form item."""
    from aeapp.domain.rules import ALL_RULES  # noqa: PLC0415 - rules yield findings of this module

    found = list(item_findings(case))
    for rule in ALL_RULES:
        if destination in rule.destinations:
            found += rule.body(case, context)
    return tuple(sorted(found, key=lambda f: (_RANK[f.severity], f.item, f.code)))


_PLACES = {"events": N_("event"), "suspects": N_("product"), "decisions": N_("decision")}
_PLACES |= {"awareness": N_("awareness"), "reporters": N_("reporter")}


def place_of(finding: Finding) -> str:
    """Return ``event 2`` where the finding is about one of several, else ""."""
    name, bracket, rest = finding.path.partition("[")
    if not bracket or name not in _PLACES:
        return ""
    return f"{_(_PLACES[name])} {int(rest.partition(']')[0]) + 1}"


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any of ``findings`` blocks."""
    return any(f.severity is Severity.BLOCKS for f in findings)
