"""Read finished documents back with tools that the program does not draw with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf
import pypdfium2

from aeapp.formspecs.model import FormSpec
from aeapp.formspecs.official import official
from exports.pdf.official import fields_of


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words(text: str) -> str:
    """Return text with single spaces."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return text without spaces and line breaks."""
    return "".join(text.split())


def field_values(pdf: bytes, form: FormSpec) -> dict[str, str]:
    """Return what each field of a case holds, by its place in the form, empty ones left out."""
    file = official(form.key)
    assert file is not None
    out: dict[str, str] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = dict(fields_of(opened))
        for place, name in file.fields.items():
            one = held[name]
            said = one.get("/AS") if "/AS" in one else one.get("/V")
            if said is not None and said != pikepdf.Name.Off:
                out[place] = str(said)
    return out


def objects(pdf: bytes) -> Iterator[Any]:
    """Yield every object of the file."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    for number in range(1, int(reader.trailer["/Size"])):
        yield reader.get_object(number)


def names(value: Any) -> Iterator[str]:
    """Yield the dictionary keys and names in an object, not following references."""
    if isinstance(value, pypdf.generic.IndirectObject):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)
    elif isinstance(value, pypdf.generic.NameObject):
        yield str(value)
