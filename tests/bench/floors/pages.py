"""Draw the same strings, lines and rectangles on as many pages, by reportlab alone."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.bench.child import Act
from tests.bench.timing import taken_ms

rl_config.useA85 = 0


def prepare(file: str) -> Act:
    """Load the typefaces and what is to be drawn."""
    kept = json.loads(Path(file).read_text(encoding="utf-8"))
    for name, path in kept["faces"].items():
        pdfmetrics.registerFont(TTFont(name, path))
    facts = Counter(drawing[0] for page in kept["pages"] for drawing in page)

    def draw() -> None:
        canvas = Canvas(io.BytesIO(), pagesize=tuple(kept["size"]), invariant=1, pageCompression=1)
        calls = {"line": canvas.line, "rect": canvas.rect, "round": canvas.roundRect}
        for page in kept["pages"]:
            face = None
            for what, *where in page:
                if what != "string":
                    calls[what](*where)
                    continue
                x, y, text, name, size = where
                if face != (name, size):
                    face = (name, size)
                    canvas.setFont(name, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()

    draw()
    return Act(run=lambda: taken_ms(draw), facts=dict(facts) | {"pages": len(kept["pages"])})
