"""Count how many reported effects get a term, and how: a measure of the lists, not of the events.

Usage: python -m tools.coder_report TABLE.csv [--column effect] [--ctcae FILE]... [--show KIND]

The table has one sentence a row and its effects in a column, " | " between several. Nothing is
chosen here: a term is what a person would be offered first.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.index import Coded, TermIndex
from aeapp.domain.coding.terms import own_terms, release_terms
from aeapp.domain.records import Terminology
from aeapp.readers.terminologies import TerminologyFiles

VERBATIM = "verbatim"
KINDS = (HowFound.EXACT.value, HowFound.SYNONYM.value, HowFound.TYPO.value, VERBATIM)
_BETWEEN = " | "


def how(index: TermIndex, words: str) -> str:
    """Return how ``words`` would get a term; ``verbatim`` where they would get none."""
    offers = index.same(words) or index.mistyped(words)
    return offers[0].how.value if offers else VERBATIM


def effects_of(path: Path, column: str) -> list[str]:
    """Return every effect of the table, each as often as it stands there.

    Raises:
        KeyError: It has no such column.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[column] for row in csv.DictReader(file)]
    return [part.strip() for cell in cells for part in cell.split(_BETWEEN) if part.strip()]


def terms_of(files: Sequence[str]) -> Iterator[Coded]:
    """Yield the terms of the own list and of the editions of CTCAE in ``files``."""
    yield from own_terms()
    for name in files:
        release, _digest = TerminologyFiles().read(TerminologyName.CTCAE, Path(name))
        head = Terminology(name=release.name, edition=release.edition)
        yield from release_terms(head, release.entries)


def main(words: Sequence[str]) -> int:
    """Print the counts, and with --show the effects of one kind; return 0."""
    parser = argparse.ArgumentParser(prog="coder_report", description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--column", default="effect")
    parser.add_argument("--ctcae", action="append", default=[], metavar="FILE")
    parser.add_argument("--show", choices=KINDS)
    args = parser.parse_args(words)
    index = TermIndex(terms_of(args.ctcae))
    found = [(how(index, effect), effect) for effect in effects_of(args.table, args.column)]
    counts = Counter(kind for kind, _effect in found)
    different = Counter(kind for kind, _effect in {(k, e.casefold()) for k, e in found})
    print(f"{len(index)} terms, {len(found)} effects, {sum(different.values())} different")
    for kind in KINDS:
        share = 100 * counts[kind] / len(found) if found else 0
        print(f"{kind:<9}{counts[kind]:>6} {share:>5.1f} % {different[kind]:>6} different")
    for effect in sorted({e.casefold() for kind, e in found if kind == args.show}):
        print(f"  {effect}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
