"""Read a finished document with three programs that share no code: PDFium, Poppler, MuPDF.

PDFium is a library here; the others are programs of the system, started each time and never
linked. What each of them shows and says has to be the same, or the difference is named here.
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from tests.helpers.tools import require_tool

POINTS = 72
CELL = 8  # pixels of a side
_EDGES = ("xmin", "ymin", "xmax", "ymax")
_PUSHED = 1 << 16  # a button that is pushed and keeps no value
# Readers give the mirror of a sign in a line from the right; which one it is, the face decides.
_MIRRORED = str.maketrans("([{<≤«‹", ")]}>≥»›")
# Letters without ink, which one reader or the other leaves out.
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\ufe0e", "\ufe0f"}

Field = tuple[int, int, int]  # page, left and top in points
Values = dict[Field, str]


@contextmanager
def _kept(pdf: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.pdf"
        file.write_bytes(pdf)
        yield file


def _run(tool: str, *words: object) -> bytes:
    command = [require_tool(tool), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True).stdout


# ------------------------------------------------------------------ the words of the pages


def pdfium_pages(pdf: bytes) -> list[str]:
    """Return the words of each page as PDFium finds them, those of fields included."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            # What fields show is no word of the page before it is drawn on it.
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
        return [page.get_textpage().get_text_range() for page in document]


def poppler_pages(pdf: bytes) -> list[str]:
    """Return the words of each page as Poppler finds them."""
    with _kept(pdf) as file:
        return _run("pdftotext", file, "-").decode().split("\f")[:-1]


def mupdf_pages(pdf: bytes) -> list[str]:
    """Return the words of each page as MuPDF finds them."""
    with _kept(pdf) as file:
        return _run("mutool", "draw", "-q", "-F", "text", "-o", "-", file).decode().split("\f")[:-1]


READERS: Mapping[str, Callable[[bytes], list[str]]] = {
    "pdfium": pdfium_pages,
    "poppler": poppler_pages,
    "mupdf": mupdf_pages,
}


def letters(text: str) -> Counter[str]:
    """Return the letters that have ink, as no reader changes them: taken apart, unmirrored."""
    apart = Counter(unicodedata.normalize("NFKD", text).translate(_MIRRORED))
    for letter in list(apart):
        category = unicodedata.category(letter)
        if letter.isspace() or letter in _BLANK or category in ("Cf", "Cc"):
            del apart[letter]
    return apart


def read_by_three(pdf: bytes) -> str:
    """Return the words of all pages, on which the three have to agree to the letter.

    But for a hyphen at the end of a line, which one or the other takes for one that divides a word.
    """
    said = {name: "".join(read(pdf)) for name, read in READERS.items()}
    found = [letters(text.replace("-", "")) for text in said.values()]
    assert found[0] == found[1] == found[2]
    return said["pdfium"]


def outside(pdf: bytes, margin: float = 8.0) -> Counter[str]:
    """Return the letters that stand nearer than ``margin`` points to the edge, or beyond it."""
    out: Counter[str] = Counter()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            words = page.get_textpage()
            inner = words.get_text_bounded(margin, margin, width - margin, height - margin)
            whole = words.get_text_range()
            if Counter(whole) != Counter(inner):
                out += letters(whole) - letters(inner)
    return out


# ------------------------------------------------------------------ the values of fields

_WIDGETS = """
var document = new PDFDocument(scriptArgs[0]);
for (var page = 0; page < document.countPages(); page++)
  document.loadPage(page).getWidgets().forEach(function (one) {
    print(JSON.stringify([page, one.getRect(), one.getFieldType(), one.getValue()]));
  });
"""
TICKED, OPEN = "ticked", ""


@dataclass(frozen=True, slots=True)
class Place:
    """A field on a page.

    Attributes:
        box: Its rectangle in points from the top left.
        ticks: It is a box to tick.
        stored: Of a list: the value behind the word that is shown.
    """

    page: int
    box: tuple[float, float, float, float]
    ticks: bool
    stored: str = ""

    @property
    def key(self) -> Field:
        """Return page and corner, by which the same field is found again."""
        return _key(self.page, self.box)


def _key(page: int, box: Sequence[float]) -> Field:
    return page, round(box[0]), round(box[1])


def pikepdf_values(pdf: bytes) -> dict[Place, str]:
    """Return every field with its value as the file has it; of a list the word that is shown."""
    out = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            top = float(page.mediabox[3])
            for one in page.obj.get("/Annots", []):
                above = one.get("/Parent", pikepdf.Dictionary())
                kind, flags = (str(one.get(k, above.get(k, ""))) for k in ("/FT", "/Ff"))
                if kind not in ("/Tx", "/Ch", "/Btn") or int(flags or 0) & _PUSHED:
                    continue
                left, low, right, high = (float(value) for value in one["/Rect"])
                box = (left, top - high, right, top - low)
                stored = str(one.get("/V", "")) if kind == "/Ch" else ""
                out[Place(number, box, kind == "/Btn", stored)] = _value(one, kind)
    return out


def _value(one: Any, kind: str) -> str:
    if kind == "/Btn":
        return TICKED if str(one.get("/AS", "/Off")) != "/Off" else OPEN
    if kind == "/Ch" and "/I" in one:
        option = one["/Opt"][int(one["/I"][0])]
        return str(option[1]) if isinstance(option, pikepdf.Array) else str(option)
    return str(one.get("/V", ""))


