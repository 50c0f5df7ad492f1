"""Check a case for its destinations, running again only the rules whose items changed.

A case is a frozen tree, and an edit makes anew only what it touched. Each rule says which parts it
reads; while those are the very same values as at the last check, so are its findings.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from aeapp.domain import lens, rules
from aeapp.domain.asides import with_asides
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.destinations import DESTINATIONS
from aeapp.domain.findings import (
    Context,
    Finding,
    Rule,
    Severity,
    branch_findings,
    in_order,
)
from aeapp.domain.items import Kind, Section
from aeapp.domain.nullifying import weighed
from aeapp.kernel.i18n import N_


def _item_rule(branch: str) -> Rule:
    return Rule(
        code="item",
        destinations=frozenset(),
        source="The item as it is declared",
        says=N_("Each value keeps the rules of its item."),
        reads=(branch,),
        body=lambda case, _context: branch_findings(case, branch),
    )


# Labels belong to the library: hundreds of terms that nothing in a case changes.
ITEM_RULES = tuple(_item_rule(name) for name in BRANCHES if name != "labels")


@dataclasses.dataclass(frozen=True, slots=True)
class _Kept:
    """What a rule found in the check of that number, and how each destination reads it."""

    check: int
    context: Context
    yielded: tuple[Finding, ...]
    read_by: dict[str, tuple[Finding, ...]] = dataclasses.field(default_factory=dict)


class Checker:
    """Checks one case again and again.

    Attributes:
        ran: Codes of the rules that the last check ran; the others kept their findings.
    """

    def __init__(self, own: Iterable[Rule] | None = None) -> None:
        """Take the rules to run.

        Args:
            own: In place of those of the program.
        """
        self._own = None if own is None else tuple(own)
        self._kept: dict[int, _Kept] = {}
        self._known: tuple[Rule, ...] = ()
        # Each path that a rule reads, once: its value, and the check in which that was new.
        self._values: dict[str, tuple[Any, int]] = {}
        self._paths: tuple[str, ...] = ()
        self._check = 0
        self.ran: tuple[str, ...] = ()

    def check(
        self, case: Case, context: Context, destinations: Iterable[str] = tuple(DESTINATIONS)
    ) -> dict[str, tuple[Finding, ...]]:
        """Return the findings for each destination: blocking first, then by form item."""
        wanted = tuple(destinations)
        ran: list[str] = []
        found: dict[str, list[Finding]] = {key: [] for key in wanted}
        self._begin(case)
        for n, rule in enumerate(self._known):
            if rule.destinations and rule.destinations.isdisjoint(wanted):
                continue
            kept = self._kept.get(n)
            if kept is None or self._is_old(kept, rule, context):
                ran.append(rule.code)
                kept = self._kept[n] = self._run(rule, case, context)
            for key in wanted if kept.yielded else ():
                if rule.holds_for(key):
                    found[key] += _read(kept, key, rule)
        self.ran = tuple(ran)
        return {
            key: in_order(weighed(case, with_asides(case, some))) for key, some in found.items()
        }

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that a check runs."""
        return self._own if self._own is not None else (*ITEM_RULES, *rules.ALL_RULES)

    @rules.setter
    def rules(self, own: Iterable[Rule]) -> None:
        """Run these from here on."""
        self._own = tuple(own)

    def _begin(self, case: Case) -> None:
        """Look at each path that a rule reads, and note which values are new."""
        now = self.rules
        if now != self._known:
            self._known, self._kept, self._values = now, {}, {}
            self._paths = tuple(dict.fromkeys(p for rule in now for p in rule.reads or ("",)))
        self._check += 1
        for path in self._paths:
            value = value_at(case, path)
            known = self._values.get(path)
            if known is None or not _same(known[0], value):
                self._values[path] = (value, self._check)

    def _is_old(self, kept: _Kept, rule: Rule, context: Context) -> bool:
        if rule.dated and kept.context != context:
            return True
        return any(self._values[path][1] > kept.check for path in rule.reads or ("",))

    def _run(self, rule: Rule, case: Case, context: Context) -> _Kept:
        return _Kept(self._check, context, tuple(rule.body(case, context)))


def _read(kept: _Kept, key: str, rule: Rule) -> tuple[Finding, ...]:
    if key not in kept.read_by:
        kept.read_by[key] = tuple(_for_destination(key, rule, kept.yielded))
    return kept.read_by[key]


@cache
def _getter(path: str) -> Callable[[Case], Any]:
    return attrgetter(path)


def value_at(case: Case, path: str) -> Any:
    """Return what stands at a path that a rule reads; the case itself for no path."""
    return _getter(path)(case) if path else case


def _same(before: Any, after: Any) -> bool:
    """Tell whether two values are the same, digit by digit; shared parts are not looked into."""
    if before is after:
        return True
    if type(before) is not type(after):
        return False
    if isinstance(before, tuple):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(_same(b, a) for b, a in pairs)
    if isinstance(before, Case):
        # Somebody who reads all of it is asked again after any change.
        return False
    if isinstance(before, Section):
        names = _names(type(before))
        return all(_same(getattr(before, name), getattr(after, name)) for name in names)
    return not lens.differs(before, after)


_NAMES: dict[Kind, tuple[str, ...]] = {}


def _names(cls: Kind) -> tuple[str, ...]:
    if cls not in _NAMES:
        _NAMES[cls] = tuple(field.name for field in dataclasses.fields(cls))
    return _NAMES[cls]


def _for_destination(key: str, rule: Rule, yielded: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings as the destination numbers and weighs them; those it does not ask are none."""
    destination = DESTINATIONS.get(key)
    for finding in yielded:
        found = finding
        if key in rule.harder and finding.severity is Severity.WARNS:
            found = dataclasses.replace(found, severity=Severity.BLOCKS)
        if destination is not None and destination.numbers is not None:
            number = destination.numbered(finding)
            if number is None:
                continue
            found = dataclasses.replace(found, number=number)
        yield found
