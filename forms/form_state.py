"""What a form's pages say of themselves: what is asked, what is answered, where a finding belongs.

Plain functions of the plan, the case and the findings; no widgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aeapp.domain import lens
from aeapp.domain.case import Case, source_of
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.rules.completeness import is_asked_of_nobody
from aeapp.kernel.i18n import _
from forms.form_parts import Entry, Page


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a page is answered."""

    answered: int
    asked: int


def value_of(case: Case, path: str) -> object:
    """Return the value at ``path``; None also where the case has no such place."""
    try:
        return lens.get(case, path)
    except KeyError:
        return None


def is_asked(case: Case, entry: Entry, also: Iterable[str] = ()) -> bool:
    """Tell whether the field is to be shown.

    One that needs an answer elsewhere, or that another answer makes needless, is left out while
    it is empty; ``also`` names fields that hold something which could not be read.
    """
    if value_of(case, entry.path) is not None or entry.path in also:
        return True
    if "=" in entry.needs:
        path, code = entry.needs.split("=", 1)
        return _holds(value_of(case, path), code)
    return True


def _holds(value: object, code: str) -> bool:
    if isinstance(value, frozenset):
        return code in {str(member.value) for member in value}
    return value is not None and str(getattr(value, "value", value)) == code


def asked(case: Case, page: Page, also: Iterable[str] = ()) -> frozenset[str]:
    """Return the fields of the page that are to be shown."""
    entries = {e.path: e for e in page.entries()}
    found = {p for p, e in entries.items() if is_asked(case, e, also)}
    for path in tuple(found):
        rival = entries.get(entries[path].instead_of)
        # Two that exclude each other: an empty one gives way to a filled one.
        if rival is None or rival.instead_of != path or path in also:
            continue
        if value_of(case, path) is None and value_of(case, rival.path) is not None:
            found.discard(path)
    return frozenset(found)


def count(case: Case, page: Page) -> Count:
    """Return how many of the page's questions are answered; a reason is an answer.

    Where no patient was reached, nothing of a patient counts.
    """
    done = total = 0
    shown = asked(case, page)
    for entry in page.entries():
        if entry.extra or entry.path not in shown or _needless(case, entry):
            continue
        if is_asked_of_nobody(case, entry.path):
            continue
        total += 1
        done += value_of(case, entry.path) is not None
    return Count(done, total)


def _needless(case: Case, entry: Entry) -> bool:
    if value_of(case, entry.path) is not None:
        return False
    if entry.instead_of and value_of(case, entry.instead_of) is not None:
        return True
    if entry.needs and "=" not in entry.needs:
        needed = value_of(case, entry.needs)
        return needed is None or isinstance(needed, NullFlavor)
    return False


def count_words(case: Case, page: Page, total: Count) -> str:
    """Return ``6 of 7``, ``3 rows``, ``no patient`` or ``not used``."""
    if page.rows:
        rows = value_of(case, page.rows)
        n = len(rows) if isinstance(rows, tuple) else 0
        return _("1 row") if n == 1 else _("{n} rows").format(n=n)
    if page.optional and not total.answered:
        return _("not used")
    if not total.asked:
        of_nobody = any(is_asked_of_nobody(case, entry.path) for entry in page.entries())
        return _("no patient") if of_nobody else ""
    return _("{n} of {all}").format(n=total.answered, all=total.asked)


@dataclass(frozen=True, slots=True)
class Places:
    """Where findings belong, for one case and the pages that show it."""

    pages: Sequence[Page]
    by_path: Mapping[str, tuple[str, str]]
    by_item: Mapping[str, tuple[str, str]]
    case: Case

    def of(self, finding: Finding) -> tuple[str, str] | None:
        """Return page key and field path where ``finding`` is mended; None for nowhere."""
        source = source_of(self.case, finding.path) if finding.path else None
        found = self.by_path.get(finding.path) or self.by_path.get(source or "")
        return found or self.by_item.get(finding.item)


def places(case: Case, pages: Sequence[Page], *, numbered: bool = True) -> Places:
    """Return where each item stands; a field answers to its own path and to that of its record.

    Args:
        case: The case.
        pages: That show it.
        numbered: The numbers of the pages are those by which findings are told (Form FDA 3500).
    """
    by_path: dict[str, tuple[str, str]] = {}
    by_item: dict[str, tuple[str, str]] = {}
    for page in pages:
        for entry in page.entries():
            place = (page.key, entry.path)
            by_path.setdefault(entry.path, place)
            source = source_of(case, entry.path)
            if source is not None:
                by_path.setdefault(source, place)
            if entry.number and numbered:
                by_item.setdefault(entry.number, place)
    return Places(pages, by_path, by_item, case)


def notes(case: Case, findings: Iterable[Finding], pages: Sequence[Page]) -> dict[str, Finding]:
    """Return the first finding for each field, also where a field shows another's record.

    What a button mends stands at the button.
    """
    buttons = {key for page in pages for key in page.mends}
    first: dict[str, Finding] = {}
    for finding in findings:
        if (finding.code, finding.path) in buttons:
            continue
        first.setdefault(finding.path, finding)
        if finding.path and (source := source_of(case, finding.path)):
            first.setdefault(source, finding)
    out: dict[str, Finding] = {}
    for page in pages:
        for entry in page.entries():
            found = first.get(entry.path) or first.get(source_of(case, entry.path) or "")
            if found is not None:
                out[entry.path] = found
    return out


_RANK = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.INFORMS: 2}


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among ``findings``."""
    return min((f.severity for f in findings), key=_RANK.__getitem__, default=None)


def by_page(where: Places, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each page, by its key."""
    out: dict[str, list[Finding]] = {}
    for finding in findings:
        place = where.of(finding)
        if place is not None:
            out.setdefault(place[0], []).append(finding)
    return out
