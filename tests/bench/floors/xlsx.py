"""Write the same rows with openpyxl alone, row by row."""

from __future__ import annotations

import io

import openpyxl

from tests.bench.child import Act
from tests.bench.timing import taken_ms

COLUMNS = 20


def prepare(count: str) -> Act:
    """Nothing is needed beforehand."""

    def write() -> None:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Events")
        for n in range(int(count)):
            words = [f"words {n % 97} {c}" for c in range(COLUMNS - 3)]
            sheet.append([f"P-{n}", n, "Dizziness", *words])
        book.save(io.BytesIO())

    return Act(run=lambda: taken_ms(write), facts={"rows": int(count)})
