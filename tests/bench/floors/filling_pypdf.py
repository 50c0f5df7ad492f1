"""Fill the same fields of the same file with the same values, by pypdf."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf

from tests.bench.child import Act
from tests.bench.timing import taken_ms


def prepare(blank: str, values: str) -> Act:
    """Read the file and the values."""
    content, kept = Path(blank).read_bytes(), json.loads(Path(values).read_text(encoding="utf-8"))

    def fill() -> None:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
        for page in writer.pages:
            writer.update_page_form_field_values(page, kept, auto_regenerate=False)
        writer.write(io.BytesIO())

    return Act(run=lambda: taken_ms(fill), facts={"values": len(kept)})
