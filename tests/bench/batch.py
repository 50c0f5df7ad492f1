"""Make a thousand reports one after the other, as a batch does: pages a second, and memory.

``python -m tests.bench.batch FOLDER COUNT`` says time and memory of each tenth of them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil

from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.facsimile import render
from tests.bench.child import say
from tests.exports import cases, cases_3500a

PARTS = 10
MEGA = 1024 * 1024


def main(folder: str, count: str) -> None:
    """Write the reports, each of another case, and tell what each tenth took."""
    own, each = psutil.Process(), int(count) // PARTS
    parts = []
    for part in range(PARTS):
        begin, pages = time.perf_counter(), 0
        times = []
        for n in range(part * each, (part + 1) * each):
            start = time.perf_counter()
            pages += _report(Path(folder), n)
            times.append((time.perf_counter() - start) * 1000)
        seconds = time.perf_counter() - begin
        megabytes = own.memory_info().rss / MEGA
        parts.append({"ms": times, "mb": megabytes, "pages": pages, "seconds": seconds})
    say(parts=parts)


def _report(folder: Path, n: int) -> int:
    """Make one report with words of its own, and write it."""
    story = f"Report {n}: item{n * 7919} " + cases.NARRATIVE * (1 + n % 40)
    mandatory = n % 2 == 1
    case = cases_3500a.full(narrative=story) if mandatory else cases.full(narrative=story)
    stamp = cases.draft(report_number=f"KC-2026-{n:06d}/3500/1")
    done = render(case, form("fda3500a" if mandatory else "fda3500"), stamp, NoProgress())
    (folder / f"{n}.pdf").write_bytes(done.pdf)
    return done.pages


if __name__ == "__main__":
    main(*sys.argv[1:])
