"""The command line of the reader."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import tools.faers_cases as package
from tools.faers_cases.counting import alike, counted, faults_of, rows_of, table_of, uneven
from tools.faers_cases.making import Made, made
from tools.faers_cases.openfda import EVENT
from tools.faers_cases.quarter import NUMBER, QUARTER
from tools.faers_cases.sources import SourceError, events, quarter

DONE, NO, COULD_NOT = 0, 1, 3
_MOST_FAULTS = 20


def main(words: Sequence[str]) -> int:
    """Write the case files, print the counts; return 1 where they do not come out even."""
    parser = argparse.ArgumentParser(
        prog="faers_cases",
        description=package.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--alike", action="store_true", help="count the pairs that look alike")
    args = parser.parse_args(words)
    layout = QUARTER if args.source.is_dir() else EVENT
    try:
        sources = quarter(args.source) if args.source.is_dir() else events(args.source)
        cases = [made(source, layout) for source in sources]
        _write(cases, args.into)
    except (SourceError, OSError) as error:
        print(error, file=sys.stderr)
        return COULD_NOT
    counts, rows = counted(sources, cases, layout), rows_of(sources, cases, layout)
    print(*table_of(counts), "", sep="\n")
    for row in rows:
        print(f"{row.table}: {row.rows} rows, {row.found} {row.what}")
    if args.alike:
        print(*(f"{name}: {count}" for name, count in alike(cases).items()), sep="\n")
    faults = [f"{name}: not every value went somewhere" for name in uneven(counts, rows)]
    faults += [fault for case in cases for fault in faults_of(case)]
    if not faults:
        print("Every value is in an item or in the words, and nothing else is in the files.")
        return DONE
    print(*faults[:_MOST_FAULTS], f"{len(faults)} faults.", sep="\n", file=sys.stderr)
    return NO


def _write(cases: Sequence[Made], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        msg = f"{folder} is not empty; name a new folder."
        raise SourceError(msg)
    for case in cases:
        (folder / f"{NUMBER.format(case.number)}.json").write_text(case.text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
