"""Record the statements of a service, so that the driver alone can do the same for a floor.

``python -m tests.bench.replayed WHAT PLACE OUT [READINGS]`` writes them as JSON, with the key of
the clinic, which was made for this run and goes with it; ``key`` writes that alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from aeapp.vault import open_vault
from tests.bench.child import say
from tests.bench.ours import vitals
from tests.bench.stored import FOLDER, facts_of, open_stored
from tests.helpers.clinic import PASSWORD, USER, StillClock

Statement = list[Any]


def recorded(place: Path, what: str, readings: int = 0) -> list[Statement]:
    """Return SQL and parameters of each statement that reads, or that stores a reading."""
    app = open_stored(place)
    session_file = vitals.write_monitor(place / "monitor.csv", readings)
    found: list[Statement] = []

    def keep(_c: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        wanted = "SELECT" if what == "gather" else "INSERT OR FAIL INTO observation "
        if sql.startswith(wanted):
            found.append([sql, values])

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    if what == "gather":
        app.cases.gather(facts_of(place)["case"])
    else:
        vitals.taken_in(app, session_file)
    sa.event.remove(sa.Engine, "before_cursor_execute", keep)
    app.close()
    return found


def main(what: str, place: str, out: str, readings: str = "0") -> None:
    """Write the statements of an act to a file."""
    statements = recorded(Path(place), what, int(readings)) if what != "key" else []
    vault = open_vault(
        Path(place) / FOLDER, user_name=USER, password=PASSWORD, now=StillClock().now
    )
    kept = {"key": vault.database_key(), "statements": statements}
    Path(out).write_text(json.dumps(kept), encoding="utf-8")
    say(statements=len(statements))


if __name__ == "__main__":
    main(*sys.argv[1:])
