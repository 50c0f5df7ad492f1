"""Put the same values into the same fields of the same file by pikepdf alone, and save it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from tests.bench.child import Act
from tests.bench.timing import taken_ms


def prepare(blank: str, values: str) -> Act:
    """Read the file and the values."""
    content, kept = Path(blank).read_bytes(), json.loads(Path(values).read_text(encoding="utf-8"))

    def fill() -> None:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if "/XFA" in pdf.Root.AcroForm:
                del pdf.Root.AcroForm["/XFA"]
            for name, one in _fields(pdf.Root.AcroForm.Fields, ""):
                if name in kept:
                    _put(one, kept[name])
            pdf.generate_appearance_streams()
            pdf.save(io.BytesIO())

    return Act(run=lambda: taken_ms(fill), facts={"values": len(kept)})


def _put(one: Any, value: str) -> None:
    if value.startswith("/"):
        one.V = one.AS = pikepdf.Name(value)
    else:
        one.V = pikepdf.String(value)


def _fields(fields: Any, above: str) -> Iterator[tuple[str, Any]]:
    for one in fields:
        name = ".".join(part for part in (above, str(one.get("/T", ""))) if part)
        below = [kid for kid in one.get("/Kids", []) if "/T" in kid]
        if below:
            yield from _fields(below, name)
        else:
            yield name, one
