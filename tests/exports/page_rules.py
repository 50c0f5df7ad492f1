"""What V21 and V22 ask of every page that the program draws, read back by another tool.

Source:
    Reference rules V21 (no logo, no title of an official form, foot) and V22 (fonts, sizes).
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from tests.exports import reading

FOOT_UP_TO = 40
LEAST = 8
_FOOT = (
    (re.compile(r"\b[0-9a-f]{16}\b"), "no hash of the record"),
    (re.compile(r"version \d+"), "no version"),
)
_CLAIMS = re.compile(r"^\s*Form FDA 3500A?( \(\d\d/\d{4}\))?\s*$|FORM 3500", re.MULTILINE)
_NOT_OFFICIAL = ("Not an official FDA form.", "Not the CIOMS form itself.")


def faults(pdf: bytes, furniture: frozenset[str] = frozenset()) -> list[str]:
    """Return what breaks the two rules, one sentence a fault; empty for none.

    Args:
        pdf: The document.
        furniture: Words of the empty form that are printed small, as they are on the original.
    """
    return [*_words(pdf), *_fonts(pdf), *_objects(pdf, furniture)]


def _words(pdf: bytes) -> Iterator[str]:
    pages = reading.page_texts(pdf)
    for n, page in enumerate(pages, start=1):
        if f"Page {n} of {len(pages)}" not in page:
            yield f"page {n}: no number"
        for pattern, sentence in _FOOT:
            if not pattern.search(page):
                yield f"page {n}: {sentence}"
        if _CLAIMS.search(page):
            yield f"page {n}: the title of an official form"
        if not any(words in page for words in _NOT_OFFICIAL):
            yield f"page {n}: does not say that it is no official form"


def _fonts(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for n, page in enumerate(opened.pages, start=1):
            shown = {str(op.operands[0]) for op in _setting(page)}
            for name in sorted(shown):
                font = page.resources.Font[name]
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                descriptor = inner.get("/FontDescriptor", {})
                if not any(str(key).startswith("/FontFile") for key in dict(descriptor)):
                    yield f"page {n}: {font.BaseFont} is not embedded"


def _setting(page: Any) -> list[Any]:
    """Return the operators that set a font which then shows something."""
    out, last = [], None
    for op in pikepdf.parse_content_stream(page):
        name = str(op.operator)
        if name == "Tf":
            last = op
        elif name in ("Tj", "TJ", "'", '"') and last is not None:
            out.append(last)
    return out


def small_words(pdf: bytes) -> frozenset[str]:
    """Return what is printed below eight points above the foot."""
    return frozenset(words for _page, words in _small(pdf))


def _objects(pdf: bytes, furniture: frozenset[str]) -> Iterator[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        for n, page in enumerate(document, start=1):
            if any(o.type == raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects()):
                yield f"page {n}: a picture"
    for n, words in _small(pdf):
        if words not in furniture:
            yield f"page {n}: smaller than {LEAST} points"


def sizes(pdf: bytes) -> Iterator[tuple[str, float]]:
    """Yield every string of a document with the size that it is printed in, in points."""
    for _page, words, size, _bottom in _strings(pdf):
        yield words, size


def _small(pdf: bytes) -> Iterator[tuple[int, str]]:
    for n, words, size, bottom in _strings(pdf):
        if size < LEAST - 0.01 and bottom > FOOT_UP_TO:
            yield n, words


def _strings(pdf: bytes) -> Iterator[tuple[int, str, float, float]]:
    """Yield page, words, size and lower edge of each string."""
    with pypdfium2.PdfDocument(pdf) as document:
        for n, page in enumerate(document, start=1):
            inside = page.get_textpage()
            for thing in page.get_objects():
                if thing.type != raw.FPDF_PAGEOBJ_TEXT:
                    continue
                size = ctypes.c_float()
                raw.FPDFTextObj_GetFontSize(thing.raw, ctypes.byref(size))
                _left, bottom, _right, _top = thing.get_bounds()
                yield n, _text(thing, inside), size.value * thing.get_matrix().a, bottom


def _text(thing: Any, inside: Any) -> str:
    length = raw.FPDFTextObj_GetText(thing.raw, inside.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(
        thing.raw, inside.raw, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0").strip()
