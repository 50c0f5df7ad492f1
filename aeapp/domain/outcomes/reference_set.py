"""Read a reference set: cases of others with their products and terms, to compare reports with.

A row names a case and a product with its role, a term, or both. The role has to be told: a product
taken beside is never counted as suspect, and a row without a role is not counted and said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aeapp.domain.outcomes.disproportionality import CountedCase
from aeapp.domain.rejection import Problems
from aeapp.domain.vitals.intake.tabular import Sheet, place_of, rows_of
from aeapp.kernel.i18n import N_

COLUMNS = ("case", "product", "role", "term")
# In words, and as FAERS writes them: primary and secondary suspect, interacting; concomitant.
_SUSPECT = frozenset({"suspect", "ps", "ss", "i", "interacting"})
_BESIDE = frozenset({"concomitant", "c"})


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """What the file holds.

    Attributes:
        cases: What is counted.
        beside: Products that were taken beside: read and never counted.
        without_role: Products of which nobody said what they were: not counted.
    """

    cases: tuple[CountedCase, ...]
    beside: int
    without_role: int


def read_reference_set(source: str | bytes) -> ReferenceSet:
    """Return the cases of a table with the columns case, product, role and term.

    Raises:
        ImportRejected: It cannot be read; every problem has its line.
    """
    sheet = Sheet.of(source, lambda name: name.strip().casefold() in COLUMNS)
    names = [name.strip().casefold() for name in sheet.names]
    problems = Problems()
    for column in COLUMNS:
        if column not in names:
            problems.add(column, N_("The file has no column {path}."))
    problems.raise_if_any()
    places = [names.index(column) for column in COLUMNS]
    table = _Table(problems)
    for number, cells in rows_of(sheet.lines[1:], sheet.separator, problems, first=2):
        if len(cells) == len(names):
            table.take(place_of(number), *(cells[place].strip() for place in places))
        else:
            problems.add(place_of(number), N_("{path} has another number of cells."))
    problems.raise_if_any()
    cases = tuple(
        CountedCase(frozenset(suspects), frozenset(terms))
        for suspects, terms in table.cases.values()
    )
    return ReferenceSet(cases, table.beside, table.without_role)


@dataclass(slots=True)
class _Table:
    problems: Problems
    cases: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    beside: int = 0
    without_role: int = 0
    spelled: dict[str, str] = field(default_factory=dict)

    def take(self, where: str, case: str, product: str, role: str, term: str) -> None:
        """Take one row; what is wrong with it becomes a problem of the file."""
        if not case:
            self.problems.add(where, N_("{path} names no case."))
            return
        suspects, terms = self.cases.setdefault(case, (set(), set()))
        if term:
            # One word in two spellings is one term; it is told as it came first.
            terms.add(self.spelled.setdefault(term.casefold(), term))
        if not product:
            return
        kind = role.casefold()
        if kind in _SUSPECT:
            suspects.add(product.casefold())
        elif kind in _BESIDE:
            self.beside += 1
        elif kind:
            self.problems.add(where, N_("{path} names a role that is not known."))
        else:
            self.without_role += 1
