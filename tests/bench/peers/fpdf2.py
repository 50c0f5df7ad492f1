"""Draw the same strings, lines and rectangles on as many pages, by fpdf2."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from fpdf import FPDF

from tests.bench.child import Act
from tests.bench.timing import taken_ms

logging.getLogger("fontTools").setLevel(logging.ERROR)


def prepare(file: str) -> Act:
    """Load what is to be drawn."""
    kept = json.loads(Path(file).read_text(encoding="utf-8"))
    width, height = kept["size"]

    def draw() -> None:
        pdf = FPDF(unit="pt", format=(width, height))
        pdf.set_auto_page_break(False)
        for name, path in kept["faces"].items():
            pdf.add_font(name, fname=path)
        for page in kept["pages"]:
            pdf.add_page()
            for what, x, y, *rest in page:
                match what:
                    case "string":
                        words, name, size = rest
                        pdf.set_font(name, size=size)
                        pdf.text(x, height - y, words)
                    case "line":
                        pdf.line(x, height - y, rest[0], height - rest[1])
                    case _:
                        pdf.rect(x, height - y - rest[1], rest[0], rest[1])
        pdf.output()

    return Act(run=lambda: taken_ms(draw), facts={"pages": len(kept["pages"])})
