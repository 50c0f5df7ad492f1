"""Demand full coverage of the perfect files and a floor for the rest.

Reads the report of `coverage json` and the list in pyproject.toml, which only grows. Measuring is
coverage's business: dev.py cover does both.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "coverage" / "coverage.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Lines and branches of one file: how many there are and how many ran."""

    there: int
    ran: int
    missing: tuple[str, ...] = ()

    @property
    def perfect(self) -> bool:
        """Whether everything ran."""
        return self.there == self.ran

    @property
    def percent(self) -> float:
        """The share that ran; an empty file is complete."""
        return 100 * self.ran / self.there if self.there else 100.0


def read_report(report: Mapping[str, Any]) -> dict[str, Count]:
    """Return the count of each file, by path with forward slashes."""
    return {name.replace("\\", "/"): count_of(file) for name, file in report["files"].items()}


def count_of(file: Mapping[str, Any]) -> Count:
    """Add lines and branches of one file of the report."""
    summary = file["summary"]
    lines = [str(line) for line in file["missing_lines"]]
    branches = [f"{start}->{end}" for start, end in file.get("missing_branches", [])]
    return Count(
        there=summary["num_statements"] + summary.get("num_branches", 0),
        ran=summary["covered_lines"] + summary.get("covered_branches", 0),
        missing=(*lines, *branches),
    )


def objections(counts: Mapping[str, Count], perfect: list[str], floor: float) -> Iterator[str]:
    """Yield a sentence for each broken promise."""
    for pattern in perfect:
        if not any(fnmatch(name, pattern) for name in counts):
            yield f"{pattern} names no measured file: the list of perfect files only grows."
    rest = []
    for name, count in sorted(counts.items()):
        if not any(fnmatch(name, pattern) for pattern in perfect):
            rest.append(count)
        elif not count.perfect:
            where = ", ".join(count.missing[:12])
            yield f"{name} must be at 100 %; it is at {count.percent:.1f} % (not run: {where})."
    share = Count(there=sum(c.there for c in rest), ran=sum(c.ran for c in rest)).percent
    if share < floor:
        yield f"The other files are at {share:.1f} % together; the floor is {floor:.0f} %."


def main(report: Path = REPORT, settings: Path = ROOT / "pyproject.toml") -> int:
    """Print what is wrong; return 1 if anything is."""
    promise = tomllib.loads(settings.read_text(encoding="utf-8"))["tool"]["perfect_files"]
    counts = read_report(json.loads(report.read_text(encoding="utf-8")))
    found = list(objections(counts, promise["perfect"], promise["floor"]))
    for sentence in found:
        print(sentence)
    kept = sum(any(fnmatch(name, pattern) for pattern in promise["perfect"]) for name in counts)
    print(
        f"{len(counts)} files measured, {kept} of them perfect by promise, {len(found)} objections."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
