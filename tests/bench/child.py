"""One side of a comparison, in a process of its own: says when it is ready, then runs on demand.

Started as ``python -m tests.bench.child MODULE [WORD...]``. The module's ``prepare(*words)`` makes
everything that is not measured and returns one act; each call of the act returns milliseconds.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

KILO = 1024


@dataclass(slots=True, kw_only=True)
class Act:
    """One prepared side.

    Attributes:
        run: Does it once and returns how long it took, in milliseconds.
        facts: What was done, in numbers, for the note under the table.
        end: Closes what is open.
    """

    run: Callable[[], float]
    facts: dict[str, object] = field(default_factory=dict)
    end: Callable[[], None] = lambda: None


def peak_mb() -> float:
    """Return the most memory that this process ever held, in megabytes.

    Linux hands the ``ru_maxrss`` of whoever started a process down to it, so there the peak is
    read from where it is counted for this program alone.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / KILO
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / KILO / (KILO if sys.platform == "darwin" else 1)


def say(**words: object) -> None:
    """Tell the parent one line."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(module: str, *words: str) -> None:
    """Prepare, then do the act as often as the parent asks: one line with a number a round."""
    act: Act = importlib.import_module(module).prepare(*words)
    say(facts=act.facts)
    for line in sys.stdin:
        say(ms=[act.run() for _ in range(int(line))])
    say(peak_mb=peak_mb())
    act.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
