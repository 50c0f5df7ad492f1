"""Write as many lines of JSON and rows of CSV into a ZIP, of values that are at hand."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from tests.bench.child import Act
from tests.bench.timing import taken_ms

NAMES = ("id", "version", "patient_id", "kind", "at", "value", "unit", "source")


def prepare(count: str) -> Act:
    """Nothing is needed beforehand."""

    def write() -> None:
        rows = [
            (f"01a21cc6-8a89-7000-83e6-{n:012d}", 1, f"01a21cc6-8925-7000-8b6b-{n % 40:012d}",
             "hr", f"2026-01-01T{n % 24:02d}:00:07+00:00", str(60 + n % 60), "/min", "monitor")
            for n in range(int(count))
        ]  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as pack:
            with pack.open("observation.jsonl", "w") as member:
                for row in rows:
                    member.write(json.dumps(dict(zip(NAMES, row, strict=True))).encode() + b"\n")
            with pack.open("observation.csv", "w") as member:
                for row in rows:
                    line = io.StringIO()
                    csv.writer(line).writerow(row)
                    member.write(line.getvalue().encode())

    return Act(run=lambda: taken_ms(write), facts={"rows": int(count)})
