"""A mapped table of scores, as the table of our own names that is read for a scale."""

from __future__ import annotations

import csv
import io

from aeapp.domain.tables.rows import RecordTable


def score_text(table: RecordTable) -> str:
    """Return the rows without a problem as CSV, each at the line where it stands in the file."""
    items = [one.item for one in table.map.columns]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([item.replace(".", " ") for item in items])
    at = 2
    for row in table.rows:
        if row.problems:
            continue
        # Lines without a row are blank, so that what is wrong is told by the line of the file.
        out.write("\n" * (row.line - at))
        writer.writerow([row.values.get(item, "") for item in items])
        at = row.line + 1
    return out.getvalue()
