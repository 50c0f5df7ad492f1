"""Write down every string, line and rectangle of a document, so that a floor can draw them again.

``python -m tests.bench.drawn PLACE OUT`` writes them as JSON, page by page; ``fda3500a`` in the
place of a clinic draws that form.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from reportlab.pdfgen.textobject import PDFTextObject

from exports.pdf import fonts, pen
from exports.pdf.canvas import PaperCanvas, PaperText
from tests.bench.child import say
from tests.bench.ours import mandatory
from tests.bench.stored import facts_of, open_stored

Drawing = list[Any]


class _Lines(PaperText):
    """Lines of text, each written down as a string at its place."""

    def textLine(self, text: str = "") -> None:  # noqa: N802 - reportlab's name
        where = self.getX(), self.getY()
        self._canvas.drawings[-1].append(["string", *where, text, self._fontname, self._fontsize])
        super().textLine(text)


class _Noted(PaperCanvas):
    """A canvas that writes down what is drawn on it."""

    last: _Noted

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.size = options["pagesize"]
        self.drawings: list[list[Drawing]] = [[]]
        _Noted.last = self

    def begin_text(self) -> _Lines:
        return _Lines(self)

    def drawString(self, x: float, y: float, text: str, **options: Any) -> None:  # noqa: N802
        self.drawings[-1].append(["string", x, y, text, self._fontname, self._fontsize])
        # Not by super: it makes a text object of its own, which would be written down again.
        block = PDFTextObject(self, x, y)
        block.textLine(text)
        self.drawText(block)

    def drawCentredString(self, x: float, y: float, text: str, **options: Any) -> None:  # noqa: N802
        self.drawString(x, y, text)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.drawings[-1].append(["line", x1, y1, x2, y2])
        super().line(x1, y1, x2, y2)

    def rect(self, x: float, y: float, width: float, height: float, **options: Any) -> None:
        self.drawings[-1].append(["rect", x, y, width, height])
        super().rect(x, y, width, height, **options)

    def roundRect(  # noqa: N802
        self, x: float, y: float, width: float, height: float, radius: float, **options: Any
    ) -> None:
        self.drawings[-1].append(["round", x, y, width, height, radius])
        super().roundRect(x, y, width, height, radius, **options)

    def showPage(self) -> None:  # noqa: N802
        super().showPage()
        self.drawings.append([])


def main(place: str, out: str) -> None:
    """Draw the stored case once and write the drawings to a file."""
    pen.PaperCanvas = _Noted  # type: ignore[misc]
    if place == "fda3500a":
        mandatory.document()
    else:
        app = open_stored(Path(place))
        app.documents.render(app.cases.gather(facts_of(Path(place))["case"]))
        app.close()
    pages = [page for page in _Noted.last.drawings if page]
    faces = {n: str(fonts.package_file(fonts.PACKAGE, f)) for n, f in fonts.FILES.items()}
    Path(out).write_text(
        json.dumps({"faces": faces, "size": _Noted.last.size, "pages": pages}),
        encoding="utf-8",
    )
    say(pages=len(pages))


if __name__ == "__main__":
    main(*sys.argv[1:])
