"""Write a listing of many events as XLSX."""

from __future__ import annotations

from aeapp.domain.listings import Listing
from aeapp.kernel.progress import NoProgress
from exports.tables.xlsx_file import xlsx_of
from tests.bench.child import Act
from tests.bench.timing import taken_ms

COLUMNS = 20


def rows(count: int):
    """Yield rows as a listing of events has them."""
    for n in range(count):
        yield (f"P-{n}", n, "Dizziness", *(f"words {n % 97} {c}" for c in range(COLUMNS - 3)))


def prepare(count: str) -> Act:
    """Name the columns."""
    columns = tuple(f"Column {n}" for n in range(COLUMNS))

    def write() -> None:
        made = xlsx_of(Listing("Events", columns, rows(int(count)), int(count)), NoProgress())
        assert made.startswith(b"PK")

    return Act(run=lambda: taken_ms(write), facts={"rows": int(count)})