def pdfium_values(pdf: bytes) -> Values:
    """Return the value of each field as PDFium tells it."""
    out: Values = {}
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            height = page.get_height()
            for n in range(pdfium.FPDFPage_GetAnnotCount(page)):
                annotation = pdfium.FPDFPage_GetAnnot(page, n)
                box, value = _of_annotation(document.formenv, annotation, height)
                if value is not None:
                    out[_key(number, box)] = value
                pdfium.FPDFPage_CloseAnnot(annotation)
    return out


def _of_annotation(form: Any, one: Any, height: float) -> tuple[Sequence[float], str | None]:
    found = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(one, found)
    box = (found.left, height - found.top)
    match pdfium.FPDFAnnot_GetFormFieldType(form, one):
        case pdfium.FPDF_FORMFIELD_CHECKBOX | pdfium.FPDF_FORMFIELD_RADIOBUTTON:
            return box, TICKED if pdfium.FPDFAnnot_IsChecked(form, one) else OPEN
        case pdfium.FPDF_FORMFIELD_COMBOBOX | pdfium.FPDF_FORMFIELD_LISTBOX:
            return box, _chosen(form, one)
        case pdfium.FPDF_FORMFIELD_TEXTFIELD:
            return box, _told(pdfium.FPDFAnnot_GetFormFieldValue, form, one)
    return box, None


def _chosen(form: Any, one: Any) -> str:
    for n in range(pdfium.FPDFAnnot_GetOptionCount(form, one)):
        if pdfium.FPDFAnnot_IsOptionSelected(form, one, n):
            return _told(pdfium.FPDFAnnot_GetOptionLabel, form, one, n)
    return ""


def _told(call: Any, *arguments: Any) -> str:
    length = call(*arguments, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    call(*arguments, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def mupdf_values(pdf: bytes) -> Values:
    """Return the value of each field as MuPDF tells it; of a list the stored one."""
    out: Values = {}
    with _kept(pdf) as file:
        script = file.with_suffix(".js")
        script.write_text(_WIDGETS, encoding="utf-8")
        lines = _run("mutool", "run", script, file).decode().splitlines()
    for page, box, kind, value in (json.loads(line) for line in lines if line.startswith("[")):
        if kind not in ("button", "signature"):
            ticks = kind in ("checkbox", "radiobutton")
            ticked = TICKED if value not in ("", "Off") else OPEN
            out[_key(page, box)] = ticked if ticks else value
    return out


def poppler_values(pdf: bytes, places: Iterable[Place]) -> Values:
    """Return the words that Poppler shows inside the rectangle of each field."""
    with _kept(pdf) as file:
        tree = lxml.html.fromstring(_run("pdftotext", "-bbox", file, "-").decode())
    pages = [
        [([float(w.get(n)) for n in _EDGES], w.text or "") for w in page.iter("word")]
        for page in tree.iter("page")
    ]
    return {
        place.key: " ".join(w for edges, w in pages[place.page] if _inside(edges, place.box))
        for place in places
    }


def _inside(edges: Sequence[float], box: Sequence[float]) -> bool:
    x, y = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


# ------------------------------------------------------------------ the pictures


def pdfium_pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return each page in grey as PDFium draws it, with its fields."""
    with pypdfium2.PdfDocument(pdf) as document:
        if document.get_formtype():
            document.init_forms()
        return [
            page.render(scale=dpi / POINTS, grayscale=True).to_pil().convert("L")
            for page in document
        ]


def poppler_pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return each page in grey as Poppler draws it."""
    with _kept(pdf) as file:
        _run("pdftoppm", "-q", "-r", dpi, "-gray", file, file.with_name("page"))
        return _opened(sorted(file.parent.glob("page-*.pgm")))


def mupdf_pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return each page in grey as MuPDF draws it."""
    with _kept(pdf) as file:
        _run(
            "mutool",
            "draw",
            "-q",
            "-r",
            dpi,
            "-c",
            "gray",
            "-o",
            file.with_name("page-%04d.pgm"),
            file,
        )
        return _opened(sorted(file.parent.glob("page-*.pgm")))


def _opened(files: Sequence[Path]) -> list[Image.Image]:
    return [Image.open(io.BytesIO(file.read_bytes())).convert("L") for file in files]


PICTURES: Mapping[str, Callable[[bytes, int], list[Image.Image]]] = {
    "pdfium": pdfium_pictures,
    "poppler": poppler_pictures,
    "mupdf": mupdf_pictures,
}


def grid(picture: Image.Image, dpi: int, box: Sequence[float], cell: int = CELL) -> list[int]:
    """Return how dark each cell of a rectangle is, its edge left out, from 0 to 255."""
    left, top, right, bottom = (value * dpi / POINTS for value in box)
    cut = picture.crop((round(left) + 2, round(top) + 2, round(right) - 1, round(bottom) - 1))
    size = max(1, cut.width // cell), max(1, cut.height // cell)
    small = cut.resize(size, Image.Resampling.BOX)
    return [255 - value for value in small.tobytes()]


def farthest(one: Sequence[int], other: Sequence[int]) -> int:
    """Return the greatest difference of two grids in a cell."""
    return max((abs(a - b) for a, b in zip(one, other, strict=True)), default=0)
