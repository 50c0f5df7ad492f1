"""A release of a terminology as a file brings it, before anything of it is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aeapp.domain.codecs import clean_text
from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.records.terminology import (
    LONGEST_TERM,
    LONGEST_TEXT,
    TERMS_A_BLOCK,
    TermBlock,
    TermEntry,
)
from aeapp.domain.rejection import Problems
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_

# MedDRA has some eighty thousand lowest terms and twenty-eight thousand preferred ones.
MOST_TERMS = 300_000
_LONGEST_CODE = 60


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """What was read.

    Attributes:
        edition: Its version; ``meddra_edition`` the one that its codes are of.
        entries: Its terms in the order of the file.
    """

    name: TerminologyName
    edition: str
    meddra_edition: str
    language: str
    entries: tuple[TermEntry, ...]

    def counts(self) -> tuple[tuple[TermLevel, int], ...]:
        """Return how many terms there are of each level, empty levels left out."""
        found = Counter(entry.level for entry in self.entries)
        return tuple((level, found[level]) for level in TermLevel if found[level])

    @property
    def retired(self) -> int:
        """Return how many terms the release no longer wants used."""
        return sum(entry.current is False for entry in self.entries)


def blocks_of(entries: Sequence[TermEntry], terminology_id: str) -> Iterator[TermBlock]:
    """Yield the records that hold ``entries``."""
    for number, start in enumerate(range(0, len(entries), TERMS_A_BLOCK), start=1):
        some = tuple(entries[start : start + TERMS_A_BLOCK])
        yield TermBlock(terminology_id=terminology_id, number=number, entries=some)


class Cells:
    """Reads cells of one file and notes what is wrong with them, by line."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def text(self, where: str, cell: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text that can be stored; what cannot is noted and comes back empty."""
        try:
            text = clean_text(cell.strip())
        except BadInputError:
            self._problems.add(where, N_("The text holds a sign that cannot be stored."))
            return ""
        if len(text) > longest:
            self._problems.add(where, N_("The text is longer than this program takes."))
            return ""
        return text

    def term(self, where: str, cell: str) -> str:
        """Return the words of a term, which may not be empty."""
        if not cell.strip():
            self._problems.add(where, N_("The term is empty."))
        return self.text(where, cell, LONGEST_TERM)

    def code(self, where: str, cell: str) -> str:
        """Return a code, which is digits alone."""
        code = cell.strip()
        if not (code.isascii() and code.isdigit() and len(code) <= _LONGEST_CODE):
            self._problems.add(where, N_("The code is not digits alone."))
            return ""
        return code
