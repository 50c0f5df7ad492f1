"""Read the official forms that lie beside the project, where they do: fields, places, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from aeapp.formspecs.model import Box, FormSpec, Section, plain
from tests.conftest import REPOSITORY

FORMS = REPOSITORY.parent / "shared" / "forms"
FDA3500 = FORMS / "fda-3500-2025-09-sample.pdf"
FDA3500A = FORMS / "fda-3500a-2025-09-sample.pdf"
NEAR = 2.0
MM = 25.4 / 72


def needs(sample: Path) -> pytest.MarkDecorator:
    """Return the mark of a test that reads an official form."""
    why = "the official form is not part of the project and not beside it"
    return pytest.mark.skipif(not sample.is_file(), reason=why)


@dataclass(frozen=True)
class Widget:
    """One field of an official form."""

    name: str
    kind: str
    box: Box
    choices: tuple[str, ...]
    limit: int


@cache
def widgets(sample: Path) -> tuple[Widget, ...]:
    """Return every field, buttons and counters of characters, too."""
    return tuple(_read(sample))


def _read(sample: Path) -> Iterator[Widget]:
    reader = pypdf.PdfReader(sample)
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots", []):
            found = annotation.get_object()
            if found.get("/Subtype") != "/Widget":
                continue
            left, low, right, high = (float(v) for v in found["/Rect"])
            top = float(page.mediabox.height) - high
            choices = found.get("/Opt", [])
            yield Widget(
                str(found.get("/T")),
                str(found.get("/FT") or found["/Parent"].get_object().get("/FT")),
                Box(number, left * MM, top * MM, (right - left) * MM, (high - low) * MM),
                tuple(str(c[1] if isinstance(c, list) else c) for c in choices),
                int(found.get("/MaxLen", 0)),
            )


def places(spec: FormSpec) -> list[Box]:
    """Return every box of a form: entries, boxes to tick, and those that are left empty."""
    kept = [
        frame.box
        for section in spec.sections
        for frame in section.frames
        if not frame.rounded and not frame.tinted
    ]
    kept += [place.box for place in spec.reserved()]
    return kept + [box for cell in spec.cells() for box in cell.boxes()]


def apart(a: Box, b: Box) -> float:
    """Return how far two boxes are from each other at the worst of their edges."""
    return max(
        abs(a.x - b.x),
        abs(a.y - b.y),
        abs(a.x + a.w - b.x - b.w),
        abs(a.y + a.h - b.y - b.h),
    )


def nearest(widget: Widget, spec: FormSpec) -> tuple[float, Box]:
    """Return the box of the form that is nearest to a field, and how far it is."""
    boxes = [box for box in places(spec) if box.page == widget.box.page]
    return min(((apart(widget.box, box), box) for box in boxes), key=lambda pair: pair[0])


@cache
def official_words(sample: Path, page: int) -> str:
    """Return what is printed on a page of the official form, without its spaces."""
    with pypdfium2.PdfDocument(sample) as document:
        return squeezed(document[page - 1].get_textpage().get_text_range())


def squeezed(text: str) -> str:
    """Return a text without spaces, its apostrophes straight."""
    return re.sub(r"\s+", "", text.replace("’", "'").replace("‘", "'"))


def printed_lines(section: Section) -> Iterator[tuple[int, str]]:
    """Yield page and words of each line that a section prints."""
    for words in section.words:
        yield from ((words.page, plain(line)) for line in words.text.split("\n"))
    for cell in section.cells:
        for words in (cell.printed, *(option.printed for option in cell.options)):
            if words is not None:
                yield from ((words.page, plain(line)) for line in words.text.split("\n"))
