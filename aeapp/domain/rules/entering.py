"""Enter rules of Form FDA 3500 into a list, each with its number and its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aeapp.domain.case import Case
from aeapp.domain.findings import Finding, Rule, RuleBody, Severity
from aeapp.domain.items import spec_at

DESTINATION = "fda3500"
BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS
CaseRule = Callable[[Case], Iterator[Finding]]
_NUMBER = re.compile(r"3500 ([A-H]\d{1,2}[a-z]?)")


class Rulebook:
    """The rules of one module, entered where they are written.

    Attributes:
        rules: In the order in which they were entered.
    """

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def dated_rule(self, code: str, source: str) -> Callable[[RuleBody], RuleBody]:
        """Enter a rule that asks for the day of the check."""

        def enter(body: RuleBody) -> RuleBody:
            destinations = frozenset({DESTINATION})
            self.rules.append(Rule(code=code, destinations=destinations, source=source, body=body))
            return body

        return enter

    def rule(self, code: str, source: str) -> Callable[[CaseRule], CaseRule]:
        """Enter a rule that looks at the case alone, whatever the day."""

        def enter(body: CaseRule) -> CaseRule:
            self.dated_rule(code, source)(lambda case, _context: body(case))
            return body

        return enter


def finding(code: str, severity: Severity, item: str, path: str, text: str) -> Finding:
    """Return the finding of rule ``code`` about ``item`` of the form."""
    return Finding(path=path, code=code, severity=severity, item=item, text=text)


def number_of(path: str) -> str:
    """Return the form's number of the item at ``path``, such as B3; "" where it has none."""
    found = _NUMBER.search(spec_at(Case, path).item.source)
    return found[1] if found else ""
