"""Enter rules into a list, each with its number, its source and what it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aeapp.domain.case import Case
from aeapp.domain.findings import Finding, Rule, RuleBody, Severity
from aeapp.domain.items import spec_at

BLOCKS, WARNS, INFORMS = Severity.BLOCKS, Severity.WARNS, Severity.INFORMS
# What is said of the suspect devices: of the first, and of those that further pages show.
DEVICES = ("case.device", "case.further_devices")
CaseRule = Callable[[Case], Iterator[Finding]]
_NUMBER = re.compile(r"3500 ([A-H]\d{1,2}[a-z]?)")


class Rulebook:
    """The rules of one module, entered where they are written.

    Attributes:
        rules: In the order in which they were entered.
    """

    def __init__(self, destinations: Iterable[str]) -> None:
        self.rules: list[Rule] = []
        self._usual = frozenset(destinations)

    def dated_rule(
        self,
        code: str,
        source: str,
        says: str,
        *,
        reads: Iterable[str],
        to: Iterable[str] = (),
        harder: Iterable[str] = (),
        dated: bool = True,
    ) -> Callable[[RuleBody], RuleBody]:
        """Enter a rule that asks for the day of the check.

        Args:
            code: Official number where there is one.
            source: Clause, form item or paper.
            says: What is true when the rule is kept.
            reads: Paths of the case on which its findings depend; none for the whole case.
            to: Destinations it holds for, where not those of the module.
            harder: Destinations for which what it warns of blocks.
            dated: Its findings depend on the day.
        """

        def enter(body: RuleBody) -> RuleBody:
            self.rules.append(
                Rule(
                    code=code,
                    destinations=frozenset(to) or self._usual,
                    source=source,
                    body=body,
                    says=says,
                    reads=tuple(reads),
                    dated=dated,
                    harder=frozenset(harder),
                )
            )
            return body

        return enter

    def rule(
        self,
        code: str,
        source: str,
        says: str,
        *,
        reads: Iterable[str],
        to: Iterable[str] = (),
        harder: Iterable[str] = (),
    ) -> Callable[[CaseRule], CaseRule]:
        """Enter a rule that looks at the case alone, whatever the day."""

        def enter(body: CaseRule) -> CaseRule:
            self.dated_rule(code, source, says, reads=reads, to=to, harder=harder, dated=False)(
                lambda case, _context: body(case)
            )
            return body

        return enter


def finding(code: str, severity: Severity, item: str, path: str, text: str) -> Finding:
    """Return the finding of rule ``code`` about ``item`` of the form."""
    return Finding(path=path, code=code, severity=severity, item=item, text=text)


def number_of(path: str) -> str:
    """Return the form's number of the item at ``path``, such as B3; "" where it has none."""
    found = _NUMBER.search(spec_at(Case, path).item.source)
    return found[1] if found else ""
