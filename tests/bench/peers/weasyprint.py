"""Draw the same strings, lines and rectangles on as many pages, by weasyprint, out of HTML."""

from __future__ import annotations

import html
import json
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from tests.bench.child import Act
from tests.bench.timing import taken_ms

Drawing = list[float]


def prepare(file: str) -> Act:
    """Write the page that is to be drawn."""
    kept = json.loads(Path(file).read_text(encoding="utf-8"))
    width, height = kept["size"]
    faces = "".join(
        f'@font-face{{font-family:"{name}";src:url("file://{path}")}}'
        for name, path in kept["faces"].items()
    )
    style = (
        f"{faces}@page{{size:{width}pt {height}pt;margin:0}}body{{margin:0}}"
        f".p{{position:relative;width:{width}pt;height:{height - 1}pt;break-after:page}}"
        ".p>*{position:absolute;white-space:pre;line-height:1}"
    )
    pages = ("".join(_part(d, height) for d in page) for page in kept["pages"])
    body = "".join(f'<div class="p">{page}</div>' for page in pages)
    text = f"<html><style>{style}</style><body>{body}</body></html>"

    def draw() -> None:
        HTML(string=text).write_pdf(font_config=FontConfiguration())

    return Act(run=lambda: taken_ms(draw), facts={"pages": len(kept["pages"])})


def _part(drawing: list[object], height: float) -> str:
    what, x, y, *rest = drawing
    if what == "string":
        words, name, size = rest
        at = f"left:{x}pt;top:{height - y - size}pt;font:{size}pt '{name}'"
        return f'<span style="{at}">{html.escape(words)}</span>'
    wide, high = (rest[0] - x, y - rest[1]) if what == "line" else rest[:2]
    top = height - y - (0 if what == "line" else high)
    edge = "" if what == "line" else ";border:.7pt solid"
    size = f"width:{abs(wide)}pt;height:{max(abs(high), 0.4)}pt"
    fill = ";background:#000" if what == "line" else ""
    return f'<i style="left:{x}pt;top:{top}pt;{size}{edge}{fill}"></i>'
