"""The canvas that documents are drawn on: reportlab's, with more to draw and less to work out.

Its operators are reportlab's own, byte by byte. What is the same on every report, such as where a
string stands, is worked out once in a run of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from exports.pdf.embedding import Embedded


class PaperCanvas(Canvas):
    """A canvas that also takes glyphs and marks."""

    _doc: Any
    _code: list[str]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._faces: dict[tuple[str, float, float], str] = {}

    def named(self, name: str, size: float, leading: float) -> str:
        """Return the operators that set a face and its leading, for ASCII."""
        key = (name, size, leading)
        if key not in self._faces:
            font: Any = pdfmetrics.getFont(name)
            font._assignState(self._doc)  # noqa: SLF001 - made for who writes text of their own
            inside = font.getSubsetInternalName(0, self._doc)
            self._faces[key] = f"{inside} {fp_str(size)} Tf {fp_str(leading)} TL"
        return self._faces[key]

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a line."""
        self._code.append(_line(x1, y1, x2, y2))

    def rect(  # noqa: PLR0917 - as reportlab has it
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        stroke: float = 1,
        fill: float = 0,
    ) -> None:
        """Draw a rectangle."""
        if stroke == 1 and not fill:
            self._code.append(_rectangle(x, y, width, height))
        else:
            super().rect(x, y, width, height, stroke=stroke, fill=fill)

    def begin_text(self) -> PaperText:
        """Return a text object."""
        return PaperText(self)

    def put(self, operator: str) -> None:
        """Add an operator as it is."""
        self._code.append(operator)

    def enclose(self, begin: str, end: str) -> None:
        """Put operators around everything that is on the page so far."""
        self._code.insert(0, begin)
        self._code.append(end)

    def embed(self, fonts_used: Sequence[Embedded]) -> None:
        """Write the faces of the glyphs into the document."""
        for font in fonts_used:
            font.add_to(self._doc)


class PaperText(PDFTextObject):
    """A text object that also takes operators as they are.

    It writes what reportlab writes, byte by byte, without working out for every string of every
    report again where in the page and where in the face it stands.
    """

    _canvas: PaperCanvas
    _code: list[str]
    _curSubset: int  # noqa: N815 - reportlab's name
    _fontname: str
    _fontsize: float
    _leading: float

    def setTextOrigin(self, x: float, y: float) -> None:  # noqa: N802 - reportlab's name
        """Begin at a place of the page."""
        self._code.append(_origin(x, y))
        self._x0 = self._x = x
        self._y0 = self._y = y

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's name
        # ASCII stands in the first part of every face, each sign at its own number.
        if not text or not text.isascii() or not text.isprintable():
            return str(super()._formatText(text))  # type: ignore[misc]
        shown = f"({text.translate(_ESCAPED)}) Tj"
        if self._curSubset == 0:
            return shown
        self._curSubset = 0
        return f"{self._canvas.named(self._fontname, self._fontsize, self._leading)} {shown}"

    def put(self, operators: str) -> None:
        """Add operators; the face has to be set again behind them."""
        self._code.append(operators)


_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "()\\"})


# Places of a form are the same on every report.
@lru_cache(maxsize=4096)
def _origin(x: float, y: float) -> str:
    return f"1 0 0 1 {fp_str(x, y)} Tm"


@lru_cache(maxsize=2048)
def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"n {fp_str(x1, y1)} m {fp_str(x2, y2)} l S"


@lru_cache(maxsize=2048)
def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"n {fp_str(x, y, width, height)} re S"
