"""The operators that our canvas writes are reportlab's own, byte by byte."""

from __future__ import annotations

import io
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from exports.pdf import fonts
from exports.pdf.canvas import PaperCanvas

TEXTS = (
    "Dizzy after the dose",
    "(in brackets) and \\ behind",
    "",
    "déjà vu – 37,5 °C",
    "after a sign of another part of the face",
    "tab\tand bell\a",
    "~ !",
)


def operators(canvas: Any, text: Any) -> tuple[str, list[str]]:
    for name, size, leading in ((fonts.REGULAR, 9.0, 11.0), (fonts.BOLD, 7.25, 7.25)):
        fonts.face(name)
        text.setFont(name, size, leading)
        for n, words in enumerate(TEXTS):
            text.setTextOrigin(12.5 + n / 3, 700 - n * 11.25)
            text.textLine(words)
    canvas.line(0, 1 / 3, 120.5, 0)
    canvas.rect(10, 20.125, 30.5, 0.5)
    canvas.rect(10, 20.125, 30.5, 0.5, stroke=0, fill=1)
    return text.getCode(), canvas._code[-4:]  # noqa: SLF001 - what is compared


def test_strings_lines_and_rectangles_are_written_as_reportlab_writes_them() -> None:
    ours = PaperCanvas(io.BytesIO())
    bare = Canvas(io.BytesIO())
    bare_text: Any = PDFTextObject(bare)

    told = operators(ours, ours.begin_text())

    assert told == operators(bare, bare_text)
    assert "\\(in brackets\\) and \\\\ behind" in told[0]
