"""A small fillable file with the fields of an official form, made from the form's data.

It has what makes the real ones hard: an XFA copy, sample values, a script, a button that resets,
stored values of lists that are shifted against the shown words, and on-states of their own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.items import generic, specs_of
from aeapp.formspecs.model import Box, Cell, FormSpec, Kind
from aeapp.formspecs.official import official

MM = 72 / 25.4
SAMPLE = "left by somebody"


def blank(
    form: FormSpec, *, without: str = "", more: str = "", password: str | None = None
) -> bytes:
    """Return the file; ``without`` and ``more`` name a field that lacks or is added."""
    file = official(form.key)
    assert file is not None
    pdf = pikepdf.new()
    for _page in range(form.pages):
        pdf.add_blank_page(page_size=(form.width * MM, form.height * MM))
    fields = dict(_fields(pdf, form, without))
    for name in (*sorted(file.not_for_the_case), *((more,) if more else ())):
        fields[name] = _widget(pdf, Box(1, 1, 1, 1, 1), form, FT=pikepdf.Name.Tx)
    pdf.Root.AcroForm = pdf.make_indirect(
        pikepdf.Dictionary(
            Fields=pikepdf.Array(_tree(pdf, fields)),
            XFA=pikepdf.Stream(pdf, b"<template>another truth</template>"),
            NeedAppearances=True,
        )
    )
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    out = io.BytesIO()
    locked = None if password is None else pikepdf.Encryption(owner="owner", user=password)
    if locked is None:
        pdf.save(out, deterministic_id=True)
    else:
        pdf.save(out, encryption=locked)
    return out.getvalue()


def _fields(pdf: pikepdf.Pdf, form: FormSpec, without: str) -> Iterator[tuple[str, Any]]:
    file = official(form.key)
    assert file is not None
    for cell in form.cells():
        if without in (file.fields.get(cell.path), *(file.field(cell, o) for o in cell.options)):
            continue
        for option in cell.options:
            states = pikepdf.Dictionary(
                Chosen=_shape(pdf, b"1 w 1 1 m 8 8 l 1 8 m 8 1 l S"), Off=_shape(pdf)
            )
            box = _widget(pdf, option.box, form, FT=pikepdf.Name.Btn, AS=pikepdf.Name.Chosen)
            box.AP = pikepdf.Dictionary(N=states)
            yield file.field(cell, option), box
        if cell.box is not None:
            yield file.field(cell), _text_or_list(pdf, cell, cell.box, form)
        for n, room in enumerate(cell.more, 1):
            yield file.field(cell, room=n), _text_or_list(pdf, cell, room.box, form)


def _text_or_list(pdf: pikepdf.Pdf, cell: Cell, box: Box, form: FormSpec) -> Any:
    if cell.kind is not Kind.CHOICE:
        return _widget(pdf, box, form, FT=pikepdf.Name.Tx, V=pikepdf.String(SAMPLE))
    members = list(specs_of(Case)[generic(cell.path)].element)
    pairs = [[str(n - 1), label(member)] for n, member in enumerate(members)]
    one = _widget(pdf, box, form, FT=pikepdf.Name.Ch)
    one.Opt = pikepdf.Array([pikepdf.Array(pair) for pair in pairs])
    return one


def _shape(pdf: pikepdf.Pdf, drawn: bytes = b"") -> Any:
    return pikepdf.Stream(
        pdf, drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )


def _widget(pdf: pikepdf.Pdf, box: Box, form: FormSpec, **keys: Any) -> Any:
    top = (form.height - box.y) * MM
    rect = [box.x * MM, top - box.h * MM, (box.x + box.w) * MM, top]
    page = pdf.pages[box.page - 1]
    one = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=rect, P=page.obj, F=4, **keys
        )
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = pikepdf.Array()
    page.obj["/Annots"].append(one)
    return one


def _tree(pdf: pikepdf.Pdf, fields: Mapping[str, Any], depth: int = 0) -> list[Any]:
    """Nest fields by the parts of their names."""
    groups: dict[str, dict[str, Any]] = {}
    for name, one in fields.items():
        groups.setdefault(name.split(".")[depth], {})[name] = one
    out = []
    for part, members in groups.items():
        if len(members) == 1 and next(iter(members)).count(".") == depth:
            one = next(iter(members.values()))
            one.T = pikepdf.String(part)
        else:
            kids = _tree(pdf, members, depth + 1)
            one = pdf.make_indirect(
                pikepdf.Dictionary(T=pikepdf.String(part), Kids=pikepdf.Array(kids))
            )
        out.append(one)
    return out
