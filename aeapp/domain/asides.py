"""Set a warning aside with a reason: kept in the record and the trail, printed on no form.

What blocks cannot be set aside. An aside holds for one rule at one item while the value there stays
as it was; once that changes, the warning is back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aeapp.domain import lens
from aeapp.domain.case import Case, is_view
from aeapp.domain.codecs import show
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.case import Aside
from aeapp.domain.stating import stable
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_

_PLACE = re.compile(r"(\w+)\[(\d+)\](.*)", re.DOTALL)


class CannotSetAsideError(RefusedError):
    """A finding that is no warning, or a reason that says nothing."""

    code = "finding.stands"

    def __init__(self) -> None:
        super().__init__(
            N_("This finding cannot be set aside."),
            remedy=N_("Only a warning can, with a reason; mend what blocks."),
        )


def named(case: Case, path: str) -> str:
    """Return ``path`` by the records it is about, where they have an identity."""
    if is_view(path):
        try:
            return stable(case, path)
        except KeyError:
            return path
    found = _PLACE.fullmatch(path)
    if found is None:
        return path
    name, place, rest = found.groups()
    records = getattr(case, name)
    known = records[int(place)].id if int(place) < len(records) else ""
    return f"{name}[@{known}]{rest}" if known else path


def value_at(case: Case, path: str) -> str:
    """Return what stands at ``path`` as text; empty for nothing."""
    try:
        value = lens.get(case, path)
    except KeyError:
        return ""
    if isinstance(value, tuple):
        return str(len(value))
    if isinstance(value, NullFlavor):
        return value.value
    return value.iso() if isinstance(value, PartialDate) else show(value)


def setting_aside(case: Case, finding: Finding, *, reason: str, by: str, at: str) -> list[str]:
    """Return the argument of the step that sets ``finding`` aside.

    Raises:
        CannotSetAsideError: The finding is no warning, or there is no reason.
    """
    if finding.severity is not Severity.WARNS or not reason.strip():
        raise CannotSetAsideError
    path = finding.path
    return [finding.code, named(case, path), value_at(case, path), reason.strip(), by, at]


def taking_back(case: Case, finding: Finding) -> list[str]:
    """Return the argument of the step that brings ``finding`` back as a warning.

    Raises:
        CannotSetAsideError: Nobody set it aside.
    """
    kept = _aside_of(case, finding)
    if kept is None:
        raise CannotSetAsideError
    at = kept.at.iso() if kept.at else ""
    return [
        kept.rule or "",
        kept.path or "",
        kept.value or "",
        kept.reason or "",
        kept.by or "",
        at,
    ]


def add(case: Case, argument: Sequence[str]) -> Case:
    """Return ``case`` with the aside that ``argument`` describes in place of one like it."""
    made = _made(argument)
    return _with(case, (*_others(case, made), made))


def remove(case: Case, argument: Sequence[str]) -> Case:
    """Return ``case`` without the aside that ``argument`` describes."""
    return _with(case, tuple(_others(case, _made(argument))))


def _made(argument: Sequence[str]) -> Aside:
    try:
        rule, path, value, reason, by, at = argument
        moment = PartialDate.from_iso(at) if at else None
    except ValueError as error:
        # A draft that another version of the program kept: the rest of it still counts.
        raise KeyError(len(argument)) from error
    return Aside(
        rule=rule,
        path=path,
        value=value or None,
        reason=reason,
        by=by or None,
        at=moment,
    )


def _others(case: Case, made: Aside) -> Iterator[Aside]:
    key = (made.rule, made.path, made.value)
    return (a for a in case.case.asides if (a.rule, a.path, a.value) != key)


def _with(case: Case, asides: tuple[Aside, ...]) -> Case:
    # No view shows an aside, so that none needs to be computed anew.
    return replace(case, case=replace(case.case, asides=asides))


def _aside_of(case: Case, finding: Finding) -> Aside | None:
    same = [a for a in case.case.asides if a.rule == finding.code]
    if not same:
        return None
    path, value = named(case, finding.path), value_at(case, finding.path)
    return next((a for a in same if a.path == path and (a.value or "") == value), None)


def with_asides(case: Case, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield ``findings``, those that were set aside as notes that say why."""
    if not case.case.asides:
        yield from findings
        return
    for finding in findings:
        kept = _aside_of(case, finding) if finding.severity is Severity.WARNS else None
        if kept is None:
            yield finding
        else:
            yield replace(finding, severity=Severity.INFORMS, aside=kept.reason or "")
